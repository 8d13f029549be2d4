"""A round-up's first moment: whether it may leave, and to whom."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from donations import letters
from newsletter import freezing
from newsletter.alerts import alert
from newsletter.audience import audience, is_months_first, needs_somebody_else
from newsletter.models import Delivery, Issue, Newsletter, Subscriber
from newsletter.sending import origin, pace
from newsroom.lib.dates import spoken
from newsroom.models import Publication

NOBODY_STARTS = timedelta(minutes=3)  # the desk tells; senders look every second
LATE = timedelta(minutes=15)  # staff are told
ELSEWHERE = (
    "This database is a copy, restored from a backup, and does not know what was sent since. "
    "Look at the round-ups at the desk, then confirm there."
)
PREPARE = """
    WITH chosen AS ({chosen}), prepared AS (
        INSERT INTO newsletter_delivery (issue_id, subscriber_id, status, lane, n_attempts,
            n_lost, fence, sender, next_at, done_at, answer)
        SELECT %s, s.id, %s, {lane}, 0, 0, 0, NULL, now(), NULL, ''
        FROM chosen s ORDER BY s.id
    )
    SELECT status, frequency, count(*), {is_chosen}
    FROM newsletter_subscriber everyone {join} GROUP BY 1, 2
"""
SORTED_IN_MEMORY = "SET LOCAL work_mem = '128MB'"  # so that indexes grow at their end
JOIN = "LEFT JOIN chosen ON chosen.id = everyone.id"


def obstacle(issue: Issue, at: datetime) -> str:
    """Why a scheduled `issue` cannot start at `at` without a human; "" if nothing is in the way."""
    hours = Newsletter.current().late_hours
    if issue.send_at and at - issue.send_at > timedelta(hours=hours):
        return f"It was due {spoken(issue.send_at)}, more than {hours} hours ago. Schedule it anew."
    if why := out_of_date(issue, at):
        return why
    if issue.approved_by and needs_somebody_else(issue, issue.approved_by, at):
        return (
            "It goes to so many now that somebody who has not edited it must approve it. "
            "Take the approval back."
        )
    if freezing.digest(issue) != issue.digest:
        return "The approved copy is not what was approved. Take the approval back."
    day = day_of(at)
    if Issue.objects.filter(published_on=day).exclude(pk=issue.pk).exists():
        return f"A round-up of {day:%-d %B} is out already. Schedule it for another day."
    return ELSEWHERE if origin.is_elsewhere() else ""


def out_of_date(issue: Issue, at: datetime) -> str:
    """What was true when it was approved, and is no longer; "" if all of it still is."""
    if gone := freezing.withdrawn(issue, at):
        titles = ", ".join(f"“{title}”" for title in gone)
        return f"Readers can no longer open {titles}. Take the approval back and remove it."
    if any(not letters.may_leave(appeal, at) for appeal in freezing.appeals(issue)):
        return (
            "The appeal in it has ended or is switched off. Take the approval back: it is left out "
            "then, or another one stands there."
        )
    return ""


def day_of(at: datetime) -> date:
    return at.astimezone(Publication.current_zone()).date()


@transaction.atomic
def start(issue_id: int, at: datetime) -> bool:
    """Whether this call has started the round-up; of any number at once one does."""
    issue = Issue.objects.due(at).select_for_update().filter(pk=issue_id).first()
    if issue is None or not issue.send_at:
        return False
    if why := obstacle(issue, at):
        alert(f"held:{issue.pk}", f"Not sent: {issue}", why)
        return False
    if at - issue.send_at > LATE:
        alert(f"late:{issue.pk}", f"Late: {issue}", f"It was due {spoken(issue.send_at)}.")
    issue.status, issue.published_on = Issue.Status.SENDING, day_of(at)
    issue.started_at = issue.running_since = at
    issue.books = prepare(issue, at)
    issue.save(update_fields=["status", "published_on", "started_at", "running_since", "books"])
    return True


def prepare(issue: Issue, at: datetime) -> dict[str, Any]:
    """A row for everybody who gets it, and the books: who does not, and why.

    All in one statement, so that whoever joins or leaves meanwhile is either in or out.
    """
    chosen = audience(issue, at).order_by().values("id", "address")
    sql, params = chosen.query.sql_with_params()
    has_segment = issue.segment_id is not None
    statement = PREPARE.format(
        chosen=sql,
        lane=pace.lane_sql(),
        is_chosen="count(chosen.id)" if has_segment else "NULL",
        join=JOIN if has_segment else "",
    )
    with connection.cursor() as cursor:
        cursor.execute(SORTED_IN_MEMORY)
        cursor.execute(statement, [*params, issue.pk, Delivery.Status.PLANNED])
        rows = cursor.fetchall()
    return books(rows, with_monthly=is_months_first(issue, at))


def books(rows: list[tuple[Any, ...]], *, with_monthly: bool) -> dict[str, Any]:
    """rows: status, frequency, how many there are, how many were chosen (None: all who can be)."""
    excluded: dict[str, int] = {}
    n_prepared = 0
    for status, frequency, n, n_chosen in rows:
        is_late = frequency == Subscriber.Frequency.MONTHLY and not with_monthly
        if status != Subscriber.Status.ACTIVE:
            why, n_in = Subscriber.Status(status).label, 0
        elif is_late:
            why, n_in = "Once a month", 0
        else:
            why, n_in = "Not in the segment", n if n_chosen is None else n_chosen
        n_prepared += n_in
        if n > n_in:
            excluded[why] = excluded.get(why, 0) + n - n_in
    candidates = n_prepared + sum(excluded.values())
    return {"candidates": candidates, "prepared": n_prepared, "excluded": excluded}
