"""Finds what a wording claims: numbers, years, deadlines and superlatives.

Rather one phrase too many than one too few: staff can tie a harmless one to a claim at once, while
what is not found here goes to readers unchecked.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from newsroom.lib import html

LONGEST = 100  # characters of a phrase, as in donations.models.Tie
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
# One character each, so that places in the text stay what they are.
PLAIN = str.maketrans("‘’ʼ‑–—−\n", "'''---- ")

MONTHS = "january february april june july august september october november december"
MONTHS += " jan feb mar apr jun jul aug sept? oct nov dec"
DAYS = "monday tuesday wednesday thursday friday saturday sunday"
FEASTS = "christmas thanksgiving easter hanukkah ramadan halloween"
SPANS = "second minute hour day night morning evening week weekend month quarter season year"
SPANS += " decade century spring summer autumn fall winter"
CURRENCIES = "USD EUR GBP CAD AUD NZD CHF JPY SEK NOK DKK PLN CZK UAH INR ILS"
UNITS = (
    "percent per[ ]cent pct percentage points hundred thousand million billion trillion mn bn m k"
)
UNITS += " times fold dollars euros pounds cents years? months? weeks? days? hours? minutes?"
UNITS += " people readers donors members supporters subscribers countries left"
CARDINALS = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
CARDINALS += " sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty"
CARDINALS += " ninety hundreds? thousands? millions? billions? trillions? dozens? zero"
SHARES = "half halves halved? thirds quarters? majority minority doubles? doubled doubling triples?"
SHARES += (
    " tripled tripling quadrupled? quintupled? twice thrice percent decades? century centuries"
)
SHARES += " matched matching"
BEST = "largest biggest highest lowest fastest greatest best worst leading foremost"
BEST += " record records unprecedented unrivalled unrivaled"

SIGNS = "$€£¥₹₩₪₴"
LAST = "chance|call|push|stretch"


def any_of(words: str) -> str:
    """An alternation, the longer ones first, so that they are not cut short."""
    return "|".join(sorted(words.replace("[ ]", "~").split(), key=len, reverse=True)).replace(
        "~", "[ ]"
    )


WHEN = (
    rf"(?:{any_of(DAYS)})|(?:{any_of(MONTHS)})\.?|may|march|(?:{any_of(FEASTS)})"
    r"|new year(?:'s)?(?: eve| day)?|giving tuesday|midnight|noon|tonight|tomorrow|today"
)
BY = r"by|before|until|till|til|through|since|from|on|in|at|this|next|last|ends?|ending|only"
PATTERNS = [
    # Whatever has a digit in it, with its currency before and its unit behind.
    (
        rf"(?:\b(?:{any_of(CURRENCIES)})[ ]?|[{SIGNS}][ ]?)?"
        rf"(?<![\w{SIGNS}+#~<>±-])[\w{SIGNS}+#~<>±-]*\d"
        rf"(?:[ ]\d{{3}}(?!\d)|[\w.,:/⁄'%‰°+{SIGNS}-]*[\w%‰°+{SIGNS}])*"
        rf"(?:[ -]?[%‰{SIGNS}](?!\d)|[ -](?:{any_of(UNITS)})\b)*"
    ),
    # Numbers in words: "two and a half million", "one in five", "a third of".
    (
        rf"\b(?:(?:a|one|an|nearly|almost|over)[ -])?(?:{any_of(CARDINALS)}|{any_of(SHARES)})\b"
        rf"(?:[ -](?:and[ ])?(?:a[ -])?(?:{any_of(CARDINALS)}|{any_of(SHARES)}|one|third)\b)*"
        rf"(?:[ -](?:{any_of(UNITS)})\b)*"
    ),
    r"\b(?:a|one)[ -](?:third|fifth|sixth|seventh|eighth|ninth|tenth|fourth)\b",
    r"\bone (?:in|out of|of every)(?: every)? \w+",
    r"\bone(?: single)? (?:day|week|month|year|dollar|euro|pound|cent)s?\b",
    r"\b(?:scores|a couple|a handful) of\b|\b(?:twen|thir|for|fif|six|seven|eigh|nine)ties\b",
    r"\b\w+-?fold\b",
    r"\b(?:most|all|none|nearly all|almost all|every one) of (?:our|the|its|us|them)\b",
    # Moments: months, days, feasts, the end of something.
    rf"\b(?:{any_of(DAYS)}|{any_of(MONTHS)})\b",
    rf"\b(?:{BY})(?: the)? (?:{WHEN})\b",
    rf"\b(?:(?:{BY})(?: the)? )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{WHEN})(?:,? \d{{4}})?\b",
    rf"\b(?:(?:{BY}) )?(?:{WHEN}) \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}}\b)?",
    r"\bnew year(?:'s)?(?: eve| day)?\b|\bchristmas\b|\bthanksgiving\b|\bgiving tuesday\b",
    r"\b(?:midnight|tonight|tomorrow)\b",
    (
        r"\b(?:(?:by|before|until|till|at|through) )?(?:the )?(?:end|close|turn) of"
        r"(?: (?:the|this|next|our|your))?(?: (?:fiscal|financial|calendar|tax|giving))?"
        rf" (?:{any_of(SPANS)}|{WHEN})\b"
    ),
    rf"\b(?:{any_of(SPANS)})(?:'s)?[ -]end\b|\bend[- ]of[- ](?:{any_of(SPANS)})\b",
    rf"\b(?:this|next|last|past|coming|each|every|per) (?:{any_of(SPANS)})s?\b",
    rf"\b(?:by|before|until|till|til|within|since)(?: (?:a|an|the|few))* (?:{any_of(SPANS)})s?\b",
    rf"\bin (?:a|an|the coming|the next) (?:{any_of(SPANS)})s?\b",
    rf"\bthe (?:{any_of(SPANS)}) (?:ends|closes|runs out|is (?:ending|over|up))\b",
    r"\b(?:by|before|until|till|til|on) (?:\w+ day|close of business)\b|\bthe holidays?\b",
    rf"\bwith the (?:{any_of(SPANS)})\b|\bbefore the (?:{any_of(SPANS)}) (?:is|ends|closes|runs)\b",
    rf"\b(?:last|final|remaining|few|closing) (?:few )?(?:{any_of(SPANS)}|{LAST})s?\b",
    rf"\b(?:{any_of(SPANS)})s? (?:left|remaining|remain|to go|ago|away)\b",
    r"\bdeadlines?\b|\bexpir(?:e|es|ing|y)\b|\b(?:ends|closes|closing|ending) soon\b",
    r"\b(?:time is|time's)(?: \w+)? (?:up|short)\b|\brun(?:s|ning)? out\b|\bcountdown\b",
    r"\blimited[ -]time\b|\bnow or never\b|\btoo late\b|\bwhile (?:it|they) lasts?\b",
    # What would have to be proved.
    rf"\b(?:{any_of(BEST)})\b",
    r"\bmost[ -](?:read|trusted|cited|quoted|visited|shared|important|influential)\b",
    r"\bthe (?:first|only|last|sole)\b|\bnumber[ -]one\b|\ball[ -]time\b",
    r"\b(?:than|as) (?:ever|any|anyone|any other)\b|\bn?ever before\b|\bfirst[ -](?:ever|time)\b",
    r"\b(?:tax[ -])?deductible\b|\bdollar[ -]for[ -]dollar\b",
]
ANY = [re.compile(pattern, re.IGNORECASE) for pattern in PATTERNS]


class Part(NamedTuple):
    """A piece of a wording; `phrase` if it claims something, "" if it does not."""

    text: str
    phrase: str


def found(wording: str) -> list[str]:
    """The phrases of an HTML text that claim something, in order, each once."""
    parts = (part for block in marked(wording) for part in block)
    return list(dict.fromkeys(part.phrase for part in parts if part.phrase))


def marked(wording: str) -> list[list[Part]]:
    """The blocks of an HTML text, each cut into what claims something and what stands between."""
    return [list(cut(block)) for block in seen(wording).split("\n\n") if block]


def seen(wording: str) -> str:
    """The text as eyes take it in: no tags, nothing invisible, other alphabets' digits as ours."""
    return UNSEEN.sub("", unicodedata.normalize("NFKC", html.plain(wording)))


def cut(text: str) -> Iterator[Part]:
    spans = list(claims(text.translate(PLAIN)))
    edges = sorted({0, len(text), *(edge for span in spans for edge in span)})
    for start, end in pairwise(edges):
        words = text[start:end]
        is_claim = (start, end) in spans
        yield Part(words, " ".join(words.split())[:LONGEST] if is_claim else "")


def claims(text: str) -> Iterator[tuple[int, int]]:
    """Where in `text` something is claimed; what overlaps is one."""
    spans = sorted(match.span() for pattern in ANY for match in pattern.finditer(text))
    start, end = 0, 0
    for first, last in spans:
        if first < end:
            end = max(end, last)
            continue
        if end > start:
            yield start, end
        start, end = first, last
    if end > start:
        yield start, end
