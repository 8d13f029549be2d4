"""Every save that changed something is kept."""

import pytest
from django.db import connection

from articles.models import Article, Revision
from tests.desk import ADD, change, logged_in, rows, typed
from tests.factories import make_article, make_contributor, make_photo, make_user

pytestmark = pytest.mark.django_db


def contents(article: Article) -> list[dict[str, object]]:
    return [revision.content for revision in article.revisions.order_by("version")]


def test_save_keeps_everything_that_readers_see() -> None:
    author = make_contributor("Ann Able")
    photo, other = make_photo(caption="A harbour"), make_article("Other")
    form = typed(headline="Peace talks", tag_list="b, A", kicker_name="A", photo=photo.pk)
    form |= rows("bylines", contributor=[author], role=["Photos by"])
    form |= rows("related_links", article=[other])

    logged_in(make_user(username="eve")).post(ADD, form)

    revision = Revision.objects.get()
    said = revision.content
    assert (str(revision.by), revision.version) == ("eve", 1)
    assert (said["headline"], said["tags"], said["kicker"]) == ("Peace talks", ["A", "b"], "A")
    assert said["bylines"] == [{"id": author.pk, "name": "Ann Able", "role": "Photos by"}]
    assert said["related"] == [{"id": other.pk, "name": "Other"}]
    assert said["photo"]["credit"] == "A harbour. Ann Example/Agency"
    assert said["section"]["name"] == "Europe"


def test_first_change_of_an_imported_piece_keeps_what_it_was() -> None:
    article = make_article("As imported")

    logged_in().post(change(article), typed(article, headline="Edited"))

    assert [said["headline"] for said in contents(article)] == ["As imported", "Edited"]


def test_save_without_a_change_is_no_revision_and_no_version() -> None:
    article = make_article()
    client = logged_in()
    client.post(change(article), typed(article, headline="Edited"))
    article.refresh_from_db()

    client.post(change(article), typed(article))

    assert Revision.objects.count() == 2
    assert Article.objects.get().version == 2


def size_of_revisions() -> int:
    """Bytes, those of other tests included."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size('articles_revision')")
        size: int = cursor.fetchone()[0]
    return size


def test_two_hundred_saves_of_a_long_piece_take_at_most_two_megabytes() -> None:
    body = "".join(f"<p>{' '.join(f'word{i}{j}' for j in range(100))}</p>" for i in range(15))
    article, before = make_article(body=body), size_of_revisions()
    for number in range(200):
        text = body.replace("word77 ", f"edited{number} ")
        Revision.objects.create(
            article=article,
            version=number + 1,
            content={"headline": "Peace talks", "body": text},
            at=article.saved_at,
        )

    assert size_of_revisions() - before <= 2_000_000
