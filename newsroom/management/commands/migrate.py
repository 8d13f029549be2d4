import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.commands import migrate
from django.db import connection, transaction
from psycopg.conninfo import make_conninfo
from psycopg.pq import PGconn, Ping

from newsroom.lib.owner import as_owner, let_use

PAUSE = 2.0  # seconds between two looks whether the database takes connections


class Command(migrate.Command):
    """Django's own, as the owner of the tables; the role of use may then use what is new."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)  # type: ignore[arg-type]
        parser.add_argument(
            "--wait", action="store_true", help="Wait for a database that is not up yet."
        )

    def execute(self, *args: Any, **options: Any) -> Any:
        """Waits before the checks, which ask the database as well."""
        if options["wait"] and not is_up():
            self.stdout.write("Waiting for the database …")
            self.stdout.flush()
            while not is_up():
                time.sleep(PAUSE)
        return super().execute(*args, **options)

    def handle(self, *args: Any, **options: Any) -> None:
        role, is_apart = connection.settings_dict["USER"], connection.settings_dict.get("OWNER")
        with as_owner():
            super().handle(*args, **options)
            if is_apart:
                with transaction.atomic(), connection.cursor() as cursor:
                    let_use(cursor, role)


def is_up() -> bool:
    """Whether it takes connections, be it to say that something is wrong with ours."""
    params = connection.get_connection_params()
    where = {name: params[name] for name in ("host", "port") if name in params}
    asked = make_conninfo(**where, connect_timeout=5)
    return PGconn.ping(asked.encode()) not in {Ping.NO_RESPONSE, Ping.REJECT}
