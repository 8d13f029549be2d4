"""Writing appeals: drafts only, one editor at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from donations import claiming
from donations.models import Appeal, Change, Tie, Variant
from donations.money import written
from donations.services import changes
from donations.services.allowed import LOCKED, Locked, NotAllowed, Stale
from newsroom.models import User

MOST_VARIANTS = 6
WORDS = [f"{which}_{part}" for part in "kinds sections formats tags series".split() for which in
         ("only", "not")]  # fmt: skip
FIELDS = ["name", "campaign", "slot", "url", "currency", "starts_at", "ends_at", "priority"]
FIELDS += ["device", "goal", "tax_wording", *WORDS]
WORDING = ["name", "heading", "text", "button", "amounts", "interval", "weight"]


@dataclass(frozen=True)
class Wording:
    """A variant as somebody typed it. pk: the one that it changes; None for a new one."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    pk: int | None = None


@transaction.atomic
def create(
    fields: Mapping[str, Any], wordings: Sequence[Wording], *, by: User, at: datetime | None = None
) -> Appeal:
    """A new draft with its variants."""
    check_number(wordings)
    at = at or timezone.now()
    appeal = Appeal.objects.create(**fields, edited_by=by, edited_at=at)
    store(appeal, wordings, {})
    after = {"state": "Draft", **said(appeal)}
    changes.record(appeal.name, by=by, at=at, before={}, after=after, appeal=appeal)
    return appeal


@transaction.atomic
def write(  # noqa: PLR0913  keyword-only
    appeal: Appeal,
    fields: Mapping[str, Any],
    wordings: Sequence[Wording],
    *,
    by: User,
    version: int,
    reason: str = "",
    at: datetime | None = None,
) -> Appeal:
    """Put `fields` and `wordings` in the place of what a draft says; the appeal as it is now.

    Ties of phrases that are gone go with them. Raises Stale if `version` is not the stored one,
    Locked if it is no draft.
    """
    check_number(wordings)
    at = at or timezone.now()
    stored = held(appeal, version)
    called = {row.pk: row.name for row in stored.variants.all()}
    before = said(stored, called)
    versioned = {"version": F("version") + 1, "edited_by": by, "edited_at": at}
    Appeal.objects.filter(pk=appeal.pk).update(**fields, **versioned)
    store(stored, wordings, {row.pk: row for row in stored.variants.all()})
    fresh = Appeal.objects.get(pk=appeal.pk)
    drop_loose_ties(fresh)
    told: Any = {"before": before, "after": said(fresh, called), "reason": reason}
    changes.record(fresh.name, by=by, at=at, appeal=fresh, **told)
    return fresh


@transaction.atomic
def copy(appeal: Appeal, *, by: User, at: datetime | None = None) -> Appeal:
    """A new draft that says the same, claims included."""
    at = at or timezone.now()
    fields = {name: getattr(appeal, name) for name in FIELDS}
    name = f"{appeal.name[:70]} (copy)"
    made = Appeal.objects.create(**{**fields, "name": name}, edited_by=by, edited_at=at)
    for variant in appeal.variants.prefetch_related("ties"):
        copy_variant(variant, made)
    after = {"state": "Draft", "copy of": appeal.name, **said(made)}
    changes.record(name, by=by, at=at, before={}, after=after, appeal=made)
    return made


def copy_variant(variant: Variant, to: Appeal) -> None:
    fields = {name: getattr(variant, name) for name in [*WORDING, "position"]}
    made = Variant.objects.create(appeal=to, **fields)
    ties = [Tie(variant=made, phrase=t.phrase, claim_id=t.claim_id) for t in variant.ties.all()]
    Tie.objects.bulk_create(ties)


@transaction.atomic
def delete(appeal: Appeal, *, by: User, at: datetime | None = None) -> None:
    """Of drafts only; what was done to it stays in the log. Raises Locked."""
    at = at or timezone.now()
    stored = held(appeal)
    before = {"state": "Draft", **said(stored)}
    Change.objects.filter(appeal=stored).update(appeal=None)
    stored.delete()
    changes.record(appeal.name, by=by, at=at, before=before, after={"state": "Deleted"})


def held(appeal: Appeal, version: int | None = None) -> Appeal:
    """The stored draft, locked until the transaction ends.

    Raises Locked if it is none, Stale if it is another version.
    """
    stored = Appeal.objects.select_for_update().filter(pk=appeal.pk).first()
    if stored is None:
        raise NotAllowed("Somebody has deleted it.")
    if stored.is_locked:
        raise Locked(LOCKED)
    if version is not None and stored.version != version:
        raise Stale("Somebody else has changed it.")
    return stored


def check_number(wordings: Sequence[Wording]) -> None:
    if not 1 <= len(wordings) <= MOST_VARIANTS:
        raise NotAllowed(f"An appeal has one to {MOST_VARIANTS} variants.")


def store(appeal: Appeal, wordings: Sequence[Wording], stored: dict[int, Variant]) -> None:
    """In their order; stored variants that are not among them go."""
    kept = {wording.pk for wording in wordings} & stored.keys()
    Variant.objects.filter(pk__in=stored.keys() - kept).delete()
    for position, wording in enumerate(wordings):
        if wording.pk in kept:
            own = Variant.objects.filter(pk=wording.pk or 0)
            own.update(**wording.fields, position=position)
        else:
            Variant.objects.create(appeal=appeal, **wording.fields, position=position)


def drop_loose_ties(appeal: Appeal) -> None:
    """What ties phrases that a wording no longer has."""
    for variant in appeal.variants.all():
        phrases = claiming.found(variant.claiming)
        variant.ties.exclude(phrase__in=phrases).delete()


def said(appeal: Appeal, called: Mapping[int, str] | None = None) -> dict[str, Any]:
    """All that an appeal says, by the names that the desk has for it; 3 queries.

    called: what variants were called before, so that one that is renamed is known again.
    """
    shown = {label(name): value_of(appeal, name) for name in FIELDS}
    for variant in appeal.variants.prefetch_related("ties__claim"):
        title = f"Variant {(called or {}).get(variant.pk, variant.name)}"
        for field_name, value in variant_said(variant, title):
            key = field_name if field_name not in shown else f"{field_name[:48]} ({variant.pk})"
            shown[key] = value
    return shown


def variant_said(variant: Variant, title: str) -> Iterator[tuple[str, Any]]:
    for name in WORDING:
        yield f"{title}: {name}", value_of_variant(variant, name)
    for tie in variant.ties.all():
        yield f"{title[:22]}: “{tie.phrase[:24]}” rests on", tie.claim.statement


def label(name: str) -> str:
    which, _, part = name.partition("_")
    if name in WORDS:
        return f"{part}: {'only here' if which == 'only' else 'never here'}"
    return str(Appeal._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # noqa: SLF001


def value_of(appeal: Appeal, name: str) -> Any:
    shown = getattr(appeal, f"get_{name}_display", None)
    return shown() if shown else getattr(appeal, name)


def value_of_variant(variant: Variant, name: str) -> Any:
    if name == "amounts":
        return [written(amount, variant.appeal.currency) for amount in variant.amounts]
    return variant.get_interval_display() if name == "interval" else getattr(variant, name)
