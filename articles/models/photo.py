"""The photo library."""

import secrets

from django.conf import settings
from django.core.files.storage import storages
from django.core.files.storage.base import Storage
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q


def originals() -> Storage:
    """Where uploads are kept as they came; never served."""
    return storages["originals"]


def new_token() -> str:
    return secrets.token_urlsafe(9)


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

    class Meta:
        ordering = ["-pk"]
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

    @property
    def alt_text(self) -> str:
        return "" if self.is_decorative else self.alt

    @property
    def credit(self) -> str:
        """The credit line: `<subjects>. <photographer>/<agency>`."""
        makers = "/".join(part for part in (self.photographer, self.agency) if part)
        subjects = self.subjects.rstrip(". ")
        return f"{subjects}. {makers}" if subjects else makers

    @property
    def safe_copy(self) -> str:
        """Path in the media storage of the copy that is there from the upload on."""
        return f"photos/{self.token}/safe.jpg"

    def rendition(self, crop: str, width: int, extension: str) -> str:
        """Path in the media storage of one rendition."""
        return f"photos/{self.token}/{crop.replace(':', 'x')}-{width}.{extension}"
