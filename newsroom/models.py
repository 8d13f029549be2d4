"""The people who use the admin, and the publication's own facts."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import connection, models
from django.db.models import Q


class User(AbstractUser):
    """A member of staff; readers have no account."""

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.get_full_name() or self.username


def validate_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(
            "“%(name)s” is not a time zone; use a name such as America/New_York.",
            params={"name": name},
        )


https_only = URLValidator(schemes=["https"], message="Use a full address that starts with https://")


class Publication(models.Model):
    """The magazine itself; a single row."""

    name = models.CharField(max_length=80, default="Newsroom")
    tagline = models.CharField(max_length=160, blank=True)
    description = models.CharField(
        max_length=300, blank=True, help_text="One or two sentences for search engines."
    )
    time_zone = models.CharField(
        max_length=64,
        default="UTC",
        validators=[validate_time_zone],
        help_text="Dates and times on the site and in the admin are in this zone, "
        "for example America/New_York.",
    )
    postal_address = models.TextField(blank=True)
    donation_url = models.URLField(
        "donation page",
        blank=True,
        validators=[https_only],
        help_text="Where “Donate” leads; starts with https://",
    )
    newsletter_promise = models.CharField(
        max_length=200,
        blank=True,
        help_text="One sentence that says what readers get each week.",
    )

    class Meta:
        verbose_name_plural = "publication"
        constraints = [
            models.CheckConstraint(name="newsroom_publication_single", condition=Q(pk=1)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @classmethod
    def current_zone(cls) -> ZoneInfo:
        """The zone in which days are counted; 1 query."""
        return (cls.objects.only("time_zone").first() or cls()).zone


class SocialLink(models.Model):
    """One entry of “Follow us on social”."""

    publication = models.ForeignKey(
        Publication, on_delete=models.CASCADE, related_name="social_links"
    )
    label = models.CharField(max_length=40)
    url = models.URLField("address", validators=[https_only])
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label


class LimitManager(models.Manager["Limit"]):
    def take(self, key: str, *, most: int, per: timedelta, at: datetime) -> bool:
        """Whether this is one of the `most` times that `key` is allowed in any `per`; counts it.

        Shared by all processes; who asks at the same moment comes one after the other.
        """
        with connection.cursor() as cursor:
            cursor.execute(
                """
                INSERT INTO newsroom_limit AS t (key, times)
                VALUES (%(key)s, ARRAY[%(at)s::timestamptz])
                ON CONFLICT (key) DO UPDATE SET times = ARRAY(
                    SELECT past FROM unnest(t.times) past WHERE past > %(start)s
                ) || %(at)s::timestamptz
                WHERE (SELECT count(*) FROM unnest(t.times) past WHERE past > %(start)s) < %(most)s
                """,
                {"key": key, "at": at, "start": at - per, "most": most},
            )
            return bool(cursor.rowcount)


class Limit(models.Model):
    """When something that must not happen too often has happened of late."""

    key = models.CharField(max_length=100, primary_key=True)
    times = ArrayField(models.DateTimeField())

    objects = LimitManager()

    def __str__(self) -> str:
        return self.key
