"""Kept texts in the writing screen: what each changes, and which one is offered."""

import copy
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

from articles import comparing, snapshots
from articles.admin.typed import user_of
from articles.comparing import Difference
from articles.forms.collision import ancestor, last_saved, stored
from articles.forms.contents import typed
from articles.models import Article, Autosave
from articles.services import keeping

N_LOOKED_AT = 20  # texts of one form, each in some 8 queries, until one says something new


@dataclass(frozen=True)
class Offer:
    """A kept text, and what it changes of that on which it was typed."""

    kept: Autosave
    differences: list[Difference]


def asked_for(request: HttpRequest, article: Article | None) -> Autosave | None:
    """The text that ?kept= names, if it is this person's and belongs into this form."""
    pk = request.GET.get("kept", "")
    if request.method != "GET" or not (pk.isdecimal() and len(pk) < 19):
        return None
    return Autosave.objects.filter(pk=pk, user=user_of(request), article=article).first()


def beside(request: HttpRequest, article: Article | None, kept: Autosave | None) -> dict[str, Any]:
    """What the writing screen needs to keep what is typed, and to offer what was.

    kept: the text that is in it already.
    """
    opened = keeping.opened_for(user_of(request), article, kept)
    is_fresh = request.method != "POST" and not kept
    return {
        "kept": kept,
        "opened": request.POST.get("opened") or opened.token,
        "offer": offer(request, article) if is_fresh else None,
    }


def offer(request: HttpRequest, article: Article | None) -> Offer | None:
    """The newest text that somebody typed here, did not save, and has not refused.

    1 query where there is none.
    """
    for kept in Autosave.objects.offered(user_of(request), article)[:N_LOOKED_AT]:
        if found := differences(request, kept, article):
            return Offer(kept, found)
    return None


def differences(request: HttpRequest, kept: Autosave, article: Article | None) -> list[Difference]:
    """What was typed and is not stored, field by field; also what could not be saved as it is."""
    data = MultiValueDict(kept.typed)
    version = kept.said("version")
    data["version"] = str(article.version) if article else ""  # it collides when it is saved
    desk: Any = admin.site.get_model_admin(Article)
    form = desk.get_form(request, article)(data, instance=copy.copy(article))
    form.is_valid()
    now = stored(article, last_saved(article)) if article else snapshots.nothing()
    known = ancestor(article, int(version), now) if article and version.isdecimal() else {}
    base = known or now
    mine = typed(form.cleaned_data, base, now)
    new = set(snapshots.changed(base, mine)) & set(snapshots.changed(now, mine))
    shown = [comparing.difference(name, base.get(name), mine[name]) for name in mine if name in new]
    wrong = [as_typed(form, data, name) for name in form.errors if name in form.fields]
    return shown + [one for one in wrong if one.html or base.get(one.name)]


def as_typed(form: Any, data: MultiValueDict, name: str) -> Difference:
    """What stands in a field that needs another look before it can be saved."""
    keys = [key for key in data if key == name or key.startswith(f"{name}-")]
    parts = [value for key in keys for value in data.getlist(key) if value.strip()]
    return Difference(name, form.fields[name].label or name.capitalize(), ", ".join(parts))
