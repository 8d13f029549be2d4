"""What the desk's templates say about moments and pieces."""

from datetime import datetime
from typing import Any

from django import template

from articles import photos
from articles.admin.state import State, state_of
from articles.models import Article, Photo, Transition
from articles.workflow import told
from newsroom.lib.dates import spoken as spoken_date

register = template.Library()


@register.filter
def spoken(moment: datetime) -> str:
    return spoken_date(moment)


@register.filter
def state(article: Article) -> State:
    return state_of(article)


@register.filter
def step_told(entry: Transition) -> str:
    return told(entry)


@register.filter
def thumbnail(photo: Photo) -> str:
    return photos.thumbnail(photo)


@register.filter
def of(values: dict[str, Any], name: str) -> Any:
    """The value under `name`, None if there is none."""
    return values.get(name)
