"""What the appeals put into pages, the same for everybody."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Page
from articles.views import article_detail
from donations import board
from donations.models import Goal
from newsroom.models import Publication
from tests.factories import make_published, make_section, make_series, make_tag
from tests.factories_donations import (
    make_appeal,
    make_goal,
    make_live,
    make_pause,
    make_rules,
    make_variant,
    rebuild,
)

pytestmark = pytest.mark.django_db
AN_HOUR = timedelta(hours=1)
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def piece() -> Article:
    make_rules()
    tag = make_tag("grain corridor")
    return make_published(
        "A treaty", tags=[tag], series=make_series(), section=make_section("Asia")
    )


def body(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def asked(page: str) -> dict[str, Any]:
    """What the browser chooses by; {} where nothing may be asked."""
    found = re.search(r'<script id="appeals" type="application/json">(.*?)</script>', page)
    return json.loads(found[1]) if found else {}


def default(page: str) -> str:
    return page.partition("<noscript>")[2].partition("</noscript>")[0]


LISTS = {"top", "foot", "list"}
SLOTS = {
    "/": {"top", "foot"},
    "/section/asia/": LISTS,
    "/topic/grain-corridor/": LISTS,
    "/series/diplomacy-watch/": LISTS,
    "/latest/": LISTS,
}


def test_each_kind_of_page_has_its_slots(client: Client, piece: Article) -> None:
    for slot in ("top", "foot", "body", "list", "letter"):
        make_live(slot, slot=slot)

    for path, slots in {**SLOTS, piece.get_absolute_url(): {"top", "foot", "body"}}.items():
        page = body(client, path)

        assert {one["slot"] for one in asked(page)["appeals"]} == slots
        hidden = r'<template data-variant="\d+"><aside[^>]* data-ask="(\w+)"'
        assert set(re.findall(hidden, page)) == slots


def test_other_pages_ask_for_nothing(client: Client, piece: Article) -> None:
    Page.objects.create(title="About", slug="about", body="<p>Us.</p>")
    make_live(slot="top")

    for path in ["/corrections/", "/about/", "/newsletter/", "/appeals/", "/no/"]:
        page = body(client, path)

        assert "data-ask" not in page
        assert "appeals.js" not in page


def test_appeals_cost_a_page_one_query(client: Client, piece: Article) -> None:
    for slot in ("top", "foot", "body"):
        make_live("First", "Second", slot=slot, goal=make_goal())

    with CaptureQueriesContext(connection) as queries:
        page = body(client, piece.get_absolute_url())

    assert len(asked(page)["appeals"]) == 3
    assert [one["sql"].count("donations_") for one in queries if "donations_" in one["sql"]] == [1]


def test_page_without_appeals_is_as_if_there_were_none(client: Client, piece: Article) -> None:
    before = body(client, piece.get_absolute_url())
    make_live(not_tags=["grain-corridor"])

    assert body(client, piece.get_absolute_url()) == before
    assert "appeal" not in before.replace("/appeals/", "")


def test_piece_marked_so_has_no_appeal(client: Client, piece: Article) -> None:
    make_live()
    assert default(body(client, piece.get_absolute_url()))

    Article.objects.update(is_without_appeals=True)

    assert not asked(body(client, piece.get_absolute_url()))


def test_two_visitors_get_the_same_bytes(piece: Article) -> None:
    make_live("First", "Second")
    ann, bob = Client(HTTP_USER_AGENT="A phone"), Client(HTTP_USER_AGENT="Another")
    bob.cookies["seen"] = "1"

    pages = [one.get(piece.get_absolute_url(), {"utm_source": "x"}) for one in (ann, bob)]

    assert pages[0].content == pages[1].content
    assert not pages[0].cookies
    assert "Cookie" not in pages[0].get("Vary", "")


def test_browser_gets_rules_and_weights_and_nothing_else(client: Client, piece: Article) -> None:
    appeal = make_appeal("A", "B", only_sections=["asia"], at=timezone.now())
    appeal.variants.update(weight=3)
    make_live("Another", slot="top", priority=-1)
    type(appeal).objects.filter(pk=appeal.pk).update(status="live", live_at=timezone.now())
    rebuild()

    found = asked(body(client, piece.get_absolute_url()))

    variants = [[pk, 3] for pk in appeal.variants.values_list("pk", flat=True)]
    assert set(found["rules"]) == {"cap", "period", "gap", "skip", "holdback", "pauses"}
    assert found["appeals"][0] == {
        "id": appeal.pk,
        "slot": "body",
        "from": board.moment(appeal.starts_at),
        "until": board.moment(appeal.ends_at),
        "lapse": None,
        "device": "",
        "variants": variants,
    }
    assert (found["article"], found["count"]) == (piece.pk, "/appeals/count/")


@pytest.mark.parametrize(
    ("starts", "is_there"), [(AN_HOUR - A_MINUTE, True), (AN_HOUR + A_MINUTE, False)]
)
def test_what_starts_within_the_hour_is_in_the_page_unseen(
    client: Client, piece: Article, starts: timedelta, *, is_there: bool
) -> None:
    make_live(starts_at=timezone.now() + starts, ends_at=timezone.now() + 2 * AN_HOUR)

    page = body(client, piece.get_absolute_url())

    assert bool(asked(page)) == is_there
    assert not default(page)


def test_pause_leaves_nothing_for_readers_without_javascript(
    client: Client, piece: Article
) -> None:
    make_live()
    make_pause(timezone.now() - AN_HOUR, timezone.now() + AN_HOUR)

    page = body(client, piece.get_absolute_url())

    assert asked(page)["rules"]["pauses"]
    assert not default(page)


def test_default_has_no_buttons_that_do_nothing(client: Client, piece: Article) -> None:
    make_live()

    found = default(body(client, piece.get_absolute_url()))

    assert "Please give (A)" in found
    assert "/appeals/" in found
    assert "<button" not in found


def test_amounts_lead_to_the_donation_page(client: Client, piece: Article) -> None:
    appeal = make_appeal()
    appeal.variants.all().delete()
    variant = make_variant(appeal, amounts=[500, 2550], interval="month")
    type(appeal).objects.update(status="live", live_at=timezone.now())
    rebuild()

    found = default(body(client, piece.get_absolute_url()))

    assert re.findall(r'class="appeal__amount"[^>]*>([^<]*)<', found) == [
        "$5 a month",
        "$25.50 a month",
    ]
    assert "https://donate.example.org/parley?utm_source=site&amp;utm_medium=appeal-body" in found
    assert f"utm_content=variant-{variant.pk}&amp;amount=25.50&amp;interval=month" in found


def raised(goal: Goal, hours_ago: float) -> None:
    as_of = timezone.now() - timedelta(hours=hours_ago)
    Goal.objects.filter(pk=goal.pk).update(raised=4_500_00, as_of=as_of)
    rebuild()


def test_goal_is_told_in_words_with_its_day(client: Client, piece: Article) -> None:
    Publication.objects.update(time_zone="Pacific/Kiritimati")
    goal = make_goal(10_000_00, name="Winter season")
    make_live(goal=goal)
    raised(goal, hours_ago=23)

    found = default(body(client, piece.get_absolute_url()))

    as_of = Goal.objects.get().as_of
    assert as_of
    day = as_of.astimezone(Publication.current_zone())
    assert "Winter season: $4,500 of $10,000, as of " in found
    assert f" {day.day}, {day.year}</p>" in found
    assert '<rect width="45"' in found


def test_total_of_yesterday_is_not_shown(client: Client, piece: Article) -> None:
    goal = make_goal()
    make_live(goal=goal)
    raised(goal, hours_ago=24)

    page = body(client, piece.get_absolute_url())

    assert default(page)
    assert "appeal__meter" not in page
    assert "$4,500" not in page


def test_tax_wording_stands_in_small_print(client: Client, piece: Article) -> None:
    make_live()

    assert "Gifts are not tax-deductible." in default(body(client, piece.get_absolute_url()))


def test_no_page_asks_twice_for_an_address(client: Client, piece: Article) -> None:
    for path in ("/", piece.get_absolute_url(), "/latest/"):
        assert body(client, path).count('class="newsletter-box"') == 1, path


def test_preview_shows_its_wording_whatever_the_rules_say(piece: Article) -> None:
    make_rules(off=["all"])
    appeal = make_appeal("A draft", slot="top")

    class Preview:
        def __init__(self) -> None:
            self.appeal = board.appeal(appeal, None, {}, Publication.current_zone())
            self.variant = self.appeal["variants"][0]

    request = RequestFactory().get(piece.get_absolute_url())
    request.appeal_preview = Preview()  # type: ignore[attr-defined]
    assert piece.published_on
    response = article_detail(request, day=piece.published_on, slug=piece.slug)
    page = response.content.decode()

    assert "A draft" in page.partition('class="page-head"')[0]
    assert "appeals.js" not in page
    assert not asked(page)
