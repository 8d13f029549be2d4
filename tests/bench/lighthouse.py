"""What Lighthouse says of pages, as on a phone: scores out of 100, and where its seconds go."""

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Self

from django.conf import settings

from tests import chromium
from tests.bench.pages import Page

PROGRAM = "var/npm/bench/node_modules/lighthouse/cli/index.js"
CATEGORIES = ["performance", "accessibility", "best-practices", "seo"]
# Lighthouse's "benchmark index" of the phone that it has in mind: a quarter of those computers' for
# which its default, four times slower, is meant. Source: its docs/throttling.md.
PHONE = 400
AUDITS = ["largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"]
HEAD = f"""\
{"":13}{"perform-":>9}{"accessi-":>10}{"best":>11}{"":>6}{"largest":>10}{"blocked,":>10}{"shift":>8}
{"page":13}{"ance":>9}{"bility":>10}{"practices":>11}{"SEO":>6}{"paint, s":>10}{"ms":>10}
"""


@dataclass(frozen=True)
class Scores:
    """Medians of some runs, and the audits that did not pass."""

    page: str
    scores: list[float]
    paint: float  # seconds
    blocked: float  # milliseconds
    shift: float
    failed: list[str]

    def __str__(self) -> str:
        one, two, three, four = (f"{100 * score:.0f}" for score in self.scores)
        line = f"{self.page:13}{one:>9}{two:>10}{three:>11}{four:>6}"
        line += f"{self.paint:10.1f}{self.blocked:10.0f}{self.shift:8.3f}"
        return "\n".join([line, *(f"    {audit}" for audit in self.failed)])

    @classmethod
    def of(cls, page: str, runs: Sequence[dict[str, Any]]) -> Self:
        def middle(audit: str) -> float:
            return median(float(run["audits"][audit]["numericValue"]) for run in runs)

        paint, blocked, shift = (middle(audit) for audit in AUDITS)
        scores = [median(run["categories"][c]["score"] or 0 for run in runs) for c in CATEGORIES]
        return cls(page, scores, paint / 1000, blocked, shift, failed(runs[-1]))


def failed(run: dict[str, Any]) -> list[str]:
    """What cost points, in Lighthouse's words."""
    refs = [ref for c in CATEGORIES for ref in run["categories"][c]["auditRefs"] if ref["weight"]]
    audits = [run["audits"][ref["id"]] for ref in refs]
    return [audit["title"] for audit in audits if (audit["score"] or 0) < 0.9]


def lighthouse(site: str, pages: Sequence[Page], n_runs: int) -> str:
    """A table of the pages at `site`, or why there is none."""
    browser = chromium.find()
    if browser is None or not Path(settings.BASE_DIR, PROGRAM).exists():
        return "No Lighthouse: it needs Node with npm, and Chromium."
    index = run(browser, site + pages[0].paths[0])["environment"]["benchmarkIndex"]
    slower = min(4, max(1, index / PHONE))
    rows = [
        Scores.of(page.name, [run(browser, site + page.paths[0], slower) for _ in range(n_runs)])
        for page in pages
    ]
    told = f"Lighthouse, with this machine {slower:.1f} times slower, which makes it a phone."
    return HEAD + "\n".join([*map(str, rows), told])


def run(browser: str, url: str, slower: float = 1) -> dict[str, Any]:
    flags = "--headless=new" + (" --no-sandbox" if os.geteuid() == 0 else "")
    only = f"--only-categories={','.join(CATEGORIES)}"
    command = ["node", PROGRAM, url, "--output=json", "--quiet", f"--chrome-flags={flags}", only]
    command.append(f"--throttling.cpuSlowdownMultiplier={slower:.1f}")
    done = subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env=os.environ | {"CHROME_PATH": browser},
        stdout=subprocess.PIPE,
        check=True,
        timeout=300,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found
