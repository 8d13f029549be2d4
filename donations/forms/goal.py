"""What a season is to bring, and what has come in."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import escape

from donations import claiming
from donations.forms.running import reason
from donations.forms.sums import minor
from donations.models import Goal
from donations.money import plain
from newsroom.lib.forms import MomentField

SUM = {"autocomplete": "off", "inputmode": "decimal"}


class GoalForm(forms.ModelForm):
    """The target is typed in whole units."""

    target = forms.CharField(
        max_length=30, widget=forms.TextInput(SUM), help_text="In whole units: 50,000."
    )

    reason = reason("For the log.")

    class Meta:
        model = Goal
        fields = ["name", "slug", "currency"]
        help_texts = {
            "slug": "The last part of the address that takes totals from the donation page.",
            "currency": "As in ISO 4217. It stays once a sum has come in.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["target"] = plain(self.instance.target, self.instance.currency)
        else:
            del self.fields["reason"]
        if "currency" in self.fields:
            self.fields["currency"].disabled = self.instance.raised is not None

    def clean_name(self) -> str:
        """Readers see it in live appeals too, where nothing may be claimed without a claim."""
        name: str = self.cleaned_data["name"]
        if phrases := claiming.found(escape(name)):
            said = ", ".join(f"“{phrase}”" for phrase in phrases)
            raise ValidationError(
                f"Readers see the name: leave out {said}, or say it in a wording."
            )
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("currency") and cleaned.get("target"):
            try:
                cleaned["target"] = minor(cleaned["target"], cleaned["currency"])
            except ValidationError as error:
                self.add_error("target", error)
            else:
                self.require_some(cleaned["target"])
        return cleaned

    def require_some(self, target: int) -> None:
        if not target:
            self.add_error("target", "A target is more than nothing.")


class TotalForm(forms.Form):
    """goal: whose total it is; says the currency."""

    raised = forms.CharField(
        label="Raised so far",
        max_length=30,
        widget=forms.TextInput(SUM),
        error_messages={"required": "Type what has come in so far."},
    )
    as_of = MomentField(label="As of", required=False, help_text="Empty: as of now.")

    def __init__(self, *args: Any, goal: Goal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = goal.currency
        self.fields["raised"].help_text = f"In whole units of {goal.currency}, all in all."

    def clean_raised(self) -> int:
        return minor(self.cleaned_data["raised"], self.currency)

    def clean_as_of(self) -> datetime:
        now = timezone.now()
        as_of: datetime = self.cleaned_data["as_of"] or now
        if as_of > now:
            raise ValidationError("Nobody knows yet what will have come in then.")
        return as_of
