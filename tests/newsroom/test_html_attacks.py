"""Known and systematically made attacks, judged by a parser that is not the cleaner's."""

import json
from functools import cache
from pathlib import Path

import pytest

from newsroom.lib import html
from tests.newsroom.html_contract import faults, inline_faults, parsed_again

# One vector a line: its kind and the markup.
ATTACKS: list[tuple[str, str]] = [
    tuple(json.loads(line))
    for line in (Path(__file__).parent / "html_corpus/attacks.jsonl").read_text().splitlines()
]
KINDS = sorted({kind for kind, _ in ATTACKS})


@cache
def vectors(kind: str) -> list[str]:
    return [vector for other, vector in ATTACKS if other == kind]


@cache
def bodies(kind: str) -> list[str]:
    return [html.clean(vector) for vector in vectors(kind)]


def test_corpus_is_large_and_has_no_repeats() -> None:
    assert len({vector for _, vector in ATTACKS}) == len(ATTACKS) >= 500


@pytest.mark.parametrize("kind", KINDS)
def test_body_keeps_the_contract(kind: str) -> None:
    assert not {body: found for body in bodies(kind) if (found := faults(body))}


@pytest.mark.parametrize("kind", KINDS)
def test_line_keeps_the_contract(kind: str) -> None:
    assert not {v: found for v in vectors(kind) if (found := inline_faults(html.clean_inline(v)))}


@pytest.mark.parametrize("kind", KINDS)
def test_second_cleaning_changes_nothing(kind: str) -> None:
    assert [html.clean(body) for body in bodies(kind)] == bodies(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_reading_changes_nothing(kind: str) -> None:
    assert [parsed_again(body) for body in bodies(kind)] == bodies(kind)


@pytest.mark.parametrize(
    "body",
    [
        *["text", "<div>x</div>", "<p onclick=x>y</p>", "<p><img></p>"],
        *['<p><a href="javascript:x">y</a></p>', '<p><a href="//x">y</a></p>', "<p><a>x</a></p>"],
        *['<p><a href="/x" title="y">z</a></p>', "<aside><p>x</p></aside>", "<ul>x</ul>"],
        *['<figure data-photo="x"></figure>', '<figure data-photo="1">x</figure>', "<p>\x07</p>"],
        *["<svg></svg>", "<!--x-->", "<p>\u202ex</p>", '<figure data-embed="https://x/"></figure>'],
    ],
)
def test_the_judge_finds_faults(body: str) -> None:
    assert faults(body)
