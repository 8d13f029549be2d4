"""The order of a round-up. Moves are relative, so that those of two people both count."""

from collections.abc import Iterator
from contextlib import contextmanager

from newsletter.arrangement import Arrangement
from newsletter.models import Issue, Item
from newsletter.services.drafts import NotAllowed, changing
from newsroom.models import User

MISSED = "In case you missed it"
OTHER = "More"  # pieces without a format, grouped by format


@contextmanager
def arranging(issue: Issue, *, by: User) -> Iterator[Arrangement]:
    """The arrangement of a draft, saved afterwards; 2 queries and the write."""
    with changing(issue, by=by):
        items = (
            Item.objects.shown()
            .filter(issue=issue)
            .select_related("article__section", "article__format")
        )
        arrangement = Arrangement(list(items))
        yield arrangement
        save_order(arrangement)


def save_order(arrangement: Arrangement) -> None:
    """Number the items as they stand now; they are locked with their round-up."""
    for position, item in enumerate(arrangement.items):
        item.position = position
    Item.objects.bulk_update(arrangement.items, ["position", "group"])


def place(item: Item, *, by: User, group: str, before: Item | None = None) -> None:
    """Put `item` into `group`, before another of its pieces or at its end.

    A block goes above the group in which `before` stands, or to the end of all.
    Raises NotAllowed if it is not shown any more.
    """
    with arranging(item.issue, by=by) as arrangement:
        arrangement.place(among(arrangement, item), group.strip(), before)


def step(item: Item, *, by: User, up: bool) -> None:
    """Move `item` one place, a piece over the border into the next group if need be."""
    with arranging(item.issue, by=by) as arrangement:
        arrangement.step(among(arrangement, item), up=up)


def move_group(issue: Issue, *, by: User, group: str, up: bool) -> None:
    with arranging(issue, by=by) as arrangement:
        if entry := arrangement.group(group):
            arrangement.step_entry(entry, up=up)


def rename_group(issue: Issue, *, by: User, group: str, to: str) -> None:
    """Two groups of one name become one."""
    if not to.strip():
        raise NotAllowed("Give the group a name.")
    with arranging(issue, by=by) as arrangement:
        arrangement.relabel(group, to.strip())


def regroup(issue: Issue, *, by: User, grouping: str) -> None:
    """Group all pieces but the lead by section or by format; blocks go below them."""
    with arranging(issue, by=by) as arrangement:
        Issue.objects.filter(pk=issue.pk).update(grouping=grouping)
        items = arrangement.items
        for item in items:
            if item.group not in {"", MISSED}:
                item.group = label_of(item, grouping)
        pieces = [item for item in items if item.kind == Item.Kind.ARTICLE]
        others = [item for item in items if item.kind != Item.Kind.ARTICLE]
        regrouped = Arrangement([*sorted(pieces, key=lambda one: rank(one, grouping)), *others])
        arrangement.entries = regrouped.entries


def among(arrangement: Arrangement, item: Item) -> Item:
    """The row of `item` as it is now."""
    found = next((one for one in arrangement.items if one == item), None)
    if found is None:
        raise NotAllowed("Somebody has taken this out of the round-up in the meantime.")
    return found


def label_of(item: Item, grouping: str) -> str:
    article = item.article
    if article is None:
        return ""
    kind = article.section if grouping == Issue.Grouping.SECTION else article.format
    return kind.name if kind else OTHER


def rank(item: Item, grouping: str) -> tuple[int, int, str]:
    """The lead, the groups (sections in their own order), what was missed."""
    place = {"": 0, MISSED: 2}.get(item.group, 1)
    section = item.article.section if item.article else None
    by_section = grouping == Issue.Grouping.SECTION and place == 1
    return (place, section.position if section and by_section else 0, item.group)
