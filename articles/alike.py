"""Names that are probably one: other capitals, accents, a plural, a slip of the pen."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import combinations

from anyascii import anyascii

LONG_ENOUGH = 6  # letters; shorter names that differ in one letter are mostly two (Iran, Iraq)


def groups(names: Mapping[int, str]) -> list[list[int]]:
    """The ids of names that are alike, of two or more each, in the order of `names`."""
    keys = {pk: plain(name) for pk, name in names.items()}
    by_key = defaultdict(list)
    for pk, key in keys.items():
        by_key[key].append(pk)
    together = Together(by_key)
    for one, other in slips(by_key):
        together.join(one, other)
    found = defaultdict(list)
    for pk, key in keys.items():
        found[together.first(key)].append(pk)
    return [ids for ids in found.values() if len(ids) > 1]


def plain(name: str) -> str:
    """`name` in lower case, without accents, signs and plurals: `Wars, Łódź` gives `war lodz`."""
    text = re.sub(r"'(s\b)?", "", anyascii(name).lower())
    words = re.findall(r"[a-z0-9]+", text)
    return " ".join(map(singular, words))


def singular(word: str) -> str:
    """Roughly: the same for both numbers of a word, not always a word."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and re.search(r"(s|x|z|ch|sh)es$", word):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def slips(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs that differ in one letter too many, too few, other or misplaced.

    Both must begin with the same letter, and have the same figures: 2020 and 2024 are no slip.
    Found by what is left of each key without one of its letters, so not by comparing all pairs.
    """
    left = defaultdict(list)
    for key in keys:
        if len(key) < LONG_ENOUGH:
            continue
        figures = tuple(re.findall(r"[0-9]+", key))
        for rest in {key, *(key[:i] + key[i + 1 :] for i in range(1, len(key)))}:
            left[rest, figures].append(key)
    for alike in left.values():
        yield from (pair for pair in combinations(alike, 2) if is_slip(*pair))


def is_slip(one: str, other: str) -> bool:
    """One letter put in, left out, changed, or two neighbours swapped."""
    short, long = sorted((one, other), key=len)
    start = next(
        (i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short)
    )
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    swapped = short[start : start + 2] == long[start : start + 2][::-1]
    return short[start + 1 :] == long[start + 1 :] or (
        swapped and short[start + 2 :] == long[start + 2 :]
    )


class Together:
    """Things put together, pair by pair (a disjoint-set forest)."""

    def __init__(self, things: Iterable[Hashable]) -> None:
        self.leads = {thing: thing for thing in things}

    def first(self, thing: Hashable) -> Hashable:
        while self.leads[thing] != thing:
            self.leads[thing] = thing = self.leads[self.leads[thing]]
        return thing

    def join(self, one: Hashable, other: Hashable) -> None:
        self.leads[self.first(other)] = self.first(one)
