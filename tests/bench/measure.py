"""The measurement itself, once the settings can be read."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from django.core.management import call_command

from articles.models import Article
from newsroom.management import preparation
from tests.bench.edge import measure_edge
from tests.bench.hits import measure_hits
from tests.bench.importing import measure_import
from tests.bench.lighthouse import lighthouse
from tests.bench.pages import PLAIN, Page, new_page, pages
from tests.bench.report import Cost, Result, report
from tests.bench.searching import measure_search
from tests.bench.sending import measure_sending
from tests.bench.servers import Server, serve, with_database
from tests.bench.size import measure_size
from tests.bench.soak import measure_soak
from tests.bench.spike import measure_spike
from tests.bench.wrk import Wrk

CONNECTIONS = [1, 4, 16]
N_BARE, N_REAL = 2_000, 400  # requests that tell what one takes; a process counts in 10 ms


def bench(folder: Path, options: Namespace) -> None:
    """Of any part that is 0, nothing is measured."""
    preparation.prepare(print, demo=False)
    if options.pieces:
        bench_pages(folder, options.pieces, options.rounds, options.lighthouse)
    if options.hits:
        require_pieces()
        print(f"\n{measure_hits(folder, options.hits)}")
    if options.edge:
        require_pieces()
        print(f"\n{measure_edge(folder, options.edge)}")
    if options.spike:
        require_pieces()
        print(f"\n{measure_spike(folder, options.spike)}")
    if options.soak:
        require_pieces()
        print(f"\n{measure_soak(options.soak)}")
    if options.subscribers:
        print(f"\n{measure_import(folder, options.subscribers)}")
    if options.letters:
        n_ledger = max(options.letters * 3, options.ledger)
        ledger, races = measure_sending(folder, options.letters, n_ledger)
        print("", ledger, *races, sep="\n\n")
    if options.size:
        print(f"\n{measure_size(options.size)}")
    if options.search:
        print(f"\n{measure_search(options.search)}")


def require_pieces() -> None:
    if not Article.objects.exists():
        call_command("fill", 1000)


def bench_pages(folder: Path, n_pieces: int, n_rounds: int, n_lighthouse: int) -> None:
    wrk = Wrk(folder)
    call_command("fill", n_pieces)
    with serve("newsroom.wsgi", PAGES_MEMORY="0") as site:
        measured = pages(site.url)
        bytes_folder = stored(folder / "pages", measured)
        with serve("tests.bench.bare", BENCH_PAGES=str(bytes_folder)) as bare:
            results = measure(wrk, bare, site, plan(measured, n_rounds))
            costs = [cost(page, bare, with_database(site)) for page in measured]
            costs.append(first_cost(bare, with_database(site)))
        print("\n" + report(results, costs))
        if n_lighthouse:
            print("\n" + lighthouse(site.url, measured[:3], n_lighthouse))


def stored(folder: Path, measured: Sequence[Page]) -> Path:
    folder.mkdir()
    for page in measured:
        (folder / page.name).write_bytes(page.sent)
    return folder


def plan(measured: Sequence[Page], n_rounds: int) -> list[list[Result]]:
    """What is to be measured, round by round; round 0 warms up."""
    warm = [Result(page, CONNECTIONS[-1]) for page in measured]
    results = [
        Result(page, n)
        for page in measured
        for n in (CONNECTIONS if page.headers == PLAIN else [1])
    ]
    return [warm, *[results] * n_rounds]


def measure(wrk: Wrk, bare: Server, site: Server, rounds: Sequence[list[Result]]) -> list[Result]:
    for number, results in enumerate(rounds):
        print(f"\rRound {number} of {len(rounds) - 1} …", end="", flush=True)
        for result in results:
            page, n = result.page, result.connections
            result.bare.append(wrk.run(bare.url, [f"/{page.name}/"], n, page.headers))
            result.real.append(wrk.run(site.url, page.paths, n, page.headers))
    return rounds[-1]


def cost(page: Page, bare: Server, site: Server) -> Cost:
    """What a request takes, once everything is warm."""
    site.ask(page.paths, page.headers, N_REAL)
    return Cost(
        page,
        bare=bare.cost([f"/{page.name}/"], page.headers, N_BARE),
        real=site.cost(page.paths, page.headers, N_REAL),
    )


def first_cost(bare: Server, site: Server) -> Cost:
    """What the first request for an article takes."""
    page = new_page(site.url, N_REAL)
    return Cost(
        page,
        bare=bare.cost(["/article/"], page.headers, N_BARE),
        real=site.cost(page.paths[1:], page.headers, len(page.paths) - 1),
    )
