"""Small forms for what stands in a round-up."""

from typing import Any, cast

from django import forms

from articles.forms.fields import ArticleField
from newsletter.forms.letter import LetterField
from newsletter.forms.remembering import RememberingForm
from newsletter.models import Issue, Item

SKIP_REASONS = [
    "Overtaken by events",
    "Covered by another piece",
    "Too short for the letter",
    "Was in another newsletter",
    "Corrected heavily",
]


class PieceForm(RememberingForm):
    """Headline and blurb for the letter; the piece's own where they say the same."""

    headline = forms.CharField(max_length=200, required=False)
    blurb = forms.CharField(max_length=600, required=False, widget=forms.Textarea({"rows": 3}))
    shows_photo = forms.BooleanField(required=False)

    def __init__(self, *args: Any, own: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = own

    def clean_headline(self) -> str:
        return self.unless_own("headline")

    def clean_blurb(self) -> str:
        return self.unless_own("blurb")

    def unless_own(self, name: str) -> str:
        """Empty where it says what the piece says, or said when the form was drawn."""
        text = " ".join(self.cleaned_data[name].split())
        owns = {self.own[name], self.data.get(self.add_prefix(f"own-{name}"), "")}
        return "" if text in {" ".join(own.split()) for own in owns} else text


class TextForm(RememberingForm):
    body = LetterField(required=False, label="Text")


def item_form(item: Item, sent: Any = None) -> RememberingForm:
    """Where `item` is edited; `sent` as in request.POST."""
    if item.article is None:
        return TextForm(sent, stored={"body": item.body}, auto_id=f"id_{item.pk}_%s")
    stored = {
        "headline": item.headline,
        "blurb": item.blurb,
        "shows_photo": item.shows_photo,
    }
    own = {"headline": item.article.headline, "blurb": item.article.deck}
    shown = {name: stored[name] or own[name] for name in own}
    return PieceForm(sent, stored=stored, own=own, initial=shown, auto_id=f"id_{item.pk}_%s")


class PlaceForm(forms.Form):
    """Where a piece goes: into a group, before one of its pieces or at the end."""

    group = forms.CharField(max_length=60, required=False)
    new_group = forms.CharField(max_length=60, required=False)
    before = forms.ModelChoiceField(Item.objects.none(), required=False)

    def __init__(self, *args: Any, issue: Issue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        before = cast("forms.ModelChoiceField", self.fields["before"])
        before.queryset = Item.objects.filter(issue=issue)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["group"] = cleaned.get("new_group") or cleaned.get("group", "")
        return cleaned


class SkipForm(forms.Form):
    """One of the usual reasons, or another in words."""

    reason = forms.CharField(max_length=200, required=False)
    other = forms.CharField(max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["reason"] = cleaned.get("other") or cleaned.get("reason", "")
        return cleaned


class AddForm(forms.Form):
    article = ArticleField(
        source="newsletter.item.article",
        label="An older piece",
        error_messages={"required": "Choose a piece."},
    )
    repeat_reason = forms.CharField(
        max_length=200,
        required=False,
        label="Why again",
        widget=forms.TextInput({"placeholder": "Only if it was mailed before"}),
    )


class GroupForm(forms.Form):
    group = forms.CharField(max_length=60)
    name = forms.CharField(max_length=60, required=False)
