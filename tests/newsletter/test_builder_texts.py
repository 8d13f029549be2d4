"""What is typed in the builder is stored, or comes back; nobody's text goes by itself."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from newsletter.models import Issue, Item
from newsletter.services import composing
from newsroom.models import User
from tests.desk import logged_in
from tests.factories import make_user
from tests.factories_newsletter import make_segment
from tests.newsletter.test_builder_changes import PARTS, at, item
from tests.roundup import make_roundup

pytestmark = pytest.mark.django_db
N_EDITORS = 6


@pytest.fixture
def issue() -> Issue:
    return make_roundup("Lead", "Second", "Third")


@pytest.fixture
def desk() -> Client:
    return logged_in(role="newsletter editor")


def typed(piece: Item, **fields: Any) -> dict[str, Any]:
    """The form of a piece as the browser has it, with changes."""
    assert piece.article
    own = {"headline": piece.article.headline, "blurb": piece.article.deck}
    sent = {name: getattr(piece, name) or own[name] for name in own}
    sent |= {f"was-{name}": getattr(piece, name) for name in own}
    sent |= {f"own-{name}": text for name, text in own.items()}
    return sent | {"shows_photo": "on", "was-shows_photo": "True"} | fields


def test_headline_and_blurb_change_in_the_letter_alone(desk: Client, issue: Issue) -> None:
    third = item(issue, "Third")

    desk.post(at("edit_item", issue, third.pk), typed(third, headline="3", blurb=" Two\nlines "))

    third.refresh_from_db()
    assert (third.headline, third.blurb) == ("3", "Two lines")
    assert third.article
    assert third.article.headline == "Third"


def test_words_of_the_piece_itself_are_not_stored_a_second_time(desk: Client, issue: Issue) -> None:
    third = item(issue, "Third")

    third = composing.edit_item(third, by=make_user(), was={}, headline="Other")
    desk.post(at("edit_item", issue, third.pk), typed(third, headline="Third"))

    third.refresh_from_db()
    assert (third.headline, third.blurb) == ("", "")


def test_emptied_blurb_is_the_piece_s_own_again(desk: Client, issue: Issue) -> None:
    third = composing.edit_item(item(issue, "Third"), by=make_user(), was={}, blurb="Mine")

    desk.post(at("edit_item", issue, third.pk), typed(third, blurb=""))

    third.refresh_from_db()
    assert third.blurb == ""


def test_text_that_is_too_long_comes_back(desk: Client, issue: Issue) -> None:
    third = item(issue, "Third")

    response = desk.post(at("edit_item", issue, third.pk), typed(third, blurb="word " * 200))

    assert response.status_code == 422
    assert "word word" in response.text
    assert "at most 600 characters" in response.text


def test_second_of_two_sees_both_texts(desk: Client, issue: Issue) -> None:
    third = item(issue, "Third")
    sent = typed(third, blurb="From the second")
    composing.edit_item(third, by=make_user(), was={}, blurb="From the first")

    response = desk.post(at("edit_item", issue, third.pk), sent)

    assert response.status_code == 409
    assert "From the second" in response.text
    assert '<div class="field__stored"><strong>Stored now</strong><div><p>From the first' in (
        response.text
    )
    assert Item.objects.get(pk=third.pk).blurb == "From the first"


def test_second_of_two_may_insist(desk: Client, issue: Issue) -> None:
    third = item(issue, "Third")
    sent = typed(third, blurb="From the second")
    composing.edit_item(third, by=make_user(), was={}, blurb="From the first")
    parts = desk.post(at("edit_item", issue, third.pk), sent, headers=PARTS).text
    assert 'name="was-blurb" value="From the first"' in parts

    desk.post(at("edit_item", issue, third.pk), sent | {"was-blurb": "From the first"})

    assert Item.objects.get(pk=third.pk).blurb == "From the second"


def test_two_who_change_different_fields_do_not_meet(desk: Client, issue: Issue) -> None:
    third = item(issue, "Third")
    sent = typed(third, headline="New headline")
    composing.edit_item(third, by=make_user(), was={}, blurb="New blurb")

    desk.post(at("edit_item", issue, third.pk), sent)

    third.refresh_from_db()
    assert (third.headline, third.blurb) == ("New headline", "New blurb")


def test_subject_and_preheader_are_stored_on_one_line(desk: Client, issue: Issue) -> None:
    sent = {"subject": " A  new\nsubject ", "preheader": "And more"}

    desk.post(at("edit", issue, "subject"), sent)

    issue.refresh_from_db()
    assert (issue.subject, issue.preheader) == ("A new subject", "And more")


def test_subject_of_somebody_else_is_not_overwritten(desk: Client, issue: Issue) -> None:
    sent = {"subject": "Mine", "was-subject": issue.subject, "preheader": issue.preheader}
    composing.edit(issue, by=make_user(), was={}, subject="Hers")

    response = desk.post(at("edit", issue, "subject"), sent)

    assert response.status_code == 409
    assert "Mine" in response.text
    assert "Hers" in response.text
    issue.refresh_from_db()
    assert issue.subject == "Hers"


def test_opening_letter_is_cleaned(desk: Client, issue: Issue) -> None:
    desk.post(at("edit", issue, "opening"), {"opening": "<p onclick=x()>Dear <b>you</b></p>"})

    issue.refresh_from_db()
    assert issue.opening == "<p>Dear <strong>you</strong></p>"


def test_opening_letter_is_quoted_in_one_line(desk: Client, issue: Issue) -> None:
    letter = "<p>Dear you,</p><p>it was a week &amp; a half</p>"

    response = desk.post(at("edit", issue, "opening"), {"opening": letter}, follow=True)

    assert "Dear you, it was a week &amp; a half" in response.text


def test_opening_letter_holds_no_headings(desk: Client, issue: Issue) -> None:
    response = desk.post(at("edit", issue, "opening"), {"opening": "<h2>Loud</h2>"})

    assert response.status_code == 422
    assert "Loud" in response.text


def test_delivery_is_chosen(desk: Client, issue: Issue) -> None:
    segment = make_segment("Europeans")

    desk.post(at("edit", issue, "delivery"), {"segment_id": segment.pk, "counts_clicks": "on"})

    issue.refresh_from_db()
    assert (issue.segment, issue.counts_clicks, issue.is_listed) == (segment, True, False)


def test_plain_text_is_kept_by_hand_and_made_anew(desk: Client, issue: Issue) -> None:
    desk.post(at("edit", issue, "plain"), {"text": "By\r\nhand"})
    issue.refresh_from_db()
    assert issue.text == "By\nhand"

    desk.post(at("edit", issue, "plain"), {"text": "By\r\nhand", "anew": "1"})
    issue.refresh_from_db()
    assert issue.text == ""


def test_plain_text_left_as_it_was_made_stays_made(desk: Client, issue: Issue) -> None:
    form = desk.get(at("change", issue)).context["forms"]["plain"]
    made = desk.get(at("change", issue)).context["made"]
    as_browsers_send = form.initial["text"].replace("\n", "\r\n")

    desk.post(at("edit", issue, "plain"), {"text": as_browsers_send, "made": made})

    issue.refresh_from_db()
    assert issue.text == ""


def test_unknown_part_is_not_found(desk: Client, issue: Issue) -> None:
    assert desk.post(at("edit", issue, "status"), {"status": "sent"}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_many_who_save_at_once_one_wins(issue: Issue) -> None:
    third = item(issue, "Third")
    users = [make_user("newsletter editor") for _ in range(N_EDITORS)]

    def save(user: User) -> int:
        try:
            sent = typed(third, blurb=f"From {user.pk}")
            url = at("edit_item", issue, third.pk)
            return int(logged_in(user).post(url, sent, headers=PARTS).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(N_EDITORS) as pool:
        answers = sorted(pool.map(save, users))

    assert answers == [200] + [409] * (N_EDITORS - 1)


@pytest.mark.django_db(transaction=True)
def test_moves_of_many_at_once_all_count(issue: Issue) -> None:
    users = [make_user("newsletter editor") for _ in range(N_EDITORS)]
    block = composing.add_block(issue, by=users[0], kind=Item.Kind.TEXT)

    def skip_or_move(number: int) -> int:
        try:
            client = logged_in(users[number])
            if number % 2:
                return int(client.post(at("step", issue, block.pk), {"to": "up"}).status_code)
            group = {"group": f"Group {number}"}
            return int(client.post(at("move_group", issue), group).status_code)
        finally:
            connection.close()

    before = issue.version
    with ThreadPoolExecutor(N_EDITORS) as pool:
        assert set(pool.map(skip_or_move, range(N_EDITORS))) == {302}

    issue.refresh_from_db()
    assert issue.version == before + N_EDITORS
    positions = list(issue.items.values_list("position", flat=True))
    assert positions == list(range(len(positions)))
