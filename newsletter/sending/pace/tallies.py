"""How many letters were let go, minute by minute; kept for every lane, limits or not."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet, Sum

from newsletter.models import Tally
from newsletter.sending.pace.limits import A_MINUTE, AN_HOUR, LATE, Limits, Window


def left(limits: Limits, at: datetime) -> list[int]:
    """For how many letters more there is room in each window that ends at `at`."""
    return [max(one.most - _taken(limits.lane, one, at), 0) for one in limits.windows]


def frees_at(limits: Limits, at: datetime) -> datetime | None:
    """When the next letter could leave; None if that is now."""
    moments = (_frees_at(limits.lane, window, at) for window in limits.windows)
    return max(filter(None, moments), default=None)


def count(lanes: Iterable[int], slots: Iterable[datetime]) -> None:
    """Note letters that leave at `slots` in each of `lanes`; locks in order of lane and minute."""
    by_minute = Counter(slot.replace(second=0, microsecond=0) for slot in slots)
    rows = [(lane, minute, n) for lane in sorted(lanes) for minute, n in sorted(by_minute.items())]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO newsletter_tally AS t (lane, minute, n)
            SELECT * FROM unnest(%s::int[], %s::timestamptz[], %s::int[])
            ON CONFLICT (lane, minute) DO UPDATE SET n = t.n + excluded.n
            """,
            [list(column) for column in zip(*rows, strict=True)],
        )


def count_past(lane: int, domain: str, at: datetime) -> None:
    """Note what `domain` got in the hour before it became `lane`, by the ledger."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO newsletter_tally AS t (lane, minute, n)
            SELECT %s, date_trunc('minute', d.done_at), count(*)
            FROM newsletter_issue i
            JOIN newsletter_delivery d ON d.issue_id = i.id AND d.done_at > %s
            JOIN newsletter_subscriber s ON s.id = d.subscriber_id
            WHERE i.started_at IS NOT NULL AND (i.sent_at IS NULL OR i.sent_at > %s)
                AND d.n_attempts > 0 AND split_part(s.address, '@', 2) = %s
            GROUP BY 2
            ON CONFLICT (lane, minute) DO NOTHING
            """,
            [lane, at - AN_HOUR, at - AN_HOUR, domain],
        )


def _within(lane: int, window: Window, at: datetime) -> QuerySet[Tally]:
    """Every minute that touches the window which ends at `at`; those after `at` as well.

    A letter of that minute may have left LATE after its slot.
    """
    return Tally.objects.filter(lane=lane, minute__gt=at - window.span - LATE - A_MINUTE)


def _taken(lane: int, window: Window, at: datetime) -> int:
    return int(_within(lane, window, at).aggregate(n=Sum("n", default=0))["n"])


def _frees_at(lane: int, window: Window, at: datetime) -> datetime | None:
    """When the oldest minutes have left the window that are too many for another letter."""
    minutes = list(_within(lane, window, at).order_by("minute").values_list("minute", "n"))
    left = sum(n for _, n in minutes)
    moment = None
    for minute, n in minutes:
        if left < window.most:
            break
        left -= n
        moment = minute + A_MINUTE + LATE + window.span
    return min(filter(None, [moment, window.grows_at])) if moment else None
