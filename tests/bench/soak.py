"""A long time of everything at once: what grows?"""

import random
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from statistics import mean
from typing import Self

from django.db import connection
from django.urls import reverse

from articles.models import Article, Contributor, Section, Tag
from tests.bench.servers import Server, serve
from tests.bench.visitor import Editor

N_READERS = 4
PAGES_MB = PARTS_MB = 4  # so little that they come and go all the time
WARM = 0.2  # of the time, after which memory is what it should stay
N_PARTS = 4
EVERY = 5.0  # seconds between two samples, and between two saves
OPEN = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'newsroom gunicorn'"
WORDS = ["harbour", "river", "grain", "minister", "treaty", "border"]


@dataclass(frozen=True)
class Sample:
    megabytes: float  # of all web processes, without what they share
    connections: int  # to the database


class Readers:
    """Counts answers by status while they read, in threads of their own."""

    def __init__(self, url: str, paths: list[str]) -> None:
        self.url, self.paths = url, paths
        self.counts: dict[int, int] = {}
        self.over = threading.Event()
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.read, args=(n,)) for n in range(N_READERS)]

    def __enter__(self) -> Self:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()

    def read(self, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311  the same ones each time
        server = HTTPConnection(self.url.removeprefix("http://"), timeout=60)
        while not self.over.is_set():
            server.request("GET", chance.choice(self.paths), headers={"Accept-Encoding": "br"})
            answer = server.getresponse()
            answer.read()
            with self.lock:
                self.counts[answer.status] = self.counts.get(answer.status, 0) + 1
            time.sleep(0.005)
        server.close()


def measure_soak(minutes: float) -> str:
    with serve("newsroom.wsgi", PAGES_MEMORY=str(PAGES_MB), PARTS_MEMORY=str(PARTS_MB)) as site:
        editor = Editor(site.url)
        with Readers(site.url, addresses()) as readers:
            samples = list(sampled(site, editor, minutes * 60))
    warm = samples[int(len(samples) * WARM) :]
    n = max(1, len(warm) // N_PARTS)
    parts = [mean(one.megabytes for one in warm[i * n : (i + 1) * n]) for i in range(N_PARTS)]
    connections = sorted({one.connections for one in warm})
    failed = sum(n for status, n in readers.counts.items() if status >= 500)
    return (
        f"A soak of {minutes:g} minutes: {sum(readers.counts.values()):,} pages, {failed} failed; "
        f"memory by quarters {', '.join(f'{part:.0f}' for part in parts)} MB "
        f"({parts[-1] / parts[0] - 1:+.1%}); "
        f"{connections[0]} to {connections[-1]} connections to the database."
    )


def addresses() -> list[str]:
    pieces = [piece.get_absolute_url() for piece in Article.objects.public().newest_first()[:500]]
    rows = [row for model in (Section, Tag, Contributor) for row in model.objects.all()[:20]]
    lists = [row.get_absolute_url() for row in rows]
    search = reverse("articles:search")
    fixed = ["articles:front_page", "articles:latest", "articles:pieces_atom", "sitemap"]
    return [
        *pieces,
        *lists,
        *(f"{row}?page=2" for row in lists),
        *(f"{search}?q={word}" for word in WORDS),
        *(reverse(name) for name in fixed),
        *(f"/not-there-{n}/" for n in range(20)),
    ]


def sampled(site: Server, editor: Editor, seconds: float) -> Iterator[Sample]:
    """With a save before each, so that all pages are made anew."""
    end = time.monotonic() + seconds
    article = Article.objects.public().newest_first()[9]
    while time.monotonic() < end:
        fields = editor.opened(article)
        editor.save(article, {**fields, "deck": [f"A deck at {time.time():.0f}."]})
        time.sleep(EVERY)
        with connection.cursor() as cursor:
            cursor.execute(OPEN)
            n = cursor.fetchone()[0]
        yield Sample(memory(site), n)


def memory(site: Server) -> float:
    workers = [child for root in site.roots for child in root.children(recursive=True)]
    return float(sum(worker.memory_full_info().uss for worker in workers)) / 1e6
