"""What is read off a body."""

from newsroom.lib import html

BODY = (
    '<figure data-photo="12"><figcaption>A mill</figcaption></figure>'
    "<p>One <strong>two</strong>.</p><h2>Three</h2>"
    "<blockquote><p>four</p></blockquote><ul><li><p>five</p><p>six</p></li><li>seven</li></ul>"
    '<figure data-photo="3"></figure><p>eight<br>nine &lt; 10&nbsp;km</p>'
    '<figure data-photo="12"></figure><p>Ten</p>'
)


def test_plain_text_has_a_blank_line_between_blocks() -> None:
    assert html.plain(BODY).split("\n\n") == [
        *["A mill", "One two.", "Three", "four", "five", "six", "seven"],
        *["eight\nnine < 10\xa0km", "Ten"],
    ]


def test_plain_text_holds_no_code() -> None:
    assert html.plain("<p>x<script>alert(1)</script></p>") == "x"


def test_photos_come_in_order_without_repeats() -> None:
    assert html.photo_ids(BODY) == [12, 3]
