"""Addresses in the database, beside the list, on their way into it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from newsletter.models import Source, Subscriber
from newsroom.lib import addresses

SUPPRESSED = """
    EXISTS (SELECT FROM newsletter_suppression u WHERE u.lifted_at IS NULL AND u.digest = s.digest)
"""


def prepare() -> None:
    """An empty table that only this connection sees."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS newsletter_staged")
        cursor.execute(
            'CREATE TEMPORARY TABLE newsletter_staged (address text COLLATE "C", digest bytea)'
        )


def copy_lines(found: Sequence[str]) -> bytes:
    """What COPY takes for these addresses. They hold neither tabs nor backslashes."""
    pairs = zip(found, addresses.digests(found), strict=True)
    return "".join([f"{address}\t\\\\x{digest.hex()}\n" for address, digest in pairs]).encode()


def stage(lines: bytes) -> None:
    with connection.cursor() as cursor, cursor.copy("COPY newsletter_staged FROM STDIN") as stream:
        stream.write(lines)


def empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE newsletter_staged")


def tune() -> None:
    """Two settings, until the transaction ends.

    Nothing is known of a table that was filled just now, and a wrong guess compares each row with
    each, which takes minutes. And a chunk that a failing machine forgets is forgotten together
    with the mark, so nobody has to wait for the disk.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off; SET LOCAL synchronous_commit = off")


def drop_suppressed() -> int:
    """How many must not be mailed; they are staged no more."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM newsletter_staged s WHERE {SUPPRESSED}")  # noqa: S608
        return int(cursor.rowcount)


def count_suppressed() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM newsletter_staged s WHERE {SUPPRESSED}")  # noqa: S608
        return int(cursor.fetchone()[0])


def has_wrongly_subscribed() -> bool:
    """Whether somebody is staged and subscribed who must not be mailed."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT EXISTS (
                SELECT FROM newsletter_staged s JOIN newsletter_subscriber t USING (address)
                WHERE t.status = %s AND {SUPPRESSED}
            )
            """,  # noqa: S608
            [Subscriber.Status.ACTIVE],
        )
        return bool(cursor.fetchone()[0])


def count_new() -> int:
    """How many staged addresses are not in the list, each counted once."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(DISTINCT s.address) FROM newsletter_staged s
            WHERE NOT EXISTS (SELECT FROM newsletter_subscriber t WHERE t.address = s.address)
            """
        )
        return int(cursor.fetchone()[0])


def subscribe(batch_id: int, at: datetime) -> int:
    """How many of the staged addresses were new and are subscribed from now on."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO newsletter_subscriber
                (address, status, source, frequency, joined_at, batch_id)
            SELECT address, %s, %s, %s, %s, %s FROM newsletter_staged
            ON CONFLICT DO NOTHING
            """,
            [
                Subscriber.Status.ACTIVE,
                Source.IMPORT,
                Subscriber.Frequency.WEEKLY,
                at,
                batch_id,
            ],
        )
        return int(cursor.rowcount)
