"""`manage.py run`: everything a site needs, in one command, until Ctrl-C."""

import os
import socket
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings
from django.core.management.base import BaseCommand

from newsroom import outbox
from newsroom.demo import ACCOUNTS, PASSWORD
from newsroom.lib.embedded import server
from newsroom.lib.interruption import ignore_signals, interrupt_on_signals, raise_if_interrupted
from newsroom.lib.supervisor import Supervisor, die_with_parent
from newsroom.management import preparation

MANAGE = [sys.executable, "manage.py"]
TICK = 0.1  # seconds between two looks at the programs


class Command(BaseCommand):
    help = (
        "Run database, web server, worker and sender until Ctrl-C; with DEBUG, reload on changes."
    )
    requires_system_checks = []
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        if "MAKELEVEL" in os.environ:
            die_with_parent()  # a killed make must not leave the site behind
        interrupt_on_signals()
        programs = Supervisor()
        failure = None
        try:
            failure = self.run(programs, demo=settings.SITE_IS_LOCAL)
        except KeyboardInterrupt:
            say("Stopping.")
        except Exception as error:
            failure = preparation.sentence_for(error)
            if not failure:
                raise
        finally:
            if failure:
                say(f"Newsroom: {failure}", file=sys.stderr)
            ignore_signals()
            programs.stop() if preparation.database_runs() else programs.stop(grace=1)
            server.leave_all()
        if failure:
            sys.exit(1)

    def run(self, programs: Supervisor, *, demo: bool) -> str:
        """Prepare, start and watch; returns why it ended."""
        with preparation.listen(settings.LISTEN, settings.PORT) as listener:
            preparation.prepare(say, demo=demo)
            self.start_web(programs, listener)
        while not answers():
            if ended := programs.ended():
                return f"the {ended} did not start; its own words are above."
            pause()
        worker = [*MANAGE, "procrastinate", "worker", "--shutdown-graceful-timeout=8"]
        programs.start("worker", worker, cwd=settings.BASE_DIR)
        programs.start("sender", [*MANAGE, "sender"], cwd=settings.BASE_DIR)
        if settings.EDGES:
            programs.start("purger", [*MANAGE, "purger"], cwd=settings.BASE_DIR)
        welcome()
        while not (ended := programs.ended()) and preparation.database_runs():
            pause()
        if ended:
            return f"the {ended} has ended unexpectedly, so everything stops; start again."
        return f"the database has ended unexpectedly: {preparation.last_words()}"

    def start_web(self, programs: Supervisor, listener: socket.socket) -> None:
        if settings.DEBUG:
            listener.close()  # runserver opens its own
            command, fds = [*MANAGE, "runserver", f"{settings.LISTEN}:{settings.PORT}"], []
        else:
            fds = [listener.fileno()]
            command = [sys.executable, *gunicorn(listener.fileno())]
        programs.start("web server", command, cwd=settings.BASE_DIR, pass_fds=fds)


def gunicorn(listener: int, application: str = "newsroom.wsgi") -> list[str]:
    """Arguments for Python; no access log, so that readers' addresses are written nowhere."""
    memory = Path("/dev/shm")  # noqa: S108  # heartbeats of workers need no disk
    return [
        *("-m", "gunicorn", application, "--preload", "--no-control-socket"),
        *("--config", "python:newsroom.workers"),
        *("--bind", f"fd://{listener}", "--log-level", "warning"),
        *("--worker-class", "newsroom.workers.Worker", "--workers", str(settings.WEB_PROCESSES)),
        *("--threads", str(settings.WEB_THREADS), "--graceful-timeout", "8"),
        *("--forwarded-allow-ips", ""),  # what a proxy says counts by PROXY_SSL_HEADER only
        *(("--worker-tmp-dir", str(memory)) if memory.is_dir() else ()),
    ]


def pause() -> None:
    raise_if_interrupted()
    time.sleep(TICK)


def answers() -> bool:
    """Whether the web server gives any answer at all."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.LISTEN, settings.LISTEN)  # noqa: S104
    connection = HTTPConnection(host, settings.PORT, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": settings.ALLOWED_HOSTS[0]})
        connection.getresponse()
    except OSError:
        return False
    finally:
        connection.close()
    return True


def say(text: str, file: TextIO = sys.stdout) -> None:
    print(text, file=file, flush=True)


def welcome() -> None:
    say(f"\nNewsroom runs at {settings.SITE_URL}")
    say(f"      its admin {settings.SITE_URL}/admin/")
    if outbox.is_shown():
        say(f"      its mail  {settings.SITE_URL}/admin/outbox/ (nothing leaves this machine)")
    if settings.SITE_IS_LOCAL and (demo := preparation.accounts_among(ACCOUNTS)):
        say(f"      accounts  {', '.join(demo)}; password: {PASSWORD}, unless changed")
    say("Ctrl-C stops it.\n")
