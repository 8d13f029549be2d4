"""What a stored body may hold, said a second time: an independent parser, nothing of the cleaner.

Shared by the tests of the cleaner.
"""

import re
from xml.etree.ElementTree import Element

import html5lib
from html5lib.serializer import HTMLSerializer

INLINE = {"strong", "em", "a", "br"}
HOLDS_INLINE = {"p", "h2", "h3", "figcaption", "strong", "em", "a"}
BLOCKS = {"p", "h2", "h3", "ul", "ol", "blockquote", "aside", "figure"}
CHILDREN = {
    "DOCUMENT_FRAGMENT": BLOCKS,
    **dict.fromkeys(HOLDS_INLINE, INLINE),
    "ul": {"li"},
    "ol": {"li"},
    "li": INLINE | {"p", "ul", "ol"},
    "blockquote": {"p", "h2", "h3", "ul", "ol"},
    "aside": {"p"},
    "figure": {"figcaption"},
}
ATTRIBUTES = {
    "a": r"href=(https?://[^\s/]|mailto:\S|/(?!/))\S*",
    "aside": r"class=pull-quote",
    "figure": r"data-photo=[1-9]\d*|data-embed=https://([a-z]+\.)?(youtube\.com|youtu\.be|vimeo\.com)/\S+",
}
UNWANTED = re.compile("[\0-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def parse(html: str) -> Element:
    fragment: Element = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return fragment


def faults(html: str) -> list[str]:
    """What in `html` no body may hold; [] if it keeps the contract."""
    found = [f"character {char!r}" for char in UNWANTED.findall(html)]
    for parent in parse(html).iter():
        name = str(parent.tag)
        allowed = CHILDREN.get(name, set())
        found += [f"{child.tag} in {name}" for child in parent if child.tag not in allowed]
        attributes = " ".join(f"{key}={value}" for key, value in parent.attrib.items())
        if not re.fullmatch(ATTRIBUTES.get(name, ""), attributes):
            found.append(f"{attributes!r} on {name}")
        texts = [parent.text, *(child.tail for child in parent)]
        if name not in HOLDS_INLINE | {"li"} and any(texts):
            found.append(f"text {texts} in {name}")
    return found


def inline_faults(html: str) -> list[str]:
    """The same for a line: text with strong, em and a."""
    return faults(f"<p>{html}</p>") + ["br"] * html.count("<br")


def parsed_again(html: str) -> str:
    """`html` as a browser writes it that has read it."""
    walk = html5lib.getTreeWalker("etree")
    serializer = HTMLSerializer(quote_attr_values="always", omit_optional_tags=False)
    written: str = serializer.render(walk(parse(html)))
    return written.replace("\xa0", "&nbsp;")


def text(html: str) -> str:
    """The words of `html`, one space wherever a reader sees a space or a new line."""
    apart = re.sub(
        r"(?i)</?(?!(?:a|b|i|em|strong|span|font|u|o:p|sup|ins)\b)[a-z]", r" \g<0>", html
    )
    return " ".join("".join(parse(apart).itertext()).split())
