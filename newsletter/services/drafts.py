"""How a draft is changed: one after the other, counted, and only while it is a draft."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from newsletter.models import Issue
from newsroom.models import User


class NotAllowed(Exception):
    """This cannot be done now; str() says why, to the person who tried."""


class Stale(Exception):
    """Somebody else has changed the same field; `current` holds what it says now, by field."""

    def __init__(self, current: dict[str, Any]) -> None:
        super().__init__("Somebody else has changed this in the meantime.")
        self.current = current


@contextmanager
def changing(issue: Issue, *, by: User) -> Iterator[Issue]:
    """The round-up's locked row, for one change by `by`; `issue` learns the new version.

    Raises NotAllowed unless it is a draft.
    """
    with transaction.atomic():
        locked = Issue.objects.select_for_update().filter(pk=issue.pk).first()
        if locked is None:
            raise NotAllowed("This round-up has been deleted.")
        if not locked.is_draft:
            raise NotAllowed("This round-up is approved; take the approval back to change it.")
        yield locked
        locked.version += 1
        locked.edited_at = timezone.now()
        locked.save(update_fields=["version", "edited_at"])
        locked.editors.add(by)
    issue.version, issue.edited_at = locked.version, locked.edited_at


def merge(row: Model, was: Mapping[str, Any], fields: Mapping[str, Any]) -> list[str]:
    """Set `fields` of `row`; the names of those that change.

    was: what the fields said when the person began, for those that others may have changed since.
    Raises Stale, before anything is set, where that is so.
    """
    now = {name: getattr(row, name) for name in fields}
    if lost := {
        name: now[name]
        for name in fields
        if name in was and now[name] != was[name] and now[name] != fields[name]
    }:
        raise Stale(lost)
    changed = [name for name in fields if now[name] != fields[name]]
    for name in changed:
        setattr(row, name, fields[name])
    return changed
