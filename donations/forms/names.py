"""Sections, formats, series or tags, typed by name and kept by slug."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from donations.surroundings import here


class NamesWidget(forms.TextInput):
    """Names between commas; with JavaScript, tokens that complete."""

    class Media:
        js = [forms.Script("js/admin/tags.js", type="module")]

    def __init__(self, part: str) -> None:
        super().__init__(
            {"data-tags-known": "", "autocomplete": "off", "placeholder": f"Add a {part}"}
        )
        self.part = part

    def format_value(self, value: Any) -> str:
        """Slugs by their names; what was typed stays as it was."""
        if value is None or isinstance(value, str):
            return value or ""
        names = {name.slug: name.name for name in here().names(self.part)}
        return ", ".join(names.get(slug, slug) for slug in value)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        self.attrs["data-tags"] = f"{reverse('admin:donations_names')}?part={self.part}"
        return super().get_context(name, value, attrs)


class NamesField(forms.CharField):
    """The slugs of the names that were typed, in their order; refuses unknown ones by name.

    part: "section", "format", "series" or "tag". A slug is taken for its name.
    """

    def __init__(self, part: str, **kwargs: Any) -> None:
        super().__init__(widget=NamesWidget(part), **kwargs)
        self.part = part

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value).replace("\x00", "")
        typed = [" ".join(name.split()) for name in text.split(",")]
        return self.known([name for name in typed if name]) if any(typed) else []

    def known(self, typed: list[str]) -> list[str]:
        found = here().names(self.part)
        slugs = {name.slug: name.slug for name in found}
        slugs |= {name.name.casefold(): name.slug for name in found}
        if unknown := [name for name in typed if name.casefold() not in slugs]:
            raise ValidationError(f"No {self.part} is called {quoted(unknown)}.")
        return list(dict.fromkeys(slugs[name.casefold()] for name in typed))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.widget.format_value(initial) != (data or "").strip())


def quoted(names: list[str]) -> str:
    """`“a”`, `“a” or “b”`, `“a”, “b” or “c”`"""
    *others, last = [f"“{name}”" for name in names]
    return f"{', '.join(others)} or {last}" if others else last
