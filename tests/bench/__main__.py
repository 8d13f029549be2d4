"""`make bench`: how fast pages are served, beside a bare Django view that returns the same bytes.

Pages are not cached anywhere. Both run in the web server as `manage.py run` starts it, by turns in
rounds of a second, so that whatever else this machine does troubles both alike; the table shows
medians of the rounds. Lighthouse looks at some of them, as on a phone. Then a list of subscribers
is imported, beside a bare COPY of its rows, and a round-up is prepared and sent, beside a bare
INSERT and a bare sender; and the desk's screens are opened with a small and a large archive,
and that is searched. Of each number 0 leaves out. Nothing is written but into a folder that is
removed.
"""

import sys
from argparse import ArgumentParser

import django

from newsroom.lib.interruption import interrupt_on_signals
from tests.bench.place import place


def main() -> None:
    parser = ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--pieces", type=int, default=1000, help="size of the archive")
    parser.add_argument("--rounds", type=int, default=2, help="rounds of each figure")
    parser.add_argument("--lighthouse", type=int, default=3, help="runs of Lighthouse for a page")
    parser.add_argument("--subscribers", type=int, default=200_000, help="size of the import")
    parser.add_argument("--desk", type=int, default=100_000, help="pieces that the desk bears")
    parser.add_argument(
        "--search", type=int, default=50_000, help="pieces that are searched, at least"
    )
    parser.add_argument("--letters", type=int, default=20_000, help="letters that are sent")
    parser.add_argument("--ledger", type=int, default=1_000_000, help="letters that are prepared")
    options = parser.parse_args()
    interrupt_on_signals()
    with place() as folder:
        django.setup()
        # The settings stand only now.
        from newsroom.lib.owner import as_owner  # noqa: PLC0415
        from tests.bench.measure import bench  # noqa: PLC0415

        with as_owner():  # bare tables are made beside ours
            bench(
                folder,
                n_pieces=options.pieces,
                n_rounds=options.rounds,
                n_lighthouse=options.lighthouse,
                n_subscribers=options.subscribers,
                n_desk=options.desk,
                n_search=options.search,
                n_letters=options.letters,
                n_ledger=options.ledger,
            )


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
