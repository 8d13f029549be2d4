"""Two people's edits of one piece put together: pure, from plain data to plain data.

A body is merged block by block. Each side is cut along the blocks of the ancestor into *slots*:
what stands before its first block, in its place, after it, in the place of the second one, and so
on. What only one side has changed is taken over; where both did, somebody must choose. So they must
where both have moved a block, each elsewhere, or it would stand there twice.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any

from articles.content import blocks
from articles.snapshots import LABELS, Content, essence
from newsroom.lib.differences import changes

Slot = tuple[str, ...]
THEIRS, MINE, BOTH = "theirs", "mine", "both"
REST = "rest"  # the key for all that nothing else is said of
ALIKE = 0.4  # how much of two blocks must agree for one to be the other, rewritten
MOST_PAIRS = 10_000  # comparisons of blocks; a text rewritten beyond that is one change


@dataclass(frozen=True)
class Clash:
    """Something that both have changed: a field, or one place of the body, whose values are HTML.

    key: names it in a form. after: the block that stands before it.
    """

    key: str
    name: str
    after: str
    base: Any
    theirs: Any
    mine: Any

    @cached_property
    def offers(self) -> list[str]:
        has_both = isinstance(self.mine, list) or (
            self.name == "body" and self.theirs and self.mine
        )
        return [THEIRS, MINE, *([BOTH] if has_both else [])]

    def decided(self, choice: str) -> Any:
        if choice == BOTH:
            return together(self) if isinstance(self.mine, list) else self.theirs + self.mine
        return self.theirs if choice == THEIRS else self.mine


@dataclass
class Merge:
    """`content` holds mine where nobody has chosen yet.

    choices: theirs, mine or both, by the key of a clash.
    taken: the fields into which something of theirs came without a question.
    refused: the keys where theirs was chosen over mine.
    """

    choices: Mapping[str, str]
    content: Content = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    undecided: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def settle(self, clash: Clash) -> Any:
        choice = self.choices.get(clash.key) or self.choices.get(REST, "")
        self.clashes.append(clash)
        if choice not in clash.offers:
            self.undecided.append(clash.key)
        elif choice == THEIRS:
            self.refused.append(clash.key)
        return clash.decided(choice)


def merge(
    base: Content,
    theirs: Content,
    mine: Content,
    choices: Mapping[str, str] | None = None,
    *,
    contested: Collection[str] = (),
) -> Merge:
    """What a piece says when both have changed `base`; {} where nobody knows it.

    contested: fields of which somebody must choose wherever they differ.
    """
    result = Merge(choices or {})
    for name in dict.fromkeys([*LABELS, *mine]):
        values = base.get(name), theirs.get(name), mine.get(name)
        if is_same(name, values[1], values[2]):
            result.content[name] = values[1]
        elif name in contested:
            result.content[name] = result.settle(Clash(name, name, "", *values))
        elif is_same(name, values[0], values[1]):
            result.content[name] = values[2]
        elif is_same(name, values[0], values[2]):
            result.content[name] = values[1]
            result.taken.append(name)
        elif name == "body":
            result.content[name] = merged_body(values, result)
        else:
            result.content[name] = result.settle(Clash(name, name, "", *values))
    return result


def is_same(name: str, one: Any, other: Any) -> bool:
    return bool(essence(name, one) == essence(name, other))


def together(clash: Clash) -> list[Any]:
    """A list with what either has added and without what either has taken out, theirs first."""
    known, theirs, mine = (
        {essence(clash.name, [item])[0]: item for item in value or []}
        for value in (clash.base, clash.theirs, clash.mine)
    )
    stay = [item for key, item in theirs.items() if key in mine or key not in known]
    come = [item for key, item in mine.items() if key not in theirs and key not in known]
    return stay + come


def merged_body(values: Iterable[Any], result: Merge) -> str:
    """The body, block by block; what both have changed becomes a clash of `result`."""
    base, *sides = (parts(value or "") for value in values)
    slots = [*zip(*(cut(base, side) for side in (base, *sides)), strict=True)]
    twice = doubled(slots)
    merged: list[str] = []
    has_theirs = False
    for place, (old, theirs, mine) in enumerate(slots):
        taken = agreed(old, theirs, mine, twice)
        if taken is not None:
            has_theirs |= mine == old != theirs
            merged += taken
            continue
        texts = map("".join, (old, theirs, mine))
        clash = Clash(f"body-{place}", "body", "".join(merged[-1:]), *texts)
        merged.append(result.settle(clash))
    if has_theirs:
        result.taken.append("body")
    return "".join(merged)


def agreed(old: Slot, theirs: Slot, mine: Slot, asked: Collection[str] = ()) -> Slot | None:
    """What stands in a place without a choice; None if somebody must choose.

    asked: blocks that one side alone does not bring there.
    """
    if theirs == mine:
        return mine
    if old not in (theirs, mine):
        return None
    taken = theirs if mine == old else mine
    brought = Counter(taken) - Counter(old)
    return None if brought.keys() & asked else taken


def doubled(slots: Sequence[tuple[Slot, ...]]) -> set[str]:
    """What could stand more often than in any of the texts: each side has brought it elsewhere."""
    one, two, three = (Counter(chain.from_iterable(side)) for side in zip(*slots, strict=True))
    found, known = set[str](), None
    while found != known:  # another choice for one block may bring another block
        known, most = found, Counter[str]()
        for old, theirs, mine in slots:
            taken = agreed(old, theirs, mine, known)
            most += Counter(theirs) | Counter(mine) if taken is None else Counter(taken)
        found = set(most - (one | two | three))
    return found


def parts(body: str) -> list[str]:
    """The blocks of a body; one, if it should hold anything else than blocks."""
    found = blocks(body)
    return found if "".join(found) == body else [body]


def cut(base: list[str], side: list[str]) -> list[Slot]:
    """`side` along the blocks of `base`: 2 n + 1 slots, which together are `side` again."""
    slots: list[Slot] = [()] * (2 * len(base) + 1)
    for _, i, j, k, m in changes(base, side):
        if j - i == m - k:  # the same, or rewritten one by one
            pairs = list(zip(range(i, j), range(k, m), strict=True))
        else:
            pairs = [(i + b, k + s) for b, s in pairing(base[i:j], side[k:m])]
        if not pairs and i < j:
            slots[2 * i + 1] = tuple(side[k:m])
            continue
        for b, s in pairs:
            slots[2 * b] += tuple(side[k:s])
            slots[2 * b + 1] = (side[s],)
            k = s + 1  # noqa: PLW2901  what is placed is placed
        slots[2 * j] += tuple(side[k:m])
    return slots


def pairing(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Which block has become which, in order: those that are alike, sharing most words in all."""
    if len(before) * len(after) > MOST_PAIRS:
        return []
    olds, news = ([Counter(block.split()) for block in side] for side in (before, after))
    best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    alike = [[likeness(old, new) for new in news] for old in olds]
    for b in reversed(range(len(olds))):
        for s in reversed(range(len(news))):
            paired = alike[b][s] + best[b + 1][s + 1] if alike[b][s] >= ALIKE else 0
            best[b][s] = max(paired, best[b + 1][s], best[b][s + 1])
    return list(walk(best))


def likeness(old: Counter[str], new: Counter[str]) -> float:
    """Of the words of both, how many they share: 0 to 1."""
    return 2 * (old & new).total() / max(1, old.total() + new.total())


def walk(best: list[list[float]]) -> Iterator[tuple[int, int]]:
    b = s = 0
    while best[b][s]:
        if best[b][s] == best[b + 1][s]:
            b += 1
        elif best[b][s] == best[b][s + 1]:
            s += 1
        else:
            yield b, s
            b, s = b + 1, s + 1
