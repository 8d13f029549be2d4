"""A picture and what must be known of it."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from articles.models import Photo
from newsroom.lib import pictures


class PhotoForm(forms.ModelForm):
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
            "original": forms.FileInput({"accept": ",".join(pictures.EXTENSIONS)}),
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
        help_texts = {"original": "JPEG, PNG, WebP or AVIF; at most 20 MB and 60 megapixels."}
        error_messages = {"original": {"required": "Choose a picture."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("focal_x", "focal_y"):
            if name in self.fields:
                self.fields[name].required = False

    @property
    def upload(self) -> UploadedFile | None:
        """The new picture, if one was sent."""
        sent = self.files.get(self.add_prefix("original"))
        return sent if isinstance(sent, UploadedFile) else None

    def clean_original(self) -> Any:
        original = self.cleaned_data["original"]
        if self.upload:
            try:
                pictures.accept(self.upload, self.upload.name or "", self.upload.size or 0)
            except pictures.Refused as error:
                raise forms.ValidationError(str(error)) from error
        return original

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
