"""Setting appeals live, and what may be done to them then."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from donations import links
from donations.models import Appeal, DonationHost, Rules
from donations.services import changes
from donations.services.allowed import NotAllowed
from donations.services.appeals import held
from donations.services.claims import rests
from newsroom.lib import html
from newsroom.lib.dates import spoken
from newsroom.models import Publication, User

Status = Appeal.Status


class NotReady(NotAllowed):
    """It cannot go live yet; `missing` says what for, in sentences."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(" ".join(missing))
        self.missing = missing


@transaction.atomic
def go_live(
    appeal: Appeal, *, by: User, version: int, reason: str, at: datetime | None = None
) -> None:
    """From now on it is shown from its start to its end, and locked but for its end.

    Raises NotReady, Stale if `version` is not the stored one, Locked if it is no draft.
    """
    at = at or timezone.now()
    stored = held(appeal, version)
    DonationHost.objects.select_for_update().filter(host=links.host(stored.url)).first()
    if wanting := missing(stored, by=by, at=at):
        raise NotReady(wanting)
    drafts = Appeal.objects.filter(pk=stored.pk, status=Status.DRAFT)
    drafts.update(status=Status.LIVE, live_at=at, lapse_told_at=None, version=F("version") + 1)
    moved(appeal, "Draft", "Live", by=by, at=at, reason=reason)


@transaction.atomic
def end(appeal: Appeal, *, by: User, reason: str, at: datetime | None = None) -> bool:
    """Take it away from readers for good. False if it was over already, or is no live one."""
    at = at or timezone.now()
    live = Appeal.objects.filter(pk=appeal.pk).ahead(at)
    if not live.update(status=Status.ENDED, ended_at=at, version=F("version") + 1):
        return False
    moved(appeal, "Live", "Ended", by=by, at=at, reason=reason)
    return True


@transaction.atomic
def move_end(
    appeal: Appeal,
    *,
    by: User,
    to: datetime,
    was: datetime,
    reason: str,
    at: datetime | None = None,
) -> bool:
    """Let it end at `to` instead of `was`.

    False if that is no longer its end, or it is no live one, or over. Raises NotAllowed for a time
    that is past or before its start.
    """
    at = at or timezone.now()
    if to <= at:
        raise NotAllowed("The end must be in the future. To stop it now, end it.")
    if to <= appeal.starts_at:
        raise NotAllowed(f"It starts {spoken(appeal.starts_at)}; the end must come after that.")
    live = Appeal.objects.filter(pk=appeal.pk, ends_at=was).ahead(at)
    if not live.update(ends_at=to, version=F("version") + 1):
        return False
    appeal.refresh_from_db()
    before, after = {"ends": was}, {"ends": to}
    changes.record(
        appeal.name, by=by, at=at, before=before, after=after, reason=reason, appeal=appeal
    )
    return True


@transaction.atomic
def archive(appeal: Appeal, *, by: User, at: datetime | None = None) -> bool:
    """Out of the way, once it has ended or is over. False if it has not, or is archived."""
    at = at or timezone.now()
    done = Q(status=Status.ENDED) | Q(status=Status.LIVE, ends_at__lte=at)
    rows = Appeal.objects.filter(done, pk=appeal.pk)
    before = "Ended" if appeal.status == Status.ENDED else "Over"
    if not rows.update(status=Status.ARCHIVED, version=F("version") + 1):
        return False
    moved(appeal, before, "Archived", by=by, at=at)
    return True


def moved(
    appeal: Appeal, before: str, after: str, *, by: User, at: datetime, reason: str = ""
) -> None:
    appeal.refresh_from_db()
    states: Any = {"before": {"state": before}, "after": {"state": after}}
    changes.record(appeal.name, by=by, at=at, reason=reason, appeal=appeal, **states)


def missing(appeal: Appeal, *, by: User, at: datetime) -> list[str]:
    """What still keeps a draft from going live, in sentences; [] if nothing does. 7 queries."""
    return [*incomplete(appeal, at), *unfounded(appeal, at), *alone(appeal, by)]


def incomplete(appeal: Appeal, at: datetime) -> Iterator[str]:
    if appeal.ends(at):
        yield f"Its end, {spoken(appeal.ends_at)}, is past."
    if not appeal.tax_wording_id:
        yield "Choose a tax wording."
    host, hosts = links.host(appeal.url), set(DonationHost.objects.values_list("host", flat=True))
    if host not in hosts:
        yield f"{host or 'Its donation page'} is not among the hosts that appeals may lead to."
    variants = list(appeal.variants.all())
    if not variants:
        yield "Write at least one variant."
    for variant in variants:
        if not (variant.heading.strip() and html.plain(variant.text) and variant.button.strip()):
            yield f"Variant {variant.name} lacks a heading, a text or a button."
        for url in links.foreign(variant.text, hosts):
            yield (
                f"Variant {variant.name} links to {url}, which is no page of ours and on no host "
                "that appeals may lead to."
            )


def unfounded(appeal: Appeal, at: datetime) -> Iterator[str]:
    today = at.astimezone(Publication.current_zone()).date()
    for rest in rests(appeal, today):
        if rest.claim is None:
            yield f"“{rest.phrase}” needs a claim."
        elif rest.has_lapsed:
            yield f"“{rest.phrase}” rests on a claim that has lapsed."


def alone(appeal: Appeal, by: User) -> Iterator[str]:
    if Rules.current().needs_second and appeal.edited_by_id == by.pk:
        yield "A second person sets it live: you edited it last."
