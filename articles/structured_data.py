"""What search engines read in our pages: schema.org's words, as plain dicts for JSON-LD.

No query, if what is described was fetched for its page.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from articles.cards import Picture, absolute, canonical, logo, picture
from articles.models import Article, Contributor, Format, Notice
from articles.models.notice import standing
from newsroom.lib import html
from newsroom.models import Publication

Thing = dict[str, Any]
Step = tuple[str, str]  # name and address
CROPS = ["16:9", "4:3", "1:1"]


def graph(*things: Thing) -> Thing:
    return {"@context": "https://schema.org", "@graph": list(things)}


def of_article(article: Article, publication: Publication) -> Thing:
    section = article.section
    way = [(section.name, section.get_absolute_url())] if section else []
    here = (article.headline, canonical(article))
    return graph(piece(article, publication), trail(publication, *way, here))


def of_contributor(contributor: Contributor, publication: Publication) -> Thing:
    url = absolute(contributor.get_absolute_url())
    portrait = picture(contributor.portrait, "1:1")
    about = {"jobTitle": contributor.title, "description": html.plain(contributor.bio)}
    whole = filled(person(contributor) | about | {"image": portrait and image(portrait)})
    page = {"@type": "ProfilePage", "url": url, "name": contributor.name, "mainEntity": whole}
    return graph(page, trail(publication, (contributor.name, url)))


def of_list(publication: Publication, *, name: str, about: str, way: Iterable[Step]) -> Thing:
    """way: the pages above it and, last, its own."""
    steps = list(way)
    page = {"@type": "CollectionPage", "url": absolute(steps[-1][1]), "name": name}
    part = {"description": about, "isPartOf": {"@id": name_of("site")}}
    return graph(filled(page | part), trail(publication, *steps))


def of_front_page(publication: Publication) -> Thing:
    search = f"{absolute(reverse('articles:search'))}?q={{search_term_string}}"
    site = {
        "@type": "WebSite",
        "@id": name_of("site"),
        "url": absolute("/"),
        "name": publication.name,
        "publisher": {"@id": name_of("publication")},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=search_term_string",
        },
    }
    return graph(site, organisation(publication) | filled(more(publication)))


def piece(article: Article, publication: Publication) -> Thing:
    url = canonical(article)
    others = [byline.contributor for byline in article.bylines.all() if byline.role]
    found = {
        "@type": article.format.schema_type if article.format else Format.SchemaType.NEWS,
        "mainEntityOfPage": url,
        "url": url,
        "headline": article.headline,
        "description": article.description,
        "image": [image(one) for crop in CROPS if (one := picture(article.photo, crop))],
        "datePublished": moment(article.published_at),
        "dateModified": moment(article.updated_at),
        "author": authors(article) or organisation(publication),
        "contributor": [person(contributor) for contributor in others],
        "articleSection": article.section.name if article.section else "",
        "keywords": [tag.name for tag in article.tags.all()],
        "wordCount": article.n_words,
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "license": article.licence_url,
        "publisher": organisation(publication),
        "correction": [correction(one) for one in corrections(article)],
    }
    return filled(found)


def authors(article: Article) -> list[Thing]:
    return [person(byline.contributor) for byline in article.bylines.all() if not byline.role]


def corrections(article: Article) -> list[Notice]:
    found = standing(article.notices.all())
    return [notice for notice in found if notice.kind != Notice.Kind.UPDATE]


def correction(notice: Notice) -> Thing:
    text, at = html.plain(notice.text), moment(notice.at)
    return {"@type": "CorrectionComment", "text": text, "datePublished": at}


def person(contributor: Contributor) -> Thing:
    url = absolute(contributor.get_absolute_url())
    return {"@type": "Person", "name": contributor.name, "url": url}


def organisation(publication: Publication) -> Thing:
    return {
        "@type": "NewsMediaOrganization",
        "@id": name_of("publication"),
        "name": publication.name,
        "url": absolute("/"),
        "logo": image(logo()),
    }


def more(publication: Publication) -> Thing:
    """What only the front page says of the publication."""
    return {
        "description": publication.description or publication.tagline,
        "address": " ".join(publication.postal_address.split()),
        "sameAs": [link["url"] for link in getattr(publication, "social", [])],
        "correctionsPolicy": absolute(reverse("articles:corrections")),
    }


def trail(publication: Publication, *steps: Step) -> Thing:
    """The way from the front page to where we are."""
    way = [(publication.name, "/"), *steps]
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": absolute(address)}
        for place, (name, address) in enumerate(way, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def image(one: Picture) -> Thing:
    return {"@type": "ImageObject", "url": one.url, "width": one.width, "height": one.height}


def moment(at: datetime | None) -> str:
    """In the publication's zone."""
    return timezone.localtime(at).isoformat(timespec="seconds") if at else ""


def filled(thing: Thing) -> Thing:
    """Without what is not known."""
    return {name: value for name, value in thing.items() if value not in ("", None, [])}


def name_of(part: str) -> str:
    return f"{absolute('/')}#{part}"
