"""The appeal in a round-up: one wording for all, as a letter can choose nothing."""

from datetime import datetime

from donations import board
from donations.choosing import NEUTRAL, page_rule, reader_rule, standing
from donations.facts import Kind, Page

LETTER = Page(Kind.LETTER)


def in_letters(at: datetime) -> tuple[board.Appeal, board.Variant] | None:
    """What a round-up put together at `at` asks, if anything; 1 query."""
    content = board.read()
    return standing(content, LETTER, board.moment(at)) if content else None


def may_leave(appeal: int, at: datetime) -> bool:
    """Whether a round-up that leaves at `at` may ask this; False once it is over; 1 query."""
    content = board.read()
    if content is None:
        return False
    rules, moment = content["rules"], board.moment(at)
    return any(
        not (page_rule(rules, one, LETTER) or reader_rule(rules, one, NEUTRAL, moment))
        for one in content["appeals"]
        if one["id"] == appeal
    )
