"""What the desk asks for when appeals are switched."""

from typing import Any

from django import forms

from donations.switchboard import PLACES


class SwitchForm(forms.Form):
    """Off must be quick; on is a decision."""

    place = forms.ChoiceField(choices=list(PLACES.items()), widget=forms.HiddenInput)
    to = forms.ChoiceField(choices=[("off", "off"), ("on", "on")], widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why",
        required=False,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("to") == "on" and "reason" in cleaned and not cleaned["reason"]:
            self.add_error("reason", "Say why appeals may be shown again; it is kept in the log.")
        return cleaned
