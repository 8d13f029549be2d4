"""Varnish and nginx with the files of deploy/, as ordinary processes on this machine."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from django.conf import settings

from tests.site import free_port

DEPLOY = Path(settings.BASE_DIR) / "deploy"
HOW_TO_GET = "apt install nginx varnish varnish-modules, as tools/edge.sh does"
PROGRAMS = {"nginx": shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")}
PROGRAMS |= {"varnish": shutil.which("varnishd", path=f"{os.environ['PATH']}:/usr/sbin")}
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
HEALTHZ = "/healthz"
MAIN = """\
daemon off; pcre_jit on; pid {folder}/nginx.pid; error_log {folder}/error.log;
worker_processes 1; {user}
{modules}
events {{ worker_connections 512; }}
http {{
    include /etc/nginx/mime.types; sendfile on; tcp_nopush on;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    include {folder}/newsroom.conf;
}}
"""


@dataclass(frozen=True)
class Answered:
    status: int
    headers: dict[str, str]  # names in lower case
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode().strip()

    @property
    def cache(self) -> str:
        return self.headers.get("x-cache", "")


@dataclass(frozen=True)
class Edge:
    """Something that listens on `port`; asked for `host`."""

    port: int
    host: str = "www.example.org"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> Answered:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            connection.request(
                method, path, body or None, {"Host": self.host} | dict(headers or {})
            )
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answered(answer.status, found, answer.read())

    def get(self, path: str, **headers: str) -> Answered:
        return self.ask("GET", path, {name.replace("_", "-"): v for name, v in headers.items()})


def fill(source: Path, target: Path, changes: Mapping[str, str]) -> None:
    """Copy a file of deploy/ with other ports and paths; what `changes` replaces must be there."""
    text = source.read_text()
    for was, becomes in changes.items():
        assert was in text, f"{source.name} says no more: {was}"
        text = text.replace(was, becomes)
    target.write_text(text)


@contextmanager
def running(command: list[str], port: int, host: str) -> Iterator[Edge]:
    """Yields as soon as it answers, through to the site behind it."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    edge = Edge(port, host)
    try:
        wait_for(edge, process)
        yield edge
    finally:
        process.terminate()
        process.communicate(timeout=20)


def wait_for(edge: Edge, process: subprocess.Popen[bytes] | None = None) -> None:
    """Until it finds the site behind it well."""
    until = time.monotonic() + 20
    while not answers(edge):
        if (process and process.poll() is not None) or time.monotonic() > until:
            said = process.communicate(timeout=5)[1].decode() if process else ""
            raise AssertionError(f"no answer from {edge}: {said}")
        time.sleep(0.02)


def answers(edge: Edge) -> bool:
    try:
        return edge.get(HEALTHZ).status == 200
    except OSError:
        return False


@contextmanager
def varnish(folder: Path, site: int, host: str = "www.example.org") -> Iterator[Edge]:
    """In front of what listens on port `site`."""
    program, port = PROGRAMS["varnish"], free_port()
    assert program
    shutil.copy(DEPLOY / "varnish/default.vcl", folder)
    changes = {'.port = "8000"': f'.port = "{site}"', ".interval = 2s": ".interval = 0.2s"}
    fill(DEPLOY / "varnish/site.vcl", folder / "site.vcl", changes | {"www.example.org": host})
    command = [program, "-F", "-j", "none", "-n", str(folder), "-a", f"127.0.0.1:{port}"]
    command += ["-f", str(folder / "default.vcl"), "-p", f"vcl_path={folder}"]
    command += ["-p", "backend_idle_timeout=1", "-s", "malloc,32m"]
    with running(command, port, host) as edge:
        yield edge


@contextmanager
def nginx(
    folder: Path,
    site: int,
    var: Path | None = None,
    *,
    host: str = "www.example.org",
    more: Mapping[str, str] | None = None,
) -> Iterator[Edge]:
    """In front of what listens on port `site`, with the files of VAR_DIR `var`.

    more: what an operator changes besides, and by what.
    """
    program, port, brotli = PROGRAMS["nginx"], free_port(), BROTLI.exists()
    assert program
    changes = {
        "127.0.0.1:8000;": f"127.0.0.1:{site};",
        "    listen 80;\n    # With": f"    listen 127.0.0.1:{port};\n    # With",
        "/var/cache/nginx/newsroom": f"{folder}/cache",
        "/var/log/nginx": str(folder),
        "root /var/lib/newsroom;": f"root {var or folder};",
        "snippets/": f"{DEPLOY}/nginx/",
        "# brotli_static on;": "brotli_static on;" if brotli else "#",
    }
    fill(DEPLOY / "nginx/newsroom.conf", folder / "newsroom.conf", changes | dict(more or {}))
    modules = f"load_module {BROTLI};" if brotli else ""
    user = "user root;" if os.geteuid() == 0 else ""  # who may read a test's folders
    main = MAIN.format(folder=folder, modules=modules, user=user)
    (folder / "nginx.conf").write_text(main)
    command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with running(command, port, host) as edge:
        yield edge
