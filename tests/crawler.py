"""Walks the site as a reader without an account does, through every link and every form."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

from django.conf import settings
from django.test import Client

STARTS = ["/", "/robots.txt"]
ATTRIBUTE = re.compile(r"""\s[\w:-]+=["']([^"'<>]+)["']""")
FULL = re.compile(r"""https?://[^\s"'<>]+""")
ENDS = re.compile("&(?:quot|gt|lt|#[0-9x][0-9a-f]*);")  # of an address in a text that is escaped
FORM = re.compile(r'<form[^>]*\smethod="get"[^>]*>.*?</form>', re.DOTALL | re.IGNORECASE)
INPUT = re.compile(r'<(?:input|select)[^>]*\sname="([^"]+)"')
APART = ("/static/", "/admin/")  # files that come with the program, and the desk
MOST = 2_000


def crawl(asked: str) -> dict[str, tuple[int, str]]:
    """Status and whole answer, headers included, by the address of everything that is found.

    asked: what is typed into the forms that only ask something.
    """
    client, found = Client(), dict[str, tuple[int, str]]()
    waiting = list(STARTS)
    while waiting:
        url = waiting.pop()
        if url in found:
            continue
        response: Any = client.get(url)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        text = content.decode(errors="replace")
        found[url] = (response.status_code, f"{response.headers}\n{text}")
        assert len(found) < MOST, "the site has no end"
        links = [*links_in(text), *forms_in(text, asked), response.get("Location", "")]
        waiting += [path for link in links if (path := path_of(link, url))]
    return found


def links_in(text: str) -> Iterator[str]:
    """Whatever an attribute or a text names, escaped once or twice as in feeds."""
    for readable in (text, unescape(text), unescape(unescape(text))):
        yield from (ENDS.split(url)[0].rstrip(".,;:)") for url in FULL.findall(readable))
        for value in ATTRIBUTE.findall(readable):
            parts = [part.strip().split(" ")[0] for part in value.split(",")]  # as in srcset
            yield from (part for part in parts if part.startswith(("/", "?", "http")))


def forms_in(text: str, asked: str) -> Iterator[str]:
    for form in FORM.findall(text):
        action = re.search(r'\saction="([^"]*)"', form)
        names = INPUT.findall(form)
        yield f"{action[1] if action else ''}?{urlencode(dict.fromkeys(names, asked))}"


def path_of(link: str, base: str) -> str:
    """The address of `link`, found at `base`, if it is one of ours that a reader may follow."""
    url = urlsplit(urldefrag(urljoin(settings.SITE_URL + base, unescape(link)))[0])
    ours = urlsplit(settings.SITE_URL)
    if not link or (url.scheme, url.netloc) != (ours.scheme, ours.netloc):
        return ""
    path = f"{url.path}?{url.query}" if url.query else url.path
    return "" if path.startswith(APART) else path
