"""Who sees what: a page, a reader, and what becomes of every appeal there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from donations import as_if, board
from donations.admin import asked
from donations.admin.appeal_screen import may_view
from donations.choosing import NOBODY, Outcome, choose
from donations.forms.explain import ExplainForm
from donations.models import Appeal
from donations.reasons import REASONS
from donations.surroundings import RealPage, here

# Where staff change what a rule goes by; of the others, at the appeal itself.
CHANGED_AT = {
    "off": ("donations_switches", "Switches"),
    "pause": ("donations_pause_changelist", "Pauses"),
    "lapsed": ("donations_claim_changelist", "Claims"),
    **dict.fromkeys(
        ["barred-tag", "skip", "cap", "gap", "holdback"],
        ("donations_rules_changelist", "Rules"),
    ),
}
OF_THE_APPEAL = {"kind", "section", "format", "series", "tag", "early", "late", "device"}
OF_THE_APPEAL |= {f"no-{part}" for part in ("kind", "section", "format", "series", "tag")}


@dataclass(frozen=True)
class Row:
    """What became of an appeal. wording: the reader's, or all with their shares for any reader."""

    appeal: Appeal
    why: str
    wording: str
    changed_at: str
    change: str

    @property
    def words(self) -> str:
        return REASONS.get(self.why, "")


def urls(site: AdminSite) -> list[URLPattern]:
    return asked.paths("explain", site.admin_view(explain))


@may_view
@require_safe
def explain(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """By a form of GET, so that an answer can be linked to; pk: an appeal that counts as live."""
    now, row = timezone.now(), asked.found(pk) if pk else None
    content = asked.joined(as_if.content(now), row)
    pages = here().pages(now)
    form = ExplainForm({**usual(pages, now), **request.GET.dict()}, pages=pages, at=now)
    context: dict[str, Any] = {"title": "Who sees what", "form": form, "rules": rules()}
    if form.is_valid() and "real" in form.cleaned_data:
        context |= answer(form, content)
    return asked.screen(request, "explain", row, context)


def rules() -> list[tuple[str, str, str]]:
    """All, in their order, each with the address and name of the screen it is changed at."""
    return [(words, *where_for_all(why)) for why, words in REASONS.items()]


def usual(pages: list[RealPage], now: datetime) -> dict[str, str]:
    """A reader without wishes on the newest piece, at this moment."""
    pieces = [real for real in pages if real.page.article] or pages
    local = timezone.localtime(now)
    return {
        "page": pieces[0].path if pieces else "",
        "at_0": f"{local:%Y-%m-%d}",
        "at_1": f"{local:%H:%M}",
        "views": "5",
        "device": "desktop",
        "storage": "kept",
    }


def answer(form: ExplainForm, content: board.Content) -> dict[str, Any]:
    real, at = form.cleaned_data["real"], board.moment(form.cleaned_data["at"])
    reader = form.reader(content["rules"])
    outcomes = choose(content, real.page, reader, at)
    is_anybody = form.cleaned_data["seed"] is None
    rows = rows_of(outcomes, asked.named(content), is_anybody=is_anybody)
    return {
        "real": real,
        "rows": rows,
        "winner": next((row for row in rows if not row.why), None),
        "is_anybody": is_anybody,
        "holdback": content["rules"]["holdback"],
    }


def rows_of(outcomes: list[Outcome], named: dict[int, Appeal], *, is_anybody: bool) -> list[Row]:
    """Without appeals that somebody deleted a moment ago."""
    return [
        row_of(outcome, named[outcome.appeal], is_anybody=is_anybody)
        for outcome in outcomes
        if outcome.appeal in named
    ]


def row_of(outcome: Outcome, appeal: Appeal, *, is_anybody: bool) -> Row:
    names = {variant.pk: variant.name for variant in appeal.variants.all()}
    wording = "" if outcome.variant == NOBODY else names.get(outcome.variant, "")
    if is_anybody:
        wording = split(appeal)
    return Row(appeal, outcome.why, wording, *where_changed(outcome.why, appeal))


def split(appeal: Appeal) -> str:
    """`A 50 %, B 50 %`"""
    variants = appeal.variants.all()
    total = sum(variant.weight for variant in variants)
    return ", ".join(f"{one.name} {round(100 * one.weight / total)} %" for one in variants)


def where_changed(why: str, appeal: Appeal) -> tuple[str, str]:
    """Address and name of the screen that `why` can be changed at; "" where there is none."""
    if why in OF_THE_APPEAL:
        return reverse("admin:donations_appeal_change", args=[appeal.pk]), "The appeal"
    return where_for_all(why)


def where_for_all(why: str) -> tuple[str, str]:
    name, label = CHANGED_AT.get(why, ("", ""))
    return reverse(f"admin:{name}") if name else "", label
