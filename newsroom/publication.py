"""The publication's facts and the site's furniture, which every page shows."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from articles.models import Page, Section
from newsroom.lib.generation import remembered
from newsroom.lib.statements import Statement
from newsroom.models import Publication, SocialLink

_furniture = Statement(
    lambda: Publication.objects.annotate(
        nav_sections=ArraySubquery(
            Section.objects.values(item=JSONObject(name="name", slug="slug"))
        ),
        footer_pages=ArraySubquery(
            Page.objects.filter(footer_order__isnull=False).values(
                item=JSONObject(title="title", slug="slug")
            )
        ),
        social=ArraySubquery(
            SocialLink.objects.filter(publication=OuterRef("pk")).values(
                item=JSONObject(label="label", url="url")
            )
        ),
    )
)


@remembered
def current() -> Publication:
    """The publication with `nav_sections`, `footer_pages` and `social` as lists of dicts.

    1 query, none where nothing has changed since the last one.
    Before anybody has filled it in, an unsaved one with the defaults.
    """
    return next(iter(_furniture.run()), None) or Publication(pk=1)


class PublicationMiddleware:
    """Gives each request its publication, and times in the publication's zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: object, kwargs: object
    ) -> None:
        if not getattr(view, "is_without_publication", False):
            request.publication = current()  # type: ignore[attr-defined]
            timezone.activate(request.publication.zone)  # type: ignore[attr-defined]


def publication_context(request: HttpRequest) -> dict[str, Any]:
    """`publication` and `site_url` for every template.

    A request whose address leads nowhere has met no view, and so has no publication yet.
    """
    found = getattr(request, "publication", None) or current()
    return {"publication": found, "site_url": settings.SITE_URL}
