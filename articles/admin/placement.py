"""What staff place by hand."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from articles import services
from articles.forms.placement import FrontPageForm, TopicBoxForm
from articles.models import FrontPage, TopicBox
from newsroom.lib.dates import spoken
from newsroom.lib.meeting import MeetingAdmin
from newsroom.lib.singleton import SingletonAdmin


@admin.register(FrontPage)
class FrontPageAdmin(SingletonAdmin):
    form = FrontPageForm
    fields = ["lead", "picks"]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        articles = [row["article"] for row in form.cleaned_data["picks"]]
        services.replace_picks(form.instance, articles)


@admin.register(TopicBox)
class TopicBoxAdmin(MeetingAdmin):
    form = TopicBoxForm
    actions = None
    list_display = ["title", "tag", "n_items", "position", "shown"]
    list_select_related = ["tag"]
    fields = ["title", "tag", "pins", "n_items", "position", "starts_at", "ends_at"]
    show_full_result_count = False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        articles = [row["article"] for row in form.cleaned_data["pins"]]
        services.replace_pins(form.instance, articles)

    @admin.display(description="pinned pieces")
    def pins(self, box: TopicBox) -> str:
        """For those who may only read."""
        return ", ".join(str(pin) for pin in box.pins.select_related("article"))

    @admin.display(description="shown")
    def shown(self, box: TopicBox) -> str:
        start = f"from {spoken(box.starts_at)}" if box.starts_at else ""
        end = f"until {spoken(box.ends_at)}" if box.ends_at else ""
        return f"{start} {end}".strip() or "always"
