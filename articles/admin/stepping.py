"""Steps that somebody asks for with a button: which there are, taken, and told of."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from articles import services
from articles.admin.state import state_of
from articles.forms.times import minute
from articles.models import Article
from articles.workflow import STEPS, Step, steps_of
from newsroom.lib import html
from newsroom.lib.dates import spoken
from newsroom.models import User

TAKE: dict[str, Any] = {  # killing has a screen of its own, with a notice for readers
    "submit": services.submit,
    "recall": services.recall,
    "return": services.return_to_writer,
    "approve": services.approve,
    "publish": services.publish,
    "reschedule": services.reschedule,
    "unpublish": services.unpublish,
    "revive": services.revive,
}
PRIMARY = ["publish", "submit"]  # what whoever may take several most likely wants
NOT_TAKEN = (services.NotReady, services.NoteMissing, services.NotAllowed)


@dataclass(frozen=True)
class Button:
    action: str
    label: str
    needs_note: bool


@dataclass(frozen=True)
class Bar:
    """The buttons of a piece's screen; where no step is the primary one, saving is."""

    primary: Button | None
    others: list[Button]
    kill: Button | None  # leads to the screen where that is done


def bar(user: User, article: Article) -> Bar:
    """What `user` may do with `article` as it stands; no query."""
    buttons = [
        button(step, article) for step in steps_of(user, article) if fits(step, user, article)
    ]
    first = next((one for name in PRIMARY for one in buttons if one.action == name), None)
    kill = next((one for one in buttons if one.action not in TAKE), None)
    others = [one for one in buttons if one not in (first, kill)]
    return Bar(first, sorted(others, key=lambda one: one.needs_note), kill)


def fits(step: Step, user: User, article: Article) -> bool:
    """Whether a button makes sense: nobody returns a piece to themselves, or recalls another's."""
    is_own = article.created_by_id == user.pk
    return {
        "recall": is_own,
        "return": not is_own,
        "reschedule": article.is_scheduled(),
        "kill": not article.is_scheduled(),
    }.get(step.action, True)


def button(step: Step, article: Article) -> Button:
    label = step.label
    if article.is_scheduled():
        label = {"reschedule": "Publish now", "unpublish": "Unschedule"}.get(step.action, label)
    return Button(step.action, label, step.needs_note)


def screen_of(request: HttpRequest, article: Article) -> str:
    """Where somebody lands who may not write in `article`."""
    has_steps = bool(steps_of(cast("User", request.user), article))
    is_own = article.created_by_id == request.user.pk and article.status in Article.UNPUBLISHED
    if has_steps or is_own or article.status == Article.Status.KILLED:
        return "admin:articles_article_steps"
    return "admin:articles_article_preview"


def asked_for(request: HttpRequest) -> Step | None:
    """The step whose button was pressed; None for mere saving.

    Raises PermissionDenied for what is no step, or none of this person's.
    """
    action = request.POST.get("_step")
    if action is None:
        return None
    if action not in TAKE or not request.user.has_perm(STEPS[action].permission):
        raise PermissionDenied
    return STEPS[action]


def take(step: Step, article: Article, *, by: User, note: str, **how: Any) -> str:
    """What has happened, in a sentence. Raises one of NOT_TAKEN."""
    extra = how if step.action in {"publish", "reschedule"} else {}
    was_scheduled = article.is_scheduled()
    done = TAKE[step.action](article, by=by, note=note, **extra)
    return said(step, article, was_scheduled=was_scheduled) if done else too_late(step, article)


def said(step: Step, article: Article, *, was_scheduled: bool) -> str:
    if step.action in {"publish", "reschedule"}:
        word = state_of(article).word
        until = f", until {spoken(article.published_until)}" if article.published_until else ""
        return f"{word}: {spoken(article.published_at or timezone.now())}{until}."
    if step.action == "unpublish":
        seen = "It is a draft again" if was_scheduled else "Readers no longer see it"
        return f"{'Unscheduled' if was_scheduled else 'Unpublished'}. {seen}."
    return f"{step.past}."


def too_late(step: Step, article: Article) -> str:
    """Somebody else, or the same button pressed twice, was faster."""
    now = Article.objects.get(pk=article.pk)
    when = f": {spoken(now.published_at)}" if now.published_at else ""
    if now.status != step.target:
        return f"Not {lower(step.past)}; by now it is {state_of(now).word.lower()}."
    return f"It was {lower(step.past)} already{when if step.action == 'publish' else ''}."


def lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def after_saving(
    request: HttpRequest, article: Article, step: Step | None, typed: dict[str, Any]
) -> None:
    """Take the step that was asked for with the saving, or move the times; tell what happened.

    Where the step is not taken, the text is saved all the same, and the note is given back.
    """
    by: Any = request.user
    note = request.POST.get("note", "").strip()
    given_back = f" Your note, which goes with a step, was: “{note}”" if note else ""
    until = typed.get("published_until", article.published_until)
    times = {"at": typed.get("publish_at"), "until": until}
    if step is None and is_moved(article, **times):
        step = STEPS["reschedule"]
        times["at"] = times["at"] or article.published_at
    if step is None:
        words = "Saved." if article.is_public() else f"Saved {spoken(timezone.now())}."
        messages.success(request, words + given_back)
        return
    why = {"override": request.POST.get("override", "")} if step.action == "publish" else {}
    try:
        done = take(step, article, by=by, note=note, **times, **why)
    except NOT_TAKEN as error:
        messages.warning(request, f"Saved, but not {lower(step.past)}. {error}{given_back}")
    else:
        messages.success(request, done)


def planned(step: Step, article: Article) -> dict[str, datetime | None]:
    """The times that were set for a piece, for a step that is taken without its form."""
    now = timezone.now()
    is_ahead = article.published_at is not None and article.published_at > now
    at = now if step.action == "reschedule" else article.published_at if is_ahead else None
    return {"at": at, "until": article.published_until}


def is_moved(article: Article, at: datetime | None, until: datetime | None) -> bool:
    """Whether a published piece was given other times than it has, to the minute."""
    if article.status != Article.Status.PUBLISHED:
        return False
    has_other_start = at is not None and at != minute(article.published_at)
    return has_other_start or until != minute(article.published_until)


def lacks_reason(request: HttpRequest) -> bool:
    """Whether a step was asked for that needs a reason, and came without one."""
    step = STEPS.get(request.POST.get("_step", ""))
    return bool(step and step.needs_note and not request.POST.get("note", "").strip())


def is_again(request: HttpRequest, article: Article) -> bool:
    """Whether the step that is asked for was just taken with the same text.

    A writer's second press of the button finds the piece out of their hands already.
    """
    step = STEPS.get(request.POST.get("_step", ""))
    posted = [request.POST.get("headline", ""), request.POST.get("deck", "")]
    posted.append(html.clean(request.POST.get("body", "")))
    stored = [article.headline, article.deck, article.body]
    is_same = all(one.split() == other.split() for one, other in zip(posted, stored, strict=True))
    return step is not None and article.status == step.target and is_same
