"""What browsers may report of appeals, and what becomes of it."""

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis.strategies import (
    binary,
    booleans,
    fixed_dictionaries,
    floats,
    integers,
    lists,
    none,
    sampled_from,
    text,
)
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from donations import beacon
from donations.kept import Keeper
from donations.models import Appeal, Board, Count, Rules
from newsroom.models import Publication
from tests.factories_donations import make_live, make_pause, make_rules, rebuild

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
Row = list[Any]
WORDS = sampled_from(["body", "shown", "hidden", "skip", "", "\x00", "\ud800"]) | text(max_size=3)
EVENTS = lists(integers() | WORDS | booleans() | none() | floats(), max_size=7)
JSON = fixed_dictionaries(
    {"article": integers() | none() | WORDS, "events": lists(EVENTS, max_size=3) | EVENTS}
)


@pytest.fixture
def appeal() -> Appeal:
    make_rules()
    return make_live()


def first(appeal: Appeal, /, event: str = "shown", why: str = "", **changes: Any) -> Row:
    """An event of its first variant, the first of its kind in that browser."""
    variant = appeal.variants.all()[0].pk
    fields = {"appeal": appeal.pk, "variant": variant, "slot": appeal.slot}
    return [*({**fields, "event": event, "why": why, "is_first": 1} | changes).values()]


def post(*events: Row, article: Any = 0, body: str | None = None, **headers: str) -> int:
    """The status of the answer to a browser of ours, or as `headers` say."""
    text = json.dumps({"article": article, "events": events}) if body is None else body
    sent = {"User-Agent": BROWSER, "Sec-Fetch-Site": "same-origin", **headers}
    named = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in sent.items()}
    return Client().post("/appeals/count/", text, content_type="text/plain", **named).status_code  # type: ignore[arg-type]


def counted() -> list[tuple[str, int, int]]:
    return sorted(Count.objects.values_list("event", "n", "n_first"))


def test_events_are_added_to_the_sums_of_their_day(appeal: Appeal) -> None:
    assert post(first(appeal)) == 204
    post(first(appeal, is_first=0))
    post(first(appeal, "clicked"))

    assert counted() == [("clicked", 1, 1), ("shown", 2, 1)]


def test_day_is_the_publications(appeal: Appeal) -> None:
    Publication.objects.update_or_create(pk=1, defaults={"time_zone": "America/New_York"})
    Appeal.objects.update(starts_at=datetime(2026, 1, 1, tzinfo=UTC))
    rebuild()

    with time_machine.travel(datetime(2026, 11, 22, 3, tzinfo=UTC), tick=False):
        post(first(appeal))

    assert str(Count.objects.get().day) == "2026-11-21"


def test_article_is_kept_for_clicks_alone(appeal: Appeal) -> None:
    post(first(appeal), first(appeal, "clicked"), article=7)

    assert set(Count.objects.values_list("event", "article")) == {("shown", 0), ("clicked", 7)}


def test_reader_who_is_never_asked_has_no_variant(appeal: Appeal) -> None:
    post(first(appeal, "hidden", "holdback", variant=0), first(appeal, "returned", variant=0))

    assert set(Count.objects.values_list("variant", "why")) == {(0, "holdback"), (0, "")}


def test_answer_sets_no_cookie_and_asks_for_no_token(appeal: Appeal) -> None:
    client = Client(enforce_csrf_checks=True, headers={"user-agent": BROWSER})
    body = json.dumps({"article": 0, "events": [first(appeal)]})

    response = client.post("/appeals/count/", body, content_type="application/json")

    assert response.status_code == 204
    assert not response.cookies
    assert counted() == [("shown", 1, 1)]


NO_REPORTS = [
    "",
    "no JSON",
    "[" * 4000,
    "[]",
    "null",
    '{"article": 0}',
    '{"events": []}',
    '{"article": 0, "events": {}}',
    '{"article": 0, "events": [[]]}',
    '{"article": 0, "events": ["shown"]}',
    '{"article": 0, "events": [[1, 1, "body", "shown", "", 1, 1]]}',
    '{"article": -1, "events": []}',
    '{"article": true, "events": []}',
    '{"article": 1.5, "events": []}',
    '{"article": "1", "events": []}',
    '{"article": 99999999999, "events": []}',
    '{"article": 0, "events": [' + "9" * 3900 + "]}",
    '{"article": 0, "events": []}' + " " * 4096,
]


def test_what_is_no_report_is_refused_in_a_line() -> None:
    client = Client(headers={"user-agent": BROWSER})
    for body in NO_REPORTS:
        response = client.post("/appeals/count/", body, content_type="text/plain")

        assert response.status_code == 400, body
        assert response.content.count(b"\n") == 1
        assert len(response.content) < 80


@given(body=JSON.map(json.dumps).map(str.encode) | binary(max_size=200))
def test_whatever_is_sent_is_a_report_or_refused(body: bytes) -> None:
    with suppress(beacon.Wrong):
        for one in beacon.read(body).events:
            assert one.is_first in {0, 1}


CANNOT_BE: list[dict[str, Any]] = [
    {"slot": "top"},  # not where this appeal stands
    {"slot": "nowhere"},
    {"event": "seen"},
    {"why": "skip"},  # of what was shown
    {"event": "hidden", "why": ""},
    {"event": "hidden", "why": "bad mood"},
    {"event": "hidden", "why": "off"},  # judged here, never in a browser
    {"variant": 0},  # nobody's wording was shown
    {"variant": 4_000_000},
    {"variant": True},
    {"appeal": 2**63},
    {"appeal": -1},
    {"appeal": "1"},
    {"is_first": 2},
    {"is_first": None},
    {"why": "\x00"},
]


def test_event_that_cannot_be_is_refused_with_all_others(appeal: Appeal) -> None:
    for changes in CANNOT_BE:
        events = first(appeal, "clicked"), first(appeal, **changes)
        assert post(*events) == 400, changes
    assert counted() == []


def test_more_than_sixty_events_are_refused(appeal: Appeal) -> None:
    """Of thirty appeals on one page, each hidden and its reader returned."""
    hidden = [first(appeal, "hidden", "skip", appeal=10**6 + n) for n in range(60)]

    assert post(*hidden[:59], first(appeal)) == 204
    assert post(*hidden, first(appeal)) == 400

    assert counted() == [("shown", 1, 1)]


def test_page_view_counts_once_whatever_is_repeated(appeal: Appeal) -> None:
    for event in ["shown", "clicked", "closed"]:
        assert post(first(appeal, event), first(appeal, event, is_first=0)) == 400
    assert counted() == []


def test_page_that_claims_two_asks_is_refused(appeal: Appeal) -> None:
    assert post(first(appeal), first(make_live(slot="top"))) == 400
    assert counted() == []


def test_other_sites_cannot_report(appeal: Appeal) -> None:
    others = [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "", "Origin": "https://elsewhere.example"},
        {"Sec-Fetch-Site": "", "Origin": "null"},
    ]

    assert [post(first(appeal), **headers) for headers in others] == [403] * 4
    assert counted() == []


def test_get_reports_nothing(client: Client) -> None:
    assert client.get("/appeals/count/").status_code == 405


ROBOTS = [
    "",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "curl/8.5.0",
    "python-requests/2.32",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/131.0 Safari/537.36",
]


def test_robots_are_left_out(appeal: Appeal) -> None:
    for agent in ROBOTS:
        assert post(first(appeal), **{"User-Agent": agent}) == 204
    assert counted() == []


def ended(appeal: Appeal) -> None:
    Appeal.objects.filter(pk=appeal.pk).update(status="ended", ended_at=timezone.now())
    rebuild()


def over(appeal: Appeal) -> None:
    """Its end has come; nobody has written the board anew since."""
    board = Board.objects.get()
    board.content["appeals"][0]["until"] -= 10 * 86_400_000
    board.save(update_fields=["content"])


def switched_off(appeal: Appeal) -> None:
    Rules.objects.update(off=["all"])
    rebuild()


def switched_off_here(appeal: Appeal) -> None:
    Rules.objects.update(off=[appeal.slot])
    rebuild()


def paused(appeal: Appeal) -> None:
    now = timezone.now()
    make_pause(now - timedelta(hours=1), now + timedelta(hours=1))


@pytest.mark.parametrize("gone", [ended, over, switched_off, switched_off_here, paused])
def test_page_that_shows_what_must_not_be_shown_is_told(appeal: Appeal, gone: Any) -> None:
    event = first(appeal)
    assert post(event) == 204

    gone(appeal)

    assert post(event) == 410
    assert counted() == [("shown", 1, 1)]


def test_page_is_told_of_its_own_slot_only(appeal: Appeal) -> None:
    Rules.objects.update(off=["top"])
    rebuild()

    assert post(first(appeal)) == 204


def test_what_is_hidden_needs_no_taking_away(appeal: Appeal) -> None:
    event = first(appeal, "hidden", "skip")
    ended(appeal)

    assert post(event) == 204
    assert counted() == []


def test_robot_that_keeps_a_page_open_is_told_too(appeal: Appeal) -> None:
    event = first(appeal)
    ended(appeal)

    assert post(event, **{"User-Agent": ""}) == 410


def test_report_before_anybody_used_appeals_is_answered() -> None:
    assert post([1, 1, "body", "shown", "", 1]) == 410
    assert post([1, 1, "body", "hidden", "skip", 1]) == 204


def test_board_is_read_once_in_two_seconds(
    appeal: Appeal, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.APPEAL_BOARD_AGE, keeper = 2, Keeper()

    with django_assert_num_queries(2):
        keeper.current(100)
    ended(appeal)
    with django_assert_num_queries(0):
        assert appeal.pk in keeper.current(101.9).appeals
    with django_assert_num_queries(2):
        assert appeal.pk not in keeper.current(102).appeals


def test_report_asks_for_board_zone_and_sum_alone(
    appeal: Appeal, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    event = first(appeal)

    with django_assert_num_queries(3):
        post(event)


def test_flood_is_refused_and_not_counted(
    appeal: Appeal, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.PROXY_IP_HEADER = "HTTP_X_REAL_IP"
    monkeypatch.setattr("donations.flood.A_MINUTE", 2)

    answers = [post(first(appeal), **{"X-Real-IP": "8.8.4.4"}) for _ in range(3)]

    assert answers == [204, 204, 429]
    assert counted() == [("shown", 2, 2)]
