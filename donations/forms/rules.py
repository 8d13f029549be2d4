"""How often readers are asked, and where nobody is."""

from django import forms

from donations.forms.names import NamesField
from donations.models import Rules


class RulesForm(forms.ModelForm):
    no_tags = NamesField(
        "tag",
        label="Tags without appeals",
        required=False,
        help_text="No appeal beside a piece with one of these: obituaries, casualties.",
    )
    reason = forms.CharField(
        label="Why it changes",
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text="Kept in the log with your name.",
        error_messages={"required": "Say why; it is kept in the log."},
    )

    class Meta:
        model = Rules
        fields = [
            *("cap", "period_days", "gap_hours", "skip_pages", "holdback"),
            *("no_tags", "needs_second"),
        ]
