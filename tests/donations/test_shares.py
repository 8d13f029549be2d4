"""Shares of page views, by simulation."""

from datetime import timedelta

import pytest
from django.utils import timezone

from donations import as_if, board
from donations.facts import Kind, Page
from donations.models import Slot
from donations.simulating import Shares, simulate
from donations.surroundings import RealPage
from tests.desk import logged_in
from tests.factories import make_published, make_section
from tests.factories_donations import make_appeal, make_live, make_pause, make_rules

pytestmark = pytest.mark.django_db
SHARES = "/admin/donations/appeal/shares/"
A_DAY = timedelta(days=1)
FAR = timezone.now() + 30 * A_DAY
PAGES = [
    RealPage("/a/", "A", Page(Kind.ARTICLE, 1, section="europe"), 0.5),
    RealPage("/b/", "B", Page(Kind.ARTICLE, 2, section="asia"), 0.3),
    RealPage("/", "Front page", Page(Kind.FRONT), 0.2),
]


def season() -> board.Content:
    """Three that overlap: in one section, on phones, and from the middle of the week on."""
    make_live(only_sections=["europe"], priority=2, ends_at=FAR)
    make_live(slot=Slot.TOP, device="phone", ends_at=FAR)
    make_live(starts_at=timezone.now() + 3 * A_DAY, ends_at=FAR)
    make_rules(skip_pages=2, gap_hours=12, cap=3, holdback=5)
    return as_if.content(timezone.now())


def shares(content: board.Content, visits: int = 20_000, seed: int = 1) -> Shares:
    return simulate(content, PAGES, at=board.moment(timezone.now()), visits=visits, seed=seed)


def shown(content: board.Content) -> dict[int, float]:
    found = shares(content, visits=10_000)
    return {appeal: found.of(appeal) for appeal in found.shown}


def read() -> board.Content:
    return as_if.content(timezone.now())


def test_shares_are_those_of_100_000_visits_within_one_percent() -> None:
    content = season()

    few, many = shares(content), shares(content, visits=100_000, seed=2)

    assert len(many.shown) == 3
    for appeal in many.shown:
        assert few.of(appeal) == pytest.approx(many.of(appeal), abs=1)
    assert few.without == pytest.approx(many.without, abs=1)


def test_same_question_same_answer() -> None:
    content, at = season(), board.moment(timezone.now())

    first = simulate(content, PAGES, at=at, visits=2_000)

    assert first == simulate(content, PAGES, at=at, visits=2_000)
    assert first.n > 2_000


def test_readers_without_limits_meet_an_appeal_on_most_of_its_pages() -> None:
    """Three in ten views, but for those whose browser keeps nothing or who have closed it."""
    appeal = make_live(only_sections=["asia"], ends_at=FAR)
    make_rules()

    assert 25 < shown(read())[appeal.pk] < 30 * 0.95 + 1


def test_holdback_of_half_the_readers_halves_the_share() -> None:
    appeal = make_live(only_sections=["asia"], ends_at=FAR)
    make_rules()
    everybody = shown(read())[appeal.pk]
    make_rules(holdback=50)

    assert shown(read())[appeal.pk] == pytest.approx(everybody / 2, abs=1.5)


def test_appeal_of_lower_precedence_gets_what_is_left() -> None:
    """Half of the views are of Europe, three in ten of Asia."""
    first = make_live(only_sections=["europe"], priority=1, ends_at=FAR)
    second = make_live(ends_at=FAR)
    make_rules()

    found = shown(read())
    assert found[first.pk] / found[second.pk] == pytest.approx(5 / 3, rel=0.05)


def test_nothing_is_shown_in_a_pause() -> None:
    make_live(ends_at=FAR)
    make_rules()
    make_pause(timezone.now(), timezone.now() + 8 * A_DAY)

    assert shares(read(), visits=1_000).without == 100


def test_screen_shows_a_draft_as_if_it_were_live() -> None:
    make_published(section=make_section("Europe"))
    make_rules()
    make_live(name="Live", ends_at=FAR)
    draft = make_appeal(name="The draft", priority=5, ends_at=FAR)
    client = logged_in(role="fundraiser")

    page = client.get(f"/admin/donations/appeal/{draft.pk}/shares/")
    rows = {row["appeal"].name: row["share"] for row in page.context["rows"]}

    assert rows["The draft"] > 50
    assert rows["Live"] == 0
    assert "“The draft” is taken for live." in page.content.decode()
    assert len(client.get(SHARES).context["rows"]) == 1


def test_appeal_of_the_round_up_has_no_share() -> None:
    make_published()
    make_live(slot=Slot.LETTER)

    page = logged_in().get(SHARES).content.decode()

    assert "On no page: it stands in the round-up." in page


def test_screen_states_who_the_readers_are() -> None:
    page = logged_in().get(SHARES).content.decode()

    assert "20,000 visits in the seven days from now" in page
    assert "No appeal is live" in page


def test_shares_are_for_those_who_see_appeals() -> None:
    assert logged_in(role="writer").get(SHARES).status_code == 403
    assert logged_in().post(SHARES).status_code == 405
