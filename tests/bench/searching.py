"""How long a search takes, beside a page that looks one piece up, in one run."""

import time
from contextlib import closing
from http.client import HTTPConnection
from random import Random
from statistics import median, quantiles
from urllib.parse import urlencode

from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from articles.models import Article
from tests.bench.servers import serve

N_TIMES = 60  # of each page, by turns
LIMIT = 3  # times a look-up that a search may take
HEAD = f"{'page':28}{'found':>8}{'p50, ms':>9}{'p95, ms':>9}{'ratio':>8}"
LOOK_UP = "one piece"


def measure_search(n: int) -> str:
    """A table of kinds of searches over `n` pieces or more, uncached, one request at a time."""
    if (n_missing := n - Article.objects.count()) > 0:
        call_command("fill", n_missing)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    with serve("newsroom.wsgi", PAGES_MEMORY="0") as site:
        times = ask(site.url, paths())
    base = p95(times[LOOK_UP][1])
    rows = [row(name, *of, base) for name, of in times.items()]
    searches = [took for name, (_, took) in times.items() if name != LOOK_UP]
    ratio = p95([one for took in searches for one in took]) / base
    return "\n".join(
        [
            f"Search in {Article.objects.count():,} pieces:",
            HEAD,
            *rows,
            f"All searches have a p95 of {ratio:.1f} times a look-up's; {LIMIT} is the limit.",
        ]
    )


def paths() -> dict[str, list[str]]:
    """By kind the addresses that are asked in turn."""
    dice = Random(0)  # noqa: S311  # nothing is secret
    pieces = list(Article.objects.public().values_list("headline", flat=True)[:N_TIMES])
    numbers = [headline.rpartition("(")[2].rstrip(")") for headline in pieces]
    section = Article.objects.public().newest_first()[0].section
    assert section
    few = {"section": section.slug, "from": "2020-01-01"}
    found = [piece.get_absolute_url() for piece in Article.objects.public().order_by("?")[:N_TIMES]]
    kinds: dict[str, list[dict[str, str]]] = {
        "a rare word": [{"q": number} for number in numbers],
        "a common word": [{"q": word} for word in ("russia", "war", "government", "said")],
        "two common words": [{"q": "war government"}, {"q": "russia week"}],
        "four common words": [{"q": "the war and the government said week"}],
        "a phrase": [{"q": '"united states"'}, {"q": '"foreign minister"'}],
        "one or the other": [{"q": "treaty or election"}],
        "without a word": [{"q": "war -government"}],
        "a topic's name": [{"q": f"test topic {dice.randint(1, 30)}"} for _ in range(9)],
        "an author's name": [{"q": "test author 7"}],
        "a common word, narrowed": [{"q": "war", **few}],
        "a common word, by date": [{"q": "war", "order": "date"}],
        "a common word, page 25": [{"q": "war", "page": "25"}],
        "filters alone": [few],
        "nothing": [{"q": "zebra xylophone"}],
    }
    search = reverse("articles:search")
    asked = {name: [f"{search}?{urlencode(q)}" for q in qs] for name, qs in kinds.items()}
    return {LOOK_UP: found, **asked}


def ask(url: str, asked: dict[str, list[str]]) -> dict[str, tuple[str, list[float]]]:
    """By kind what the last page says it found, and the times in milliseconds."""
    times: dict[str, list[float]] = {name: [] for name in asked}
    said = dict.fromkeys(asked, "")
    with closing(HTTPConnection(url.removeprefix("http://"))) as server:
        for turn in range(-2, N_TIMES):  # two turns warm up
            for name, addresses in asked.items():
                began = time.perf_counter()
                server.request("GET", addresses[turn % len(addresses)])
                answer = server.getresponse()
                page = answer.read().decode()
                took = (time.perf_counter() - began) * 1000
                assert answer.status == 200, name
                said[name] = n_found(page)
                if turn >= 0:
                    times[name].append(took)
    return {name: (said[name], times[name]) for name in asked}


def n_found(page: str) -> str:
    told = page.partition('role="status">')[2].partition(" piece")[0]
    return told.replace("More than ", ">")[:8]


def p95(times: list[float]) -> float:
    return quantiles(times, n=20)[18]


def row(name: str, found: str, times: list[float], base: float) -> str:
    slow = p95(times)
    return f"{name:28}{found:>8}{median(times):>9.1f}{slow:>9.1f}{slow / base:>8.1f}"
