"""Which appeal a reader meets on a page.

Rules of the page are judged here, where the page is made, and are the same for all readers. Rules
of the reader are judged in the browser by static/js/appeals.js; `reader_rule` and `choose` are the
same rules once more, for previews, explanations and simulations. Shared cases hold the two equal.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from donations.board import Appeal, Content, Rules, Variant
from donations.facts import SLOTS, Page, Reader
from donations.models import EVERYWHERE

WORDS = 0xFFFFFFFF  # 32 bits
NOBODY = 0  # the variant of those who are never asked
# No habits, no wishes, and a seed that no holdback reaches.
NEUTRAL = Reader(seed=37, views=1_000_000)


@dataclass(frozen=True)
class Outcome:
    """What became of an appeal on a page. why: "" for the one that is shown, else the first rule
    that it failed. variant: the reader's, NOBODY for those never asked."""

    appeal: int
    slot: str
    variant: int
    why: str


def choose(content: Content, page: Page, reader: Reader, at: int) -> list[Outcome]:
    """Of every appeal of the board, in their order; at most one is shown.

    at: milliseconds since 1970.
    """
    outcomes: list[Outcome] = []
    is_taken = False
    for appeal in content["appeals"]:
        why = page_rule(content["rules"], appeal, page) or reader_rule(
            content["rules"], appeal, reader, at
        )
        if not why and is_taken:
            why = "outranked"
        is_taken = is_taken or not why
        outcomes.append(Outcome(appeal["id"], appeal["slot"], arm(content, appeal, reader), why))
    return outcomes


def standing(content: Content, page: Page, at: int) -> tuple[Appeal, Variant] | None:
    """What stands where nobody can choose, in letters and without JavaScript: the heaviest wording
    of the appeal that a reader without habits or wishes meets, if there is one for any device."""
    anybody = [appeal for appeal in content["appeals"] if not appeal["device"]]
    outcomes = choose({**content, "appeals": anybody}, page, NEUTRAL, at)
    for appeal, outcome in zip(anybody, outcomes, strict=True):
        if not outcome.why:
            return appeal, max(appeal["variants"], key=lambda variant: variant["weight"])
    return None


def on_page(content: Content, page: Page) -> list[Appeal]:
    """Those that `page` may carry, in order."""
    return [a for a in content["appeals"] if not page_rule(content["rules"], a, page)]


def page_rule(rules: Rules, appeal: Appeal, page: Page) -> str:
    """The first rule of the page that keeps `appeal` away; "" if none."""
    if EVERYWHERE in rules["off"] or appeal["slot"] in rules["off"]:
        return "off"
    if appeal["slot"] not in SLOTS[page.kind]:
        return "place"
    if page.is_without:
        return "flag"
    if set(rules["no_tags"]) & set(page.tags):
        return "barred-tag"
    return aim(appeal, page)


def aim(appeal: Appeal, page: Page) -> str:
    """The first part of the aim that misses `page`: `section`, or `no-section` if excluded."""
    about: dict[str, Sequence[str]] = {
        "kind": [page.kind],
        "section": [page.section],
        "format": [page.format],
        "series": [page.series],
        "tag": page.tags,
    }
    for part, words in about.items():
        if set(appeal["never"].get(part, [])) & set(words):
            return f"no-{part}"
    for part, words in about.items():
        wanted = appeal["only"].get(part, [])
        if wanted and not set(wanted) & set(words):
            return part
    return ""


def reader_rule(rules: Rules, appeal: Appeal, reader: Reader, at: int) -> str:
    """The first rule that keeps `appeal` from `reader` at `at`; "" if none."""
    asks = reader.asks
    tests: Iterable[tuple[str, Any]] = (
        ("early", at < appeal["from"]),
        ("late", at >= appeal["until"]),
        ("lapsed", appeal["lapse"] and at >= appeal["lapse"]),
        ("pause", any(start <= at < end for start, end in rules["pauses"])),
        ("device", appeal["device"] == ("desktop" if reader.is_phone else "phone")),
        ("storage", not reader.has_storage),
        (reader.why or "closed", at < reader.until),
        ("skip", reader.views <= rules["skip"]),
        ("cap", sum(at - ask < rules["period"] for ask in asks) >= rules["cap"]),
        ("gap", asks and at - asks[-1] < rules["gap"]),
        ("holdback", is_held_back(rules, reader)),
    )
    return next((why for why, fails in tests if fails), "")


def arm(content: Content, appeal: Appeal, reader: Reader) -> int:
    """The variant that `reader` belongs to, today and always; NOBODY if never asked."""
    if is_held_back(content["rules"], reader):
        return NOBODY
    left = bucket(reader.seed, appeal["id"], sum(v["weight"] for v in appeal["variants"]))
    for variant in appeal["variants"]:
        left -= variant["weight"]
        if left < 0:
            return variant["id"]
    raise AssertionError(f"appeal {appeal['id']} has no variant")


def is_held_back(rules: Rules, reader: Reader) -> bool:
    return bucket(reader.seed, 0, 100) < rules["holdback"]


def bucket(seed: int, key: int, n: int) -> int:
    """One of 0 to n-1, spread evenly and independently for each `key`.

    Source: the finaliser of MurmurHash3, in 32 bits, so that JavaScript finds the same.
    """
    word = (seed ^ key * 0x9E3779B1) & WORDS
    word = (word ^ word >> 16) * 0x85EBCA6B & WORDS
    word = (word ^ word >> 13) * 0xC2B2AE35 & WORDS
    return (word ^ word >> 16) % n
