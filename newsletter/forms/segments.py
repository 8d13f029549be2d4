from typing import Any

from django import forms

from articles.models import Section
from newsletter.models import Segment, Source, Subscriber
from newsroom.lib.forms import MomentField


class SegmentForm(forms.ModelForm):
    sections = forms.ModelMultipleChoiceField(
        Section.objects.order_by("name"),
        label="Interested in",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Any of these topics; none: whatever they are interested in. Who has chosen no "
        "topic is interested in all.",
    )
    sources = forms.MultipleChoiceField(
        label="Came by",
        choices=Source.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None: by any way.",
    )
    joined_from = MomentField(
        label="Joined from", required=False, help_text="Empty: however long ago."
    )
    joined_before = MomentField(
        label="Joined before", required=False, help_text="Empty: however lately."
    )

    class Meta:
        model = Segment
        fields = ["name", "sections", "sources", "joined_from", "joined_before"]

    def count(self) -> int:
        """How many get mail now whom these answers choose, saved or not."""
        typed: dict[str, Any] = {**self.cleaned_data}
        return (
            Subscriber.objects.active()
            .choosing(
                sections=[section.pk for section in typed.get("sections") or []],
                sources=typed.get("sources") or [],
                joined_from=typed.get("joined_from"),
                joined_before=typed.get("joined_before"),
            )
            .count()
        )
