"""A link from a front page elsewhere: all want one piece at once, and its editor works on it."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from articles.models import Article
from tests.bench.edge import nginx
from tests.bench.servers import serve
from tests.bench.visitor import Editor
from tests.bench.wrk import Wrk
from tests.edge import programs

PER_SECOND = 1_000  # requests: 200 times the usual five
CONNECTIONS = 100
EVERY = 5  # seconds from one save to the next


@dataclass(frozen=True)
class Save:
    took: float  # seconds
    seen_after: float  # seconds until readers have it


def measure_spike(folder: Path, seconds: int) -> str:
    """Of the site itself, then behind nginx, as most sites stand."""
    wrk = Wrk(folder)
    article = Article.objects.public().newest_first()[0]
    with serve("newsroom.wsgi") as site:
        editor = Editor(site.url)
        told = [spike(wrk, "the site", site.url, editor, article, seconds)]
        if programs.PROGRAMS["nginx"]:
            (place := folder / "spike").mkdir()
            with nginx(place, int(site.url.rpartition(":")[2])) as edge:
                told.append(spike(wrk, "nginx", edge.url, editor, article, seconds))
    return "\n".join(told)


def spike(  # noqa: PLR0917
    wrk: Wrk, name: str, url: str, editor: Editor, article: Article, seconds: int
) -> str:
    """url: where readers ask."""
    address = url + article.get_absolute_url()
    with ThreadPoolExecutor(1) as pool:
        load = pool.submit(wrk.run_at, address, PER_SECOND, CONNECTIONS, seconds)
        saves = list(saved(editor, article, seconds))
        readers = load.result()
    slowest = max(save.took for save in saves)
    latest = max(save.seen_after for save in saves)
    return (
        f"A spike of {seconds} s at {name}: {readers.per_second:,.0f} requests a second, "
        f"{readers.n_errors} of {readers.n:,} failed, p50 {readers.p50:.1f} ms, "
        f"p99 {readers.p99:.1f} ms; {len(saves)} saves took {slowest * 1000:,.0f} ms at most, "
        f"and the site had them for readers after {latest:.1f} s at most."
    )


def saved(editor: Editor, article: Article, seconds: int) -> Iterator[Save]:
    """Each with another headline, which the site is to show; nginx keeps a page for a while."""
    end = time.monotonic() + seconds
    while time.monotonic() < end - EVERY:
        time.sleep(EVERY)
        fields = editor.opened(article)
        headline = f"A headline at {time.time():.0f}"
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
