"""Two who have changed the same: both texts beside what they were made of, and a choice."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from articles import comparing, snapshots
from articles.admin.piece_screen import screen
from articles.comparing import Difference
from articles.content import blocks
from articles.forms.collision import AGAINST, CHOICE, Collision
from articles.forms.contents import TIMES
from articles.merging import BOTH, MINE, THEIRS, Clash
from articles.models import Article
from articles.services import revising
from newsroom.lib import html
from newsroom.lib.dates import spoken
from newsroom.models import User

N_WORDS = 12  # of what stands before a place in the body
NOT_CARRIED = {"csrfmiddlewaretoken", AGAINST}


@dataclass(frozen=True)
class Side:
    """One text of a clash; `key` is what chooses it, "" for the ancestor."""

    key: str
    title: str
    text: Difference


@dataclass(frozen=True)
class Question:
    """A clash as its screen shows it. after: the words that it follows in the body."""

    name: str
    label: str
    after: str
    sides: list[Side]
    chosen: str
    offers_both: bool
    is_list: bool


def is_open(form: Any) -> bool:
    """Whether somebody must choose, or must choose otherwise, before this can be saved."""
    return bool(form.collision and form.collision.merge.clashes and form.errors)


def ask(request: HttpRequest, article: Article, form: Any) -> HttpResponse:
    """The screen of the choices, with all that was typed in it; it posts to where it came from."""
    collision: Collision = form.collision
    carried = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in NOT_CARRIED and not name.startswith(CHOICE)
    ]
    context: dict[str, Any] = {
        "carried": carried,
        "errors": [error for errors in form.errors.values() for error in errors],
        "questions": [question(clash, collision) for clash in collision.merge.clashes],
        "who": collision.who_and_when()[0],
    }
    stored = Article.objects.get(pk=article.pk)
    return screen(request, "collision", stored, status=409, **context)


def question(clash: Clash, collision: Collision) -> Question:
    who, when = collision.who_and_when()
    sides = [
        Side("", "Before", plainly(clash.name, clash.base)),
        Side(THEIRS, f"{who}, {when}", marked(clash.name, clash.base, clash.theirs)),
        Side(MINE, "You", marked(clash.name, clash.base, clash.mine)),
    ]
    chosen = collision.merge.choices.get(clash.key, "")
    return Question(
        name=CHOICE + clash.key,
        label=(snapshots.LABELS | TIMES)[clash.name],
        after=" ".join(html.plain(clash.after).split()[-N_WORDS:]),
        sides=sides,
        chosen=chosen if chosen in clash.offers else "",
        offers_both=BOTH in clash.offers,
        is_list=isinstance(clash.mine, list),
    )


def marked(name: str, base: Any, value: Any) -> Difference:
    """`value` with what it changes in `base`."""
    if name in TIMES:
        return plainly(name, value)
    if name == "body" and len(blocks(base)) == len(blocks(value)) == 1:
        rows = [comparing.row(value, comparing.rewritten(base, value))]
        return Difference(name, "", rows=rows)
    return comparing.difference(name, base, value)


def plainly(name: str, value: Any) -> Difference:
    if name in TIMES:
        moment = parse_datetime(value or "")
        return Difference(name, TIMES[name], spoken(moment) if moment else "")
    if name == "body":
        rows = [comparing.row(block, readable(block)) for block in blocks(value or "")]
        return Difference(name, "", rows=rows)
    values = value if isinstance(value, list) else [value]
    return Difference(name, "", ", ".join(map(comparing.said, values)))


def readable(block: str) -> SafeString:
    return conditional_escape(comparing.readable(block))


def settled(request: HttpRequest, article: Article, collision: Collision | None) -> None:
    """After a save: keep what was not chosen, and tell what came in from others."""
    if collision is None:
        return
    if collision.merge.refused:
        user: Any = request.user
        keep(article, collision, by=user)
    if collision.told:
        messages.info(request, collision.told)


def keep(article: Article, collision: Collision, *, by: User) -> None:
    mine = {name: collision.mine[name] for name in snapshots.LABELS}
    at = timezone.now()
    revising.keep_aside(article, mine, version=collision.version, by=by, at=at)
