from typing import Any

from django.core.management.commands import migrate
from django.db import connection, transaction

from newsroom.lib.owner import as_owner, let_use


class Command(migrate.Command):
    """Django's own, as the owner of the tables; the role of use may then use what is new."""

    def handle(self, *args: Any, **options: Any) -> None:
        role, is_apart = connection.settings_dict["USER"], connection.settings_dict.get("OWNER")
        with as_owner():
            super().handle(*args, **options)
            if is_apart:
                with transaction.atomic(), connection.cursor() as cursor:
                    let_use(cursor, role)
