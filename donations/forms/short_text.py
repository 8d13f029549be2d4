"""A few sentences with emphasis and links."""

from typing import Any

from django import forms
from django.urls import reverse

from newsroom.lib import html

TAGS = "p br strong em a"


class ShortText(forms.Textarea):
    """The desk's editor with few tools; the HTML itself where there is no JavaScript."""

    class Media:
        css = {"all": ["css/admin/editor.css", "css/components/prose.css"]}
        js = [forms.Script("js/admin/editor.js", type="module")]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        tools = {"data-clean": reverse("admin:donations_appeal_clean"), "data-tags": TAGS}
        return super().get_context(
            name, value, {"rows": 5, "data-editor": "", **tools, **(attrs or {})}
        )


class ShortTextField(forms.CharField):
    """Clean HTML: paragraphs with emphasis and links.

    most: characters that readers see.
    """

    widget = ShortText

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def clean(self, value: Any) -> str:
        try:
            cleaned = html.clean_short(super().clean(value))
            n = len(html.plain(cleaned))
        except html.TooLong as error:
            raise forms.ValidationError(str(error)) from error
        if self.required and not n:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if n > self.most:
            raise forms.ValidationError(f"These are {n:,} characters; at most {self.most:,} fit.")
        return cleaned
