"""Reports by RFC 3464, in every server's shape and with everything that may be wrong with them."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from newsletter.bounces.reading import read
from newsletter.models import Bounce
from newsletter.tokens import bounce_token
from tests.newsletter.bounces.shapes import REPORTS, Facts, elsewhere
from tests.newsletter.bounces.variations import VARIATIONS

IDS = (7, 1_000)
TOKEN = bounce_token(*IDS)
FACTS = Facts(to=f"bounces+{TOKEN}@parley.example", name=f"<roundup.{TOKEN}@parley.example>")
Kind = Bounce.Kind
ENDS = {
    "no such user": ("5.1.1", "550 5.1.1 The account does not exist", Kind.HARD),
    "no such host": ("5.1.2", "550 5.1.2 Host unknown", Kind.HARD),
    "closed": ("5.2.1", "550 5.2.1 This account is inactive", Kind.HARD),
    "full": ("5.2.2", "552 5.2.2 Mailbox full", Kind.SOFT),
    "expired": ("4.4.7", "450 4.4.7 Delivery time expired", Kind.SOFT),
    "loop": ("5.4.6", "554 5.4.6 Too many hops", Kind.SOFT),
    "blocked": ("5.7.1", "554 5.7.1 Service unavailable; client host blocked", None),
}
QUIET = ["delayed", "delivered", "relayed", "expanded"]


def kind_of(raw: bytes) -> Bounce.Kind | str | None:
    """What is read of a letter of ours; "nothing" if nothing is."""
    report = read(raw)
    if report is None:
        return "nothing"
    assert (report.issue_id, report.subscriber_id) == IDS
    return report.kind


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("shape", REPORTS)
def test_each_server_is_understood(shape: str, end: str) -> None:
    status, words, expected = ENDS[end]
    facts = replace(FACTS, status=status, words=words)

    assert kind_of(REPORTS[shape].write(facts)) == expected


@pytest.mark.parametrize("action", QUIET)
@pytest.mark.parametrize("shape", REPORTS)
def test_what_has_not_failed_is_nothing(shape: str, action: str) -> None:
    facts = replace(FACTS, action=action, status="2.0.0", words="250 2.0.0 OK")

    assert kind_of(REPORTS[shape].write(facts)) == "nothing"


@pytest.mark.parametrize("variation", VARIATIONS, ids=lambda variation: variation.__name__)
@pytest.mark.parametrize("shape", REPORTS)
def test_broken_report_is_understood(shape: str, variation: Callable[[bytes], bytes]) -> None:
    assert kind_of(variation(REPORTS[shape].write(FACTS))) == Kind.HARD


@pytest.mark.parametrize("shape", REPORTS)
def test_letter_itself_tells_whose_it_was(shape: str) -> None:
    assert kind_of(REPORTS[shape].write(elsewhere(FACTS))) == Kind.HARD


@pytest.mark.parametrize("shape", ["exchange", "office 365", "gmail", "courier"])
def test_report_that_keeps_the_letter_back_names_it_elsewhere(shape: str) -> None:
    raw = REPORTS[shape].write(elsewhere(FACTS))

    assert kind_of(raw.replace(b"Message-ID: <roundup", b"Message-ID: <gone")) == Kind.HARD


@pytest.mark.parametrize("shape", REPORTS)
def test_names_of_another_maker_tell_nothing(shape: str) -> None:
    token = TOKEN[:-1] + ("a" if TOKEN[-1] != "a" else "b")
    forged = Facts(to=f"bounces+{token}@parley.example", name=f"<roundup.{token}@parley.example>")

    assert kind_of(REPORTS[shape].write(forged)) == "nothing"


@pytest.mark.parametrize("name", ["Delivered-To", "X-Original-To", "Envelope-To", "To"])
def test_address_it_came_to_tells_whose_it_was(name: str) -> None:
    facts = Facts(to="", name="<of.somebody@else.example>")
    raw = REPORTS["postfix"].write(facts)

    assert kind_of(raw) == "nothing"
    assert kind_of(f"{name}: {FACTS.to.upper()}\n".encode() + raw) == Kind.HARD


@pytest.mark.parametrize("to", [FACTS.to, f"<{FACTS.to}>", TOKEN])
def test_server_may_tell_whom_it_is_to(to: str) -> None:
    raw = REPORTS["postfix"].write(Facts(to="", name="<of.somebody@else.example>"))

    report = read(raw, to=to)

    assert report
    assert (report.issue_id, report.subscriber_id) == IDS


def with_recipients(*actions_and_codes: str) -> bytes:
    pairs = [line.split() for line in actions_and_codes]
    told = [
        f"Final-Recipient: rfc822; {number}@reader.example\nAction: {action}\nStatus: {code}"
        for number, (action, code) in enumerate(pairs)
    ]
    return replace(REPORTS["postfix"], per_recipient="\n\n".join(told)).write(FACTS)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (["failed 5.1.1", "failed 5.2.1"], Kind.HARD),
        (["failed 5.1.1", "failed 5.2.2"], Kind.SOFT),
        (["failed 5.1.1", "failed 5.7.1"], None),
        (["failed 5.1.1", "delivered 2.0.0"], Kind.SOFT),
        (["failed 5.1.1", "delivered(to-a-list) 2.0.0"], Kind.SOFT),
        (["delivered 2.0.0", "delayed 4.4.1"], "nothing"),
        (["failed 2.0.0"], "nothing"),
    ],
)
def test_letter_passed_on_fails_as_far_as_the_mildest(
    told: list[str], expected: Bounce.Kind | str | None
) -> None:
    assert kind_of(with_recipients(*told)) == expected


def test_report_tells_code_and_answer() -> None:
    report = read(REPORTS["exim"].write(FACTS))

    assert report
    assert (report.code, report.answer) == ("5.1.1", "550 5.1.1 User unknown")
