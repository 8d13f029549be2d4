"""Whatever the newsroom does, every published piece reaches readers once or is skipped."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import services as desk
from articles.models import Article
from newsletter.completeness import owed
from newsletter.models import Issue, Item
from newsletter.services import composing
from newsroom.models import Publication, User
from tests.factories import make_ready, make_user

pytestmark = pytest.mark.django_db
NEW_YORK = ZoneInfo("America/New_York")
# The hours around the ends of daylight saving, of the year, and of February in a leap year.
STARTS = [
    datetime(2026, 3, 8, 1, tzinfo=NEW_YORK),
    datetime(2026, 11, 1, 0, 30, tzinfo=NEW_YORK),
    datetime(2026, 12, 31, 20, tzinfo=NEW_YORK),
    datetime(2028, 2, 28, 22, tzinfo=NEW_YORK),
]
EVENTS = st.one_of(
    st.tuples(st.just("publish"), st.integers(-300, 90)),  # minutes from now: dated back or ahead
    st.tuples(st.sampled_from(["unpublish", "publish again", "kill"]), st.integers(0, 9)),
    st.tuples(st.just("round up"), st.sampled_from(["mail", "skip", "delete", "keep open"])),
    st.tuples(st.just("wait"), st.integers(1, 200)),
)


class Newsroom:
    """Plays a history, its clock moved by hand."""

    def __init__(self, start: datetime, user: User) -> None:
        self.now, self.user = start.astimezone(UTC), user
        self.pieces: list[Article] = []

    def play(self, event: str, value: object) -> None:
        self.now += timedelta(minutes=2)
        match event, value:
            case "publish", int(minutes):
                piece = make_ready()
                desk.publish(piece, by=None, at=self.now + timedelta(minutes=minutes))
                self.pieces.append(piece)
            case "unpublish" | "kill", int(number) if number < len(self.pieces):
                desk.unpublish(self.pieces[number], by=None)
            case "publish again", int(number) if number < len(self.pieces):
                desk.publish(self.pieces[number], by=None, at=self.now)
            case "wait", int(minutes):
                self.now += timedelta(minutes=minutes)
            case "round up", str(way):
                self.round_up(way)

    def round_up(self, way: str) -> None:
        issue = composing.draft(by=self.user, at=self.now)
        assert not owed(issue).exists()
        if way == "delete":
            issue.delete()
        for item in issue.items.filter(kind=Item.Kind.ARTICLE)[:2] if way == "skip" else []:
            composing.skip(item, by=self.user, reason="Told last week.")


@pytest.mark.processes
@given(st.sampled_from(STARTS), st.lists(EVENTS, max_size=12))
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_every_published_piece_is_in_one_round_up(
    db: None, start: datetime, events: list[tuple[str, object]]
) -> None:
    with transaction.atomic():
        Publication.objects.update_or_create(pk=1, defaults={"time_zone": "America/New_York"})
        newsroom = Newsroom(start, make_user("newsletter editor"))
        newsroom.round_up("mail")  # from here on it counts
        for event, value in events:
            newsroom.play(event, value)
        newsroom.now += timedelta(hours=3)
        newsroom.round_up("mail")

        begin = Issue.objects.order_by("pk")[0].since
        public = Article.objects.public(newsroom.now).filter(published_at__lt=newsroom.now)
        expected = set(public.filter(published_at__gte=begin).values_list("pk", flat=True))
        dealt_with = list(
            Item.objects.filter(article__isnull=False).values_list("article", flat=True)
        )

        assert expected <= set(dealt_with)
        assert len(dealt_with) == len(set(dealt_with))
        transaction.set_rollback(True)


def test_piece_dated_back_before_the_last_cut_off_is_still_owed() -> None:
    user = make_user("newsletter editor")
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    composing.draft(by=user, at=now)
    late = make_ready()
    desk.publish(late, by=None, at=now - timedelta(hours=5))

    following = composing.draft(by=user, at=now + timedelta(days=7))

    assert [item.article for item in following.items.all()] == [late]


def test_piece_at_the_very_cut_off_belongs_to_the_next_round_up() -> None:
    user = make_user("newsletter editor")
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    piece = make_ready()
    desk.publish(piece, by=None, at=now)

    first = composing.draft(by=user, at=now)
    second = composing.draft(by=user, at=now + timedelta(days=7))

    assert not first.items.exists()
    assert [item.article for item in second.items.all()] == [piece]
