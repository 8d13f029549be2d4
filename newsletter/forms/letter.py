"""What a round-up says of itself: the forms beside its pieces."""

import hashlib
import re
from typing import Any, cast

from django import forms

from articles.forms.rich_text import RichText
from newsletter.forms.remembering import RememberingForm, without_returns
from newsletter.models import Issue, Segment
from newsroom.lib import html

LETTER_TAGS = {"p", "strong", "em", "br", "a", "ul", "ol", "li"}
TAG = re.compile(r"<([a-z0-9]+)")
PLAIN_LENGTH = 100_000  # characters; a mail that long is cut long before


class LetterText(RichText):
    """Rich text as mail holds it: no headings, no pictures."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        few = {"rows": 5, "data-tags": " ".join(sorted(LETTER_TAGS))}
        context["widget"]["attrs"] |= few
        return context


class LetterField(forms.CharField):
    widget = LetterText

    def clean(self, value: Any) -> str:
        try:
            cleaned = html.clean(super().clean(value))
        except html.TooLong as error:
            raise forms.ValidationError(str(error)) from error
        if others := sorted(set(TAG.findall(cleaned)) - LETTER_TAGS):
            raise forms.ValidationError(
                "A letter holds paragraphs, bold, italic, links and lists; this has "
                f"{', '.join(others)} as well."
            )
        return cleaned


class SubjectForm(RememberingForm):
    subject = forms.CharField(
        max_length=150,
        required=False,
        widget=forms.Textarea(
            {"rows": 1, "data-grow": "", "placeholder": "What readers see first"}
        ),
    )
    preheader = forms.CharField(
        max_length=200,
        required=False,
        widget=forms.Textarea(
            {
                "rows": 1,
                "data-grow": "",
                "placeholder": "What inboxes show after it; empty: the letter’s first words",
            }
        ),
    )

    def clean_subject(self) -> str:
        return " ".join(self.cleaned_data["subject"].split())

    def clean_preheader(self) -> str:
        return " ".join(self.cleaned_data["preheader"].split())


class OpeningForm(RememberingForm):
    opening = LetterField(required=False, label="Opening letter")


class DeliveryForm(RememberingForm):
    segment_id = forms.TypedChoiceField(
        label="Goes to", required=False, coerce=int, empty_value=None
    )
    counts_clicks = forms.BooleanField(
        required=False,
        label="Count clicks on links",
        help_text="Per link and day, never per person.",
    )
    is_listed = forms.BooleanField(
        required=False,
        label="Search engines may list its page",
        help_text="The page of this round-up in the archive, once it is sent.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        segments = Segment.objects.values_list("pk", "name")
        field = cast("forms.TypedChoiceField", self.fields["segment_id"])
        field.choices = [("", "All subscribers"), *segments]


class PlainForm(RememberingForm):
    """The plain text by hand; `made` tells what stood there before anybody typed."""

    text = forms.CharField(
        label="Plain text",
        required=False,
        max_length=PLAIN_LENGTH,
        widget=forms.Textarea({"rows": 24}),
    )
    made = forms.CharField(required=False, max_length=64)

    def clean(self) -> dict[str, Any]:
        """Nothing, and so made from the items, if what was made is left as it was."""
        text = without_returns(self.cleaned_data.get("text", ""))
        is_made = fingerprint(text) == self.cleaned_data.pop("made", "")
        self.cleaned_data["text"] = "" if is_made or "anew" in self.data else text
        return self.cleaned_data


def fingerprint(text: str) -> str:
    return hashlib.sha256(without_returns(text).strip().encode()).hexdigest()


FORMS: dict[str, type[RememberingForm]] = {
    "subject": SubjectForm,
    "opening": OpeningForm,
    "delivery": DeliveryForm,
    "plain": PlainForm,
}


def form_for(part: str, issue: Issue, sent: Any = None) -> RememberingForm:
    """The form of one part of `issue`; `sent` as in request.POST."""
    form = FORMS[part]
    stored = {name: getattr(issue, name) for name in form.base_fields if hasattr(issue, name)}
    return form(sent, stored=stored, auto_id="id_%s")
