"""The publication's facts, with its links to follow."""

from typing import Any

from django import forms

from newsroom.lib.forms import RowsField
from newsroom.lib.ordering import rearrange
from newsroom.models import Publication, SocialLink, https_only


class SocialRow(forms.Form):
    label = forms.CharField(
        max_length=40,
        widget=forms.TextInput({"placeholder": "Name, as in Bluesky", "aria-label": "Name"}),
        error_messages={"required": "Name the link."},
    )
    url = forms.CharField(
        max_length=200,
        validators=[https_only],
        widget=forms.TextInput({"placeholder": "https://", "aria-label": "Address"}),
        error_messages={"required": "Give the address of the link."},
    )


class PublicationForm(forms.ModelForm):
    social = RowsField(SocialRow, noun="link", label="Links")

    class Meta:
        model = Publication
        fields = [
            "name",
            "tagline",
            "description",
            "time_zone",
            "postal_address",
            "donation_url",
            "newsletter_promise",
            "republish_terms",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["social"] = list(self.instance.social_links.values("label", "url"))


def replace_social_links(publication: Publication, rows: list[dict[str, Any]]) -> None:
    """The links to follow, in order."""
    wanted = (SocialLink(publication=publication, **row) for row in rows)
    rearrange(publication.social_links.all(), wanted, alike=["label", "url"])
