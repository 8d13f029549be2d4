"""Test pieces, and what hangs on them."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from random import Random

from django.db import connection, models, transaction
from django.utils import timezone

from articles.models import PLACES, Article, Byline, Notice, Photo, RelatedLink, TaggedArticle
from newsroom.filler import pictures
from newsroom.filler.copying import analyze, copy, reserve_ids
from newsroom.filler.ground import Ground
from newsroom.lib.slugs import slug_from

SPAN = timedelta(days=10 * 365)  # over which the pieces are spread
STEP = 500  # pieces at a time
LOCK = 1_000_900  # any number that no other advisory lock has
HANGING: list[type[models.Model]] = [TaggedArticle, Byline, RelatedLink, Notice]


def fill(
    n: int,
    soil: Ground,
    *,
    seed: int = 0,
    at: datetime | None = None,
    progress: Callable[[int], None] = lambda n_done: None,
) -> None:
    """Add `n` published pieces on `soil`, all or none, oldest first, over the SPAN before `at`.

    The same seed gives the same pieces; a further call goes on with the numbers.
    """
    with transaction.atomic():
        first = 1 + last_number()
        batch = Batch(soil, seed, SPAN / max(n, 1))
        start = (at or timezone.now()) - SPAN
        for done in range(0, n, STEP):
            batch.add(range(first + done, first + min(done + STEP, n)), start + done * batch.pause)
            progress(min(done + STEP, n))
    analyze([Photo, Article, *HANGING])


def last_number() -> int:
    """The highest number given so far; others who ask wait until this transaction ends."""
    numbers = r"SELECT max(substring(slug from '^filler-(\d+)')::int) FROM articles_article"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(f"{numbers} WHERE slug LIKE 'filler-%%'")
        return cursor.fetchone()[0] or 0


class Batch:
    """Makes and writes pieces; `pause` is the mean time between two of them."""

    def __init__(self, soil: Ground, seed: int, pause: timedelta) -> None:
        self.soil, self.seed, self.pause = soil, seed, pause
        self.earlier: deque[int] = deque(maxlen=STEP)  # ids of pieces to relate to

    def add(self, numbers: Sequence[int], start: datetime) -> None:
        photos = reserve_ids(Photo, len(numbers[::2]))
        copy(Photo, map(self.photo, photos, numbers[::2]), has_ids=True)
        ids = reserve_ids(Article, len(numbers))
        hanging: list[models.Model] = []

        def articles() -> Iterator[Article]:
            for place, (pk, number) in enumerate(zip(ids, numbers, strict=True)):
                dice = Random(f"{self.seed} {number}")  # noqa: S311  # nothing is secret
                at = start + (place + dice.random()) * self.pause
                article = self.article(number, at, photos, dice)
                article.pk = pk
                hanging.extend(self.hanging(article, at, dice))
                self.earlier.append(pk)
                yield article

        copy(Article, articles(), has_ids=True)
        for model in HANGING:
            copy(model, (row for row in hanging if type(row) is model))

    def photo(self, pk: int, number: int) -> Photo:
        shared = self.soil.pictures[number // 2 % len(self.soil.pictures)]
        photo = Photo(
            pk=pk,
            original=shared.original.name,
            token=f"filler-{pk:06}",
            width=shared.width,
            height=shared.height,
            renditions=shared.renditions,
            alt=shared.alt,
            caption=f"Hills in test picture {number}.",
            photographer=f"Test Photographer {number % 20}",
            agency=shared.agency,
            uploaded_at=timezone.now(),
        )
        pictures.link(photo, shared)
        return photo

    def article(self, number: int, at: datetime, photos: list[int], dice: Random) -> Article:
        soil = self.soil
        text = dice.choice(soil.texts)
        lead, *inside = dice.sample(photos, min(3, len(photos)))
        return Article(
            headline=f"{text.headline} ({number})",
            deck=text.deck,
            slug=f"filler-{number}-{slug_from(text.headline)[:60].strip('-')}",
            body=text.body(inside),
            teaser_paragraphs=dice.choice([1, 2]),
            section_id=dice.choice(soil.sections),
            format_id=dice.choice([*soil.formats, None]),
            series_id=dice.choice([*soil.series, None]) if dice.random() < 0.2 else None,
            photo_id=lead,
            status=Article.Status.PUBLISHED,
            published_at=at,
            published_on=at.astimezone(soil.zone).date(),
            created_at=at,
            saved_at=at,
        )

    def hanging(self, article: Article, at: datetime, dice: Random) -> list[models.Model]:
        """Tags (the kicker among them), bylines, related pieces, now and then a notice."""
        tags = choose(self.soil.tags, dice.randint(3, 6), dice)
        authors = choose(self.soil.contributors, dice.choice([1, 1, 1, 2]), dice)
        related = dice.sample(self.earlier, min(2, len(self.earlier)))
        article.kicker_id = tags[0]
        rows: list[models.Model] = [
            TaggedArticle(content_object=article, tag_id=tag) for tag in tags
        ]
        rows += [
            Byline(article=article, contributor_id=author, position=place)
            for place, author in enumerate(authors)
        ]
        rows += [
            RelatedLink(article=article, to_article_id=other, position=place)
            for place, other in enumerate(related)
        ]
        if dice.random() < 0.1:
            kind = dice.choice(Notice.Kind.values)
            text = "An earlier version of this piece named the wrong month."
            place = PLACES[Notice.Kind(kind)]
            rows.append(Notice(article=article, kind=kind, place=place, at=at, text=text))
        return rows


def choose(ids: Sequence[int], n: int, dice: Random) -> list[int]:
    """Up to `n` different ones, the first of them much more often than the last."""
    places = [int(len(ids) * dice.random() ** 2) for _ in range(n)]
    return [ids[place] for place in dict.fromkeys(places)]
