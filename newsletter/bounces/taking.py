"""What a report changes."""

from datetime import datetime

from newsletter.bounces import scoring
from newsletter.bounces.reading import Report, read
from newsletter.models import Bounce


def take(raw: bytes, *, at: datetime, to: str = "") -> bool:
    """Whether the message is a report about a letter of ours; then it has counted, once."""
    report = read(raw, to=to)
    if report:
        count(report, source=Bounce.Source.REPORT, at=at)
    return report is not None


def count(report: Report, *, source: Bounce.Source, at: datetime) -> bool:
    """False if it was no news."""
    if report.kind:
        return scoring.note(
            report.subscriber_id,
            report.kind,
            source=source,
            at=at,
            issue_id=report.issue_id,
            code=report.code,
            answer=report.answer,
        )
    if report.issue_id is None:
        return False
    return scoring.came_back(report.issue_id, report.subscriber_id, report.answer)
