"""The day of a round-up in its address; one that is not in the calendar is not found."""

from datetime import date


class IsoDayConverter:
    regex = r"(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()
