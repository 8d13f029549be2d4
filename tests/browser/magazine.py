"""A small magazine with every page kind, for tests that look at all of them."""

from datetime import timedelta

from django.utils import timezone

from articles.models import Article, FrontPage, Notice, Page, TopicBox
from newsroom.models import Publication, SocialLink
from tests.factories import (
    make_contributor,
    make_format,
    make_published,
    make_section,
    make_series,
    make_stored_photo,
    make_tag,
)

TEXT = "".join(f"<p>Paragraph {n}. {'A sentence about a treaty. ' * 12}</p>" for n in range(8))
PULL_QUOTE = '<aside class="pull-quote"><p>A sentence about a treaty.</p></aside>'
VIDEO = '<figure data-embed="https://vimeo.com/123456789"><figcaption>A film</figcaption></figure>'


def make_magazine() -> Article:
    """The piece that has everything; the magazine around it has every kind of page."""
    Publication.objects.update(
        name="Parley", tagline="In the open.", donation_url="https://donate.example.org/"
    )
    publication = Publication.objects.get()
    SocialLink.objects.create(publication=publication, label="Video", url="https://example.org/")
    photo, tag = make_stored_photo(), make_tag("grain corridor")
    sections = [
        make_section("QiOSK", position=0, front_page_form="strip"),
        make_section("Europe", position=1),
        make_section("Asia-Pacific", position=2),
    ]
    figure = f'<figure data-photo="{photo.pk}"><figcaption>Own caption</figcaption></figure>'
    body = (
        f"{TEXT}<h2>Sub-head</h2>{figure}{PULL_QUOTE}<h3>Smaller</h3><ul><li>One</li></ul>{VIDEO}"
    )
    author = make_contributor("Elif Karadeniz", bio="<p>Writes.</p>", portrait=photo)
    pieces = [
        make_published(
            ("A treaty " * (1 + number % 5)).strip() + f" {number}",
            at=timezone.now() - timedelta(hours=5 * number),
            section=sections[number % 3],
            format=make_format(),
            series=make_series(),
            kicker=tag,
            tags=[tag, make_tag("black sea")],
            photo=photo if number % 2 else None,
            contributors=[author],
            body=body,
        )
        for number in range(16)
    ]
    for kind in Notice.Kind.values:
        Notice.objects.create(article=pieces[1], kind=kind, text="What was wrong.")
    TopicBox.objects.create(title="Grain", tag=tag, n_items=2)
    FrontPage.objects.update(lead=pieces[1])
    Page.objects.create(title="About", slug="about", body="<h2>Who</h2><p>Us.</p>", footer_order=1)
    return pieces[1]


def addresses(piece: Article) -> list[str]:
    """One page of each kind."""
    return [
        "/",
        piece.get_absolute_url(),
        "/section/europe/",
        "/topic/grain-corridor/",
        "/series/diplomacy-watch/",
        "/by/elif-karadeniz/",
        "/latest/",
        "/archive/",
        f"/archive/{piece.published_on:%Y/%m}/",
        "/corrections/",
        "/about/",
        "/search/?q=treaty",
        "/search/?q=nowhere&section=europe",
        "/nowhere/",
    ]
