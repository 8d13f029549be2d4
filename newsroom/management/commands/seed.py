from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from articles.models import Article
from newsroom.demo import DemoMagazine, create_accounts
from newsroom.demo_appeals import DemoAppeals
from newsroom.demo_newsletter import DemoNewsletter
from newsroom.models import User


class Command(BaseCommand):
    help = "Loads the demo magazine from seeds/. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where there are pieces already"
        )

    def handle(self, *, if_empty: bool, verbosity: int, **options: Any) -> None:
        if if_empty and Article.objects.exists():
            return
        show = self.show if verbosity else lambda part: None
        if settings.SITE_IS_LOCAL:
            create_accounts()
        DemoMagazine(show).load()
        if settings.SITE_IS_LOCAL:
            DemoNewsletter(User.objects.get(username="newsletter"), show).load()
            DemoAppeals(User.objects.get(username="fundraiser"), show).load()
        if verbosity:
            self.stdout.write(f"\nThe demo magazine holds {Article.objects.count()} pieces.")

    def show(self, part: str) -> None:
        self.stdout.write(f"\r  Loading the demo magazine: {part:<40}", ending="")
        self.stdout.flush()
