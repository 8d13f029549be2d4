"""What tools/npm.sh has installed."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings

LEFT_OUT = "left out, as something is missing here"


def found(*parts: str, needs: str = "npm") -> Path:
    """A file of the packages for tests; where there is no `needs`, the test is skipped.

    Where there is, it should be here: the test fails.
    """
    path = Path(settings.BASE_DIR, "var", "npm", "tests", "node_modules", *parts)
    if not path.exists() and shutil.which("npm") is None:
        pytest.skip(f"{LEFT_OUT}: npm, which brings {parts[0]}")
    if shutil.which(needs) is None:
        pytest.skip(f"{LEFT_OUT}: {needs} (Debian: apt install default-jre-headless)")
    assert path.exists(), "run tools/npm.sh tests"
    return path
