"""A picture and what must be known of it."""

from dataclasses import fields
from typing import Any

from django import forms
from django.core.files import File
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.text import get_text_list

from articles.credit_lines import Credit
from articles.forms.intake import Intake, take_in
from articles.models import Photo
from newsroom.lib import pictures
from newsroom.models import User

CREDIT = reverse_lazy("admin:articles_photo_credit")
READ = "_read"  # sent to have a file read, not to save


class PhotoForm(forms.ModelForm):
    """`user`: who fills it in. What is read from a file or a line is shown before it is saved."""

    user: User
    credit_line = forms.CharField(
        label="Paste a credit line",
        required=False,
        widget=forms.Textarea({"rows": 2, "data-credit-line": CREDIT}),
        help_text="As you found it, for example “Top photo credit: Harbor (Ann Example/Reuters)”. "
        "It is taken apart into the fields that are empty.",
    )
    credit_read = forms.CharField(required=False, widget=forms.HiddenInput)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ["original", "credit_line", "alt", "is_decorative", "caption"]

    class Meta:
        model = Photo
        fields = [
            "original",
            "alt",
            "is_decorative",
            "caption",
            "subjects",
            "photographer",
            "agency",
            "licence",
            "source_url",
            "may_republish",
            "expires_on",
            "focal_x",
            "focal_y",
        ]
        widgets = {
            "original": forms.FileInput({"accept": ",".join(pictures.EXTENSIONS), "data-read": ""}),
            "alt": forms.Textarea({"rows": 2}),
            "caption": forms.Textarea({"rows": 2}),
            "expires_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "focal_x": forms.NumberInput({"min": 0, "max": 1, "step": 0.01}),
            "focal_y": forms.NumberInput({"min": 0, "max": 1, "step": 0.01}),
        }
        labels = {
            "original": "File",
            "focal_x": "Focal point, across",
            "focal_y": "Focal point, down",
        }
        help_texts = {
            "original": "JPEG, PNG, WebP or AVIF; at most 20 MB and 60 megapixels. A caption and a "
            "credit inside the file fill the empty fields, and are left out of what readers get.",
            "photographer": "Several, for several pictures: with “; ” between them, and the "
            "agencies in the same order, “-” for none.",
        }

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        self.intake = Intake()
        if data is not None:
            self.intake = take_in(data, files or {}, self.Meta.fields, by=self.user.pk)
            data = self.intake.data
        super().__init__(data, files, **kwargs)
        for name in {"original", "focal_x", "focal_y"} & set(self.fields):
            self.fields[name].required = False
        if "agency" in self.fields:  # not for those who only look
            self.fields["agency"].help_text = format_html(
                "Readers see: <output data-credit-shown>{}</output>", self.credit
            )
        for name in self.intake.filled:
            self.fields[name].widget.attrs["data-filled"] = self.intake.filled[name]
        if self.upload and "original" in self.fields:
            kept = "{} is kept. Choose another file to replace it."
            self.fields["original"].help_text = format_html(kept, self.upload.name)

    def is_valid(self) -> bool:
        """Not before everything that was found out has been seen."""
        is_for_reading = READ in self.data or bool(self.intake.filled or self.intake.left)
        return super().is_valid() and not is_for_reading

    @property
    def upload(self) -> File | None:
        """The new picture, if one was sent or kept from before."""
        return self.intake.upload

    @property
    def credit(self) -> Credit:
        """As it stands in the fields now."""
        said = self.data if self.is_bound else self.initial
        return Credit(*(str(said.get(part.name) or "") for part in fields(Credit)))

    @property
    def changed(self) -> list[str]:
        """The photo's own fields whose values are others now."""
        return [name for name in self.changed_data if name in PhotoForm.Meta.fields]

    @property
    def notice(self) -> str:
        """What was filled in, and what was not, to be looked at; "" for nothing."""
        label = {name: str(field.label).lower() for name, field in self.fields.items()}
        filled = [label[name] for name in self.intake.filled]
        left = [f"{label[name]} ({text})" for name, text in self.intake.left.items()]
        said = [f"Filled in: {get_text_list(filled, 'and')}."] if filled else []
        if left:
            said.append(f"Not taken, as these fields are full: {get_text_list(left, 'and')}.")
        return " ".join([*said, "Look at it, then save."]) if said else ""

    def clean_original(self) -> Any:
        if self.intake.refusal:
            raise forms.ValidationError(self.intake.refusal)
        if not self.upload and not self.instance.pk:
            raise forms.ValidationError("Choose a picture.")
        return self.cleaned_data["original"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("alt") and not cleaned.get("is_decorative") and "alt" not in self.errors:
            self.add_error("alt", "Describe the picture, or mark it as decorative.")
        names = ("photographer", "agency")
        if not any(cleaned.get(name) or name in self.errors for name in names):
            self.add_error("photographer", "Name the photographer or the agency.")
        for name in ("focal_x", "focal_y"):
            if cleaned.get(name) is None and name not in self.errors:
                cleaned[name] = 0.5
        return cleaned


class UploadForm(PhotoForm):
    """What is asked for where a picture is uploaded on the way; the rest can follow."""

    class Meta(PhotoForm.Meta):
        fields = [
            "original",
            "alt",
            "is_decorative",
            "caption",
            "subjects",
            "photographer",
            "agency",
            "licence",
            "expires_on",
        ]
