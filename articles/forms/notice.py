"""A correction or an update, as it is typed at the desk."""

from datetime import datetime

from django import forms
from django.utils import timezone

from articles.models import Notice
from newsroom.lib import html
from newsroom.lib.forms import MomentField

MARKUP = 'Links and emphasis as HTML: <a href="https://…">, <em>, <strong>.'

AS_USUAL = "As usual: updates and notes above the text, corrections below"


class NoticeForm(forms.Form):
    kind = forms.ChoiceField(
        label="What it is", choices=Notice.Kind.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label="What readers read",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=f"What changed, and what was wrong before. {MARKUP}",
    )
    place = forms.ChoiceField(
        label="Where it stands",
        required=False,
        choices=[("", AS_USUAL), *Notice.Place.choices],
    )
    at = MomentField(label="Date and time", required=False)
    reason = forms.CharField(
        label="Reason",
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        help_text="For the desk; readers do not see it.",
        error_messages={"required": "Say why; the log will need it."},
    )

    def clean_at(self) -> datetime:
        now, at = timezone.now(), self.cleaned_data["at"]
        if at and at > now:
            raise forms.ValidationError("This is still to come; a notice tells what has been done.")
        typed: datetime = at or now
        return typed

    def clean_text(self) -> str:
        return html.clean_inline(self.cleaned_data["text"])

    def clean(self) -> None:
        kind, text = self.cleaned_data.get("kind"), self.cleaned_data.get("text")
        if kind and kind != Notice.Kind.UPDATE and not text and "text" not in self.errors:
            self.add_error("text", "Say what was corrected.")
