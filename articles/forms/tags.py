"""A tag, its other names, and the tag that it becomes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from articles.forms.fields import NameListField, TagField
from articles.forms.slugs import SlugForm
from articles.models import Tag, TagAlias


class TagForm(SlugForm):
    other_names = NameListField(
        required=False,
        help_text="Separated by commas. Whoever types one of them for a piece gets this tag.",
    )

    class Meta:
        model = Tag
        fields = ["name", "slug", "description"]
        widgets = {"description": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            aliases = self.instance.aliases.all()
            self.initial["other_names"] = ", ".join(alias.name for alias in aliases)

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if "," in name:
            raise ValidationError("A comma ends a name where tags are typed; leave it out.")
        if objection := TagAlias.objects.objection([name], self.instance):
            raise ValidationError(objection)
        return name

    def clean_other_names(self) -> list[str]:
        names: list[str] = self.cleaned_data["other_names"]
        if objection := TagAlias.objects.objection(names, self.instance):
            raise ValidationError(objection)
        return names


class IntoForm(forms.Form):
    into = TagField(source="articles.taggedarticle.tag", label="Into")
