"""The pages that are measured: where they are, what they weigh, how many queries they take."""

from dataclasses import dataclass
from urllib.request import Request, urlopen

from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article, Section, Tag

GZIP = {"Accept-Encoding": "gzip"}
PLAIN: dict[str, str] = {}
N_ARTICLES = 300


@dataclass(frozen=True)
class Page:
    """`headers` are sent with the request; `sent` is what came back, as the network carried it.

    paths: are asked by turns; weighed is the first.
    """

    name: str
    paths: list[str]
    headers: dict[str, str]
    n_queries: int
    sent: bytes
    n_bytes: int
    n_gzipped: int


def pages(site: str) -> list[Page]:
    """The newest articles, plain and by gzip, the front page, the fullest section and topic."""
    articles = Article.objects.public().newest_first()[:N_ARTICLES]
    section = Section.objects.annotate(n=Count("article")).latest("n")
    topic = Tag.objects.annotate(n=Count("tagged_articles")).latest("n")
    paths = {
        "article": [article.get_absolute_url() for article in articles],
        "front": [reverse("articles:front_page")],
        "section": [section.get_absolute_url()],
        "topic": [topic.get_absolute_url()],
    }
    found = [page(site, name, those, PLAIN) for name, those in paths.items()]
    return [*found, page(site, "article-gzip", paths["article"], GZIP)]


def new_page(site: str, n: int) -> Page:
    """Articles that nobody has asked for, so that not even their parts have been drawn."""
    pieces = Article.objects.public().newest_first()[N_ARTICLES : N_ARTICLES + n]
    return page(site, "article, new", [piece.get_absolute_url() for piece in pieces], PLAIN)


def page(site: str, name: str, paths: list[str], headers: dict[str, str]) -> Page:
    plain, gzipped = fetch(site + paths[0], PLAIN), fetch(site + paths[0], GZIP)
    sent = gzipped if headers == GZIP else plain
    return Page(name, paths, headers, n_queries(paths[0]), sent, len(plain), len(gzipped))


def fetch(url: str, headers: dict[str, str]) -> bytes:
    with urlopen(Request(url, headers=headers)) as answer:
        content: bytes = answer.read()
    return content


def n_queries(path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert Client(headers={"host": "127.0.0.1"}).get(path).status_code == 200
    return len(queries)
