"""What a form must know of the values that it was opened with."""

import json
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Model

from newsroom.lib import html
from newsroom.lib.dates import spoken
from newsroom.lib.fields import HtmlField
from newsroom.lib.meeting.prints import print_of

NAME = "started_from"  # of the hidden field; a save without it asks nothing


class Meeting:
    """Mixed into a form whose instance is stored and, while it is saved, locked."""

    taken: list[str]  # fields in which somebody else's new value stays
    clashing: list[str]

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken, self.clashing = [], []

    @property
    def started_from(self: Any) -> str:
        """For the hidden field.

        After a clash the person has seen what is stored there; `taken` fields still show the old.
        """
        now = {name: print_of(self.stored(name)) for name in self.fields}
        if not self.is_bound:
            return json.dumps(now)
        then = self.then()
        if self.clashing:
            then = now | {name: then[name] for name in self.taken}
        return json.dumps(then)

    @property
    def beside(self: Any) -> dict[str, str]:
        """What is stored where somebody else has changed something, as text to read."""
        names = [*self.taken, *self.clashing] if self.errors else []
        return {name: as_text(self, name) for name in names}

    @property
    def told(self: Any) -> str:
        """What of somebody else's stays, in a sentence; "" if nothing does."""
        labels = [str(self.fields[name].label or name).lower() for name in self.taken]
        return f"{who_saved(self.instance)}; that stays: {', '.join(labels)}." if labels else ""

    def then(self: Any) -> dict[str, str]:
        try:
            read = json.loads(self.data.get(NAME, ""))
        except ValueError:
            return {}
        return read if isinstance(read, dict) else {}

    def stored(self: Any, name: str) -> Any:
        return self.get_initial_for_field(self.fields[name], name)

    def clean(self: Any) -> dict[str, Any]:
        if not self.errors:
            self.meet(self.then())
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data  # type: ignore[misc]
        return cleaned

    def meet(self: Any, then: dict[str, str]) -> None:
        for name in [name for name in self.cleaned_data if name in then]:
            now, typed = print_of(self.stored(name)), print_of(self.cleaned_data[name])
            if self.fields[name].disabled or now in (then[name], typed):
                continue
            if typed == then[name]:
                self.cleaned_data[name] = as_it_is(self, name)
                self.taken.append(name)
            else:
                self.clashing.append(name)
        if self.clashing:
            raise ValidationError(
                f"{who_saved(self.instance)}, after you had opened it. Nothing of yours is stored "
                "yet, and nothing is lost: where both of you have changed the same, what is "
                "stored stands below yours. Save again to put yours in its place."
            )


def as_it_is(form: Any, name: str) -> Any:
    """What the form holds where a field is left as it is stored."""
    columns = {field.name for field in form.instance._meta.concrete_fields}  # noqa: SLF001  # public
    return getattr(form.instance, name) if name in columns else form.stored(name)


def who_saved(row: Model) -> str:
    kind = ContentType.objects.get_for_model(row)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(row.pk))
    entry = entries.select_related("user").first()
    return (
        f"{entry.user} saved this {spoken(entry.action_time)}" if entry else "Somebody saved this"
    )


def as_text(form: Any, name: str) -> str:
    value, field = form.stored(name), form.fields[name]
    if isinstance(field, forms.ModelChoiceField) and not isinstance(value, Model | list):
        value = field.queryset.filter(pk=value).first() if value else None  # type: ignore[union-attr]
    if isinstance(value, list):
        rows = [row.values() if isinstance(row, dict) else [row] for row in value]
        return "\n".join(" · ".join(str(part) for part in row if part) for row in rows)
    if isinstance(value, datetime):
        return spoken(value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    column = {one.name: one for one in form.instance._meta.fields}.get(name)  # noqa: SLF001  # public
    text = "" if value is None else str(value)
    return html.plain(text) if isinstance(column, HtmlField) else text
