"""The register of claims, and what rests on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from donations import claiming
from donations.models import Appeal, Claim, Tie
from donations.services import changes
from donations.services.allowed import NotAllowed, Stale
from donations.services.appeals import held, said
from donations.state import on
from newsroom.models import User

FIELDS = ["statement", "source", "owner", "valid_until"]
GONE = "Somebody has deleted this claim."


@dataclass(frozen=True)
class Rest:
    """A phrase of an appeal's wordings, and the claim it rests on.

    variants: whose wordings have it. claim: None if one of them has no claim for it yet.
    """

    phrase: str
    variants: list[str]
    claim: Claim | None
    today: date

    @property
    def has_lapsed(self) -> bool:
        return self.claim is not None and self.claim.valid_until < self.today

    @property
    def is_sound(self) -> bool:
        return self.claim is not None and not self.has_lapsed


def rests(appeal: Appeal, today: date) -> list[Rest]:
    """Every phrase once, in order; 3 queries. Of several claims, the one that lapses first."""
    names: dict[str, list[str]] = {}
    claims: dict[str, list[Claim | None]] = {}
    for variant in appeal.variants.prefetch_related("ties__claim"):
        ties = {tie.phrase: tie.claim for tie in variant.ties.all()}
        for phrase in claiming.found(variant.claiming):
            names.setdefault(phrase, []).append(variant.name)
            claims.setdefault(phrase, []).append(ties.get(phrase))
    return [Rest(phrase, names[phrase], weakest(claims[phrase]), today) for phrase in names]


def weakest(claims: list[Claim | None]) -> Claim | None:
    known = [claim for claim in claims if claim]
    return min(known, key=lambda c: c.valid_until) if len(known) == len(claims) else None


@transaction.atomic
def create(*, by: User, at: datetime | None = None, **fields: Any) -> Claim:
    claim = Claim.objects.create(**fields)
    changes.record(title(claim), by=by, at=at or timezone.now(), before={}, after=shown(claim))
    return claim


@transaction.atomic
def change(
    claim: Claim,
    fields: Mapping[str, Any],
    *,
    by: User,
    was: Mapping[str, Any],
    reason: str,
    at: datetime | None = None,
) -> Claim:
    """Put `fields` in the place of what `was` stored when the person began; what rests on it runs
    again, or pauses, at once. Raises Stale if that is no longer what is stored."""
    stored = kept(claim)
    if any(getattr(stored, name) != value for name, value in was.items()):
        raise Stale("Somebody else has changed it.")
    before = shown(stored)
    Claim.objects.filter(pk=claim.pk).update(**fields)
    fresh = Claim.objects.select_related("owner").get(pk=claim.pk)
    at = at or timezone.now()
    changes.record(title(fresh), by=by, at=at, before=before, after=shown(fresh), reason=reason)
    return fresh


@transaction.atomic
def delete(claim: Claim, *, by: User, at: datetime | None = None) -> None:
    """Raises NotAllowed while something rests on it."""
    stored = kept(claim)
    if stored.ties.exists():
        raise NotAllowed("An appeal rests on it.")
    before = shown(stored)
    stored.delete()
    changes.record(title(claim), by=by, at=at or timezone.now(), before=before, after={})


@transaction.atomic
def tie(appeal: Appeal, phrase: str, claim: Claim, *, by: User, at: datetime | None = None) -> int:
    """Let `phrase` rest on `claim` in every wording that has it; in how many.

    Of drafts only, as it changes what an appeal stands for. Raises NotAllowed if no wording has it.
    """
    at = at or timezone.now()
    stored, on = held(appeal), kept(claim)
    before = said(stored)
    variants = [v for v in stored.variants.all() if phrase in claiming.found(v.claiming)]
    if not variants:
        raise NotAllowed(f"No wording says “{phrase}” any more.")
    for variant in variants:
        Tie.objects.update_or_create(variant=variant, phrase=phrase, defaults={"claim": on})
    versioned = {"version": F("version") + 1, "edited_by": by, "edited_at": at}
    Appeal.objects.filter(pk=stored.pk).update(**versioned)
    changes.record(stored.name, by=by, at=at, before=before, after=said(stored), appeal=stored)
    return len(variants)


@transaction.atomic
def tie_new(
    appeal: Appeal, phrase: str, *, by: User, at: datetime | None = None, **fields: Any
) -> Claim:
    """A new claim, for `phrase` to rest on."""
    held(appeal)  # before the board, which the new claim locks: in the order of all other changes
    claim = create(by=by, at=at, **fields)
    tie(appeal, phrase, claim, by=by, at=at)
    return claim


def kept(claim: Claim) -> Claim:
    """The stored row, locked until the transaction ends: nobody ties to it what would be lost."""
    stored = Claim.objects.select_for_update().filter(pk=claim.pk).first()
    if stored is None:
        raise NotAllowed(GONE)
    return stored


def title(claim: Claim) -> str:
    return f"Claim: {claim.statement}"


def shown(claim: Claim) -> dict[str, Any]:
    return {
        "statement": claim.statement,
        "source": claim.source,
        "owner": claim.owner,
        "last valid day": on(claim.valid_until),
    }
