from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone

from articles.models import Notice
from articles.templatetags import articles as tags

MONDAY = datetime(2024, 12, 9, 10, 45, tzinfo=UTC)  # 5:45 a.m. in New York


def rendered(source: str, **context: object) -> str:
    with timezone.override(ZoneInfo("America/New_York")):
        return Template("{% load articles %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [
        (0, 0, "midnight"),
        (0, 5, "12:05 a.m."),
        (9, 0, "9 a.m."),
        (12, 0, "noon"),
        (12, 30, "12:30 p.m."),
        (23, 59, "11:59 p.m."),
    ],
)
def test_times_are_said_as_people_say_them(hour: int, minute: int, said: str) -> None:
    assert tags.ap_time(datetime(2024, 12, 9, hour, minute, tzinfo=UTC)) == said


@pytest.mark.parametrize(("month", "said"), [(1, "Jan."), (5, "May"), (7, "July"), (9, "Sept.")])
def test_long_months_are_abbreviated(month: int, said: str) -> None:
    assert tags.ap_date(datetime(2024, month, 3, tzinfo=UTC)) == f"{said} 3, 2024"


def test_stamp_is_in_the_zone_of_the_publication_and_says_so() -> None:
    assert rendered("{% stamp at %}", at=MONDAY) == (
        '<time datetime="2024-12-09T05:45-05:00">Dec. 9, 2024, 5:45 a.m. EST</time>'
    )


@pytest.mark.parametrize(("kind", "said"), [("update", "Updated "), ("correction", "Correction, ")])
def test_notice_says_its_kind_weekday_and_time(kind: str, said: str) -> None:
    heading = rendered("{% notice_heading notice %}", notice=Notice(kind=kind, at=MONDAY))
    assert heading.startswith(said)
    assert ">Monday 12/9, 5:45 a.m.</time>" in heading


def test_date_filter_counts_days_in_the_zone_of_the_publication() -> None:
    late = datetime(2025, 1, 1, 3, tzinfo=UTC)
    assert rendered("{{ at|ap_date }}", at=late) == "Dec. 31, 2024"


@pytest.mark.parametrize(
    ("names", "said"),
    [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")],
)
def test_names_are_joined_as_in_a_sentence(names: list[str], said: str) -> None:
    assert tags.and_list(names) == said


def test_names_are_escaped() -> None:
    assert rendered("{{ names|and_list }}", names=["<b>"]) == "&lt;b&gt;"


def test_rich_text_is_cleaned_whatever_was_stored() -> None:
    assert "script" not in rendered("{{ text|rich }}", text="<p>a<script>b</script></p>")
    assert rendered("{{ text|rich_line }}", text="<em>a</em>") == "<em>a</em>"
