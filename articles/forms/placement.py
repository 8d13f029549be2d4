"""The front page and the topic boxes."""

from typing import Any

from django import forms

from articles.forms.fields import ArticleField, TagField
from articles.models import FrontPage, TopicBox
from newsroom.lib.forms import MomentField, RowsField


class PickRow(forms.Form):
    article = ArticleField(source="articles.frontpagepick.article", label="Secondary story")


class PinRow(forms.Form):
    article = ArticleField(source="articles.topicboxpin.article", label="Pinned piece")


def without_repeats(rows: list[dict[str, Any]], message: str) -> list[dict[str, Any]]:
    if len({row["article"].pk for row in rows}) < len(rows):
        raise forms.ValidationError(message)
    return rows


class FrontPageForm(forms.ModelForm):
    lead = ArticleField(
        source="articles.frontpage.lead",
        label="Lead",
        required=False,
        help_text="The largest story; empty takes the newest.",
    )
    picks = RowsField(
        PickRow,
        noun="story",
        label="Secondary stories",
        help_text="In this order, below the lead; places left empty take the newest.",
    )

    class Meta:
        model = FrontPage
        fields = ["lead"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["lead"] = self.instance.lead
        picks = self.instance.picks.select_related("article__photo").defer("article__body")
        self.initial["picks"] = [{"article": pick.article} for pick in picks]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = [row["article"] for row in cleaned.get("picks", [])]
        if cleaned.get("lead") in chosen:
            self.add_error("picks", "The lead stands among the secondary stories too.")
        return cleaned

    def clean_picks(self) -> list[dict[str, Any]]:
        return without_repeats(self.cleaned_data["picks"], "A story stands here twice.")


class TopicBoxForm(forms.ModelForm):
    tag = TagField(source="articles.topicbox.tag", label="Tag", required=False)
    pins = RowsField(
        PinRow,
        noun="pin",
        label="Pinned pieces",
        help_text="They come first, in this order; the newest with the tag fill the rest.",
    )
    starts_at = MomentField(label="Shown from", required=False)
    ends_at = MomentField(label="Shown until", required=False)

    class Meta:
        model = TopicBox
        fields = ["title", "tag", "n_items", "position", "starts_at", "ends_at"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["tag"] = self.instance.tag
            pins = self.instance.pins.select_related("article__photo").defer("article__body")
            self.initial["pins"] = [{"article": pin.article} for pin in pins]

    def clean_pins(self) -> list[dict[str, Any]]:
        return without_repeats(self.cleaned_data["pins"], "A piece is pinned twice.")
