"""The state of a round-up in words."""

from dataclasses import dataclass

from newsletter.models import Issue

Status = Issue.Status
COLOURS = {  # by the names that the desk's sheets know
    Status.DRAFT: "draft",
    Status.APPROVED: "scheduled",
    Status.SCHEDULED: "scheduled",
    Status.SENDING: "public",
    Status.PAUSED: "paused",
    Status.STOPPED: "failed",
    Status.SENT: "public",
}


@dataclass(frozen=True)
class State:
    """`key` is for colours: draft, scheduled, public, paused or failed. `why`: if it is paused."""

    key: str
    word: str
    why: str = ""


def state_of(issue: Issue) -> State:
    status = Status(issue.status)
    why = issue.pause_why if status == Status.PAUSED else ""
    return State(COLOURS[status], status.label, why)
