"""What an editor says of the pace, and what the screen answers."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from newsletter.models import DomainLimit, Newsletter, Subscriber
from tests.desk import logged_in, rows
from tests.factories import make_user
from tests.factories_newsletter import make_subscriber
from tests.newsletter.pacing import set_limits

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/newsletter/newsletter/1/change/"
ROLE = "newsletter editor"


def save(client: Client | None = None, /, **fields: Any) -> HttpResponse:
    """The form as it first stands, with these changes."""
    Newsletter.objects.get_or_create(pk=1)
    typed = {"name": "The Letter", "welcome": "", "connections": 4, "warm_up_first": 500}
    typed |= {"late_hours": 6, "sends_uncertain": "on", "second_person_above": 10_000}
    client = client or logged_in(role=ROLE)
    return client.post(ADDRESS, typed | fields)  # type: ignore[return-value]


def domains(*typed: tuple[str, str, str]) -> dict[str, list[str]]:
    names, per_minute, per_hour = ([row[place] for row in typed] for place in range(3))
    return rows("domains", domain=names, per_minute=per_minute, per_hour=per_hour)


def limits() -> list[tuple[Any, ...]]:
    return list(DomainLimit.objects.values_list("domain", "per_minute", "per_hour"))


def test_limits_are_saved() -> None:
    save(per_minute=600, per_hour=9000, per_day="", warm_up_from="2026-03-01", warm_up_first=300)

    newsletter = Newsletter.current()
    assert (newsletter.per_minute, newsletter.per_hour, newsletter.per_day) == (600, 9000, None)
    assert (f"{newsletter.warm_up_from}", newsletter.warm_up_first) == ("2026-03-01", 300)


def test_domains_are_saved_as_addresses_have_them() -> None:
    save(**domains((" GMail.com", "60", ""), ("bücher.example", "", "5"), ("", "", "")))

    assert limits() == [("gmail.com", 60, None), ("xn--bcher-kva.example", None, 5)]


def test_domain_is_shown_as_people_write_it() -> None:
    client, typed = logged_in(role=ROLE), domains(("bücher.example", "", "5"))
    save(client, **typed)

    page = client.get(ADDRESS).text
    assert 'value="bücher.example"' in page
    assert "Readers at slower domains may take longer." in page
    assert (
        "bücher.example stands here twice"
        in save(**domains(*[("bücher.example", "", "5")] * 2)).text
    )

    save(client, **typed)
    assert LogEntry.objects.latest("pk").change_message == "Nothing changed."


def test_what_is_posted_takes_the_place_of_what_was_there() -> None:
    save(**domains(("gmail.com", "60", ""), ("web.de", "6", "")))
    kept = DomainLimit.objects.get(domain="web.de").pk

    save(**domains(("web.de", "7", "70")))

    assert limits() == [("web.de", 7, 70)]
    assert DomainLimit.objects.get().pk == kept


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("ann@gmail.com", "1", ""), "Write only what stands after the @"),
        (("no domain", "1", ""), "“no domain” is no domain that mail goes to"),
        (("localhost", "1", ""), "“localhost” is no domain that mail goes to"),
        (("a" * 64 + ".com", "1", ""), "is no domain that mail goes to"),
        (("", "1", ""), "Name the domain."),
        (("gmail.com", "", ""), "Say how many letters, a minute or an hour."),
        (("gmail.com", "0", ""), "Letters a minute: at least one"),
        (("gmail.com", "", "-3"), "Letters an hour: at least one"),
        (("gmail.com", "many", ""), "Write letters a minute as a whole number."),
        (("gmail.com", "9999999999", ""), "a million at most"),
        (("gmail.com\x00", "1", ""), "Null characters are not allowed."),
    ],
)
def test_bad_domain_gets_words_that_help(typed: tuple[str, str, str], words: str) -> None:
    page = save(**domains(typed)).text

    assert escape(words) in page
    assert not DomainLimit.objects.exists()


def test_domain_that_stands_there_twice_is_told() -> None:
    page = save(**domains(("gmail.com", "1", ""), ("GMAIL.com", "2", ""))).text

    assert "gmail.com stands here twice" in page


@pytest.mark.parametrize("typed", ["0", "-1", "1.5", "x", "99999999999"])
def test_bad_number_is_refused(typed: str) -> None:
    fields = ["per_minute", "per_hour", "per_day", "connections"]

    response = save(**dict.fromkeys(fields, typed))

    errors = response.context["adminform"].errors  # type: ignore[attr-defined]  # by the client
    assert sorted(errors) == sorted(fields)
    assert Newsletter.current().connections == 4


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "as fast as the mail server takes them"),
        ({"per_minute": 600}, "20,000 readers take about 34 minutes"),
        ({"per_minute": 600, "per_hour": 3000}, "20,000 readers take about 6 hours"),
        ({"per_day": 6000}, "20,000 readers take about 3 days"),
        ({"warm_up_from": "2026-01-01", "warm_up_first": 500}, "20,000 readers take about 5 days"),
    ],
)
def test_screen_says_what_the_limits_mean(fields: dict[str, Any], words: str) -> None:
    set_limits(**fields)

    assert words in logged_in(role=ROLE).get(ADDRESS).text


def test_own_readers_are_counted_as_long_as_that_is_quick() -> None:
    set_limits(per_minute=600)
    for _ in range(2):
        make_subscriber()

    assert "As saved, 2 readers take" in logged_in(role=ROLE).get(ADDRESS).text


def test_of_very_many_readers_the_number_is_near_the_truth() -> None:
    set_limits(per_minute=600)
    now = timezone.now()
    many = (
        Subscriber(address=f"{n}@a.test", status="active", joined_at=now) for n in range(12_000)
    )
    Subscriber.objects.bulk_create(many)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE newsletter_subscriber")

    assert "As saved, about 12,000 readers take" in logged_in(role=ROLE).get(ADDRESS).text


def test_log_says_what_changed_and_from_what() -> None:
    save(per_minute=300)
    save(per_minute=600, **domains(("gmail.com", "60", "600")))
    save(per_minute=600, **domains(("GMAIL.com", "60", "600")))

    said = [entry.change_message for entry in LogEntry.objects.order_by("pk")]
    assert "Letters a minute: 300 instead of none." in said[0]
    assert said[1] == (
        "Letters a minute: 600 instead of 300. Slower for: gmail.com 60 a minute, 600 an hour."
    )
    assert said[2] == "Nothing changed."


def test_who_may_not_limit_domains_reads_them_and_cannot_change_them() -> None:
    save(**domains(("gmail.com", "60", "")))
    user = make_user("assistant")
    may = ["change_newsletter", "view_newsletter"]
    user.user_permissions.set(Permission.objects.filter(codename__in=may))
    client = logged_in(user)

    assert "gmail.com 60 a minute" in client.get(ADDRESS).text
    assert save(client, per_minute=5, **domains(("web.de", "1", ""))).status_code == 302
    assert limits() == [("gmail.com", 60, None)]
    assert Newsletter.current().per_minute == 5


@pytest.mark.parametrize("role", ["writer", "editor"])
def test_others_are_not_let_in(role: str) -> None:
    client = logged_in(role=role)

    assert client.get(ADDRESS).status_code == 403
    assert save(client, per_minute=5).status_code == 403
