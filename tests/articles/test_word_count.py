import pytest

from articles.models import Article
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("body", "n"),
    [
        ("<p>One two.</p><h2>Three</h2><ul><li>four</li><li>five</li></ul>", 5),
        ("<p>post-war, 1945 – 1989 — or so</p>", 5),
        ("<p>two\u00a0words<br>and&nbsp;more</p>", 4),
        ("", 0),
    ],
)
def test_words_are_counted_by_the_database(body: str, n: int) -> None:
    article = make_article(body=body)

    assert Article.objects.get(pk=article.pk).n_words == n
