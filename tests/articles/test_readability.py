"""How long and how hard to read a text is."""

import pytest

from articles.models import Article
from articles.readability import in_words, n_syllables, n_words, reading_ease
from tests.factories import make_article

BODIES = [
    "",
    "<p>One two three.</p>",
    "<p>One</p><p>two – three — four - five</p>",
    "<h2>Sub</h2><ul><li>a\u00a0b&nbsp;c</li></ul>",
    "<p>well-known, don't<br>stop</p>\n<p>\t12 %</p>",
]


@pytest.mark.django_db
def test_words_are_counted_as_the_database_counts_them() -> None:
    for body in BODIES:
        article = Article.objects.get(pk=make_article(body=body).pk)
        assert n_words(article.body) == article.n_words, body


@pytest.mark.parametrize(
    ("word", "n"), [("the", 1), ("peace", 1), ("treaty", 2), ("diplomacy", 4), ("hm", 1)]
)
def test_syllables_are_groups_of_vowels(word: str, n: int) -> None:
    assert n_syllables(word) == n


def test_short_words_in_short_sentences_are_easier() -> None:
    easy = reading_ease("<p>" + "The cat sat on the mat. " * 30 + "</p>")
    hard = reading_ease(
        "<p>" + "Multilateral organisations necessitate considerable negotiation, " * 30 + "</p>"
    )

    assert easy is not None
    assert hard is not None
    assert (easy > 100, hard < 0) == (True, True)
    assert (in_words(easy), in_words(hard)) == ("easy", "very difficult")


def test_few_words_are_not_judged() -> None:
    assert reading_ease("<p>Short.</p>") is None
