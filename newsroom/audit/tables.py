"""The tables that the audit knows, as models and in words."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

# What people look for, in the order in which it is offered.
KINDS = [
    "articles.article",
    "articles.photo",
    "articles.tag",
    "articles.tagmerge",
    "articles.section",
    "articles.format",
    "articles.series",
    "articles.contributor",
    "articles.spelling",
    "articles.page",
    "articles.topicbox",
    "articles.frontpage",
    "articles.partnerfeed",
    "newsroom.user",
    "auth.group",
    "newsroom.publication",
]
# What hangs on them, with the fields that say on what, and what it is if that is a row as well.
PARTS = {
    "articles.taggedarticle": ("content_object", "tag"),
    "articles.byline": ("article", "contributor"),
    "articles.relatedlink": ("article", "to_article"),
    "articles.notice": ("article", ""),
    "articles.previewlink": ("article", ""),
    "articles.tagalias": ("tag", ""),
    "articles.topicboxpin": ("box", "article"),
    "articles.frontpagepick": ("front_page", "article"),
    "articles.partnerfeed_sections": ("partnerfeed", "section"),
    "articles.partnerfeed_formats": ("partnerfeed", "format"),
    "articles.partnerfeed_series": ("partnerfeed", "series"),
    "articles.partnerfeed_tags": ("partnerfeed", "tag"),
    "newsroom.sociallink": ("publication", ""),
    "newsroom.user_groups": ("user", "group"),
    "newsroom.user_user_permissions": ("user", "permission"),
    "auth.group_permissions": ("group", "permission"),
}
WORDS = {
    "articles.article": "piece",
    "articles.partnerfeed_formats": "format",
    "articles.partnerfeed_sections": "section",
    "articles.partnerfeed_series": "series",
    "articles.partnerfeed_tags": "tag",
    "articles.tagalias": "other name",
    "articles.taggedarticle": "tag",
    "articles.tagmerge": "merge of tags",
    "articles.topicboxpin": "pinned piece",
    "auth.group": "role",
    "auth.group_permissions": "permission",
    "newsroom.user": "account",
    "newsroom.user_groups": "role",
    "newsroom.user_user_permissions": "permission",
}


def kinds() -> dict[str, str]:
    """What can be looked for: tables with their words, in the order of KINDS."""
    return {table_of(name): word(table_of(name)) for name in KINDS}


@cache
def model_of(table: str) -> Any:
    """None for a table that is no more."""
    every = apps.get_models(include_auto_created=True)
    return next((model for model in every if options(model).db_table == table), None)


def options(model: type[models.Model]) -> Any:
    return model._meta  # noqa: SLF001  # public, whatever it is called


def table_of(label: str) -> str:
    return str(options(apps.get_model(label)).db_table)


def word(table: str) -> str:
    """What people call one row of it."""
    if model := model_of(table):
        return WORDS.get(options(model).label_lower, str(options(model).verbose_name))
    return table


def column_of(table: str, name: str) -> Any:
    """The field that is stored in this column; None for one that is no more."""
    model = model_of(table)
    fields = options(model).concrete_fields if model else []
    return next((field for field in fields if field.column == name), None)


def in_order(table: str, names: Iterable[str]) -> list[str]:
    """Columns as the model has them, those that are no more at the end."""
    model = model_of(table)
    places = [field.column for field in options(model).concrete_fields] if model else []
    return sorted(
        set(names), key=lambda name: places.index(name) if name in places else len(places)
    )


def references(table: str) -> dict[str, Any]:
    """The models that its columns refer to, by column."""
    model = model_of(table)
    fields = options(model).concrete_fields if model else []
    return {field.column: field.related_model for field in fields if field.is_relation}


def owner(part: str) -> str:
    """The column of a part that says on what it hangs; "" if nobody knows any more."""
    return fields_of(part)[0]


def subject(part: str) -> str:
    """The column of a part that says what hangs there; "" for a part that says so in words."""
    return fields_of(part)[1]


def fields_of(part: str) -> tuple[str, str]:
    model = model_of(part)
    names = PARTS.get(options(model).label_lower, ("", "")) if model else ("", "")
    owner, subject = (str(options(model).get_field(name).column) if name else "" for name in names)
    return owner, subject
