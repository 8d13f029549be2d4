"""What is looked at before a round-up may be approved."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from html import unescape
from typing import Literal

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.urls import reverse
from django.utils import timezone

from articles.models import Photo
from articles.models.photo import SOON
from newsletter import drift, links, pictures, reach, rendering
from newsletter.audience import audience
from newsletter.completeness import owed
from newsletter.content import Content, Piece, compose, pieces
from newsletter.models import Issue

Level = Literal["block", "warn", "ok"]
LONG_SUBJECT = 70  # characters; about what an inbox on a desktop shows, a phone 40
LARGE, HEAVY = 90_000, 1_500_000  # bytes of the letter, of its pictures
HREF = re.compile(r'href="(https?://[^"]*)"')
BARE_IMAGE = re.compile(r"<img (?![^>]*alt=)[^>]*>")
well_formed = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True)
class Check:
    """block: it cannot be approved so. url: where to mend it."""

    level: Level
    text: str
    detail: str = ""
    url: str = ""


@dataclass
class Letter:
    """A round-up as it would leave; the frozen copy of an approved one."""

    issue: Issue
    at: datetime
    content: Content
    html: str
    text: str

    @cached_property
    def pieces(self) -> list[Piece]:
        return list(pieces(self.content))

    @cached_property
    def withdrawn(self) -> list[Piece]:
        return drift.withdrawn(self.content, self.at)

    @cached_property
    def destinations(self) -> list[str]:
        """All but those of withdrawn pieces, which are told of by themselves."""
        withdrawn = {piece["url"] for piece in self.withdrawn}
        every = dict.fromkeys([*links.destinations(self.content), *links.in_text(self.text)])
        counter = self.content["go"] or None
        return [u for u in every if u not in withdrawn and not (counter and u.startswith(counter))]


def checks(issue: Issue, at: datetime | None = None) -> list[Check]:
    """Everything that was looked at, the worst first; at most 25 queries."""
    letter = letter_of(issue, at or timezone.now())
    found = [check for look in LOOKS for check in look(letter)]
    return sorted(found, key=lambda check: ["block", "warn", "ok"].index(check.level))


def letter_of(issue: Issue, at: datetime) -> Letter:
    if issue.content is not None:
        return Letter(issue, at, issue.content, issue.html, issue.plain)
    content = compose(issue)
    return Letter(issue, at, content, rendering.html(content), rendering.text(content))


def subject(letter: Letter) -> Iterable[Check]:
    words = letter.content["subject"]
    if not words:
        yield Check("block", "There is no subject")
    elif len(words) > LONG_SUBJECT:
        shown = f"{len(words)} characters; inboxes show {LONG_SUBJECT}, phones about 40."
        yield Check("warn", "The subject is long", shown)
    else:
        yield Check("ok", "The subject is set")
    if not letter.content["preheader"]:
        yield Check("warn", "There is no preheader", "Inboxes show the letter’s first words then.")


def complete(letter: Letter) -> Iterable[Check]:
    missed = [str(article) for article in owed(letter.issue).only("headline")]
    if missed:
        title = f"{counted(len(missed), 'piece is', 'pieces are')} neither here nor skipped"
        yield Check("block", title, "; ".join(missed))
    elif not letter.pieces:
        yield Check("block", "There is no piece in it")
    else:
        yield Check("ok", "Every piece published by the cut-off is here, sent before or skipped")


def public(letter: Letter) -> Iterable[Check]:
    for piece in letter.withdrawn:
        where = reverse("admin:articles_article_change", args=[piece["article"]])
        yield Check("block", f"“{piece['headline']}” is not public", "Take it out.", where)
    if letter.pieces and not letter.withdrawn:
        yield Check("ok", "Readers can open every piece")


def unchanged(letter: Letter) -> Iterable[Check]:
    for change in drift.changes(letter.issue, letter.content):
        yield Check("warn", f"“{change.headline}” was changed since", change.summary, change.url)


def own_links(letter: Letter) -> Iterable[Check]:
    own = [url for url in letter.destinations if reach.is_own(url)]
    dead = reach.dead(own, letter.at)
    if dead:
        yield Check("block", "A link to our own site leads nowhere", ", ".join(dead))
    else:
        yield Check("ok", "Links to our own site lead to public pages")


def outside_links(letter: Letter) -> Iterable[Check]:
    outside = [url for url in letter.destinations if not reach.is_own(url)]
    if malformed := [url for url in outside if not is_well_formed(url)]:
        yield Check("block", "A link is not an address", ", ".join(malformed))
    if plain := [url for url in outside if url.startswith("http://") and url not in malformed]:
        yield Check("warn", "A link is not https", ", ".join(plain))


def is_well_formed(url: str) -> bool:
    try:
        well_formed(url)
    except ValidationError:
        return False
    return True


def parity(letter: Letter) -> Iterable[Check]:
    """The same links in both parts; the personal ones stand in the frame of both."""
    trap = links.trap(letter.content)
    shown = {unescape(url) for url in HREF.findall(letter.html)} - {trap}
    told = set(links.in_text(letter.text))
    if missing := sorted(shown - told):
        yield Check("block", "The plain text lacks links of the letter", ", ".join(missing))
    if extra := sorted(told - shown):
        yield Check("block", "The plain text has links that the letter lacks", ", ".join(extra))
    if shown == told:
        yield Check("ok", "Letter and plain text have the same links")


def images(letter: Letter) -> Iterable[Check]:
    shown = {piece["headline"]: piece["picture"] for piece in letter.pieces if piece["picture"]}
    weights = {name: pictures.n_bytes(picture["src"]) for name, picture in shown.items()}
    if lost := [name for name, weight in weights.items() if not weight]:
        yield Check("block", "The file of a picture is missing", "; ".join(lost))
    if BARE_IMAGE.search(letter.html):
        yield Check("block", "A picture has no description")
    total = sum(weights.values())
    kilobytes = f"{total // 1000} KB together"
    if total > HEAVY:
        heaviest = Counter(weights).most_common(3)
        detail = "; ".join(f"{name}: {weight // 1000} KB" for name, weight in heaviest)
        yield Check("warn", f"The pictures are heavy, {kilobytes}", detail)
    elif not lost:
        yield Check("ok", f"Pictures are described or decorative, {kilobytes}")


def rights(letter: Letter) -> Iterable[Check]:
    """Of the photos that the letter has; those that it leaves out by itself are none of them."""
    today = timezone.localdate(letter.at)
    shown = Photo.objects.filter(pk__in=map(int, letter.content.get("photos", {})))
    for photo in shown.filter(expires_on__lte=today + SOON):
        where = reverse("admin:articles_photo_change", args=[photo.pk])
        if photo.is_expired(today):
            yield Check("block", "A photo may no longer be shown", str(photo), where)
        else:
            said = f"A photo may be shown until {photo.expires_on:%B} {photo.expires_on:%-d} only"
            yield Check("warn", said, f"{photo}. Letters lose it then.", where)


def size(letter: Letter) -> Iterable[Check]:
    weight = rendering.n_bytes(letter.html)
    said = f"{weight / 1000:.0f} KB of {rendering.CLIPPED_FROM // 1000}"
    if weight >= rendering.CLIPPED_FROM:
        yield Check("block", "Gmail would cut the letter off", f"{said}. Take something out.")
    elif weight > LARGE:
        yield Check("warn", "Gmail is close to cutting the letter off", said)
    else:
        yield Check("ok", "Gmail shows the whole letter", said)


def facts(letter: Letter) -> Iterable[Check]:
    if not letter.content["postal_address"]:
        where = reverse("admin:newsroom_publication_changelist")
        yield Check(
            "block", "There is no postal address", "The law wants one in each letter.", where
        )


def readers(letter: Letter) -> Iterable[Check]:
    if letter.issue.status in {Issue.Status.SENDING, Issue.Status.SENT}:
        return
    if n := audience(letter.issue, letter.at).count():
        yield Check("ok", f"It would go to {counted(n, 'subscriber', 'subscribers')} now")
    else:
        yield Check("block", "Nobody would get it", "Choose another segment.")


def tested(letter: Letter) -> Iterable[Check]:
    if letter.issue.is_draft and not letter.issue.is_tested:
        yield Check("block", "No test was sent since the last edit")
    elif letter.issue.is_draft:
        yield Check("ok", "A test was sent after the last edit")


def counted(n: int, one: str, many: str) -> str:
    return f"{n:,} {one if n == 1 else many}"


LOOKS: list[Callable[[Letter], Iterable[Check]]] = [
    complete,
    public,
    subject,
    parity,
    own_links,
    outside_links,
    images,
    rights,
    size,
    facts,
    readers,
    tested,
    unchanged,
]
