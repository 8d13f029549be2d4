"""Times without appeals."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from donations.models import Pause
from newsroom.lib.forms import MomentField

IN_THE_PAST = "This is over already."


class PauseForm(forms.ModelForm):
    """A new one must end in the future, or nobody would ever notice it."""

    starts_at = MomentField(label="From")
    ends_at = MomentField(label="Until", help_text="From this moment on, appeals are back.")

    class Meta:
        model = Pause
        fields = ["starts_at", "ends_at", "reason"]
        widgets = {"reason": forms.TextInput({"autocomplete": "off"})}
        help_texts = {"reason": "Staff see it, readers do not."}

    def clean_ends_at(self) -> datetime:
        ends_at: datetime = self.cleaned_data["ends_at"]
        if not self.instance.pk and ends_at <= timezone.now():
            raise ValidationError(IN_THE_PAST)
        return ends_at


class PauseNowForm(forms.Form):
    ends_at = MomentField(label="Until", help_text="From this moment on, appeals are back.")
    reason = forms.CharField(
        label="Why", max_length=200, widget=forms.TextInput({"autocomplete": "off"})
    )

    def clean_ends_at(self) -> Any:
        if self.cleaned_data["ends_at"] <= timezone.now():
            raise ValidationError(IN_THE_PAST)
        return self.cleaned_data["ends_at"]
