"""A wording, as it is typed."""

from typing import Any

from django import forms

from donations.forms.short_text import ShortTextField
from donations.forms.sums import minor
from donations.models import MOST_AMOUNTS, Variant
from donations.money import plain

MOST_LETTERS = 1_500  # two or three sentences, and room
LARGEST = 2**31 - 1  # what the column holds


class AmountsField(forms.CharField):
    """`5, 10, 25` in whole units, as a list of text; `VariantForm` knows the currency."""

    def clean(self, value: Any) -> Any:
        typed = [part.strip() for part in super().clean(value).replace(";", ",").split(",")]
        return [part for part in typed if part]


class VariantForm(forms.Form):
    """currency: of the amounts, as the appeal's own field says it."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(
        max_length=40, help_text="For the desk: what it tries out.", label="Name of the variant"
    )
    heading = forms.CharField(max_length=120)
    text = ShortTextField(
        most=MOST_LETTERS, help_text="Two or three sentences: what was achieved, what it takes."
    )
    button = forms.CharField(
        max_length=60, label="Button", help_text="What the reader does: “Give to Parley”."
    )
    amounts = AmountsField(
        required=False, max_length=120, help_text="In whole units: 5, 10, 25. Empty: none."
    )
    interval = forms.ChoiceField(choices=Variant.Interval.choices, label="How often")
    weight = forms.IntegerField(
        min_value=1,
        max_value=100,
        initial=1,
        label="Share",
        help_text="Beside the others’: 1 and 1 is half of the readers each.",
    )
    remove = forms.BooleanField(required=False, label="Remove this variant")

    use_required_attribute = False

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        self.stored: dict[str, str] = {}  # what somebody else has written, by field

    def clean_amounts(self) -> list[int]:
        typed: list[str] = self.cleaned_data["amounts"]
        if len(typed) > MOST_AMOUNTS:
            raise forms.ValidationError(f"At most {MOST_AMOUNTS} amounts.")
        sums = [minor(text, self.currency) for text in typed]
        for text, sum_ in zip(typed, sums, strict=True):
            if not 0 < sum_ <= LARGEST:
                raise forms.ValidationError(f"“{text}” cannot be given. Write thousands as 1000.")
        return list(dict.fromkeys(sums))

    def one_line(self, name: str) -> str:
        return " ".join(self.cleaned_data[name].split())

    def clean_name(self) -> str:
        return self.one_line("name")

    def clean_heading(self) -> str:
        return self.one_line("heading")

    def clean_button(self) -> str:
        return self.one_line("button")

    @property
    def is_removed(self) -> bool:
        return bool(self.is_bound and self["remove"].value())


def stored_values(variant: Variant, currency: str) -> dict[str, Any]:
    """What the form shows of a stored variant."""
    names = ["pk", "name", "heading", "text", "button", "interval", "weight"]
    values = {name: getattr(variant, name) for name in names}
    return values | {"amounts": ", ".join(plain(amount, currency) for amount in variant.amounts)}
