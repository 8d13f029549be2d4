"""A credit line taken apart: what is shown, and who made it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from articles.credit_lines.agencies import is_agency
from articles.credit_lines.makers import (
    Makers,
    ends_of_sentences,
    is_abbreviation,
    is_name,
    makers,
    together,
)
from newsroom.lib.html.guard import UNWRITABLE

HIDDEN = re.compile("[\u00ad\u200b\u200e\u200f\u2060-\u2064]")
NOUN = r"(?:photo(?:graph)?|image|picture|pic|illustration|graphic|map|video|artwork)s?"
KIND = r"(?:(?:top|lead|main|cover|featured?|header|hero|banner|inset|stock)\s+)?"
COLON = re.compile(
    rf"[\s(\[]*(?:{KIND}{NOUN}(?:\s+(?:credits?\b\s*(?:by\b)?\s*:?|by\s*:)|\s*:)"
    r"|credits?\s*:|source\s*:)[\s–—-]*",
    re.IGNORECASE,
)
BY = re.compile(rf"{KIND}{NOUN}\s+(?:by|via|from|(?=courtesy\b))\s*", re.IGNORECASE)
INNER = re.compile(
    rf"(?:[\s,;:.(–—-]|^)(?:{KIND}{NOUN}(?:\s+credits?)?\s*(?::|\bby\b|\bvia\b|(?=\bcourtesy\b))"
    r"|credits?\s*:|(?=©))\s*",
    re.IGNORECASE,
)
ITEM = re.compile(r"([^()\[\]]+)[(\[]([^()\[\]]*)[)\]]\s*(?:[;,|&+/.]|\band\b)?\s*", re.IGNORECASE)
BREAK = re.compile(r"\s+[–—-]\s+|\s*[|•]\s*|\n|:\s+")
NO_MAKER = re.compile(
    r"(?:\W|\d|left|right|cent(?:er|re)|[lrc]|top|bottom|above|below|front|back|pictured|file"
    r"|archive|background|foreground|undated|aged?|and|from|in|the|of)*|cc\b.*",
    re.IGNORECASE | re.DOTALL,
)
SMALL = frozenset(
    "a an and at by de for from in la left of off on or right the to van von with".split()
)
LAST_DOT = re.compile(r"(?<=[\w)\]”\"])\.$")
ENDED = re.compile(r"[.!?…][\"”’')\]]*$")


@dataclass(frozen=True)
class Credit:
    """The parts of a credit line; of subjects and caption at most one."""

    subjects: str = ""
    caption: str = ""
    photographer: str = ""
    agency: str = ""

    def __str__(self) -> str:
        return line(self.subjects or self.caption, self.photographer, self.agency)


def line(shown: str, photographer: str, agency: str) -> str:
    """The credit line: `<caption or subjects>. <photographer>/<agency>`."""
    made = str(Makers(photographer, agency))
    if not shown or not made:
        return shown or made
    return f"{shown} {made}" if ENDED.search(shown) else f"{shown}. {made}"


def parse(text: str) -> Credit:
    """The parts of a line; written as a line again, they are read the same."""
    text = without_label(tidy(text))
    for _ in range(5):
        found = split(text)
        said = str(found)
        text = without_label(tidy(said))
        if str(split(text)) == said:
            return found
    return whole(text)


def tidy(text: str) -> str:
    """Without what turns, hides or breaks it; its lines are kept apart."""
    text = HIDDEN.sub("", UNWRITABLE.sub("", text))
    lines = (" ".join(each.split()) for each in text.splitlines())
    return "\n".join(filter(None, lines))


def without_label(text: str) -> str:
    while match := COLON.match(text):
        rest = text[match.end() :]
        if match[0].lstrip().startswith(("(", "[")):
            rest = re.sub(r"[)\]]\.?$", "", rest)
        text = rest.strip()
    return text


def split(text: str) -> Credit:
    return next(found for look in LOOKS if (found := look(text)))


def by_label(text: str) -> Credit | None:
    """`Photo by Ann Example`."""
    match = BY.match(unwrapped(text))
    if not match:
        return None
    made = made_by(unwrapped(text)[match.end() :])
    return described("", made) if made else None


def made_by(text: str) -> Makers | None:
    """Behind a label; `Ann Example (Agency)` names no subject there."""
    if (item := ITEM.fullmatch(text)) and is_name(item[1].strip()) and is_agency(item[2]):
        return Makers(item[1].strip(), item[2].strip())
    return makers(text, is_sure=True)


def makers_alone(text: str) -> Credit | None:
    made = makers(unwrapped(text))
    return described("", made) if made else None


def unwrapped(text: str) -> str:
    match = re.fullmatch(r"[(\[]([^()\[\]]*)[)\]]\.?", text)
    return match[1].strip() if match else text


def several(text: str) -> Credit | None:
    """`A (B/C); D (E/F)`."""
    items, at = [], 0
    while match := ITEM.match(text, at):
        items.append((shown(match[1]), in_brackets(match[2])))
        at = match.end()
    if len(items) < 2 or at < len(text) or not all(made and what for what, made in items):
        return None
    made = together([each for _, each in items if each])
    return described("; ".join(what for what, _ in items), made)


def brackets(text: str) -> Credit | None:
    """`A (B/C)`."""
    end = text.rstrip(" .")
    start = max(end.rfind("("), end.rfind("["))
    if start <= 0 or not end.endswith((")", "]")):
        return None
    made = in_brackets(end[start + 1 : -1])
    return described(text[:start], made) if made else None


def in_brackets(text: str) -> Makers | None:
    if NO_MAKER.fullmatch(text):
        return None
    label = BY.match(text) or COLON.match(text)
    return made_by(text[label.end() :] if label else text)


def at_the_end(text: str) -> Credit | None:
    """`Caption text. AGENCY/Name`; a name alone may be part of the text."""
    places = {*ends_of_sentences(text), *(match.end() for match in BREAK.finditer(text))}
    for place in sorted(places, reverse=True)[:12]:
        end = text[place:]
        label = BY.match(end.strip()) or COLON.match(end.strip())
        made = made_by(end.strip()[label.end() :]) if label else makers(unwrapped(end.strip()))
        if made and (made.agency or label):
            return described(text[:place], made)
    return None


def behind_label(text: str) -> Credit | None:
    """`Caption text, photo by Ann Example`."""
    for match in [*INNER.finditer(text)][::-1][:12]:
        made = made_by(text[match.end() :].strip(" ()[]"))
        if made and text[: match.start()].strip():
            return described(text[: match.start()], made)
    return None


def before_agency(text: str) -> Credit | None:
    """`Caption text/Agency`."""
    before, _, agency = text.rpartition("/")
    agency = agency.strip()
    if before.strip() and "://" not in before and len(agency.split()) <= 4 and is_agency(agency):
        return described(before, Makers("", agency))
    return None


def whole(text: str) -> Credit:
    """Kept in one piece, where it fits best."""
    text = " ".join(text.split())
    if is_agency(text) and len(text) <= 120:
        return Credit(agency=text)
    if len(text) <= 120 and re.search(r"©|\bCC\b|\bcourtesy\b", text, re.IGNORECASE):
        return Credit(photographer=text)
    return described(text, Makers("", ""))


LOOKS: list[Callable[[str], Credit | None]] = [
    by_label,
    makers_alone,
    several,
    brackets,
    at_the_end,
    behind_label,
    before_agency,
    whole,
]


def shown(text: str) -> str:
    return " ".join(text.split()).strip(" ,;:|–—-")


def described(text: str, made: Makers) -> Credit:
    """Sentences are a caption, names are subjects."""
    text = shown(text)
    words = [word for word in text.split() if word[0].islower() and word not in SMALL]
    if len(words) > 2 or len(text) > 300:
        return Credit("", text, *made)
    return Credit(text if is_abbreviation(text) else LAST_DOT.sub("", text), "", *made)
