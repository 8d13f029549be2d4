"""Who sees what: the answer of the rules that readers' browsers go by."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from donations import board
from donations.choosing import arm
from donations.facts import Reader
from donations.models import EVERYWHERE, Appeal, Slot
from donations.reasons import REASONS
from donations.services.switching import switch_off
from tests.desk import logged_in
from tests.factories import make_published, make_section, make_tag, make_user
from tests.factories_donations import (
    make_appeal,
    make_claim,
    make_live,
    make_pause,
    make_rules,
)

pytestmark = pytest.mark.django_db
EXPLAIN = "/admin/donations/appeal/explain/"
A_DAY = timedelta(days=1)


@pytest.fixture
def client() -> Client:
    return logged_in(role="fundraiser")


@pytest.fixture
def path() -> str:
    tags = [make_tag("Obituaries")]
    return make_published("In Europe", section=make_section("Europe"), tags=tags).get_absolute_url()


def whys(client: Client, path: str, **typed: Any) -> list[str]:
    answer = client.get(EXPLAIN, {"path": path, **typed})
    assert answer.status_code == 200
    return [row.why for row in answer.context["rows"]]


def moment(at: datetime, name: str = "at") -> dict[str, str]:
    return {f"{name}_0": f"{at:%Y-%m-%d}", f"{name}_1": f"{at:%H:%M}"}


def test_the_first_in_order_wins_and_the_others_are_told(client: Client, path: str) -> None:
    make_rules()
    make_live(name="Second")
    make_live(name="First", priority=5)
    make_live(name="Elsewhere", only_sections=["asia"])

    answer = client.get(EXPLAIN, {"path": path})

    assert answer.context["winner"].appeal.name == "First"
    assert [row.why for row in answer.context["rows"]] == ["", "outranked", "section"]
    page = answer.content.decode()
    assert REASONS["section"] in page
    assert REASONS["outranked"] in page


LIMITS = {"skip_pages": 2, "cap": 2, "period_days": 7, "gap_hours": 12, "holdback": 50}
READERS: list[tuple[str, dict[str, str]]] = [
    ("", {"device": "desktop"}),
    ("skip", {"views": "2"}),
    ("", {"views": "3"}),
    ("cap", {"asks": "100, 50.5"}),
    ("", {"asks": "169, 100"}),
    ("gap", {"asks": "11"}),
    ("", {"asks": "13"}),
    ("closed", {"wish": "closed"}),
    ("gave", {"wish": "gave"}),
    ("never", {"wish": "never"}),
    ("", {"wish": "closed", "until_0": "2020-01-01", "until_1": "00:00"}),
    ("storage", {"storage": "blocked"}),
]


def test_rules_of_readers(client: Client, path: str) -> None:
    make_rules(**LIMITS)
    make_live()

    assert [(*whys(client, path, **typed), typed) for _, typed in READERS] == READERS
    make_rules(no_tags=["obituaries"])
    assert whys(client, path) == ["barred-tag"]


def test_device(client: Client, path: str) -> None:
    make_rules()
    make_live(device="phone")

    assert whys(client, path, device="desktop") == ["device"]
    assert whys(client, path, device="phone") == [""]


def test_another_moment(client: Client, path: str) -> None:
    make_rules()
    now = timezone.localtime()
    make_live(starts_at=now + A_DAY, ends_at=now + 3 * A_DAY)
    make_pause(now + 2 * A_DAY, now + 3 * A_DAY)

    assert whys(client, path) == ["early"]
    assert whys(client, path, **moment(now + 1.5 * A_DAY)) == [""]
    assert whys(client, path, **moment(now + 2.5 * A_DAY)) == ["pause"]
    assert whys(client, path, **moment(now + 4 * A_DAY)) == ["late"]


def test_reader_of_a_number_by_chance_gets_the_wording_of_the_browser(
    client: Client, path: str
) -> None:
    make_rules(holdback=5)
    appeal = make_live("One", "Two", "Three")
    wordings = {variant.pk: variant.name for variant in appeal.variants.all()}

    answer = client.get(EXPLAIN, {"path": path, "seed": "12345"})

    content = board.read()
    assert content is not None
    wanted = arm(content, content["appeals"][0], Reader(seed=12345, views=5))
    assert answer.context["rows"][0].wording == wordings.get(wanted, "")


def test_any_reader_may_get_each_wording(client: Client, path: str) -> None:
    make_rules(holdback=5)
    make_live("One", "Two")

    page = client.get(EXPLAIN, {"path": path}).content.decode()

    assert "Wording: A 50 %, B 50 %." in page
    assert "5 of 100 readers are never asked" in page


def test_switched_off_is_told_first_and_leads_to_the_switches(client: Client, path: str) -> None:
    make_rules()
    make_live(only_sections=["asia"])
    switch_off(EVERYWHERE, by=make_user())

    answer = client.get(EXPLAIN, {"path": path})

    assert [row.why for row in answer.context["rows"]] == ["off"]
    assert answer.context["rows"][0].changed_at == "/admin/donations/rules/switches/"
    assert "No appeal is shown." in answer.content.decode()


def test_all_rules_are_told_in_order_with_the_way_to_those_for_all(client: Client) -> None:
    answer = client.get(EXPLAIN)

    told = answer.context["rules"]
    assert [words for words, *_ in told] == list(REASONS.values())
    links = {screen for _, _, screen in told if screen}
    assert links == {"Switches", "Pauses", "Claims", "Rules"}


def test_ways_are_shown_to_those_who_may_go_them(path: str) -> None:
    make_rules(skip_pages=9)
    make_live()

    page = logged_in(role="newsletter editor").get(EXPLAIN, {"path": path}).content.decode()

    assert REASONS["skip"] in page
    assert "/admin/donations/rules/" not in page


def test_draft_counts_as_live_on_its_own_screen(client: Client, path: str) -> None:
    make_rules()
    make_live(name="Live")
    draft = make_appeal(name="The draft", priority=5)

    answer = client.get(f"/admin/donations/appeal/{draft.pk}/explain/", {"path": path})

    assert answer.context["winner"].appeal.name == "The draft"
    assert [row.why for row in answer.context["rows"]] == ["", "outranked"]
    assert "“The draft” is taken for live." in answer.content.decode()
    assert whys(client, path) == [""]
    assert Appeal.objects.get(pk=draft.pk).status == "draft"


def test_lapsed_claim_is_told(client: Client, path: str) -> None:
    make_rules()
    draft = make_appeal()
    variant = draft.variants.get()
    claim = make_claim(valid_until=timezone.localdate() - A_DAY)
    variant.ties.create(phrase="133%", claim=claim)

    answer = client.get(f"/admin/donations/appeal/{draft.pk}/explain/", {"path": path})

    assert [row.why for row in answer.context["rows"]] == ["lapsed"]


def test_screen_begins_with_the_newest_piece_now(client: Client, path: str) -> None:
    make_rules()
    make_live()

    answer = client.get(EXPLAIN)

    assert answer.context["real"].title == "In Europe"
    assert answer.context["winner"] is not None


def test_before_anybody_used_appeals_nothing_breaks(client: Client) -> None:
    answer = client.get(EXPLAIN)

    assert answer.status_code == 200
    assert "No appeal is live." in answer.content.decode()


NONSENSE = [
    {"views": "0"},
    {"views": "many"},
    {"asks": "yesterday"},
    {"asks": "1," * 101},
    {"seed": "4294967296"},
    {"seed": "-1"},
    {"seed": "²"},
    {"at_0": "2024-13-01"},
    {"path": "/nothing/"},
    {"page": "/nothing/"},
    {"device": "fridge"},
    {"wish": "more"},
]


def test_nonsense_is_told_and_kept(client: Client, path: str) -> None:
    for typed in NONSENSE:
        answer = client.get(EXPLAIN, {"path": path, **typed})

        assert answer.status_code == 422, typed
        [name] = typed
        assert name.removesuffix("_0") in answer.context["form"].errors
    assert "errorlist" in answer.content.decode()


def test_explain_is_for_those_who_see_appeals() -> None:
    assert logged_in(role="writer").get(EXPLAIN).status_code == 403
    assert logged_in().post(EXPLAIN).status_code == 405


def test_places_of_the_round_up_are_told(client: Client, path: str) -> None:
    make_rules()
    make_live(slot=Slot.LETTER)

    assert whys(client, path) == ["place"]


def test_screen_asks_no_more_of_the_database_for_more_appeals(client: Client, path: str) -> None:
    make_rules()
    make_live()
    with CaptureQueriesContext(connection) as one:
        client.get(EXPLAIN, {"path": path})
    for _ in range(5):
        make_live("One", "Two")

    with CaptureQueriesContext(connection) as many:
        client.get(EXPLAIN, {"path": path})

    assert len(many) == len(one)
