"""The round-up."""

from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse

from articles.models import Photo
from newsletter.models.segment import Segment
from newsroom.lib.captures import Captures
from newsroom.lib.fields import HtmlField

TOKENS_IN_HTML = Captures("html", "/photos/([A-Za-z0-9_-]+)/")


class IssueQuerySet(models.QuerySet["Issue"]):
    def sent(self) -> Self:
        """What the archive shows: under way or sent, newest first; 1 query."""
        return self.filter(status__in=Issue.OUT).order_by("-published_on")

    def under_way(self) -> Self:
        """What has not been sent yet, without its texts, newest first; 1 query."""
        ended = [Issue.Status.SENT, Issue.Status.STOPPED]
        return self.exclude(status__in=ended).without_texts().order_by("-until")

    def without_texts(self) -> Self:
        return self.defer("content", "html", "plain", "opening", "text")

    def showing(self, token: str) -> Self:
        """Those whose frozen letter shows pictures at addresses with `token`; by index."""
        return self.alias(tokens=TOKENS_IN_HTML).filter(tokens__contains=[token])

    def tokens_of(self, photo: Photo) -> set[str]:
        """The tokens under which frozen letters show `photo`; 1 query."""
        frozen = self.filter(content__photos__has_key=str(photo.pk))
        shown = frozen.values_list("content__photos", flat=True)
        return {photos[str(photo.pk)] for photos in shown}

    def using_photo(self, photo: Photo) -> Self:
        """Those that show `photo`, in the opening, a text or the frozen letter."""
        mark = f'<figure data-photo="{photo.pk}">'
        texts = Q(opening__contains=mark) | Q(items__body__contains=mark)
        frozen = self.showing(photo.token).values("pk")
        return self.filter(texts | Q(pk__in=frozen)).distinct()

    def at_work(self) -> Self:
        """Those whose letters leave now."""
        return self.filter(status=Issue.Status.SENDING)

    def open(self) -> Self:
        """Started, and not certified yet: their ledger may change."""
        return self.filter(status__in=[Issue.Status.SENDING, Issue.Status.PAUSED]) | self.to_close()

    def to_close(self) -> Self:
        """Stopped by somebody, with rows that do not know it yet."""
        return self.filter(status=Issue.Status.STOPPED, certificate__isnull=True)

    def due(self, at: datetime) -> Self:
        return self.filter(status=Issue.Status.SCHEDULED, send_at__lte=at)


class Issue(models.Model):
    """One weekly newsletter: put together, approved and thereby frozen, sent, kept.

    `version` counts edits of anything in it. `content`, `html`, `plain` and `digest` are the frozen
    copy, empty until it is approved. A round-up that was sent before there was a ledger has neither
    `books` nor a `certificate`.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        APPROVED = "approved", "Approved"
        SCHEDULED = "scheduled", "Scheduled"
        SENDING = "sending", "Being sent"
        PAUSED = "paused", "Paused"
        STOPPED = "stopped", "Stopped"
        SENT = "sent", "Sent"

    OUT = (Status.SENDING, Status.PAUSED, Status.STOPPED, Status.SENT)

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
    running_since = models.DateTimeField(
        null=True, editable=False, help_text="When it was started, or last resumed."
    )
    paused_at = models.DateTimeField(null=True, editable=False)
    pause_why = models.CharField(max_length=300, blank=True, editable=False)
    books = models.JSONField(
        null=True,
        editable=False,
        help_text="When it started: candidates, prepared, and excluded by reason.",
    )
    certificate = models.JSONField(null=True, editable=False, help_text="Once it has ended.")
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
        indexes = [GinIndex(TOKENS_IN_HTML, name="newsletter_issue_pictures")]
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
                condition=~Q(status__in=["sending", "paused", "stopped", "sent"])
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

    def is_due(self, at: datetime) -> bool:
        is_scheduled = self.status == self.Status.SCHEDULED
        return is_scheduled and self.send_at is not None and self.send_at <= at

    @property
    def is_tested(self) -> bool:
        """Whether a test was sent after the last edit."""
        return self.tested_version == self.version


def roundup_url(day: date) -> str:
    return reverse("newsletter:issue_detail", args=[day])
