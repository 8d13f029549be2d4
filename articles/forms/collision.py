"""A save that meets another one: the piece has been saved since its form was opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from articles import snapshots
from articles.forms.contents import TIMES, as_rows, field_of, moment, typed
from articles.merging import Merge, merge
from articles.models import Article, Revision
from articles.snapshots import Content, essence
from newsroom.lib.dates import spoken

CHOICE = "choice-"  # of a clash, by its key
AGAINST = "against"  # the version that the choices were made for
WAS = "was-"  # a time as it stood when the form was opened
TOGETHER = {"tags", "kicker"}  # the one must hold the other


@dataclass(frozen=True)
class Collision:
    """`mine` was made of `version`, and so was what `saved` has saved last, if anybody has."""

    version: int
    mine: Content
    saved: Revision | None
    merge: Merge

    @property
    def sentence(self) -> str:
        who, when = self.who_and_when()
        return (
            f"{who} saved this piece {when}, after you had opened it, and changed some of what "
            "you have changed, too. Nothing of yours is stored yet, and nothing is lost."
        )

    @property
    def told(self) -> str:
        """What came in from others without a question, in a sentence; "" for nothing."""
        if not self.merge.taken:
            return ""
        who, when = self.who_and_when()
        labels = snapshots.LABELS | TIMES
        names = ", ".join(labels[name].lower() for name in self.merge.taken)
        return f"Merged with what {who} saved {when}: {names}."

    def who_and_when(self) -> tuple[str, str]:
        if self.saved is None:
            return "Somebody", "meanwhile"
        return str(self.saved.by or "Somebody"), spoken(self.saved.at)


def meet(form: Any) -> Collision:
    """Merge what was typed, which is valid so far, with what is stored; at most 15 queries.

    The form has the merged values then, and its own ones where somebody must choose.
    """
    article, cleaned = form.instance, form.cleaned_data
    saved = last_saved(article)
    theirs = stored(article, saved) | {name: moment(form.initial.get(name)) for name in TIMES}
    base = ancestor(article, cleaned.get("version"), theirs)
    mine = typed(cleaned, base, theirs)
    for name in TIMES:
        base[name] = form.data.get(WAS + name)
        mine[name] = moment(cleaned[name]) if name in cleaned else theirs[name]
    merged = merge(base, theirs, mine, choices_in(form.data, article))
    if not has_its_kicker(merged.content):
        merged = merge(base, theirs, mine, merged.choices, contested=TOGETHER)
    take_over(form, merged, theirs)
    return Collision(cleaned.get("version") or 0, mine, saved, merged)


def last_saved(article: Article) -> Revision | None:
    return article.revisions.saved().select_related("by").newest_first().first()


def stored(article: Article, saved: Revision | None) -> Content:
    return dict(saved.content) if saved else snapshots.stored([article])[article.pk]


def ancestor(article: Article, version: int | None, theirs: Content) -> Content:
    """What both began with; {} if the form does not say so.

    Before the first revision nobody had changed what it holds.
    """
    if version is None or version > article.version:
        return {}
    saved = article.revisions.saved()
    first = saved.order_by("version").values_list("content", flat=True)
    return dict(saved.content_at(version) or first.first() or theirs)


def choices_in(data: Mapping[str, str], article: Article) -> dict[str, str]:
    """By the key of a clash; none if somebody has saved again since."""
    if data.get(AGAINST) != str(article.version):
        return {}
    return {key.removeprefix(CHOICE): data[key] for key in data if key.startswith(CHOICE)}


def has_its_kicker(content: Content) -> bool:
    tags = {tag.casefold() for tag in content["tags"]}
    return not content["kicker"] or content["kicker"].casefold() in tags


def take_over(form: Any, merged: Merge, theirs: Content) -> None:
    for name in {*merged.taken, *(clash.name for clash in merged.clashes)}:
        field = field_of(name)
        if field in form.cleaned_data:
            form.cleaned_data[field] = value(form, name, merged.content[name], theirs)


def value(form: Any, name: str, content: Any, theirs: Content) -> Any:
    """What the form holds for the merged `content` of a part."""
    field = field_of(name)
    if name in {"bylines", "related"}:
        return as_rows(name, content, form.initial[field], form.cleaned_data[field])
    is_theirs = essence(name, content) == essence(name, theirs[name])
    if name in TIMES:
        return form.initial[field] if is_theirs else form.cleaned_data[field]
    if name == "photo" or name in snapshots.REFERENCES:
        return getattr(form.instance, name) if is_theirs else form.cleaned_data[field]
    return content
