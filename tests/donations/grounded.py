"""Appeals that rest on a claim."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from donations.models import Appeal, Claim, Tie
from tests.factories_donations import make_claim, make_live, rebuild


def grounded(last_day: date, **fields: Any) -> tuple[Appeal, Claim]:
    """A live appeal that runs for a month more, and the claim that it rests on."""
    claim = make_claim(valid_until=last_day)
    ends_at = timezone.now() + timedelta(days=30)
    appeal = make_live("Up 133%.", **{"ends_at": ends_at, **fields})
    Tie.objects.create(variant=appeal.variants.get(), phrase="133%", claim=claim)
    rebuild()
    return appeal, claim


def was(claim: Claim) -> dict[str, Any]:
    """What an editor of it has seen."""
    return {name: getattr(claim, name) for name in ("statement", "source", "valid_until")}
