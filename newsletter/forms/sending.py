"""What staff choose before a round-up leaves."""

from typing import Any

from django import forms

from newsletter import proofs
from newsroom.lib.forms import MomentField
from newsroom.models import User


class CountField(forms.IntegerField):
    """Takes 1,234 as well."""

    default_error_messages = dict.fromkeys(
        ["invalid", "min_value"], "Type a whole number in digits, such as 1,234."
    )

    def to_python(self, value: Any) -> int | None:
        return super().to_python(str(value or "").replace(",", ""))


class StaffField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj}, {obj.email}"


class TestForm(forms.Form):
    to = StaffField(
        User.objects.none(),
        label="Who gets it",
        widget=forms.CheckboxSelectMultiple,
        help_text=f"{proofs.MOST} people at most. The links to leave do nothing in a test.",
        error_messages={"required": "Choose who shall get the test."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = User.objects.filter(is_staff=True, is_active=True).exclude(email="")
        self.fields["to"].queryset = staff  # type: ignore[attr-defined]


class ScheduleForm(forms.Form):
    """A button of its own sends at once: a time left empty never sends a letter."""

    at = MomentField(label="When", required=False, help_text="In the publication’s time zone.")
    at_once = forms.BooleanField(required=False)
    recipients = CountField(
        label="Number of subscribers",
        min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Type the number of subscribers, to show that you know it."},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if "at" in cleaned and not cleaned["at"] and not cleaned.get("at_once"):
            self.add_error("at", "Choose a date and a time, or press “Send at once”.")
        return cleaned


class PauseForm(forms.Form):
    why = forms.CharField(
        label="Why (if others should know)",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class StopForm(forms.Form):
    """n_never: how many will never get it, as counted now; it is typed, to show that one knows."""

    n = CountField(
        label="Number of readers",
        min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Type the number, to show that you know it."},
    )

    def __init__(self, *args: Any, n_never: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.n_never = n_never

    def clean_n(self) -> int:
        typed: int = self.cleaned_data["n"]
        if typed != self.n_never:
            raise forms.ValidationError(f"It is {self.n_never:,} now, not {typed:,}. Type it anew.")
        return typed
