"""The cleaner's rules, one by one."""

import pytest

from newsroom.lib import html

WORD_ITEM = (
    '<p class=MsoListParagraph style="mso-list:{} lfo1"><span style="mso-list:Ignore">{}</span>'
)


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        # marks and headings
        ("<p><b>x</b> <i>y</i></p>", "<p><strong>x</strong> <em>y</em></p>"),
        ("<h1>x</h1><h2>y</h2>", "<h2>x</h2><h2>y</h2>"),
        ("<h3>x</h3><h4>y</h4><h6>z</h6>", "<h3>x</h3><h3>y</h3><h3>z</h3>"),
        ("<p><u>x</u> <s>y</s> H<sub>2</sub>O</p>", "<p>x y H2O</p>"),
        ("<p><code>x</code><mark>y</mark><x-y>z</x-y></p>", "<p>xyz</p>"),
        ("<p><b></b><i> </i>x</p>", "<p>x</p>"),
        # marks that a style sets
        ('<p><span style="font-weight:700">x</span></p>', "<p><strong>x</strong></p>"),
        ('<p><span style="FONT-STYLE: Italic">x</span></p>', "<p><em>x</em></p>"),
        ('<b style="font-weight:normal"><p>x</p></b>', "<p>x</p>"),
        ('<p><i>x <span style="font-style:normal">y</span></i></p>', "<p><em>x</em> y</p>"),
        ('<p><span style="x-font-weight:bold">x</span></p>', "<p>x</p>"),
        # adjacent and nested marks
        ("<p><b>x</b><b>y</b></p>", "<p><strong>xy</strong></p>"),
        ("<p><b>x</b> <b>y</b></p>", "<p><strong>x y</strong></p>"),
        ("<p><b>x<b>y</b></b></p>", "<p><strong>xy</strong></p>"),
        ("<p><b>x</b><br><b>y</b></p>", "<p><strong>x<br>y</strong></p>"),
        ("<p><b>x <i>y</b> z</i></p>", "<p><strong>x <em>y</em></strong> <em>z</em></p>"),
        ("<p><i><b>x</b></i><b>y</b></p>", "<p><strong><em>x</em>y</strong></p>"),
        ("<p><b>x</p><p>y</b> z</p>", "<p><strong>x</strong></p><p><strong>y</strong> z</p>"),
        ('<a href="/x">y</a><a href="/x">z</a>', '<p><a href="/x">yz</a></p>'),
        ('<a href="/x">y<a href="/z">w</a>v', '<p><a href="/x">y</a><a href="/z">w</a>v</p>'),
        ("<p><font>x" * 30 + '<a href="/y">z</a>', "<p>x</p>" * 29 + '<p>x<a href="/y">z</a></p>'),
        ("<b>" * 30 + 'x<a href="/y">z</a>', '<p><strong>x<a href="/y">z</a></strong></p>'),
        # spaces
        ('<a href="/x">Press reports </a>said', '<p><a href="/x">Press reports</a> said</p>'),
        ('said<a href="/x"> reports</a>', '<p>said <a href="/x">reports</a></p>'),
        ("<p>x<b> y </b> z</p>", "<p>x <strong>y</strong> z</p>"),
        ("<p> x\n\ty  z </p>", "<p>x y z</p>"),
        ("<p>x&nbsp;&nbsp; y&nbsp;z</p>", "<p>x y z</p>"),
        ("<p>10&nbsp;km, 5&nbsp;%, 1&nbsp;000</p>", "<p>10&nbsp;km, 5&nbsp;%, 1&nbsp;000</p>"),
        ("<p>10&nbsp; km 10&nbsp;</p>", "<p>10 km 10</p>"),
        ("<p>x <br> y<br></p>", "<p>x<br>y</p>"),
        ("<p>x\u2028y\u2029z\x0bw\x85v</p>", "<p>x y z w v</p>"),
        # characters
        ("<p>“x” ‘y’ — z…</p>", "<p>“x” ‘y’ — z…</p>"),
        ("<p>a\0b\x01c\x7fd\x9fe</p>", "<p>abcde</p>"),
        ("<p>a\ud800b\udfffc\ufffed\ufeff</p>", "<p>abcd</p>"),
        ("<p>a\u202eb\u2066c&#x202e;d&#x2069;</p>", "<p>abcd</p>"),
        ("<p>a<b>&#x202e;</b>b</p>", "<p>ab</p>"),
        ("<p>a\u200db\u200cc\u200ed\u200f</p>", "<p>a\u200db\u200cc\u200ed\u200f</p>"),
        ("<p>&copy; &copy &lt;b> &amp;lt; &</p>", "<p>© © &lt;b&gt; &amp;lt; &amp;</p>"),
        ("<p>I <3 you</p>", "<p>I &lt;3 you</p>"),
        # paragraphs
        ("x", "<p>x</p>"),
        ("x<p>y</p>z", "<p>x</p><p>y</p><p>z</p>"),
        ("<div>x<div>y</div></div>", "<p>x</p><p>y</p>"),
        ("<p>x<p>y", "<p>x</p><p>y</p>"),
        ("x<br><br>y<br>z", "<p>x</p><p>y<br>z</p>"),
        ("<p></p><p> </p><p>&nbsp;</p><p><br></p><p>\u200b</p>", ""),
        ("<p><b>Riga</b></p><p>x</p>", "<p><strong>Riga</strong></p><p>x</p>"),
        ("<b><p>x</p><p>y</p></b>", "<p><strong>x</strong></p><p><strong>y</strong></p>"),
        ('<a href="/x"><h2>y</h2></a>', '<h2><a href="/x">y</a></h2>'),
        ("x<hr>y", "<p>x</p><p>y</p>"),
        ("<table><tr><td>x<td>y<tr><th>z</table>", "<p>x</p><p>y</p><p>z</p>"),
        ("<dl><dt>x<dd>y</dl>", "<p>x</p><p>y</p>"),
        ("<h2><p>x</p></h2>", "<h2>x</h2>"),
        ("", ""),
    ],
)
def test_text_is_tidied(given: str, stored: str) -> None:
    assert html.clean(given) == stored


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("<ul><li>x<li>y</ul>", "<ul><li>x</li><li>y</li></ul>"),
        ("<ul><li><p>x</p></li></ul>", "<ul><li>x</li></ul>"),
        ("<ul><li>x<p>y</p></li></ul>", "<ul><li><p>x</p><p>y</p></li></ul>"),
        ("<ul><li>x<ol><li>y</ol></ul>", "<ul><li>x<ol><li>y</li></ol></li></ul>"),
        ("<ul><li>x</li><ul><li>y</li></ul></ul>", "<ul><li>x<ul><li>y</li></ul></li></ul>"),
        ("<ul><ul><li>x</ul></ul>", "<ul><li>x</li></ul>"),
        ("<ul>x<li>y</ul>", "<ul><li>x</li><li>y</li></ul>"),
        ("<ul><li></li><li> </li></ul>", ""),
        ("<ul><li>x</ul><ul><li>y</ul>", "<ul><li>x</li></ul><ul><li>y</li></ul>"),
        ("<ul><li><h2>x</h2></ul>", "<ul><li>x</li></ul>"),
        ("<ul><li><blockquote>x</blockquote></ul>", "<ul><li>x</li></ul>"),
        ("<li>x", "<p>x</p>"),
        ("<ul><li>x" * 5, "<ul><li>x" * 2 + "<ul><li><p>x</p><p>x</p><p>x</p>" + "</li></ul>" * 3),
        ("<ul>x" * 4, "<ul><li>x<ul><li>x<ul><li>x</li><li>x" + "</li></ul>" * 3),
        ("<blockquote>x</blockquote>", "<blockquote><p>x</p></blockquote>"),
        ("<blockquote>x<h1>y</h1></blockquote>", "<blockquote><p>x</p><h2>y</h2></blockquote>"),
        ("<blockquote><blockquote>x</blockquote>y", "<blockquote><p>x</p><p>y</p></blockquote>"),
        (
            '<aside class="pull-quote wide">x<ul><li>y</ul></aside>z',
            '<aside class="pull-quote"><p>x</p><p>y</p></aside><p>z</p>',
        ),
        ("<aside>x</aside>", "<p>x</p>"),
    ],
)
def test_lists_and_quotations_are_repaired(given: str, stored: str) -> None:
    assert html.clean(given) == stored


@pytest.mark.parametrize(
    ("items", "stored"),
    [
        (["l0 level1", "l0 level1"], "<ul><li>0</li><li>1</li></ul>"),
        (["l0 level1", "l1 level1"], "<ul><li>0</li></ul><ul><li>1</li></ul>"),
        (["l0 level1", "l0 level2"], "<ul><li>0<ul><li>1</li></ul></li></ul>"),
        (
            ["l0 level1", "l0 level2", "l0 level1"],
            "<ul><li>0<ul><li>1</li></ul></li><li>2</li></ul>",
        ),
        (["l0 level3", "l0 level1"], "<ul><li>0</li><li>1</li></ul>"),
    ],
)
def test_word_list_becomes_a_list(items: list[str], stored: str) -> None:
    pasted = "".join(WORD_ITEM.format(item, "·") + f"{i}</p>" for i, item in enumerate(items))

    assert html.clean(pasted) == stored


@pytest.mark.parametrize("number", ["1.", "12)", "(a)", "iv."])
def test_word_list_with_numbers_is_numbered(number: str) -> None:
    assert html.clean(WORD_ITEM.format("l0 level1", number) + "x</p>") == "<ol><li>x</li></ol>"


@pytest.mark.parametrize(
    "name",
    "applet audio canvas datalist iframe map math noembed noframes noscript object script select"
    " style svg template textarea title video xml xmp".split(),
)
def test_what_is_not_prose_goes_with_its_content(name: str) -> None:
    assert html.clean(f"<p>a<{name}>gone</{name}>b</p>") == "<p>ab</p>"
    assert html.clean(f"a<{name.upper()}><b>gone</b>") == "<p>a</p>"


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("<p>x <b>y</b></p>", "x <strong>y</strong>"),
        ("x<br>y", "x y"),
        ("<p>x</p><p>y</p>", "x y"),
        ("<h2>x</h2><ul><li>y</ul><figure data-photo=1><figcaption>z</figure>", "x y z"),
        ('<i>Photo: <a href="/x">y </a></i>z', '<em>Photo: <a href="/x">y</a></em> z'),
        ("<script>x</script>", ""),
    ],
)
def test_line_has_only_marks_and_links(given: str, stored: str) -> None:
    assert html.clean_inline(given) == stored
