"""Rows of the newsletter for tests: every maker fills in what a test does not care about."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from articles.models import Article
from donations.models import Slot
from newsletter.freezing import freeze
from newsletter.models import Issue, Item, Segment, Source, Subscriber
from newsroom.models import Publication
from tests.factories import make_contributor, make_photo, make_published, numbers
from tests.factories_donations import make_live

Status = Subscriber.Status


def make_subscriber(address: str = "", status: str = Status.ACTIVE, **fields: Any) -> Subscriber:
    """Somebody who signed up on the newsletter's page and, unless pending, confirmed."""
    sections = fields.pop("sections", [])
    now = timezone.now()
    defaults = {
        "address": address or f"reader-{next(numbers)}@example.org",
        "source": Source.PAGE,
        "asked_at": now - timedelta(hours=1),
        "joined_at": None if status == Status.PENDING else now,
        "left_at": now if status == Status.LEFT else None,
    }
    subscriber = Subscriber.objects.create(status=status, **{**defaults, **fields})
    if sections:
        subscriber.sections.set(sections)
    return subscriber


def make_issue(**fields: Any) -> Issue:
    """An empty draft about the week that ends now."""
    now = timezone.now()
    defaults = {"since": now - timedelta(days=7), "until": now, "edited_at": now}
    return Issue.objects.create(**{**defaults, "subject": "What happened", **fields})


def make_segment(name: str = "", **fields: Any) -> Segment:
    sections = fields.pop("sections", [])
    segment = Segment.objects.create(name=name or f"Segment {next(numbers)}", **fields)
    segment.sections.set(sections)
    return segment


def make_item(issue: Issue, article: Article | None = None, **fields: Any) -> Item:
    """A piece of the round-up, or with `kind` a block, at its end."""
    kind = Item.Kind.ARTICLE if article else fields.pop("kind", Item.Kind.TEXT)
    seen = {"headline": article.headline, "deck": article.deck} if article else {}
    fields = {"position": next(numbers), "seen": seen, **fields}
    return Item.objects.create(issue=issue, article=article, kind=kind, **fields)


def make_letter(n: int = 3, **fields: Any) -> Issue:
    """A draft with a lead, `n - 1` pieces in groups of six, and a block of each kind."""
    Publication.objects.update(name="Parley", postal_address="410 Ferryman’s Row\nNew York")
    now = timezone.now()
    issue = make_issue(**{"opening": "<p>Dear reader,</p>", "preheader": "And more", **fields})
    author, photo = make_contributor(), make_photo()
    for number in range(n):
        article = make_published(
            at=now - timedelta(hours=2), contributors=[author], photo=photo if number % 3 else None
        )
        make_item(issue, article, group=f"Group {(number + 5) // 6}" if number else "")
    make_item(
        issue,
        kind=Item.Kind.TEXT,
        body='<p>See <a href="https://example.org/a?b=1&amp;c=2">it</a>.</p>',
    )
    make_live(slot=Slot.LETTER)
    make_item(issue, kind=Item.Kind.APPEAL)
    make_item(issue, kind=Item.Kind.CORRECTIONS)
    return issue


def make_sent(issue: Issue, on: date | None = None) -> Issue:
    """The same round-up, frozen and sent an hour ago."""
    freeze(issue)
    issue.status = Issue.Status.SENT
    issue.started_at = issue.sent_at = issue.approved_at = timezone.now() - timedelta(hours=1)
    issue.published_on = on or issue.started_at.date()
    issue.save()
    return issue
