"""The letter as plain text: the same words and links, in the same order."""

import re
from html import escape, unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletter import links, plain, rendering
from newsletter.content import Block, Content, Piece, compose
from newsroom.lib import html
from tests.factories_newsletter import make_letter
from tests.newsletter.test_letter_html import frame_once

HREF = re.compile(r'href="((?:https?|personal):[^"]*)"')
ANY_LINK = re.compile(rf"personal:\w+|{links.IN_TEXT.pattern}", re.MULTILINE | re.VERBOSE)


def both(content: Content) -> tuple[list[str], list[str]]:
    """The links of letter and text, in order, each once."""
    shown = map(unescape, HREF.findall(rendering.html(content)))
    told = (found[0] for found in ANY_LINK.finditer(rendering.text(content)))
    return list(dict.fromkeys(shown)), list(dict.fromkeys(told))


addresses = (
    st.builds(
        "https://{}.example/{}".format,
        st.sampled_from(["a", "b-c", "xn--bcher-kva"]),
        st.text("abcXYZ019-._~!$&'()*+,;=:@%/?#[]|é", max_size=80),
    )
    .map(lambda url: html.clean_inline(f'<a href="{escape(url)}">x</a>')[9:-7])
    .filter(bool)
    .map(unescape)
)
words = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"], exclude_characters="<>"),
    min_size=1,
    max_size=60,
).filter(str.strip)


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """Clean HTML with links."""
    parts = [f'<a href="{escape(draw(addresses))}">{escape(draw(words))}</a> {escape(draw(words))}']
    tag = draw(st.sampled_from(["p", "li", "h2", "blockquote"]))
    return html.clean(f"<{tag}>{' '.join(parts)}</{tag}>")


@st.composite
def pieces(draw: st.DrawFn) -> Piece:
    said = {name: draw(words) for name in ("headline", "blurb", "label", "byline")}
    numbers = {"item": 1, "article": 1, "version": 1}
    return {**numbers, **said, "deck": "", "url": draw(addresses), "picture": None}  # type: ignore[typeddict-item]


blocks = st.lists(
    st.one_of(
        st.builds(lambda item: {"kind": "lead", "item": item}, pieces()),
        st.builds(
            lambda label, items: {"kind": "group", "label": label, "items": items},
            st.one_of(st.just(""), words),
            st.lists(pieces(), min_size=1, max_size=3),
        ),
        st.builds(lambda body: {"kind": "text", "body": body}, bodies()),
    ),
    max_size=4,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(opening=bodies(), found=blocks, is_counted=st.booleans())
def test_links_are_the_same_in_both_in_the_same_order(
    opening: str, found: list[Block], *, is_counted: bool
) -> None:
    content = {**frame_once(), "opening": opening, "blocks": found}
    if is_counted:
        content["go"] = "https://parley.example/newsletter/go/7/"
    trap = links.trap(content)  # type: ignore[arg-type]

    shown, told = both(content)  # type: ignore[arg-type]

    assert [url for url in shown if url != trap] == told


@settings(max_examples=60, deadline=None)
@given(st.lists(words, min_size=1, max_size=30), addresses)
def test_lines_are_short_but_for_addresses(said: list[str], url: str) -> None:
    body = html.clean(f'<p>{escape(" ".join(said))} <a href="{escape(url)}">here</a></p>')

    lines = plain.text({**frame_once(), "opening": body}).splitlines()

    long = [line for line in lines if len(line) > plain.WIDTH]
    assert all(" " not in line for line in long)
    assert any(url in line for line in lines)


@pytest.mark.django_db
def test_text_has_all_the_letter_says() -> None:
    issue = make_letter(n=4)

    text = rendering.text(compose(issue))

    for item in issue.items.exclude(article=None).select_related("article"):
        assert item.article
        assert f"{item.article.headline}\n{item.article.deck}\n" in text
    for expected in (
        "GROUP 1",
        "PLEASE GIVE (A)",
        "Dear reader,",
        "Unsubscribe: personal:leave",
    ):
        assert expected in text


@pytest.mark.django_db
def test_text_written_by_hand_replaces_what_is_made() -> None:
    content = compose(make_letter(text="Only this week: https://example.org/"))

    text = rendering.text(content)

    assert "Only this week: https://example.org/" in text
    assert "Dear reader" not in text


@pytest.mark.django_db
def test_text_written_by_hand_still_says_how_to_leave() -> None:
    text = rendering.text(compose(make_letter(text="Only this.")))

    assert "Unsubscribe: personal:leave" in text
    assert "410 Ferryman’s Row" in text


def test_links_stand_behind_their_words() -> None:
    body = '<p>Read <a href="https://example.org/a?b=1&amp;c=2">this</a>.</p>'
    assert plain.prose(body) == "Read this <https://example.org/a?b=1&c=2>."


def test_lists_are_told_as_lists() -> None:
    assert plain.prose("<ul><li>One</li><li>Two</li></ul>") == "- One\n\n- Two"
