"""What a reader may choose, take along, and have erased; without asking anybody."""

import json

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from newsletter.models import Delivery, Import, RefusedRow, SignUp, Subscriber, Suppression
from newsletter.services import subscribing
from newsletter.tokens import ERASE, EXPORT, PREFERENCES
from newsroom.models import Limit
from tests.factories import make_section, make_user
from tests.factories_newsletter import make_issue, make_subscriber

pytestmark = pytest.mark.django_db
Status = Subscriber.Status


@pytest.fixture
def subscriber() -> Subscriber:
    return make_subscriber("ann@example.org")


def path(subscriber: Subscriber) -> str:
    return f"/newsletter/preferences/{PREFERENCES.sign(str(subscriber.pk))}/"


def erase_path(subscriber: Subscriber) -> str:
    return f"/newsletter/erase/{ERASE.sign(str(subscriber.pk))}/"


def test_topics_and_frequency_are_saved(client: Client, subscriber: Subscriber) -> None:
    europe, asia = make_section("Europe"), make_section("Asia")

    posted = {"frequency": "monthly", "sections": [europe.pk, asia.pk]}
    response = client.post(path(subscriber), posted, follow=True)

    subscriber.refresh_from_db()
    assert "Saved." in response.text
    assert subscriber.frequency == "monthly"
    assert set(subscriber.sections.all()) == {europe, asia}
    [consent] = subscriber.consents.all()
    assert consent.kind == "changed"
    assert consent.wording == "Once a month, the month's first; Asia, Europe"


def test_saving_what_was_so_is_no_change(client: Client, subscriber: Subscriber) -> None:
    client.post(path(subscriber), {"frequency": "weekly"})

    assert not subscriber.consents.exists()


def test_wishes_of_somebody_erased_this_moment_are_no_error(subscriber: Subscriber) -> None:
    subscribing.erase(subscriber.pk)

    assert not subscribing.set_preferences(subscriber, sections=[], frequency="monthly")


def test_nonsense_is_refused(client: Client, subscriber: Subscriber) -> None:
    response = client.post(path(subscriber), {"frequency": "hourly", "sections": [0]})

    assert response.status_code == 422
    subscriber.refresh_from_db()
    assert subscriber.frequency == "weekly"


def test_page_shows_what_is_chosen(client: Client) -> None:
    europe, _ = make_section("Europe"), make_section("Asia")
    subscriber = make_subscriber(frequency="monthly", sections=[europe])

    page = client.get(path(subscriber)).text

    assert page.count(" checked") == 2
    assert " checked" in page.split(f'name="sections" value="{europe.pk}"')[1].split(">")[0]


@pytest.mark.parametrize("status", [s for s in Status.values if s != Status.ACTIVE])
def test_who_gets_no_letters_changes_nothing(client: Client, status: str) -> None:
    subscriber = make_subscriber(status=status)

    response = client.post(path(subscriber), {"frequency": "monthly"})

    assert "gets no letters" in response.text
    subscriber.refresh_from_db()
    assert (subscriber.status, subscriber.frequency) == (status, "weekly")


def test_page_takes_the_same_queries_for_any_number_of_topics(client: Client) -> None:
    numbers = []
    for n_sections in (1, 9):
        sections = [make_section() for _ in range(n_sections)]
        subscriber = make_subscriber(sections=sections)
        with CaptureQueriesContext(connection) as queries:
            client.get(path(subscriber))
        numbers.append(len(queries))

    assert numbers == [5, 5]


def known_everywhere() -> Subscriber:
    """Somebody of whom every table that can know has something."""
    by = make_user("administrator", username="root-1")
    batch = Import.objects.create(name="old.csv", statement="They asked in 2019.", created_by=by)
    subscriber = make_subscriber("ann@example.org", batch=batch, sections=[make_section("Europe")])
    now = timezone.now()
    subscriber.consents.create(kind="asked", at=now, form="footer", network="192.0.2.0/24")
    Delivery.objects.create(
        issue=make_issue(), subscriber=subscriber, status="accepted", done_at=now
    )
    RefusedRow.objects.create(batch=batch, line=2, text="Ann;ANN@example.org", reason="Twice.")
    SignUp.objects.create(address=subscriber.address, form="page", wording="x", at=now)
    subscribing.ask_for(subscriber.address, by=by)
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(Subscriber),
        object_id=str(subscriber.pk),
        object_repr=str(subscriber),
        action_flag=CHANGE,
        change_message="ann@example.org was changed",
    )
    return subscriber


def tables_with(text: str) -> list[str]:
    """Where `text` stands in the database, whatever its case."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = []
        for table in tables:
            statement = f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE %s'  # noqa: S608
            cursor.execute(statement, [f"%{text}%"])
            found += [table] if cursor.fetchone()[0] else []
    return found


def test_export_holds_everything(client: Client) -> None:
    subscriber = known_everywhere()

    response = client.get(f"/newsletter/export/{EXPORT.sign(str(subscriber.pk))}/")

    found = json.loads(response.content)
    assert "attachment" in response["Content-Disposition"]
    assert found["address"] == "ann@example.org"
    assert found["topics"] == ["Europe"]
    assert found["import"]["proof_of_consent"] == "They asked in 2019."
    assert found["consents"][0]["network"] == "192.0.2.0/24"
    assert found["letters"][0]["issue__subject"] == "What happened"


def test_erasing_leaves_a_keyed_hash_and_nothing_else(client: Client) -> None:
    subscriber = known_everywhere()
    assert tables_with("ann@example")
    page = client.get(erase_path(subscriber))
    assert "fingerprint" in page.text
    assert Subscriber.objects.exists()

    for _ in range(2):
        assert "Erased" in client.post(erase_path(subscriber)).text

    assert tables_with("ann@example") == []
    row = Delivery.objects.get()  # the books of the round-up go on to balance
    assert (row.subscriber_id, row.status) == (subscriber.pk, "accepted")
    assert Suppression.objects.of("ann@example.org").get().reason == "erased"
    assert not subscriber.consents.exists()
    assert not Limit.objects.filter(key__contains=".address ").exists()


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_looking_at_the_page_erases_nothing(
    client: Client, subscriber: Subscriber, method: str
) -> None:
    getattr(client, method)(erase_path(subscriber))

    assert Subscriber.objects.exists()


def test_links_of_somebody_erased_lead_nowhere(client: Client, subscriber: Subscriber) -> None:
    links = [path(subscriber), f"/newsletter/export/{EXPORT.sign(str(subscriber.pk))}/"]
    subscribing.erase(subscriber.pk)

    assert {client.get(link).status_code for link in links} == {410}
