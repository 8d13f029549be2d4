"""Whatever is done in whatever order: no reader gets a page that is older than what is known."""

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article, FrontPage, Notice, Photo, Section
from newsroom.lib import generation
from newsroom.models import Publication
from newsroom.pages.shared import Folder
from tests import pristine
from tests.factories import make_photo, make_published, make_section, make_tag
from tests.factories_donations import make_live, make_rules
from tests.pages import MB, Site, asked

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]  # it takes long

Truth = list[tuple[int, bytes]]
START = datetime(2026, 3, 28, 22, 50, tzinfo=UTC)  # a night on which clocks are changed
N_PIECES = 3


class World:
    """Two web processes with a folder between them, and what their pages should be."""

    def __init__(self, clock: time_machine.Traveller, folder: Path) -> None:
        self.clock = clock
        self.section = make_section("Europe")
        tag = make_tag("grain")
        photo = make_photo(agency="The agency")
        day_ago = START - timedelta(days=1)
        self.pieces = [
            make_published(f"Piece {n}", at=day_ago, section=self.section, tags=[tag], photo=photo)
            for n in range(N_PIECES)
        ]
        make_live("Give now", starts_at=day_ago, ends_at=START + timedelta(hours=3))
        self.sites = [Site(shared=Folder(folder, MB)) for _ in range(2)]
        self.paths = [
            *(piece.get_absolute_url() for piece in self.pieces[:2]),
            "/",
            "/latest/",
            self.section.get_absolute_url(),
            "/corrections/",
            "/feeds/atom/",
            "/news-sitemap.xml",
        ]
        self.n = 0
        self.seen: list[Truth] = [self.truth()]  # since it was last looked

    def truth(self) -> Truth:
        """What each page is now, made by Django itself."""
        answers = [asked(self.sites[0].django, path) for path in self.paths]
        return [(answer.status, answer.body) for answer in answers]

    def change(self, number: int, of: int) -> None:
        piece = Article.objects.filter(pk=self.pieces[of].pk)
        CHANGES[number](self, piece)
        self.n += 1
        self.seen.append(self.truth())

    def wait(self, seconds: float) -> None:
        """In steps of half a second at most, as a watcher does."""
        while seconds > 0:
            step = min(seconds, 0.5) if seconds < 5 else seconds
            self.clock.shift(step)
            seconds -= step
            self.sites[0].watcher.look()
        self.seen = [self.truth()]

    def read(self, place: int, by: int) -> None:
        answer = self.sites[by].get(self.paths[place])
        right = [truth[place] for truth in [*self.seen, self.truth()]]
        if len(self.seen) == 1:  # nothing was written that nobody has noticed
            right = right[1:]
        assert (answer.status, answer.body) in right, self.paths[place]


def later(world: World, seconds: int) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds)


CHANGES: list[Callable[[World, object], object]] = [
    lambda world, piece: piece.update(headline=f"Headline {world.n}"),  # type: ignore[attr-defined]
    lambda world, piece: piece.update(status=Article.Status.KILLED),  # type: ignore[attr-defined]
    lambda world, piece: piece.update(status=Article.Status.PUBLISHED),  # type: ignore[attr-defined]
    lambda world, piece: piece.update(published_until=later(world, 2)),  # type: ignore[attr-defined]
    lambda world, piece: piece.update(published_until=None),  # type: ignore[attr-defined]
    lambda world, piece: piece.update(  # type: ignore[attr-defined]
        published_at=later(world, 1), published_until=None
    ),
    lambda world, piece: Notice.objects.create(
        article=piece.get(),  # type: ignore[attr-defined]
        kind="correction",
        text=f"Wrong {world.n}.",
        at=later(world, 1),
    ),
    lambda world, piece: FrontPage.objects.update(lead=piece.get()),  # type: ignore[attr-defined]
    lambda world, piece: Section.objects.update(name=f"Section {world.n}"),
    lambda world, piece: Photo.objects.update(caption=f"Caption {world.n}"),
    lambda world, piece: Photo.objects.update(expires_on=later(world, 0).date()),
    lambda world, piece: Publication.objects.update(tagline=f"Tagline {world.n}"),
    lambda world, piece: make_rules(off=["all"]),
    lambda world, piece: make_rules(off=[]),
]
change = st.tuples(
    st.just("change"), st.integers(0, len(CHANGES) - 1), st.integers(0, N_PIECES - 1)
)
wait = st.tuples(st.just("wait"), st.sampled_from([0.3, 0.5, 1.0, 2.0, 4200.0]))
read = st.tuples(st.just("read"), st.integers(0, 7), st.integers(0, 1))


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(deeds=st.lists(st.one_of(read, read, change, wait), min_size=5, max_size=40))
def test_no_reader_gets_a_page_older_than_what_is_known(deeds: list[tuple[str, ...]]) -> None:
    pristine.put_back()
    with (
        time_machine.travel(START, tick=False) as clock,
        tempfile.TemporaryDirectory() as folder,
    ):
        world = World(clock, Path(folder))
        try:
            for name, *arguments in deeds:
                getattr(world, name)(*arguments)
        finally:
            generation.known = None
