"""Entries of the audit for tests, which no change has made: a superuser may switch triggers off."""

from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from newsroom.models import AuditEntry


@transaction.atomic
def make_entries(n: int, **fields: Any) -> list[AuditEntry]:
    """`n` changes of the headline of the piece 1; with `fields` that are otherwise."""
    like = {"at": timezone.now(), "action": "changed", "kind": "articles_article", "object_id": 1}
    like |= {"before": {"headline": "Old"}, "after": {"headline": "New"}} | fields
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        made = AuditEntry.objects.bulk_create(AuditEntry(**like) for _ in range(n))
        cursor.execute("SET LOCAL session_replication_role = origin")
    return made
