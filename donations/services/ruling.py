"""What holds for every appeal, and who may loosen it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from donations.models import Rules
from donations.services.allowed import NotAllowed
from donations.services.changes import record
from newsroom.models import User

SUBJECT = "Rules for all appeals"
MAY_LOOSEN = "newsroom.change_publication"  # of administrators


@transaction.atomic
def change_rules(*, by: User, reason: str, at: datetime | None = None, **fields: Any) -> list[str]:
    """Set `fields` of the rules and leave the others as they are; the names of those that change.

    Raises NotAllowed if `needs_second` would change, which is for those that it does not bind.
    """
    rules = locked()
    changed = [name for name, value in fields.items() if getattr(rules, name) != value]
    if "needs_second" in changed and not by.has_perm(MAY_LOOSEN):
        raise NotAllowed("Whether a second person is needed is for administrators to say.")
    before = {named(name): getattr(rules, name) for name in changed}
    for name in changed:
        setattr(rules, name, fields[name])
    rules.save(update_fields=changed)
    after = {named(name): getattr(rules, name) for name in changed}
    record(SUBJECT, by=by, at=at or timezone.now(), before=before, after=after, reason=reason)
    return changed


def locked() -> Rules:
    """The row, made if need be, until the transaction ends."""
    Rules.objects.get_or_create(pk=1)
    return Rules.objects.select_for_update().get(pk=1)


def named(field: str) -> str:
    """As the desk names it."""
    name = str(Rules._meta.get_field(field).verbose_name)  # type: ignore[union-attr]  # noqa: SLF001
    return name[:1].upper() + name[1:]
