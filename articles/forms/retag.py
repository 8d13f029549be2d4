"""One tag for many pieces."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from articles.forms.fields import TagField

ADD, REMOVE = "add", "remove"


class IdsField(forms.CharField):
    """Ids between commas, in one hidden field: a form of thousands of fields is refused."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> list[int]:
        parts = super().clean(value).split(",")
        if not all(part.isdecimal() and len(part) < 19 for part in parts):
            raise ValidationError("The selection is lost; please select the pieces again.")
        return [int(part) for part in parts]


class RetagForm(forms.Form):
    pieces = IdsField()
    how = forms.ChoiceField(
        label="",
        choices=[(ADD, "Add the tag"), (REMOVE, "Remove the tag")],
        initial=ADD,
        widget=forms.RadioSelect,
    )
    tag = TagField(source="articles.taggedarticle.tag", label="Tag")
