"""A date and a time of day in the current zone."""

from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

DAY_FORMATS, CLOCK_FORMATS = ["%Y-%m-%d"], ["%H:%M", "%H:%M:%S"]
NOTHING = timedelta()


class Readings(NamedTuple):
    """Both moments that a time may mean: one and the same but where the clocks change."""

    first: datetime
    second: datetime

    @property
    def is_twice(self) -> bool:
        """Not where the clocks skip an hour: there the first reading is the later moment."""
        return (self.first.utcoffset() or NOTHING) > (self.second.utcoffset() or NOTHING)

    def choices(self) -> list[tuple[str, str]]:
        """`first 1:30 (EDT)`, `second 1:30 (EST)`, and a question until one is chosen."""
        named = self._asdict().items()
        said = [(name, f"{name} {one.hour}:{one:%M} ({one:%Z})") for name, one in named]
        return [("", "Which one?"), *said]


class MomentWidget(forms.MultiWidget):
    """The browser's own calendar and clock, with the zone.

    Where the clocks show a time twice, a third field asks which of the two is meant.
    """

    template_name = "forms/moment.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        day = forms.DateInput({"type": "date", "aria-label": "Date"}, "%Y-%m-%d")
        clock = forms.TimeInput({"type": "time", "aria-label": "Time"}, "%H:%M")
        which = forms.Select({"aria-label": "Which of the two"})
        super().__init__([day, clock, which], attrs)

    def decompress(self, value: datetime | None) -> list[Any]:
        if value is None:
            return [None, None, None]
        local = timezone.localtime(value)
        return [local.date(), local.time(), "second" if local.fold else "first"]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        typed = value if isinstance(value, list) else self.decompress(value)
        found = readings_of(typed)
        is_twice = found is not None and found.is_twice
        meant = found and (found.second if is_twice and typed[2] == "second" else found.first)
        self.widgets[2].choices = found.choices() if found else []  # type: ignore[attr-defined]
        context = super().get_context(name, typed, attrs)
        if not is_twice:
            context["widget"]["subwidgets"].pop()
        context["zone"] = named_zone(meant or timezone.localtime())
        return context


class MomentField(forms.MultiValueField):
    """An aware datetime, to the minute.

    Refuses times that the clocks skip, and asks which is meant where they show one twice.
    """

    widget = MomentWidget

    def __init__(self, **kwargs: Any) -> None:
        no_day = {"invalid": "Enter the date as 2024-12-06."}
        no_time = {"invalid": "Enter the time as 17:45."}
        fields = [
            forms.DateField(required=False, input_formats=DAY_FORMATS, error_messages=no_day),
            forms.TimeField(required=False, input_formats=CLOCK_FORMATS, error_messages=no_time),
            forms.CharField(required=False, max_length=6),
        ]
        super().__init__(fields, require_all_fields=False, **kwargs)

    def compress(self, data_list: Any) -> datetime | None:
        day, clock, which = data_list or (None, None, "")
        if day and clock is None:
            raise ValidationError("Add the time of day.")
        if clock is not None and not day:
            raise ValidationError("Add the date.")
        return on_the_clock(day, clock, which) if day and clock is not None else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """To the minute; what cannot be read is a change."""
        try:
            typed = self.clean(data)
        except ValidationError:
            return True
        before = initial.replace(second=0, microsecond=0) if initial else None
        return bool(typed != before)


def on_the_clock(day: date, clock: time, which: str = "") -> datetime:
    """`day` and `clock` in the current zone; which: "first" or "second" of two such moments.

    Raises ValidationError if that is not exactly one moment.
    """
    if not is_near(day):
        raise ValidationError("This date is too far away.")
    found = readings(day, clock)
    if found.first.utcoffset() == found.second.utcoffset():
        return found.first
    when, zone = f"{clock:%H:%M} on {day.day} {day:%B %Y}", timezone.get_current_timezone()
    if not found.is_twice:
        raise ValidationError(f"The clocks skip {when} ({zone}): choose another time.")
    if which not in Readings._fields:
        raise ValidationError(f"The clocks show {when} twice ({zone}): say which one you mean.")
    return found.first if which == "first" else found.second


def is_near(day: date) -> bool:
    return 1900 <= day.year < 2200  # as addresses of pieces go


def readings(day: date, clock: time) -> Readings:
    """A time of the current zone, to the minute."""
    zone = timezone.get_current_timezone()
    first = datetime.combine(day, clock.replace(second=0, microsecond=0, fold=0), zone)
    return Readings(first, first.replace(fold=1))


def readings_of(typed: list[Any]) -> Readings | None:
    """Of what stands in the fields; None for what is no time."""
    try:
        day: date = forms.DateField(input_formats=DAY_FORMATS).clean(typed[0])
        clock: time = forms.TimeField(input_formats=CLOCK_FORMATS).clean(typed[1])
    except ValidationError:
        return None
    return readings(day, clock) if is_near(day) else None


def named_zone(moment: datetime) -> str:
    """`EST, New York`; `UTC`."""
    city = str(moment.tzinfo).rpartition("/")[2].replace("_", " ")
    short = f"{moment:%Z}"
    return short if short == city else f"{short}, {city}"
