"""How fast a kept page leaves, beside a bare WSGI function that returns the same bytes."""

import pickle
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.request import Request, urlopen

from articles.models import Article
from tests.bench.servers import serve
from tests.bench.wrk import Round, Wrk

CODINGS = {"plain": "", "gzip": "gzip", "brotli": "br"}
CONNECTIONS = [1, 16, 64]
OF_SERVER = {"connection", "date", "server", "transfer-encoding"}
HEAD = (
    f"{'article':10}{'bytes':>8}{'connections':>13}{'bare/s':>9}{'kept/s':>9}{'ratio':>8}"
    f"{'p99, ms: bare':>15}{'kept':>7}{'ratio':>7}"
)


@dataclass(frozen=True)
class Race:
    coding: str
    n_bytes: int
    connections: int
    bare: list[Round] = field(default_factory=list)
    kept: list[Round] = field(default_factory=list)

    def __str__(self) -> str:
        # Of many rounds the middle one: in some, one process happens to get all connections.
        rounds = self.bare[1:], self.kept[1:]
        bare, kept = (median(one.per_second for one in those) for those in rounds)
        slow, slow_kept = (median(one.p99 for one in those) for those in rounds)
        return (
            f"{self.coding:10}{self.n_bytes:8,}{self.connections:13}{bare:9,.0f}{kept:9,.0f}"
            f"{kept / bare:8.0%}{slow:15.1f}{slow_kept:7.1f}{slow_kept / slow:7.1f}"
        )


def measure_hits(folder: Path, n_rounds: int) -> str:
    """A table; both servers run at once, and are asked by turns, `n_rounds` times."""
    wrk = Wrk(folder)
    path = Article.objects.public().newest_first()[0].get_absolute_url()
    races: list[Race] = []
    with serve("newsroom.wsgi") as site:
        for name, coding in CODINGS.items():
            headers = {"Accept-Encoding": coding} if coding else {}
            sent, body = answer(site.url + path, headers)
            (file := folder / f"answer-{name}").write_bytes(pickle.dumps((sent, body)))
            run = [Race(name, len(body), n) for n in CONNECTIONS]
            with serve("tests.bench.barest", BENCH_ANSWER=str(file)) as bare:
                for _ in range(n_rounds + 1):  # the first one warms up
                    for race in run:
                        race.bare.append(wrk.run(bare.url, ["/"], race.connections, headers))
                        race.kept.append(wrk.run(site.url, [path], race.connections, headers))
            races += run
    return "\n".join([HEAD, *map(str, races)])


def answer(url: str, headers: dict[str, str]) -> tuple[list[tuple[str, str]], bytes]:
    """What came back but for what the server adds, and the body as it travelled."""
    with urlopen(Request(url, headers=headers)) as response:
        body: bytes = response.read()
    sent = [pair for pair in response.headers.items() if pair[0].lower() not in OF_SERVER]
    return sent, body
