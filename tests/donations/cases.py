"""Boards, readers and moments by the thousand, for all that must choose alike."""

from dataclasses import dataclass
from random import Random
from typing import Any, cast

from donations.board import Appeal, Content, Rules
from donations.facts import Page, Reader

NOW = 1_795_000_000_000  # milliseconds since 1970: November 2026
HOUR, DAY = 3_600_000, 86_400_000
PIECE = Page("article", article=1)
WISHES = {"": 0, "closed": 30 * DAY, "gave": 365 * DAY, "never": 2**53 - 1}


@dataclass(frozen=True)
class Case:
    content: Content
    reader: Reader
    at: int


def cases(n: int, seed: int) -> list[Case]:
    dice = Random(seed)  # noqa: S311  the same ones each time
    return [Case(a_board(dice), a_reader(dice), near(dice, NOW)) for _ in range(n)]


def near(dice: Random, moment: int) -> int:
    """At it, a millisecond beside it, or some days from it."""
    return moment + dice.choice([0, 0, -1, 1, dice.randint(-9 * DAY, 9 * DAY)])


def a_board(dice: Random) -> Content:
    pauses = [sorted([near(dice, NOW), near(dice, NOW)]) for _ in range(dice.choice([0, 0, 0, 1]))]
    return {
        "rules": {
            "cap": dice.choice([1, 3, 100]),
            "period": dice.choice([1, 7, 90]) * DAY,
            "gap": dice.choice([0, 12, 720]) * HOUR,
            "skip": dice.choice([0, 2, 100]),
            "holdback": dice.choice([0, 5, 50]),
            "pauses": pauses,
            "no_tags": [],
            "off": [],
        },
        "appeals": [an_appeal(dice, number) for number in range(dice.randint(1, 4))],
    }


def an_appeal(dice: Random, number: int) -> Appeal:
    starts, ends = sorted([near(dice, NOW), near(dice, NOW) + 1])
    variants = [dice.choice([1, 1, 7, 100]) for _ in range(dice.randint(1, 6))]
    return plain_appeal(
        number * 1000 + dice.randint(1, 999),
        variants,
        **{"from": starts, "until": dice.choice([ends, ends + 30 * DAY])},
        slot=dice.choice(["body", "top", "foot"]),
        lapse=dice.choice([None, None, near(dice, NOW)]),
        device=dice.choice(["", "", "phone", "desktop"]),
    )


def plain_appeal(pk: int, weights: list[int], **fields: Any) -> Appeal:
    """One that everybody may meet from a day before NOW until a day after, with changes."""
    appeal: dict[str, Any] = {
        "id": pk,
        "slot": "body",
        "from": NOW - DAY,
        "until": NOW + DAY,
        "lapse": None,
        "device": "",
        "only": {},
        "never": {},
        "variants": [
            {"id": pk * 10 + n, "weight": weight, "heading": "", "text": "", "button": ""}
            | {"url": "", "amounts": []}
            for n, weight in enumerate(weights)
        ],
        "tax": "",
        "goal": None,
    }
    return cast("Appeal", appeal | fields)


def open_rules(**fields: Any) -> Rules:
    """Nobody is spared, with changes."""
    rules: dict[str, Any] = {"cap": 100, "period": DAY, "gap": 0, "skip": 0, "holdback": 0}
    return cast("Rules", rules | {"pauses": [], "no_tags": [], "off": []} | fields)


def a_reader(dice: Random) -> Reader:
    why = dice.choice(list(WISHES))
    return Reader(
        seed=dice.getrandbits(32),
        views=dice.choice([1, 2, 3, 100, 101]),
        asks=tuple(sorted(near(dice, NOW - 3 * DAY) for _ in range(dice.choice([0, 0, 1, 4])))),
        until=dice.choice([0, near(dice, NOW), WISHES[why]]),
        why=why,
        is_phone=dice.random() < 0.5,
        has_storage=dice.random() < 0.95,
    )
