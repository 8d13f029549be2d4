"""Texts that are typed and not saved yet: kept for whoever typed them, and for nobody else."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import QueryDict

from articles.models import Article, Autosave
from newsroom.lib.tokens import Purpose
from newsroom.models import User

OPENED = Purpose("opened", timedelta(days=30))
NOT_TYPED = {"csrfmiddlewaretoken", "opened", "against"}
BUTTONS = ("_", "choice-")  # how the names of buttons and of choices begin


@dataclass(frozen=True)
class Opened:
    """A form that we have opened for somebody: whose it is, of which piece, and its key.

    Its token in the form shows that this person might write there then. So it is enough to keep
    what was typed, for its owner, whoever is logged in by now, if anybody is.
    """

    user_id: int
    article_id: int | None
    key: str

    @property
    def token(self) -> str:
        return OPENED.sign(f"{self.user_id}-{self.article_id or 0}-{self.key}")


def opened_for(user: User, article: Article | None) -> Opened:
    return Opened(user.pk, article.pk if article else None, secrets.token_hex(8))


def opened_in(posted: QueryDict) -> Opened | None:
    """The form that `posted` comes from; None if we did not open it."""
    value = OPENED.read(posted.get("opened", ""))
    if value is None:
        return None
    user_id, article_id, key = value.split("-")
    return Opened(int(user_id), int(article_id) or None, key)


def keep(opened: Opened, posted: QueryDict, *, at: datetime) -> int:
    """Keep what was typed into the form, in the place of what was before; the id of its row.

    1 query, safe to repeat.
    """
    typed = {
        without_nul(name): [without_nul(value) for value in values]
        for name, values in posted.lists()
        if name not in NOT_TYPED and not name.startswith(BUTTONS)
    }
    return Autosave.objects.keep(
        at, user_id=opened.user_id, article_id=opened.article_id, key=opened.key, typed=typed
    )


def without_nul(text: str) -> str:
    """As PostgreSQL can keep it."""
    return text.replace("\x00", "")


def take_up(kept: Autosave, opened: Opened) -> None:
    """`kept` goes on in this form; the one that it was typed into keeps another text from now on.

    It stays there if it has changed since it was read. 1 query.
    """
    Autosave.objects.filter(pk=kept.pk, saved_at=kept.saved_at).update(key=opened.key)


def saved(posted: QueryDict, *, by: User) -> None:
    """What was typed into this form is saved now and needs no keeping; 1 query."""
    opened = opened_in(posted)
    if opened:
        Autosave.objects.filter(user=by, key=opened.key).delete()


def refuse(kept: Autosave, *, at: datetime) -> None:
    """Do not offer it any more; it stays for `REFUSED_FOR`."""
    Autosave.objects.filter(pk=kept.pk, refused_at=None).update(refused_at=at)
