"""Whatever comes in, what comes out keeps the contract; a second cleaning changes nothing.

CLEANER_EXAMPLES sets how many texts are made up.
"""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsroom.lib import html
from tests.newsroom.html_contract import faults, inline_faults, parsed_again

N_EXAMPLES = int(os.environ.get("CLEANER_EXAMPLES", "200"))

KEPT = "p h2 h3 strong em a ul ol li blockquote aside figure figcaption br".split()
TIDIED = "b i div span font h1 h4 u o:p table tr td th dl dt img hr pre center label html".split()
DANGEROUS = (
    "svg math style script title textarea noscript template iframe plaintext xmp select option"
    " desc foreignObject mglyph mtext annotation-xml form button object noembed frameset body head"
).split()
ATTRIBUTES = [
    *['style="font-weight:bold"', "style='font-style:normal;font-weight:400'", "onclick=alert(1)"],
    *["style='mso-list:l0 level1 lfo1'", "style='mso-list:l1 level2 lfo1'"],
    *["style='mso-list:Ignore'", 'class="pull-quote"', "class=BulletListStyle1", "id=x", "x='>'"],
    *['href="https://example.org/x?a=1&b=2"', "href=/x", "href='mailto:x@example.org'"],
    *['href="javascript:alert(1)"', "href=//x", "href='https://['", "href=www.example.org", "href"],
    *["data-photo=7", "data-photo=07", "data-embed=https://youtu.be/a1B2c3D4e5F", '"', "<", "="],
    "data-embed='https://www.youtube.com/watch?a=b&amp;v=a1B2c3D4e5F'",
]
TEXTS = [
    *["word", "two words", " ", " \n ", "&nbsp;", "10&nbsp;km", "1.", "(a)", "\u00a0", "\u2028"],
    *["&amp;", "&lt;b&gt;", "&", "<", ">", '"', "&copy", "&#x202e;", "&#0;", "&#13;", "\r\n"],
    *["\u200b", "\u200d", "\u3000", "\u00ad", "\ud800", "\0", "\x85", "é", "قال", "😀", "\ufdd0"],
    *["<!--", "-->", "<!x>", "<![CDATA[", "]]>", "</", "<?x", "<3"],
]

names = st.one_of(*map(st.sampled_from, (KEPT, KEPT, TIDIED, DANGEROUS)))
attributes = st.lists(st.sampled_from(ATTRIBUTES), max_size=2).map(" ".join)
starts = st.builds("<{} {}>".format, names, attributes)
ends = st.builds("</{}>".format, names)
texts = st.sampled_from(TEXTS) | st.text(max_size=4)
soups = st.lists(starts | ends | texts, max_size=25).map("".join)

bounded = settings(
    max_examples=N_EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)

pytestmark = pytest.mark.processes


@bounded
@given(soups)
def test_body_of_anything(soup: str) -> None:
    body = html.clean(soup)

    assert not faults(body)
    assert html.clean(body) == body
    assert parsed_again(body) == body
    assert html.plain(body) == html.plain(soup)


@bounded
@given(soups)
def test_line_of_anything(soup: str) -> None:
    line = html.clean_inline(soup)

    assert not inline_faults(line)
    assert html.clean_inline(line) == line
