"""Corrections and updates on what readers see."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from articles.models import PLACES, Article, Notice
from articles.services.publishing import NotAllowed, NoteMissing
from newsroom.models import User


class NotPublic(Exception):
    """Readers do not see this piece, so there is nothing to tell them; str() says so."""


class Superseded(Exception):
    """Another notice has taken the place of this one already; str() says so."""


@transaction.atomic
def correct(  # noqa: PLR0913  keyword-only
    article: Article,
    *,
    kind: str,
    text: str,
    reason: str,
    by: User | None,
    at: datetime | None = None,
    place: str = "",
    supersedes: Notice | None = None,
) -> Notice:
    """Put a notice on `article`, for good; in the place of `supersedes`, if that is given.

    reason: for the desk. by: None is the system itself. at: default now. place: default its kind's.
    Raises NotAllowed, NoteMissing without a reason, NotPublic, Superseded.
    """
    if by and not by.has_perm("articles.add_notice"):
        raise NotAllowed("You may not correct pieces.")
    if not reason.strip():
        raise NoteMissing("Say why; the log will need it.")
    now = timezone.now()
    if not Article.objects.select_for_update().public(now).filter(pk=article.pk).exists():
        raise NotPublic("Readers do not see this piece; just mend its text.")
    if supersedes and not article.notices.standing().filter(pk=supersedes.pk).exists():
        raise Superseded("Another notice has taken the place of this one already.")
    return Notice.objects.create(
        article=article,
        kind=kind,
        text=text,
        place=place or PLACES[Notice.Kind(kind)],
        at=at or now,
        supersedes=supersedes,
        reason=reason.strip(),
        by=by,
    )
