"""When public pages will change by themselves, with nobody writing anything."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from math import inf

from django.db import Error
from django.utils import timezone

from articles import scheduled as pieces
from donations import scheduled as appeals
from newsroom.models import Publication

logger = logging.getLogger(__name__)


def following(at: datetime) -> tuple[float, float]:
    """The next moments after `at` at which anything appears or goes, and at which anything goes.

    Seconds since 1970. A day of the publication ends in any case, as pages tell the date.
    """
    with timezone.override(Publication.current_zone()):
        day = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
        midnight = day + timedelta(days=1)
        ends = [*pieces.ends(at), *asked(appeals.ends, at)]
        starts = [midnight, *pieces.starts(at), *asked(appeals.starts, at)]
    return min(ends + starts).timestamp(), min((one.timestamp() for one in ends), default=inf)


def asked(moments: Callable[[datetime], Iterator[datetime]], at: datetime) -> list[datetime]:
    """Those of appeals, and none where the board is not as it should be: it costs appeals alone."""
    try:
        return list(moments(at))
    except Error:
        raise
    except Exception:
        logger.exception("Nobody can read the board of appeals")
        return []
