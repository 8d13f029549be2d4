"""Tags are merged while others save pieces that have them."""

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from articles import services
from articles.models import Article, Tag, TaggedArticle
from articles.services import tagging
from articles.services.tagging import locks
from tests.desk import change, logged_in, typed
from tests.factories import make_article, make_tag

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = "SELECT 1 FROM pg_locks WHERE NOT granted"


def test_pieces_saved_during_a_merge_end_with_the_merged_tag() -> None:
    kiev, kyiv = make_tag("Kiev"), make_tag("Kyiv")
    pieces = [make_article(f"Piece {n}", tags=[kiev] if n % 2 else []) for n in range(8)]
    posts = [(logged_in(), typed(piece, headline="New", tag_list="Kiev")) for piece in pieces]
    start = threading.Barrier(len(pieces) + 1)

    def save(number: int) -> int:
        client, form = posts[number]
        start.wait()
        try:
            answer = client.post(change(pieces[number]), form)
            return answer.status_code
        finally:
            connection.close()

    def merge() -> Any:
        start.wait()
        try:
            return tagging.merge([kiev], kyiv, by=None)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(pieces) + 1) as pool:
        merged, answers = pool.submit(merge), list(pool.map(save, range(len(pieces))))
    merged.result()

    assert set(answers) == {302}
    assert Tag.objects.count() == 1
    assert set(TaggedArticle.objects.values_list("tag", flat=True)) == {kyiv.pk}
    assert TaggedArticle.objects.count() == len(pieces)
    for piece in Article.objects.all():
        newest = piece.revisions.newest_first()[0]
        assert (newest.version, newest.content["tags"]) == (piece.version, ["Kyiv"])


def test_merge_gives_way_to_whoever_saves_a_piece_for_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(locks, "PAUSE", 0)
    kiev, kyiv = make_tag("Kiev"), make_tag("Kyiv")
    article = make_article(tags=[kiev])

    def merge() -> Any:
        try:
            return tagging.merge([kiev], kyiv, by=None)
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as pool:
        Article.objects.select_for_update().get(pk=article.pk)
        with pytest.raises(tagging.Busy, match="Please try again"):
            pool.submit(merge).result()

    assert Tag.objects.count() == 2
    assert list(article.tags.all()) == [kiev]


def test_tag_is_saved_while_a_piece_gets_it() -> None:
    tag, article, client = make_tag("Kyiv"), make_article(), logged_in(role="administrator")
    form = {"name": "Kyiv", "slug": "capital", "description": "", "other_names": "Kiev"}

    def save() -> int:
        try:
            return client.post(f"/admin/articles/tag/{tag.pk}/change/", form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            services.tags_named(["Kyiv"])
            saved = pool.submit(save)
            until_somebody_waits(saved)
            article.tags.add(tag)
        assert saved.result() == 302

    assert list(article.tags.all()) == [tag]
    assert services.tags_named(["Kiev"])["kiev"].slug == "capital"


def until_somebody_waits(task: Future[Any]) -> None:
    with connection.cursor() as cursor:
        while not task.done() and not cursor.execute(WAITING).fetchone():
            time.sleep(0.01)
