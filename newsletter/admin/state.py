"""The state of a round-up in words."""

from dataclasses import dataclass

from newsletter.models import Issue

Status = Issue.Status
COLOURS = {  # by the names that the desk's sheets know
    Status.DRAFT: "draft",
    Status.APPROVED: "scheduled",
    Status.SCHEDULED: "scheduled",
    Status.SENDING: "public",
    Status.SENT: "public",
}


@dataclass(frozen=True)
class State:
    """`key` is for colours: draft, scheduled or public."""

    key: str
    word: str


def state_of(issue: Issue) -> State:
    return State(COLOURS[Status(issue.status)], issue.get_status_display())
