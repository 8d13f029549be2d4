"""Reports that a letter was not delivered. Source: RFC 3464."""

import re
from collections.abc import Iterator, Sequence

from newsletter.bounces.codes import CODE, Finding, Kind, meaning
from newsletter.bounces.parts import Part, fields_of

TYPES = {"message/delivery-status", "message/global-delivery-status"}
# Without its own part, as when the boundaries are wrong, these fields still make a report.
UNFRAMED = re.compile(r"(?im)^Final-Recipient:.*\n(?:.+\n){0,9}?(?:Action|Status):")
SUCCESS = {"delivered", "relayed", "expanded"}

Group = dict[str, str]


def is_report(message: Sequence[Part]) -> bool:
    return any(groups(message))


def finding(message: Sequence[Part]) -> Finding | None:
    """None: nothing has failed.

    One letter has one reader. If several addresses are told of, it was passed on: it failed as far
    as the mildest of the failures, and not for good if it reached somebody.
    """
    told = groups(message)
    failures = [of_group(group) for group in told if has_failed(group)]
    if not failures:
        return None
    order = [None, Kind.SOFT, Kind.HARD]
    mildest = min(failures, key=lambda failure: order.index(failure.kind))
    if mildest.kind == Kind.HARD and any(action(group) in SUCCESS for group in told):
        return Finding(Kind.SOFT, mildest.code, mildest.answer)
    return mildest


def groups(message: Sequence[Part]) -> list[Group]:
    """The fields for each recipient."""
    texts = [part.text for part in message if part.type in TYPES]
    if not texts:
        texts = [part.text for part in message if UNFRAMED.search(part.text)][:1]
    every = [group for text in texts for group in _blocks(text)]
    return [group for group in every if group.keys() & {"action", "status"}]


def has_failed(group: Group) -> bool:
    """Failed for good, that is: a delay is followed by another report."""
    if "action" in group:
        return action(group).startswith("fail") and not group.get("status", "").startswith("2")
    return group["status"].startswith("5")


def action(group: Group) -> str:
    """Its first word; a comment may follow."""
    return re.split(r"\W", group.get("action", "").lower(), maxsplit=1)[0]


def of_group(group: Group) -> Finding:
    """The server's own words tell more than a status whose last number is 0, “other”."""
    words = group.get("diagnostic-code", "").partition(";")[2].strip()
    code, said = _code(group.get("status", "")), _code(words)
    if said and not said.endswith(".0") and (not code or code.endswith(".0")):
        code = said
    return Finding(meaning(code, words), code, words or group.get("status", ""))


def _blocks(text: str) -> Iterator[Group]:
    """A field that comes again begins another group, in reports that lack the empty line."""
    for block in re.split(r"\n[ \t\r]*\n", text.replace("\r\n", "\n"))[:100]:
        group: Group = {}
        for name, value in fields_of(block.strip("\n").encode()):
            if name in group and name in {"final-recipient", "action"}:
                yield group
                group = {}
            group.setdefault(name, value)
        yield group


def _code(text: str) -> str:
    found = CODE.search(text)
    return found[1] if found else ""
