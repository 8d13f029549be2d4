"""How pieces, contributors, tags and photos are chosen."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, Q

from articles import photos
from articles.models import Article, Contributor, Photo, Tag, TagAlias
from newsroom.lib.forms import NamedField
from newsroom.lib.forms.named import NamedWidget

MAX_TAGS = 40  # far more than a reader can use; keeps a pasted text from becoming topics


def like_contributor(typed: str) -> Q:
    return Q(name__iexact=typed) | Q(slug=typed)


def like_article(typed: str) -> Q:
    """The headline, or the address as copied from the browser."""
    return Q(headline__iexact=typed) | Q(slug=typed.rstrip("/").rsplit("/", 1)[-1])


class ContributorField(NamedField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            Contributor.objects.all,
            source="articles.byline.contributor",
            like=like_contributor,
            noun="contributor",
            placeholder="Name",
            **kwargs,
        )


class ArticleInput(NamedWidget):
    """With the picture of the piece that is stored."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        photo = value.photo if isinstance(value, Article) else None
        context["picture"] = photos.thumbnail(photo) if photo else ""
        context["has_picture"] = True
        return context


class ArticleField(NamedField):
    widget_class = ArticleInput

    def __init__(self, *, source: str, **kwargs: Any) -> None:
        super().__init__(
            lambda: Article.objects.select_related("photo").defer("body"),
            source=source,
            like=like_article,
            noun="piece",
            placeholder="Headline or address",
            **kwargs,
        )


def like_tag(typed: str) -> Q:
    """Its own name, or else another one."""
    own = Q(name__iexact=typed)
    other = Q(
        ~Exists(Tag.objects.filter(own)), pk__in=TagAlias.objects.named([typed]).values("tag")
    )
    return own | other


class TagField(NamedField):
    def __init__(self, *, source: str, **kwargs: Any) -> None:
        super().__init__(
            Tag.objects.all,
            source=source,
            like=like_tag,
            noun="tag",
            **kwargs,
        )


class NameListField(forms.CharField):
    """Names between commas; the same name in other capitals counts once."""

    def clean(self, value: Any) -> list[str]:
        names: dict[str, str] = {}
        for part in super().clean(value).split(","):
            name = " ".join(part.split())
            if name:
                names.setdefault(name.casefold(), name)
        too_long = [name for name in names.values() if len(name) > 100]
        if too_long:
            raise ValidationError(f"“{too_long[0][:60]}…” is too long for a tag.")
        if len(names) > MAX_TAGS:
            raise ValidationError(f"A piece may have {MAX_TAGS} tags; these are {len(names)}.")
        return list(names.values())


class TagListField(NameListField):
    """With tags' own names for their other ones; 1 query."""

    def clean(self, value: Any) -> list[str]:
        return TagAlias.objects.resolved(super().clean(value))


class PhotoInput(forms.NumberInput):
    """The photo as a picture, with the library one click away; its number without JavaScript."""

    template_name = "admin/articles/photo/input.html"

    class Media:
        js = [forms.Script("js/admin/photo-input.js", type="module")]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        wanted = str(value or "")
        known = wanted.isdecimal() and len(wanted) < 19
        photo = Photo.objects.filter(pk=wanted).first() if known else None
        context["photo"] = photo
        context["thumbnail"] = photos.thumbnail(photo) if photo else ""
        return context


class PhotoField(forms.ModelChoiceField):
    widget = PhotoInput
    default_error_messages = {"invalid_choice": "This photo is not in the library."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Photo.objects.all(), required=False, **kwargs)
