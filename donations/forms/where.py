"""Choosing a page of the site."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError

from donations.surroundings import RealPage, here


class PageForm(forms.Form):
    """`real` among its answers is the page that is meant."""

    page = forms.ChoiceField(label="Page", required=False)
    path = forms.CharField(
        label="Or any other, by its address",
        required=False,
        max_length=500,
        widget=forms.TextInput({"autocomplete": "off", "placeholder": "/2024/12/06/…"}),
    )

    def __init__(self, *args: Any, pages: list[RealPage], at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pages, self.now = {page.path: page for page in pages}, at
        choices = [(page.path, page.title) for page in pages]
        self.fields["page"].choices = choices  # type: ignore[attr-defined]

    def clean_path(self) -> str:
        """Whole addresses are taken too."""
        typed = self.cleaned_data["path"].replace("\x00", "").strip()
        try:
            path = urlsplit(typed).path
        except ValueError as error:
            raise ValidationError("This is no address.") from error
        return f"/{path.strip('/')}/" if path.strip("/") else path

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if path := cleaned.get("path"):
            cleaned["real"] = here().page(path, self.now)
            if cleaned["real"] is None:
                self.add_error("path", "No public page of this address may carry an appeal.")
        elif cleaned.get("page"):
            cleaned["real"] = self.pages[cleaned["page"]]
        return cleaned
