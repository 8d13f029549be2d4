"""The links in our mail; their value is a subscriber's id, and what else is said here."""

from datetime import UTC, datetime, timedelta

from newsroom.lib.tokens import Purpose

TO_CONFIRM = timedelta(hours=72)
CONFIRM = Purpose("confirm", TO_CONFIRM)  # id and microseconds of the request, "7-1732…"
LEAVE = Purpose("leave")
RETURN = Purpose("return", timedelta(hours=1))  # made by the page that says goodbye
PREFERENCES = Purpose("preferences")
EXPORT = Purpose("export", timedelta(hours=1))  # made by the page of preferences
ERASE = Purpose("erase", timedelta(hours=1))
TICKET = Purpose("ticket", timedelta(days=1))  # for a sign-up; microseconds when it was made

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def confirm_token(subscriber_id: int, asked_at: datetime) -> str:
    return CONFIRM.sign(f"{subscriber_id}-{microseconds(asked_at)}")


def request_in(value: str) -> tuple[int, datetime]:
    """The subscriber's id, and when was asked, in the `value` of a CONFIRM token."""
    pk, _, asked = value.partition("-")
    return int(pk), moment(asked)


def microseconds(at: datetime) -> int:
    return (at - EPOCH) // MICROSECOND


def moment(text: str) -> datetime:
    return EPOCH + int(text) * MICROSECOND
