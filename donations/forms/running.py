"""What is asked of whoever stops an appeal, or moves its end."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from newsroom.lib.forms import MomentField


def reason(help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label="Why",
        max_length=200,
        help_text=help_text,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "Say why; the log keeps it."},
    )


class GoLiveForm(forms.Form):
    """version: the text that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = reason("Who has agreed to it. From then on only its end can change.")


class EndForm(forms.Form):
    reason = reason("It is gone from every page within seconds, for good.")


class MoveEndForm(forms.Form):
    """was: the end that the person saw."""

    to = MomentField(label="New end")
    was = forms.CharField(widget=forms.HiddenInput)
    reason = reason()

    def clean_to(self) -> object:
        if self.cleaned_data["to"] <= timezone.now():
            raise ValidationError("The end must be in the future. To stop it now, end it.")
        return self.cleaned_data["to"]
