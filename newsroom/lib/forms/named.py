"""Choosing one row of many by its name."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.urls import reverse


def completions(source: str) -> str:
    """Address of the desk's autocomplete for the relation "app.model.field"."""
    names = ["app_label", "model_name", "field_name"]
    query = urlencode(dict(zip(names, source.split("."), strict=True)))
    return f"{reverse('admin:autocomplete')}?{query}"


class NamedWidget(forms.MultiWidget):
    """A text field that completes, and the hidden id of what was chosen from the list."""

    template_name = "forms/named.html"

    class Media:
        js = [forms.Script("js/admin/complete.js", type="module")]

    def __init__(self, source: str, placeholder: str = "", label: str = "") -> None:
        attrs = {"autocomplete": "off", "placeholder": placeholder}
        if label:
            attrs["aria-label"] = label
        super().__init__([forms.TextInput(attrs), forms.HiddenInput])
        self.source = source

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        self.widgets[0].attrs["data-complete"] = completions(self.source)
        return super().get_context(name, value, attrs)

    def decompress(self, value: Model | None) -> list[Any]:
        return [str(value), value.pk] if value else ["", ""]

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else id_


class NamedField(forms.Field):
    """The row of `queryset` that has the typed name; the list's choice tells namesakes apart.

    source: "app.model.field", the relation that the desk's autocomplete answers for.
    like: the condition that finds rows by what was typed.
    known: rows that need not be looked up again.
    """

    widget_class = NamedWidget
    known: Sequence[Any] = ()

    def __init__(
        self,
        queryset: Callable[[], QuerySet[Any]],
        *,
        source: str,
        like: Callable[[str], Q],
        noun: str,
        placeholder: str = "",
        **kwargs: Any,
    ) -> None:
        widget = self.widget_class(source, placeholder, label=kwargs.get("label") or "")
        super().__init__(widget=widget, **kwargs)
        self.queryset, self.like, self.noun = queryset, like, noun

    def clean(self, value: Any) -> Any:
        typed, pk = ["" if part is None else str(part) for part in value or ("", "")]
        typed = " ".join(typed.replace("\x00", "").split())
        if not typed:
            if self.required:
                raise ValidationError(f"Choose a {self.noun}.")
            return None
        return self.chosen(pk, typed) or self.only(typed)

    def chosen(self, pk: str, typed: str) -> Any:
        if not pk.isdecimal() or len(pk) > 18:
            return None
        known = next((row for row in self.known if row.pk == int(pk)), None)
        found = known or self.queryset().filter(pk=int(pk)).first()
        return found if found and " ".join(str(found).split()) == typed else None

    def only(self, typed: str) -> Any:
        found = list(self.queryset().filter(self.like(typed))[:2])
        if not found:
            raise ValidationError(f"No {self.noun} is called “{typed}”; choose one from the list.")
        if len(found) > 1:
            raise ValidationError(f"More than one {self.noun} is “{typed}”; choose from the list.")
        return found[0]

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = self.widget.decompress(initial)
        return [str(part or "") for part in data or ("", "")] != [str(part) for part in before]
