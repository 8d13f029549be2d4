"""An ordered list inside a form."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from newsroom.lib.forms.named import NamedField


class Posted(dict[str, str]):
    """One row as the browser sent it."""


class RowsWidget(forms.Widget):
    """Rows of small fields that share their names, so that their order alone says which is which.

    Every field of a row must always be sent: no checkboxes.
    """

    template_name = "forms/rows.html"

    def __init__(self, row_form: type[forms.Form], noun: str) -> None:
        super().__init__()
        self.row_form, self.noun = row_form, noun

    @property
    def media(self) -> forms.Media:
        scripts: list[Any] = [forms.Script("js/admin/rows.js", type="module")]
        return forms.Media(js=scripts) + self.row_form().media

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Posted]:
        columns = {key: data.getlist(key) for key in data if key.startswith(f"{name}-")}
        n_rows = max(map(len, columns.values()), default=0)
        return [
            Posted({key: values[i] for key, values in columns.items() if i < len(values)})
            for i in range(n_rows)
        ]

    def id_for_label(self, id_: str) -> str:
        return ""  # each field of a row says what it is

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(key.startswith(f"{name}-") for key in data)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["rows"] = [self.form(name, row) for row in value or [] if not is_blank(row)]
        context["blank"] = self.form(name, None)
        context["noun"] = self.noun
        return context

    def form(self, name: str, row: dict[str, Any] | None) -> forms.Form:
        posted = row if isinstance(row, Posted) else None
        return self.row_form(data=posted, initial=row, prefix=name, auto_id=False)


class RowsField(forms.Field):
    """The list of what `row_form` cleans, in order; empty rows are left out.

    What is posted takes the place of everything that was there before.
    known: rows that need not be looked up again.
    """

    known: Sequence[Mapping[str, Any]] = ()

    def __init__(self, row_form: type[forms.Form], *, noun: str, **kwargs: Any) -> None:
        super().__init__(widget=RowsWidget(row_form, noun), required=False, **kwargs)
        self.row_form = row_form

    def clean(self, value: list[Posted]) -> list[dict[str, Any]]:
        rows, is_wrong = [], False
        for row in value:
            if is_blank(row):
                continue
            form = self.row_form(data=row, prefix=prefix_of(row))
            for name, field in form.fields.items():
                if isinstance(field, NamedField):
                    field.known = [one[name] for one in self.known]
            if form.is_valid():
                rows.append(form.cleaned_data)
            else:
                is_wrong = True
        if is_wrong:
            raise ValidationError("Please look at what is marked here.")
        return rows

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(initial) or bool(data)


def prefix_of(row: Posted) -> str:
    return next(iter(row), "").partition("-")[0]


def is_blank(row: Mapping[str, Any]) -> bool:
    return isinstance(row, Posted) and not any(value.strip() for value in row.values())
