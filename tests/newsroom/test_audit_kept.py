"""The audit is only ever added to, and by the database alone."""

import pytest
from django.db import ProgrammingError, connection, transaction

from newsroom.models import AuditEntry
from tests.factories import make_tag

pytestmark = pytest.mark.django_db
FORGED = """
    INSERT INTO newsroom_auditentry
        (at, source, action, kind, object_id, part, name, before, after)
    VALUES (now(), '', 'added', 'articles_tag', 1, '', '', '{}', '{}')
"""
MERGED = """
    MERGE INTO newsroom_auditentry e USING articles_tag t ON e.object_id = t.id
    WHEN MATCHED THEN DELETE
"""


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE newsroom_auditentry SET actor_id = NULL",
        "DELETE FROM newsroom_auditentry",
        "TRUNCATE newsroom_auditentry",
        "TRUNCATE newsroom_auditentry CASCADE",
        FORGED,
        MERGED,
        "TRUNCATE articles_tag CASCADE",
    ],
)
def test_statement_is_refused(statement: str) -> None:
    make_tag()
    before = list(AuditEntry.objects.values())

    refused = pytest.raises(ProgrammingError, match="refused")
    with connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute(statement)

    assert list(AuditEntry.objects.values()) == before


def test_model_is_refused_too() -> None:
    make_tag()
    for attempt in (AuditEntry.objects.latest("pk").delete, AuditEntry.objects.latest("pk").save):
        with pytest.raises(ProgrammingError, match="refused"), transaction.atomic():
            attempt()
