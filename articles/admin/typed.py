"""What came in from the writing screen."""

from typing import Any, cast

from django.http import HttpRequest

from articles import services
from articles.models import Article
from newsroom.models import User


def user_of(request: HttpRequest) -> User:
    return cast("User", request.user)  # admin_view lets nobody else in


def belongings(cleaned: dict[str, Any]) -> services.Belongings:
    return services.Belongings(
        tags=cleaned["tag_list"],
        kicker=cleaned["kicker_name"],
        bylines=[(row["contributor"], row["role"]) for row in cleaned["bylines"]],
        related=[row["article"] for row in cleaned["related_links"]],
    )


def times(cleaned: dict[str, Any], article: Article) -> dict[str, Any]:
    """When a piece shall appear and go; as it is for those who may not say so."""
    return {
        "planned": cleaned.get("publish_at", article.published_at),
        "until": cleaned.get("published_until", article.published_until),
    }
