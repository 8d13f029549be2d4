"""Rows of the appeals for tests: every maker fills in what a test does not care about."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.db import transaction
from django.utils import timezone

from donations import board
from donations.models import (
    Appeal,
    Claim,
    DonationHost,
    Goal,
    Pause,
    Rules,
    TaxWording,
    Tie,
    Variant,
)
from tests.factories import make_user

numbers = count(1)
A_DAY = timedelta(days=1)
URL = "https://donate.example.org/parley"


def make_host(host: str = "donate.example.org") -> DonationHost:
    return DonationHost.objects.get_or_create(host=host)[0]


def make_tax_wording(text: str = "Gifts are not tax-deductible.") -> TaxWording:
    return TaxWording.objects.create(text=text, reason="The first one")


def make_claim(statement: str = "", **fields: Any) -> Claim:
    owner = fields.pop("owner", None) or make_user("fundraiser")
    defaults = {"source": "The yearly report, page 3", "valid_until": date(2099, 12, 31)}
    statement = statement or f"Claim {next(numbers)}"
    return Claim.objects.create(statement=statement, owner=owner, **{**defaults, **fields})


def claim_for(appeal: Appeal, phrase: str, **fields: Any) -> None:
    """A claim for `phrase`, in each wording that the appeal has."""
    for variant in appeal.variants.all():
        Tie.objects.create(variant=variant, phrase=phrase, claim=make_claim(**fields))


def make_appeal(*texts: str, **fields: Any) -> Appeal:
    """A draft that lacks nothing; a variant for each of `texts`, or one."""
    make_host()
    now: datetime = fields.pop("at", None) or timezone.now()
    defaults = {
        "name": f"Appeal {next(numbers)}",
        "campaign": "winter",
        "url": URL,
        "starts_at": now - A_DAY,
        "ends_at": now + A_DAY,
        "tax_wording": fields.pop("tax_wording", None) or make_tax_wording(),
    }
    appeal = Appeal.objects.create(**{**defaults, **fields})
    for position, text in enumerate(texts or ["Readers pay for this."]):
        make_variant(appeal, text=f"<p>{text}</p>", position=position)
    return appeal


def make_variant(appeal: Appeal, **fields: Any) -> Variant:
    letter = "ABCDEF"[appeal.variants.count() % 6]
    defaults = {
        "name": letter,
        "heading": f"Please give ({letter})",
        "text": "<p>Readers pay for this.</p>",
        "button": "Give to Parley",
    }
    return Variant.objects.create(appeal=appeal, **{**defaults, **fields})


def make_live(*texts: str, **fields: Any) -> Appeal:
    """An appeal that is on the board, whatever going live would ask for."""
    appeal = make_appeal(*texts, **fields)
    Appeal.objects.filter(pk=appeal.pk).update(
        status=Appeal.Status.LIVE, live_at=appeal.starts_at, version=appeal.version + 1
    )
    appeal.refresh_from_db()
    rebuild()
    return appeal


def make_rules(**fields: Any) -> Rules:
    """Those that let everybody be asked at once, with changes."""
    defaults = {"skip_pages": 0, "holdback": 0, "gap_hours": 0, "cap": 100}
    rules, _ = Rules.objects.update_or_create(pk=1, defaults={**defaults, **fields})
    rebuild()
    return rules


def make_pause(starts_at: datetime, ends_at: datetime) -> Pause:
    pause = Pause.objects.create(starts_at=starts_at, ends_at=ends_at, reason="Mourning")
    rebuild()
    return pause


def make_goal(target: int = 10_000_00, **fields: Any) -> Goal:
    number = next(numbers)
    defaults = {"name": f"Season {number}", "slug": f"season-{number}"}
    return Goal.objects.create(target=target, **{**defaults, **fields})


def rebuild() -> None:
    with transaction.atomic():
        board.rebuild()
