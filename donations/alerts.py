"""What staff hear of claims that lapse: a week before, and when it has happened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.db import transaction
from django.urls import reverse
from procrastinate.contrib.django import app

from donations.board import day_after
from donations.models import Appeal, Claim
from donations.state import A_WEEK, known, on
from newsroom.models import Publication, User


@dataclass(frozen=True)
class Notice:
    """For the owners of the claims, and all who may run appeals."""

    appeal: Appeal
    claims: list[Claim]
    lapse: datetime
    at: datetime

    @property
    def has_lapsed(self) -> bool:
        return self.lapse <= self.at

    @property
    def subject(self) -> str:
        what = "is paused: a claim has lapsed" if self.has_lapsed else "will pause: a claim lapses"
        return f"“{self.appeal.name}” {what}"

    @property
    def text(self) -> str:
        last_day = on(self.claims[0].valid_until)
        when = (
            f"The last valid day was {last_day}"
            if self.has_lapsed
            else f"It lapses after {last_day}"
        )
        lines = [f"“{self.appeal.name}” rests on:", ""]
        lines += [f"- {claim.statement} ({claim.source})" for claim in self.claims]
        lines += ["", f"{when}. With a new last valid day it runs on:", address(self.appeal)]
        return "\n".join(lines)

    @property
    def readers(self) -> list[int]:
        owners = {claim.owner_id for claim in self.claims}
        return sorted(owners | set(may_run().values_list("pk", flat=True)))


def tell(at: datetime) -> int:
    """Queue a mail about each appeal that has lapsed, or will within a week; once for each lapse.

    Safe to repeat and to run twice at once. How many appeals.
    """
    return sum(told(notice) for notice in due(at))


def due(at: datetime) -> Iterator[Notice]:
    zone = Publication.current_zone()
    for appeal in known(Appeal.objects.ahead(at)):
        day: date | None = appeal.valid_until  # type: ignore[attr-defined]  # see `known`
        if day is None:
            continue
        lapse = day_after(day, zone)
        since = lapse if lapse <= at else lapse - A_WEEK
        last = appeal.lapse_told_at
        if since <= at and lapse < appeal.ends_at and (last is None or last < since):
            yield Notice(appeal, lapsing(appeal, day), lapse, at)


def lapsing(appeal: Appeal, day: date) -> list[Claim]:
    found = Claim.objects.filter(ties__variant__appeal=appeal, valid_until__lte=day)
    return list(found.distinct())


@transaction.atomic
def told(notice: Notice) -> bool:
    """False if somebody else has told it meanwhile."""
    last = notice.appeal.lapse_told_at
    same = Appeal.objects.filter(pk=notice.appeal.pk, lapse_told_at=last)
    if not same.update(lapse_told_at=notice.at):
        return False
    task = app.configure_task("donations.mail_lapse")
    task.defer(user_ids=[*notice.readers], subject=notice.subject, text=notice.text)
    return True


def may_run() -> Any:
    backend = f"{ModelBackend.__module__}.{ModelBackend.__name__}"
    return User.objects.with_perm("donations.run_appeal", backend=backend)


def address(appeal: Appeal) -> str:
    path = reverse("admin:donations_appeal_check", args=[appeal.pk])
    return urljoin(str(settings.SITE_URL), path)
