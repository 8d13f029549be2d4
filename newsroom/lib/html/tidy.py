"""From any markup to the blocks of a body; what Word, Google Docs and others add is left behind."""

import re
from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from newsroom.lib.html import marks
from newsroom.lib.html.blocks import BREAK, Block, Box, Run, one_line, paragraphs_of
from newsroom.lib.html.guard import PULL_QUOTE, UNPRINTED, UNWRITABLE, photo, video
from newsroom.lib.html.tokens import Close, Open, tokens

_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
_LISTS = {"ul", "ol"}
# Elements that begin and end a paragraph.
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main"
    " menu nav ol optgroup option p pre search section summary table tbody td tfoot th thead tr ul"
    .split()
)  # fmt: skip
_VOID = frozenset(
    "area base basefont bgsound col embed frame image img input keygen link meta param source"
    " track wbr".split()
)
_WORD_LIST = re.compile(r"mso-list\s?:\s?(l\d{1,4}) level(\d)")
_WORD_LABEL = re.compile(r"mso-list\s?:\s?ignore")
_WORD_NUMBER = re.compile(r"\s*\(?(?:\d{1,4}|[a-zA-Z]{1,5})[.)]")
_MAX_OPEN = 12  # elements that matter, one in another
_MAX_PATH = 6  # three levels of lists, in a quotation or not


class _Inline(NamedTuple):
    name: str
    changes: tuple[marks.Change, ...]
    marks: tuple[str, ...]  # what is on inside


class _Container(NamedTuple):
    name: str
    path: tuple[Box, ...]  # outside it, as is the tag
    tag: str


def tidy(html: str) -> list[Block]:
    """The blocks of `html`, none empty. Raises TooLong."""
    reader = _Reader()
    reader.read(tokens(UNWRITABLE.sub("", html)))
    for block in reader.blocks:
        if block.tag == "figure":
            block.runs = one_line(block.runs)
    return reader.blocks


class _Reader:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._runs: list[Run] = []
        self._inlines: list[_Inline] = []
        self._containers: list[_Container] = []
        self._path: tuple[Box, ...] = ()
        self._tag = "p"
        self._figure = Block("figure")
        self._word_list: tuple[str, Box] | None = None

    def read(self, tokens: Iterable[Open | Close | str]) -> None:
        skipped, depth = "", 0  # the unprinted element that we are in
        for token in tokens:
            if skipped:
                if isinstance(token, str):
                    self._label(token)
                elif token.name == skipped:
                    depth += 1 if isinstance(token, Open) else -1
                    skipped = skipped if depth else ""
            elif isinstance(token, str):
                self._runs.append((UNWRITABLE.sub("", token).replace(BREAK, " "), self._marks))
            elif isinstance(token, Close):
                self._close(token.name)
            elif _is_unprinted(token):
                skipped, depth = token.name, 1
            else:
                self._open(token)
        self._flush()

    @property
    def _marks(self) -> tuple[str, ...]:
        return self._inlines[-1].marks if self._inlines else ()

    def _open(self, token: Open) -> None:
        if token.name == "br":
            self._runs.append((BREAK, ()))
        elif token.name in _BLOCKS:
            self._open_block(token)
        elif token.name not in _VOID:
            self._open_inline(token)

    def _close(self, name: str) -> None:
        if name in _BLOCKS:
            self._flush()
            self._leave(name)
        elif name == "br":
            self._runs.append((BREAK, ()))
        else:
            self._close_inline(name)

    def _open_inline(self, token: Open) -> None:
        if token.name == "a":
            self._close_inline("a")
        changes = tuple(marks.changes(token))
        # One that changes nothing counts only if its end tag could be taken for another's.
        if changes or any(one.name == token.name for one in self._inlines):
            del self._inlines[: 1 - _MAX_OPEN]
            self._push(token.name, changes)

    def _push(self, name: str, changes: tuple[marks.Change, ...]) -> None:
        self._inlines.append(_Inline(name, changes, marks.apply(changes, self._marks)))

    def _close_inline(self, name: str) -> None:
        """End the latest `name`; what was opened inside it goes on, as in a browser."""
        names = [one.name for one in self._inlines]
        if name not in names:
            return
        at = len(names) - 1 - names[::-1].index(name)
        inside = self._inlines[at + 1 :]
        del self._inlines[at:]
        for one in inside:
            self._push(one.name, one.changes)

    def _open_block(self, token: Open) -> None:
        self._flush()
        if self._containers and self._containers[-1].name == "p":
            self._leave("p")
        if token.name == "li":
            self._leave("li")
        outside = _Container(token.name, self._path, self._tag)
        enter = self._ENTER.get(token.name)
        if len(self._containers) < _MAX_OPEN and enter and enter(self, token):
            self._containers.append(outside)

    # Each of these says whether it is a container, whose end tag leads back out.

    def _enter_heading(self, token: Open) -> bool:
        if self._tag != "figcaption":
            self._tag = _HEADINGS[token.name]
        return True

    def _enter_item(self, token: Open) -> bool:
        if self._path and self._path[-1].tag in _LISTS:
            self._path += (Box("li"),)
        return True

    def _enter_quotation(self, token: Open) -> bool:
        self._path = self._path or (Box("blockquote"),)
        return True

    def _enter_aside(self, token: Open) -> bool:
        if PULL_QUOTE in token.attributes.get("class", "").split():
            self._path = (Box("aside"),)
        return True

    def _enter_figure(self, token: Open) -> bool:
        if attribute := _figure(token.attributes):
            self._path, self._tag = (), "p"
            self._figure = Block("figure", attribute=attribute)
            self.blocks.append(self._figure)
        return bool(attribute)

    def _enter_caption(self, token: Open) -> bool:
        if any(container.name == "figure" for container in self._containers):
            self._tag = "figcaption"
        return True

    def _enter_paragraph(self, token: Open) -> bool:
        """Word's list items are paragraphs that name their list and level."""
        item = _WORD_LIST.search(token.attributes.get("style", ""))
        if not item or any(box.tag != "blockquote" for box in self._path):
            return False
        self._enter_word_item(item[1], int(item[2]))
        return True

    def _enter_list(self, token: Open) -> bool:
        path, last = self._path, self._last_path()
        beside = last[len(path) :] if last[: len(path)] == path else ()
        if path and path[-1].tag in _LISTS:  # it belongs to the item before it
            if not beside:
                return True
            path, beside = (*path, beside[0]), beside[1:]
        if len(path) >= _MAX_PATH or any(box.tag == "aside" for box in path):
            return True
        # Word on the web wraps each item in a list of its own.
        is_same = "ListStyle" in token.attributes.get("class", "")
        if is_same and beside and beside[0].tag == token.name:
            self._path = (*path, beside[0])
        else:
            self._path = (*path, Box(token.name))
        return True

    def _enter_word_item(self, name: str, level: int) -> None:
        path, last = self._path, self._last_path()[len(self._path) :]
        kept = last[: 2 * min(level, 3) - 1] if last and self._word_list == (name, last[0]) else ()
        if not kept or kept[-1].tag == "li":
            kept += (Box("ul"),)
        self._word_list = (name, kept[0])
        self._path = (*path, *kept, Box("li"))

    def _label(self, text: str) -> None:
        """Word writes an item's bullet or number as text, hidden behind a style."""
        is_item = self._containers and self._containers[-1].name == "p"
        if is_item and _WORD_NUMBER.match(text):
            self._path[-2].tag = "ol"

    _ENTER = {
        **dict.fromkeys(_HEADINGS, _enter_heading),
        **dict.fromkeys(_LISTS, _enter_list),
        "li": _enter_item,
        "blockquote": _enter_quotation,
        "aside": _enter_aside,
        "figure": _enter_figure,
        "figcaption": _enter_caption,
        "p": _enter_paragraph,
    }

    def _leave(self, name: str) -> None:
        for i in range(len(self._containers) - 1, -1, -1):
            container = self._containers[i]
            if container.name == name:
                self._path, self._tag = container.path, container.tag
                del self._containers[i:]
                return
            if name == "li" and container.name in _LISTS:
                return

    def _last_path(self) -> tuple[Box, ...]:
        return self.blocks[-1].path if self.blocks else ()

    def _flush(self) -> None:
        runs, self._runs = self._runs, []
        if self._tag == "figcaption":
            self._figure.runs += [(" ", ()), *runs]
            return
        if not runs:
            return
        path = self._path
        for part in paragraphs_of(runs):
            if path and path[-1].tag in _LISTS:
                path += (Box("li"),)
            in_text = all(box.tag == "blockquote" for box in path)
            self.blocks.append(Block(self._tag if in_text else "p", path, part))


def _is_unprinted(token: Open) -> bool:
    style = token.attributes.get("style", "")[:1000].lower()
    return token.name in UNPRINTED or bool(_WORD_LABEL.search(style))


def _figure(attributes: dict[str, str]) -> str:
    if number := photo(attributes.get("data-photo", "")):
        return f'data-photo="{number}"'
    if url := video(attributes.get("data-embed", "")):
        return f'data-embed="{escape(url)}"'
    return ""
