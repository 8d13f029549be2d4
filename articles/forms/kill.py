"""Withdrawing a piece: why, what readers are told, and a second confirmation."""

from django import forms

from newsroom.lib import html


class KillForm(forms.Form):
    reason = forms.CharField(
        label="Reason",
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text="For the log at the desk; readers do not see it.",
        error_messages={"required": "Say why; the log will need it."},
    )
    notice = forms.CharField(
        label="What readers find in its place",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text="Empty: only that it has been withdrawn. Links and emphasis as HTML: "
        '<a href="https://…">, <em>, <strong>.',
    )
    is_sure = forms.BooleanField(
        label="Yes, take it from every page, list and feed at once",
        error_messages={"required": "Tick this to confirm."},
    )

    def clean_notice(self) -> str:
        return html.clean_inline(self.cleaned_data["notice"])


class RewordForm(KillForm):
    """Another notice at the address of what was killed."""

    is_sure = None  # type: ignore[assignment]  # Django's way to leave a field out
