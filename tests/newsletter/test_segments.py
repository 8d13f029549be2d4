"""Parts of the subscribers: described in plain questions, counted as they will be mailed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from newsletter.models import Segment, Source, Subscriber
from newsletter.services import approving
from tests.desk import logged_in
from tests.factories import make_section, make_user
from tests.factories_newsletter import make_segment, make_subscriber
from tests.newsletter.sending import make_tested, schedule

pytestmark = pytest.mark.django_db
SEGMENTS = "/admin/newsletter/segment/"
ROLES = ["writer", "editor", "newsletter editor", "fundraiser", "administrator"]


def make_crowd() -> None:
    europe, asia = make_section("Europe"), make_section("Asia")
    old = timezone.now() - timedelta(days=400)
    make_subscriber("all@example.org")
    make_subscriber("europe@example.org", sections=[europe], source=Source.IMPORT)
    make_subscriber("asia@example.org", sections=[asia], joined_at=old)
    make_subscriber("both@example.org", sections=[europe, asia], joined_at=old)
    make_subscriber("left@example.org", Subscriber.Status.LEFT, sections=[europe])
    make_subscriber("pending@example.org", Subscriber.Status.PENDING)


def names(segment: Segment) -> set[str]:
    found = Subscriber.objects.active().within(segment)
    return {one.address.partition("@")[0] for one in found}


def test_segment_without_answers_is_everybody_who_gets_mail() -> None:
    make_crowd()

    assert names(make_segment()) == {"all", "europe", "asia", "both"}


def test_who_chose_no_topic_belongs_to_each() -> None:
    make_crowd()

    assert names(make_segment(sections=[make_section("Europe")])) == {"all", "europe", "both"}


def test_segment_by_the_way_they_came() -> None:
    make_crowd()

    assert names(make_segment(sources=[Source.IMPORT, Source.DESK])) == {"europe"}


def test_segment_by_when_they_joined() -> None:
    make_crowd()
    a_year_ago = timezone.now() - timedelta(days=365)

    assert names(make_segment(joined_from=a_year_ago)) == {"all", "europe"}
    assert names(make_segment(joined_before=a_year_ago)) == {"asia", "both"}


def test_answers_add_up() -> None:
    make_crowd()
    sections = [make_section("Europe")]

    assert names(make_segment(sections=sections, sources=[Source.IMPORT])) == {"europe"}


def test_count_on_the_form_is_that_of_the_segment() -> None:
    make_crowd()
    europe = make_section("Europe")
    segment = make_segment(sections=[europe])
    client = logged_in(role="newsletter editor")

    page = client.get(f"{SEGMENTS}{segment.pk}/change/").content.decode()
    live = client.post(f"{SEGMENTS}count/", {"sections": [europe.pk]}).json()

    assert ">3</output>" in page
    assert live == {"n": 3}


def test_live_count_leaves_out_what_does_not_hold() -> None:
    make_crowd()
    answers = {"sections": ["999"], "joined_from_0": "nonsense", "sources": ["import"]}

    live = logged_in(role="newsletter editor").post(f"{SEGMENTS}count/", answers).json()

    assert live == {"n": 1}
    assert not Segment.objects.exists()


def test_segment_is_saved_from_the_form() -> None:
    europe = make_section("Europe")
    form = {"name": "Europe", "sections": [europe.pk], "sources": ["front", "page"]}
    moments = {"joined_from_0": "2026-01-02", "joined_from_1": "09:30"}

    logged_in(role="newsletter editor").post(f"{SEGMENTS}add/", form | moments)

    segment = Segment.objects.get()
    assert list(segment.sections.all()) == [europe]
    assert segment.sources == ["front", "page"]
    assert segment.joined_from
    assert segment.joined_before is None


def test_segment_ends_after_it_begins() -> None:
    form = {"name": "Nobody", "joined_from_0": "2026-01-02", "joined_from_1": "09:30"}
    form |= {"joined_before_0": "2026-01-01", "joined_before_1": "09:30"}

    page = logged_in(role="newsletter editor").post(f"{SEGMENTS}add/", form).content.decode()

    assert "must be earlier" in page
    assert not Segment.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"), list(zip(ROLES, [403, 403, 200, 403, 200], strict=True))
)
def test_who_may_count(role: str, status: int) -> None:
    client = logged_in(role=role)

    assert client.post(f"{SEGMENTS}count/").status_code == status
    assert client.get(f"{SEGMENTS}add/").status_code == status


def test_list_says_who_they_are() -> None:
    make_segment("A", sections=[make_section("Europe")], sources=[Source.IMPORT])
    make_segment("B")

    page = logged_in(role="newsletter editor").get(SEGMENTS).content.decode()

    assert "Europe; import" in page
    assert "everybody" in page


def test_segment_of_a_scheduled_round_up_stays_as_it_was_counted() -> None:
    segment, desk = make_segment("Importers", sources=["import"]), logged_in(role=ROLES[2])
    make_subscriber(source=Source.IMPORT)
    issue = make_tested(segment=segment)
    approving.approve(issue, by=make_user(ROLES[2]))
    schedule(issue)
    url = f"{SEGMENTS}{segment.pk}/change/"

    assert desk.post(url, {"name": "Everybody"}).status_code == 403
    assert "A scheduled round-up goes to it" in desk.get(url).text

    approving.cancel(issue, by=make_user(ROLES[2]))
    assert desk.post(url, {"name": "Everybody"}).status_code == 302
