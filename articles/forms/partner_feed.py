"""A partner's feed: who gets which pieces."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Value
from django.db.models.functions import Lower

from articles.forms.fields import TagListField
from articles.models import Format, PartnerFeed, Section, Series, Tag


class Boxes(forms.ModelMultipleChoiceField):
    """A box to tick for each row."""

    def __init__(self, model: Any, help_text: str) -> None:
        rows = model.objects.order_by("name")
        super().__init__(
            rows, required=False, widget=forms.CheckboxSelectMultiple, help_text=help_text
        )


class PartnerFeedForm(forms.ModelForm):
    sections = Boxes(Section, "None ticked: pieces of every section.")
    formats = Boxes(Format, "None ticked: pieces of every kind.")
    series = Boxes(Series, "None ticked: pieces of every series, and of none.")
    tag_list = TagListField(
        label="Tags",
        required=False,
        help_text="Separated by commas; a piece must have one of them. Empty: whatever its tags.",
    )

    class Meta:
        model = PartnerFeed
        fields = ["name", "extent", "sections", "formats", "series", "is_active"]
        widgets = {"extent": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            names = self.instance.tags.values_list("name", flat=True)
            self.initial["tag_list"] = ", ".join(names)

    def clean_tag_list(self) -> list[Tag]:
        """Tags that there are; nobody makes a topic here."""
        names: list[str] = self.cleaned_data["tag_list"]
        folded = [Lower(Value(name)) for name in names]
        found = list(Tag.objects.alias(folded=Lower("name")).filter(folded__in=folded))
        known = {tag.name.casefold() for tag in found}
        if unknown := [name for name in names if name.casefold() not in known]:
            raise ValidationError(f"No tag is called “{unknown[0]}”.")
        return found
