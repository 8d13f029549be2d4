"""The body as a list of blocks, and how it is written."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby

from newsroom.lib.html.guard import PULL_QUOTE

Run = tuple[str, tuple[str, ...]]  # text and its marks, each mark written as its opening tag
BREAK = "\n"
_GAPS = {" ", BREAK}

# What HTML and word processors use as the ordinary space, wherever it stands.
_SPACE = " \t\n\v\f\r\x85\xa0\u2028\u2029"
# A no-break space stays between a number and its unit.
_SPACES = re.compile(rf"(?!(?<=\d)\xa0[\w%°€£$])[{_SPACE}]+")
_INK = re.compile(r"[^\s\xad\u200b-\u200f\u2060]")


@dataclass(eq=False)
class Box:
    """A list, list item, quotation or pull quote; two of them are never equal."""

    tag: str


@dataclass
class Block:
    tag: str  # p, h2, h3 or figure
    path: tuple[Box, ...] = ()  # outermost first
    runs: list[Run] = field(default_factory=list)
    attribute: str = ""


def settle(runs: Sequence[Run]) -> list[Run]:
    """`runs` with single spaces, each outside the marks that end or begin beside it."""
    settled: list[Run] = []
    gap = ""
    for (is_break, marks), same in groupby(runs, lambda run: (run[0] == BREAK, run[1])):
        text = "".join(part for part, _ in same)
        core = text.strip(_SPACE)
        if is_break:
            gap = gap.strip(" ") + text
        elif text.lstrip(_SPACE) != text:
            gap = gap or " "
        if not core:
            continue
        if gap and settled:
            shared = tuple(mark for mark in settled[-1][1] if mark in marks)
            settled.append((gap, shared))
        settled.append((_SPACES.sub(" ", core), marks))
        gap = " " if text[-1] in _SPACE else ""
    return settled


def paragraphs_of(runs: list[Run]) -> Iterator[list[Run]]:
    """`runs` cut where two or more line breaks stand together; only parts that show something."""
    part: list[Run] = []
    for run in [*settle(runs), (BREAK * 2, ())]:
        if run[0].startswith(BREAK * 2):
            if has_ink(part):
                yield part
            part = []
        else:
            part.append(run)


def one_line(runs: Sequence[Run]) -> list[Run]:
    """`runs` settled, without line breaks; [] if nothing shows."""
    line = settle([(text.replace(BREAK, " "), marks) for text, marks in runs])
    return line if has_ink(line) else []


def has_ink(runs: list[Run]) -> bool:
    return any(_INK.search(text) for text, _ in runs)


def write(blocks: Sequence[Block], depth: int = 0) -> str:
    """The HTML of `blocks` from their `depth`-th box inwards."""
    html: list[str] = []
    for box, group in groupby(blocks, lambda block: (*block.path, None)[depth : depth + 1]):
        inside = list(group)
        if box[0] is None:
            html += map(_write_block, inside)
        else:
            html.append(_write_box(box[0], inside, depth + 1))
    return "".join(html)


def _write_box(box: Box, blocks: list[Block], depth: int) -> str:
    own = [block for block in blocks if len(block.path) == depth]
    if box.tag == "li" and len(own) == 1:
        own[0].tag = ""  # an item's only paragraph stands bare
    start = f'aside class="{PULL_QUOTE}"' if box.tag == "aside" else box.tag
    return f"<{start}>{write(blocks, depth)}</{box.tag}>"


def _write_block(block: Block) -> str:
    text = write_runs(block.runs)
    if block.tag == "figure":
        caption = text and f"<figcaption>{text}</figcaption>"
        return f"<figure {block.attribute}>{caption}</figure>"
    return f"<{block.tag}>{text}</{block.tag}>" if block.tag else text


def write_runs(runs: Sequence[Run]) -> str:
    """Inline HTML with as few tags as nesting allows: the mark that lasts longest is outermost."""
    html = []
    start = 0
    while start < len(runs):
        text, marks = runs[start]
        ends = {mark: _end(runs, start, mark) for mark in marks if text not in _GAPS}
        end = max(ends.values(), default=start + 1)
        if ends:
            mark = next(mark for mark in marks if ends[mark] == end)
            inside = [(t, tuple(m for m in ms if m != mark)) for t, ms in runs[start:end]]
            html.append(f"{mark}{write_runs(inside)}</{mark.strip('<>').split()[0]}>")
        else:
            html.append(_escape(text))
        start = end
    return "".join(html)


def _escape(text: str) -> str:
    return escape(text, quote=False).replace("\xa0", "&nbsp;").replace(BREAK, "<br>")


def _end(runs: Sequence[Run], start: int, mark: str) -> int:
    while start < len(runs) and mark in runs[start][1]:
        start += 1
    return start


def text_of(runs: Sequence[Run]) -> str:
    return "".join(text for text, _ in runs)
