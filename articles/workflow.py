"""The states of a piece and the steps between them, one row each."""

from dataclasses import dataclass

from articles.models import Article, Transition
from articles.models.status import Status
from newsroom.models import User


@dataclass(frozen=True)
class Step:
    """One way from a state to the next: one button, one permission, one entry in the log.

    `past` is what the log says of it; `of_writer` steps are taken by the piece's own writer, too.
    """

    action: str
    label: str
    past: str
    sources: tuple[Status, ...]
    target: Status
    permission: str
    needs_note: bool = False
    of_writer: bool = False

    def may(self, user: User, article: Article) -> bool:
        """Whether `user` may take it with `article`, whatever state that is in."""
        if not user.has_perm(self.permission):
            return False
        return (
            not self.of_writer
            or article.created_by_id == user.pk
            or user.has_perm("articles.approve_article")
        )


STEPS = {
    step.action: step
    for step in [
        Step(
            action="submit",
            label="Send to review",
            past="Sent to review",
            sources=(Status.DRAFT,),
            target=Status.REVIEW,
            permission="articles.submit_article",
            of_writer=True,
        ),
        Step(
            action="recall",
            label="Take back from review",
            past="Taken back from review",
            sources=(Status.REVIEW,),
            target=Status.DRAFT,
            permission="articles.submit_article",
            of_writer=True,
        ),
        Step(
            action="return",
            label="Return to the writer",
            past="Returned to the writer",
            sources=(Status.REVIEW, Status.APPROVED),
            target=Status.DRAFT,
            permission="articles.return_article",
            needs_note=True,
        ),
        Step(
            action="approve",
            label="Approve",
            past="Approved",
            sources=(Status.DRAFT, Status.REVIEW),
            target=Status.APPROVED,
            permission="articles.approve_article",
        ),
        Step(
            action="publish",
            label="Publish",
            past="Published",
            sources=Article.UNPUBLISHED,
            target=Status.PUBLISHED,
            permission="articles.publish_article",
        ),
        Step(
            action="reschedule",
            label="Change the times",
            past="Times changed",
            sources=(Status.PUBLISHED,),
            target=Status.PUBLISHED,
            permission="articles.publish_article",
        ),
        Step(
            action="unpublish",
            label="Unpublish",
            past="Unpublished",
            sources=(Status.PUBLISHED,),
            target=Status.DRAFT,
            permission="articles.unpublish_article",
        ),
        Step(
            action="kill",
            label="Kill",
            past="Killed",
            sources=(Status.PUBLISHED,),
            target=Status.KILLED,
            permission="articles.kill_article",
            needs_note=True,
        ),
        Step(
            action="reword",
            label="Change the notice",
            past="Notice changed",
            sources=(Status.KILLED,),
            target=Status.KILLED,
            permission="articles.kill_article",
            needs_note=True,
        ),
        Step(
            action="revive",
            label="Make it a draft again",
            past="Made a draft again",
            sources=(Status.KILLED,),
            target=Status.DRAFT,
            permission="articles.kill_article",
            needs_note=True,
        ),
    ]
}


def steps_of(user: User, article: Article) -> list[Step]:
    """What `user` may do with `article` as it stands, in the order of its life."""
    return [
        step
        for step in STEPS.values()
        if article.status in step.sources and step.may(user, article)
    ]


def log_of(article: Article) -> list[Transition]:
    """What has been done with `article`, newest first; 1 query."""
    return list(article.transitions.select_related("by"))


def told(entry: Transition) -> str:
    """What was done, as the log says it: `Returned to the writer`."""
    step = STEPS.get(entry.action)
    if step is None:
        return entry.action.capitalize()
    is_ahead = entry.appears_at is not None and entry.appears_at > entry.at
    return "Scheduled" if step.action == "publish" and is_ahead else step.past


def returned(log: list[Transition]) -> Transition | None:
    """The entry that says why a piece came back, as long as nobody has sent it on."""
    last = log[0] if log else None
    return last if last and last.action == "return" else None
