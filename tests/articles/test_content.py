import pytest

from articles import content
from tests.factories import make_photo

LIST = "<ul><li>a<ul><li>b</li></ul></li></ul>"


PHOTO = '<figure data-photo="7"></figure>'


@pytest.mark.parametrize(
    ("body", "shown", "rest"),
    [
        ("<p>1</p><p>2</p><h2>x</h2><p>3</p>", "<p>1</p><p>2</p>", "<h2>x</h2><p>3</p>"),
        (f"{PHOTO}<p>1</p><p>2</p><p>3</p>", "<p>1</p><p>2</p>", f"{PHOTO}<p>3</p>"),
        ("<p>1</p><h2>x</h2><p>2</p>", "<p>1</p>", "<h2>x</h2><p>2</p>"),
        (PHOTO, "", PHOTO),
    ],
)
def test_fold_shows_the_first_paragraphs_and_keeps_the_order(
    body: str, shown: str, rest: str
) -> None:
    assert content.fold(body, 2) == (shown, rest)


@pytest.mark.parametrize(
    "body", ["", LIST, "<p>only</p>", f"<blockquote><p>q</p></blockquote>{LIST}"]
)
def test_fold_loses_nothing(body: str) -> None:
    assert "".join(content.fold(body, 1)) == body


def test_blocks_keep_nested_lists_whole() -> None:
    assert content.blocks(f"<p>a<br>b</p>{LIST}<p>c</p>") == ["<p>a<br>b</p>", LIST, "<p>c</p>"]


def test_sub_heads_go_down_a_level_under_another_headline() -> None:
    assert content.render("<h2>a</h2><h3>b</h3>", {}, demote=True) == "<h3>a</h3><h4>b</h4>"


@pytest.mark.django_db
def test_photo_in_the_body_shows_what_the_library_says_today() -> None:
    photo = make_photo(caption="Old caption", photographer="Ann")
    body = f'<figure data-photo="{photo.pk}"></figure>'
    photo.photographer = "Anna"
    photo.save()

    html = content.render(body, content.photos_in(body))

    assert "Old caption" in html
    assert "Anna/Agency" in html


@pytest.mark.django_db
def test_own_caption_replaces_the_photos() -> None:
    photo = make_photo(caption="Library caption")
    body = f'<figure data-photo="{photo.pk}"><figcaption>Here &amp; now</figcaption></figure>'

    html = content.render(body, content.photos_in(body))

    assert "Here &amp; now" in html
    assert "Library caption" not in html


def test_photo_that_is_gone_leaves_no_trace() -> None:
    assert content.render('<p>a</p><figure data-photo="9"></figure>', {}) == "<p>a</p>"


@pytest.mark.parametrize(
    ("page", "player"),
    [
        (
            "https://www.youtube.com/watch?v=abcDEF12345&t=3",
            "https://www.youtube-nocookie.com/embed/abcDEF12345",
        ),
        ("https://youtu.be/abcDEF12345", "https://www.youtube-nocookie.com/embed/abcDEF12345"),
        ("https://vimeo.com/123456789", "https://player.vimeo.com/video/123456789"),
    ],
)
def test_video_page_leads_to_its_player(page: str, player: str) -> None:
    embed = content.parse_embed(page)

    assert embed is not None
    assert embed.player == player


@pytest.mark.parametrize(
    "page",
    [
        "https://example.org/watch?v=abcDEF12345",
        "https://youtube.com.evil.example/embed/x12345",
        "https://youtube.com/",
    ],
)
def test_other_addresses_have_no_player(page: str) -> None:
    assert content.parse_embed(page) is None
