"""The desk: where editors work, Django's admin at /admin/."""

from collections.abc import Iterator
from functools import wraps
from typing import Any, cast

from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import BadRequest
from django.db import DataError, ProgrammingError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver
from django.utils import timezone

from articles.models import Photo
from donations.state import Moment, on_the_desk
from donations.switchboard import switched_off
from newsletter.models import Issue
from newsletter.sending import origin
from newsletter.sending.starting import NOBODY_STARTS
from newsroom import coming_up, outbox, start_page
from newsroom.audit import history
from newsroom.lib.acting import acting
from newsroom.lib.patience import unhurried
from newsroom.models import User

# The lists as the newsroom thinks of them; what is not named stands under its app's name.
GROUPS = {
    "Pieces": ["Article", "Series", "TopicBox", "FrontPage", "Notice"],
    "Photos": ["Photo"],
    "Newsletter": ["Issue", "Subscriber", "Segment", "Import", "Suppression", "Newsletter"],
    "Appeals": [
        "Appeal",
        "Claim",
        "TaxWording",
        "Goal",
        "Pause",
        "Rules",
        "DonationHost",
        "Change",
    ],
    "People": ["Contributor", "User", "Group"],
    "Site": [
        "Section",
        "Format",
        "Tag",
        "TagMerge",
        "Spelling",
        "Page",
        "PartnerFeed",
        "Publication",
        "AuditEntry",
        "ProcrastinateJob",
    ],
}
N_UNDER_WAY = 8
# What the database, its driver and Django raise for a question that fits no column: a NUL, three
# ends of a range, years that no calendar has.
NOT_UNDERSTOOD = (DataError, ProgrammingError, IndexError, OverflowError, ValueError)
NAMES = {
    "Group": "Roles",
    "Article": "Pieces",
    "AuditEntry": "Who did what",
    "Change": "Changes of appeals",
    "Issue": "Round-ups",
    "ProcrastinateJob": "Background work",
}
NAVIGATION = ["Article", "Photo", "FrontPage", "TopicBox", "Contributor", "Tag", "Page"]
NAVIGATION += ["Issue", "Subscriber", "Appeal"]


class Completions(AutocompleteJsonView):
    """What a field offers while somebody types, with a note that tells namesakes apart."""

    def process_request(self, request: HttpRequest) -> tuple[Any, ...]:
        term, *others = super().process_request(request)
        return (term.replace("\x00", ""), *others)

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        more = getattr(self.model_admin, "completion", None)
        return super().serialize_result(obj, to_field_name) | (more(obj) if more else {})


class Desk(AdminSite):
    site_title = "Desk"
    site_header = "Desk"
    index_title = "Desk"
    enable_nav_sidebar = False
    empty_value_display = ""

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.disable_action("delete_selected")  # rows go one by one, with what hangs on them shown

    def get_urls(self) -> list[URLResolver | URLPattern]:
        histories = history.urls(self, self._registry)
        return [*coming_up.urls(), *outbox.urls(), *histories, *super().get_urls()]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002
        """Signed for the audit; with an answer to questions that nobody understands."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            try:
                with acting(request.user.pk), unhurried():
                    return inner(request, *args, **kwargs)
            except NOT_UNDERSTOOD as error:
                if not request.GET:
                    raise
                raise BadRequest from error

        return answer

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """What is under way, then all lists; 12 queries, and 1 if an appeal is switched off."""
        user, now = cast("User", request.user), timezone.now()
        work: dict[str, Any] = {"has_outbox": outbox.is_shown()}
        if user.has_perm("newsletter.view_issue"):
            issues = list(Issue.objects.under_way())
            work["issues"] = issues[:N_UNDER_WAY]
            work["overdue"] = [issue for issue in issues if issue.is_due(now - NOBODY_STARTS)]
            work["is_elsewhere"] = origin.is_elsewhere()
        if user.has_perm("donations.view_appeal"):
            moment = Moment.as_shown(now, timezone.get_current_timezone())
            work["appeals"] = on_the_desk(moment)
            work["switched_off"] = switched_off(moment.rules["off"])
        if user.has_perm("articles.view_article"):
            work |= start_page.pieces(user, now)
            work["open_now"] = start_page.open_now(now)
            work["expiring"] = Photo.objects.expiring(now)[:N_UNDER_WAY]
        return super().index(request, {**work, **(extra_context or {})})

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return cast("HttpResponse", Completions.as_view(admin_site=self)(request))

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        """The lists that the user may see, by our groups; by app on an app's own page."""
        apps: list[dict[str, Any]] = super().get_app_list(request, app_label)
        if app_label:
            return apps
        for entry in (entry for app in apps for entry in app["models"]):
            entry["name"] = NAMES.get(entry["object_name"], entry["name"])
        return [group for group in grouped(apps) if group["models"]]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context = super().each_context(request)
        entries = {
            entry["object_name"]: entry
            for group in context["available_apps"]
            for entry in group["models"]
            if entry["admin_url"]
        }
        context["navigation"] = [entries[name] for name in NAVIGATION if name in entries]
        return context


def grouped(apps: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    left = {entry["object_name"]: entry for app in apps for entry in app["models"]}
    for name, members in GROUPS.items():
        models = [left.pop(member) for member in members if member in left]
        yield {"name": name, "app_label": name.lower(), "models": models}
    for app in apps:
        models = [entry for entry in app["models"] if entry["object_name"] in left]
        yield {**app, "models": models}
