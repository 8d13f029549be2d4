"""The screen on which an appeal is read, its claims are tied, and it is set live and stopped."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from donations import claiming, links, reach
from donations.admin.appeal_screen import found, may_view, screen, user_of
from donations.claiming import Part
from donations.forms.claim import TieForm, offers
from donations.forms.running import EndForm, GoLiveForm, MoveEndForm
from donations.models import Appeal, TaxWording, Variant
from donations.services import running
from donations.services.claims import Rest, rests
from donations.state import Doing, Moment, state_of


@dataclass(frozen=True)
class Passage:
    """A piece of a wording. number: of the phrase it is, 0 for the words in between."""

    text: str
    number: int = 0
    is_sound: bool = False


@dataclass(frozen=True)
class Wording:
    variant: Variant
    heading: list[Passage]
    blocks: list[list[Passage]]
    button: list[Passage]
    amounts: list[str]
    share: int


@dataclass(frozen=True)
class Row:
    number: int
    rest: Rest
    form: TieForm | None
    is_open: bool = False


@may_view
@require_safe
def check(request: HttpRequest, pk: int) -> HttpResponse:
    return check_screen(request, found(pk))


def check_screen(
    request: HttpRequest,
    appeal: Appeal,
    *,
    refused: TieForm | None = None,
    forms: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """refused, forms: what was typed and not taken."""
    now = timezone.now()
    moment = Moment.of(now)
    doing = state_of(appeal, moment).doing
    found_ = rests(appeal, moment.today)
    ends = {"to": appeal.ends_at, "was": appeal.ends_at.isoformat()}
    is_over = doing in {Doing.OVER, Doing.ENDED}
    is_running = doing in {Doing.WAITS, Doing.RUNS, Doing.PAUSED}
    context: dict[str, Any] = {
        "wordings": list(wordings(appeal, found_)),
        "rows": list(rows(request, appeal, found_, refused)),
        "n_open": sum(not rest.is_sound for rest in found_),
        "missing": [] if appeal.is_locked else list(others_missing(appeal, user_of(request), now)),
        "reach": reach.reach(appeal, reach.names()),
        "may_go_live": request.user.has_perm("donations.run_appeal") and not appeal.is_locked,
        "may_stop": request.user.has_perm("donations.run_appeal") and is_running,
        "may_archive": request.user.has_perm("donations.run_appeal") and is_over,
        "new_tax_wording": newer_wording(appeal),
        "live_form": GoLiveForm(initial={"version": appeal.version}, auto_id="id_live_%s"),
        "end_form": EndForm(auto_id="id_end_%s"),
        "move_form": MoveEndForm(initial=ends, auto_id="id_move_%s"),
        **(forms or {}),
    }
    return screen(request, "check", appeal, context, status=status)


def others_missing(appeal: Appeal, by: Any, at: datetime) -> Iterator[str]:
    """What is missing beside claims, which stand where they are needed."""
    yield from running.incomplete(appeal, at)
    yield from running.alone(appeal, by)


def newer_wording(appeal: Appeal) -> TaxWording | None:
    newest = TaxWording.objects.first()
    return newest if newest and newest.pk != appeal.tax_wording_id else None


def rows(
    request: HttpRequest, appeal: Appeal, found_: list[Rest], refused: TieForm | None
) -> Iterator[Row]:
    """Every phrase, with the form that ties it where the user may; the next one to do is open."""
    may_tie = request.user.has_perm("donations.change_appeal") and not appeal.is_locked
    offered = offers(found_[0].today) if may_tie and found_ else {}
    first = next((n for n, rest in enumerate(found_, 1) if not rest.is_sound), 0)
    for number, rest in enumerate(found_, 1):
        form = None
        if may_tie and refused and refused.data.get("phrase") == rest.phrase:
            form = refused
        elif may_tie:
            initial = {"phrase": rest.phrase, "claim": rest.claim, "owner": request.user.pk}
            id_ = f"id_tie{number}_%s"
            form = TieForm(initial=initial, auto_id=id_, today=rest.today, offers=offered)
        is_open = form is not None and (form.is_bound or number == first)
        yield Row(number, rest, form, is_open)


def wordings(appeal: Appeal, found_: list[Rest]) -> Iterator[Wording]:
    by_phrase = {rest.phrase: (number, rest) for number, rest in enumerate(found_, 1)}
    variants = list(appeal.variants.all())
    total = sum(variant.weight for variant in variants)

    def passages(parts: list[Part]) -> list[Passage]:
        return [
            Passage(part.text, by_phrase[part.phrase][0], by_phrase[part.phrase][1].is_sound)
            if part.phrase in by_phrase
            else Passage(part.text)
            for part in parts
        ]

    for variant in variants:
        line = [claiming.marked(escape(text)) for text in (variant.heading, variant.button)]
        yield Wording(
            variant=variant,
            heading=[p for block in line[0] for p in passages(block)],
            blocks=[passages(block) for block in claiming.marked(variant.text)],
            button=[p for block in line[1] for p in passages(block)],
            amounts=[links.label(n, appeal.currency, variant.interval) for n in variant.amounts],
            share=round(100 * variant.weight / total),
        )


def told(appeal: Appeal, at: datetime) -> str:
    """What a draft needs next, in a sentence."""
    today = Moment.of(at).today
    n = sum(not rest.is_sound for rest in rests(appeal, today))
    if not n:
        return "Every phrase that claims something rests on a claim."
    return f"{n} {'phrase needs' if n == 1 else 'phrases need'} a claim before it can go live."
