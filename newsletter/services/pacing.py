"""Which domains get our letters slowly."""

from collections.abc import Sequence
from typing import TypedDict

from django.db import transaction
from django.utils import timezone

from newsletter.models import DomainLimit, Newsletter
from newsletter.sending.pace import assigning, tallies
from newsletter.services.drafts import NotAllowed
from newsroom.models import User


class Wanted(TypedDict):
    domain: str  # compared form
    per_minute: int | None
    per_hour: int | None


@transaction.atomic
def limit_domains(wanted: Sequence[Wanted], *, by: User) -> bool:
    """Let these domains have limits and no others, also for letters that wait.

    Returns whether that changes anything. Raises NotAllowed.
    """
    assigning.lock_domains()
    present = {limit.domain: limit for limit in DomainLimit.objects.all()}
    named = {row["domain"]: row for row in wanted}
    gone, new = present.keys() - named.keys(), named.keys() - present.keys()
    changed = [
        present[name] for name in present.keys() & named.keys() if _set(present[name], named[name])
    ]
    _require(by, {"delete": gone, "add": new, "change": changed})
    DomainLimit.objects.filter(domain__in=gone).delete()
    DomainLimit.objects.bulk_update(changed, ["per_minute", "per_hour"])
    for name in sorted(new):
        _add(named[name])
    if gone or new:
        assigning.relane()
    return bool(gone or new or changed)


def _set(limit: DomainLimit, row: Wanted) -> bool:
    """Whether `row` changes `limit`, and do so."""
    before = limit.per_minute, limit.per_hour
    limit.per_minute, limit.per_hour = row["per_minute"], row["per_hour"]
    return before != (limit.per_minute, limit.per_hour)


def _add(row: Wanted) -> None:
    Newsletter.objects.get_or_create(pk=1)
    limit = DomainLimit.objects.create(newsletter_id=1, **row)
    tallies.count_past(limit.pk, limit.domain, timezone.now())


def _require(by: User, what: dict[str, object]) -> None:
    for verb, domains in what.items():
        if domains and not by.has_perm(f"newsletter.{verb}_domainlimit"):
            raise NotAllowed("Your role does not limit what a domain gets.")
