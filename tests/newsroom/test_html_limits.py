"""Bounds on the cleaner's work; far above what it takes, so a slow machine does not fail them.

With CLEANER_EXAMPLES set, what is made of tags is as long as the cleaner reads at all.
"""

import json
import os
import re
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from newsroom.lib import html

pytestmark = pytest.mark.processes

MEGABYTE = 1_000_000
THOROUGH = "CLEANER_EXAMPLES" in os.environ
FULL = 79_000 if THOROUGH else 8_000  # tags; 80,000 are refused unread
SECONDS = 5 if THOROUGH else 2  # of the processor; the slowest takes a fifth
HOSTILE = {
    "deep nesting": "<div>" * 100_000 + "</div>" * 100_000,
    "deep lists": "<ul><li>" * (FULL // 2),
    "deep quotations": "<blockquote>" * FULL,
    "deep marks": "<b><i>" * (FULL // 2),
    "marks of every paragraph": "".join(f"<p><b class=c{i}>x" for i in range(FULL // 2)),
    "misnested": "<a><b></a></b><i><p></i>" * (FULL // 6),
    "closed in the wrong order": "".join(f"</x{i % 12}><x{i % 12}>" for i in range(FULL // 2)),
    "misplaced in a table": "<table>" + "x<b>y" * (FULL - 1),
    "paragraphs of a letter": "<p>x" * FULL,
    "links of a letter": "".join(f"<a href=https://example.org/{i}>x" for i in range(FULL)),
    "different attributes": "<p " + " ".join(f"a{i}=1" for i in range(120_000)) + ">x",
    "one attribute": "<p " + "a=1 " * 250_000 + ">x",
    "long attribute": "<p a='" + "x" * MEGABYTE + "'>x",
    "slashes": "<p " + "/" * MEGABYTE + ">x",
    "long tag": "<" + "a" * MEGABYTE + ">x",
    "long address": "<a href='/" + "x" * MEGABYTE + "'>y</a>",
    "long style": "<b style='" + "; font-" * 140_000 + "'>x",
    "video address": "<figure data-embed='https://youtube.com/watch?" + "a=b&" * 250_000 + "'>",
    "entities": "&amp;" * 200_000,
    "entities up to the limit": "&amp;x" * FULL,
    "entities in an attribute": "<a href='/" + "&amp;" * FULL + "'>x",
    "numbers as entities": "&#1087;" * FULL,
    "one endless entity": "&#" + "9" * MEGABYTE + ";",
    "ampersands": "&" * MEGABYTE,
    "angle brackets": "<" * MEGABYTE,
    "tags upon tags": "<b>" * 330_000,
    "comments": "<!---->" * FULL,
    "open comments": "<!--" * FULL,
    "dashes in a comment": "<!--" + "-" * MEGABYTE,
    "declarations": "<!x>" * FULL,
    "scripts in scripts": "<script>" + "<!--<script>" * (FULL // 2),
    "foreign content": "<svg><style>" * (FULL // 2),
    "spaces": " \n\t" * 330_000,
    "no-break spaces": "1\u00a0" * 500_000,
    "controls": "\0\u202e" * 500_000,
    "captions": "<figure data-photo=1>" + "<figcaption>x" * (FULL - 1),
    "Word lists": "<p style='mso-list:l0 level3 lfo1'>x" * (FULL // 2),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_megabyte_is_cleaned_or_refused_in_time(name: str) -> None:
    started = time.process_time()
    with suppress(html.TooLong):
        html.clean(HOSTILE[name])

    assert time.process_time() - started < SECONDS


@pytest.mark.processes
def test_hostile_megabytes_need_little_memory() -> None:
    program = (
        "import json, resource, sys; from newsroom.lib import html\n"
        "texts = json.load(sys.stdin)\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "for text in texts:\n"
        "    try: html.clean(text)\n"
        "    except html.TooLong: pass\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    hostile = ["<p>x" * 79_000, "".join(f"<p><b class=c{i}>x" for i in range(39_000))]
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=json.dumps(hostile),
        capture_output=True,
        text=True,
        check=True,
    )

    assert int(done.stdout) < 200_000  # kibibytes


def test_two_megabytes_of_prose_are_cleaned() -> None:
    paragraph = "<p>" + "The mills of the valley closed one by one. " * 4 + "</p>"
    body = html.clean(paragraph * (1_990_000 // len(paragraph)))

    assert body.count("<p>") > 10_000


def test_more_than_two_megabytes_are_refused() -> None:
    with pytest.raises(html.TooLong, match=r"^This text has 2,000,001 characters; at most"):
        html.clean("x" * 2_000_001)


@pytest.mark.parametrize("source", ["<p>x" * 90_000, "&amp;" * 90_000, "<!--" + "-" * MEGABYTE])
def test_too_much_markup_is_refused(source: str) -> None:
    with pytest.raises(html.TooLong, match="Paste it as plain text or in several parts"):
        html.clean(source)


@pytest.mark.parametrize("source", ["\u00a0".join("1" * 200_000), ">" * 600_000])
def test_nothing_is_stored_that_could_not_be_saved_again(source: str) -> None:
    with pytest.raises(html.TooLong):
        html.clean(source)


def test_a_long_read_stays_far_below_the_limits() -> None:
    paragraph = (
        "<p class=MsoNormal style='margin:0'><span lang=EN-GB style='font-size:11.0pt'>"
        + "Some <span class=SpellE>words</span>, <a href='https://example.org/?a=b'>a link</a> "
        * 10
        + "<o:p></o:p></span></p>"
    )
    body = html.clean(paragraph * 100)

    assert len(html.plain(body).split()) == 4_000
    assert len(re.findall("<a ", body)) == 1_000
