"""The writing screen's form: everything about a piece but its state."""

from typing import Any, cast

from django import forms
from django.forms.utils import ErrorDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from articles import checklist
from articles.checklist import Level, Piece
from articles.forms.collision import WAS, Collision, meet
from articles.forms.contents import TIMES, moment, typed
from articles.forms.fields import PhotoField, TagListField
from articles.forms.rich_text import RichText
from articles.forms.rows import BylineRow, RelatedRow
from articles.forms.times import TimesForm
from articles.models import Article, Autosave, Byline, TagAlias
from newsroom.lib import html
from newsroom.lib.forms import RowsField
from newsroom.lib.forms.named import completions
from newsroom.lib.slugs import slug_from
from newsroom.models import User

TAG_SOURCE = "articles.taggedarticle.tag"
KNOWN = "Readers know this address. If you change it, the old one leads to the new one."
EMPTY_LABELS = {"section": "Choose a section", "format": "None", "series": "None"}
SCRIPTS = "checklist lengths grow tags kicker word-count publish-button unsaved autosave presence"
SCRIPTS += " bar-height"
SHEETS = "writing steps checklist length keeping differences"


class ArticleForm(forms.ModelForm, TimesForm):
    """`user` and `action` are set by the desk: who saves, and which step was asked for."""

    user: User
    action = ""
    kept: Autosave | None = None  # a text to go on with, which nobody judges before it is saved

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    slug = forms.CharField(
        max_length=100,
        required=False,
        help_text="Empty: made from the headline.",
        error_messages={"unique": "Another piece has this address."},
    )
    tag_list = TagListField(label="Tags", required=False, help_text="Separated by commas.")
    kicker_name = forms.CharField(label="Kicker", required=False, widget=forms.Select)
    photo = PhotoField(label="Lead photo")
    bylines = RowsField(BylineRow, noun="name", label="Byline")
    related_links = RowsField(RelatedRow, noun="piece", label="Related pieces")

    class Media:
        css = {"all": [f"css/admin/{name}.css" for name in SHEETS.split()]}
        js = [forms.Script(f"js/admin/{name}.js", type="module") for name in SCRIPTS.split()]

    class Meta:
        model = Article
        fields = [
            "headline",
            "deck",
            "body",
            "slug",
            "section",
            "format",
            "series",
            "photo",
            "photo_caption",
            "teaser_paragraphs",
            "is_without_appeals",
            "search_title",
            "search_description",
            "social_title",
            "canonical_url",
            "is_noindex",
            "may_republish",
            "licence",
        ]
        widgets = {
            "headline": forms.Textarea({"rows": 1, "placeholder": "Headline", "data-grow": ""}),
            "deck": forms.Textarea({"rows": 1, "placeholder": "One sentence", "data-grow": ""}),
            "body": RichText,
            "photo_caption": forms.Textarea({"rows": 2}),
            "search_description": forms.Textarea({"rows": 3}),
        }

        error_messages = {"headline": {"required": "Write a headline."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if self.kept and not args:
            kwargs["data"] = MultiValueDict(self.kept.typed)
        super().__init__(*args, **kwargs)
        for name, empty in EMPTY_LABELS.items():
            cast("forms.ModelChoiceField", self.fields[name]).empty_label = empty
        self.collision: Collision | None = None
        self.initial = {**self.initial, **(self.stored() if self.instance.pk else {})}
        for name in ("bylines", "related_links"):
            cast("RowsField", self.fields[name]).known = self.initial.get(name, [])
        may_publish = self.user.has_perm("articles.publish_article")
        if self.instance.published_on:
            self.fields["slug"].disabled = not may_publish
            self.fields["slug"].help_text = KNOWN if may_publish else "Fixed: readers know it."
        self.keep_what_may_move(self.instance, may_publish=may_publish)
        self.fields["tag_list"].widget.attrs["data-tags"] = completions(TAG_SOURCE)
        kicker = self.fields["kicker_name"].widget
        kicker.attrs["data-follows"] = "id_tag_list"
        kicker.choices = [("", "None"), *((name, name) for name in self.tags_now())]

    def stored(self) -> dict[str, Any]:
        """What the database holds of the fields that are not plain columns."""
        article = self.instance
        bylines = Byline.objects.filter(article=article).select_related("contributor")
        related = article.related_links.select_related("to_article__photo")
        related = related.defer("to_article__body")
        is_ahead = article.published_at and article.published_at > timezone.now()
        return {
            "version": article.version,
            "tag_list": ", ".join(tag.name for tag in article.tags.all()),
            "kicker_name": article.kicker.name if article.kicker else "",
            "bylines": [{"contributor": b.contributor, "role": b.role} for b in bylines],
            "related_links": [{"article": link.to_article} for link in related],
            "publish_at": article.published_at if is_ahead else None,
            "published_until": article.published_until,
        }

    @property
    def times_then(self) -> dict[str, str]:
        """The times as the form was opened with them."""
        if self.is_bound:
            return {name: self.data.get(WAS + name, "") for name in TIMES}
        return {name: moment(self.initial.get(name)) for name in TIMES}

    def tags_now(self) -> list[str]:
        typed = self.data.get("tag_list") if self.is_bound else self.initial.get("tag_list")
        return [name.strip() for name in (typed or "").split(",") if name.strip()]

    def full_clean(self) -> None:
        super().full_clean()
        if self.kept:
            self._errors = ErrorDict()

    def _get_validation_exclusions(self) -> set[str]:
        """The fields of the form have looked up what the row refers to; once is enough."""
        references = {"section", "format", "series", "photo"}
        return cast("set[str]", super()._get_validation_exclusions()) | references  # type: ignore[misc]

    def clean_headline(self) -> str:
        return " ".join(self.cleaned_data["headline"].split())

    def clean_deck(self) -> str:
        return " ".join(self.cleaned_data["deck"].split())

    def clean_photo_caption(self) -> str:
        return " ".join(self.cleaned_data["photo_caption"].split())

    def clean_body(self) -> str:
        try:
            return html.clean(self.cleaned_data["body"])
        except html.TooLong as error:
            raise forms.ValidationError(str(error)) from error

    def clean_slug(self) -> str:
        typed: str = self.cleaned_data["slug"]
        if self.fields["slug"].disabled:
            return typed
        slug = slug_from(typed)
        if not typed.strip() and self.instance.published_on:
            return str(self.instance.slug)
        if typed.strip() and not slug:
            raise forms.ValidationError(
                f"Nothing of “{typed}” can stand in an address; leave it empty instead."
            )
        return slug

    def clean_bylines(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.cleaned_data["bylines"]
        if len({(row["contributor"].pk, row["role"]) for row in rows}) < len(rows):
            raise forms.ValidationError("A name stands in the byline twice.")
        return rows

    def clean_related_links(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.cleaned_data["related_links"]
        chosen = [row["article"].pk for row in rows]
        if self.instance.pk in chosen:
            raise forms.ValidationError("A piece cannot be related to itself.")
        if len(set(chosen)) < len(chosen):
            raise forms.ValidationError("A piece is related twice.")
        return rows

    def clean_kicker_name(self) -> str:
        typed: str = self.cleaned_data["kicker_name"]
        if typed.casefold() in {name.casefold() for name in self.cleaned_data.get("tag_list", [])}:
            return typed
        return TagAlias.objects.resolved([typed])[0] if typed else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.is_late() and not self.errors:
            self.collision = meet(self)
            if self.collision.merge.undecided:
                raise forms.ValidationError(self.collision.sentence)
        kicker = cleaned.get("kicker_name", "")
        tags = {name.casefold() for name in cleaned.get("tag_list", [])}
        if kicker and "tag_list" in cleaned and kicker.casefold() not in tags:
            self.add_error("kicker_name", f"“{kicker}” is not among the tags of this piece.")
        if self.instance.status == Article.Status.PUBLISHED and self.action != "unpublish":
            self.require_what_readers_need()
        self.check_times(self.instance, self.action)
        return cleaned

    def is_late(self) -> bool:
        """Whether the piece has been saved since this was opened; no matter if it is only shown."""
        is_late = self.cleaned_data.get("version") != self.instance.version
        return bool(self.instance.pk and is_late and not self.kept)

    def require_what_readers_need(self) -> None:
        """A piece that is out may lack what it lacked before, and no more."""
        said = typed(self.cleaned_data, {}, {})
        photo = self.cleaned_data.get("photo")
        lacks = checklist.findings(Piece(said, photo), Level.BLOCKING)
        lacked = checklist.blocking(self.instance) if lacks else []
        for one in lacks:
            if one.text not in lacked and one.field not in self.errors:
                self.add_error(one.field, one.text)
