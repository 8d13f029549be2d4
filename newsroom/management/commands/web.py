"""`manage.py web`: the web server alone, for whatever keeps services running."""

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from newsroom.management import preparation
from newsroom.management.commands.run import gunicorn


class Command(BaseCommand):
    help = "Answer on LISTEN and PORT; database, tables and static files must be there already."
    requires_system_checks = []
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            listener = preparation.listen(settings.LISTEN, settings.PORT)
        except preparation.Unready as error:
            raise CommandError(str(error)) from None
        listener.set_inheritable(True)
        os.execv(sys.executable, [sys.executable, *gunicorn(listener.fileno())])  # noqa: S606
