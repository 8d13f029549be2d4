"""What an editor's browser sends from the desk's forms."""

from typing import Any

from django.test import Client
from django.urls import reverse

from articles.models import Article
from newsroom.models import User
from tests.factories import make_section, make_user

ADD = "/admin/articles/article/add/"


def change(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def logged_in(user: User | None = None, role: str = "editor") -> Client:
    client = Client()
    client.force_login(user or make_user(role))
    return client


def typed(article: Article | None = None, **fields: Any) -> dict[str, Any]:
    """The writing screen's fields as they stand, or of a new and complete piece; with changes."""
    form: dict[str, Any] = {
        "version": article.version if article else "",
        "headline": article.headline if article else "A headline",
        "deck": article.deck if article else "What it says.",
        "body": article.body if article else "<p>First.</p><p>Second.</p>",
        "slug": article.slug if article else "",
        "section": (article.section_id if article else make_section("Europe").pk) or "",
        "format": (article.format_id if article else "") or "",
        "series": (article.series_id if article else "") or "",
        "photo": (article.photo_id if article else "") or "",
        "photo_caption": article.photo_caption if article else "",
        "teaser_paragraphs": article.teaser_paragraphs if article else 1,
        "tag_list": ", ".join(tag.name for tag in article.tags.all()) if article else "",
        "kicker_name": article.kicker.name if article and article.kicker else "",
    }
    bylines = article.bylines.select_related("contributor") if article else []
    form |= rows(
        "bylines", contributor=[b.contributor for b in bylines], role=[b.role for b in bylines]
    )
    return form | fields


def rows(name: str, **columns: list[Any]) -> dict[str, list[str]]:
    """Parallel lists of a field of rows; a model instance is sent as name and id."""
    sent: dict[str, list[str]] = {}
    for column, values in columns.items():
        if column in {"contributor", "article"}:
            sent[f"{name}-{column}_0"] = [str(value) for value in values]
            sent[f"{name}-{column}_1"] = [str(getattr(value, "pk", "")) for value in values]
        elif column == "at":
            sent[f"{name}-at_0"] = [value[0] for value in values]
            sent[f"{name}-at_1"] = [value[1] for value in values]
        else:
            sent[f"{name}-{column}"] = list(values)
    return sent
