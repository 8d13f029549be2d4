"""What the reader's search finds, and in what order."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from articles.models import Article, SearchedText, Tag, TagAlias
from articles.search import filters, finding, meaning, results
from articles.services import tagging
from tests.factories import (
    make_article,
    make_contributor,
    make_format,
    make_published,
    make_section,
    make_series,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db


def found(words: str = "", **given: str) -> list[str]:
    """The headlines that a search shows."""
    asked = filters.asked({"q": words, **given})
    return [hit.article.headline for hit in results.find(asked, timezone.now()).hits]


def test_every_part_of_a_piece_is_searched() -> None:
    piece = make_published(
        "Alpha",
        deck="Bravo.",
        body="<p>Charlie <em>delta</em>s</p><ul><li>echo</li></ul>",
        tags=[make_tag("foxtrot golf")],
        contributors=[make_contributor("Hotel India")],
    )

    for word in ("alpha", "bravo", "charlie", "deltas", "echo", "foxtrot", "golf", "hotel india"):
        assert found(word) == [piece.headline], word
    assert found("juliett") == []


def test_words_may_stand_in_different_places() -> None:
    make_published("Trains at night", tags=[make_tag("ukraine war")], body="<p>Sleepers.</p>")
    make_published("Ships at night")

    assert found("ukraine sleepers trains war") == ["Trains at night"]
    assert found("ukraine ships") == []


def test_markup_is_not_searched() -> None:
    make_published("Plain", body='<p>One <a href="https://example.org/secret">two</a>.</p>')

    assert found("href") == found("secret") == found("example.org") == []
    assert found('"one two"') == ["Plain"]


def test_english_words_are_found_in_all_their_forms() -> None:
    make_published("The negotiators were negotiating")

    assert found("negotiator") == found("negotiates") == ["The negotiators were negotiating"]


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Erdoğan", "erdogan"),
        ("Erdogan", "ERDOĞAN"),
        ("Łódź", "lodz"),
        ("Lodz", "łódź"),
        ("São Tomé", "sao tome"),
        ("Türkiye", "turkiye"),
        ("Weiß", "weiss"),
        ("Sa\u0303o", "são"),
        ("Ærø", "aero"),
        ("Жанна", "жанна"),
        ("İstanbul", "istanbul"),
        ("北京", "北京"),
    ],
)
def test_accents_and_capitals_make_no_difference(stored: str, typed: str) -> None:
    make_published("Piece", body=f"<p>To {stored} and back.</p>")
    make_published("Other")

    assert found(typed) == found(f'"{typed}"') == ["Piece"]


def test_words_in_quotation_marks_stand_side_by_side() -> None:
    make_published("Together", body="<p>A grain corridor.</p>")
    make_published("Apart", body="<p>Grain in the corridor.</p>")

    assert found('"grain corridor"') == found("“grain corridor”") == ["Together"]
    assert sorted(found("grain corridor")) == ["Apart", "Together"]


def test_minus_keeps_a_word_out_and_or_allows_either() -> None:
    make_published("Wheat", body="<p>Grain.</p>", tags=[make_tag("trade")])
    make_published("Rye", body="<p>Grain.</p>")
    make_published("Oats", body="<p>Feed.</p>")

    assert found("grain -rye") == ["Wheat"]
    assert found("grain -trade") == ["Rye"]
    assert sorted(found("rye or oats")) == ["Oats", "Rye"]
    assert sorted(found("trade or oats")) == ["Oats", "Wheat"]


def test_small_words_hinder_nothing_and_are_found_in_headlines() -> None:
    make_published("Will Can now do it", body="<p>Text.</p>")
    make_published("Other", body="<p>It will be so.</p>")

    assert found("the text of it") == ["Will Can now do it"]
    assert found("will") == found('"will can"') == ["Will Can now do it"]


def test_headline_comes_before_deck_before_body_and_a_tag_counts_as_the_deck() -> None:
    now, text = timezone.now(), {"deck": "Nothing.", "body": "<p>Nothing.</p>"}
    times = iter(now - timedelta(hours=n) for n in range(9, 0, -1))  # the best are the oldest

    def make(headline: str, **fields: Any) -> None:
        make_published(headline, at=next(times), **{**text, **fields})

    make("Moldova votes")
    make("In the deck", deck="About Moldova.")
    make("In a tag", tags=[make_tag("moldova")])
    make("In the body", body="<p>Through Moldova and Moldova and Moldova.</p>")

    assert found("moldova") == ["Moldova votes", "In a tag", "In the deck", "In the body"]
    assert found("moldova", order="date") == [
        "In the body",
        "In a tag",
        "In the deck",
        "Moldova votes",
    ]


@pytest.mark.parametrize("name", ["draft", "killed", "scheduled", "over"])
def test_what_is_not_public_is_never_found(name: str) -> None:
    now = timezone.now()
    fields: dict[str, Any] = {
        "killed": {"status": "killed"},
        "scheduled": {"at": now + timedelta(hours=1)},
        "over": {"at": now - timedelta(hours=2), "published_until": now - timedelta(hours=1)},
    }
    tag = make_tag("zebra")
    if name == "draft":
        make_article("Zebra", tags=[tag])
    else:
        make_published("Zebra", tags=[tag], **fields[name])

    assert found("zebra") == found("", tag="zebra") == []


def test_piece_is_found_from_its_second_on() -> None:
    noon = timezone.now().replace(microsecond=0)
    make_published("Zebra", at=noon, published_until=noon + timedelta(hours=1))

    def at(moment: datetime) -> int:
        return results.find(filters.asked({"q": "zebra"}), moment).n

    second = timedelta(seconds=1)
    assert [at(noon - second), at(noon)] == [0, 1]
    assert [at(noon + timedelta(hours=1) - second), at(noon + timedelta(hours=1))] == [1, 0]


def test_whatever_changes_a_text_changes_what_is_found() -> None:
    piece = make_published("Alpha")
    Article.objects.filter(pk=piece.pk).update(headline="Bravo", body="<p>Charlie</p>")
    assert (found("alpha"), found("bravo"), found("charlie")) == ([], ["Bravo"], ["Bravo"])

    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_article SET deck = 'Delta' WHERE id = %s", [piece.pk])
    assert found("delta") == ["Bravo"]

    Article.objects.get(pk=piece.pk).delete()
    assert not SearchedText.objects.exists()


def test_tags_are_found_as_they_are_called_now() -> None:
    tag, other, by = make_tag("rohingya"), make_tag("burma"), make_user("administrator")
    piece = make_published("Piece", tags=[tag])

    tagging.rename(tag, "arakan", by=by)
    assert (found("rohingya"), found("arakan")) == (["Piece"], ["Piece"])  # another name now

    [merge] = tagging.merge([Tag.objects.get(pk=tag.pk)], into=other, by=by)
    assert found("burma") == ["Piece"]

    tagging.part(merge, by=by)
    assert (found("burma"), found("arakan")) == ([], ["Piece"])

    TagAlias.objects.create(name="rakhine", tag=Tag.objects.get(name="arakan"))
    assert found("rakhine") == ["Piece"]

    piece.tags.clear()
    assert found("arakan") == []


def test_tags_of_many_pieces_are_found_at_once() -> None:
    pieces = [make_published(), make_published()]
    tagging.add_to([piece.pk for piece in pieces], make_tag("zebra"), by=make_user())

    assert len(found("zebra")) == 2


def test_filters_narrow_it_down() -> None:
    march = datetime(2024, 3, 31, 12, tzinfo=timezone.get_current_timezone())
    author = make_contributor("Ann Able")
    around: dict[str, Any] = {
        "section": make_section("Europe"),
        "format": make_format("Opinion"),
        "series": make_series("The Ledger"),
        "tags": [make_tag("grain trade")],
        "contributors": [author],
    }
    make_published("Wanted", at=march, **around)
    make_published("Other", section=make_section("Asia"))

    for given in (
        {"section": "europe"},
        {"format": "opinion"},
        {"series": "the-ledger"},
        {"tag": "grain-trade"},
        {"tag": "Grain Trade"},
        {"by": "ann able"},
        {"from": "2024-03-31", "to": "2024-03-31"},
        {"to": "2024-03-31"},
        {"section": "europe", "by": "ann-able", "from": "2024-03-01"},
    ):
        assert found("", **given) == ["Wanted"], given
        assert found("paragraph", **given) == ["Wanted"], given
        assert found("elsewhere", **given) == [], given
    assert found("", **{"from": "2024-04-01"}) == ["Other"]


def test_tag_is_narrowed_to_by_another_name_of_it() -> None:
    tag = make_tag("nato")
    TagAlias.objects.create(name="Atlantic alliance", tag=tag)
    make_published("Piece", tags=[tag])

    assert found("", tag="atlantic alliance") == ["Piece"]


def test_no_more_is_ranked_and_counted_than_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "N_RANKED", 3)
    monkeypatch.setattr(finding, "N_COUNTED", 4)
    now = timezone.now()
    for n in range(5):
        make_published(f"Zebra {n}", at=now - timedelta(hours=n))

    answer = results.find(filters.asked({"q": "zebra"}), now)

    assert answer.told == "More than 4 pieces; the newest 3 are here"
    assert answer.n_pages == 1
    assert sorted(hit.article.headline for hit in answer.hits) == ["Zebra 0", "Zebra 1", "Zebra 2"]


def test_what_many_pieces_have_is_found_like_what_few_have(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    author, tag = make_contributor("Ann Zebra"), make_tag("zebra crossing")
    make_published("In the byline", contributors=[author])
    make_published("In a tag", tags=[tag])
    make_published("In the text", body="<p>A zebra on the black sea, and grain.</p>")
    make_published("Elsewhere", body="<p>The sea was black: grain.</p>")
    asked = [
        "zebra",
        "grain",
        '"black sea"',
        "zebra grain",
        "black sea -zebra",
        "crossing or grain",
    ]
    asked += ['"zebra crossing"', '"sea black" or zebra', '"black sea" grain -crossing']
    few = [found(words) for words in asked]

    monkeypatch.setattr(meaning, "COMMON", 0)

    assert [found(words) for words in asked] == few
    assert all(few)


def test_texts_are_looked_up_by_index() -> None:
    query = finding.with_words("'zebra'")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    assert "articles_searchedtext_words" in query.explain()


@pytest.mark.parametrize("word", ["\U0001f600", "ŒŒ", "a-b-c-d-e-f", "http://a.example/b"])
def test_text_of_any_length_and_kind_is_saved(word: str) -> None:
    text = " ".join(f"{word}{n}" for n in range(2_000_000 // (len(word) + 7)))

    piece = make_published("Long", body=f"<p>Beginning. {text}</p>")

    assert found("beginning") == ["Long"]
    Article.objects.filter(pk=piece.pk).update(deck="Saved again.")
