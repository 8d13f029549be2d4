"""What the screen shows on which a round-up is put together."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q
from django.utils import timezone

from articles.models import Byline
from newsletter import content, rendering
from newsletter.admin.facts import Facts
from newsletter.admin.rows import Group, Row
from newsletter.arrangement import Arrangement, Entry
from newsletter.audience import audience
from newsletter.completeness import owed
from newsletter.drift import drift
from newsletter.forms.letter import FORMS, fingerprint, form_for
from newsletter.forms.pieces import SKIP_REASONS, AddForm, item_form
from newsletter.forms.remembering import RememberingForm
from newsletter.models import Issue, Item, Newsletter
from newsletter.services.arranging import MISSED
from newsroom.lib.lengths import Length

N_FIRST = 110  # characters that an inbox shows where there is no preheader
Bound = dict[str, Any]  # forms that came back, by their part or item


@dataclass
class Workbench:
    """One round-up as it is at `at`; what it says is read once."""

    issue: Issue
    bound: Bound = field(default_factory=dict)
    at: datetime = field(default_factory=timezone.now)

    def __post_init__(self) -> None:
        self.counts_from = Newsletter.current().counts_from
        self.items = items_of(self.issue)
        self.shown = [item for item in self.items if not item.skip_reason]
        self.letter: content.Content = self.issue.content or content.compose(self.issue)
        self.html = self.issue.html or rendering.html(self.letter)

    def row(self, item: Item) -> Row:
        form = self.bound.get(f"item-{item.pk}") or item_form(item)
        return Row(item, form, self.at, self.counts_from)

    def row_of(self, pk: int) -> Row | None:
        found = (item for item in self.items if item.pk == pk)
        return next((self.row(item) for item in found), None)

    def groups(self) -> Iterator[Group]:
        """As the letter has them, the lead's first, even if nothing leads."""
        entries = Arrangement(self.shown).entries
        if not any(entry.label == "" for entry in entries):
            entries = [Entry(""), *entries]
        for entry in entries:
            yield Group(entry.label, [self.row(item) for item in entry.items])

    def facts(self) -> Facts:
        return Facts(
            n_pieces=sum(item.kind == Item.Kind.ARTICLE for item in self.shown),
            n_skipped=len(self.items) - len(self.shown),
            **n_waiting(self.issue, self.at),
            n_recipients=None if self.issue.started_at else audience(self.issue, self.at).count(),
            n_bytes=rendering.n_bytes(self.html),
        )

    def context(self) -> dict[str, Any]:
        groups = list(self.groups())
        made = rendering.text_body(self.letter)
        return {
            "issue": self.issue,
            "facts": self.facts(),
            "groups": groups,
            "labels": labels(groups),
            "skipped": [self.row(item) for item in self.items if item.skip_reason],
            "skip_reasons": SKIP_REASONS,
            "forms": self.forms(made),
            "made": fingerprint(made),
            "add_form": self.bound.get("add") or AddForm(auto_id="id_add_%s"),
            "kinds": {item.kind for item in self.shown},
            "lengths": {
                "subject": Length("id_subject", len(self.issue.subject), 30, 60, "phones cut it"),
                "preheader": Length(
                    "id_preheader", len(self.issue.preheader), 40, 110, "inboxes show less"
                ),
            },
            "letter": self.letter,
            "drift": None if self.issue.is_draft else drift(self.issue, self.at),
            "first_words": " ".join(word for word in made.split() if word.strip("-="))[:N_FIRST],
            "appeal": next(
                (one["title"] for one in self.letter["blocks"] if one["kind"] == "appeal"), ""
            ),
            "n_corrections": sum(
                len(block["items"])
                for block in self.letter["blocks"]
                if block["kind"] == "corrections"
            ),
        }

    def forms(self, made: str) -> dict[str, RememberingForm]:
        forms = {part: self.bound.get(part) or form_for(part, self.issue) for part in FORMS}
        forms["plain"].initial["text"] = self.issue.text or made
        return forms


def labels(groups: list[Group]) -> list[str]:
    """Where a piece can go."""
    found = [group.label for group in groups if group.label is not None]
    return [*found, *([] if MISSED in found else [MISSED])]


def items_of(issue: Issue) -> list[Item]:
    """All of them in order, with what a row shows, authors as `byline_names`; 1 query."""
    authors = Byline.objects.filter(article=OuterRef("article"), role="")
    related = ["article__section", "article__format", "article__photo"]
    items = issue.items.select_related(*related).defer("article__body")
    return list(items.annotate(byline_names=ArraySubquery(authors.values("contributor__name"))))


def n_waiting(issue: Issue, at: datetime) -> dict[str, int]:
    """The pieces that no round-up has, published before the cut-off and since; 2 queries."""
    upto_now = Issue(since=issue.since, until=max(issue.until, at))
    before = Count("pk", filter=Q(published_at__lt=issue.until))
    since = Count("pk", filter=Q(published_at__gte=issue.until))
    return owed(upto_now).aggregate(n_owed=before, n_newer=since)
