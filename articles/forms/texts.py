from articles.forms.fields import PhotoField
from articles.forms.rich_text import RichText
from articles.forms.slugs import SlugForm, TitleSlugForm
from articles.models import Contributor, Page


class ContributorForm(SlugForm):
    portrait = PhotoField(label="Portrait")

    class Meta:
        model = Contributor
        fields = ["name", "title", "is_staff_writer", "portrait", "bio", "slug"]
        widgets = {"bio": RichText}


class PageForm(TitleSlugForm):
    class Meta:
        model = Page
        fields = ["title", "body", "slug", "footer_order"]
        widgets = {"body": RichText}
