"""Which appeal stands on which page, and who gets which wording."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from donations.board import Appeal, Content
from donations.choosing import NEUTRAL, NOBODY, arm, choose, on_page, page_rule
from donations.facts import SLOTS, Kind, Page, Reader
from donations.models import EVERYWHERE, Slot
from tests.donations.cases import NOW, PIECE, open_rules, plain_appeal

N_READERS = 100_000
SLUGS = st.sampled_from(["europe", "asia", "obituary", "series-a", "series-b", "news"])
WORDS = st.lists(SLUGS, max_size=3, unique=True)
PARTS = ["section", "format", "series", "tag"]
AIMS = st.fixed_dictionaries({}, optional=dict.fromkeys(PARTS, WORDS))


@st.composite
def pages(draw: st.DrawFn) -> Page:
    one = st.one_of(st.just(""), SLUGS)
    return Page(
        kind=draw(st.sampled_from(Kind.values)),
        section=draw(one),
        format=draw(one),
        series=draw(one),
        tags=tuple(draw(WORDS)),
        is_without=draw(st.booleans()),
    )


@st.composite
def boards(draw: st.DrawFn) -> Content:
    off, no_tags = draw(st.sampled_from([[], ["body"], [EVERYWHERE]])), draw(WORDS)
    appeals: list[Appeal] = []
    for number in range(draw(st.integers(1, 3))):
        kinds = draw(st.lists(st.sampled_from(Kind.values), max_size=2))
        fields: dict[str, Any] = {"slot": draw(st.sampled_from(Slot.values))}
        fields["only"] = draw(AIMS)
        fields["never"] = draw(AIMS) | {"kind": kinds}
        appeals.append(plain_appeal(number + 1, [1], **fields))
    return {"rules": open_rules(off=off, no_tags=no_tags), "appeals": appeals}


def about(page: Page) -> dict[str, set[str]]:
    """Plainly written, so as not to be the code that is tested."""
    return {
        "kind": {page.kind},
        "section": {page.section},
        "format": {page.format},
        "series": {page.series},
        "tag": set(page.tags),
    }


@given(boards(), pages())
def test_no_appeal_stands_on_a_page_that_an_exclusion_matches(board: Content, page: Page) -> None:
    """And what is kept away failed a rule or its aim."""
    rules, kept = board["rules"], on_page(board, page)
    for appeal in kept:
        excluded = {part: set(words) for part, words in appeal["never"].items()}
        assert not any(excluded[part] & about(page)[part] for part in excluded)
        wanted = {part: set(words) for part, words in appeal["only"].items() if words}
        assert all(wanted[part] & about(page)[part] for part in wanted)
        assert not set(rules["no_tags"]) & set(page.tags)
        assert not page.is_without
        assert appeal["slot"] in SLOTS[page.kind]
        assert not {EVERYWHERE, appeal["slot"]} & set(rules["off"])
    for appeal in board["appeals"]:
        assert bool(page_rule(rules, appeal, page)) == (appeal not in kept)


OBITUARY = Page("article", 1, "europe", "news", "watch", ("obituary", "war"))
PAGE_RULES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("off", {}, {"off": [EVERYWHERE]}),
    ("off", {}, {"off": ["body"]}),
    ("place", {"slot": "list"}, {}),
    ("barred-tag", {}, {"no_tags": ["obituary"]}),
    ("no-kind", {"never": {"kind": ["article"]}}, {}),
    ("no-section", {"never": {"section": ["europe"]}}, {}),
    ("no-format", {"never": {"format": ["news"]}}, {}),
    ("no-series", {"never": {"series": ["watch"]}}, {}),
    ("no-tag", {"never": {"tag": ["other", "obituary"]}}, {}),
    ("kind", {"only": {"kind": ["front"]}}, {}),
    ("section", {"only": {"section": ["asia"]}}, {}),
    ("format", {"only": {"format": ["opinion"]}}, {}),
    ("series", {"only": {"series": ["other"]}}, {}),
    ("tag", {"only": {"tag": ["other"]}}, {}),
    ("", {"only": {"tag": ["other", "obituary"], "section": ["europe"]}}, {"off": ["top"]}),
]


def test_first_rule_of_the_page_is_named() -> None:
    for why, fields, rules in PAGE_RULES:
        found = page_rule(open_rules(**rules), plain_appeal(1, [1], **fields), OBITUARY)
        assert found == why, (fields, rules)


def test_piece_without_appeals_has_none() -> None:
    page = replace(PIECE, is_without=True)

    assert page_rule(open_rules(), plain_appeal(1, [1]), page) == "flag"


def a_share(counts: Counter[tuple[int, int]], key: tuple[int, int]) -> float:
    return 100 * counts[key] / counts.total()


def test_readers_are_parted_by_weights_and_holdback_for_each_appeal_anew() -> None:
    first, second = plain_appeal(1, [1, 1, 2]), plain_appeal(2, [1, 1])
    board: Content = {"rules": open_rules(holdback=5), "appeals": [first, second]}

    readers = [Reader(seed, 1) for seed in range(N_READERS)]
    got = Counter((arm(board, first, one), arm(board, second, one)) for one in readers)

    assert a_share(got, (NOBODY, NOBODY)) == pytest.approx(5, abs=0.5)
    for variant, percent in zip(first["variants"], (25, 25, 50), strict=True):
        for other in second["variants"]:
            pair = variant["id"], other["id"]
            assert a_share(got, pair) == pytest.approx(0.95 * percent / 2, abs=0.5)
    assert len(got) == 1 + 3 * 2


def test_one_appeal_at_most_is_shown_on_a_page() -> None:
    appeals = [plain_appeal(pk, [1], slot=slot) for pk, slot in ((5, "top"), (3, "body"))]
    board: Content = {"rules": open_rules(), "appeals": appeals}

    found = choose(board, PIECE, NEUTRAL, NOW)

    assert [(one.appeal, one.why) for one in found] == [(5, ""), (3, "outranked")]
