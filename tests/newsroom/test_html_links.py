"""Where a body may point: links, photos of the library, pages of videos."""

import pytest

from newsroom.lib import html


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("https://example.org/x?a=1&b=2#c", "https://example.org/x?a=1&amp;b=2#c"),
        ("HTTP://Example.org", "http://Example.org"),
        ("www.example.org/x", "https://www.example.org/x"),
        ("WWW.example.org", "https://WWW.example.org"),
        (" https://example.org/ ", "https://example.org/"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/łódź", "https://example.org/łódź"),
        ("mailto:desk@example.org?subject=x", "mailto:desk@example.org?subject=x"),
        ("/2024/05/x/#y", "/2024/05/x/#y"),
        ("/", "/"),
    ],
)
def test_link_is_kept(given: str, stored: str) -> None:
    assert html.clean(f'<a href="{given}">x</a>') == f'<p><a href="{stored}">x</a></p>'


@pytest.mark.parametrize(
    "href",
    [
        *["", "#", "#note-1", "x.html", "../x", "?q=1", "//example.org", "/\\example.org"],
        *[
            "javascript:alert(1)",
            "java&Tab;script:alert(1)",
            "data:text/html,x",
            "tel:1",
            "ftp://x",
        ],
        *["http:", "https://", "https:example.org", "https://[", "https://example.org:port/"],
        "https://example.org/" + "x" * 2000,
    ],
)
def test_link_to_elsewhere_is_only_text(href: str) -> None:
    assert html.clean(f'<a href="{href}">x</a>') == "<p>x</p>"


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("<figure data-photo=7></figure>", '<figure data-photo="7"></figure>'),
        (
            "<figure data-photo=7><img src=x><figcaption><p>a</p><p><b>b</b><br>c</p></figure>",
            '<figure data-photo="7"><figcaption>a <strong>b</strong> c</figcaption></figure>',
        ),
        ("<figure data-photo=7><figcaption> </figure>", '<figure data-photo="7"></figure>'),
        (
            "<figure data-photo=7><figcaption><h3>x</h3></figcaption></figure>",
            '<figure data-photo="7"><figcaption>x</figcaption></figure>',
        ),
        ("<figure data-photo=7>x</figure>", '<figure data-photo="7"></figure><p>x</p>'),
        ("<p>a<figure data-photo=7></figure>b", '<p>a</p><figure data-photo="7"></figure><p>b</p>'),
        (
            "<ul><li>a<figure data-photo=7></figure>b</ul>",
            '<ul><li>a</li></ul><figure data-photo="7"></figure><ul><li>b</li></ul>',
        ),
        ("<figure data-photo=07><figcaption>x</figure>", "<p>x</p>"),
        ("<figure data-photo='1 2'></figure>", ""),
        ("<figure><img src=x><figcaption>y</figcaption></figure>", "<p>y</p>"),
        ("<img src=x alt=y>", ""),
    ],
)
def test_photo_is_a_number_and_a_caption(given: str, stored: str) -> None:
    assert html.clean(given) == stored


@pytest.mark.parametrize(
    "page",
    [
        "https://www.youtube.com/watch?v=a1B2c3D4e5F",
        "https://www.youtube.com/watch?list=PL1&amp;v=a1B2c3D4e5F&amp;t=90",
        "https://m.youtube.com/watch?v=a1B2c3D4e5F",
        "https://youtube.com/shorts/a1B2c3D4e5F",
        "https://www.youtube.com/live/a1B2c3D4e5F?si=x",
        "https://youtu.be/a1B2c3D4e5F?t=90",
        "https://vimeo.com/123456789",
        "https://vimeo.com/channels/staff-picks/123456789#t=5",
    ],
)
def test_video_is_kept(page: str) -> None:
    figure = f'<figure data-embed="{page}"><figcaption>x</figcaption></figure>'

    assert html.clean(figure) == figure


@pytest.mark.parametrize(
    "page",
    [
        *["", "javascript:alert(1)", "http://youtu.be/a1B2c3D4e5F", "//youtu.be/a1B2c3D4e5F"],
        *["https://example.org/video", "https://youtu.be.example.org/a1B2c3D4e5F"],
        *["https://youtu.be@example.org/a1B2c3D4e5F", "https://www.youtube.com/embed/a1B2c3D4e5F"],
        *["https://www.youtube.com/watch?v=", "https://vimeo.com/x", "https://vimeo.com/1?&quot;"],
    ],
)
def test_video_from_elsewhere_leaves_its_caption(page: str) -> None:
    figure = f'<figure data-embed="{page}"><figcaption>x</figcaption></figure>'

    assert html.clean(figure) == "<p>x</p>"
