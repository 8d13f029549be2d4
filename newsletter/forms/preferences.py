from typing import Any

from django import forms

from articles.models import Section
from newsletter.models import Subscriber


class PreferencesForm(forms.Form):
    frequency = forms.ChoiceField(choices=Subscriber.Frequency.choices, widget=forms.RadioSelect)
    sections = forms.ModelMultipleChoiceField(
        Section.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )


def wishes(subscriber: Subscriber) -> dict[str, Any]:
    """What the form says before it is changed."""
    return {"frequency": subscriber.frequency, "sections": subscriber.sections.all()}
