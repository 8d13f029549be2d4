"""Fixtures of what happens in a browser."""

import time
from collections.abc import Iterator

import pytest
from django.db import connection
from playwright.sync_api import Page


@pytest.fixture
def quiet_end(page: Page) -> Iterator[None]:
    """An open builder keeps asking for news: its last request must not meet the emptied tables."""
    yield
    page.close()
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    until = time.monotonic() + 5
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(others)
            if cursor.fetchone() == (1,):
                return
            time.sleep(0.05)
