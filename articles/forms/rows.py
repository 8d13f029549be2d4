"""The small forms of the rows beside a piece."""

from typing import Any

from django import forms
from django.utils import timezone

from articles.forms.fields import ArticleField, ContributorField
from articles.models import Notice
from newsroom.lib import html
from newsroom.lib.forms import MomentField


class BylineRow(forms.Form):
    contributor = ContributorField(label="Name")
    role = forms.CharField(
        max_length=40,
        required=False,
        widget=forms.TextInput({"placeholder": "Role, if not author", "aria-label": "Role"}),
    )


class RelatedRow(forms.Form):
    article = ArticleField(source="articles.relatedlink.to_article", label="Related piece")


class NoticeRow(forms.Form):
    kind = forms.ChoiceField(
        choices=[("", "Kind of notice"), *Notice.Kind.choices],
        widget=forms.Select({"aria-label": "Kind of notice"}),
        error_messages={"required": "Choose the kind of notice."},
    )
    at = MomentField(required=False)
    text = forms.CharField(
        required=False,
        max_length=2000,
        widget=forms.Textarea(
            {
                "rows": 2,
                "placeholder": "What changed, and what was wrong before",
                "aria-label": "Text",
            }
        ),
    )

    def clean_at(self) -> Any:
        return self.cleaned_data["at"] or timezone.now().replace(second=0, microsecond=0)

    def clean_text(self) -> str:
        return html.clean_inline(self.cleaned_data["text"])

    def clean(self) -> dict[str, Any]:
        kind, text = self.cleaned_data.get("kind"), self.cleaned_data.get("text")
        if kind and kind != Notice.Kind.UPDATE and not text:
            self.add_error("text", "Say what was corrected.")
        return self.cleaned_data
