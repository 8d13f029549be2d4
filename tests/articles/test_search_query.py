"""What is typed into the search field is taken apart as PostgreSQL takes it, and never breaks."""

from html import escape

import pytest
from django.db import connection
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.search import excerpts, query
from articles.search.folding import folded, unfolded
from articles.search.meaning import understand
from articles.search.query import Part
from articles.search.spellings import Spellings

NAMES = Spellings([["Kyiv", "Kiev"], ["São Tomé", "Sao Thome"], ["Ivory Coast", "Côte d’Ivoire"]])


def variants(typed: str) -> list[tuple[tuple[str, ...], ...]]:
    return [part.variants for group in query.parse(typed, NAMES) for part in group]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [
        "grain corridor",
        '"grain corridor" ship',
        "grain -corridor",
        'grain -"black sea"',
        "rye or oats wheat",
        "the war in ukraine",
        "B-52 F-35 U.S.",
        '"',
        '"grain corridor',
        "- -- |&!():* <->",
        "or or or",
        "or grain or",
        "well-known",
        "user@example.org example.org",
    ],
)
def test_query_means_what_postgresql_understands(typed: str) -> None:
    groups = understand(query.parse(typed, Spellings()))
    ours = " | ".join(
        " & ".join(f"!({m.query})" if m.is_excluded else f"({m.query})" for m in group)
        for group in groups
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT websearch_to_tsquery('english', %s)::text", [typed])
        theirs = cursor.fetchone()[0]
        cursor.execute("SELECT %s::tsquery::text", [ours])
        assert cursor.fetchone()[0] == theirs


def test_each_spelling_of_a_word_is_looked_for() -> None:
    assert variants("kiev") == [(("kiev",), ("Kyiv",), ("Kiev",))]


def test_spelling_is_known_in_a_phrase() -> None:
    assert (("mayor of Kyiv",)) in variants('"Mayor of Kiev"')[0]


def test_spelling_of_several_words_is_known_with_and_without_quotation_marks() -> None:
    [(typed, *others)] = variants("sao tome")
    assert typed == ("sao", "tome")
    assert others == [("Sao Tome",), ("Sao Thome",)]
    assert ("Ivory Coast",) in variants('"cote d\'ivoire"')[0]
    assert len(variants("ivory coast cocoa")) == 2


def test_number_of_variants_has_a_bound() -> None:
    names = Spellings([[f"name{n}" for n in range(12)]])

    [part] = query.parse('"' + "name1 " * 30 + '"', names)[0]

    assert len(part.variants) <= query.N_VARIANTS + 1


def test_excluded_word_is_excluded_in_all_spellings() -> None:
    assert query.parse("-kiev", NAMES) == [[Part((("kiev",), ("Kyiv",), ("Kiev",)), True)]]


@given(st.text(st.characters(exclude_categories=["Cs", "Mn"])))
@example("İstanbul ß ﬁ ½ 한국 a\u0301b")
def test_folding_can_be_traced_back(text: str) -> None:
    plain = folded(text)
    for start in range(len(plain)):
        own = unfolded(text, start, start + 3)
        assert own in text
        assert plain[start : start + 3] in folded(own)


@given(st.text(alphabet="ab é<&\"'-|", max_size=60), st.integers(0, 50), st.integers(1, 9))
def test_excerpt_keeps_the_letters_of_the_text(text: str, start: int, length: int) -> None:
    body = excerpts.Text(escape(text))
    place = body.plain[start : start + length]
    marked = f"{excerpts.START}{place}{excerpts.STOP}"

    runs = list(excerpts.runs(marked, body, start))

    assert folded("".join(run.text for run in runs)) == place
    assert all(run.is_found for run in runs)


@given(st.text("ab -é", min_size=1, max_size=400), st.integers(-60, 400))
def test_places_are_of_whole_words_and_a_bounded_length(text: str, start: int) -> None:
    body = excerpts.Text(text)

    start = min(start, len(text) - 1)
    first, last = body.whole_words(start, start + 150)

    assert 0 <= first <= len(body.plain)
    assert last - first <= 150
    assert last <= len(body.plain)
    around = body.plain[max(first - 1, 0) : first], body.plain[last : last + 1]
    place = body.plain[first:last]
    assert " " not in place.strip() or all(sign in ("", " ") for sign in around)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
@example('"' * 200)
@example("-" * 200)
@example("a " * 500)
@example("'\\ & | ! ( ) <-> :* %s %(x)s {} \ue000")
@example("\u202eabc \u2066 עברית العربية")
def test_anything_typed_is_understood(typed: str) -> None:
    understand(query.parse(query.tidy(typed), NAMES))
