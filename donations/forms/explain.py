"""A reader to try the rules on."""

import re
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from donations import board
from donations.choosing import is_held_back
from donations.facts import Reader
from donations.forms.where import PageForm
from newsroom.lib.forms import MomentField

WISHES = [
    ("", "None"),
    ("closed", "Closed an appeal"),
    ("gave", "“I already gave”"),
    ("never", "“Not on this device”"),
]
LASTS = {"closed": timedelta(days=30), "gave": timedelta(days=365)}
FOREVER = 2**53 - 1  # as far as browsers count
HOURS = re.compile(r"[0-9]{1,5}(\.[0-9]{1,3})?")
MOST_ASKS = 100


class ExplainForm(PageForm):
    at = MomentField(label="When")
    views = forms.IntegerField(
        label="Pages read so far, this one included", min_value=1, max_value=1_000_000
    )
    asks = forms.CharField(
        label="Asked before",
        required=False,
        max_length=500,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text="How many hours ago, each time: 30, 2.5",
    )
    wish = forms.ChoiceField(label="Wish", choices=WISHES, required=False)
    until = MomentField(
        label="Which holds until",
        required=False,
        help_text="Empty: said at that moment, so for 30 days or for a year.",
    )
    device = forms.ChoiceField(choices=[("desktop", "Wider screen"), ("phone", "Phone")])
    storage = forms.ChoiceField(
        label="The browser", choices=[("kept", "Keeps wishes"), ("blocked", "Keeps nothing")]
    )
    seed = forms.CharField(
        label="Number by chance",
        required=False,
        max_length=10,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
        help_text="The “seed” that a browser keeps. Empty: any reader who may be asked.",
    )

    def clean_asks(self) -> list[float]:
        """Hours."""
        parts = [part.strip() for part in self.cleaned_data["asks"].split(",") if part.strip()]
        if not all(HOURS.fullmatch(part) for part in parts) or len(parts) > MOST_ASKS:
            raise ValidationError("Type hours between commas: 30, 2.5")
        return sorted(map(float, parts), reverse=True)

    def clean_seed(self) -> int | None:
        typed = self.cleaned_data["seed"]
        if not typed:
            return None
        if not (typed.isascii() and typed.isdecimal() and int(typed) < 2**32):
            raise ValidationError("A whole number below 4,294,967,296.")
        return int(typed)

    def reader(self, rules: board.Rules) -> Reader:
        """To be asked for once the form is valid."""
        typed = self.cleaned_data
        at = board.moment(typed["at"])
        seed = typed["seed"]
        return Reader(
            seed=somebody(rules) if seed is None else seed,
            views=typed["views"],
            asks=tuple(at - round(hours * 3_600_000) for hours in typed["asks"]),
            until=self.wish_ends(),
            why=typed["wish"],
            is_phone=typed["device"] == "phone",
            has_storage=typed["storage"] == "kept",
        )

    def wish_ends(self) -> int:
        """Milliseconds since 1970."""
        typed: dict[str, Any] = self.cleaned_data
        if typed["wish"] == "never":
            return FOREVER
        if not typed["wish"]:
            return 0
        return board.moment(typed["until"] or typed["at"] + LASTS[typed["wish"]])


def somebody(rules: board.Rules) -> int:
    """The seed of a reader who is not one of those never asked."""
    anybody = Reader(seed=0, views=1)
    while is_held_back(rules, anybody):
        anybody = Reader(seed=anybody.seed + 1, views=1)
    return anybody.seed
