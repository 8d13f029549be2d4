"""What holds for every round-up."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from newsletter.forms.letter import LetterField
from newsletter.models import Newsletter
from newsroom.lib.singleton import SingletonAdmin


class NewsletterForm(forms.ModelForm):
    welcome = LetterField(
        label="Welcome letter",
        required=False,
        help_text="What a new subscriber reads after confirming; a line of thanks when empty.",
    )

    class Meta:
        model = Newsletter
        fields = ["name", "welcome", "second_person_above", "counts_clicks"]


@admin.register(Newsletter)
class NewsletterAdmin(SingletonAdmin):
    form = NewsletterForm
    fieldsets = [
        (None, {"fields": ["name", "welcome"]}),
        ("Before a round-up leaves", {"fields": ["second_person_above", "counts_clicks"]}),
    ]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("newsletter.change_newsletter"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Whom the rule of two people binds does not loosen it."""
        may_loosen = request.user.has_perm("newsroom.change_publication")
        return [] if may_loosen else ["second_person_above"]

    @property
    def media(self) -> Any:
        """Our form brings its own modules; it needs none of Django's."""
        return forms.Media()
