"""The links of a round-up: where they lead, and how they are counted."""

import re
from collections.abc import Callable
from html import escape, unescape
from typing import Any

from newsletter.content import HREF, Content

# In plain text: in angle brackets, alone on its line, or without the full stop behind it.
IN_TEXT = re.compile(
    r"""(?<=<)https?://[^\s<>]+(?=>) | ^https?://\S+$ | https?://[^\s<>"]*[^\s<>".,;:!?'’”)]""",
    re.MULTILINE | re.VERBOSE,
)


def destinations(content: Content) -> list[str]:
    """The web addresses that the letter leads to, in order, each once; the frame's left out."""
    found: dict[str, None] = {}

    def note(url: str) -> str:
        found.setdefault(url)
        return url

    changed(content, note)
    return list(found)


def counted(content: Content) -> Content:
    """`content` with its links leading through the counter, where clicks are counted."""
    if not content["go"]:
        return content
    through = {url: f"{content['go']}{n}/" for n, url in enumerate(destinations(content))}
    text = IN_TEXT.sub(lambda found: through.get(found[0], found[0]), content["text"])
    return {**changed(content, through.__getitem__), "text": text}


def in_text(text: str) -> list[str]:
    """The web addresses in a plain text."""
    return [found[0] for found in IN_TEXT.finditer(text)]


def trap(content: Content) -> str:
    """A link that no person sees, where clicks are counted: who follows it is a robot."""
    return f"{content['go']}{len(destinations(content))}/" if content["go"] else ""


def changed(content: Content, change: Callable[[str], str]) -> Content:
    """`content` with each of its web addresses changed, asked for in the order of the letter."""

    def web(url: str) -> str:
        return change(url) if url.startswith(("https://", "http://")) else url

    def rich(html: str) -> str:
        return HREF.sub(lambda found: escape(web(unescape(found[0]))), html)

    def linked(one: Any) -> Any:
        new = {**one, "url": web(one["url"])}
        return {**new, "text": rich(one["text"])} if "on" in one else new

    def block(one: Any) -> Any:
        match one["kind"]:
            case "lead":
                return {**one, "item": linked(one["item"])}
            case "group" | "corrections":
                return {**one, "items": [linked(item) for item in one["items"]]}
            case "text":
                return {**one, "body": rich(one["body"])}
            case "appeal":
                texts = {name: rich(one[name]) for name in ("html", "tax") if name in one}
                amounts = [linked(amount) for amount in one.get("amounts", [])]
                return {**linked(one), **texts, "amounts": amounts}
            case _:
                return linked(one)

    opening = rich(content["opening"])
    return {**content, "opening": opening, "blocks": [block(one) for one in content["blocks"]]}
