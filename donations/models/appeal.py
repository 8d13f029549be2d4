"""What the magazine asks its readers for, and where and when."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from donations.models.goal import Goal
from donations.models.tax import TaxWording
from newsroom.models import https_only


class Slot(models.TextChoices):
    """Where an appeal may stand; none covers what somebody reads."""

    BODY = "body", "After the body of a piece"
    TOP = "top", "Banner at the top of a page"
    FOOT = "foot", "Banner at the foot of a page"
    LIST = "list", "End of a list"
    LETTER = "letter", "In the round-up"


class Device(models.TextChoices):
    ANY = "", "Any"
    PHONE = "phone", "Phones"
    DESKTOP = "desktop", "Wider screens"


def words() -> ArrayField:
    """Slugs, or kinds of page; none where nothing was chosen."""
    return ArrayField(models.CharField(max_length=100), default=list, blank=True)


class AppealQuerySet(models.QuerySet["Appeal"]):
    def live(self) -> Self:
        """Set live and not ended by anybody, whatever the clock says."""
        return self.filter(status=Appeal.Status.LIVE)

    def ahead(self, at: datetime | None = None) -> Self:
        """Live, and its end not yet come: what readers may meet now or later; most urgent first."""
        return self.live().filter(ends_at__gt=at or timezone.now()).in_order()

    def in_order(self) -> Self:
        """As they take precedence of one another in a slot."""
        return self.order_by("-priority", "pk")


class Appeal(models.Model):
    """A donation appeal: one ask with its wordings, a place, an end.

    `version` counts edits, so that two people cannot collide. From `starts_at` on and before
    `ends_at` it is shown; the end needs nobody and nothing to come true.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        LIVE = "live", "Live"
        ENDED = "ended", "Ended"
        ARCHIVED = "archived", "Archived"

    name = models.CharField(max_length=80, help_text="For the desk; readers do not see it.")
    campaign = models.SlugField(
        max_length=60, help_text="What your statistics call it: the utm_campaign of its links."
    )
    slot = models.CharField(max_length=10, choices=Slot.choices, default=Slot.BODY)
    url = models.URLField(
        "donation page",
        max_length=500,
        validators=[https_only],
        help_text="Starts with https://, on a host that an administrator has allowed.",
    )
    currency = models.CharField(
        max_length=3,
        default="USD",
        validators=[RegexValidator(r"^[A-Z]{3}\Z", "Three capital letters, such as USD.")],
        help_text="Of its amounts; ISO 4217.",
    )
    starts_at = models.DateTimeField("starts")
    ends_at = models.DateTimeField("ends")
    priority = models.SmallIntegerField(
        default=0, help_text="Where two would ask in the same page, the higher one does."
    )
    device = models.CharField(max_length=10, choices=Device.choices, blank=True)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, null=True, blank=True)
    tax_wording = models.ForeignKey(TaxWording, on_delete=models.PROTECT, null=True, blank=True)

    only_kinds, not_kinds = words(), words()
    only_sections, not_sections = words(), words()
    only_formats, not_formats = words(), words()
    only_tags, not_tags = words(), words()
    only_series, not_series = words(), words()

    status = models.CharField(
        max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False
    )
    is_made_up = models.BooleanField(
        default=False, editable=False, help_text="Its counters are a demonstration's."
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(editable=False, default=timezone.now)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    live_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    lapse_told_at = models.DateTimeField(
        null=True, editable=False, help_text="When staff heard that a claim of it has lapsed."
    )

    objects = AppealQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-pk"]
        permissions = [
            ("run_appeal", "Can set appeals live, end and archive them"),
            ("switch_appeals", "Can switch appeals off and on, everywhere or in a slot"),
        ]
        constraints = [
            models.CheckConstraint(
                name="donations_appeal_ends_after_start",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message="The end must come after the start.",
            ),
            models.CheckConstraint(
                name="donations_appeal_status",
                condition=Q(status__in=["draft", "live", "ended", "archived"]),
            ),
            models.CheckConstraint(
                name="donations_appeal_live_is_whole",
                condition=Q(status="draft")
                | Q(live_at__isnull=False, tax_wording__isnull=False)
                | Q(status="archived"),
            ),
            models.CheckConstraint(
                name="donations_appeal_ended_has_time",
                condition=~Q(status="ended") | Q(ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_locked(self) -> bool:
        """Only its end may change."""
        return self.status != self.Status.DRAFT

    def ends(self, at: datetime) -> bool:
        """Whether its end has come."""
        return at >= self.ends_at
