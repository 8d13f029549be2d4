"""The order of a round-up: groups of pieces, and blocks that stand between the groups."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from newsletter.models import Item


@dataclass
class Entry:
    """A group of pieces under one label, "" for the lead's; or a single block, label None."""

    label: str | None
    items: list[Item] = field(default_factory=list)


class Arrangement:
    """The shown items of a round-up, rearranged in memory. Groups have different labels."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.entries: list[Entry] = []
        for item in items:
            self.append(item, new_group_at=len(self.entries))

    @property
    def items(self) -> list[Item]:
        return [item for entry in self.entries for item in entry.items]

    def group(self, label: str) -> Entry | None:
        return next((entry for entry in self.entries if entry.label == label), None)

    def entry_of(self, item: Item) -> Entry:
        return next(entry for entry in self.entries if item in entry.items)

    def append(self, item: Item, *, new_group_at: int | None = None) -> None:
        """A piece at the end of its group, a new group below the others, a block below all."""
        if item.kind != Item.Kind.ARTICLE:
            self.entries.append(Entry(None, [item]))
            return
        entry = self.group(item.group)
        if entry is None:
            entry = Entry(item.group)
            if new_group_at is None:
                new_group_at = self.end_of_groups() if item.group else 0
            self.entries.insert(new_group_at, entry)
        entry.items.append(item)

    def end_of_groups(self) -> int:
        """Below the last group, above the blocks at the end."""
        labelled = [place for place, entry in enumerate(self.entries, 1) if entry.label is not None]
        return max(labelled, default=len(self.entries))

    def take_out(self, item: Item) -> None:
        entry = self.entry_of(item)
        entry.items.remove(item)
        if not entry.items:
            self.entries.remove(entry)

    def place(self, item: Item, label: str, before: Item | None) -> None:
        """Put a piece into the group `label`, a block between groups; at the end by default."""
        self.take_out(item)
        target = self.entry_of(before) if before and before in self.items else None
        if item.kind != Item.Kind.ARTICLE:
            place = self.entries.index(target) if target else len(self.entries)
            self.entries.insert(place, Entry(None, [item]))
            return
        item.group = label
        if target and before and target.label == label:
            target.items.insert(target.items.index(before), item)
        else:
            self.append(item)

    def step(self, item: Item, *, up: bool) -> None:
        """One place up or down: a piece also over the border into the next group."""
        entry = self.entry_of(item)
        if entry.label is None:
            self.step_entry(entry, up=up)
            return
        place = entry.items.index(item) + (-1 if up else 1)
        if 0 <= place < len(entry.items):
            entry.items.remove(item)
            entry.items.insert(place, item)
            return
        label = self.label_beside(entry, up=up)
        if label is None:
            return
        self.take_out(item)
        item.group = label
        self.append(item)
        if not up:
            items = self.entry_of(item).items
            items.insert(0, items.pop())

    def label_beside(self, entry: Entry, *, up: bool) -> str | None:
        """The group above or below; above the first one is the lead's place."""
        labels = [one.label for one in self.entries if one.label is not None]
        place = labels.index(entry.label or "") + (-1 if up else 1)
        if 0 <= place < len(labels):
            return labels[place]
        return "" if up and entry.label else None

    def step_entry(self, entry: Entry, *, up: bool) -> None:
        """A whole group, or a block, past the one above or below."""
        old = self.entries.index(entry)
        new = max(0, old - 1) if up else old + 1
        self.entries.insert(new, self.entries.pop(old))

    def relabel(self, old: str, new: str) -> None:
        """Give a group another label; it joins the group that has it already."""
        entry = self.group(old)
        if entry is None or old == new:
            return
        other = self.group(new)
        for item in entry.items:
            item.group = new
        if other is None:
            entry.label = new
        else:
            other.items += entry.items
            self.entries.remove(entry)
