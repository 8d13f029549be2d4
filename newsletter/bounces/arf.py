"""Readers' complaints, as their providers pass them on. Source: RFC 5965."""

from collections.abc import Sequence

from newsletter.bounces.codes import Finding, Kind
from newsletter.bounces.parts import Part, fields_of

FIELD = "feedback-type"
TYPE = "message/feedback-report"
# “opt-out” was in drafts of the RFC and is still sent. Not among them: not-spam, auth-failure.
COMPLAINTS = {"abuse", "fraud", "virus", "other", "opt-out", "opt-out-list"}
OUTLOOK = "staff@hotmail.com", "complaint about message from"  # a programme older than the RFC


def is_report(message: Sequence[Part]) -> bool:
    return _is_from_outlook(message[0]) or any(part.type == TYPE for part in message)


def finding(message: Sequence[Part]) -> Finding | None:
    """None: it is no complaint, but praise or a report for whoever runs the mail server."""
    if _is_from_outlook(message[0]):
        return Finding(Kind.COMPLAINT)
    reports = (part.text.encode() for part in message if part.type == TYPE)
    said = [value for report in reports for name, value in fields_of(report) if name == FIELD]
    kind = said[0].partition("(")[0].strip().lower() if said else ""
    return Finding(Kind.COMPLAINT, "", kind) if kind in COMPLAINTS else None


def _is_from_outlook(outer: Part) -> bool:
    sender, subject = outer.first("from").lower(), outer.first("subject").lower()
    return OUTLOOK[0] in sender and subject.startswith(OUTLOOK[1])
