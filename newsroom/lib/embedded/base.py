from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base

from newsroom.lib.embedded import server


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own PostgreSQL backend; settings need FOLDER, where the server lives."""

    def get_connection_params(self) -> dict[str, Any]:
        self.settings_dict["HOST"] = server.join(Path(self.settings_dict["FOLDER"]))
        params: dict[str, Any] = super().get_connection_params()
        return params
