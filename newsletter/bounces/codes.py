"""What a mail server's refusal says about the reader.

By the enhanced code (RFC 3463) if there is a telling one, else by the words. For good: the address
does not exist, or is closed. Nothing: the trouble is with us or with the letter. Blocks and
policies (5.7.x) are of the latter kind, as a block of our server that lasts for some weeks would
otherwise cost us every reader of a large provider. Everything else is for now, and counts.
"""

import re
from dataclasses import dataclass

from newsletter.models import Bounce

Kind = Bounce.Kind
CODE = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)")
REPLY = re.compile(r"\b[45]\d\d\b")
LONGEST = 2_000  # characters of an answer that are looked at
NO_SUCH_ADDRESS = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"}
ABOUT_US = re.compile(r"5\.1\.[78]|5\.[67]\.")  # sender's address; content; policy
# Google says 5.2.1 of those, too, who get more mail at the moment than it takes.
TOO_MUCH = re.compile(r"receiving mail (?:at a rate|too quickly)", re.IGNORECASE)
BLOCKED = re.compile(
    r"spam|block(?:ed|ing)|(?:black|block|deny) ?list|reputation|polic(?:y|ies)|not authori[sz]ed"
    r"|(?:access|relay(?:ing)?) (?:is )?(?:denied|not permitted|prohibited)|unable to relay"
    r"|\b(?:SPF|DKIM|DMARC|virus|content)\b|\bsender (?:address|domain|verif|rejected)",
    re.IGNORECASE,
)
UNKNOWN = re.compile(
    r"(?:user|recipient|mailbox|account|address)\W{1,3}(?:\S+\W{1,3})?(?:is |was )?"
    r"(?:unknown|not found|disabled|inactive|not known|no longer|rejected: undeliverable)"
    r"|(?:unknown|invalid|no such|non-?existent) (?:local )?(?:user|recipient|mailbox|account)"
    r"|(?:user|recipient|mailbox|account|address)\b.{0,60}\b(?:does(?: not|n['’]t) exist)"
    r"|no mailbox (?:here )?by that name|does(?: not|n['’]t) have an? \S+ account"
    r"|does not like recipient|unrouteable address|not listed in .{0,30}(?:directory|address book)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Finding:
    """What a report says; kind: None if nothing about the reader. answer: as the server put it."""

    kind: Bounce.Kind | None
    code: str = ""
    answer: str = ""


def of_answer(text: str) -> tuple[Bounce.Kind | None, str]:
    """What `text`, an answer such as "550 5.1.1 No such user", says, and its enhanced code.

    None: nothing about the reader.
    """
    text = text[:LONGEST]
    found, reply = CODE.search(text), REPLY.search(text)
    code = found[1] if found else ""
    if not code and reply and reply[0].startswith("4"):
        return Kind.SOFT, ""
    return (meaning(code, text) if reply or code else None), code


def meaning(code: str, text: str) -> Bounce.Kind | None:
    """What the end of a letter with `code` ("" if there is none) and `text` says."""
    if code.startswith("4"):
        return Kind.SOFT
    if not code or code == "5.0.0":
        return by_words(text[:LONGEST])
    if ABOUT_US.match(code):
        return None
    if code in NO_SUCH_ADDRESS and not TOO_MUCH.search(text[:LONGEST]):
        return Kind.HARD
    return Kind.SOFT


def by_words(text: str) -> Bounce.Kind | None:
    if BLOCKED.search(text):
        return None
    return Kind.HARD if UNKNOWN.search(text) else Kind.SOFT
