"""The round-up."""

from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from newsletter.models.segment import Segment
from newsroom.lib.fields import HtmlField


class IssueQuerySet(models.QuerySet["Issue"]):
    def sent(self) -> Self:
        """What the archive shows: under way or sent, newest first; 1 query."""
        out = [Issue.Status.SENDING, Issue.Status.SENT]
        return self.filter(status__in=out).order_by("-published_on")

    def under_way(self) -> Self:
        """What has not been sent yet, without its texts, newest first; 1 query."""
        texts = ["content", "html", "plain", "opening", "text"]
        return self.exclude(status=Issue.Status.SENT).defer(*texts).order_by("-until")

    def due(self, at: datetime) -> Self:
        return self.filter(status=Issue.Status.SCHEDULED, send_at__lte=at)


class Issue(models.Model):
    """One weekly newsletter: put together, approved and thereby frozen, sent, kept.

    `version` counts edits of anything in it. `content`, `html`, `plain` and `digest` are the frozen
    copy, empty until it is approved.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        APPROVED = "approved", "Approved"
        SCHEDULED = "scheduled", "Scheduled"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"

    class Grouping(models.TextChoices):
        SECTION = "section", "By section"
        FORMAT = "format", "By format"

    subject = models.CharField(max_length=150, blank=True)
    preheader = models.CharField(
        max_length=200, blank=True, help_text="What inboxes show after the subject."
    )
    opening = HtmlField("opening letter", blank=True)
    text = models.TextField(
        "plain text", blank=True, help_text="Empty: made from the items, and kept in step."
    )
    grouping = models.CharField(max_length=10, choices=Grouping.choices, default=Grouping.SECTION)
    since = models.DateTimeField(editable=False, help_text="The cut-off of the one before.")
    until = models.DateTimeField(
        "cut-off", editable=False, help_text="What was published before this moment is covered."
    )
    segment = models.ForeignKey(Segment, on_delete=models.PROTECT, null=True, blank=True)
    counts_clicks = models.BooleanField("count clicks on links", default=False)
    is_listed = models.BooleanField(
        "for search engines", default=True, help_text="Whether they may list the page of this one."
    )
    status = models.CharField(
        max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    tested_version = models.PositiveIntegerField(default=0, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    editors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(editable=False)

    content = models.JSONField(null=True, editable=False)
    html = models.TextField(blank=True, editable=False)
    plain = models.TextField(blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    approved_at = models.DateTimeField(null=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    send_at = models.DateTimeField("to be sent", null=True, editable=False)
    started_at = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField("sent", null=True, editable=False)
    published_on = models.DateField(
        null=True,
        unique=True,
        editable=False,
        help_text="The day in its address, in the publication's zone.",
    )

    objects = IssueQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "round-up"
        permissions = [
            ("approve_issue", "Can approve round-ups"),
            ("send_issue", "Can schedule and send round-ups"),
        ]
        constraints = [
            models.CheckConstraint(
                name="newsletter_issue_approved_is_frozen",
                condition=Q(status="draft")
                | Q(content__isnull=False, approved_at__isnull=False) & ~Q(digest=""),
            ),
            models.CheckConstraint(
                name="newsletter_issue_scheduled_has_time",
                condition=~Q(status="scheduled") | Q(send_at__isnull=False),
            ),
            models.CheckConstraint(
                name="newsletter_issue_started_has_day",
                condition=~Q(status__in=["sending", "sent"])
                | Q(started_at__isnull=False, published_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.subject or "Round-up without a subject"

    def get_absolute_url(self) -> str:
        """The page in the archive; "" before it is sent."""
        return roundup_url(self.published_on) if self.published_on else ""

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_tested(self) -> bool:
        """Whether a test was sent after the last edit."""
        return self.tested_version == self.version


def roundup_url(day: date) -> str:
    return reverse("newsletter:issue_detail", args=[day])
