from django import forms
from django.core.files.uploadedfile import UploadedFile

MAX_BYTES = 256 * 1024 * 1024  # several million rows
LEAST_PROOF = 20  # characters; "newsletter" proves nothing


class ImportForm(forms.Form):
    file = forms.FileField(
        label="File",
        widget=forms.ClearableFileInput({"accept": ".csv,.tsv,.txt,text/csv,text/plain"}),
        help_text="A table saved as CSV, from any spreadsheet or mail service, with one address "
        "in each row. Only the column of addresses is read. The file is deleted as soon as the "
        "import is done, and after a week at the latest.",
    )
    statement = forms.CharField(
        label="Proof of consent",
        min_length=LEAST_PROOF,
        max_length=2000,
        widget=forms.Textarea({"rows": 4, "data-grow": ""}),
        help_text="Where, when and in which words these people asked for this newsletter; for "
        "example “Signed up on oldsite.org from 2019 to 2024 by a form that said ‘One letter a "
        "week’, each confirmed by mail.” Having been a customer, a donor or a guest is not enough. "
        "It is kept with your name.",
        error_messages={
            "required": "Say how these people gave their consent. Without it they may not be "
            "mailed.",
            "min_length": "Say a little more: where, when and in which words they asked for it.",
        },
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(
                f"The file is larger than {MAX_BYTES // 1024**2} MB. Divide it into several."
            )
        if file.read(2) == b"PK":
            raise forms.ValidationError(
                "This is a spreadsheet’s own format. Open it there, and save it as CSV."
            )
        return file
