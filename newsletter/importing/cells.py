"""Telling addresses from other text, a million at a time."""

import re
from collections.abc import Iterable

from email_validator import SPECIAL_USE_DOMAIN_NAMES

from newsroom.lib import addresses

# What nearly all addresses look like. Narrower than what `addresses.compared` takes, and for all
# that fits, its answer is just the text in small letters; tests hold the two together.
NAME = r"[A-Za-z0-9_+-]++(?:\.[A-Za-z0-9_+-]++)*+"
LABEL = r"[A-Za-z0-9]{1,20}+(?:-[A-Za-z0-9]{1,20}+){0,2}+"  # no "--", which IDNA gives a meaning
SPECIAL = "|".join(re.escape(name) for name in SPECIAL_USE_DOMAIN_NAMES)
PLAIN = re.compile(rf"{NAME}@(?:{LABEL}\.){{1,6}}(?!(?i:{SPECIAL})\Z)[A-Za-z]{{2,24}}").fullmatch
AROUND = " \t\n\r\v\f\u00a0\u200b\ufeff'\""  # what copying leaves around an address


def is_plain(cell: str) -> bool:
    return len(cell) <= addresses.MAX_LENGTH and PLAIN(cell) is not None


def compared(cell: str) -> str:
    """The address in `cell`, in the form that is stored. Raises addresses.Refused."""
    if is_plain(cell):
        return cell.lower()
    text = cell.strip(AROUND)
    if not text:
        raise addresses.Refused("There is no address in this row.")
    return addresses.compared(text)


def is_address(cell: str) -> bool:
    try:
        compared(cell)
    except addresses.Refused:
        return False
    return True


def split(cells: Iterable[str]) -> tuple[list[str], list[int]]:
    """The addresses among `cells`, and the places of those that must be looked at by hand."""
    found, others = [], []
    for place, cell in enumerate(cells):
        # Not `is_plain`, as a call of it costs half as much again.
        if len(cell) <= addresses.MAX_LENGTH and PLAIN(cell):
            found.append(cell.lower())
        else:
            others.append(place)
    return found, others
