import logging
import time

import pytest

from newsroom.lib.logs import PrivateFormatter
from newsroom.lib.tokens import Purpose


def line(message: str) -> str:
    record = logging.LogRecord("x", logging.WARNING, "", 0, message, None, None)
    return PrivateFormatter().format(record).split("x: ", 1)[1]


@pytest.mark.parametrize(
    "message",
    [
        "Refused: ann@example.org",
        "Refused: <ann.smith+tag@sub.example.org>",
        "Refused: !#$%&'*+-/=?^_`{|}~@example.org",
        "Not Found: /people/ann%40example.org/",
        "Key (address)=(ann@xn--bcher-kva.example) already exists.",
        "{'ann@bücher.example': (550, b'no such user')}",
    ],
)
def test_no_address_is_in_a_log(message: str) -> None:
    shown = line(message)

    assert "[address]" in shown
    for part in ("ann", "example", "#$%"):
        assert part not in shown


def test_no_token_is_in_a_log() -> None:
    for token in (Purpose("leave").sign("7"), Purpose("leave").sign("7").replace("~", "%7E")):
        assert line(f"Gone: /newsletter/leave/{token}/") == "Gone: /newsletter/leave/[token]/"


def test_event_is_one_line_whatever_people_typed() -> None:
    assert line("Ann stated: yes\r\n2026-01-01 INFO x: forged") == (
        "Ann stated: yes 2026-01-01 INFO x: forged"
    )


def test_what_staff_do_with_the_list_is_logged() -> None:
    assert logging.getLogger("newsletter.services.exporting").isEnabledFor(logging.INFO)


@pytest.mark.parametrize("sign", ["a", "-", "%40", "~", "@", "a."])
def test_long_line_is_no_burden(sign: str) -> None:
    start = time.process_time()

    line(sign * 50_000)

    assert time.process_time() - start < 1
