"""A piece as others may take it: plain HTML and plain text, with our name on it."""

from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe

from articles import content, elsewhere
from articles.models import Article, Photo
from newsroom.lib import html


@dataclass(frozen=True)
class Copy:
    """`n_left_out` pictures stand on our page and may not be taken."""

    html: str
    text: str
    n_left_out: int


def copy_of(article: Article, publication: str, at: datetime) -> Copy:
    """Of a piece out of for_copy(), as it is at that moment; 1 query if it has photos inside."""
    photos = content.photos_in(article.body)
    if article.photo:
        photos[article.photo.pk] = article.photo
    shown = elsewhere.shown(photos, timezone.localdate(at))
    free = {pk: photo for pk, photo in shown.items() if photo.may_republish}
    return Copy(
        html=written(article, publication, free),
        text=html.plain(written(article, publication, {})),
        n_left_out=len(shown) - len(free),
    )


def written(article: Article, publication: str, photos: dict[int, Photo]) -> str:
    """The piece with its headline and names, and at the end where it comes from, and as of when."""
    source = elsewhere.Source(publication, is_all=True)
    text = elsewhere.text(article, article.body, photos, source)
    context = {
        "article": article,
        "address": elsewhere.absolute(article.get_absolute_url()),
        "publication": publication,
        "text": mark_safe(text),  # noqa: S308  a template's, of a clean body
    }
    return render_to_string("articles/republish_copy.html", context).strip()
