"""Texts that are typed and not saved yet: kept for whoever typed them, and for nobody else."""

import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from django.db.models import Q, QuerySet
from django.http import QueryDict

from articles.models import Article, Autosave
from newsroom.lib.tokens import Purpose
from newsroom.models import User

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
OPENED = Purpose("opened", timedelta(days=30))
NOT_TYPED = {"csrfmiddlewaretoken", "opened", "against"}
BUTTONS = ("_", "choice-")  # how the names of buttons and of choices begin


@dataclass(frozen=True)
class Opened:
    """A form that we have opened for somebody: whose it is, of which piece, and its key.

    Its token in the form shows that this person might write there then. So it is enough to keep
    what was typed, for its owner, whoever is logged in by now, if anybody is.

    kept_id, kept_at: of the text that it goes on with, and when that was saved, in microseconds.
    """

    user_id: int
    article_id: int | None
    key: str
    kept_id: int = 0
    kept_at: int = 0

    @property
    def token(self) -> str:
        parts = [self.user_id, self.article_id or 0, self.key, self.kept_id, self.kept_at]
        return OPENED.sign("-".join(map(str, parts)))

    def own(self) -> QuerySet[Autosave]:
        """What is kept of it, and what it goes on with unless another form has changed that."""
        moment = EPOCH + timedelta(microseconds=self.kept_at)
        of_here = Q(key=self.key) | Q(pk=self.kept_id, saved_at=moment)
        return Autosave.objects.filter(of_here, user=self.user_id)


def opened_for(user: User, article: Article | None, kept: Autosave | None = None) -> Opened:
    """kept: a text that it goes on with."""
    opened = Opened(user.pk, article.pk if article else None, secrets.token_hex(8))
    if kept is None:
        return opened
    kept_at = (kept.saved_at - EPOCH) // timedelta(microseconds=1)
    return replace(opened, kept_id=kept.pk, kept_at=kept_at)


def opened_in(posted: QueryDict) -> Opened | None:
    """The form that `posted` comes from; None if we did not open it."""
    value = OPENED.read(posted.get("opened", ""))
    if value is None:
        return None
    user_id, article_id, key, *kept = value.split("-")
    return Opened(int(user_id), int(article_id) or None, key, *map(int, kept))


def keep(opened: Opened, posted: QueryDict, *, at: datetime) -> int:
    """Keep what was typed into the form, in the place of what was before; the id of its row.

    1 query, 2 if it goes on with another one; safe to repeat.
    """
    typed = {
        without_nul(name): [without_nul(value) for value in values]
        for name, values in posted.lists()
        if name not in NOT_TYPED and not name.startswith(BUTTONS)
    }
    if opened.kept_id:
        opened.own().update(key=opened.key)
    return Autosave.objects.keep(
        at, user_id=opened.user_id, article_id=opened.article_id, key=opened.key, typed=typed
    )


def without_nul(text: str) -> str:
    """As PostgreSQL can keep it."""
    return text.replace("\x00", "")


def saved(posted: QueryDict, *, by: User) -> None:
    """What was typed into this form is saved now and needs no keeping; 1 query."""
    opened = opened_in(posted)
    if opened:
        opened.own().filter(user=by).delete()


def refuse(kept: Autosave, *, at: datetime) -> None:
    """Do not offer it any more; it stays for `REFUSED_FOR`."""
    Autosave.objects.filter(pk=kept.pk, refused_at=None).update(refused_at=at)
