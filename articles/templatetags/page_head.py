"""What stands in a page's head for machines: its card, its own address, its structured data."""

from collections.abc import Iterable, Iterator
from html import unescape

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import escape, json_script
from django.utils.safestring import SafeString, mark_safe

from articles import cards, structured_data
from articles.models import Article, Contributor, Photo

register = template.Library()


class Remember(template.Node):
    """What `{% remember NAME %}` and `{% endremember %}` enclose, on one line; kept under NAME."""

    child_nodelists = ("nodelist",)

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: Context) -> SafeString:
        text = mark_safe(" ".join(self.nodelist.render(context).split()))  # noqa: S308  as rendered
        context[self.name] = text
        return text


@register.tag
def remember(parser: Parser, token: Token) -> Remember:
    _, name = token.split_contents()
    nodelist = parser.parse(["endremember"])
    parser.delete_first_token()
    return Remember(name, nodelist)


def own_title(context: Context) -> str:
    """The page's title without the publication's name, as plain text."""
    title = str(context["head_title"])
    return unescape(title.rpartition(" | ")[0] or title)


def own_description(context: Context) -> str:
    return unescape(str(context["head_description"]))


def own_addresses(context: Context) -> dict[str, str]:
    """Of this page and of those beside it in a list; whatever else was asked for is left out."""
    path, page = cards.absolute(context["request"].path), context.get("page")
    number, last = getattr(page, "number", 1), getattr(page, "paginator", None)
    last = last.num_pages if last else 1

    def numbered(n: int) -> str:
        return path if n == 1 else f"{path}?page={n}"

    return {
        "url": numbered(number),
        "previous": numbered(number - 1) if number > 1 else "",
        "next": numbered(number + 1) if number < last else "",
    }


@register.simple_tag(takes_context=True)
def card(context: Context, photo: Photo | None = None, crop: str = "16:9") -> SafeString:
    """The card of any page, from its title and its description."""
    places = own_addresses(context)
    rels = {"canonical": "url", "prev": "previous", "next": "next"}
    links = [link(rel, places[place]) for rel, place in rels.items() if places[place]]
    about = cards.Card(
        kind="website",
        url=places["url"],
        title=own_title(context),
        description=own_description(context),
        picture=cards.picture(photo, crop) or cards.plain_picture(),
        site=context["publication"].name,
    )
    return lines(*links, *described(about, ()), *tweeted(about))


@register.simple_tag(takes_context=True)
def article_card(context: Context, article: Article) -> SafeString:
    about = cards.Card(
        kind="article",
        url=cards.canonical(article),
        title=article.title_for_sharing,
        description=article.description,
        picture=cards.picture(article.photo) or cards.plain_picture(),
        site=context["publication"].name,
    )
    return lines(link("canonical", about.url), *described(about, signed(article)), *tweeted(about))


def described(card: cards.Card, more: Iterable[str]) -> Iterator[str]:
    """Open Graph, ogp.me: what a shared link shows."""
    yield meta("og:type", card.kind)
    yield meta("og:url", card.url)
    yield meta("og:title", card.title)
    if card.description:
        yield meta("og:description", card.description)
    yield meta("og:image", card.picture.url)
    yield meta("og:image:width", str(card.picture.width))
    yield meta("og:image:height", str(card.picture.height))
    if card.picture.alt:
        yield meta("og:image:alt", card.picture.alt)
    yield meta("og:site_name", card.site)
    yield meta("og:locale", "en_US")
    yield from more


def signed(article: Article) -> Iterator[str]:
    yield meta("article:published_time", structured_data.moment(article.published_at))
    yield meta("article:modified_time", structured_data.moment(article.updated_at))
    yield meta("article:section", str(article.section))
    for tag in article.tags.all():
        yield meta("article:tag", tag.name)
    for author in structured_data.authors(article):
        yield meta("article:author", author["url"])
        yield meta("author", author["name"], "name")


def tweeted(card: cards.Card) -> Iterator[str]:
    """X's cards."""
    yield meta("twitter:card", "summary_large_image", "name")
    yield meta("twitter:title", card.title, "name")
    if card.description:
        yield meta("twitter:description", card.description, "name")
    yield meta("twitter:image", card.picture.url, "name")
    if card.picture.alt:
        yield meta("twitter:image:alt", card.picture.alt, "name")


def meta(name: str, content: str, kind: str = "property") -> str:
    return f'<meta {kind}="{name}" content="{escape(content)}">'


def link(rel: str, address: str) -> str:
    return f'<link rel="{rel}" href="{escape(address)}">'


def lines(*written: str) -> SafeString:
    """Of meta() and link(), which escape what they are given."""
    return mark_safe("\n".join([*written, ""]))  # noqa: S308  as said


@register.simple_tag(takes_context=True)
def article_data(context: Context, article: Article) -> SafeString:
    return data(structured_data.of_article(article, context["publication"]))


@register.simple_tag(takes_context=True)
def contributor_data(context: Context, contributor: Contributor) -> SafeString:
    return data(structured_data.of_contributor(contributor, context["publication"]))


@register.simple_tag(takes_context=True)
def front_data(context: Context) -> SafeString:
    return data(structured_data.of_front_page(context["publication"]))


@register.simple_tag(takes_context=True)
def list_data(context: Context, above: str = "", address: str = "") -> SafeString:
    """Of the list on this page; `above` is the list that it is part of, and `address` its own."""
    name, url = own_title(context), own_addresses(context)["url"]
    way = [(above, address)] if above else []
    about = own_description(context)
    thing = structured_data.of_list(
        context["publication"], name=name, about=about, way=[*way, (name, url)]
    )
    return data(thing)


def data(thing: structured_data.Thing) -> SafeString:
    """A block of data, which no browser runs; with Django's escapes, so that no text ends it."""
    block = json_script(thing).replace("application/json", "application/ld+json", 1)
    return mark_safe(block)  # noqa: S308  json_script() has made it safe
