"""Forms that know what their fields said when somebody began to type."""

from typing import Any

from django import forms

WAS = "was-"


class RememberingForm(forms.Form):
    """`stored` is what the database says of the fields; the browser sends back what it said then.

    With both, a service can tell whether somebody else has changed a field in between.
    """

    def __init__(self, *args: Any, stored: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored = stored
        self.initial = {**stored, **self.initial}
        self.lost: dict[str, Any] = {}  # by field, what somebody else has written meanwhile

    @property
    def told(self) -> dict[str, str]:
        """What the fields said when the person began, as far as the browser tells."""
        sent = {name: self.add_prefix(WAS + name) for name in self.stored}
        return {
            name: without_returns(self.data[key]) for name, key in sent.items() if key in self.data
        }

    @property
    def was(self) -> dict[str, Any]:
        """The same as values, where the database says so still."""
        return {
            name: self.stored[name] if as_sent(self.stored[name]) == text else text
            for name, text in self.told.items()
        }

    @property
    def touched(self) -> dict[str, Any]:
        """What the person has changed; the rest may be somebody else's."""
        told = self.told
        cleaned = self.cleaned_data.items()
        return {name: value for name, value in cleaned if as_sent(value) != told.get(name)}

    @property
    def memory(self) -> list[tuple[str, str]]:
        """The hidden fields that say what is stored now."""
        return [(self.add_prefix(WAS + name), as_sent(was)) for name, was in self.stored.items()]


def as_sent(value: Any) -> str:
    return "" if value is None else without_returns(str(value))


def without_returns(text: str) -> str:
    """With the line ends that the database has; browsers send others."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
