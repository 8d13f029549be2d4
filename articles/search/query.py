"""What somebody typed, taken apart as PostgreSQL's websearch_to_tsquery takes it.

All words must be there, “quoted words” side by side, and -these not at all; `or` stands between
what may be there instead. Done here, as names and spellings are looked up for each part.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product

from articles.search.folding import folded
from articles.search.spellings import Spellings, words_of

MAX_LENGTH = 200  # characters; the rest is not looked for
N_PARTS = 16
N_VARIANTS = 24
TOKEN = re.compile(r'(-?)"([^"]*)(?:"|$)|(-?)([^\s"]+)')
UNREADABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ue000-\ue002]")
QUOTES = str.maketrans("“”„«»″", '""""""')


@dataclass(frozen=True)
class Part:
    """What must be found, or must not be: one of `variants`, each of phrases that must all be."""

    variants: tuple[tuple[str, ...], ...]
    is_excluded: bool = False


@dataclass(frozen=True)
class Token:
    text: str
    is_quoted: bool
    is_excluded: bool

    @property
    def is_plain(self) -> bool:
        return not self.is_quoted and not self.is_excluded


def tidy(typed: str) -> str:
    """`typed` as one line that can be searched for and shown."""
    return " ".join(UNREADABLE.sub(" ", typed).split())[:MAX_LENGTH].strip()


def is_cut(typed: str) -> bool:
    """Whether some of it is not looked for."""
    beginning = tidy(typed)
    is_long = len(" ".join(typed[: 2 * MAX_LENGTH].split())) > MAX_LENGTH
    return is_long or len(list(tokens(beginning))) > N_PARTS


def parse(typed: str, spellings: Spellings) -> list[list[Part]]:
    """Groups of which one must be found whole; [] where nothing is asked for."""
    groups: list[list[Token]] = [[]]
    for token in list(tokens(typed))[:N_PARTS]:
        if token.is_plain and token.text.lower() == "or":
            groups.append([])
        else:
            groups[-1].append(token)
    return [list(parts(group, spellings)) for group in groups if group]


def tokens(typed: str) -> Iterator[Token]:
    """Those with a letter or figure in them; a quotation mark without its like holds to the end."""
    for match in TOKEN.finditer(typed.translate(QUOTES)):
        excluded, quoted, minus, word = match.groups()
        text = folded(quoted if quoted is not None else word or "")
        if words_of(text):
            yield Token(text, quoted is not None, bool(excluded or minus))


def parts(group: list[Token], spellings: Spellings) -> Iterator[Part]:
    place = 0
    while place < len(group):
        run, others = longest_name(group[place:], spellings)
        if run:
            together = tuple(token.text for token in group[place : place + run])
            yield Part((together, *((other,) for other in others)))
            place += run
        else:
            token = group[place]
            variants = tuple((text,) for text in spelt(token.text, spellings))
            yield Part(variants, token.is_excluded)
            place += 1


def longest_name(group: list[Token], spellings: Spellings) -> tuple[int, list[str]]:
    """How many of the first tokens are one name of several words, and its other spellings."""
    found: tuple[int, list[str]] = (0, [])
    words: list[str] = []
    for n, token in enumerate(group, 1):
        if not token.is_plain:
            break
        words += words_of(token.text)
        if n > 1 and (others := spellings.of(tuple(words))):
            found = (n, others)
    return found


def spelt(text: str, spellings: Spellings) -> list[str]:
    """`text` in all its spellings, itself first."""
    words, place = words_of(text), 0
    choices: list[list[str]] = []
    while place < len(words):
        run, forms = spellings.at(words, place)
        choices.append(forms or [words[place]])
        place += run or 1
    if all(len(forms) == 1 for forms in choices):
        return [text]
    every = (" ".join(chosen) for chosen in islice(product(*choices), N_VARIANTS))
    return [text, *every]
