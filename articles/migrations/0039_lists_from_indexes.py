from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

NEWEST = ["-published_at", "-id"]
BYLINES = ["contributor", "-public_from", "-article"]
TAGS = ["tag", "-public_from", "-content_object"]
TIMES = ["public_from", "public_until"]
FORMER = {
    "articles_article_newest": "article",
    "articles_article_in_section": "article",
    "articles_article_in_series": "article",
    "articles_taggedarticle_of_tag": "taggedarticle",
}


def index(
    model: str, name: str, *fields: str, include: list[str], **more: Any
) -> AddIndexConcurrently:
    name = f"articles_{model}_{name}"
    index = models.Index(fields=fields, include=include, name=name, **more)
    return AddIndexConcurrently(model_name=model, index=index)


class Migration(migrations.Migration):
    atomic = False  # a large archive is not locked meanwhile

    dependencies = [("articles", "0038_listed_before")]

    operations = [
        index("article", "latest", "status", *NEWEST, include=["published_until"]),
        index("article", "of_section", "section", *NEWEST, include=["status", "published_until"]),
        index("article", "of_series", "series", *NEWEST, include=["status", "published_until"]),
        index("byline", "newest", *BYLINES, include=["public_until"]),
        index("taggedarticle", "newest", *TAGS, include=["public_until"]),
        index("notice", "newest", "-at", "-id", include=TIMES, condition=~Q(kind="update")),
        *[RemoveIndexConcurrently(model_name=model, name=name) for name, model in FORMER.items()],
    ]
