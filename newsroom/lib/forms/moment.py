"""A date and a time of day in the current zone."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone


class MomentWidget(forms.SplitDateTimeWidget):
    """The browser's own calendar and clock."""

    template_name = "forms/moment.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        day, clock = {"type": "date", "aria-label": "Date"}, {"type": "time", "aria-label": "Time"}
        super().__init__(
            attrs, date_format="%Y-%m-%d", time_format="%H:%M", date_attrs=day, time_attrs=clock
        )

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        local = value if isinstance(value, datetime) else timezone.now()
        context["zone"] = f"{timezone.localtime(local):%Z}"
        return context


class MomentField(forms.SplitDateTimeField):
    """An aware datetime, to the minute; refuses times that the clocks skip or repeat."""

    widget = MomentWidget
    default_error_messages = {
        "invalid_date": "Enter the date as 2024-12-06.",
        "invalid_time": "Enter the time as 17:45.",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_date_formats=["%Y-%m-%d"], input_time_formats=["%H:%M", "%H:%M:%S"], **kwargs
        )

    def compress(self, data_list: Any) -> datetime | None:
        day, clock = data_list or (None, None)
        if day and clock is None:
            raise ValidationError("Add the time of day.")
        if clock is not None and not day:
            raise ValidationError("Add the date.")
        return on_the_clock(day, clock) if day and clock is not None else None


def on_the_clock(day: date, clock: time) -> datetime:
    """`day` and `clock` in the current zone. Raises ValidationError if not exactly one moment."""
    if not 1900 <= day.year < 2200:  # as addresses of pieces go
        raise ValidationError("This date is too far away.")
    zone = timezone.get_current_timezone()
    first = datetime.combine(day, clock.replace(second=0, microsecond=0), zone)
    second = first.replace(fold=1)
    when = f"{clock:%H:%M} on {day.day} {day:%B %Y}"
    before, after = first.utcoffset(), second.utcoffset()
    if before is None or after is None or before == after:
        return first
    if before < after:
        raise ValidationError(f"The clocks skip {when} ({zone}): choose another time.")
    raise ValidationError(f"The clocks show {when} twice ({zone}): choose another time.")
