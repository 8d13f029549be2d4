"""What the audit holds of one column, as people read it."""

import json
from typing import Any

from django.db import models
from django.utils.dateparse import parse_date, parse_datetime

from newsroom.audit.naming import Names
from newsroom.audit.tables import column_of, options
from newsroom.lib import html
from newsroom.lib.dates import spoken
from newsroom.lib.fields import HtmlField

LONG = 200  # characters, from which on only the difference is shown
AROUND = 40  # characters before and after it


def label(table: str, column: str) -> str:
    field = column_of(table, column)
    return str(field.verbose_name) if field else column


def shown(table: str, column: str, value: Any, names: Names) -> str:
    """ "" for no value; of a long text that is not kept, its length."""
    field = column_of(table, column)
    if value is None:
        return ""
    if isinstance(value, dict) and value.keys() == {"length", "sha256"}:
        return f"{value['length']:,} characters"
    if field is not None and field.is_relation:
        row = (options(field.related_model).db_table, value)
        return names.get(row) or f"{field.verbose_name} {value}"
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return text(field, value)


def text(field: Any, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(field, models.DateTimeField) and (moment := parse_datetime(value)):
        return spoken(moment)
    if isinstance(field, models.DateField) and (day := parse_date(value)):
        return f"{day.day} {day:%B %Y}"
    return html.plain(value) if isinstance(field, HtmlField) else str(value)


def apart(before: str, after: str) -> tuple[str, str]:
    """Of two long texts, the words in which they differ, with a few around them."""
    if len(before) < LONG or len(after) < LONG:
        return before, after
    start = n_shared(before, after)
    same_end = n_shared(before[start:][::-1], after[start:][::-1])
    return excerpt(before, start, same_end), excerpt(after, start, same_end)


def n_shared(one: str, other: str) -> int:
    """How many characters the two begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def excerpt(whole: str, start: int, same_end: int) -> str:
    begin, end = max(start - AROUND, 0), min(len(whole) - same_end + AROUND, len(whole))
    return f"{'…' if begin else ''}{whole[begin:end]}{'…' if end < len(whole) else ''}"
