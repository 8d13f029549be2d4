"""How many join and leave, counted by the publication's day and by the way they came."""

from datetime import date, datetime

from django.db import connection
from django.db.models import F

from newsletter.models import Growth
from newsroom.models import Publication


def joined(source: str, at: datetime, *, n: int = 1) -> None:
    _count(source, at, joined=n, left=0)


def left(source: str, at: datetime) -> None:
    _count(source, at, joined=0, left=1)


def returned(source: str, at: datetime) -> None:
    """Take back what `left` counted at `at`."""
    day = Growth.objects.filter(on=_day(at), source=source, n_left__gt=0)
    day.update(n_left=F("n_left") - 1)


def _count(source: str, at: datetime, *, joined: int, left: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO newsletter_growth AS g ("on", source, n_joined, n_left)
            VALUES (%(on)s, %(source)s, %(joined)s, %(left)s)
            ON CONFLICT ("on", source) DO UPDATE SET
                n_joined = g.n_joined + excluded.n_joined, n_left = g.n_left + excluded.n_left
            """,
            {"on": _day(at), "source": source, "joined": joined, "left": left},
        )


def _day(at: datetime) -> date:
    return at.astimezone(Publication.current_zone()).date()
