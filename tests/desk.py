"""What an editor's browser sends from the desk's forms."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string

from articles.models import Article
from newsroom.models import User
from tests.factories import make_contributor, make_photo, make_section, make_user

SEARCH = ["search_title", "search_description", "social_title", "canonical_url", "licence"]
TICKED = ["is_without_appeals", "is_noindex", "may_republish"]
ADD = "/admin/articles/article/add/"


def change(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def logged_in(user: User | None = None, role: str = "editor") -> Client:
    """With a session such as a login makes, in one statement; `force_login` takes fifteen."""
    user = user or make_user(role)
    who = {
        auth.SESSION_KEY: str(user.pk),
        auth.BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        auth.HASH_SESSION_KEY: user.get_session_auth_hash(),
    }
    session = Session.objects.create(
        session_key=get_random_string(32).lower(),
        session_data=Session.objects.encode(who),
        expire_date=timezone.now() + timedelta(hours=1),
    )
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
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
        **{name: getattr(article, name) if article else "" for name in SEARCH},
        **{name: "on" for name in TICKED if getattr(article or Article(), name)},
        "tag_list": ", ".join(tag.name for tag in article.tags.all()) if article else "",
        "kicker_name": article.kicker.name if article and article.kicker else "",
    }
    bylines = article.bylines.select_related("contributor") if article else []
    form |= rows(
        "bylines", contributor=[b.contributor for b in bylines], role=[b.role for b in bylines]
    )
    return form | fields


def ready(**fields: Any) -> dict[str, Any]:
    """The fields of a new piece that nothing holds back from readers; with changes."""
    author, photo = make_contributor(), make_photo()
    lasting = {"photo": photo.pk, "tag_list": "diplomacy", "kicker_name": "diplomacy"}
    return typed(**{**lasting, **rows("bylines", contributor=[author], role=[""]), **fields})


def rows(name: str, **columns: list[Any]) -> dict[str, list[str]]:
    """Parallel lists of a field of rows; a model instance is sent as name and id."""
    sent: dict[str, list[str]] = {}
    for column, values in columns.items():
        if column in {"contributor", "article"}:
            sent[f"{name}-{column}_0"] = [str(value) for value in values]
            sent[f"{name}-{column}_1"] = [str(getattr(value, "pk", "")) for value in values]
        else:
            sent[f"{name}-{column}"] = list(values)
    return sent
