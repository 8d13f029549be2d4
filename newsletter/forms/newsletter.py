"""What holds for every round-up."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from newsletter.forms.letter import LetterField
from newsletter.models import Newsletter
from newsroom.lib import addresses
from newsroom.lib.forms import RowsField

MOST = 1_000_000
NUMBERS = ["connections", "per_minute", "per_hour", "per_day", "warm_up_first", "late_hours"]


class DomainField(forms.CharField):
    """The part of an address after the @, in the form in which addresses are compared."""

    def clean(self, value: Any) -> str:
        typed = str(super().clean(value)).strip(addresses.UNSEEN)
        if "@" in typed:
            raise ValidationError("Write only what stands after the @, as in gmail.com.")
        try:
            return addresses.compared(f"reader@{typed}").partition("@")[2]
        except addresses.Refused as error:
            raise ValidationError(
                f"“{typed}” is no domain that mail goes to; write it as in gmail.com."
            ) from error


class PerWidget(forms.NumberInput):
    """A number with what it is counted by beside it."""

    template_name = "forms/per.html"

    def __init__(self, unit: str) -> None:
        super().__init__({"aria-label": f"Letters {unit}"})
        self.unit = unit

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | {"unit": self.unit}


def count_field(unit: str) -> forms.IntegerField:
    return forms.IntegerField(
        min_value=1,
        max_value=MOST,
        required=False,
        widget=PerWidget(unit),
        error_messages={
            "invalid": f"Write letters {unit} as a whole number.",
            "min_value": f"Letters {unit}: at least one, or leave it empty.",
            "max_value": f"Letters {unit}: a million at most, or leave it empty.",
        },
    )


class DomainRow(forms.Form):
    domain = DomainField(
        max_length=253,
        widget=forms.TextInput({"placeholder": "gmail.com", "aria-label": "Domain"}),
        error_messages={"required": "Name the domain."},
    )
    per_minute = count_field("a minute")
    per_hour = count_field("an hour")

    def clean(self) -> dict[str, Any]:
        counts = {"per_minute", "per_hour"}
        if not any(self.cleaned_data.get(name) for name in counts) and not counts & {*self.errors}:
            self.add_error("per_hour", "Say how many letters, a minute or an hour.")
        return self.cleaned_data


class DomainsField(RowsField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(DomainRow, noun="domain", **kwargs)

    def clean(self, value: Any) -> list[dict[str, Any]]:
        rows = super().clean(value)
        if twice := _repeated(row["domain"] for row in rows):
            raise ValidationError(
                f"{addresses.shown_domain(twice)} stands here twice: leave one row of it."
            )
        return rows


def _repeated(names: Iterable[str]) -> str:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return ""


class NewsletterForm(forms.ModelForm):
    welcome = LetterField(
        label="Welcome letter",
        required=False,
        help_text="What a new subscriber reads after confirming; a line of thanks when empty.",
    )
    domains = DomainsField(
        label="Slower for",
        help_text="For a mail provider that asks for it: letters to readers there leave at this "
        "pace, and the others need not wait. A domain without a row is as fast as the rest.",
    )

    class Meta:
        model = Newsletter
        fields = [
            *("name", "welcome", "second_person_above", "counts_clicks"),
            *("connections", "per_minute", "per_hour", "per_day"),
            *("warm_up_from", "warm_up_first", "late_hours", "sends_uncertain"),
        ]
        error_messages = {
            name: {"min_value": "At least one.", "max_value": "At most %(limit_value)s."}
            for name in NUMBERS
        }
        widgets = {"warm_up_from": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}
        help_texts = {
            "per_minute": "Empty: no limit.",
            "per_hour": "In any sixty minutes.",
            "per_day": "In any 24 hours.",
            "warm_up_from": "For a sender that mail providers do not know yet. It ends by itself "
            "once a day’s letters are enough for all readers. Empty: no warming up.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limits = self.instance.domain_limits.values("domain", "per_minute", "per_hour")
        self.initial["domains"] = [
            {**limit, "domain": addresses.shown_domain(limit["domain"])} for limit in limits
        ]
