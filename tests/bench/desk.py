"""How long the desk's screens take with a small and with a large archive."""

import time
from dataclasses import dataclass
from statistics import median

from django.contrib import admin
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article
from newsroom.models import User

SMALL = 1000  # pieces; half as many photos
N_TIMES = 15
HEAD = f"{'screen':44}{'queries':>9}{'ms':>9}{'ms':>9}{'ratio':>8}"


@dataclass(frozen=True)
class Look:
    """One screen with one archive: the median of its times in milliseconds, the slowest query."""

    n_queries: int
    ms: float
    slowest: float


def measure_desk(n: int) -> str:
    """A table of all screens with SMALL pieces and with `n`, in one run."""
    call_command("fill", SMALL)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.create_superuser("bench-desk"))
    small = {name: look(client, path) for name, path in screens().items()}
    call_command("fill", n - SMALL)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    large = {name: look(client, path) for name, path in screens().items()}
    rows = [row(name, small[name], large[name]) for name in small]
    worst = max(large.values(), key=lambda one: one.slowest)
    return "\n".join(
        [
            f"The desk with {SMALL:,} pieces and with {n:,} (and half as many photos):",
            HEAD,
            *rows,
            f"The slowest query took {worst.slowest:.0f} ms.",
        ]
    )


def screens() -> dict[str, str]:
    """The start page, every list of what we publish, and what is opened of one piece."""
    pieces = reverse("admin:articles_article_changelist")
    piece = Article.objects.public().newest_first()[0]
    found = {"start page": reverse("admin:index")}
    for model in admin.site._registry:  # noqa: SLF001  documented nowhere else
        if model._meta.app_label == "articles":  # noqa: SLF001  # Django documents it
            name = f"admin:articles_{model._meta.model_name}_changelist"  # noqa: SLF001
            found[f"list of {model._meta.verbose_name_plural}"] = reverse(name)  # noqa: SLF001
    found |= {
        "pieces, searched": f"{pieces}?q=harbour",
        "pieces, of a section": f"{pieces}?section__id__exact={piece.section_id}",
        "pieces, page 9": f"{pieces}?p=9",
        "photos, searched": f"{reverse('admin:articles_photo_changelist')}?q=Photographer+7",
        "a new piece": reverse("admin:articles_article_add"),
        "a piece": reverse("admin:articles_article_change", args=[piece.pk]),
        "history of a piece": reverse("admin:articles_article_history", args=[piece.pk]),
        "preview of a piece": reverse("admin:articles_article_preview", args=[piece.pk]),
    }
    return found


def look(client: Client, path: str) -> Look:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path, follow=True).status_code == 200, path
    slowest = max((float(query["time"]) * 1000 for query in queries), default=0.0)
    return Look(len(queries), median(took(client, path) for _ in range(N_TIMES)), slowest)


def took(client: Client, path: str) -> float:
    began = time.perf_counter()
    client.get(path, follow=True)
    return (time.perf_counter() - began) * 1000


def row(name: str, small: Look, large: Look) -> str:
    ratio = large.ms / small.ms
    return f"{name:44}{large.n_queries:>9}{small.ms:>9.1f}{large.ms:>9.1f}{ratio:>8.2f}"
