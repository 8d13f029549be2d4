"""What editors paste, in the shapes of the programs it comes from, and what becomes of it."""

import re
from pathlib import Path

import pytest

from newsroom.lib import html
from tests.newsroom.html_contract import faults, text

FOLDER = Path(__file__).parent / "html_corpus/paste"
PROGRAMS = [path.name.removesuffix(".clean.html") for path in sorted(FOLDER.glob("*.clean.html"))]
UNPRINTED = re.compile(
    r"<(head|style|script|iframe|svg)\b.*?</\1>|<!--.*?-->|<!\[.*?>"
    r"|<span style='mso-list:Ignore'>.*?</span></span>",  # a bullet, as text
    re.DOTALL,
)

pasted = pytest.mark.parametrize("program", PROGRAMS)


def read(name: str) -> str:
    return (FOLDER / f"{name}.html").read_text()


@pasted
def test_paste_becomes_what_an_editor_would_write(program: str) -> None:
    lines = html.clean(read(program)).replace("><", ">\n<").split("\n")

    assert lines == read(f"{program}.clean").strip().replace("><", ">\n<").split("\n")


@pasted
def test_paste_keeps_the_contract(program: str) -> None:
    assert not faults(html.clean(read(program)))


@pasted
def test_paste_keeps_all_its_text(program: str) -> None:
    assert text(html.clean(read(program))) == text(UNPRINTED.sub("", read(program)))
