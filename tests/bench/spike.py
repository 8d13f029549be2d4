"""A link from a front page elsewhere: all want one piece at once, and its editor works on it."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from articles.models import Article
from tests.bench.servers import serve
from tests.bench.visitor import Editor
from tests.bench.wrk import Wrk

PER_SECOND = 1_000  # requests: 200 times the usual five
CONNECTIONS = 100
EVERY = 5  # seconds from one save to the next


@dataclass(frozen=True)
class Save:
    took: float  # seconds
    seen_after: float  # seconds until readers have it


def measure_spike(folder: Path, seconds: int) -> str:
    wrk = Wrk(folder)
    article = Article.objects.public().newest_first()[0]
    with serve("newsroom.wsgi") as site, ThreadPoolExecutor(1) as pool:
        editor = Editor(site.url)
        url = site.url + article.get_absolute_url()
        load = pool.submit(wrk.run_at, url, PER_SECOND, CONNECTIONS, seconds)
        saves = list(saved(editor, article, seconds))
        readers = load.result()
    slowest = max(save.took for save in saves)
    latest = max(save.seen_after for save in saves)
    return (
        f"A spike of {seconds} s: {readers.per_second:,.0f} requests a second, {readers.n_errors} "
        f"of {readers.n:,} failed, p50 {readers.p50:.1f} ms, p99 {readers.p99:.1f} ms; "
        f"{len(saves)} saves took {slowest * 1000:,.0f} ms at most, and readers had them after "
        f"{latest:.1f} s at most."
    )


def saved(editor: Editor, article: Article, seconds: int) -> Iterator[Save]:
    """Each with another headline, which readers are to see."""
    end = time.monotonic() + seconds
    number = 0
    while time.monotonic() < end - EVERY:
        time.sleep(EVERY)
        number += 1
        fields = editor.opened(article)
        headline = f"Headline number {number}"
        began = time.monotonic()
        answer = editor.save(article, {**fields, "headline": [headline]})
        done = time.monotonic()
        assert headline in answer, "the save was refused"
        while headline not in read(editor.url + article.get_absolute_url()):
            assert time.monotonic() < done + 10, "readers do not get it"
            time.sleep(0.02)
        yield Save(done - began, time.monotonic() - done)


def read(url: str) -> str:
    with urlopen(url) as response:
        text: str = response.read().decode()
    return text
