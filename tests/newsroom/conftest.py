"""What several kinds of web servers in processes of their own need."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture(scope="session")
def static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As they are served, hashed."""
    var = tmp_path_factory.mktemp("static")
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    ours = {"VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    subprocess.run(command, cwd=settings.BASE_DIR, env=os.environ | ours, check=True)
    return var / "static"
