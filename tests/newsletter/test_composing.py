from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles import services as desk
from articles.models import Article, FrontPage, Notice
from donations.models import Slot
from newsletter.completeness import owed
from newsletter.models import Issue, Item
from newsletter.services import composing
from newsroom.models import User
from tests.factories import make_article, make_format, make_published, make_section, make_user
from tests.factories_donations import make_live

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return make_user("newsletter editor")


@pytest.fixture
def issue(editor: User) -> Issue:
    """Lead, two pieces from Europe, one from Asia; newest first in each group."""
    europe, asia = make_section("Europe", position=1), make_section("Asia", position=2)
    now = timezone.now()
    for number, section in enumerate([europe, asia, europe, europe]):
        at = now - timedelta(hours=number + 1)
        make_published(f"Piece {number}", at=at, section=section)
    return composing.draft(by=editor, at=now)


def outline(issue: Issue) -> list[str]:
    return [f"{item.group}: {item}" for item in Item.objects.shown().filter(issue=issue)]


def piece(issue: Issue, number: int) -> Item:
    return issue.items.get(article__headline=f"Piece {number}")


def test_draft_holds_what_was_published_with_the_newest_as_lead(issue: Issue) -> None:
    expected = [": Piece 0", "Europe: Piece 2", "Europe: Piece 3", "Asia: Piece 1"]
    assert outline(issue) == expected
    assert issue.subject == "Piece 0"
    assert issue.preheader == "Piece 2; Piece 3"


def test_lead_of_the_front_page_leads(editor: User) -> None:
    now = timezone.now()
    pinned = make_published("Pinned", at=now - timedelta(hours=9))
    make_published("Newest", at=now - timedelta(hours=1))
    FrontPage.objects.update_or_create(pk=1, defaults={"lead": pinned})

    issue = composing.draft(by=editor, at=now)

    assert outline(issue)[0] == ": Pinned"


def test_second_draft_goes_on_where_the_first_ended(issue: Issue, editor: User) -> None:
    later = make_published("Later", at=issue.until + timedelta(days=2))

    second = composing.draft(by=editor, at=issue.until + timedelta(days=7))

    assert second.since == issue.until
    assert [item.article for item in second.items.all()] == [later]


def test_draft_asked_for_twice_is_one(issue: Issue, editor: User) -> None:
    assert composing.draft(by=editor, at=issue.until + timedelta(seconds=5)) == issue


def test_deleted_draft_gives_its_pieces_back(issue: Issue, editor: User) -> None:
    before = outline(issue)
    issue.delete()

    assert outline(composing.draft(by=editor)) == before


def test_appeal_stands_below_two_groups_and_corrections_last(editor: User) -> None:
    make_live(slot=Slot.LETTER)
    now = timezone.now()
    for number, name in enumerate(["Europe", "Asia", "Africa"]):
        make_published(at=now - timedelta(hours=number + 1), section=make_section(name))
    old = make_published(at=now - timedelta(days=30))
    Notice.objects.create(article=old, kind="correction", text="It was May.", at=now - timedelta(1))

    kinds = [item.kind for item in composing.draft(by=editor, at=now).items.all()]

    assert kinds == ["article", "article", "appeal", "article", "corrections"]


def test_take_in_adds_what_came_since(issue: Issue, editor: User) -> None:
    now = issue.until + timedelta(hours=3)
    make_published("Fresh", at=now - timedelta(hours=1), section=make_section("Asia"))

    assert composing.take_in(issue, by=editor, at=now) == 1

    assert outline(issue)[-2:] == ["Asia: Piece 1", "Asia: Fresh"]
    assert composing.take_in(issue, by=editor, at=now) == 0


def test_regrouping_by_format_keeps_the_lead(issue: Issue, editor: User) -> None:
    Article.objects.filter(headline="Piece 3").update(format=make_format("Analysis"))

    composing.regroup(issue, by=editor, grouping="format")

    expected = [": Piece 0", "Analysis: Piece 3", "More: Piece 2", "More: Piece 1"]
    assert outline(issue) == expected
    composing.regroup(issue, by=editor, grouping="section")
    assert outline(issue)[1:] == ["Europe: Piece 3", "Europe: Piece 2", "Asia: Piece 1"]


def test_pieces_move_within_and_between_groups(issue: Issue, editor: User) -> None:
    composing.place(piece(issue, 1), by=editor, group="Europe", before=piece(issue, 3))

    expected = [": Piece 0", "Europe: Piece 2", "Europe: Piece 1", "Europe: Piece 3"]
    assert outline(issue) == expected


def test_steps_cross_the_border_of_a_group(issue: Issue, editor: User) -> None:
    composing.step(piece(issue, 3), by=editor, up=False)
    assert outline(issue)[1:] == ["Europe: Piece 2", "Asia: Piece 3", "Asia: Piece 1"]

    composing.step(piece(issue, 3), by=editor, up=True)
    assert outline(issue)[1:] == ["Europe: Piece 2", "Europe: Piece 3", "Asia: Piece 1"]


def test_first_and_last_piece_step_no_further(issue: Issue, editor: User) -> None:
    before = outline(issue)

    composing.step(piece(issue, 0), by=editor, up=True)
    composing.step(piece(issue, 1), by=editor, up=False)

    assert outline(issue) == before


def test_blocks_stand_between_groups(issue: Issue, editor: User) -> None:
    block = composing.add_block(issue, by=editor, kind="text", body="<p>From the editors.</p>")

    composing.place(block, by=editor, group="", before=piece(issue, 3))
    assert outline(issue)[1] == ": Text"
    composing.step(block, by=editor, up=False)
    assert outline(issue)[3] == ": Text"


def test_block_may_stand_above_the_lead(issue: Issue, editor: User) -> None:
    block = composing.add_block(issue, by=editor, kind="text")
    composing.place(block, by=editor, group="", before=piece(issue, 0))

    composing.step(piece(issue, 3), by=editor, up=True)

    assert outline(issue)[:3] == [": Text", ": Piece 0", "Europe: Piece 3"]


def test_groups_move_and_take_another_name(issue: Issue, editor: User) -> None:
    composing.move_group(issue, by=editor, group="Asia", up=True)
    composing.rename_group(issue, by=editor, group="Asia", to="Pacific")
    assert outline(issue)[1] == "Pacific: Piece 1"

    composing.rename_group(issue, by=editor, group="Pacific", to="Europe")
    assert outline(issue)[1:] == ["Europe: Piece 2", "Europe: Piece 3", "Europe: Piece 1"]


def test_skipped_piece_is_dealt_with_and_comes_back(issue: Issue, editor: User) -> None:
    with pytest.raises(composing.NotAllowed, match="Say why"):
        composing.skip(piece(issue, 2), by=editor, reason=" ")
    composing.skip(piece(issue, 2), by=editor, reason="Overtaken by events.")
    assert "Europe: Piece 2" not in outline(issue)
    assert not owed(issue).exists()

    composing.unskip(piece(issue, 2), by=editor)

    assert outline(issue)[1:3] == ["Europe: Piece 3", "Europe: Piece 2"]


def test_owed_piece_is_not_removed_but_skipped(issue: Issue, editor: User) -> None:
    with pytest.raises(composing.NotAllowed, match="skip it"):
        composing.remove(piece(issue, 2), by=editor)


def test_unpublished_piece_is_removed_and_owed_again_later(issue: Issue, editor: User) -> None:
    item = piece(issue, 2)
    assert item.article
    desk.unpublish(item.article, by=None)
    composing.remove(item, by=editor)
    desk.publish(item.article, by=None, at=issue.until + timedelta(days=1), override="As agreed")

    second = composing.draft(by=editor, at=issue.until + timedelta(days=7))

    assert outline(second) == [": Piece 2"]


def test_piece_mailed_before_needs_a_reason(issue: Issue, editor: User) -> None:
    mailed = piece(issue, 2).article
    assert mailed
    second = composing.draft(by=editor, at=issue.until + timedelta(days=7))
    with pytest.raises(composing.NotAllowed, match="say why it is mailed again"):
        composing.add_article(second, mailed, by=editor)

    composing.add_article(second, mailed, by=editor, repeat_reason="Translated since.")

    assert outline(second) == ["In case you missed it: Piece 2"]
    composing.remove(second.items.get(), by=editor)


def test_only_public_pieces_are_added(issue: Issue, editor: User) -> None:
    for unseen in (make_article(), make_published(at=timezone.now() + timedelta(days=1))):
        with pytest.raises(composing.NotAllowed, match="readers can see"):
            composing.add_article(issue, unseen, by=editor)


def test_edit_of_the_letter_leaves_the_piece_alone(issue: Issue, editor: User) -> None:
    item = piece(issue, 2)

    composing.edit_item(item, by=editor, was={"headline": ""}, headline="Shorter")

    assert item.article
    item.article.refresh_from_db()
    assert (str(piece(issue, 2)), item.article.headline) == ("Shorter", "Piece 2")


def test_edits_of_different_fields_both_count(issue: Issue, editor: User) -> None:
    was = {"subject": issue.subject, "preheader": issue.preheader}

    composing.edit(issue, by=editor, was=was, subject="One", preheader=was["preheader"])
    composing.edit(issue, by=make_user(), was=was, subject="One", preheader="Two")

    issue.refresh_from_db()
    assert (issue.subject, issue.preheader) == ("One", "Two")
    assert issue.editors.count() == 2


def test_edit_of_the_same_field_is_not_lost(issue: Issue, editor: User) -> None:
    was = {"subject": issue.subject}
    composing.edit(issue, by=editor, was=was, subject="One")

    with pytest.raises(composing.Stale) as stale:
        composing.edit(issue, by=make_user(), was=was, subject="Two")

    issue.refresh_from_db()
    assert (issue.subject, stale.value.current) == ("One", {"subject": "One"})


def test_every_change_counts_as_an_edit(issue: Issue, editor: User) -> None:
    version = issue.version

    composing.move_group(issue, by=editor, group="Asia", up=True)

    assert issue.version == version + 1


def test_approved_round_up_is_not_changed(issue: Issue, editor: User) -> None:
    frozen = {"status": "approved", "content": {}, "approved_at": timezone.now(), "digest": "x"}
    Issue.objects.filter(pk=issue.pk).update(**frozen)

    with pytest.raises(composing.NotAllowed, match="approved"):
        composing.edit(issue, by=editor, was={}, subject="Too late")


def at_once(*calls: Callable[[], object]) -> list[Exception | None]:
    def run(call: Callable[[], object]) -> Exception | None:
        try:
            call()
        except (composing.NotAllowed, composing.Stale) as error:
            return error
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.mark.django_db(transaction=True)
def test_two_who_draft_at_once_do_not_share_pieces(editor: User) -> None:
    make_published(at=timezone.now() - timedelta(hours=1))
    users = [editor, make_user("newsletter editor")]

    at_once(*[lambda user=user: composing.draft(by=user) for user in users])

    assert Item.objects.count() == 1
    assert Issue.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_moves_of_several_people_at_once_all_count(issue: Issue, editor: User) -> None:
    moves = [lambda n=n: composing.place(piece(issue, n), by=editor, group="New") for n in range(4)]

    assert at_once(*moves) == [None] * 4

    assert {line.split(":")[0] for line in outline(issue)} == {"New"}
    assert sorted(issue.items.values_list("position", flat=True)) == [0, 1, 2, 3]
