"""`make bench`: how fast pages are served, beside what does no more than to send the same bytes.

Pages that are made anew, of articles 300 by turns, beside a bare Django view: both run in the web
server as `manage.py run` starts it, by turns in rounds of a second, so that whatever else this
machine does troubles both alike; the table shows medians of the rounds. Lighthouse looks at some of
them, as on a phone. Kept pages, beside a bare WSGI function; the same from Varnish and nginx,
beside files; a spike on one piece while it is edited, with and without nginx; a long time of
everything at once. Then a list of subscribers is imported, beside a bare COPY of its rows, and a
round-up is prepared and sent, beside a bare INSERT and a bare sender; pages and the desk's screens
are opened with a small and a large archive, and that is searched. Of each number 0 leaves out.
Nothing is written but into a folder that is removed.
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
    parser.add_argument("--hits", type=int, default=11, help="rounds of each figure of kept pages")
    parser.add_argument("--edge", type=int, default=3, help="rounds of each figure of the caches")
    parser.add_argument("--spike", type=int, default=60, help="seconds of the spike")
    parser.add_argument("--soak", type=float, default=20, help="minutes of everything at once")
    parser.add_argument("--size", type=int, default=100_000, help="pieces of the large archive")
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
            bench(folder, options)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
