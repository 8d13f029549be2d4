"""From a draft to the reader, and back: one function for each step of `workflow.STEPS`.

Each takes who does it (`by`; None is the system itself) and a note for the log. Each returns False,
changing nothing, if the piece is not where the step begins: somebody else was faster. Each raises
NotAllowed if `by` may not, and NoteMissing if the step asks for a reason and there is none.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from articles import checklist
from articles.models import Article, Transition
from articles.services import sharing
from articles.workflow import STEPS, Step
from newsroom.lib.dates import spoken
from newsroom.models import Publication, User

OVERRIDDEN = "Published against the checks"


class NotAllowed(Exception):
    """This person may not take this step with this piece; str() is for them."""


class NoteMissing(Exception):
    """The step needs a reason; str() asks for it."""


class NotReady(Exception):
    """The piece cannot be published yet; str() says what an editor must add."""


def submit(article: Article, *, by: User | None, note: str = "") -> bool:
    return take(STEPS["submit"], article, by=by, note=note)


def recall(article: Article, *, by: User | None, note: str = "") -> bool:
    return take(STEPS["recall"], article, by=by, note=note)


def return_to_writer(article: Article, *, by: User | None, note: str) -> bool:
    return take(STEPS["return"], article, by=by, note=note)


def approve(article: Article, *, by: User | None, note: str = "") -> bool:
    return take(STEPS["approve"], article, by=by, note=note)


@transaction.atomic
def publish(
    article: Article,
    *,
    by: User | None,
    at: datetime | None = None,
    until: datetime | None = None,
    note: str = "",
    override: str = "",
) -> bool:
    """Make `article` public from `at` on, until `until` if that is given.

    at: aware datetime, default now; a later time schedules the piece.
    override: why it shall appear though blocking checks hold it back; goes into the log.
    The day in the address is fixed by the first publication.
    Raises NotReady if something is missing, or if it would be gone before it appears.
    """
    ask(STEPS["publish"], article, by=by)
    Article.objects.select_for_update().only("pk").get(pk=article.pk)  # until it is out as checked
    if missing := checklist.blocking(article):
        note = overridden(article, missing, by=by, why=override, note=note)
    at = at or timezone.now()
    if until and until <= at:
        raise NotReady(f"It would be gone by then ({spoken(until)}): choose a later end, or none.")
    day = article.published_on or day_of(at)
    fields = {"published_at": at, "published_until": until, "published_on": day}
    return take(STEPS["publish"], article, by=by, note=note, published_by=by, **fields)


def overridden(
    article: Article, missing: list[str], *, by: User | None, why: str, note: str
) -> str:
    """The note for the log; raises NotReady where nobody may or does override the checks."""
    sentences = " ".join(missing)
    if not why.strip() or not article.section_id:  # every address of a piece has its section
        raise NotReady(sentences)
    if by and not by.has_perm("articles.override_checks"):
        raise NotReady(f"{sentences} Only administrators publish without.")
    return f"{note}\n{OVERRIDDEN}: {why.strip()} ({sentences})".strip()


def reschedule(
    article: Article,
    *,
    by: User | None,
    at: datetime,
    until: datetime | None = None,
    note: str = "",
) -> bool:
    """Move the time at which a piece appears, if it waits for it, and at which it goes.

    A piece that has appeared keeps the time at which it did, whatever `at` says.
    """
    now = timezone.now()
    is_ahead = Q(published_at__gt=now)
    day_then = Case(When(still_free(now), then=Value(day_of(at))), default=F("published_on"))
    at_then = Case(When(is_ahead, then=Value(at)), default=F("published_at"))
    fields = {"published_at": at_then, "published_on": day_then, "published_until": until}
    return take(STEPS["reschedule"], article, by=by, note=note, **fields)


def unpublish(article: Article, *, by: User | None, note: str = "") -> bool:
    """Take `article` back to a draft; its address stays reserved if readers may know it."""
    return take(STEPS["unpublish"], article, by=by, note=note, **forgotten_day(timezone.now()))


def kill(article: Article, *, by: User | None, note: str, notice: str = "") -> bool:
    """Withdraw `article`: its address answers 410 with `notice` (HTML), and nothing lists it."""
    return take(STEPS["kill"], article, by=by, note=note, kill_notice=notice)


def reword(article: Article, *, by: User | None, note: str, notice: str) -> bool:
    """Put another notice (HTML) at the address of a killed piece."""
    return take(STEPS["reword"], article, by=by, note=note, kill_notice=notice)


def revive(article: Article, *, by: User | None, note: str) -> bool:
    return take(STEPS["revive"], article, by=by, note=note, kill_notice="", published_until=None)


def ask(step: Step, article: Article, *, by: User | None) -> None:
    if by and not step.may(by, article):
        raise NotAllowed(f"You may not do this with this piece: {step.label}.")


@transaction.atomic
def take(step: Step, article: Article, *, by: User | None, note: str, **fields: Any) -> bool:
    """Take `step`, in one statement, with an entry in the log; `fields` change with it."""
    ask(step, article, by=by)
    if step.needs_note and not note.strip():
        raise NoteMissing("Say why; the writer and the log will need it.")
    now = timezone.now()
    locked = Article.objects.select_for_update().filter(pk=article.pk, status__in=step.sources)
    found = locked.values_list("status", "published_at").first()
    if found is None:
        return False
    was, appeared_at = found
    is_seen = step.action == "unpublish" and appeared_at is not None and appeared_at <= now
    if is_seen or step.target == Article.Status.KILLED:
        sharing.end_all(article, at=now)  # or a later step would revive them
    Article.objects.filter(pk=article.pk).update(
        status=step.target, saved_at=now, version=F("version") + 1, **fields
    )
    article.refresh_from_db()
    sets_times = "published_at" in fields
    Transition.objects.create(
        article=article,
        action=step.action,
        from_status=was,
        to_status=step.target,
        by=by,
        at=now,
        appears_at=article.published_at if sets_times else None,
        goes_at=article.published_until if sets_times else None,
        note=note.strip(),
    )
    return True


def day_of(moment: datetime) -> Any:
    return moment.astimezone(Publication.current_zone()).date()


def still_free(now: datetime) -> Q:
    """No reader has seen the day in the address, for it has not come before today."""
    return Q(published_at__gt=now, published_on__gte=day_of(now))


def forgotten_day(now: datetime) -> dict[str, Any]:
    return {
        "published_on": Case(When(still_free(now), then=None), default=F("published_on")),
        "published_until": None,
    }
