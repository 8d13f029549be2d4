"""The board: what appears, what goes and what leaves by mail, by day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import Article
from newsletter.models import Issue

N_DAYS = 7  # that are shown even if nothing happens on them
N_SHOWN = 100  # of each kind


@dataclass(frozen=True)
class Entry:
    """key and word: what happens, for colours and for reading. about: section, names."""

    at: datetime
    key: str
    word: str
    title: str
    url: str
    about: str

    @property
    def clock(self) -> str:
        return clock(self.at)

    @property
    def day_and_clock(self) -> str:
        local = timezone.localtime(self.at)
        return f"{local:%a} {local.day} {local:%b}, {clock(local)}"


@dataclass(frozen=True)
class Day:
    day: date
    name: str
    entries: list[Entry]


def urls() -> list[URLPattern]:
    return [path("coming-up/", admin.site.admin_view(coming_up), name="coming_up")]


@require_safe
def coming_up(request: HttpRequest) -> HttpResponse:
    """At most 3 queries for what it shows."""
    may_see_pieces = request.user.has_perm("articles.view_article")
    may_see_letters = request.user.has_perm("newsletter.view_issue")
    if not may_see_pieces and not may_see_letters:
        raise PermissionDenied
    now = timezone.now()
    entries = [*(pieces(now) if may_see_pieces else []), *(letters() if may_see_letters else [])]
    context = {
        **admin.site.each_context(request),
        "title": "Coming up",
        "late": sorted((one for one in entries if one.at <= now), key=lambda one: one.at),
        "days": days([one for one in entries if one.at > now], timezone.localdate(now)),
        "now": clock(now),
    }
    return render(request, "admin/coming_up.html", context)


def pieces(now: datetime) -> Iterable[Entry]:
    """What waits for its time, is planned, or goes; 1 query."""
    every = Article.objects.order_by()
    waiting, planned, ending = (
        every.waiting(now).order_by("published_at"),
        every.planned().order_by("published_at"),
        every.ending(now).order_by("published_until"),
    )
    chosen = waiting.values("pk")[:N_SHOWN].union(
        planned.values("pk")[:N_SHOWN], ending.values("pk")[:N_SHOWN]
    )
    for piece in Article.objects.filter(pk__in=chosen).for_list():
        starts, ends = piece.published_at, piece.published_until
        is_published = piece.status == Article.Status.PUBLISHED
        if starts and piece.is_scheduled(now):
            yield of_piece(piece, starts, "scheduled", "Appears")
        elif starts and not is_published:
            word = f"Planned: {piece.get_status_display().lower()}"
            yield of_piece(piece, starts, piece.status, word)
        if ends and is_published:
            yield of_piece(piece, ends, "over", "Goes")


def of_piece(piece: Any, at: datetime, key: str, word: str) -> Entry:
    names = " · ".join(filter(None, [piece.section_label, *piece.byline_names]))
    title = piece.headline or "Without a headline"
    url = reverse("admin:articles_article_change", args=[piece.pk])
    return Entry(at, key, word, title, url, names)


def letters() -> Iterable[Entry]:
    """Round-ups that wait for their time; 1 query."""
    for issue in Issue.objects.filter(status=Issue.Status.SCHEDULED).without_texts():
        if issue.send_at:
            url = reverse("admin:newsletter_issue_status", args=[issue.pk])
            yield Entry(issue.send_at, "letter", "Leaves", str(issue), url, "Round-up")


def clock(moment: datetime) -> str:
    """`14:03 CET`; Django's own format leaves the zone out where the clocks show a time twice."""
    local = timezone.localtime(moment)
    return f"{local.hour}:{local:%M %Z}"


def days(entries: list[Entry], today: date) -> list[Day]:
    """The coming days, and the later ones on which something happens."""
    by_day: dict[date, list[Entry]] = {today + timedelta(days=n): [] for n in range(N_DAYS)}
    for entry in sorted(entries, key=lambda one: one.at):
        by_day.setdefault(timezone.localdate(entry.at), []).append(entry)
    return [Day(day, named(day, today), found) for day, found in sorted(by_day.items())]


def named(day: date, today: date) -> str:
    words = {today: "Today", today + timedelta(days=1): "Tomorrow"}
    year = "" if day.year == today.year else f" {day.year}"
    return words.get(day, f"{day:%A}") + f", {day.day} {day:%B}{year}"
