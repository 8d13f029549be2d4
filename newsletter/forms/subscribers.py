"""What the desk asks for when it is about one address."""

from django import forms

from newsroom.lib import addresses


class AddressField(forms.CharField):
    """An address in compared form."""

    def __init__(self, *, help_text: str = "") -> None:
        widget = forms.TextInput(
            {"autocomplete": "off", "inputmode": "email", "spellcheck": "false"}
        )
        super().__init__(label="Mail address", widget=widget, help_text=help_text)

    def clean(self, value: str) -> str:
        text = super().clean(value)
        try:
            return addresses.compared(text)
        except addresses.Refused as reason:
            raise forms.ValidationError(str(reason)) from reason


class AskForm(forms.Form):
    address = AddressField(
        help_text="They get a letter that asks them to confirm, and are subscribed once they do. "
        "Nobody is added without that."
    )


class SuppressedForm(forms.Form):
    address = AddressField(help_text="It is compared by its hash, and stored nowhere.")


class LiftForm(forms.Form):
    why = forms.CharField(
        label="Why it is lifted",
        min_length=10,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text="Kept with your name. To get mail again, they must be asked or imported with "
        "proof of consent; lifting alone sends nothing.",
        error_messages={
            "required": "Say why; it is kept as a record.",
            "min_length": "Say a little more; it is kept as a record.",
        },
    )
