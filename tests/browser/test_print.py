"""An article on paper."""

import pytest
from playwright.sync_api import BrowserContext, Page

from articles.models import Article
from tests.browser.magazine import make_magazine
from tests.factories_donations import make_live, make_rules

pytestmark = pytest.mark.browser


@pytest.fixture
def piece(context: BrowserContext) -> Article:
    make_rules()
    for slot in ("top", "body", "foot"):
        make_live("Ask of the season.", slot=slot)
    return make_magazine()


def test_paper_has_the_piece_and_nothing_to_press(page: Page, piece: Article) -> None:
    page.emulate_media(media="print")
    page.goto(piece.get_absolute_url(), wait_until="networkidle")

    text = page.inner_text("body")

    kept = ["Parley", piece.headline, "Elif Karadeniz", "Paragraph 7", "Top photo credit"]
    kept += ["Own caption", "What was wrong.", piece.get_absolute_url()]
    assert [words for words in kept if words not in text] == []
    dropped = ["Ask of the season", "Sign up", "Donate", "Keep reading", "Related", "Latest"]
    dropped += ["Share", "Play the video", "Skip to", "Menu", "Sections", "Search"]
    assert [words for words in dropped if words.lower() in text.lower()] == []
    assert page.locator("time").first.inner_text() in text
