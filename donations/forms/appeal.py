"""All about an appeal but its wordings and its state."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from donations import links
from donations.facts import Kind
from donations.forms.names import NamesField
from donations.models import Appeal, DonationHost, TaxWording
from newsroom.lib.forms import MomentField
from newsroom.lib.slugs import slug_from

NO_ADDRESS = "Use an address that starts with https://, without a port or a name to log in with."
PARTS = ["section", "format", "series", "tag"]


def kinds(label: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        choices=Kind.choices, required=False, label=label, widget=forms.CheckboxSelectMultiple
    )


class TaxWordingField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj}, of {obj.created_at:%-d %B %Y}"


class AppealForm(forms.ModelForm):
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why",
        required=False,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text="For the log, if it needs saying.",
    )
    campaign = forms.SlugField(
        max_length=60,
        required=False,
        help_text="What your statistics call it (utm_campaign). Empty: made from the name.",
    )
    starts_at = MomentField(label="Starts")
    ends_at = MomentField(label="Ends")
    tax_wording = TaxWordingField(
        TaxWording.objects.none(), required=False, label="Tax wording", empty_label="None yet"
    )
    only_kinds, not_kinds = kinds("Only on"), kinds("Never on")
    only_sections = NamesField("section", required=False, label="Only in sections")
    not_sections = NamesField("section", required=False, label="Never in sections")
    only_formats = NamesField("format", required=False, label="Only in formats")
    not_formats = NamesField("format", required=False, label="Never in formats")
    only_series = NamesField("series", required=False, label="Only in series")
    not_series = NamesField("series", required=False, label="Never in series")
    only_tags = NamesField("tag", required=False, label="Only with tags")
    not_tags = NamesField("tag", required=False, label="Never with tags")

    use_required_attribute = False

    class Meta:
        model = Appeal
        fields = [
            "name",
            "campaign",
            "slot",
            "url",
            "currency",
            "starts_at",
            "ends_at",
            "priority",
            "device",
            "goal",
            "tax_wording",
            "only_kinds",
            "not_kinds",
            "only_sections",
            "not_sections",
            "only_formats",
            "not_formats",
            "only_series",
            "not_series",
            "only_tags",
            "not_tags",
        ]
        help_texts = {"name": "", "currency": ""}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored: dict[str, str] = {}  # what somebody else has written, by field
        self.initial = {**newest_tax_wording(self.instance), **self.initial}
        own = [self.instance.tax_wording_id, self.initial.get("tax_wording")]
        tax_wording: Any = self.fields["tax_wording"]
        tax_wording.queryset = TaxWording.objects.filter(pk__in=[pk for pk in own if pk])
        tax_wording.queryset |= TaxWording.objects.filter(pk=newest() or 0)
        goal: Any = self.fields["goal"]
        goal.empty_label = "None"
        self.fields["url"].help_text = f"On one of: {', '.join(hosts()) or 'no host yet'}."

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        host, allowed = links.host(url), hosts()
        if not host:
            raise ValidationError(NO_ADDRESS)
        if host not in allowed:
            list_ = ", ".join(allowed) or "no host yet"
            raise ValidationError(
                f"Appeals may not lead to {host}, but to: {list_}. An administrator can allow more."
            )
        return url

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()

    def clean_campaign(self) -> str:
        typed: str = self.cleaned_data["campaign"]
        return typed or slug_from(str(self.data.get("name", "")))[:60] or "appeal"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", "The end must come after the start.")
        return cleaned


def hosts() -> list[str]:
    return list(DonationHost.objects.values_list("host", flat=True))


def newest() -> int | None:
    return TaxWording.objects.values_list("pk", flat=True).first()


def newest_tax_wording(appeal: Appeal) -> dict[str, Any]:
    """For a new appeal; others keep theirs."""
    return {} if appeal.pk else {"tax_wording": newest()}


def stored_values(appeal: Appeal) -> dict[str, Any]:
    """What the form shows of a stored appeal, moments by the minute as they are typed."""
    names = AppealForm.Meta.fields
    values = {name: shown(getattr(appeal, name)) for name in names}
    return {**values, "goal": appeal.goal_id, "tax_wording": appeal.tax_wording_id}


def shown(value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(second=0, microsecond=0)
    return value
