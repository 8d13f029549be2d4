"""Who made a picture, as credit lines put it: a photographer, an agency, several of both."""

import re
from typing import NamedTuple

from articles.credit_lines.agencies import is_agency

LONGEST = 200  # characters; whatever is longer is no name
SEPARATORS = [r"\s*/\s*", r"\s*[|•·]\s*", r"\s+[–—-]\s+"]  # the first that occurs counts
# Between two names; a comma only in front of an agency.
VIA = re.compile(r",?\s+via\s+", re.IGNORECASE)
NONE = "-"  # in a list: this one has no photographer, or no agency
NO_NAMES = re.compile(r"https?://|www\.|[()\[\]{}<>]|:\s", re.IGNORECASE)
PARTICLES = frozenset(
    "af al and av ben bin da de del della der di dos du e el for i ibn la le o of the und van vom"
    " von y zu & + 1st 2nd 3rd".split()
)
INITIAL = re.compile(r"(?:\w\.)+|\w")
ABBREVIATION = re.compile(
    r"(?:.*\W)?(?:\w|adm|brig|capt|cmdr|co|col|corp|cpl|dr|gen|gov|inc|jr|lt|ltd|maj|mr|mrs|ms|no"
    r"|pfc|prof|pvt|rep|sen|sgt|spc|sr|st|vs)\.",
    re.IGNORECASE | re.DOTALL,
)
SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*(?=\s)")
OFFICIAL = re.compile(
    r"(?P<agency>\S.*?)\s+(?:photo(?:graph)?|image|picture|illustration|graphic|handout)s?\s+by\s+"
    r"(?P<name>.+)",
    re.IGNORECASE,
)


class Makers(NamedTuple):
    """Several stand in lists with `; ` between them, in the same order in both."""

    photographer: str
    agency: str

    def __str__(self) -> str:
        names, agencies = self.photographer.split("; "), self.agency.split("; ")
        if len(names) == len(agencies) > 1:
            pairs = zip(names, agencies, strict=True)
            return "; ".join("/".join(part for part in pair if part != NONE) for pair in pairs)
        return "/".join(part for part in self if part)


def makers(text: str, *, is_sure: bool = False) -> Makers | None:
    """The makers that `text` consists of; None where it says anything else.

    is_sure: it stands where nothing but makers stand, so that one word may be a name.
    """
    text = text.strip(" ,;:")
    if text.endswith(".") and not is_abbreviation(text):
        text = text.removesuffix(".")
    if not text or len(text) > LONGEST or NO_NAMES.search(text) or ends_of_sentences(text):
        return None
    return several(text) or official(text) or one(text, is_sure=is_sure)


def several(text: str) -> Makers | None:
    items = re.split(r"\s*;\s*", text)
    if len(items) == 1 and "/" in text:
        items = re.split(r"\s*,\s+", text)
        items = items if all("/" in item for item in items) else [text]
    if len(items) == 1:
        return None
    found = [one(item) for item in items]
    return together([each for each in found if each]) if all(found) else None


def together(found: list[Makers]) -> Makers:
    """One pair of lists; what all share stands there once."""
    if len(set(found)) == 1:
        return found[0]
    *others, last = found
    shared = {each.agency for each in found}
    if len(shared) == 1 or not any(other.agency for other in others):
        names, agency = [each.photographer for each in found], last.agency
        if all(names):
            return Makers("; ".join(names), agency)
    names, agencies = ([part or NONE for part in parts] for parts in zip(*found, strict=True))
    return Makers(*("" if set(p) == {NONE} else "; ".join(p) for p in (names, agencies)))


def official(text: str) -> Makers | None:
    """`U.S. Navy photo by Ann Example`."""
    match = OFFICIAL.fullmatch(text)
    if not match or not is_agency(match["agency"]) or not (by := one(match["name"])):
        return None
    return Makers(by.photographer, "/".join(filter(None, (match["agency"], by.agency))))


def one(text: str, *, is_sure: bool = False) -> Makers | None:
    parts = parts_of(text)
    are_agencies = [is_agency(part) for part in parts]
    others = [part for part in parts if not is_agency(part)]
    if not all(is_name(part) or (any(are_agencies) and is_small(part)) for part in others):
        return None
    if not is_sure and not any(are_agencies) and not any(" " in part for part in others):
        return Makers(text, "") if text.startswith("@") else None
    return in_order(parts, are_agencies)


def in_order(parts: list[str], are_agencies: list[bool]) -> Makers:
    """The first who is no agency is the photographer; capitals in front of a name are none."""
    if all(are_agencies):
        return Makers("", "/".join(parts))
    if len(parts) == 1:
        return Makers(parts[0], "")
    place = are_agencies.index(False)
    if not any(are_agencies) and parts[0].isupper() and not parts[1].isupper():
        place = 1
    return Makers(parts[place], "/".join(parts[:place] + parts[place + 1 :]))


def parts_of(text: str) -> list[str]:
    for separator in SEPARATORS:
        parts = [part for part in re.split(separator, text) if part]
        if len(parts) > 1:
            return [piece for part in parts for piece in comma_parts(part)]
    name, *rest = VIA.split(text, maxsplit=1)
    if rest and not is_agency(name) and "," not in name:
        return [name, *rest]
    return comma_parts(text)


def comma_parts(text: str) -> list[str]:
    """`Ann Example, Pool`: two parts where an agency follows a name."""
    name, comma, rest = text.partition(",")
    rest = rest.strip()
    return [name, rest] if comma and is_agency(rest) and not is_agency(name) else [text]


def is_name(text: str) -> bool:
    """Whether it looks like the names of people: capitals, initials, `van der`, `and`, @handles."""
    words = text.split()
    return text.startswith(("@", "©")) or (len(words) <= 8 and all(map(in_names, words)))


def is_small(text: str) -> bool:
    """Whether it may be a name in small letters, as it is only beside an agency."""
    return text == text.lower() and len(text.split()) <= 3 and text.replace(" ", "").isalpha()


def in_names(word: str) -> bool:
    bare = word.strip("“”\"'‘’,©@")
    if not bare or word.endswith(("!", "?", ":")):
        return False
    return bare in PARTICLES or (not (bare[0].islower() or bare[0].isdigit()) and bare[0].isalnum())


def is_abbreviation(text: str) -> bool:
    """Whether `text` ends with a dot that ends no sentence: `U.S.`, `Sgt.`, `J.`."""
    return bool(ABBREVIATION.fullmatch(text))


def ends_of_sentences(text: str) -> list[int]:
    """Where sentences end inside `text`, in order."""
    ends = (match.end() for match in SENTENCE_END.finditer(text))
    return [end for end in ends if not is_abbreviation(text[max(0, end - 12) : end])]
