"""The state of a piece in words."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from articles.models import Article

Status = Article.Status


@dataclass(frozen=True)
class State:
    """`key` is for colours: draft, review, approved, scheduled, public, over or killed."""

    key: str
    word: str


DRAFT = State("draft", "Draft")
REVIEW = State("review", "In review")
APPROVED = State("approved", "Approved")
SCHEDULED = State("scheduled", "Scheduled")
PUBLIC = State("public", "Published")
OVER = State("over", "Ended")
KILLED = State("killed", "Killed")
STATES = [DRAFT, REVIEW, APPROVED, SCHEDULED, PUBLIC, OVER, KILLED]
PLAIN = {
    Status.DRAFT: DRAFT,
    Status.REVIEW: REVIEW,
    Status.APPROVED: APPROVED,
    Status.KILLED: KILLED,
}


def state_of(article: Article, at: datetime | None = None) -> State:
    if article.status != Status.PUBLISHED:
        return PLAIN[Status(article.status)]
    if article.is_scheduled(at):
        return SCHEDULED
    return OVER if article.is_over(at) else PUBLIC


def in_state(key: str, at: datetime) -> Q:
    """Which pieces are in the state of this key at `at`; all, if there is none."""
    for status, state in PLAIN.items():
        if state.key == key:
            return Q(status=status)
    published = Q(status=Status.PUBLISHED)
    is_over = Q(published_until__lte=at)
    of = {
        SCHEDULED.key: published & Q(published_at__gt=at),
        PUBLIC.key: published & Q(published_at__lte=at) & ~is_over,
        OVER.key: published & is_over,
    }
    return of.get(key, Q())
