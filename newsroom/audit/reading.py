"""Entries as deeds: what one person did to one thing at one time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib import admin
from django.urls import reverse

from newsroom.audit.naming import Names, names_for, subject_of
from newsroom.audit.tables import in_order, model_of, options, owner, word
from newsroom.audit.values import apart, label, shown
from newsroom.models import AuditEntry, User

PROGRAMS = {"procrastinate": "The worker", "gunicorn": "The web server", "sender": "The sender"}
PLACE = "position"  # of a part among its like, from 0 on
Action = AuditEntry.Action


@dataclass(frozen=True)
class Line:
    """One value, before and after; "" for none."""

    label: str
    before: str
    after: str

    @property
    def is_secret(self) -> bool:
        """Whether it changed without either being kept."""
        return self.before == self.after


@dataclass(frozen=True)
class Deed:
    """`first` is the oldest of its entries; `url` leads to the form of the thing, or is empty."""

    first: AuditEntry
    who: str
    action: str
    word: str
    name: str
    url: str
    lines: list[Line]


def deeds(entries: Iterable[AuditEntry]) -> list[Deed]:
    """What these entries tell, in their order; 1 query for each table that they refer to.

    Entries of one thing, one time and one person that follow one another are one deed.
    """
    known = list(entries)
    there, gone = names_for(known)
    return [deed(list(found)[::-1], there, gone) for _, found in groupby(known, same)]


def same(entry: AuditEntry) -> Any:
    return entry.at, entry.actor_id, entry.source, entry.kind, entry.object_id


def deed(entries: list[AuditEntry], there: Names, gone: Names) -> Deed:
    """Of entries that are the same deed, oldest first."""
    first, names, own = entries[0], gone | there, [one for one in entries if not one.part]
    row = (first.kind, first.object_id)
    return Deed(
        first=first,
        who=who(first, gone),
        action=own[-1].action if own else Action.CHANGED,
        word=word(first.kind),
        name=(own[-1].name if own else "") or names.get(row) or f"number {first.object_id}",
        url=form_of(*row) if row in there else "",
        lines=[line for one in entries for line in lines(one, names)],
    )


def who(entry: AuditEntry, gone: Names) -> str:
    if entry.actor:
        return str(entry.actor)
    if entry.actor_id:
        return gone.get((options(User).db_table, entry.actor_id)) or f"Account {entry.actor_id}"
    program = entry.source.removeprefix("newsroom ")
    if program == entry.source:
        return entry.source or "Somebody in the database"
    return PROGRAMS.get(program, f"Command {program}")


def form_of(table: str, pk: int) -> str:
    model = model_of(table)
    if model is None or not admin.site.is_registered(model):
        return ""
    return reverse(
        f"admin:{options(model).app_label}_{options(model).model_name}_change", args=[pk]
    )


def lines(entry: AuditEntry, names: Names) -> Iterator[Line]:
    if entry.part:
        yield part(entry, names)
        return
    for column in in_order(entry.kind, [*entry.before, *entry.after]):
        values = [entry.before.get(column), entry.after.get(column)]
        before, after = (shown(entry.kind, column, value, names) for value in values)
        yield Line(label(entry.kind, column), *apart(before, after))


def part(entry: AuditEntry, names: Names) -> Line:
    """What hangs on the thing, in one line: `Ann Able, Photos by`."""
    before, after = (
        ", ".join(said(entry, held, names)) if held else "" for held in (entry.before, entry.after)
    )
    return Line(word(entry.part), before, after)


def said(entry: AuditEntry, held: dict[str, Any], names: Names) -> Iterator[str]:
    """What a part is about and what it holds; its place only where that has changed."""
    is_change, column = entry.action == Action.CHANGED, subject_of(entry)
    if column:
        yield shown(entry.part, column, int(entry.name), names)
    elif is_change:
        yield entry.name
    for name in in_order(entry.part, held.keys() - {owner(entry.part), column}):
        if name != PLACE:
            yield shown(entry.part, name, held[name], names)
        elif is_change:
            yield f"place {held[name] + 1}"
