"""Two texts of a piece beside each other, for people to read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles import snapshots
from articles.content import blocks
from articles.merging import pairing
from articles.snapshots import Content
from newsroom.lib import html
from newsroom.lib.differences import changes, words

KINDS = {"h2": "Sub-head", "h3": "Sub-head", "blockquote": "Quote", "aside": "Pull quote"}
KINDS |= {"ul": "List", "ol": "List", "figure": "Picture or video"}
LINK = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
FIGURE = re.compile(r'<figure data-(photo|embed)="([^"]*)">')


@dataclass(frozen=True)
class Row:
    """A block of the body; `n` unchanged ones are one row without a text."""

    kind: str = ""  # sub-head, quote ...; "" for a paragraph
    html: SafeString | str = ""
    n: int = 0


@dataclass(frozen=True)
class Difference:
    """One field: a line with <del> and <ins>, or the rows of a body."""

    name: str
    label: str
    html: SafeString | str = ""
    rows: list[Row] = field(default_factory=list)


def differences(before: Content, after: Content) -> list[Difference]:
    """What has changed from one to the other, in the order in which people read about a piece."""
    return [
        difference(name, before.get(name), after.get(name))
        for name in snapshots.changed(before, after)
    ]


def difference(name: str, old: Any, new: Any) -> Difference:
    label = snapshots.LABELS[name]
    if name == "body":
        return Difference(name, label, rows=list(body_rows(old or "", new or "")))
    if isinstance(old or new, list):
        return Difference(name, label, items(old or [], new or []))
    if name in {"headline", "deck", "photo_caption"}:
        return Difference(name, label, words(old or "", new or ""))
    return Difference(name, label, replaced(said(old), said(new)))


def said(value: Any) -> str:
    """A value of a field as people say it."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dict):
        credit = f" ({value['credit']})" if value.get("credit") else ""
        role = f"{value['role']} " if value.get("role") else ""
        return f"{role}{value['name']}{credit}"
    return str(value or "")


def replaced(old: str, new: str) -> SafeString:
    gone = format_html("<del>{}</del>", old) if old else ""
    come = format_html("<ins>{}</ins>", new) if new else ""
    return format_html("{} {}", gone, come)


def items(old: list[Any], new: list[Any]) -> SafeString:
    """Entries of a list that have gone, come or stayed; an order that changed counts as both."""
    before, after = [said(item) for item in old], [said(item) for item in new]
    parts = []
    for kind, i, j, k, m in changes(before, after):
        if kind == "equal":
            parts += [format_html("<span>{}</span>", item) for item in after[k:m]]
            continue
        parts += [format_html("<del>{}</del>", item) for item in before[i:j]]
        parts += [format_html("<ins>{}</ins>", item) for item in after[k:m]]
    return format_html_join(" ", "{}", ((part,) for part in parts))


def body_rows(old: str, new: str) -> Iterator[Row]:
    """The blocks of both, rewritten ones word by word, unchanged ones counted."""
    before, after = blocks(old), blocks(new)
    for kind, i, j, k, m in changes(before, after):
        if kind == "equal":
            yield Row(n=m - k)
        else:
            yield from changed_rows(before[i:j], after[k:m])


def changed_rows(before: list[str], after: list[str]) -> Iterator[Row]:
    """Blocks that stand between unchanged ones, rewritten ones word by word."""
    old, new = [readable(block) for block in before], [readable(block) for block in after]
    gone, come = 0, 0
    for b, s in [*pairing(old, new), (len(old), len(new))]:
        yield from (row(before[n], words(old[n], "")) for n in range(gone, b))
        yield from (row(after[n], words("", new[n])) for n in range(come, s))
        if b < len(old):
            yield row(after[s], rewritten(before[b], after[s]))
        gone, come = b + 1, s + 1


def rewritten(old: str, new: str) -> SafeString:
    before, after = readable(old), readable(new)
    if before != after:
        return words(before, after)
    return format_html("{} <ins>{}</ins>", after, "(set in another way: bold, italics or kind)")


def row(block: str, text: SafeString) -> Row:
    tag = re.match(r"<(\w+)", block)
    return Row(kind=KINDS.get(tag[1] if tag else "", ""), html=text)


def readable(block: str) -> str:
    """The words of a block, with where its links lead and what its figure is."""
    figure = FIGURE.match(block)
    what = f"[{figure[1]} {figure[2]}] " if figure else ""
    linked = LINK.sub(lambda link: f"{link[2]} ({link[1]})", block)
    return what + " ".join(html.plain(linked).split())
