"""The publication's own facts."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from donations import board
from newsroom.forms import PublicationForm, replace_social_links
from newsroom.lib.singleton import SingletonAdmin
from newsroom.models import Publication


@admin.register(Publication)
class PublicationAdmin(SingletonAdmin):
    form = PublicationForm
    fieldsets = [
        (None, {"fields": ["name", "tagline", "description"]}),
        ("Follow us on social", {"fields": ["social"]}),
        (
            "Readers",
            {"fields": ["newsletter_promise", "donation_url", "postal_address", "republish_terms"]},
        ),
        ("Clock", {"fields": ["time_zone"]}),
    ]

    @admin.display(description="links")
    def social(self, publication: Publication) -> str:
        """For those who may only read."""
        return ", ".join(link.label for link in publication.social_links.all())

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        replace_social_links(form.instance, form.cleaned_data["social"])
        if "time_zone" in form.changed_data:
            board.rebuild()  # the last days of claims begin and end with the publication's
