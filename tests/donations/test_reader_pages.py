"""What readers may know of appeals, and where givers arrive."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from donations import returning
from donations.models import Rules, Tie
from newsroom.lib.tokens import Purpose
from newsroom.models import Publication
from tests.factories_donations import (
    make_claim,
    make_live,
    make_rules,
    make_tax_wording,
    rebuild,
)

pytestmark = pytest.mark.django_db
ABOUT = "/appeals/"


def read(path: str = ABOUT) -> str:
    return Client().get(path).content.decode()


def tied(statement: str, **fields: object) -> None:
    """A live appeal that rests on a claim."""
    appeal = make_live(**fields)
    claim = make_claim(statement, source="https://report.example.org/2026")
    Tie.objects.create(variant=appeal.variants.get(), phrase="133%", claim=claim)
    rebuild()


def test_page_says_how_often_we_ask() -> None:
    make_rules(cap=4, period_days=9, gap_hours=20, skip_pages=3, holdback=6)

    html = read()

    assert "At most 4 times in 9 days, and never twice within 20 hours." in html
    assert "Not on the first 3 pages" in html
    assert "6 in 100 readers" in html


def test_rules_that_are_not_used_are_not_told() -> None:
    make_rules(gap_hours=0, skip_pages=0, holdback=0, cap=1, period_days=1)

    html = read()

    assert "At most 1 time in 1 day." in html
    assert "Not on the first" not in html
    assert "are never asked" not in html


def test_page_tells_the_defaults_before_anybody_used_appeals() -> None:
    assert f"At most {Rules().cap} times in {Rules().period_days} days" in read()


def test_claims_of_what_runs_are_told_with_source_and_last_day() -> None:
    tied("Page views rose by 133%.")

    html = read()

    assert "Page views rose by 133%." in html
    assert 'href="https://report.example.org/2026"' in html
    assert "Dec. 31, 2099" in html


def test_claims_and_taxes_of_what_does_not_run_are_not_told() -> None:
    now = timezone.now()
    later = {"starts_at": now + timedelta(days=1), "ends_at": now + timedelta(days=2)}
    tied("Not yet.", tax_wording=make_tax_wording("Not this one."), **later)
    make_claim("In no appeal.")

    html = read()

    assert "Not yet." not in html
    assert "In no appeal." not in html
    assert "Not this one." not in html


def test_each_tax_wording_is_told_once() -> None:
    wording = make_tax_wording("Gifts are <em>not</em> deductible.")
    for _ in range(2):
        make_live(tax_wording=wording)

    assert read().count("Gifts are <em>not</em> deductible.") == 1


def test_what_staff_wrote_is_text() -> None:
    tied("<script>alert(1)</script>")

    assert "<script>alert" not in read()


def test_same_bytes_for_everybody_and_three_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(3):
        tied(f"Claim {number}.")
    first, second = Client(), Client(headers={"user-agent": "Another", "cookie": "a=b"})

    with django_assert_num_queries(3):
        response = first.get(ABOUT)

    assert response.content == second.get(ABOUT).content
    assert not response.cookies


def test_page_works_as_a_text() -> None:
    html = read()

    assert "<noscript>" in html
    assert 'data-appeal-choices="" hidden' in html


@pytest.mark.parametrize("way", [returning.PAGE, returning.MAIL])
def test_signed_link_thanks_in_the_publications_name(settings: Settings, way: str) -> None:
    Publication.objects.update_or_create(pk=1, defaults={"name": "Parley"})
    settings.SITE_URL = "https://parley.example"

    link = returning.link(way)
    assert link.startswith("https://parley.example/donate-thanks/")
    response = Client().get(link.removeprefix("https://parley.example"))

    assert response.status_code == 200
    assert "Parley is paid for by readers like you" in response.content.decode()
    assert 'data-appeal-choices="gave"' in response.content.decode()


def test_what_a_payment_page_adds_is_ignored() -> None:
    path = returning.link().partition("//")[2].partition("/")[2]

    response = Client().get(f"/{path}?utm_source=x&amount=25&name=%00&session_id=cs_1")

    assert response.status_code == 200
    assert b"cs_1" not in response.content


def test_link_that_is_not_ours_gives_nothing_but_a_way_on() -> None:
    signed = returning.GAVE.sign("page")
    others = ["page", f"{signed}x", signed.replace("page", "mail"), "x" * 5000, "%00"]
    for token in [*others, returning.GAVE.sign("somewhere"), Purpose("leave").sign("page")]:
        response = Client().get(f"/donate-thanks/{token}/")

        assert response.status_code == 404, token
        assert b"data-appeal-choices" not in response.content
        assert b'href="/appeals/"' in response.content


@pytest.mark.parametrize("token", [returning.GAVE.sign("page"), "wrong"])
def test_token_is_told_to_nobody(token: str) -> None:
    response = Client().get(f"/donate-thanks/{token}/")

    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"
    assert token.encode() not in response.content


def test_arriving_changes_nothing_here(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    path = f"/donate-thanks/{returning.GAVE.sign('mail')}/"

    with django_assert_num_queries(1):  # the publication's name
        response = Client().get(path)

    assert not response.cookies
    assert Client().post(path).status_code == 405


def test_footer_leads_to_the_page() -> None:
    assert 'href="/appeals/">What we ask and why</a>' in read("/latest/")


def test_pages_about_asking_do_not_ask() -> None:
    make_rules()
    make_live(slot="top")
    make_live(slot="foot")

    html = read()

    assert "data-newsletter" not in html
    assert "Please give" not in html
