"""How often somebody may ask us for a letter; counted in the database, so by all processes."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from newsletter.alerts import alert
from newsroom.lib import addresses
from newsroom.lib.networks import Address, household
from newsroom.models import Limit

A_DAY, AN_HOUR, A_MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
LETTERS_A_DAY = 3  # to one address
SIGN_UPS_AN_HOUR = 5  # from one household
SIGN_UPS_A_MINUTE = 60
PREFIX = "newsletter.sign-up"


class TooMany(Exception):
    """Not now; str() says what to do. `after`: when it is worth another try."""

    def __init__(self, message: str, after: timedelta) -> None:
        super().__init__(message)
        self.after = after


def take_letter(address: str, at: datetime) -> bool:
    """Whether `address` (compared form) may get another letter that anybody can ask for."""
    return Limit.objects.take(address_key(address), most=LETTERS_A_DAY, per=A_DAY, at=at)


def take_sign_up(client: Address | None, at: datetime) -> None:
    """Count a sign-up. Raises TooMany, and then has counted nothing."""
    try:
        with transaction.atomic():
            _take(client, at)
    except TooMany as refusal:
        _tell(client, refusal)
        raise


def forget(at: datetime) -> None:
    """Delete what no limit asks for any more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM newsroom_limit "
            "WHERE starts_with(key, %s) AND times[cardinality(times)] < %s",
            [PREFIX, at - A_DAY],
        )


def address_key(address: str) -> str:
    return f"{PREFIX}.address {addresses.digest(address).hex()}"


def _take(client: Address | None, at: datetime) -> None:
    key = f"{PREFIX}.household {salted_hmac(PREFIX, household(client)).hexdigest()}"
    if not Limit.objects.take(key, most=SIGN_UPS_AN_HOUR, per=AN_HOUR, at=at):
        raise TooMany(
            "Too many sign-ups have come from your connection. Try again in an hour, "
            "or from another one.",
            AN_HOUR,
        )
    if not Limit.objects.take(PREFIX, most=SIGN_UPS_A_MINUTE, per=A_MINUTE, at=at):
        raise TooMany("A lot of people are signing up just now. Try again in a minute.", A_MINUTE)


def _tell(client: Address | None, refusal: TooMany) -> None:
    if refusal.after == A_MINUTE:
        alert(
            "sign-ups",
            "Sign-ups are being refused",
            f"There are more than {SIGN_UPS_A_MINUTE} a minute; nobody loses a letter by it.",
        )
    elif client is None or not client.is_global:
        alert(
            "sign-ups from inside",
            "Sign-ups are being refused",
            "They seem to come from this machine or its network. If a proxy stands before the "
            "site, set PROXY_IP_HEADER.",
        )
