"""A piece with everything that its page says of it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateField, F, Model, OuterRef, QuerySet, SlugField
from django.db.models.functions import JSONObject

from articles.models import Article, Byline, Contributor, Notice, Tag
from articles.models.listed import Listed
from newsroom.lib.statements import Given, given_time, statement

AT = given_time("at")
TAG = ["id", "name", "slug", "description"]


def columns(model: type[Model]) -> list[str]:
    """All but what a row knows of its piece."""
    known = {field.name for field in Listed._meta.fields}  # noqa: SLF001  # public
    fields = model._meta.concrete_fields  # noqa: SLF001  # public
    return [field.attname for field in fields if field.name not in known]


CONTRIBUTOR, BYLINE, NOTICE = map(columns, (Contributor, Byline, Notice))


def piece(day: date, slug: str, at: datetime) -> Article | None:
    """The public one at this address, as for_page() gives it; 1 query."""
    found: Any = next(iter(_piece.run(at=at, day=day, slug=slug)), None)
    if found and "_prefetched_objects_cache" not in vars(found):
        found._prefetched_objects_cache = {  # noqa: SLF001  as if it had been prefetched
            "bylines": answering(Byline.objects.all(), map(byline, found.byline_rows)),
            "tags": answering(Tag.objects.all(), (Tag(**row) for row in found.tag_rows)),
            "notices": answering(Notice.objects.all(), map(notice, found.notice_rows)),
        }
    return found  # type: ignore[no-any-return]


@statement
def _piece() -> QuerySet[Any]:
    bylines = Byline.objects.filter(article=OuterRef("pk"))
    tags = Tag.objects.filter(tagged_articles__content_object=OuterRef("pk")).order_by("pk")
    notices = Notice.objects.filter(article=OuterRef("pk"))
    contributor = JSONObject(**{name: f"contributor__{name}" for name in CONTRIBUTOR})
    return (
        Article.objects.public(AT)
        .filter(published_on=Given("day", DateField()), slug=Given("slug", SlugField()))
        .for_page(AT)
        .annotate(
            byline_rows=rows(bylines, BYLINE, contributor=contributor),
            tag_rows=rows(tags, TAG),
            notice_rows=rows(notices, NOTICE),
        )
    )


def rows(found: QuerySet[Any], names: list[str], **more: Any) -> ArraySubquery:
    """Rows of another table as an array of JSON objects."""
    return ArraySubquery(found.values(row_=JSONObject(**{name: F(name) for name in names}, **more)))


def byline(row: dict[str, Any]) -> Byline:
    return Byline(**row | {"contributor": Contributor(**row["contributor"])})


def notice(row: dict[str, Any]) -> Notice:
    return Notice(**row | {"at": datetime.fromisoformat(row["at"])})


def answering(asked: QuerySet[Any], those: Iterable[Any]) -> QuerySet[Any]:
    """`asked` with its answer."""
    asked._result_cache = list(those)  # noqa: SLF001  where Django keeps it
    return asked
