"""The ledger: what has become of each letter of each round-up."""

from typing import Self

from django.db import models
from django.db.models import Q

from newsletter.models.issue import Issue
from newsletter.models.subscriber import Subscriber


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> Self:
        """To be sent yet, now or later."""
        return self.filter(status__in=Delivery.WAITING)

    def in_hand(self) -> Self:
        """Some process has them, or had them when it died; few."""
        return self.filter(status__in=Delivery.IN_HAND, next_at__isnull=False)

    def held(self) -> Self:
        """Their answer was lost, and a person decides what comes next."""
        return self.filter(status=Delivery.Status.UNCERTAIN, next_at__isnull=True)

    def perhaps_twice(self) -> Self:
        """Tried again after an answer was lost, so that their readers may have got two."""
        return self.filter(Delivery.PERHAPS_TWICE)

    def newest(self, n: int) -> Self:
        """The last `n` that got an answer, newest first."""
        return self.filter(done_at__isnull=False).order_by("-done_at")[:n]


class Delivery(models.Model):
    """One round-up to one subscriber; the row stays when the subscriber is erased.

    The database checks neither of the two: a million checks would take as long as all the rest of
    preparing a million rows.

    A row is leased in a batch, then UNCERTAIN from the moment before the mail server may hear of
    it until its answer is recorded; so what a dead process leaves behind says what is true.
    `next_at` is when a row is looked at again: to be sent (WAITING), or to be taken from a process
    that is gone (IN_HAND). None: never, the row has met its end.
    """

    class Status(models.TextChoices):
        PLANNED = "planned", "Waits"
        LEASED = "leased", "Next"
        UNCERTAIN = "uncertain", "Uncertain"
        ACCEPTED = "accepted", "Accepted"
        DEFERRED = "deferred", "Put off"
        FAILED = "failed", "Refused"
        BOUNCED = "bounced", "Came back"
        SUPPRESSED = "suppressed", "Not sent"

    WAITING = (Status.PLANNED, Status.DEFERRED)
    IN_HAND = (Status.LEASED, Status.UNCERTAIN)
    PERHAPS_TWICE = Q(n_lost__gt=0, n_attempts__gt=1)

    pk = models.CompositePrimaryKey("issue", "subscriber")
    issue = models.ForeignKey(
        Issue,
        on_delete=models.PROTECT,
        related_name="deliveries",
        db_index=False,
        db_constraint=False,
    )
    subscriber = models.ForeignKey(
        Subscriber,
        on_delete=models.DO_NOTHING,
        related_name="deliveries",
        db_index=False,
        db_constraint=False,
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PLANNED)
    lane = models.IntegerField(default=0, help_text="The limit of its domain, or 0.")
    n_attempts = models.SmallIntegerField(default=0)
    n_lost = models.SmallIntegerField(default=0, help_text="Attempts whose answer was lost.")
    fence = models.IntegerField(
        default=0, help_text="Grows with each lease; what an older one writes is refused."
    )
    sender = models.IntegerField(null=True, help_text="The process that has it in hand.")
    line = models.SmallIntegerField(null=True, help_text="Which of its lines has, or had, it.")
    next_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True, help_text="When its last attempt ended.")
    answer = models.CharField(max_length=200, blank=True, help_text="Of the server, or why not.")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["issue_id", "subscriber_id"]
        verbose_name_plural = "deliveries"
        constraints = [
            models.CheckConstraint(
                name="newsletter_delivery_waits_for_a_moment",
                condition=~Q(status__in=["planned", "deferred", "leased"])
                | Q(next_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["issue", "lane", "subscriber"],
                condition=Q(status="planned"),
                name="newsletter_delivery_planned",
            ),
            models.Index(
                fields=["issue", "lane", "next_at"],
                condition=Q(status="deferred"),
                name="newsletter_delivery_due",
            ),
            models.Index(
                fields=["issue", "next_at"],
                condition=Q(status__in=["leased", "uncertain"]),
                name="newsletter_delivery_in_hand",
            ),
            models.Index(
                fields=["issue", "done_at"],
                condition=Q(done_at__isnull=False),
                name="newsletter_delivery_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue} to subscriber {self.subscriber_id}"


class Sender(models.Model):
    """A process that sends. What it has in hand is another's once it has been silent for long."""

    id = models.AutoField(primary_key=True)
    host = models.CharField(max_length=100)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(help_text="By the database's clock.")

    def __str__(self) -> str:
        return f"{self.host} {self.pk}"


class Origin(models.Model):
    """Which database the ledger was written in, as `newsletter.sending.origin` reads it.

    A copy of it elsewhere, as from a backup, does not know what has been sent since.
    """

    identity = models.CharField(max_length=200)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="newsletter_origin_single", condition=Q(pk=1))]

    def __str__(self) -> str:
        return self.identity
