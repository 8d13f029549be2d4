from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg import IsolationLevel
from psycopg.pq import TransactionStatus

# Seconds for an answer: more than the longest search takes, less than a reader waits for a page
# that somebody else's request makes (newsroom/pages/front.py).
PATIENCE = 1.6


class Attended(psycopg.Connection):
    """Closed when the server leaves a question unanswered, even if its machine still takes part."""

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = PATIENCE) -> Any:
        try:
            return super().wait(gen, interval, timeout)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.close()
            raise


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own for PostgreSQL, on such connections."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        self.isolation_level = IsolationLevel.READ_COMMITTED
        return Attended.connect(**conn_params)
