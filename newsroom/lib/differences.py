"""Two texts compared word by word."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Change = tuple[str, int, int, int, int]  # as difflib has them: kind, from, to, from, to
MOST = 4_000_000  # pairs of words; more count as replaced, or comparing would take minutes


def words(old: str, new: str) -> SafeString:
    """`new` word by word, with what is gone as <del> and what has come as <ins>."""
    before, after = old.split(), new.split()
    parts: list[tuple[SafeString]] = []
    for kind, i, j, k, m in changes(before, after):
        gone, come = " ".join(before[i:j]), " ".join(after[k:m])
        if kind == "equal":
            parts.append((format_html("{}", come),))
            continue
        parts += [(format_html("<del>{}</del>", gone),)] if gone else []
        parts += [(format_html("<ins>{}</ins>", come),)] if come else []
    return format_html_join(" ", "{}", parts)


def changes(before: Sequence[str], after: Sequence[str]) -> list[Change]:
    """What stays, goes and comes between two lists, in order."""
    start = n_alike(before, after)
    end = n_alike(before[start:][::-1], after[start:][::-1])
    i, j, k, m = start, len(before) - end, start, len(after) - end
    return [
        *([("equal", 0, start, 0, start)] if start else []),
        *(
            (kind, i + a, i + b, k + c, k + d)
            for kind, a, b, c, d in between(before[i:j], after[k:m])
        ),
        *([("equal", j, len(before), m, len(after))] if end else []),
    ]


def n_alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many at the beginning of both are the same."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def between(before: Sequence[str], after: Sequence[str]) -> list[Change]:
    if len(before) * len(after) > MOST:
        return [("replace", 0, len(before), 0, len(after))]
    return [*SequenceMatcher(None, before, after, autojunk=False).get_opcodes()]
