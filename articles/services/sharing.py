"""Links that show a draft without a login."""

from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from articles.models import Article, PreviewLink, Revision
from articles.services import revising
from newsroom.models import User

DAYS = 7  # how long a link lives unless somebody says otherwise
MAX_DAYS = 60


def share(
    article: Article,
    *,
    by: User,
    days: int = DAYS,
    is_frozen: bool = False,
    for_whom: str = "",
) -> PreviewLink:
    """A new link to the latest text of `article`, or for good to the one that is saved now."""
    revision: Revision | None = None
    if is_frozen:
        revising.begin([article])
        revision = article.revisions.saved().newest_first().first()
    return PreviewLink.objects.create(
        article=article,
        revision=revision,
        for_whom=for_whom,
        created_by=by,
        expires_at=timezone.now() + timedelta(days=days),
    )


def revoke(link: PreviewLink, *, at: datetime | None = None) -> bool:
    """End `link` now. Returns False if it was revoked before."""
    live = PreviewLink.objects.filter(pk=link.pk, revoked_at=None)
    return bool(live.update(revoked_at=at or timezone.now()))


def end_all(article: Article, *, at: datetime) -> None:
    PreviewLink.objects.filter(article=article, revoked_at=None).update(revoked_at=at)


def count_view(link: PreviewLink, *, at: datetime) -> None:
    PreviewLink.objects.filter(pk=link.pk).update(n_views=F("n_views") + 1, viewed_at=at)
