"""Names that are spelt in several ways, as staff list them."""

import re
from collections.abc import Iterable, Sequence

from articles.models import Spelling
from articles.search.folding import folded

WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """`Côte d’Ivoire` gives cote, d, ivoire."""
    return WORD.findall(folded(text).lower())


class Spellings:
    """rows: for each name its spellings."""

    def __init__(self, rows: Iterable[Sequence[str]] = ()) -> None:
        self.forms: dict[tuple[str, ...], list[str]] = {}
        for row in rows:
            plain = {tuple(words_of(form)): folded(form) for form in row}
            for words in plain:
                known = self.forms.setdefault(words, [])
                known += [form for form in plain.values() if form not in known]
        self.forms.pop((), None)
        self.n_words = max(map(len, self.forms), default=0)

    def of(self, words: tuple[str, ...]) -> list[str]:
        """All spellings of the name that `words` are, these included; [] if they are none."""
        return self.forms.get(words, [])

    def at(self, words: list[str], place: int) -> tuple[int, list[str]]:
        """The longest name that begins at `place`: of how many words it is, and its spellings."""
        for n in range(min(self.n_words, len(words) - place), 0, -1):
            if forms := self.of(tuple(words[place : place + n])):
                return n, forms
        return 0, []


def read() -> Spellings:
    """As they stand at this moment; 1 query."""
    return Spellings(spelling.lines for spelling in Spelling.objects.all())
