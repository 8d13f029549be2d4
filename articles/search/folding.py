"""Text without accents and the signs of print, as the database folds it (articles_folded)."""

from functools import lru_cache
from unicodedata import normalize

UNSEEN = dict.fromkeys([0xAD, *range(0x0300, 0x0370), *range(0x200B, 0x2010), 0x2060], "")
SIGNS = dict.fromkeys([*range(0xA0, 0xC0), *range(0x2010, 0x2070)], " ")
LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE"}
    | dict(zip("łŁøØđĐðÐıħĦ", "lLoOdDdDihH", strict=True))
)
FOLDS = SIGNS | UNSEEN | LETTERS


def folded(text: str) -> str:
    """`Łódź, Erdoğan’s` gives `Lodz, Erdogan s`."""
    return normalize("NFKD", text).translate(FOLDS)


@lru_cache(maxsize=4096)
def n_folded(character: str) -> int:
    """How many characters stand for one after folding."""
    return len(folded(character))


def unfolded(text: str, start: int, end: int) -> str:
    """What of `text` stands between two places of `folded(text)`."""
    place, kept = 0, []
    for character in text:
        if place >= end:
            break
        place += n_folded(character)
        if place > start:
            kept.append(character)
    return "".join(kept)
