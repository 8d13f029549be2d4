"""Where a photo, a piece or what pieces belong to is used; none of it reads the archive."""

from typing import Any

from django.db.models import Model, Q

from articles.models import (
    Article,
    ArticleQuerySet,
    Contributor,
    Format,
    FormerAddress,
    FrontPage,
    Page,
    PartnerFeed,
    Photo,
    Section,
    Series,
    Tag,
    TopicBox,
)
from articles.signals import used

N_PIECES = 20  # of those that belong to a section or a tag; there may be thousands


class InUse(Exception):
    """The row is used; `uses` are the rows that do."""

    def __init__(self, uses: list[Model]) -> None:
        super().__init__(f"{len(uses)} uses")
        self.uses = uses


def of(row: Model) -> list[Model]:
    """What shows `row`, leads to it or belongs to it, here and in the apps above."""
    match row:
        case Photo():
            here: list[Any] = of_photo(row)
        case Article():
            here = of_piece(row)
        case Contributor():
            here = pieces(Article.objects.filter(bylines__contributor=row).distinct())
        case Section():
            here = [*pieces(Article.objects.filter(section=row)), *feeds(sections=row)]
        case Format():
            here = [*pieces(Article.objects.filter(format=row)), *feeds(formats=row)]
        case Series():
            here = [*pieces(Article.objects.filter(series=row)), *feeds(series=row)]
        case Tag():
            here = [*pieces(Article.objects.filter(tags=row)), *TopicBox.objects.filter(tag=row)]
            here += feeds(tags=row)
        case _:
            here = []
    elsewhere: list[tuple[Any, Any]] = used.send(type(row), row=row)
    return [*here, *(use for _, uses in elsewhere for use in uses)]


def are_seen(found: list[Model]) -> bool:
    """Whether readers see one of these, or will: any but a piece that nobody has published."""
    return any(
        not isinstance(use, Article) or use.status not in Article.UNPUBLISHED for use in found
    )


def of_photo(photo: Photo) -> list[Model]:
    """Pieces, pages and people that show it; 3 queries."""
    mark = f'<figure data-photo="{photo.pk}">'
    return [
        *Article.objects.showing(photo).defer("body"),
        *Page.objects.filter(body__contains=mark),
        *Contributor.objects.filter(Q(portrait=photo) | Q(bio__contains=mark)),
    ]


def of_piece(article: Article) -> list[Model]:
    """What it was put on by hand, beside what, and where a text leads to it; 4 queries."""
    paths = [article.get_absolute_url(), *FormerAddress.objects.paths(article)]
    linking = Article.objects.linking([path for path in paths if path]).values("pk")
    beside = Article.objects.filter(related_links__to_article=article).values("pk")
    leading = Article.objects.filter(pk__in=linking.union(beside)).exclude(pk=article.pk)
    return [
        *FrontPage.objects.filter(Q(lead=article) | Q(picks__article=article)).distinct(),
        *TopicBox.objects.filter(pins__article=article),
        *pieces(leading),
    ]


def feeds(**chosen: Model) -> list[PartnerFeed]:
    """Those of partners that hold what belongs to it."""
    return list(PartnerFeed.objects.filter(**chosen))


def pieces(found: ArticleQuerySet) -> list[Article]:
    """The newest of them, without their texts."""
    return list(found.defer("body").newest_first()[:N_PIECES])
