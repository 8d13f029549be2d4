"""What an editor needs at nine in the morning."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from articles import checklist
from articles.models import Article, Presence
from newsroom.models import User

N_SHOWN = 8
N_LOOKED_AT = 40  # of each list, for what holds them back
A_WEEK = timedelta(days=7)
TO_BE_READY = (Article.Status.REVIEW, Article.Status.APPROVED)


def pieces(user: User, now: datetime) -> dict[str, list[Any]]:
    """By what is to be done with them, each list up to N_SHOWN long; 1 query.

    Each has what holds it back as `lacks`, in sentences.
    """
    rows = chosen(user, now).for_list().annotate(has_body=~Q(body=""))
    found = list(rows.select_related("created_by"))
    for piece in found:
        piece.lacks = checklist.blocking_of_row(piece)
    last_saved = sorted(found, key=lambda piece: piece.saved_at, reverse=True)
    timed = sorted((piece for piece in found if piece.published_at), key=time_of)
    coming = [piece for piece in timed if time_of(piece) > now]
    today = timezone.localdate(now)
    lists = {
        "mine": [p for p in last_saved if p.status in p.UNPUBLISHED and p.created_by == user],
        "in_review": [p for p in reversed(last_saved) if p.status == p.Status.REVIEW],
        "coming_today": [p for p in coming if timezone.localdate(time_of(p)) == today],
        "coming": [p for p in coming if timezone.localdate(time_of(p)) != today],
        "published_today": [p for p in reversed(timed) if p.is_public(now)],
        "held_back": [
            p for p in last_saved if p.lacks and (p.status in TO_BE_READY or p in coming)
        ],
    }
    return {name: those[:N_SHOWN] for name, those in lists.items()}


def chosen(user: User, now: datetime) -> Any:
    """The pieces of the lists, found by indexes however long the archive is."""
    every = Article.objects.order_by()
    ahead = Q(published_at__gt=now, published_at__lt=now + A_WEEK)
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    in_review, approved = (every.filter(status=status) for status in TO_BE_READY)
    first, *others = (
        some.values("pk")[:N_LOOKED_AT]
        for some in [
            every.unpublished().filter(created_by=user).order_by("-saved_at"),
            in_review.order_by("saved_at"),
            approved.order_by("saved_at"),
            every.filter(ahead, status=Article.Status.PUBLISHED).order_by("published_at"),
            every.unpublished().filter(ahead).order_by("published_at"),
            every.public(now).filter(published_at__gte=midnight).newest_first(),
        ]
    )
    return Article.objects.filter(pk__in=first.union(*others))


def open_now(now: datetime) -> list[Presence]:
    """Who has which piece open, by piece; 1 query."""
    rows = Presence.objects.at(now).select_related("user", "article").defer("article__body")
    return sorted(rows[:N_SHOWN], key=lambda row: (row.article_id, row.opened_at))


def time_of(piece: Article) -> datetime:
    return piece.published_at or piece.saved_at
