"""Which lane a letter is in."""

from django.db import connection

from newsletter.models import DomainLimit

LANES = 2026_12  # key of the advisory lock; any number that nothing else uses
LANE_OF = """
    COALESCE((SELECT domain_limit.id FROM newsletter_domainlimit domain_limit
              WHERE domain_limit.domain = split_part(s.address, '@', 2)), 0)
"""
RELANE = f"""
    WITH found AS (
        SELECT d.issue_id, d.subscriber_id, {LANE_OF} AS lane
        FROM newsletter_delivery d JOIN newsletter_subscriber s ON s.id = d.subscriber_id
        WHERE {{these}} AND d.lane <> {LANE_OF}
        FOR UPDATE OF d SKIP LOCKED
    )
    UPDATE newsletter_delivery d SET lane = found.lane FROM found
    WHERE d.issue_id = found.issue_id AND d.subscriber_id = found.subscriber_id
"""  # noqa: S608
WAITING = """
    d.status IN ('planned', 'deferred')
    AND d.issue_id IN (SELECT id FROM newsletter_issue WHERE status IN ('sending', 'paused'))
"""
IN_HAND = "d.status IN ('leased', 'uncertain')"  # few, those held for a person included


def lanes() -> list[int]:
    """All lanes that letters may be in, 0 last, which may have much to give; 1 query.

    Those of domains that have no limit any more are among them: a letter that was in hand in that
    moment may come back to one.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT id FROM newsletter_domainlimit UNION SELECT lane FROM newsletter_pace
            ORDER BY 1
            """
        )
        return [*(lane for (lane,) in cursor.fetchall() if lane), 0]


def lane_sql() -> str:
    """The lane of a row `s` that has an address, in SQL; without any limit, just 0.

    The domains stay as they are until the transaction ends, so that `relane` misses nobody.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LANES])
    return LANE_OF if DomainLimit.objects.exists() else "0"


def lock_domains() -> None:
    """Nobody else changes domains or puts letters into lanes until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LANES])


def relane() -> int:
    """Put what is not sent yet into the lanes of today's domains; how many letters moved.

    It waits for no sender, and so may pass over the one letter that each line is writing about;
    those in hand come last, as their senders wait until the transaction ends.
    """
    with connection.cursor() as cursor:
        n_moved = 0
        for these in (WAITING, IN_HAND):
            cursor.execute(RELANE.format(these=these))
            n_moved += cursor.rowcount
    return n_moved
