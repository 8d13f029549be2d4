"""When public pages will change by themselves, with nobody writing anything."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.db import Error
from django.utils import timezone

from articles import scheduled as pieces
from donations import scheduled as appeals
from newsroom.models import Publication

logger = logging.getLogger(__name__)


def following(at: datetime) -> float:
    """The next moment after `at` at which anything appears or goes, in seconds since 1970.

    A day of the publication ends in any case, as pages tell the date.
    """
    with timezone.override(Publication.current_zone()):
        day = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
        midnight = day + timedelta(days=1)
        starts = [*pieces.starts(at), *asked(appeals.starts, at)]
        ends = [*pieces.ends(at), *asked(appeals.ends, at)]
    return min([midnight, *starts, *ends]).timestamp()


def last_end(at: datetime) -> float:
    """When something went last, until `at`, in seconds since 1970; 0 if nothing ever did."""
    with timezone.override(Publication.current_zone()):
        ends = [*pieces.ended(at), *asked(appeals.ended, at)]
    return max((one.timestamp() for one in ends), default=0.0)


def asked(moments: Callable[[datetime], Iterator[datetime]], at: datetime) -> list[datetime]:
    """Those of appeals, and none where the board is not as it should be: it costs appeals alone."""
    try:
        return list(moments(at))
    except Error:
        raise
    except Exception:
        logger.exception("Nobody can read the board of appeals")
        return []
