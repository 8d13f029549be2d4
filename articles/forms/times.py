"""From when until when readers see a piece, as part of its form."""

from datetime import datetime

from django import forms
from django.utils import timezone

from articles.models import Article
from newsroom.lib.forms import MomentField


class TimesForm(forms.Form):
    """The two times; those that this person may not move now are taken out."""

    publish_at = MomentField(required=False, label="Time of publication")
    published_until = MomentField(required=False, label="Until")

    def keep_what_may_move(self, article: Article, *, may_publish: bool) -> None:
        """The beginning stays once it has come."""
        if not may_publish or has_begun(article):
            del self.fields["publish_at"]
        if not may_publish:
            del self.fields["published_until"]

    def check_times(self, article: Article, action: str) -> None:
        """The end is later than the beginning, and than now if somebody has just chosen it."""
        if "published_until" not in self.fields or action == "unpublish":
            return
        if action == "reschedule":  # its button says “Publish now”
            self.cleaned_data["publish_at"] = timezone.now()
        at, until = self.cleaned_data.get("publish_at"), self.cleaned_data.get("published_until")
        now = timezone.now()
        if article.is_scheduled(now) and not at and not self.has_error("publish_at"):
            self.add_error("publish_at", "Set a time, or choose “Publish now” or “Unschedule”.")
        if until and at and until <= at:
            self.add_error("published_until", "The end must be later than the publication.")
        elif (
            until
            and until <= now
            and (action == "publish" or until != minute(article.published_until))
        ):
            self.add_error("published_until", "This has passed; set a later time, or none.")


def has_begun(article: Article) -> bool:
    return article.status == Article.Status.PUBLISHED and not article.is_scheduled()


def minute(moment: datetime | None) -> datetime | None:
    return moment.replace(second=0, microsecond=0) if moment else None
