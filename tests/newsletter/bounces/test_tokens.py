"""The names of letters, by which those that come back are known."""

import random
import string

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django.fixtures import Settings

from newsletter.tokens import bounce_token, delivery_in
from newsroom.lib import mail
from newsroom.lib.configuration import bounce_address

MOST = 2**63 - 1  # the largest id a database gives
ALPHABET = string.ascii_lowercase + string.digits + "-"


def altered(token: str, chance: random.Random) -> str:
    """`token` with one character changed, left out or put in."""
    place = chance.randrange(len(token))
    new = chance.choice(ALPHABET.replace(token[place], ""))
    return token[:place] + chance.choice(["", new, new + token[place]]) + token[place + 1 :]


@pytest.mark.parametrize("ids", [(1, 1), (7, 1_000_000), (MOST, MOST)])
def test_name_tells_the_letter_in_any_case(ids: tuple[int, int]) -> None:
    token = bounce_token(*ids)

    assert len(token) <= 44
    assert set(token) <= set(ALPHABET)
    assert delivery_in(token) == delivery_in(token.upper()) == ids


def test_a_thousand_altered_names_tell_nothing() -> None:
    chance = random.Random(1)  # noqa: S311  the same each time
    token = bounce_token(7, 1_000)

    assert {delivery_in(altered(token, chance)) for _ in range(1_000)} == {None}


@pytest.mark.parametrize("other", [(7, 1_001), (8, 1_000), (1_000, 7)])
def test_signature_is_of_no_use_for_another_letter(other: tuple[int, int]) -> None:
    signature = bounce_token(7, 1_000).rpartition("-")[2]

    assert delivery_in(f"{bounce_token(*other).rpartition('-')[0]}-{signature}") is None


@pytest.mark.parametrize("text", ["", "-", "7-1000", "7-1000-", "7-rs-é" + "a" * 15, "\0" * 30])
def test_what_is_no_name_tells_nothing(text: str) -> None:
    assert delivery_in(text) is None


def test_name_outlives_a_change_of_the_key(settings: Settings) -> None:
    token = bounce_token(7, 1_000)

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [settings.SECRET_KEY]
    assert delivery_in(token) == (7, 1_000)

    settings.SECRET_KEY_FALLBACKS = []
    assert delivery_in(token) is None


def test_letters_come_back_to_an_address_of_their_own(settings: Settings) -> None:
    settings.BOUNCE_ADDRESS = "back@example.org"
    assert mail.return_path("7-rs-abc") == "back+7-rs-abc@example.org"

    settings.BOUNCE_ADDRESS = ""
    assert mail.return_path("7-rs-abc") == mail.sender()


@pytest.mark.parametrize("address", ["nonsense", "a b@example.org", f"{'b' * 20}@example.org"])
def test_address_that_no_name_fits_into_is_refused(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="BOUNCE_ADDRESS"):
        bounce_address(address)


def test_longest_name_fits_into_the_longest_address(settings: Settings) -> None:
    settings.BOUNCE_ADDRESS = bounce_address(f"{'B' * 19}@Example.org")

    local = mail.return_path(bounce_token(MOST, MOST)).partition("@")[0]

    assert len(local) == 64
