"""Dates in addresses; one that is not in the calendar does not match, and so is not found."""

from datetime import date


class DayConverter:
    regex = r"(?:19|20|21)[0-9]{2}/[0-9]{2}/[0-9]{2}"

    def to_python(self, value: str) -> date:
        year, month, day = map(int, value.split("/"))
        return date(year, month, day)

    def to_url(self, value: date) -> str:
        return f"{value:%Y/%m/%d}"


class MonthConverter:
    """The first day of the month."""

    regex = r"(?:19|20|21)[0-9]{2}/[0-9]{2}"

    def to_python(self, value: str) -> date:
        year, month = map(int, value.split("/"))
        return date(year, month, 1)

    def to_url(self, value: date) -> str:
        return f"{value:%Y/%m}"
