import time
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from newsroom.filler import fill, fill_subscribers, ground

BAR = 30  # characters


class Command(BaseCommand):
    help = (
        "Adds published test pieces with photos, tags and bylines, or subscribers of the "
        "newsletter; each call adds more."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("n", type=int, nargs="?", default=0, help="how many pieces")
        parser.add_argument("--subscribers", type=int, default=0, help="how many subscribers")
        parser.add_argument("--seed", type=int, default=0, help="other pieces (default 0)")
        parser.add_argument(
            "--force", action="store_true", help="even where SITE_URL is not this machine"
        )

    def handle(self, *, n: int, subscribers: int, seed: int, force: bool, **options: Any) -> None:
        if n < 0 or subscribers < 0 or not n + subscribers:
            raise CommandError(
                "Say how many, as in: manage.py fill 1000, or: manage.py fill --subscribers 1000"
            )
        if not settings.SITE_IS_LOCAL and not force:
            raise CommandError(
                f"{settings.SITE_URL} is not this machine, and test pieces are public at once; "
                "--force adds them all the same."
            )
        if n:
            self.say("  Preparing texts and pictures …")
            soil = ground(n)
            fill(n, soil, seed=seed, progress=self.bar("pieces", n))
            self.say("\n")
        if subscribers:
            fill_subscribers(subscribers, seed=seed, progress=self.bar("subscribers", subscribers))
            self.say("\n")

    def bar(self, noun: str, n: int) -> Callable[[int], None]:
        began = time.monotonic()

        def show(n_done: int) -> None:
            bar = "#" * (BAR * n_done // n)
            speed = n_done / (time.monotonic() - began)
            self.say(f"\r  [{bar:<{BAR}}] {n_done:,} of {n:,} {noun}, {speed:,.0f} a second")

        return show

    def say(self, text: str) -> None:
        self.stdout.write(text, ending="")
        self.stdout.flush()
