"""A frozen round-up as the site shows it: as it was sent, with what has been learned since.

Without its appeal, as a page is read for years and asks by the rules of today or not at all, and
without photos that have expired.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.utils.safestring import SafeString, mark_safe

from articles.models import Article, Notice
from newsletter import rights
from newsletter.content import Content, credit_lines, pieces, short
from newsletter.models import Issue

ADDRESS = ["slug", "published_on"]


@dataclass(frozen=True)
class Sent:
    """A round-up, ready for templates/newsletter/letter.html."""

    issue: Issue
    letter: dict[str, Any]
    notices: list[Notice]  # made since it was put together, oldest first


def sent(issues: Iterable[Issue], base: str = "") -> list[Sent]:
    """`issues` as they were sent, with later corrections of their pieces; 4 queries for all.

    A piece that is no longer public keeps its headline and nothing else, as readers may look for
    it; one that was killed keeps nothing. base: what stands before addresses of this site; the
    letters themselves hold those of the site as it was called then.
    """
    frozen: list[tuple[Issue, Content]] = [(one, one.content) for one in issues if one.content]
    hidden = rights.expired(content for _, content in frozen)
    frozen = [(issue, rights.without(content, hidden)) for issue, content in frozen]
    asked = {piece["article"] for _, content in frozen for piece in pieces(content)}
    public = Article.objects.public().filter(pk__in=asked).for_line()
    urls = {piece.pk: base + piece.get_absolute_url() for piece in public}
    killed = {piece.get_absolute_url() for piece in Article.objects.killed().only(*ADDRESS)}
    notices = corrections(asked)
    return [Page(issue, content, base, urls, notices, killed).sent() for issue, content in frozen]


def corrections(articles: set[int]) -> dict[int, list[Notice]]:
    """Of each article, oldest first; 1 query."""
    found = defaultdict(list)
    made = Notice.objects.corrections().filter(article__in=articles).order_by("at", "pk")
    for notice in made.select_related("article").defer("article__body"):
        found[notice.article_id].append(notice)
    return found


@dataclass(frozen=True)
class Page:
    """One round-up on its way from the frozen content to what the site shows."""

    issue: Issue
    content: Content
    base: str
    urls: dict[int, str]  # of public articles
    notices: dict[int, list[Notice]]
    killed: set[str]  # paths

    def sent(self) -> Sent:
        opening, blocks = self.rich(self.content["opening"]), self.content["blocks"]
        kept = [self.block(block) for block in blocks if block["kind"] != "appeal"]
        shown: Any = {**self.content, "opening": opening, "blocks": kept}
        letter = {**shown, "credits": credit_lines(shown)}
        since = [notice for one in pieces(self.content) for notice in self.news(one["article"])]
        return Sent(self.issue, letter, sorted(since, key=lambda notice: notice.at))

    def block(self, frozen: Any) -> dict[str, Any]:
        match frozen["kind"]:
            case "lead":
                return {**frozen, "item": self.piece(frozen["item"])}
            case "group":
                shown = [self.piece(item, frozen["label"]) for item in frozen["items"]]
                return {**frozen, "items": shown}
            case "text":
                return {**frozen, "body": self.rich(frozen["body"])}
            case "corrections":
                stay = [item for item in frozen["items"] if not self.is_killed(item)]
                return {**frozen, "items": [self.correction(item) for item in stay]}
        return dict(frozen)

    def piece(self, frozen: Any, group: str = "") -> dict[str, Any]:
        if (url := self.urls.get(frozen["article"])) is None:
            headline = "" if self.is_killed(frozen) else frozen["headline"]
            return {"headline": headline, "is_withdrawn": True}
        picture = frozen["picture"]
        if picture:
            picture = {**picture, "src": self.here(picture["src"])}
        told = {"label": short(frozen["label"], group), "notices": self.news(frozen["article"])}
        return {**frozen, **told, "url": url, "picture": picture}

    def correction(self, frozen: Any) -> dict[str, Any]:
        return {**frozen, "url": self.here(frozen["url"]), "text": self.rich(frozen["text"])}

    def is_killed(self, frozen: Any) -> bool:
        return urlsplit(frozen["url"]).path in self.killed

    def news(self, article: int) -> list[Notice]:
        """Corrections since the round-up began, but those that it told of itself."""
        told = {item["at"] for item in self.told()}
        made = self.notices.get(article, [])
        return [n for n in made if n.at >= self.issue.since and n.at.isoformat() not in told]

    def told(self) -> Iterable[Any]:
        for block in self.content["blocks"]:
            if block["kind"] == "corrections":
                yield from block["items"]

    def here(self, url: str) -> str:
        old = self.content["site_url"]
        return self.base + url.removeprefix(old) if url.startswith(f"{old}/") else url

    def rich(self, html: str) -> SafeString:
        local = html.replace(f'="{self.content["site_url"]}/', f'="{self.base}/')
        return mark_safe(local)  # noqa: S308  passed the cleaner when it was stored
