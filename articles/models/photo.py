"""The photo library."""

import secrets
from datetime import date, datetime, timedelta
from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.files.storage import storages
from django.core.files.storage.base import Storage
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles import credit_lines
from newsroom.lib.words import Words, beginning_with

SOON = timedelta(days=14)  # how far ahead of its last day a photo is listed
SEARCHED = ["caption", "alt", "subjects", "photographer", "agency"]


def originals() -> Storage:
    """Where uploads are kept as they came; never served."""
    return storages["originals"]


def new_token() -> str:
    return secrets.token_urlsafe(9)


class PhotoQuerySet(models.QuerySet["Photo"]):
    """Days are counted in the current time zone; within a request it is the publication's."""

    def search(self, typed: str) -> Self:
        """Those whose words, names or numbers begin as those in `typed` do; all for ""."""
        if not typed.strip():
            return self
        found = Q(words=beginning_with(typed))
        if typed.strip().isdecimal() and len(typed) < 10:
            found |= Q(pk=int(typed))
        return self.alias(words=Words(*SEARCHED)).filter(found)

    def expired(self, at: datetime | None = None) -> Self:
        """Those that readers may not see at `at` (aware; default now), the last day being over."""
        return self.filter(expires_on__lt=timezone.localdate(at))

    def expiring(self, at: datetime | None = None) -> Self:
        """Those whose last day is `at`'s or comes within 14 days, the next one first."""
        today = timezone.localdate(at)
        return self.filter(expires_on__range=(today, today + SOON)).order_by("expires_on", "pk")


class Photo(models.Model):
    """A picture in the library: file, description, credit, rights, focal point.

    `renditions` names what the worker has made, so that a page needs no further query:
    {"full": [[width, height], ...], "16:9": ..., "4:3": ..., "1:1": ...}, small to large; {} until
    then, when pages show the one safe copy made at upload.
    """

    original = models.FileField("file", storage=originals, upload_to="", max_length=200)
    token = models.CharField(max_length=24, unique=True, default=new_token, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    renditions = models.JSONField(default=dict, editable=False)

    alt = models.CharField(
        "description (alt)",
        max_length=300,
        blank=True,
        help_text="What the picture shows, for readers who cannot see it.",
    )
    is_decorative = models.BooleanField(
        "decorative", default=False, help_text="Adds nothing to the text; read out as nothing."
    )
    caption = models.CharField(max_length=500, blank=True)
    subjects = models.CharField(
        max_length=300, blank=True, help_text="Who or what is shown, for the credit line."
    )
    photographer = models.CharField(max_length=120, blank=True)
    agency = models.CharField(max_length=120, blank=True)
    licence = models.CharField(max_length=120, blank=True)
    source_url = models.URLField("source", blank=True)
    may_republish = models.BooleanField(default=False)
    expires_on = models.DateField(
        null=True, blank=True, help_text="Last day on which we may show it."
    )
    focal_x = models.FloatField(
        default=0.5, validators=[MinValueValidator(0), MaxValueValidator(1)]
    )
    focal_y = models.FloatField(
        default=0.5, validators=[MinValueValidator(0), MaxValueValidator(1)]
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(
        null=True,
        editable=False,
        help_text="When its addresses were changed so that nobody finds it any more.",
    )

    uses: list[models.Model]  # once its form has asked for them

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            GinIndex(Words(*SEARCHED), name="articles_photo_words"),
            models.Index(
                fields=["expires_on"],
                condition=Q(expires_on__isnull=False),
                name="articles_photo_expires_on",
            ),
            models.Index(
                fields=["-id"],
                condition=Q(may_republish=True),
                name="articles_photo_may_republish",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="articles_photo_described",
                condition=~Q(alt="") | Q(is_decorative=True),
                violation_error_message="Describe the picture, or mark it as decorative.",
            ),
            models.CheckConstraint(
                name="articles_photo_credited",
                condition=~Q(photographer="") | ~Q(agency=""),
                violation_error_message="Name the photographer or the agency.",
            ),
            models.CheckConstraint(
                name="articles_photo_focal_inside",
                condition=Q(focal_x__range=(0, 1), focal_y__range=(0, 1)),
            ),
        ]

    def __str__(self) -> str:
        return self.caption or self.subjects or self.alt or f"Photo {self.pk}"

    def is_expired(self, on: date) -> bool:
        """Whether `on` comes after the last day on which we may show it."""
        return self.expires_on is not None and self.expires_on < on

    @property
    def alt_text(self) -> str:
        return "" if self.is_decorative else self.alt

    @property
    def credit(self) -> str:
        """The credit line: `<subjects or caption>. <photographer>/<agency>`."""
        return self.credited(self.caption)

    def credited(self, caption: str) -> str:
        """The credit line with `caption` where no subjects are named; "" if it stands beside."""
        return credit_lines.line(self.subjects or caption, self.photographer, self.agency)

    @property
    def safe_copy(self) -> str:
        """Path in the media storage of the copy that is there from the upload on."""
        return f"photos/{self.token}/safe.jpg"

    def rendition(self, crop: str, width: int, extension: str) -> str:
        """Path in the media storage of one rendition."""
        return f"photos/{self.token}/{crop.replace(':', 'x')}-{width}.{extension}"
