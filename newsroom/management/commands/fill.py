import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from newsroom.filler import fill, ground

BAR = 30  # characters


class Command(BaseCommand):
    help = "Adds published test pieces with photos, tags and bylines; each call adds more."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("n", type=int, help="how many pieces")
        parser.add_argument("--seed", type=int, default=0, help="other pieces (default 0)")
        parser.add_argument(
            "--force", action="store_true", help="even where SITE_URL is not this machine"
        )

    def handle(self, *, n: int, seed: int, force: bool, **options: Any) -> None:
        if n < 1:
            raise CommandError("Say how many pieces, as in: manage.py fill 1000")
        if not settings.SITE_IS_LOCAL and not force:
            raise CommandError(
                f"{settings.SITE_URL} is not this machine, and test pieces are public at once; "
                "--force adds them all the same."
            )
        self.say("  Preparing texts and pictures …")
        soil = ground(n)
        began = time.monotonic()
        fill(n, soil, seed=seed, progress=lambda n_done: self.show(n_done, n, began))
        self.say("\n")

    def show(self, n_done: int, n: int, began: float) -> None:
        bar = "#" * (BAR * n_done // n)
        speed = n_done / (time.monotonic() - began)
        self.say(f"\r  [{bar:<{BAR}}] {n_done:,} of {n:,} pieces, {speed:,.0f} a second")

    def say(self, text: str) -> None:
        self.stdout.write(text, ending="")
        self.stdout.flush()
