"""Dates, names and rich text as this magazine sets them (Associated Press style)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django import template
from django.template.defaultfilters import stringfilter
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from articles.models import Notice, Tag
from articles.models.notice import standing
from newsroom.lib import html

register = template.Library()

KICKER = '<p class="kicker"><a href="{}">{}</a></p>'
MONTHS = ["Jan.", "Feb.", "March", "April", "May", "June", "July"]
MONTHS += ["Aug.", "Sept.", "Oct.", "Nov.", "Dec."]


@register.filter(expects_localtime=True)
def ap_date(moment: date) -> str:
    """`Dec. 9, 2024`; a datetime counts in the current zone."""
    return f"{MONTHS[moment.month - 1]} {moment.day}, {moment.year}"


@register.filter(expects_localtime=True)
def ap_time(moment: datetime) -> str:
    """`5:45 a.m.`, `9 a.m.`, `noon`."""
    if moment.minute == 0 and moment.hour in (0, 12):
        return "noon" if moment.hour else "midnight"
    hour, half = moment.hour % 12 or 12, "p.m." if moment.hour >= 12 else "a.m."
    return f"{hour}:{moment:%M} {half}" if moment.minute else f"{hour} {half}"


@register.filter(expects_localtime=True)
def ap_day(moment: datetime) -> str:
    """`Monday, Dec. 9`."""
    return f"{moment:%A}, {MONTHS[moment.month - 1]} {moment.day}"


@register.filter(expects_localtime=True)
def ap_weekday(moment: datetime) -> str:
    """`Monday 12/9`."""
    return f"{moment:%A} {moment.month}/{moment.day}"


@register.simple_tag
def stamp(moment: datetime) -> SafeString:
    """Day, time and zone, `Dec. 9, 2024, 5:45 a.m. EST`, as a time element."""
    local = timezone.localtime(moment)
    return time_element(local, f"{ap_date(local)}, {ap_time(local)} {local:%Z}")


@register.simple_tag
def day(moment: datetime) -> SafeString:
    """The day alone, as a time element."""
    local = timezone.localtime(moment)
    return time_element(local, ap_date(local))


@register.simple_tag
def clock(moment: datetime) -> SafeString:
    """The time of day alone, as a time element."""
    local = timezone.localtime(moment)
    return time_element(local, ap_time(local))


@register.simple_tag
def notice_heading(notice: Notice) -> SafeString:
    """`Updated Monday 12/9, 5:45 a.m.`, `Correction, Monday 12/9, 5:45 a.m.`."""
    local = timezone.localtime(notice.at)
    is_update = notice.kind == Notice.Kind.UPDATE
    kind = "Updated" if is_update else f"{notice.get_kind_display()},"
    at = time_element(local, f"{ap_weekday(local)}, {ap_time(local)}")
    return format_html("{} {}", kind, at)


@register.filter("standing")
def standing_at(notices: Iterable[Notice], place: str = "") -> list[Notice]:
    """Those that none of the others has taken the place of; of one place, or all."""
    return [notice for notice in standing(notices) if place in ("", notice.place)]


def time_element(moment: datetime, text: str) -> SafeString:
    """text: out of a date alone, as above."""
    iso = moment.isoformat(timespec="minutes")
    return mark_safe(f'<time datetime="{iso}">{text}</time>')  # noqa: S308  nobody typed it


@register.simple_tag
def kicker(tag: Tag | None) -> SafeString:
    """The tag above a headline; a string and no template, as a list has dozens of them."""
    if tag is None:
        return SafeString("")
    return format_html(KICKER, tag.get_absolute_url(), tag.name)


@register.filter
def and_list(names: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B and C`; "" for none."""
    if not names:
        return ""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


@register.filter
@stringfilter
def plain(text: str) -> str:
    """Stored rich text as words."""
    return html.plain(text)


@register.filter
@stringfilter
def rich(text: str) -> SafeString:
    """Stored rich text as HTML, cleaned once more in case it was written by hand."""
    return mark_safe(html.clean(text))  # noqa: S308  this is the cleaner


@register.filter
@stringfilter
def rich_line(text: str) -> SafeString:
    """One line of rich text as HTML."""
    return mark_safe(html.clean_inline(text))  # noqa: S308  this is the cleaner
