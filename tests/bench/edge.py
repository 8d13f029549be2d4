"""How fast the site's pages leave Varnish and nginx, beside a file of the same size."""

import gzip
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from django.conf import settings

from tests.bench.pages import GZIP, Page, pages
from tests.bench.servers import serve
from tests.bench.wrk import Round, Wrk
from tests.edge import programs
from tests.edge.programs import Edge

CONNECTIONS = 16
GZIPS_OWN = 23  # bytes around what does not get smaller
LIMIT = 0.9  # of a file's requests a second that a page should have
HEAD = f"{'by gzip':13}{'bytes':>8}{'file/s':>10}{'page/s':>10}{'ratio':>8}{'p99, ms':>9}"


@dataclass(frozen=True)
class Race:
    page: Page
    file: list[Round] = field(default_factory=list)
    kept: list[Round] = field(default_factory=list)

    @property
    def ratios(self) -> list[float]:
        """Of each round: a page's requests a second as a part of a file's."""
        pairs = zip(self.kept, self.file, strict=True)
        return [page.per_second / file.per_second for page, file in pairs]

    def __str__(self) -> str:
        file = median(one.per_second for one in self.file)
        kept = median(one.per_second for one in self.kept)
        slow = median(one.p99 for one in self.kept)
        line = f"{self.page.name:13}{self.page.n_gzipped:8,}{file:10,.0f}{kept:10,.0f}"
        return f"{line}{median(self.ratios):8.0%}{slow:9.1f}"


def measure_edge(folder: Path, n_rounds: int) -> str:
    """A table for each of them: pages of the magazine as browsers ask for them, and files."""
    wrk = Wrk(folder)
    with serve("newsroom.wsgi") as site:
        measured = [page for page in pages(site.url) if page.headers != GZIP]
    for page in measured:
        lay_beside(page)
    with serve("newsroom.wsgi") as site:  # anew, as it looks for files when it starts
        port = int(site.url.rpartition(":")[2])
        return "\n\n".join(table(wrk, name, port, measured, n_rounds) for name in EDGES)


@contextmanager
def varnish(folder: Path, port: int) -> Iterator[Edge]:
    with programs.varnish(folder, port, "127.0.0.1") as edge:
        yield edge


@contextmanager
def nginx(folder: Path, port: int) -> Iterator[Edge]:
    with programs.nginx(folder, port, Path(settings.VAR_DIR), host="127.0.0.1") as edge:
        yield edge


EDGES: dict[str, Callable[[Path, int], AbstractContextManager[Edge]]]
EDGES = {"Varnish": varnish, "nginx": nginx}


def table(  # noqa: PLR0917
    wrk: Wrk, name: str, behind: int, measured: list[Page], n_rounds: int
) -> str:
    if not programs.PROGRAMS[name.lower()]:
        return f"{name} is not here: {programs.HOW_TO_GET}"
    with TemporaryDirectory() as folder, EDGES[name](Path(folder), behind) as edge:
        races = race(wrk, edge, measured, n_rounds)
    return "\n".join([f"From {name}:", HEAD, *map(str, races), verdict(races)])


def race(wrk: Wrk, edge: Edge, measured: list[Page], n_rounds: int) -> list[Race]:
    """By turns; round 0 warms up."""
    races: list[Race] = []
    for number in range(n_rounds + 1):
        races = races if number > 1 else [Race(page) for page in measured]
        for one in races:
            headers = {"Host": "127.0.0.1", **GZIP}
            file = f"/static/beside/{one.page.name}.txt"
            one.file.append(wrk.run(edge.url, [file], CONNECTIONS, headers))
            one.kept.append(wrk.run(edge.url, one.page.paths[:1], CONNECTIONS, headers))
    return races


def lay_beside(page: Page) -> None:
    """A static file that is sent with as many bytes."""
    path = Path(settings.STATIC_ROOT) / f"beside/{page.name}.txt"
    path.parent.mkdir(exist_ok=True)
    content = os.urandom(page.n_gzipped - GZIPS_OWN)
    path.write_bytes(content)
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(content, compresslevel=0))


def verdict(races: list[Race]) -> str:
    ratio = median(one for race in races for one in race.ratios)
    return f"A page has {ratio:.0%} of a file's requests a second; {LIMIT:.0%} is the limit."
