"""The small forms of the rows beside a piece."""

from django import forms

from articles.forms.fields import ArticleField, ContributorField


class BylineRow(forms.Form):
    contributor = ContributorField(label="Name")
    role = forms.CharField(
        max_length=40,
        required=False,
        widget=forms.TextInput({"placeholder": "Role, if not author", "aria-label": "Role"}),
    )


class RelatedRow(forms.Form):
    article = ArticleField(source="articles.relatedlink.to_article", label="Related piece")
