"""The state of a piece in words."""

from dataclasses import dataclass
from datetime import datetime

from articles.models import Article


@dataclass(frozen=True)
class State:
    """`key` is for colours: draft, scheduled or public."""

    key: str
    word: str


DRAFT = State("draft", "Draft")
SCHEDULED = State("scheduled", "Scheduled")
PUBLIC = State("public", "Published")


def state_of(article: Article, at: datetime | None = None) -> State:
    if article.is_public(at):
        return PUBLIC
    return SCHEDULED if article.is_scheduled(at) else DRAFT
