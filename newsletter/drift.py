"""What has become of the pieces since a round-up was approved, or since somebody here looked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import Article
from newsletter.content import Content, Piece, compose, pieces
from newsletter.models import Issue, Item
from newsroom.lib.differences import words

SHOWN = {"headline": "Headline", "blurb": "Blurb", "label": "Section", "byline": "Byline"}
SEEN = {"headline": "Headline", "deck": "Deck"}


@dataclass(frozen=True)
class Difference:
    """One field, word by word, with <del> and <ins>."""

    name: str
    html: SafeString


@dataclass(frozen=True)
class Change:
    """A piece that says something else now."""

    item: int
    headline: str
    url: str  # of the piece at the desk
    differences: list[Difference]

    @property
    def summary(self) -> str:
        return ", ".join(difference.name for difference in self.differences)


@dataclass(frozen=True)
class Drift:
    changes: list[Change] = field(default_factory=list)
    withdrawn: list[Piece] = field(default_factory=list)  # no longer public

    def __bool__(self) -> bool:
        return bool(self.changes or self.withdrawn)


def drift(issue: Issue, at: datetime | None = None) -> Drift:
    """A frozen round-up beside what it would say now; a draft beside when somebody last looked.

    At most 7 queries.
    """
    content = issue.content or compose(issue)
    return Drift(changes(issue, content), withdrawn(content, at))


def changes(issue: Issue, content: Content) -> list[Change]:
    """content: what `issue` says, frozen or now."""
    return [*(since_seen(issue) if issue.is_draft else since_frozen(content, compose(issue)))]


def withdrawn(content: Content, at: datetime | None) -> list[Piece]:
    """The pieces that no reader can open; 1 query."""
    every = list(pieces(content))
    public = Article.objects.public(at).filter(pk__in=[piece["article"] for piece in every])
    can_open = set(public.values_list("pk", flat=True))
    return [piece for piece in every if piece["article"] not in can_open]


def since_frozen(frozen: Content, now: Content) -> Iterable[Change]:
    today = {piece["article"]: piece for piece in pieces(now)}
    for old in pieces(frozen):
        if (new := today.get(old["article"])) is None:
            continue
        found = [*differences(old, new, SHOWN), *picture_difference(old, new)]
        if found:
            yield change(old["item"], old["article"], old["headline"], found)


def since_seen(issue: Issue) -> Iterable[Change]:
    """1 query."""
    items = issue.items.shown().filter(kind=Item.Kind.ARTICLE).select_related("article")
    for item in items.defer("article__body"):
        article = item.article
        if article is None or not item.seen:
            continue
        now = {name: getattr(article, name) for name in SEEN}
        if found := differences(item.seen, now, SEEN):
            yield change(item.pk, article.pk, str(item), found)


def change(item: int, article: int, headline: str, found: list[Difference]) -> Change:
    return Change(item, headline, reverse("admin:articles_article_change", args=[article]), found)


def differences(
    old: Mapping[str, Any], new: Mapping[str, Any], names: dict[str, str]
) -> list[Difference]:
    return [
        Difference(shown, words(str(old.get(name, "")), str(new[name])))
        for name, shown in names.items()
        if old.get(name, "") != new[name]
    ]


def picture_difference(old: Piece, new: Piece) -> Iterable[Difference]:
    """Another picture, or the same one cut or described anew."""
    before, after = old["picture"], new["picture"]
    if before == after:
        return
    said = [picture["alt"] or "decorative" if picture else "none" for picture in (before, after)]
    html = words(*said) if said[0] != said[1] else format_html("{}, cut anew", said[0])
    yield Difference("Picture", html)
