"""Pages of pieces that readers cannot open yet."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from articles import views
from articles.models import Article
from newsroom.lib.visiting import as_reader, still


def page(request: HttpRequest, article: Article) -> str:
    """The page of `article` as on the day on which it comes out, to look at."""
    answer = views.page_ahead(as_reader(request, "/"), article.pk, timezone.now())
    return still(answer.content.decode())


def page_after(request: HttpRequest, write: Callable[[], Article]) -> str:
    """The page of what `write` saves and returns, of which nothing stays saved.

    So that a preview goes the way that the text will go, rather than one of its own.
    """
    with transaction.atomic():
        drawn = page(request, write())
        transaction.set_rollback(True)
    return drawn
