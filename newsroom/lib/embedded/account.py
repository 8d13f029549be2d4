"""PostgreSQL refuses to run as root: started by root, it runs as an account of its own."""

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any

NAME = "newsroom-db"


def of(folder: Path) -> dict[str, Any]:
    """Arguments for subprocess that make a program run as the owner of `folder`; {} unless root."""
    if os.geteuid() != 0:
        return {}
    owner = folder.stat()
    return {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}


def give(folder: Path, *, like: Path | None = None) -> None:
    """As root, make `folder` the account's own (or that of the owner of `like`), and reachable."""
    if os.geteuid() != 0:
        return
    if like:
        os.chown(folder, like.stat().st_uid, like.stat().st_gid)
    else:
        shutil.chown(folder, NAME, pwd.getpwnam(_account()).pw_gid)
    open_way(folder)


def open_way(path: Path) -> None:
    """As root, let others walk through (not list) the folders above `path`."""
    if os.geteuid() != 0:
        return
    for folder in path.resolve().parents:
        mode = stat.S_IMODE(folder.stat().st_mode)
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)


def _account() -> str:
    try:
        pwd.getpwnam(NAME)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME]
        subprocess.run(command, check=True, capture_output=True)
    return NAME
