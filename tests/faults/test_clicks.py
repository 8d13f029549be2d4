"""Many clicks at the same moment do what one does (A6)."""

from concurrent.futures import ThreadPoolExecutor
from itertools import cycle

import pytest
from django.db import connection
from django.test import Client

from newsletter.models import Issue
from newsletter.services import sending
from tests.desk import logged_in
from tests.factories import make_user
from tests.factories_newsletter import make_subscriber
from tests.newsletter.letters_sent import state, url
from tests.newsletter.sending import ROLE, make_approved, make_scheduled, start

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.processes,
]
CLICKS, READERS = 50, 4
Status = Issue.Status
BEGUN = "To be sent at once."
AGAIN = "It is on its way already."


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "number" in metafunc.fixturenames:
        metafunc.parametrize("number", range(20 if metafunc.config.getoption("--full") else 2))


def clicked(issue: Issue, name: str, **fields: str) -> list[str]:
    """What CLICKS clicks of two people at the same moment are answered."""
    pairs = [logged_in(role=ROLE), logged_in(role=ROLE)]
    visitors = [session.cookies for session, _ in zip(cycle(pairs), range(CLICKS), strict=False)]

    def one(cookies: object) -> str:
        client = Client()
        client.cookies = cookies  # type: ignore[assignment]
        try:
            response = client.post(url(issue, name), fields)
            assert response.status_code == 302
            return str(list(response.wsgi_request._messages)[-1])  # type: ignore[attr-defined]  # noqa: SLF001
        finally:
            connection.close()

    with ThreadPoolExecutor(CLICKS // 5) as pool:
        return list(pool.map(one, visitors))


def test_of_fifty_clicks_on_send_one_starts_it(number: int) -> None:
    issue = make_approved(READERS)

    answers = clicked(issue, "schedule", recipients=str(READERS), at_once="1")

    assert (answers.count(BEGUN), answers.count(AGAIN)) == (1, CLICKS - 1)
    assert [start(issue) for _ in range(3)] == [True, False, False]
    assert issue.deliveries.count() == READERS


def test_clicks_after_the_start_change_nothing() -> None:
    issue = make_scheduled(READERS)
    start(issue)
    make_subscriber()

    answers = clicked(issue, "schedule", recipients=str(READERS + 1), at_once="1")

    assert set(answers) == {AGAIN}
    assert issue.deliveries.count() == READERS


@pytest.mark.parametrize(
    ("name", "reached"), [("pause", Status.PAUSED), ("resume", Status.SENDING)]
)
def test_of_many_clicks_on_a_control_one_counts(name: str, reached: str) -> None:
    issue = make_scheduled(READERS)
    start(issue)
    if name == "resume":
        sending.pause(issue, by=make_user(ROLE))

    answers = clicked(issue, name)

    assert state(issue) == reached
    assert len([said for said in answers if said.endswith("already.")]) == CLICKS - 1
