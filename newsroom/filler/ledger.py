"""What might have become of the letters of a round-up that was never sent."""

from datetime import timedelta

from django.db import connection

from newsletter.models import Issue
from newsletter.sending import certificate, starting

A_MINUTE = 120  # letters
# One in 140 was refused, one in 250 came back, one in 600 had left; the dice are the row's number.
ENDS = """
    UPDATE newsletter_delivery SET next_at = NULL,
        n_attempts = CASE WHEN turn.n %% 600 = 5 THEN 0 ELSE 1 END,
        done_at = %s + turn.n * interval '1 minute' / %s,
        status = CASE WHEN turn.n %% 140 = 70 THEN 'failed' WHEN turn.n %% 250 = 9 THEN 'bounced'
            WHEN turn.n %% 600 = 5 THEN 'suppressed' ELSE 'accepted' END,
        answer = CASE WHEN turn.n %% 140 = 70 THEN '550 5.2.1 Mailbox disabled'
            WHEN turn.n %% 250 = 9 THEN '5.2.2 Mailbox full'
            WHEN turn.n %% 600 = 5 THEN 'Had left before its turn.'
            ELSE '250 2.0.0 Ok: queued' END
    FROM (
        SELECT subscriber_id, row_number() OVER (ORDER BY subscriber_id) AS n
        FROM newsletter_delivery WHERE issue_id = %s
    ) AS turn
    WHERE issue_id = %s AND newsletter_delivery.subscriber_id = turn.subscriber_id
"""


def fill_ledger(issue: Issue) -> None:
    """Letters to all who subscribe now, since `issue` is said to have started; its certificate."""
    if issue.started_at is None:
        return
    issue.books = starting.prepare(issue, issue.started_at)
    with connection.cursor() as cursor:
        cursor.execute(ENDS, [issue.started_at, A_MINUTE, issue.pk, issue.pk])
    minutes = issue.books["prepared"] / A_MINUTE
    issue.sent_at = issue.started_at + timedelta(minutes=minutes)
    issue.certificate = certificate.of(issue)
    issue.save(update_fields=["books", "sent_at", "certificate"])
