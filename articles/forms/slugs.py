from typing import Any

from django import forms

from newsroom.lib.slugs import slug_from

MAX_LENGTH = 40  # as the shortest of the columns, that of formats


class SlugForm(forms.ModelForm):
    """A form whose slug may stay empty: it is then made from `slug_source`."""

    slug_source = "name"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if slug := self.fields.get("slug"):
            slug.required = False
            slug.help_text = f"Empty: made from the {self.slug_source}."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        source = cleaned.get(self.slug_source)
        if source and not cleaned.get("slug") and "slug" not in self.errors:
            cleaned["slug"] = slug_from(source)[:MAX_LENGTH]
            if not cleaned["slug"]:
                self.add_error("slug", f"Nothing of “{source}” can stand in an address; type one.")
        return cleaned


class TitleSlugForm(SlugForm):
    slug_source = "title"
