"""The writing screen's form: everything about a piece but its state."""

from datetime import datetime
from typing import Any, cast

from django import forms
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from articles.forms.fields import PhotoField, TagListField
from articles.forms.rich_text import RichText
from articles.forms.rows import BylineRow, NoticeRow, RelatedRow
from articles.models import Article, Byline
from newsroom.lib import html
from newsroom.lib.dates import spoken
from newsroom.lib.forms import MomentField, RowsField
from newsroom.lib.forms.named import completions
from newsroom.lib.slugs import slug_from
from newsroom.models import User

TAG_SOURCE = "articles.taggedarticle.tag"
REQUIRED_WHEN_PUBLISHED = {
    "headline": "a headline",
    "deck": "a deck",
    "body": "a body",
    "section": "a section",
}


EMPTY_LABELS = {"section": "Choose a section", "format": "None", "series": "None"}
SCRIPTS = ["grow", "tags", "kicker", "word-count", "publish-button", "unsaved"]


class ArticleForm(forms.ModelForm):
    """`user` and `action` are set by the desk: who saves, and which button was pressed."""

    user: User
    action = "save"

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
    notices = RowsField(NoticeRow, noun="notice", label="Notices")
    publish_at = MomentField(required=False, label="Time of publication")

    class Media:
        css = {"all": ["css/admin/writing.css"]}
        js = [forms.Script(f"js/admin/{name}.js", type="module") for name in SCRIPTS]

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
        ]
        widgets = {
            "headline": forms.Textarea({"rows": 1, "placeholder": "Headline", "data-grow": ""}),
            "deck": forms.Textarea({"rows": 1, "placeholder": "One sentence", "data-grow": ""}),
            "body": RichText,
            "photo_caption": forms.Textarea({"rows": 2}),
        }

        error_messages = {"headline": {"required": "Write a headline."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, empty in EMPTY_LABELS.items():
            cast("forms.ModelChoiceField", self.fields[name]).empty_label = empty
        self.conflict: list[str] = []  # names of the fields that somebody else has changed
        self.saved_before = False  # the same content came in twice: nothing to write
        self.initial = {**self.initial, **(self.stored() if self.instance.pk else {})}
        if self.instance.published_on:
            self.fields["slug"].disabled = True
            self.fields["slug"].help_text = "Fixed: readers know this address."
        if not self.user.has_perm("articles.add_notice"):
            del self.fields["notices"]
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
            "tag_list": ", ".join(tag.name for tag in article.tags.all()),
            "kicker_name": article.kicker.name if article.kicker else "",
            "bylines": [{"contributor": b.contributor, "role": b.role} for b in bylines],
            "related_links": [{"article": link.to_article} for link in related],
            "notices": [
                {"kind": notice.kind, "at": to_the_minute(notice.at), "text": notice.text}
                for notice in article.notices.order_by("at", "pk")
            ],
            "publish_at": article.published_at if is_ahead else None,
        }

    def tags_now(self) -> list[str]:
        typed = self.data.get("tag_list") if self.is_bound else self.initial.get("tag_list")
        return [name.strip() for name in (typed or "").split(",") if name.strip()]

    def clean_headline(self) -> str:
        return " ".join(self.cleaned_data["headline"].split())

    def clean_deck(self) -> str:
        return " ".join(self.cleaned_data["deck"].split())

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

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kicker = cleaned.get("kicker_name", "")
        tags = {name.casefold() for name in cleaned.get("tag_list", [])}
        if kicker and "tag_list" in cleaned and kicker.casefold() not in tags:
            self.add_error("kicker_name", f"“{kicker}” is not among the tags of this piece.")
        if self.instance.status == Article.Status.PUBLISHED and self.action != "unpublish":
            self.require_what_readers_need()
        if self.instance.pk and cleaned.get("version") != self.instance.version:
            self.conflict = self.differing()
            self.saved_before = not self.conflict
        if self.conflict:
            self.add_error(None, conflict_sentence(self.instance))
        return cleaned

    def require_what_readers_need(self) -> None:
        for name, words in REQUIRED_WHEN_PUBLISHED.items():
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, f"A published piece needs {words}.")

    def differing(self) -> list[str]:
        """The fields whose typed value is not the stored one; before the instance changes."""
        return [name for name in self.fields if name != "version" and self.differs(name)]

    def differs(self, name: str) -> bool:
        if name not in self.cleaned_data:
            return True
        typed, stored = self.cleaned_data[name], self.initial.get(name)
        if name == "slug":
            return bool(typed) and typed != stored
        if name == "publish_at" and self.instance.is_public():
            return False
        return bool(comparable(typed) != comparable(stored_as_typed(name, stored)))

    def stored_text(self, name: str) -> str:
        """What the database holds of field `name`, as text to read beside the typed."""
        stored = self.initial.get(name)
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField) and field.queryset is not None and stored:
            stored = field.queryset.filter(pk=stored).first()
        if isinstance(stored, list):
            rows = [" · ".join(str(part) for part in row.values() if part) for row in stored]
            return "\n".join(rows)
        if isinstance(stored, datetime):
            return spoken(stored)
        text = str(stored or "")
        return html.plain(text) if name == "body" else text


def conflict_sentence(article: Article) -> str:
    kind = {"content_type__app_label": "articles", "content_type__model": "article"}
    entries = LogEntry.objects.filter(object_id=str(article.pk), **kind)
    entry = entries.select_related("user").first()
    who, when = (entry.user, entry.action_time) if entry else ("Somebody", article.saved_at)
    return (
        f"{who} saved this piece {spoken(when)}, after you had opened it. Nothing of yours is "
        "stored yet, and nothing is lost: where the two differ, the stored text stands below "
        "yours. Save again to put yours in its place."
    )


def stored_as_typed(name: str, stored: Any) -> Any:
    if name == "tag_list":
        return [part.strip() for part in (stored or "").split(",") if part.strip()]
    return stored


def comparable(value: Any) -> Any:
    """Rows by id, moments by minute, tags whatever their order and capitals."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return sorted(item.casefold() for item in value)
    if isinstance(value, list):
        return [{name: comparable(part) for name, part in row.items()} for row in value]
    if isinstance(value, datetime):
        return to_the_minute(value)
    return getattr(value, "pk", value) or None


def to_the_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
