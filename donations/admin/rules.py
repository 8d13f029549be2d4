"""What holds for every appeal."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

from donations import returning
from donations.admin import names, switches
from donations.forms.names import NamesWidget
from donations.forms.rules import RulesForm
from donations.models import Rules
from donations.services import ruling
from newsroom.lib.singleton import SingletonAdmin

OFTEN: Any = [("cap", "period_days"), "gap_hours", "skip_pages", "holdback"]
REASON: Any = ("For the log", {"fields": ["reason"]})


@admin.register(Rules)
class RulesAdmin(SingletonAdmin):
    form = RulesForm
    readonly_fields = ["second_person", "tag_names"]

    def get_urls(self) -> list[URLPattern]:
        site = self.admin_site
        return [*switches.urls(site), *names.urls(site), *super().get_urls()]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Whom the rule of two people binds does not loosen it."""
        may_change = self.has_change_permission(request, obj)
        second = "needs_second" if request.user.has_perm(ruling.MAY_LOOSEN) else "second_person"
        return [
            ("How often a reader is asked", {"fields": OFTEN}),
            ("Where nobody is asked", {"fields": ["no_tags" if may_change else "tag_names"]}),
            ("Who sets an appeal live", {"fields": [second]}),
            *([REASON] if may_change else []),
        ]

    @admin.display(description="tags without appeals")
    def tag_names(self, rules: Rules) -> str:
        """For those who may only read."""
        return NamesWidget("tag").format_value(rules.no_tags) or "None."

    @admin.display(description="a second person sets appeals live")
    def second_person(self, rules: Rules) -> str:
        """For those who may only read."""
        return "Yes: who edited an appeal last cannot." if rules.needs_second else "No."

    def render_change_form(  # type: ignore[override]  # the rest is passed through
        self, request: HttpRequest, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        context["return_links"] = [
            ("For the page that thanks on the donation site", returning.link(returning.PAGE)),
            ("For mails that thank", returning.link(returning.MAIL)),
        ]
        return super().render_change_form(request, context, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        wanted = {name: form.cleaned_data[name] for name in form.changed_data if name != "reason"}
        reason = form.cleaned_data["reason"]
        ruling.change_rules(by=request.user, reason=reason, **wanted)  # type: ignore[arg-type]
