"""How long pages and the desk's screens take with a small and with a large archive."""

import time
from dataclasses import dataclass
from statistics import median

from django.contrib import admin
from django.core.management import call_command
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article, Contributor, Section, Tag
from newsroom.lib.owner import as_owner
from newsroom.models import User

SMALL = 1000  # pieces; half as many photos
N_TIMES = 15
HOST = {"host": "127.0.0.1"}
HEAD = f"{'screen':44}{'queries':>9}{'ms':>9}{'ms':>9}{'ratio':>8}"


@dataclass(frozen=True)
class Look:
    """One screen with one archive: the median of its times in milliseconds, the slowest query."""

    n_queries: int
    ms: float
    slowest: float


def measure_size(n: int) -> str:
    """Tables of all pages and screens with SMALL pieces and with `n`, in one run."""
    call_command("fill", SMALL, subscribers=SMALL)
    client, editor = Client(headers=HOST), Client(headers=HOST)
    editor.force_login(User.objects.create_superuser("bench-desk"))
    small = looks(client, pages()), looks(editor, screens())
    call_command("fill", n - SMALL, subscribers=10 * n - SMALL)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    large = looks(client, pages()), looks(editor, screens())
    sizes = f"with {SMALL:,} pieces and with {n:,}, half as many photos, {10 * n:,} subscribers"
    names = (f"Pages {sizes}:", f"The desk {sizes}:")
    return "\n\n".join(map(table, names, small, large))


def looks(client: Client, paths: dict[str, str]) -> dict[str, Look]:
    return {name: look(client, path) for name, path in paths.items()}


def table(title: str, small: dict[str, Look], large: dict[str, Look]) -> str:
    rows = [row(name, small[name], large[name]) for name in small]
    slowest = max(one.slowest for one in large.values())
    return "\n".join([title, HEAD, *rows, f"The slowest query took {slowest:.0f} ms."])


def pages() -> dict[str, str]:
    """What readers and programs read, one of each kind; of lists further pages as well."""
    piece = Article.objects.public().newest_first()[0]
    section = Section.objects.annotate(n=Count("article")).latest("n")
    tag = Tag.objects.annotate(n=Count("tagged_articles")).latest("n")
    author = Contributor.objects.annotate(n=Count("bylines")).latest("n")
    found = {
        "article": piece.get_absolute_url(),
        "section": section.get_absolute_url(),
        "topic": tag.get_absolute_url(),
        "contributor": author.get_absolute_url(),
        "month": reverse("articles:archive_month", args=[piece.published_on]),
        "map of a month": reverse("articles:sitemap_month", args=[piece.published_on, 0]),
    }
    names = ["front_page", "latest", "archive_index", "corrections", "pieces_atom", "pieces_rss"]
    found |= {name.replace("_", " "): reverse(f"articles:{name}") for name in names}
    found |= {
        "feed of a topic": reverse("articles:topic_atom", args=[tag.slug]),
        "sitemap": reverse("sitemap"),
        "news sitemap": reverse("articles:news_sitemap"),
        "search": f"{reverse('articles:search')}?q=harbour",
        "suggestions": f"{reverse('articles:search_suggestions')}?term=ha",
        "not found": "/nothing-of-this-name/",
    }
    return found | {f"{name}, page 9": f"{found[name]}?page=9" for name in ("section", "latest")}


def screens() -> dict[str, str]:
    """The start page, every list, and what is opened of one piece."""
    pieces = reverse("admin:articles_article_changelist")
    piece = Article.objects.public().newest_first()[0]
    found = {"start page": reverse("admin:index")}
    for model in admin.site._registry:  # noqa: SLF001  documented nowhere else
        if model._meta.app_label in {"articles", "newsletter"}:  # noqa: SLF001  # documented
            name = f"admin:{model._meta.label_lower.replace('.', '_')}_changelist"  # noqa: SLF001
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
        assert client.get(path, follow=True).status_code in {200, 404}, path
    slowest = max((float(query["time"]) * 1000 for query in queries), default=0.0)
    return Look(len(queries), median(took(client, path) for _ in range(N_TIMES)), slowest)


def took(client: Client, path: str) -> float:
    began = time.perf_counter()
    client.get(path, follow=True)
    return (time.perf_counter() - began) * 1000


def row(name: str, small: Look, large: Look) -> str:
    ratio = large.ms / small.ms
    return f"{name:44}{large.n_queries:>9}{small.ms:>9.1f}{large.ms:>9.1f}{ratio:>8.2f}"
