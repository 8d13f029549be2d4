"""Subscribers: the list, the page of one, and what can be done about them."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
)
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from newsletter import growth_chart
from newsletter.admin import history
from newsletter.admin.subscriber_list import FILTERS, SubscriberColumns
from newsletter.forms.subscribers import AskForm
from newsletter.models import Subscriber
from newsletter.services import subscribing, suppressing
from newsletter.services.exporting import export
from newsroom.lib import exporting
from newsroom.models import User

Status = Subscriber.Status
MAY = {  # what each button needs
    "leave": "newsletter.change_subscriber",
    "complained": "newsletter.change_subscriber",
    "bounced": "newsletter.change_subscriber",
    "ask": "newsletter.add_subscriber",
    "person": "newsletter.export_subscribers",
    "erase": "newsletter.erase_subscriber",
}


@admin.register(Subscriber)
class SubscriberAdmin(SubscriberColumns):
    list_filter = FILTERS

    # Who may

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """There is no form: what is kept is what people did."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They are erased, which keeps the hash that says never to mail them."""
        return False

    # Pages

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        one: dict[str, Callable] = {name: getattr(self, name) for name in MAY}
        return [
            *(
                path(f"<int:pk>/{name}/", wrap(view), name=f"newsletter_subscriber_{name}")
                for name, view in one.items()
            ),
            path("growth/", wrap(self.growth), name="newsletter_subscriber_growth"),
            path("export/", wrap(self.export), name="newsletter_subscriber_export"),
            *super().get_urls(),
        ]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Asks an address whether it wants the newsletter."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = AskForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            address = form.cleaned_data["address"]
            said = "They have been written to too often today. Try again tomorrow."
            if subscribing.ask_for(address, by=user_of(request)):
                said = "A letter that asks them to confirm is on its way."
            messages.success(request, said)
            return redirect("admin:newsletter_subscriber_changelist")
        context = {"title": "Ask a reader", "form": form}
        return self.page(request, "add", context, status=422 if form.errors else 200)

    def screen(self, request: HttpRequest, found: Subscriber) -> HttpResponse:
        context = {
            "title": str(found),
            "subscriber": found,
            "state": self.state(found),
            "consents": found.consents.all(),
            **history.letters(found, request.GET.get("before", "")),
            **history.returned(found),
            "suppression": suppressing.find(found.address),
            "may": {name: request.user.has_perm(permission) for name, permission in MAY.items()},
        }
        return self.page(request, "one", context)

    @method_decorator(require_safe)
    def growth(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {"title": "Growth", **growth_chart.outlook()}
        return self.page(request, "growth", context)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        may = {
            "may_import": request.user.has_perm("newsletter.import_subscribers"),
            "may_export": request.user.has_perm("newsletter.export_subscribers"),
        }
        return super().changelist_view(request, {**may, **(extra_context or {})})

    # What can be done about the list

    @method_decorator(require_POST)
    def export(self, request: HttpRequest) -> HttpResponseBase:
        """The list as it is narrowed down by the address's query, as CSV."""
        if not request.user.has_perm("newsletter.export_subscribers"):
            raise PermissionDenied
        try:
            changelist = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            return redirect("admin:newsletter_subscriber_changelist")
        chosen = changelist.get_queryset(request)
        blocks = export(chosen, by=user_of(request), what=narrowing(changelist))
        return exporting.attachment(blocks, "subscribers.csv")

    # What can be done about one

    @method_decorator(require_POST)
    def leave(self, request: HttpRequest, pk: int) -> HttpResponse:
        subscriber = self.one(request, pk, "leave")
        subscribing.leave(subscriber.pk)
        return self.done(request, subscriber, "Unsubscribed. They get no letter from now on.")

    @method_decorator(require_POST)
    def complained(self, request: HttpRequest, pk: int) -> HttpResponse:
        subscriber = self.one(request, pk, "complained")
        suppressing.mark(subscriber.pk, Status.COMPLAINED)
        return self.done(request, subscriber, "Noted that they complained.")

    @method_decorator(require_POST)
    def bounced(self, request: HttpRequest, pk: int) -> HttpResponse:
        subscriber = self.one(request, pk, "bounced")
        suppressing.mark(subscriber.pk, Status.BOUNCED)
        return self.done(request, subscriber, "Noted that mail to them comes back.")

    @method_decorator(require_POST)
    def ask(self, request: HttpRequest, pk: int) -> HttpResponse:
        subscriber = self.one(request, pk, "ask")
        if not subscribing.ask_for(subscriber.address, by=user_of(request)):
            messages.warning(request, "They have been written to too often today.")
            return redirect("admin:newsletter_subscriber_change", pk)
        return self.done(request, subscriber, "A letter that asks them to confirm is on its way.")

    @method_decorator(require_POST)
    def person(self, request: HttpRequest, pk: int) -> HttpResponse:
        subscriber = self.one(request, pk, "person")
        note(request, subscriber, "Exported what we keep on them")
        kept = subscribing.export_person(subscriber)
        response = JsonResponse(kept, json_dumps_params={"indent": 2})
        response["Content-Disposition"] = f'attachment; filename="subscriber-{pk}.json"'
        return response

    @method_decorator(require_POST)
    def erase(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks once more first, as this cannot be undone."""
        subscriber = self.one(request, pk, "erase")
        if "sure" not in request.POST:
            return self.page(request, "erase", {"title": "Erase", "subscriber": subscriber})
        subscribing.erase(pk)
        note(request, subscriber, "Erased")
        messages.success(request, "Erased. A hash stays, so that no list can bring them back.")
        return redirect("admin:newsletter_subscriber_changelist")

    def one(self, request: HttpRequest, pk: int, action: str) -> Subscriber:
        if not request.user.has_perm(MAY[action]):
            raise PermissionDenied
        subscriber = Subscriber.objects.select_related("batch").filter(pk=pk).first()
        if subscriber is None:
            raise Http404
        return subscriber

    def done(self, request: HttpRequest, subscriber: Subscriber, said: str) -> HttpResponse:
        note(request, subscriber, said)
        messages.success(request, said)
        return redirect("admin:newsletter_subscriber_change", subscriber.pk)


def narrowing(changelist: ChangeList) -> str:
    """How the list is narrowed down, in the words of its filters; not what was searched for."""
    chosen = [
        str(choice["display"])
        for spec in changelist.filter_specs
        for place, choice in enumerate(spec.choices(changelist))
        if place and choice["selected"]
    ]
    return ", ".join([*chosen, *(["a search"] if changelist.query else [])]) or "all"


def note(request: HttpRequest, subscriber: Subscriber, said: str) -> None:
    """In the log, without the address, as the log outlives the subscriber."""
    LogEntry.objects.create(
        user=user_of(request),
        content_type=ContentType.objects.get_for_model(Subscriber),
        object_id=str(subscriber.pk),
        object_repr=f"Subscriber {subscriber.pk}",
        action_flag=CHANGE,
        change_message=said,
    )


def user_of(request: HttpRequest) -> User:
    return cast("User", request.user)  # admin_view lets nobody else in
