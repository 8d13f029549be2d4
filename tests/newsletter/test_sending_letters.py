"""Of every single reader what became of their letter."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from newsletter.admin import history, letters
from newsletter.models import Bounce, Delivery, Issue, Subscriber
from tests.desk import logged_in
from tests.factories_newsletter import make_issue, make_sent, make_subscriber
from tests.newsletter.letters_sent import Status, become, make_sending, page, reader, url
from tests.newsletter.sending import ROLE

pytestmark = pytest.mark.django_db


def test_list_shows_readers_of_one_state_with_their_answers() -> None:
    issue = make_sending(Status.ACCEPTED, Status.FAILED)
    fine, refused = issue.deliveries.all()
    become(refused, Status.FAILED, answer="550 5.1.1 No such user", n_attempts=7)

    shown = page(issue, "letters", status="failed")

    assert reader(refused).address in shown
    assert "550 5.1.1 No such user" in shown
    assert 'data-name="Attempts">7</td>' in shown
    assert reader(fine).address not in shown


def test_an_erased_reader_keeps_a_row() -> None:
    issue = make_sending(Status.FAILED)
    reader(issue.deliveries.get()).delete()

    assert "<i>Erased</i>" in page(issue, "letters", status="failed")


def test_every_state_has_a_list() -> None:
    issue, desk = make_sending(*Status.values), logged_in(role=ROLE)
    addresses = {row.status: reader(row).address for row in issue.deliveries.all()}

    lists = {status: page(issue, "letters", desk, status=status) for status in Status.values}

    for status, shown in lists.items():
        assert [one for one in addresses.values() if one in shown] == [addresses[status]], status


def test_a_place_that_is_none_is_the_beginning() -> None:
    issue, desk = make_sending(Status.FAILED), logged_in(role=ROLE)
    address = reader(issue.deliveries.get()).address

    for after in ["x", "-1", "9" * 30, "²", "\x00"]:
        assert address in page(issue, "letters", desk, status="failed", after=after), after


def test_a_state_that_is_none_shows_those_refused() -> None:
    issue = make_sending(Status.FAILED)

    assert reader(issue.deliveries.get()).address in page(issue, "letters", status="<b>")


def test_pages_follow_one_another_without_gap_or_repetition(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    issue = make_sending(*[Status.FAILED] * 5)
    monkeypatch.setattr(letters, "N_SHOWN", 2)
    seen: list[int] = []
    place: int | None = 0
    while place is not None:
        found = letters.page(issue, Status.FAILED, place)
        seen += [row.subscriber_id for row, _ in found["letters"]]
        place = found["next"]

    everyone = issue.deliveries.values_list("subscriber", flat=True)
    assert seen == list(everyone)


def test_a_page_costs_seven_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    issue = make_sending(*[Status.ACCEPTED] * 9)
    client = logged_in(role=ROLE)

    with django_assert_num_queries(7):  # one of them is for the letters
        client.get(url(issue, "letters"), {"status": "accepted"})


@pytest.mark.parametrize("role", ["writer", "fundraiser", "editor"])
def test_other_roles_see_no_addresses(role: str) -> None:
    issue = make_sending(Status.FAILED)

    assert logged_in(role=role).get(url(issue, "letters")).status_code == 403


# On the subscriber's screen


def screen(subscriber: Subscriber, **query: int) -> str:
    path = f"/admin/newsletter/subscriber/{subscriber.pk}/change/"
    return logged_in(role=ROLE).get(path, query).content.decode()


def make_history(n: int) -> Subscriber:
    """Somebody who was sent `n` round-ups, one a week."""
    ann, today = make_subscriber("ann@example.org"), date(2026, 6, 5)
    for week in range(n):
        issue = make_issue(subject=f"Week {week}.")
        make_sent(issue, on=today + timedelta(weeks=week))
        Delivery.objects.create(
            issue=issue, subscriber=ann, status=Status.ACCEPTED, done_at=timezone.now()
        )
    return ann


def test_letters_of_a_subscriber_are_told_in_words() -> None:
    issue = make_sending(Status.FAILED)
    row = issue.deliveries.get()
    become(row, Status.FAILED, answer="550 5.1.1 No such user", n_attempts=2, n_lost=1)

    shown = screen(reader(row))

    assert f'{url(issue, "status")}">What happened</a>' in shown
    assert ">Refused</span>, 2 attempts, 1 without an answer" in shown
    assert "550 5.1.1 No such user" in shown


def test_older_letters_are_on_further_pages() -> None:
    ann = make_history(history.N_SHOWN + 2)
    shown = screen(ann)
    assert "Week 2." in shown
    assert "Week 1." not in shown
    third = Issue.objects.get(subject="Week 2.").pk
    assert f"?before={third}#letters" in shown

    older = screen(ann, before=third)

    assert "Week 1." in older
    assert "Week 2." not in older
    assert "Older letters" not in older


def test_what_came_back_is_listed() -> None:
    issue = make_sending(Status.BOUNCED)
    subscriber = reader(issue.deliveries.get())
    Bounce.objects.create(
        subscriber=subscriber,
        issue=issue,
        kind=Bounce.Kind.HARD,
        source=Bounce.Source.REPORT,
        on=date(2026, 6, 5),
        code="5.1.1",
        answer="No such user",
    )

    shown = screen(subscriber)

    assert "For good. Came back by mail, 5.1.1: What happened" in shown
    assert "5 Jun 2026" in shown


def test_history_is_one_query_however_long(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    ann = make_history(5)

    with django_assert_num_queries(1):
        [str(row.issue) for row, _ in history.letters(ann, "")["letters"]]
    with django_assert_num_queries(1):
        history.returned(ann)
