"""Putting a round-up together."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from articles.models import Article, FrontPage, Notice
from donations import letters
from newsletter.arrangement import Arrangement
from newsletter.completeness import covered, owed
from newsletter.models import Issue, Item, Newsletter
from newsletter.services.arranging import (
    MISSED,
    label_of,
    move_group,
    place,
    rank,
    regroup,
    rename_group,
    save_order,
    step,
)
from newsletter.services.drafts import NotAllowed, Stale, changing, merge
from newsroom.models import User

__all__ = [
    "MISSED",
    "NotAllowed",
    "Stale",
    "add_article",
    "add_block",
    "draft",
    "edit",
    "edit_item",
    "mark_seen",
    "move_group",
    "place",
    "regroup",
    "remove",
    "rename_group",
    "skip",
    "step",
    "take_in",
    "unskip",
]

FIRST_SPAN = timedelta(days=7)  # what the very first round-up looks back on
A_MINUTE = timedelta(minutes=1)
TAKING = 2026_11  # key of the advisory lock; any number that nothing else uses
N_GROUPS_ABOVE_APPEAL = 2
Kind = Item.Kind


@transaction.atomic
def draft(*, by: User, at: datetime | None = None) -> Issue:
    """A round-up of everything that no other has taken: lead first, then by section.

    Its subject and preheader are the first headlines. Asked twice by `by` within a minute, the
    same round-up.
    """
    one_at_a_time()
    at = at or timezone.now()
    recent = Issue.objects.filter(created_by=by, status=Issue.Status.DRAFT)
    if twin := recent.filter(until__range=(at - A_MINUTE, at)).first():
        return twin
    newsletter = Newsletter.current()
    last = Issue.objects.order_by("-until").first()
    since = last.until if last else at - FIRST_SPAN
    if newsletter.counts_from is None:
        newsletter.counts_from = since
        newsletter.save()
    issue = Issue.objects.create(
        since=since,
        until=at,
        edited_at=at,
        created_by=by,
        counts_clicks=newsletter.counts_clicks,
    )
    issue.editors.add(by)
    fill_in(issue)
    return issue


@transaction.atomic
def fill_in(issue: Issue) -> None:
    """The first items of a new round-up, and the first words."""
    pieces = new_items(issue)
    if first := lead_among(pieces):
        first.group = ""
    arrangement = Arrangement(sorted(pieces, key=lambda item: rank(item, issue.grouping)))
    if letters.in_letters(issue.until):
        appeal = Item(issue=issue, kind=Kind.APPEAL)
        arrangement.append(appeal)
        while arrangement.entries.index(arrangement.entry_of(appeal)) > N_GROUPS_ABOVE_APPEAL:
            arrangement.step(appeal, up=True)
    if corrections_of(issue):
        arrangement.append(Item(issue=issue, kind=Kind.CORRECTIONS))
    for position, item in enumerate(arrangement.items):
        item.position = position
    Item.objects.bulk_create(arrangement.items)
    headlines = [str(item.article) for item in arrangement.items if item.article]
    issue.subject = "".join(headlines[:1])[:150]
    issue.preheader = "; ".join(headlines[1:3])[:200]
    issue.save(update_fields=["subject", "preheader"])


def new_items(issue: Issue) -> list[Item]:
    """The owed pieces, newest first, each with the label of its group; not saved; 2 queries."""
    pieces = owed(issue).select_related("section", "format").defer("body").newest_first()
    items = [Item(issue=issue, article=piece, seen=face(piece)) for piece in pieces]
    for item in items:
        item.group = label_of(item, issue.grouping)
    return items


def lead_among(items: list[Item]) -> Item | None:
    """The piece that leads the front page; else its first other story; else the newest one."""
    front = FrontPage.objects.first()
    pinned = [front.lead_id, *front.picks.values_list("article", flat=True)] if front else []
    by_article = {item.article_id: item for item in items}
    found = next((by_article[pk] for pk in pinned if pk in by_article), None)
    return found or next(iter(items), None)


def corrections_of(issue: Issue) -> list[Notice]:
    """What was corrected since the round-up before, newest first; 1 query."""
    week = Notice.objects.corrections(issue.until).select_related("article")
    return list(week.filter(at__gte=issue.since, at__lt=issue.until))


@transaction.atomic
def take_in(issue: Issue, *, by: User, at: datetime | None = None) -> int:
    """Move the cut-off to `at` and add what is owed by then to its groups; how many pieces."""
    one_at_a_time()
    with changing(issue, by=by) as locked:
        locked.until = issue.until = max(locked.until, at or timezone.now())
        locked.save(update_fields=["until"])
        items = new_items(locked)
        append(locked, items)
    return len(items)


@transaction.atomic
def edit(issue: Issue, *, by: User, was: Mapping[str, Any], **fields: Any) -> Issue:
    """Change subject, preheader, opening, text, segment_id, counts_clicks or is_listed.

    was: what they said when the person began. Raises Stale, changing nothing, if somebody else
    has changed one of them since.
    """
    with changing(issue, by=by) as locked:
        if changed := merge(locked, was, fields):
            locked.save(update_fields=changed)
    return locked


@transaction.atomic
def edit_item(item: Item, *, by: User, was: Mapping[str, Any], **fields: Any) -> Item:
    """Change headline, blurb, body or shows_photo, for the letter alone. Raises Stale as `edit`."""
    with changing(item.issue, by=by):
        current = fresh(item)
        if changed := merge(current, was, fields):
            current.save(update_fields=changed)
    return current


@transaction.atomic
def skip(item: Item, *, by: User, reason: str) -> None:
    """Leave a piece out for good, for a reason; it counts as dealt with."""
    if not reason.strip():
        raise NotAllowed("Say why readers do not get this piece.")
    with changing(item.issue, by=by):
        current = fresh(item)
        if current.article_id is None:
            raise NotAllowed("Only pieces are skipped; remove the block.")
        current.skip_reason = reason.strip()
        current.save(update_fields=["skip_reason"])


@transaction.atomic
def unskip(item: Item, *, by: User) -> None:
    """Take a skipped piece in again, at the end of its group."""
    with changing(item.issue, by=by) as issue:
        current = fresh(item)
        if not current.skip_reason:
            return
        current.skip_reason = ""
        current.save(update_fields=["skip_reason"])
        append(issue, [current])


@transaction.atomic
def add_article(
    issue: Issue, article: Article, *, by: User, group: str = MISSED, repeat_reason: str = ""
) -> Item:
    """Add an older piece. Raises NotAllowed unless it is public and new, or a reason says why."""
    one_at_a_time()
    with changing(issue, by=by) as locked:
        if not article.is_public():
            raise NotAllowed("Only pieces that readers can see now can be added.")
        before = Item.objects.filter(article=article).select_related("issue")
        if any(item.issue_id == issue.pk for item in before):
            raise NotAllowed("This piece is in the round-up already, perhaps among the skipped.")
        if before and not repeat_reason.strip():
            raise NotAllowed(f"This piece was in “{before[0].issue}”: say why it is mailed again.")
        item = Item(issue=locked, article=article, group=group.strip(), seen=face(article))
        item.repeat_reason = repeat_reason.strip() if before else ""
        append(locked, [item])
    return item


@transaction.atomic
def add_block(issue: Issue, *, by: User, kind: str, body: str = "") -> Item:
    """Add a text, the appeal or the corrections; the last two once."""
    with changing(issue, by=by) as locked:
        if kind != Kind.TEXT and locked.items.filter(kind=kind).exists():
            raise NotAllowed("The round-up has this block already.")
        item = Item(issue=locked, kind=kind, body=body)
        append(locked, [item])
    return item


@transaction.atomic
def remove(item: Item, *, by: User) -> None:
    """Take out a block, a piece that is not public any more, or one that nobody would miss."""
    with changing(item.issue, by=by) as issue:
        current = fresh(item)
        due = covered(issue).filter(pk=current.article_id or 0)
        if not current.repeat_reason and due.exists():
            raise NotAllowed("Readers have not had this piece yet: skip it and say why.")
        current.delete()


@transaction.atomic
def mark_seen(item: Item, *, by: User) -> None:
    """Note that somebody has looked at what the piece says now."""
    with changing(item.issue, by=by):
        current = fresh(item)
        if current.article:
            current.seen = face(current.article)
            current.save(update_fields=["seen"])


def append(issue: Issue, items: list[Item]) -> None:
    """Put `items`, new or skipped before, at the end of their groups."""
    shown = issue.items.shown().exclude(pk__in=[item.pk for item in items if item.pk])
    arrangement = Arrangement(list(shown))
    for item in items:
        arrangement.append(item)
        if not item.pk:
            item.save()
    save_order(arrangement)


def face(article: Article) -> dict[str, str]:
    """What a letter takes from a piece."""
    return {"headline": article.headline, "deck": article.deck}


def fresh(item: Item) -> Item:
    """The row as it is now."""
    found = Item.objects.select_related("article").filter(pk=item.pk).first()
    if found is None:
        raise NotAllowed("Somebody has taken this out of the round-up in the meantime.")
    return found


def one_at_a_time() -> None:
    """Until the transaction ends, nobody else gives pieces to round-ups."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TAKING])
