"""The demo magazine's appeals: a season under way, with a goal, claims and made-up counters."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from markdown_it import MarkdownIt

from donations.models import (
    Appeal,
    Claim,
    DonationHost,
    Goal,
    Rules,
    TaxWording,
    Tie,
    Variant,
)
from donations.services import goals, running
from newsroom.demo import SEEDS, read_toml
from newsroom.filler.appeals import fill_counts
from newsroom.models import Publication, User

Row = dict[str, Any]
CENTS = 100


class DemoAppeals:
    """Loads seeds/appeals.toml, all or nothing; not where somebody has appeals already."""

    def __init__(self, by: User, progress: Callable[[str], None]) -> None:
        self.by, self.progress = by, progress
        self.at = timezone.now()
        self.markdown = MarkdownIt("commonmark", {"typographer": True}).enable("smartquotes")

    @transaction.atomic
    def load(self) -> None:
        if Appeal.objects.exists():
            return
        season = read_toml(SEEDS / "appeals.toml")
        self.starts_at = self.midnight(-season["begun"])
        self.ends_at = self.midnight(season["left"])
        DonationHost.objects.get_or_create(host=season["host"])
        Rules.objects.update_or_create(pk=1, defaults={"no_tags": season["no_tags"]})
        self.tax = TaxWording.objects.create(
            text=season["tax"], reason=season["reason"], created_by=self.by
        )
        self.claims = {row["key"]: self.claim(row) for row in season["claim"]}
        self.goal = self.load_goal(season["goal"])
        for row in season["appeal"]:
            appeal = self.appeal(row)
            live = {"version": appeal.version, "reason": season["reason"]}
            running.go_live(appeal, by=self.by, at=self.at, **live)
            fill_counts(appeal, until=self.at)
        self.progress("appeals")

    def claim(self, row: Row) -> Claim:
        last_day = (self.ends_at - timedelta(days=1)).date()
        told = {"statement": row["statement"], "source": row["source"]}
        return Claim.objects.create(**told, owner=self.by, valid_until=last_day)

    def load_goal(self, row: Row) -> Goal:
        raised = row.pop("raised") * CENTS
        fields = {**row, "target": row["target"] * CENTS}
        goal = goals.set_goal(Goal(), by=self.by, at=self.at, **fields)
        goals.add_total(goal, by=self.by, raised=raised, as_of=self.at, at=self.at)
        return goal

    def appeal(self, row: Row) -> Appeal:
        variants = row.pop("variant")
        has_goal = row.pop("goal", False)
        appeal = Appeal.objects.create(
            **row,
            url=f"https://{DonationHost.objects.get()}/parley",
            goal=self.goal if has_goal else None,
            tax_wording=self.tax,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            edited_by=self.by,
            is_made_up=True,
        )
        for position, variant in enumerate(variants):
            self.variant(appeal, variant, position)
        return appeal

    def variant(self, appeal: Appeal, row: Row, position: int) -> None:
        ties = row.pop("ties", {})
        row["text"] = self.markdown.render(row["text"])
        row["amounts"] = [amount * CENTS for amount in row.get("amounts", [])]
        made = Variant.objects.create(appeal=appeal, position=position, **row)
        Tie.objects.bulk_create(
            Tie(variant=made, phrase=phrase, claim=self.claims[key]) for phrase, key in ties.items()
        )

    def midnight(self, days: int) -> datetime:
        """Of the publication, so many days from now."""
        zone = Publication.current_zone()
        day = self.at.astimezone(zone).date() + timedelta(days=days)
        return datetime(day.year, day.month, day.day, tzinfo=zone)
