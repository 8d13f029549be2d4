"""Which entries somebody wants to see."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.utils import timezone

from newsroom.audit.naming import name_of
from newsroom.audit.tables import kinds
from newsroom.models import AuditEntry, AuditQuerySet, User

NOBODY = "0"  # commands and the worker
LARGEST = 2**63 - 1  # of a bigint


def people() -> list[tuple[str, str]]:
    found = [(str(user.pk), str(user)) for user in User.objects.all()]
    return [("", "Anybody"), *found, (NOBODY, "Nobody: commands, worker")]


def things() -> list[tuple[str, str]]:
    return [("", "Anything"), *((table, word.capitalize()) for table, word in kinds().items())]


class FilterForm(forms.Form):
    who = forms.ChoiceField(choices=people, required=False)
    what = forms.ChoiceField(choices=things, required=False)
    object = forms.IntegerField(
        required=False, min_value=1, max_value=LARGEST, widget=forms.HiddenInput
    )
    action = forms.ChoiceField(
        label="Done to it",
        choices=[("", "Anything"), *AuditEntry.Action.choices],
        required=False,
    )
    day = forms.DateField(
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "Write the day as 2024-12-06."},
    )

    def one(self) -> str:
        """What the one thing is called that was asked for, if there is one; up to 2 queries."""
        table, pk = self.cleaned_data["what"], self.cleaned_data["object"]
        return name_of(table, pk) if table and pk else ""

    def chosen(self) -> AuditQuerySet:
        """The entries that fit what was asked for; the form must be valid."""
        found, asked = AuditEntry.objects.all(), self.cleaned_data
        if asked["who"]:
            found = found.filter(actor=None if asked["who"] == NOBODY else asked["who"])
        if asked["what"]:
            found = found.filter(kind=asked["what"])
        if asked["object"] and asked["what"]:
            found = found.filter(object_id=asked["object"])
        if asked["action"]:
            found = found.filter(action=asked["action"])
        if asked["day"]:
            start = midnight(asked["day"])
            found = found.filter(at__gte=start, at__lt=midnight(asked["day"] + timedelta(days=1)))
        return found


def midnight(day: date) -> datetime:
    """With which `day` begins, in the current zone."""
    return timezone.make_aware(datetime.combine(day, time.min))
