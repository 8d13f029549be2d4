"""The list of subscribers for use elsewhere, and a note of who took it."""

import logging
from collections.abc import Generator, Iterator
from datetime import datetime
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.aggregates import StringAgg
from django.db.models import OuterRef, QuerySet, Subquery

from newsletter.models import Subscriber
from newsroom.lib.exporting import lines
from newsroom.models import User

logger = logging.getLogger(__name__)
FIELDS = ["address", "status", "source", "frequency", "asked_at", "joined_at", "left_at"]
AT_ONCE = 2000  # rows fetched


def export(chosen: QuerySet, *, by: User, what: str) -> Generator[str, None, None]:
    """CSV of `chosen`, oldest first; who took how many of `what` is noted, and no address."""
    entry = LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(by.pk),
        object_repr=str(by)[:200],
        action_flag=CHANGE,
        change_message=f"Began to export subscribers: {what}",
    )
    return noted(chosen, entry, what)


def noted(chosen: QuerySet, entry: LogEntry, what: str) -> Generator[str, None, None]:
    n_sent = 0

    def counted() -> Iterator[list[Any]]:
        nonlocal n_sent
        for row in rows(chosen):
            n_sent += 1
            yield row

    try:
        yield from lines([*FIELDS, "topics"], counted())
    finally:  # when the browser went away, too
        entry.change_message = f"Exported {n_sent:,} subscribers: {what}"
        entry.save(update_fields=["change_message"])
        logger.info("%s exported %s subscribers: %s", entry.user.username, n_sent, what)


def rows(chosen: QuerySet) -> Iterator[list[Any]]:
    through = Subscriber.sections.through.objects.filter(subscriber=OuterRef("pk"))
    topics = through.order_by().values("subscriber").values(n=StringAgg("section__name", "; "))
    found = chosen.order_by("pk").values_list(*FIELDS, Subquery(topics))
    for row in found.iterator(chunk_size=AT_ONCE):
        yield [said(value) for value in row]


def said(value: Any) -> Any:
    return f"{value:%Y-%m-%d %H:%M:%S}" if isinstance(value, datetime) else value
