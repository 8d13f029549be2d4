"""The load generator: wrk, a small program in C that leaves the processors to the server."""

import json
import os
import resource
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HOW_TO_GET = "wrk is needed for this: apt install wrk, or brew install wrk"
PACKAGES = ["wrk", "libluajit-5.1-2"]  # Debian's; taken apart in a folder, so root is not needed
TURNS = """
local turn = 0
request = function()
  turn = turn % #paths + 1
  return wrk.format("GET", paths[turn])
end
"""
REPORT = """
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format("figures %d %d %d %d %d\\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
"""


@dataclass(frozen=True)
class Round:
    per_second: float
    p50: float  # milliseconds
    p99: float
    load: float  # what wrk itself took, as a part of one processor


@dataclass(frozen=True)
class Load:
    n: int
    n_errors: int
    per_second: float
    p50: float  # milliseconds
    p99: float


class Wrk:
    def __init__(self, folder: Path) -> None:
        self.script = folder / "wrk.lua"
        self.program = shutil.which("wrk") or unpack(folder)
        self.environment = os.environ | {"LD_LIBRARY_PATH": library_path(folder)}

    def run(
        self, url: str, paths: Sequence[str], connections: int, headers: dict[str, str]
    ) -> Round:
        """Ask for pages by turns during a second. Raises ValueError on a failed answer."""
        listed = ", ".join(map(json.dumps, paths))
        self.script.write_text(f"paths = {{{listed}}}{TURNS}{REPORT}")
        lines = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
        command = [self.program, "-t1", f"-c{connections}", "-d1s", "-s", str(self.script), *lines]
        own, began = processor_time(), time.monotonic()
        out = subprocess.check_output([*command, url], env=self.environment, text=True)
        load = (processor_time() - own) / (time.monotonic() - began)
        figures = next(line for line in out.splitlines() if line.startswith("figures"))
        n, micros, p50, p99, n_errors = map(int, figures.split()[1:])
        if n_errors:
            raise ValueError(f"{n_errors} of {n} requests for {url} failed")
        return Round(max(n, 1) * 1e6 / micros, p50 / 1e3, p99 / 1e3, load)

    def run_at(self, url: str, per_second: int, connections: int, seconds: int) -> Load:
        """Ask for a page about `per_second` times a second; each connection rests in between."""
        script = self.script.with_name("paced.lua")
        pause = f"function delay() return {connections * 1000 // per_second} end\n"
        script.write_text(REPORT + pause)
        command = [self.program, "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(script)]
        out = subprocess.check_output([*command, url], env=self.environment, text=True)
        figures = next(line for line in out.splitlines() if line.startswith("figures"))
        n, micros, p50, p99, n_errors = map(int, figures.split()[1:])
        return Load(n, n_errors, n * 1e6 / micros, p50 / 1e3, p99 / 1e3)


def unpack(folder: Path) -> str:
    """Get wrk from Debian's archive into `folder`. Raises SystemExit where that cannot be."""
    download = ["apt-get", "download", *PACKAGES]
    try:
        if not succeeds(download, folder):
            succeeds(["apt-get", "update"], folder)
            succeeds(download, folder)
        for package in folder.glob("*.deb"):
            succeeds(["dpkg", "-x", package.name, "."], folder)
    except FileNotFoundError:
        raise SystemExit(HOW_TO_GET) from None
    program = folder / "usr/bin/wrk"
    if not program.exists():
        raise SystemExit(HOW_TO_GET)
    return str(program)


def succeeds(command: Sequence[str], folder: Path) -> bool:
    return subprocess.run(command, cwd=folder, check=False, capture_output=True).returncode == 0


def library_path(folder: Path) -> str:
    return ":".join(str(library.parent) for library in folder.glob("usr/lib/**/libluajit*.so.*"))


def processor_time() -> float:
    """Seconds that ended child processes have taken."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
