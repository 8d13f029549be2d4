from pathlib import Path
from typing import Any

import psycopg
from django.db.backends.postgresql import base

from newsroom.lib.embedded import server
from newsroom.lib.owner import let_use


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own PostgreSQL backend; settings need FOLDER, where the server lives."""

    def get_connection_params(self) -> dict[str, Any]:
        self.settings_dict["HOST"] = server.join(Path(self.settings_dict["FOLDER"]))
        params: dict[str, Any] = super().get_connection_params()
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """As whom the settings say, even if the server does not know that account yet."""
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError as error:
            role, owner = self.settings_dict["USER"], self.settings_dict.get("OWNER")
            if not owner or f'role "{role}" does not exist' not in str(error):
                raise
            where = {key: conn_params[key] for key in ("host", "port", "dbname")}
            with psycopg.connect(**where, user=owner["USER"]) as connection:
                let_use(connection.cursor(), role)
            return super().get_new_connection(conn_params)
