from typing import Any

from django import forms
from django.urls import reverse

from newsroom.lib import html


class RichText(forms.Textarea):
    """The rich text editor; the HTML itself where there is no JavaScript."""

    class Media:
        css = {"all": ["css/admin/editor.css", "css/components/prose.css"]}
        js = [forms.Script("js/admin/editor.js", type="module")]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        data = {
            "rows": 24,
            "data-editor": "",
            "data-clean": reverse("admin:articles_clean"),
            "data-tags": " ".join(sorted(html.BODY_TAGS)),
            "data-photo-choose": reverse("admin:articles_photo_choose"),
            "data-photo-thumbnail": reverse("admin:articles_photo_thumbnail", args=[0]),
        }
        return super().get_context(name, value, data | (attrs or {}))
