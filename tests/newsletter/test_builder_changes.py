"""What each address of the builder does, as plain forms and as the screen's scripts ask."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article
from newsletter.models import Issue, Item
from newsletter.services import composing
from tests.desk import logged_in
from tests.factories import make_published, make_user
from tests.roundup import make_roundup

pytestmark = pytest.mark.django_db
PARTS = {"X-Parts": "1"}


@pytest.fixture
def issue() -> Issue:
    return make_roundup("Lead", "Second", "Third", "Fourth")


@pytest.fixture
def desk() -> Client:
    return logged_in(role="newsletter editor")


def at(name: str, issue: Issue, *places: Any) -> str:
    return reverse(f"admin:newsletter_issue_{name}", args=[issue.pk, *places])


def item(issue: Issue, headline: str) -> Item:
    return issue.items.get(article__headline=headline)


def order(issue: Issue) -> list[str]:
    return [str(one) for one in issue.items.shown()]


def test_draft_is_made_with_one_post(desk: Client) -> None:
    make_published("News")

    response = desk.post("/admin/newsletter/issue/draft/")

    assert response.headers["Location"] == at("change", Issue.objects.get())
    assert order(Issue.objects.get()) == ["News"]


def test_draft_of_nothing_says_so(desk: Client) -> None:
    response = desk.post("/admin/newsletter/issue/draft/", follow=True)

    assert "Nothing was published since" in response.text


def test_screen_shows_every_piece_and_what_is_known(desk: Client, issue: Issue) -> None:
    page = desk.get(at("change", issue)).text

    for headline in order(issue):
        assert headline in page
    assert "<strong>4</strong> pieces" in page
    assert "<strong>0</strong> still owed" in page


def test_only_this_screen_may_frame_the_letter(desk: Client, issue: Issue) -> None:
    policy = desk.get(at("change", issue)).headers["Content-Security-Policy"]

    assert "frame-src 'self'" in policy
    assert "frame-src 'none'" in desk.get("/admin/").headers["Content-Security-Policy"]


def test_step_moves_and_leads_back_to_the_piece(desk: Client, issue: Issue) -> None:
    fourth = item(issue, "Fourth")

    response = desk.post(at("step", issue, fourth.pk), {"to": "up"})

    assert response.headers["Location"] == f"{at('change', issue)}#item-{fourth.pk}"
    assert order(issue) == ["Lead", "Second", "Fourth", "Third"]


def test_place_puts_a_piece_before_another(desk: Client, issue: Issue) -> None:
    sent = {"group": "Europe", "before": item(issue, "Second").pk}

    response = desk.post(at("place", issue, item(issue, "Fourth").pk), sent, headers=PARTS)

    assert response.status_code == 200
    assert order(issue) == ["Lead", "Fourth", "Second", "Third"]


def test_place_makes_a_new_group(desk: Client, issue: Issue) -> None:
    sent = {"group": "Europe", "new_group": "Elsewhere"}

    desk.post(at("place", issue, item(issue, "Second").pk), sent)

    assert item(issue, "Second").group == "Elsewhere"


def test_groups_are_moved_and_renamed(desk: Client, issue: Issue) -> None:
    desk.post(at("place", issue, item(issue, "Fourth").pk), {"group": "Asia"})
    desk.post(at("move_group", issue), {"group": "Asia", "to": "up"})
    assert order(issue) == ["Lead", "Fourth", "Second", "Third"]

    desk.post(at("rename_group", issue), {"group": "Asia", "name": "Far away"})
    assert item(issue, "Fourth").group == "Far away"


def test_pieces_are_grouped_anew_by_format(desk: Client, issue: Issue) -> None:
    desk.post(at("regroup", issue), {"grouping": "format"})

    issue.refresh_from_db()
    assert issue.grouping == "format"
    assert item(issue, "Second").group == "More"


def test_unknown_grouping_is_refused(desk: Client, issue: Issue) -> None:
    response = desk.post(at("regroup", issue), {"grouping": "colour"}, headers=PARTS)

    assert response.status_code == 409
    assert item(issue, "Second").group == "Europe"


def test_newer_pieces_are_taken_in(desk: Client, issue: Issue) -> None:
    make_published("Just in")
    assert "Take in newer pieces" in desk.get(at("change", issue)).text

    page = desk.post(at("take_in", issue), follow=True).text

    assert "1 piece taken in" in page
    assert "Just in" in order(issue)
    assert "Take in newer pieces" not in page


def test_skipped_piece_is_listed_with_its_reason(desk: Client, issue: Issue) -> None:
    sent = {"reason": "Overtaken by events", "other": ""}

    page = desk.post(at("skip", issue, item(issue, "Third").pk), sent, follow=True).text

    assert "<strong>1</strong> skipped" in page
    assert "Overtaken by events</p>" in page
    assert item(issue, "Third").skip_reason == "Overtaken by events"


def test_own_words_win_over_the_usual_reason(desk: Client, issue: Issue) -> None:
    sent = {"reason": "Overtaken by events", "other": "Wrong week"}

    desk.post(at("skip", issue, item(issue, "Third").pk), sent)

    assert item(issue, "Third").skip_reason == "Wrong week"


def test_skipping_needs_a_reason(desk: Client, issue: Issue) -> None:
    response = desk.post(at("skip", issue, item(issue, "Third").pk), {"reason": ""}, follow=True)

    assert "Say why readers do not get this piece." in response.text
    assert item(issue, "Third").skip_reason == ""


def test_skipped_piece_is_taken_back_in(desk: Client, issue: Issue) -> None:
    third = item(issue, "Third")
    composing.skip(third, by=make_user(), reason="Old")

    desk.post(at("unskip", issue, third.pk))

    assert order(issue) == ["Lead", "Second", "Fourth", "Third"]


def test_piece_that_is_owed_cannot_be_removed(desk: Client, issue: Issue) -> None:
    response = desk.post(at("remove", issue, item(issue, "Third").pk), headers=PARTS)

    assert response.status_code == 409
    assert "skip it and say why" in response.text
    assert "Third" in order(issue)


def test_blocks_are_added_and_removed(desk: Client, issue: Issue) -> None:
    desk.post(at("add_block", issue), {"kind": "text"})
    block = issue.items.get(kind=Item.Kind.TEXT)

    desk.post(at("remove", issue, block.pk))

    assert not issue.items.filter(kind=Item.Kind.TEXT).exists()


def test_unknown_block_is_refused(desk: Client, issue: Issue) -> None:
    assert desk.post(at("add_block", issue), {"kind": "article"}, headers=PARTS).status_code == 409


def test_older_piece_is_added_by_its_headline(desk: Client, issue: Issue) -> None:
    make_published("From the archive", at=issue.since)
    issue.items.filter(article__headline="From the archive").delete()

    response = desk.post(at("add_piece", issue), {"article_0": "From the archive"})

    assert response.status_code == 302
    assert item(issue, "From the archive").group == composing.MISSED


def test_piece_mailed_before_needs_a_reason(desk: Client, issue: Issue) -> None:
    other = make_roundup()
    sent = {"article_0": "Second", "article_1": item(issue, "Second").article_id}

    response = desk.post(at("add_piece", other), sent)
    assert response.status_code == 422
    assert "say why it is mailed again" in response.text
    assert 'value="Second"' in response.text

    desk.post(at("add_piece", other), sent | {"repeat_reason": "A reader asked"})
    assert item(other, "Second").repeat_reason == "A reader asked"


def test_change_of_a_piece_is_shown_until_somebody_has_seen_it(desk: Client, issue: Issue) -> None:
    third = item(issue, "Third")
    Article.objects.filter(headline="Third").update(headline="Third and last")
    assert "<ins>and last</ins>" in desk.get(at("change", issue)).text

    page = desk.post(at("seen", issue, third.pk), follow=True).text

    assert "<ins>" not in page


def test_piece_that_readers_cannot_open_is_marked(desk: Client, issue: Issue) -> None:
    Article.objects.filter(headline="Third").update(status="draft")

    assert "Readers can no longer open this piece" in desk.get(at("change", issue)).text


def test_what_somebody_else_removed_is_told(desk: Client, issue: Issue) -> None:
    block = composing.add_block(issue, by=make_user(), kind=Item.Kind.TEXT)
    url = at("step", issue, block.pk)
    composing.remove(block, by=make_user())

    response = desk.post(url, {"to": "up"}, follow=True)

    assert "Somebody has taken this out of the round-up" in response.text


def test_scripts_get_only_the_parts_that_change(desk: Client, issue: Issue) -> None:
    response = desk.post(at("step", issue, item(issue, "Third").pk), {"to": "up"}, headers=PARTS)

    assert 'id="board"' in response.text
    assert 'id="facts"' in response.text
    assert "<html" not in response.text


def test_version_tells_that_something_has_changed(desk: Client, issue: Issue) -> None:
    before = desk.get(at("version", issue)).json()

    desk.post(at("step", issue, item(issue, "Third").pk), {"to": "up"})

    assert desk.get(at("version", issue)).json() != before


def test_approved_round_up_is_only_read(desk: Client, issue: Issue) -> None:
    Issue.objects.filter(pk=issue.pk).update(
        status="approved", content={}, digest="x", approved_at=issue.until, html="<p>Frozen</p>"
    )

    response = desk.post(at("step", issue, item(issue, "Third").pk), {"to": "up"}, headers=PARTS)

    assert response.status_code == 409
    assert order(issue) == ["Lead", "Second", "Third", "Fourth"]
