"""What a save of a long piece asks of the database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, RelatedLink
from tests.desk import change, logged_in, rows, typed
from tests.factories import (
    make_article,
    make_contributor,
    make_format,
    make_photo,
    make_published,
    make_series,
    make_tag,
)

pytestmark = pytest.mark.django_db
BODY = "".join(f"<p>Paragraph {number} {'word ' * 48}.</p>" for number in range(30))  # 1,500 words


def test_save_takes_at_most_25_queries() -> None:
    tags = [make_tag(f"tag {number}") for number in range(6)]
    people = [make_contributor(name) for name in ("Ann Able", "Bob Brown")]
    article = make_article(body=BODY, tags=tags, kicker=tags[0], contributors=people)
    Article.objects.update(photo=make_photo(), format=make_format(), series=make_series())
    article.refresh_from_db()
    related = [make_published() for _ in range(3)]
    RelatedLink.objects.bulk_create(
        RelatedLink(article=article, to_article=other, position=n)
        for n, other in enumerate(related)
    )
    client, first = logged_in(), rows("related_links", article=related)
    client.post(change(article), typed(article, headline="Begun") | first)
    article.refresh_from_db()
    changed = typed(article, headline="New", body=BODY.replace("Paragraph 7 ", "Another "))

    with CaptureQueriesContext(connection) as queries:
        answer = client.post(change(article), changed | first)

    assert answer.status_code == 302
    assert Article.objects.get(pk=article.pk).version == article.version + 1
    # Where nothing surrounds it, a transaction is no savepoint.
    assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) <= 25
    assert len(queries) <= 25 + 4
