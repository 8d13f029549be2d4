"""Tax wordings and hosts."""

from typing import Any

from django import forms

from donations.forms.running import reason
from donations.forms.short_text import ShortText, ShortTextField
from donations.models import DonationHost, TaxWording
from newsroom.lib import html

MOST_LETTERS = 600


class TaxWordingForm(forms.ModelForm):
    """The next version; it follows the others and takes the place of none."""

    text = ShortTextField(
        most=MOST_LETTERS,
        widget=ShortText({"rows": 3}),
        help_text="One passage: who receives the money, whether gifts are deductible, and where.",
    )
    reason = reason("Who asked for this wording.")
    use_required_attribute = False

    class Meta:
        model = TaxWording
        fields = ["text", "reason"]

    def clean_text(self) -> str:
        return html.clean_inline(self.cleaned_data["text"])


class HostForm(forms.ModelForm):
    host = forms.CharField(max_length=253, help_text="The host alone, such as donate.example.org.")
    reason = reason("For the log: whose pages these are, or what has changed there.")
    use_required_attribute = False

    class Meta:
        model = DonationHost
        fields = ["host", "amount_parameter", "interval_parameter"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "host" in self.fields:  # who may only look has no fields
            self.fields["host"].disabled = True
            self.fields["host"].help_text = "To allow another, add it."

    def clean_host(self) -> str:
        return str(self.cleaned_data["host"]).lower()
