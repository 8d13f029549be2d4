"""Complaints, as providers pass them on."""

import pytest

from newsletter.bounces.reading import Report, read
from newsletter.models import Bounce
from newsletter.tokens import LEAVE, bounce_token
from tests.newsletter.bounces.shapes import Facts, original
from tests.newsletter.bounces.variations import VARIATIONS

TOKEN = bounce_token(7, 1_000)
NAME = f"<roundup.{TOKEN}@parley.example>"
FACTS = Facts(to="bounces@parley.example", name=NAME, leave=LEAVE.sign("1000"))
COMPLAINT = Bounce.Kind.COMPLAINT
# Some providers keep back what names their reader: then only the link to leave is left.
REDACTED = Facts(to="[redacted]", name="<redacted>", leave=FACTS.leave)


def complaint(kind: str = "abuse", facts: Facts = FACTS, returns: str = "message/rfc822") -> bytes:
    return f"""\
From: <feedbackloop@provider.example>
To: <abuse@parley.example>
Subject: FW: What happened
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report;
\tboundary="part1_13d.2e68ed54_boundary"

--part1_13d.2e68ed54_boundary
Content-Type: text/plain; charset=us-ascii

This is an email abuse report for an email message received from 192.0.2.1.
--part1_13d.2e68ed54_boundary
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: SomeGenerator/1.0
Version: 1
Original-Mail-From: <x@parley.example>
Removal-Recipient: ann@reader.example

--part1_13d.2e68ed54_boundary
Content-Type: {returns}
Content-Disposition: inline

{original(facts)}
--part1_13d.2e68ed54_boundary--
""".encode()


@pytest.mark.parametrize("returns", ["message/rfc822", "text/rfc822-headers"])
@pytest.mark.parametrize(
    "kind", ["abuse", "ABUSE", "fraud", "virus", "other", "opt-out", "abuse (by a button)"]
)
def test_complaint_is_understood(kind: str, returns: str) -> None:
    found = read(complaint(kind, returns=returns))

    assert found
    assert (found.kind, found.issue_id, found.subscriber_id) == (COMPLAINT, 7, 1_000)


@pytest.mark.parametrize("kind", ["not-spam", "auth-failure", "dmarc", "", "a b c"])
def test_other_feedback_is_no_complaint(kind: str) -> None:
    assert read(complaint(kind)) is None


def test_link_to_leave_tells_who_complains() -> None:
    assert read(complaint(facts=REDACTED)) == Report(COMPLAINT, None, 1_000, "", "abuse")


@pytest.mark.parametrize("leave", [FACTS.leave[:-1] + "!", "1000~" + "A" * 43, "1000", ""])
def test_forged_link_tells_nothing(leave: str) -> None:
    facts = Facts(to="[redacted]", name="<redacted>", leave=leave)

    assert read(complaint(facts=facts)) is None


def test_address_alone_tells_nothing() -> None:
    assert read(complaint(facts=Facts(to="ann@reader.example", name="<1@a.example>"))) is None


@pytest.mark.parametrize("variation", VARIATIONS[:5], ids=lambda variation: variation.__name__)
def test_broken_complaint_is_understood(variation: object) -> None:
    assert callable(variation)
    found = read(variation(complaint()))

    assert found
    assert found.kind == COMPLAINT


def test_outlook_tells_of_complaints_in_its_own_way() -> None:
    raw = f"""\
From: staff@hotmail.com
To: abuse@parley.example
Subject: complaint about message from 192.0.2.1
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: message/rfc822

X-HmXmrOriginalRecipient: ann@reader.example
{original(FACTS)}
--b--
""".encode()

    assert read(raw) == Report(COMPLAINT, 7, 1_000)


def test_report_of_domain_owners_is_no_complaint() -> None:
    raw = b"""\
From: noreply-dmarc@provider.example
To: bounces@parley.example
Subject: Report domain: parley.example Submitter: provider.example
Content-Type: application/gzip; name="report.xml.gz"
Content-Transfer-Encoding: base64

H4sIAAAAAAAAA6tWKkktLlGyUlAqS8wpTtVRSs7PS8tMVbJSSlSqBQBNkYDGHwAAAA==
"""
    assert read(raw) is None
