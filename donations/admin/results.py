"""What came of an appeal: the screen, and the same as a file."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from donations import results_overview
from donations.admin.appeal_screen import found, screen
from donations.models import Appeal, Count, Slot
from donations.proportions import Interval, Rate
from donations.results import Comparison, Results, Wording
from donations.results_chart import Chart
from donations.results_overview import Tally
from donations.results_overview import lines as lines_of
from donations.surroundings import here
from newsroom.lib import exporting

Event = Count.Event
may_view = permission_required("donations.view_count", raise_exception=True)
HEADING = ["day", "wording", "place", "event", "rule", "piece", "times", "first times"]
LATER = {
    Event.SIGNED_UP: "Signed up for the newsletter",
    Event.RETURNED: "Came back on another day",
}


def urls(site: AdminSite) -> list[URLPattern]:
    wrap = site.admin_view
    return [
        path("results/", wrap(overview), name="donations_results"),
        path("<int:pk>/results/", wrap(results), name="donations_appeal_results"),
        path("<int:pk>/results.csv", wrap(download), name="donations_appeal_results_csv"),
    ]


@may_view
@require_safe
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """4 queries for what was counted, beside those of every screen of an appeal."""
    appeal = found(pk)
    seen = Results(appeal, timezone.localdate())
    empty = {"is_empty": True, "is_letter": appeal.slot == Slot.LETTER}
    return screen(request, "results", appeal, empty if seen.is_empty else told(seen))


@may_view
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All appeals; 2 queries."""
    places = results_overview.places()
    named = Appeal.objects.in_bulk([pk for place in places for pk in place.appeals])
    shown = [
        {
            "slot": place.slot,
            "total": tally_words(place.total),
            "lines": [line(appeal, tally) for appeal, tally in lines_of(place, named)],
        }
        for place in places
    ]
    around = {**admin.site.each_context(request), "opts": Appeal._meta, "title": "Results"}  # noqa: SLF001  # public, whatever it is called
    return render(request, "admin/donations/results/overview.html", {**around, "places": shown})


@may_view
@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every sum, day by day."""
    appeal = found(pk)
    name = f"{slugify(appeal.name) or 'appeal'}-{appeal.pk}.csv"
    return exporting.attachment(exporting.lines(HEADING, lines(appeal)), name)


def lines(appeal: Appeal) -> Iterator[list[Any]]:
    """By day; the made-up ones say so in each line, as a file travels alone."""
    names = {one.pk: one.name for one in appeal.variants.all()}
    mark = " (made up)" if appeal.is_made_up else ""
    for row in Count.objects.of(appeal).order_by("pk").iterator():
        wording = f"{names.get(row.variant, 'nobody is asked')}{mark}"
        at = [row.day, wording, row.slot, row.event, row.why, row.article or ""]
        yield [*at, row.n, row.n_first]


def told(seen: Results) -> dict[str, Any]:
    chart = Chart(seen)
    return {
        "totals": totals(seen),
        "verdict": seen.verdict(),
        "wordings": [wording(one, seen) for one in seen.wordings],
        "chart": chart,
        "chart_rows": chart_rows(chart),
        "hidden": [(one.words, f"{one.n:,}", of(one.n, seen.eligible)) for one in seen.hidden()],
        "articles": articles(seen),
        "lifts": [lift(seen, event, name) for event, name in LATER.items()],
    }


def totals(seen: Results) -> list[tuple[str, str, str]]:
    """What stands in large figures, with what it means."""
    rate = seen.rate
    return [
        ("Page views that might have shown it", f"{seen.eligible:,}", ""),
        ("Shown", f"{seen.shown:,}", of(seen.shown, seen.eligible)),
        ("Readers reached", f"{rate.n:,}", "browsers that met it for the first time"),
        ("Readers who clicked", f"{rate.hits:,}", ""),
        ("Clicked, of those reached", share(rate.share), f"95 %: {between(rate.wilson)}"),
    ]


def wording(one: Wording, seen: Results) -> dict[str, Any]:
    """`once` and `always` of each but the first, with which it is compared."""
    words = {"variant": one.variant, "shown": f"{one.shown:,}", "closed": f"{one.closed:,}"}
    first = seen.wordings[0]
    if one is not first:
        more = Comparison(first.rate, one.rate)
        words |= {"once": points(more.once), "always": points(more.always)}
    return words | rate_words(one.rate)


def rate_words(rate: Rate) -> dict[str, str]:
    sure = between(rate.wilson)
    return {"n": f"{rate.n:,}", "hits": f"{rate.hits:,}", "share": share(rate.share), "sure": sure}


def line(appeal: Appeal, tally: Tally) -> dict[str, Any]:
    return {
        "name": appeal.name,
        "url": reverse("admin:donations_appeal_results", args=[appeal.pk]),
        "is_made_up": appeal.is_made_up,
        "tally": tally_words(tally),
    }


def tally_words(tally: Tally) -> dict[str, str]:
    sums = {"eligible": f"{tally.eligible:,}", "shown": f"{tally.shown:,}"}
    return sums | rate_words(tally.rate)


def lift(seen: Results, event: str, name: str) -> dict[str, Any]:
    pair = seen.lift(event)
    return {
        "name": name,
        "asked": rate_words(pair.after),
        "never": rate_words(pair.before),
        "always": points(pair.always),
        "verdict": seen.lift_verdict(event),
    }


def chart_rows(chart: Chart) -> list[tuple[Any, list[dict[str, str]]]]:
    return [(day, [rate_words(rate) for rate in rates]) for day, rates in chart.table()]


def articles(seen: Results) -> list[tuple[str, str]]:
    """Headlines with clicks; 1 query for those of all."""
    titles = here().titles([one.article for one in seen.articles if one.article])
    return [
        (titles.get(one.article, "a piece that is gone") if one.article else other, f"{one.n:,}")
        for other in ["Pages that are no piece"]
        for one in seen.articles
    ]


def share(of_one: float) -> str:
    return f"{of_one * 100:.2f} %"


def of(n: int, total: int) -> str:
    return f"{n * 100 / total:.1f} %" if total else ""


def between(sure: Interval) -> str:
    return f"{sure.low * 100:.2f} to {sure.high * 100:.2f} %"


def points(sure: Interval) -> str:
    """In hundredths, with the sign of print."""
    return f"{sure.low * 100:+.2f} to {sure.high * 100:+.2f}".replace("-", "−")
