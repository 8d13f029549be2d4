"""A round-up as plain text: the same words and links as the letter, in the same order."""

import re
from collections.abc import Iterable
from textwrap import fill

from newsletter import links
from newsletter.content import Appeal, Block, Content, Correction, Piece
from newsroom.lib import html

WIDTH = 76  # as mail has been set since 72 to 78 columns were a screen
RULE, DOUBLE = "-" * WIDTH, "=" * WIDTH
PERSONAL = """\
Unsubscribe: personal:leave
Your preferences: personal:preferences
Read it in the browser: personal:archive"""
_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)


def text(content: Content) -> str:
    """The text with its personal parts open; its middle as somebody wrote it, if they did."""
    letter = links.counted(content)
    return "\n\n".join([head(letter), letter["text"] or body(letter), foot(letter)]) + "\n"


def body(content: Content) -> str:
    """What stands between head and foot, which the desk may edit."""
    parts = [prose(content["opening"]), *(block_text(block) for block in content["blocks"])]
    return "\n\n".join(filter(None, parts))


def head(content: Content) -> str:
    who = f"{content['publication']}, {content['covers']}"
    return f"{content['newsletter'].upper()}\n{who}\n{content['site_url']}/\n{DOUBLE}"


def foot(content: Content) -> str:
    why = wrapped(f"You get this letter because you asked for {content['newsletter']}.")
    address = content["postal_address"] or content["publication"]
    return f"{DOUBLE}\n{why}\n\n{PERSONAL}\n\n{address}"


def block_text(block: Block) -> str:
    if block["kind"] == "lead":
        return piece(block["item"])
    if block["kind"] == "group":
        return section(block["label"], [piece(item) for item in block["items"]])
    if block["kind"] == "text":
        return section("", [prose(block["body"])])
    if block["kind"] == "corrections":
        return section("Corrections", [correction(notice) for notice in block["items"]])
    return section(block["title"], appeal(block))


def appeal(block: Appeal) -> list[str]:
    """One of before there were more keys has neither markup nor amounts."""
    words = prose(block["html"]) if "html" in block else wrapped(block["text"])
    offers = [f"{amount['label']}:\n{amount['url']}" for amount in block.get("amounts", [])]
    button, tax = f"{block['button']}:\n{block['url']}", linear(block.get("tax", ""))
    return list(filter(None, [words, *offers, button, wrapped(tax)]))


def section(label: str, parts: Iterable[str]) -> str:
    title = [label.upper()] if label else []
    return "\n\n".join(["\n".join([RULE, *title]), *parts])


def piece(shown: Piece) -> str:
    by = ", by ".join(filter(None, (shown["label"], shown["byline"])))
    lines = [wrapped(shown["headline"]), wrapped(shown["blurb"]), wrapped(by), shown["url"]]
    return "\n".join(filter(None, lines))


def correction(notice: Correction) -> str:
    said = f"{notice['kind']}, {notice['on']}. {linear(notice['text'])}"
    return "\n".join([wrapped(notice["headline"]), notice["url"], wrapped(said)])


def prose(stored: str) -> str:
    """Clean HTML as paragraphs, links in angle brackets behind their words."""
    paragraphs = linear(stored.replace("<li>", "<li>- ")).split("\n")
    return "\n".join(wrapped(paragraph) for paragraph in paragraphs)


def linear(stored: str) -> str:
    return html.plain(_LINK.sub(r"\2 &lt;\1&gt;", stored))


def wrapped(words: str) -> str:
    """In lines of WIDTH, but for addresses, which are never broken."""
    return fill(words, WIDTH, break_long_words=False, break_on_hyphens=False)
