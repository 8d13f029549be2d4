"""bleach and nh3, each with the body's allow-list, judge the corpus; the stricter one wins."""

import re
from collections import Counter

import bleach
import pytest

from newsroom.lib import html
from newsroom.lib.html.guard import UNPRINTED, guard_body, guard_inline
from tests.newsroom.html_contract import ATTRIBUTES, BLOCKS, INLINE, parse, parsed_again
from tests.newsroom.test_html_attacks import ATTACKS

pytestmark = pytest.mark.processes

# How many vectors they judge differently, and why. Where the elements that are left differ at all,
# bleach has kept the content of code as text, markup included, and nh3 has kept nothing of it.
DIFFERENCES = {
    "content of scripts, styles, foreign elements: bleach keeps it, nh3 does not": 261,
    "addresses, photo numbers, classes: only nh3 is told their exact form": 125,
    "text alone: bleach shows broken tags and entities as text, and new lines for blocks": 26,
}
CODE, VALUES, TEXT = DIFFERENCES
HOLDS_CODE = re.compile(rf"<({'|'.join(UNPRINTED)})\b", re.IGNORECASE)
# Python's text can hold halves of characters, which nh3 takes for an error.
VECTORS = [vector.encode(errors="replace").decode() for _, vector in ATTACKS]


def bleached(markup: str) -> str:
    return bleach.clean(
        markup,
        tags=INLINE | BLOCKS | {"li", "figcaption"},
        attributes={"a": ["href"], "aside": ["class"], "figure": ["data-photo", "data-embed"]},
        protocols={"http", "https", "mailto"},
        strip=True,
    )


def elements(markup: str) -> list[str]:
    return [str(element.tag) for element in parse(markup).iter()]


def difference(vector: str) -> str | None:
    one, other = bleached(vector), guard_body(vector)
    if parsed_again(one) == parsed_again(other):
        return None
    if HOLDS_CODE.search(vector):
        return CODE
    assert elements(one) == elements(other), vector
    texts = ["".join(parse(markup).itertext()) for markup in (one, other)]
    return VALUES if texts[0] == texts[1] else TEXT


def test_every_difference_is_explained() -> None:
    assert Counter(filter(None, map(difference, VECTORS))) == DIFFERENCES


def test_both_accept_what_is_stored() -> None:
    bodies = list(map(html.clean, VECTORS))

    assert list(map(bleached, bodies)) == bodies
    assert list(map(guard_body, bodies)) == bodies


def test_guard_alone_lets_only_the_contract_through() -> None:
    for vector in VECTORS:
        for element in parse(guard_body(vector)).iter():
            assert element.tag in INLINE | BLOCKS | {"li", "figcaption", "DOCUMENT_FRAGMENT"}
            for name, value in element.attrib.items():
                assert re.fullmatch(ATTRIBUTES[str(element.tag)], f"{name}={value}"), vector


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ('<p title="x" lang="x" class="pull-quote" id="x" dir="x">y</p>', "<p>y</p>"),
        ('<aside class="pull-quote wide">x</aside>', "<aside>x</aside>"),
        ('<a href="/x" rel="x" target="_blank">y</a>', '<a href="/x">y</a>'),
        ('<a href="//x">y</a><a href="#x">z</a>', "<a>y</a><a>z</a>"),
        ('<figure data-photo="7x" data-embed="https://x/"></figure>', "<figure></figure>"),
        ("<img src=x><svg><text>x</text></svg><script>x</script>", ""),
        ('<aside class="Pull-Quote">x</aside>', "<aside>x</aside>"),
    ],
)
def test_guard_is_exact(given: str, kept: str) -> None:
    assert guard_body(given) == kept


def test_guard_of_a_line_knows_no_blocks() -> None:
    assert guard_inline("<p>x<br><strong>y</strong></p>") == "x<strong>y</strong>"
