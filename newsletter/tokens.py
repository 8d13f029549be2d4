"""The links in our mail, whose value is a subscriber's id and what else is said here; and the
names of letters, by which those that come back are known.
"""

import re
from base64 import b32encode
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import int_to_base36

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
# Servers on the way may change the case of an address, so that only digits and one case count.
BOUNCE = re.compile(r"([0-9a-z]{1,13})-([0-9a-z]{1,13})-[2-7a-z]{16}")


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


def bounce_token(issue_id: int, subscriber_id: int) -> str:
    """The name of one letter of a round-up: small letters, digits and hyphens, at most 44."""
    return _bounce_token(issue_id, subscriber_id, settings.SECRET_KEY)


def delivery_in(token: str) -> tuple[int, int] | None:
    """The round-up's and the subscriber's id; None if we have not made `token`, in any case."""
    token = token.lower()
    if not (found := BOUNCE.fullmatch(token)):
        return None
    issue_id, subscriber_id = (int(number, 36) for number in found.groups())
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        if constant_time_compare(token, _bounce_token(issue_id, subscriber_id, key)):
            return issue_id, subscriber_id
    return None


def _bounce_token(issue_id: int, subscriber_id: int, key: str) -> str:
    value = f"{int_to_base36(issue_id)}-{int_to_base36(subscriber_id)}"
    made = salted_hmac("newsroom.bounce", value, secret=key, algorithm="sha256").digest()
    return f"{value}-{b32encode(made[:10]).decode().lower()}"  # 80 bits: 16 characters
