"""What `make` says on a machine whose Python won't do."""

import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with no .venv yet."""
    (tmp_path / "tools").mkdir()
    shutil.copy(settings.BASE_DIR / "tools" / "venv.sh", tmp_path / "tools")
    (tmp_path / "requirements.txt").write_text("")
    return tmp_path


def told(checkout: Path, python: str) -> str:
    """What the script says where `python`, a shell script, is the only Python."""
    fake = checkout / "python"
    fake.write_text(f"#!/bin/sh\n{python}")
    fake.chmod(0o755)
    ran = subprocess.run(
        [checkout / "tools" / "venv.sh", "requirements.txt"],
        env={"PATH": "/usr/bin:/bin", "PYTHON": str(fake)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert not (checkout / ".venv").exists()
    return ran.stderr


def test_old_python_is_told(checkout: Path) -> None:
    assert told(checkout, "exit 1").startswith("Newsroom: Python 3.11 or later is needed")


def test_missing_venv_module_is_told(checkout: Path) -> None:
    sentence = told(checkout, 'case "$2" in *ensurepip*) exit 1;; esac; echo Python 3.12.1')

    assert sentence == (
        "Newsroom: Python 3.12.1 is here without its venv module: install it "
        "(Debian: apt install python3-venv).\n"
    )
