"""The people who use the admin, and the publication's own facts."""

from datetime import datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo, available_timezones

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import connection, models
from django.db.models import Q
from django.db.models.functions import Now


class User(AbstractUser):
    """A member of staff; readers have no account."""

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.get_full_name() or self.username


def validate_time_zone(name: str) -> None:
    # "localtime" is whatever a machine says; PostgreSQL refuses it as it counts months.
    if name not in available_timezones() - {"localtime"}:
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
    republish_terms = models.TextField(
        "terms of republishing",
        blank=True,
        help_text="What others must keep to who republish a piece, its licence for example. "
        "Empty: the usual ones.",
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


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    def of(self, one: models.Model) -> Self:
        """What happened to `one` and to what hangs on it."""
        table = one._meta.db_table  # noqa: SLF001  # public, whatever it is called
        return self.filter(kind=table, object_id=one.pk)


class AuditEntry(models.Model):
    """One row of a table, before and after somebody changed it.

    Written by triggers of the database, for whoever makes the change and by whatever means, and by
    nothing else; never changed. `before` and `after` hold the columns that differ, without those
    that are empty.
    """

    class Action(models.TextChoices):
        ADDED = "added", "Added"
        CHANGED = "changed", "Changed"
        DELETED = "deleted", "Deleted"

    at = models.DateTimeField()
    # No foreign key in the database: accounts may go, and no entry changes with them.
    actor = models.ForeignKey(
        User, models.DO_NOTHING, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    source = models.CharField(max_length=63, help_text="The program, as it calls itself.")
    action = models.CharField(max_length=7, choices=Action.choices)
    kind = models.CharField(max_length=63, help_text="The table of what changed.")
    object_id = models.BigIntegerField()
    part = models.CharField(max_length=63, help_text="The table of what hangs on it; or empty.")
    name = models.CharField(max_length=200, help_text="What it was called, or what hung on it.")
    before = models.JSONField()
    after = models.JSONField()

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        default_permissions = ["view"]
        verbose_name_plural = "audit"
        indexes = [
            models.Index(fields=["kind", "object_id", "id"], name="newsroom_audit_object"),
            # What stands behind the id is compared without reading the entry.
            models.Index(fields=["kind", "id", "action"], name="newsroom_audit_kind"),
            models.Index(fields=["actor", "id", "kind", "action"], name="newsroom_audit_actor"),
            models.Index(fields=["at"], name="newsroom_audit_at"),
        ]

    def __str__(self) -> str:
        return f"{self.name or self.kind} {self.action}"


class Purge(models.Model):
    """How far a cache before the site has been told of changes (newsroom/purging.py)."""

    edge = models.CharField(max_length=200, primary_key=True)
    told = models.BigIntegerField(default=0, help_text="The site's state when it was last told.")
    told_at = models.DateTimeField(db_default=Now(), help_text="When it was told first of that.")
    repeated = models.BigIntegerField(db_default=0, help_text="The state, when it was told again.")
    settled = models.BigIntegerField(default=0, help_text="The same, when it was told at last.")

    class Meta:
        default_permissions = []

    def __str__(self) -> str:
        return self.edge
