from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from newsroom.lib.dates import spoken

NOW = datetime(2024, 12, 10, 15, 0, tzinfo=UTC)  # 10 a.m. in New York


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2024, 12, 10, 19, 3, tzinfo=UTC), "today 14:03 EST"),
        (datetime(2024, 12, 10, 14, 3, tzinfo=UTC), "today 9:03"),
        (datetime(2024, 12, 10, 4, 59, tzinfo=UTC), "yesterday 23:59"),
        (datetime(2024, 12, 11, 5, 0, tzinfo=UTC), "tomorrow 0:00 EST"),
        (datetime(2024, 12, 6, 10, 45, tzinfo=UTC), "Fri 6 Dec, 5:45 a.m. EST"),
        (datetime(2024, 7, 4, 16, 0, tzinfo=UTC), "Thu 4 Jul, 12:00 p.m. EDT"),
        (datetime(2023, 7, 4, 4, 5, tzinfo=UTC), "Tue 4 Jul 2023, 12:05 a.m. EDT"),
    ],
)
def test_moments_are_said_as_people_say_them(moment: datetime, words: str) -> None:
    with timezone.override(ZoneInfo("America/New_York")):
        assert spoken(moment, NOW) == words
