"""Claims: in the register, and in place beside the phrase that needs one."""

import json
from datetime import date
from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from donations.forms.running import reason
from donations.models import Claim
from newsroom.models import User

FIELDS = ["statement", "source", "owner", "valid_until"]
CONFLICT = (
    "Somebody else has changed this claim after you had opened it. Nothing of yours is stored yet; "
    "save again to put it in the place of what is stored."
)
NEW = "A new claim"
Offers = dict[str, list[tuple[Any, str]]]
CHOOSE = "Choose a claim, or write a new one."


def staff() -> Any:
    return User.objects.filter(is_staff=True, is_active=True)


class ClaimForm(forms.ModelForm):
    """In the register. `seen` is what was stored when the person began."""

    owner = forms.ModelChoiceField(
        User.objects.none(), help_text="Who answers for it, and hears when it lapses."
    )
    valid_until = forms.DateField(
        label="Last valid day",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        help_text="After it, appeals that rest on this pause by themselves.",
        error_messages={"invalid": "Enter the date as 2024-12-06."},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = reason("For the log: what has changed in the world, or who has checked it.")
    use_required_attribute = False

    class Meta:
        model = Claim
        fields = FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = staff() | User.objects.filter(pk=self.instance.owner_id or 0)
        if not self.instance.pk:
            del self.fields["reason"], self.fields["seen"]
        else:
            self.initial["seen"] = fingerprint(self.instance)

    def clean_statement(self) -> str:
        return " ".join(self.cleaned_data["statement"].split())

    def clean(self) -> dict[str, Any]:
        """Against what is stored, which the desk has locked by now."""
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk and cleaned.get("seen") != self.initial["seen"]:
            self.show_conflict()
        return cleaned

    def show_conflict(self) -> None:
        data: Any = self.data
        self.data = {**data.dict(), self.add_prefix("seen"): self.initial["seen"]}
        self.add_error(None, ValidationError(CONFLICT, code="conflict"))
        for name in FIELDS:
            if name in self.changed_data:
                self.add_error(name, f"Stored now: “{getattr(self.instance, name)}”.")

    @property
    def was(self) -> dict[str, Any]:
        """What was stored when the form was checked."""
        stored = {name: self.initial[name] for name in FIELDS if name != "owner"}
        return {**stored, "owner_id": self.initial["owner"]}


def fingerprint(claim: Claim) -> str:
    """Of what is stored; the same as long as that is the same."""
    parts = [claim.statement, claim.source, claim.owner_id, str(claim.valid_until)]
    return sha256(json.dumps(parts).encode()).hexdigest()[:16]


def offers(today: date) -> Offers:
    """What many forms of one page offer, asked for once; 2 queries."""
    known = [(claim.pk, str(claim)) for claim in Claim.objects.valid(today)]
    return {
        "claim": [("", NEW), *known],
        "owner": [(user.pk, str(user)) for user in staff()],
    }


class TieForm(forms.Form):
    """What a phrase rests on: an existing claim, or a new one if no existing one is chosen.

    offers: those of `offers`, so that each form need not ask for them.
    """

    phrase = forms.CharField(widget=forms.HiddenInput, max_length=100, strip=False)
    claim = forms.ModelChoiceField(
        Claim.objects.none(), required=False, empty_label=NEW, label="Claim"
    )
    statement = forms.CharField(max_length=200, required=False, help_text="The whole fact.")
    source = forms.CharField(
        max_length=500, required=False, help_text="Where anybody can look it up."
    )
    owner = forms.ModelChoiceField(
        User.objects.none(), required=False, label="Who answers for it", empty_label=None
    )
    valid_until = forms.DateField(
        required=False,
        label="Last valid day",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": "Enter the date as 2024-12-06."},
    )
    use_required_attribute = False

    def __init__(
        self, *args: Any, today: date | None = None, offers: Offers | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today or timezone.localdate()
        fields: Any = self.fields
        fields["claim"].queryset = Claim.objects.valid(self.today)
        fields["owner"].queryset = staff()
        for name, choices in (offers or {}).items():
            fields[name].choices = choices

    @property
    def is_new(self) -> bool:
        return not self.cleaned_data.get("claim")

    @property
    def new(self) -> dict[str, Any]:
        """The fields of the new claim."""
        return {name: self.cleaned_data[name] for name in FIELDS}

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("claim") or "claim" in self.errors:
            return cleaned
        if not any(cleaned.get(name) for name in ("statement", "source", "valid_until")):
            self.add_error("claim", CHOOSE)
            return cleaned
        for name in FIELDS:
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, "A claim needs this.")
        day = cleaned.get("valid_until")
        if day and day < self.today:
            self.add_error("valid_until", "This day is past.")
        return cleaned
