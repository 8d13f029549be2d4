"""`make pictures`: the pictures of the handbook, taken anew from a desk with the demo magazine.

Everything runs in a folder that is removed; only docs/pictures/handbook is written.
"""

import os
import sys

import django

from newsroom.lib.interruption import interrupt_on_signals
from tests.bench.place import ROOT, place


def main() -> None:
    interrupt_on_signals()
    with place() as folder:
        # Only on this machine's own address are there demo accounts.
        os.environ["SITE_URL"] = "http://localhost"
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop is in this thread
        django.setup()
        from tests.handbook.taking import take  # noqa: PLC0415  # the settings stand only now

        take(folder, ROOT / "docs/pictures/handbook")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
