"""The writing screen's forms together: the appeal's, and one for each variant."""

from collections.abc import Mapping
from copy import copy
from typing import Any

from django import forms
from django.http import QueryDict

from donations.forms import appeal as appeals
from donations.forms import variant as variants
from donations.forms.appeal import AppealForm
from donations.forms.variant import VariantForm
from donations.models import Appeal

MOST = 6  # variants, as services.appeals has it
CURRENCY = "USD"


class Writing:
    """Of `appeal`, or of a new one. sent: what the browser sent, if it did.

    `others` are variants that somebody else added while the person was typing.
    """

    def __init__(self, appeal: Appeal | None = None, *, sent: QueryDict | None = None) -> None:
        self.appeal = appeal
        self.stored = {row.pk: row for row in appeal.variants.all()} if appeal else {}
        initial = {"version": appeal.version, **appeals.stored_values(appeal)} if appeal else {}
        self.form = AppealForm(sent, instance=copy(appeal), initial=initial)
        typed = sent.get("currency", "") if sent is not None else ""
        self.currency = str(typed).upper() or (appeal.currency if appeal else CURRENCY)
        self.variants = self.sent_variants(sent) if sent is not None else self.stored_variants()
        self.others: list[VariantForm] = []
        self.is_stale = False

    def sent_variants(self, sent: QueryDict) -> list[VariantForm]:
        n = sent.get("n_variants", "")
        number = int(n) if n.isascii() and n.isdecimal() and len(n) < 3 else 0
        return [self.variant(i, sent) for i in range(min(number, MOST))]

    def stored_variants(self) -> list[VariantForm]:
        forms_ = [self.variant(i, initial=self.values(pk)) for i, pk in enumerate(self.stored)]
        return forms_ or [self.variant(0, initial={"name": "A"})]

    def values(self, pk: int | None) -> dict[str, Any]:
        found = self.stored.get(pk or 0)
        return variants.stored_values(found, found.appeal.currency) if found else {}

    def variant(
        self, i: int, sent: QueryDict | None = None, initial: Mapping[str, Any] | None = None
    ) -> VariantForm:
        form = VariantForm(sent, prefix=f"v{i}", currency=self.currency, initial=initial)
        if sent is not None:
            form.initial = self.values(number(form["pk"].value()))
        return form

    @property
    def kept(self) -> list[VariantForm]:
        return [form for form in self.variants if not form.is_removed]

    def is_valid(self) -> bool:
        """All forms, so that each shows what is wrong."""
        forms_: list[forms.BaseForm] = [self.form, *self.kept]
        is_whole = not [form for form in forms_ if not form.is_valid()]
        if not self.kept:
            self.form.add_error(None, "An appeal has at least one variant.")
        return self.have_own_names() and is_whole and bool(self.kept)

    def have_own_names(self) -> bool:
        names: set[str] = set()
        for form in self.kept:
            name = getattr(form, "cleaned_data", {}).get("name", "").casefold()
            if name and name in names:
                form.add_error("name", "Another variant has this name.")
                return False
            names.add(name)
        return True

    @property
    def version(self) -> int:
        return number(self.form["version"].value()) or 0

    @property
    def fields(self) -> dict[str, Any]:
        return {name: self.form.cleaned_data[name] for name in AppealForm.Meta.fields}

    @property
    def wordings(self) -> list[tuple[int | None, dict[str, Any]]]:
        """The number of the variant that each changes, and what it says."""
        left_out = {"pk", "remove"}
        return [
            (
                form.cleaned_data["pk"],
                {k: v for k, v in form.cleaned_data.items() if k not in left_out},
            )
            for form in self.kept
        ]

    # What is typed and not yet to be judged

    def with_another(self) -> None:
        """One variant more, as a copy of the last; what is typed stays, and nothing is judged."""
        initial = {name: self.form[name].value() for name in self.form.fields}
        self.form = AppealForm(instance=self.appeal, initial=initial)
        self.variants = [self.variant(i, initial=typed(form)) for i, form in enumerate(self.kept)]
        if len(self.variants) < MOST:
            i = len(self.variants)
            last = typed(self.variants[-1]) if self.variants else {}
            new = self.variant(i, initial={**last, "pk": None, "name": LETTERS[i]})
            new.fields["name"].widget.attrs["autofocus"] = True
            self.variants.append(new)

    # What somebody else has changed

    def differs(self) -> bool:
        """Whether the typed is not what is stored; marks where, and takes in others' variants."""
        self.is_stale = True
        self.know_version()
        mark(self.form, leave={"version", "reason"})
        for form in self.kept:
            mark(form, leave={"pk", "remove"})
        known = {number(form["pk"].value()) for form in self.variants}
        new = [pk for pk in self.stored if pk not in known]
        n = len(self.variants)
        self.others = [self.variant(n + i, initial=self.values(pk)) for i, pk in enumerate(new)]
        has_gone = any(form.is_removed for form in self.variants)
        is_marked = bool(self.form.stored) or any(form.stored for form in self.kept)
        return has_gone or bool(new) or is_marked

    def know_version(self) -> None:
        """So that saving again puts the typed in the place of what is stored."""
        sent: Any = self.form.data.copy()  # type: ignore[attr-defined]
        sent["version"] = self.form.initial["version"]
        self.form.data = sent


LETTERS = "ABCDEF"


def typed(form: VariantForm) -> dict[str, Any]:
    return {name: form[name].value() for name in form.fields if name != "remove"}


def mark(form: AppealForm | VariantForm, leave: set[str]) -> None:
    for name in set(form.changed_data) - leave:
        form.stored[name] = stored_text(form, name)


def stored_text(form: AppealForm | VariantForm, name: str) -> str:
    """What is stored in a field, as one reads it."""
    value, field = form.initial.get(name), form.fields[name]
    choices = getattr(field, "choices", None)
    if choices is not None:
        chosen = {str(one) for one in (value if isinstance(value, list) else [value])}
        return ", ".join(str(label) for key, label in choices if str(key) in chosen)
    if isinstance(value, list):
        return str(field.widget.format_value(value))
    return f"{value:%Y-%m-%d %H:%M}" if hasattr(value, "strftime") else str(value or "")


def number(value: Any) -> int | None:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
