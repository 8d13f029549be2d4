"""The site behind its kept pages, and what web servers in processes of their own need."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from newsroom.lib import generation
from tests.factories import make_published
from tests.pages import Site


@pytest.fixture(scope="session")
def static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As they are served, hashed."""
    var = tmp_path_factory.mktemp("static")
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    ours = {"VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    subprocess.run(command, cwd=settings.BASE_DIR, env=os.environ | ours, check=True)
    return var / "static"


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    """What a test's site knows, and what is remembered of that, is nothing to the next test."""
    yield
    generation.known = None


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def path(site: Site) -> str:
    path = make_published("Kept piece").get_absolute_url()
    site.watcher.look()
    return path
