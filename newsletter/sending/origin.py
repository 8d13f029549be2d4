"""Whether this database is the one in which the ledger was written, or a copy of it.

A copy, restored from a backup, has forgotten what left since it was made. So nothing leaves before
a person has looked. A cluster has an identifier, a recovery begins a new timeline, and a dump that
is read in makes a new database or new tables; each of them shows. A failover to a replica does as
well, rightly: what was committed last may be lost.
"""

from datetime import datetime

from django.db import connection

from newsletter.models import Origin

HERE = """(
    (SELECT system_identifier FROM pg_control_system()) || '-'
    || left(pg_walfile_name(pg_current_wal_lsn()), 8) || '-'
    || (SELECT oid FROM pg_database WHERE datname = current_database()) || '-'
    || 'newsletter_delivery'::regclass::oid
)"""  # cluster, timeline, database, table


def identity() -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {HERE}")
        return str(cursor.fetchone()[0])


def note() -> None:
    """Remember where we are, unless that is known.

    Raises DatabaseError while a backup is read in: by naming the key, which comes after the rows,
    it does not take a table whose row is still to come for one without any.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO newsletter_origin (id, identity, since) VALUES (1, {HERE}, now())
            ON CONFLICT (id) DO NOTHING
            """  # noqa: S608
        )


def is_elsewhere() -> bool:
    """Whether the ledger comes from another database; 1 query."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT FROM newsletter_origin WHERE identity <> {HERE}")
        return cursor.fetchone() is not None


def since() -> datetime | None:
    """Since when the ledger has been written where it was written last."""
    return Origin.objects.values_list("since", flat=True).first()


def accept(at: datetime) -> None:
    """The ledger goes on here."""
    Origin.objects.update_or_create(pk=1, defaults={"identity": identity(), "since": at})
