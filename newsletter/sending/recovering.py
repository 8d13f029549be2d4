"""Letters whose process is gone, or whose answer was lost a while ago."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import connection

from newsletter.models import Newsletter
from newsletter.sending.ledger import MOST_LOST

NO_ANSWER = "The process that sent it ended before the answer."
RECOVER = """
    UPDATE newsletter_delivery AS letter SET
        status = CASE
            WHEN status = 'leased' AND done_at IS NULL THEN 'planned'
            WHEN status = 'leased' OR found.again THEN 'deferred'
            ELSE 'uncertain' END,
        next_at = CASE
            WHEN status = 'leased' THEN next_at
            WHEN found.again THEN statement_timestamp() END,
        done_at = CASE WHEN found.is_lost THEN statement_timestamp() ELSE done_at END,
        answer = CASE WHEN found.is_lost THEN %(no_answer)s ELSE answer END,
        n_lost = n_lost + found.is_lost::int, fence = fence + 1, sender = NULL
    FROM (
        SELECT subscriber_id, status = 'uncertain' AND sender IS NOT NULL AS is_lost,
            %(again)s AND n_lost + (sender IS NOT NULL)::int <= %(most)s AS again
        FROM newsletter_delivery one
        WHERE issue_id = %(issue)s AND status IN ('leased', 'uncertain') AND CASE
            WHEN sender IS NULL THEN next_at <= statement_timestamp()
            ELSE next_at IS NOT NULL AND NOT EXISTS (
                SELECT FROM newsletter_sender WHERE id = one.sender
                AND seen_at > statement_timestamp() - %(patience)s) END
        FOR UPDATE SKIP LOCKED
    ) AS found
    WHERE letter.issue_id = %(issue)s AND letter.subscriber_id = found.subscriber_id
"""


def recover(issue_ids: Sequence[int], patience: timedelta) -> int:
    """Let letters of those round-ups be sent again, or be held for a person; how many.

    patience: for how long a process may be silent until what it had in hand is another's.
    """
    n_found = 0
    again = Newsletter.current().sends_uncertain if issue_ids else False
    asked: dict[str, Any] = {"again": again, "most": MOST_LOST}
    asked |= {"patience": patience, "no_answer": NO_ANSWER}
    for issue_id in issue_ids:
        with connection.cursor() as cursor:
            cursor.execute(RECOVER, asked | {"issue": issue_id})
            n_found += cursor.rowcount
    return n_found
