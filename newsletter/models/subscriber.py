"""Those who asked for the round-up."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from newsroom.lib import addresses

if TYPE_CHECKING:
    from newsletter.models.segment import Segment


class Source(models.TextChoices):
    """By which way somebody came to us."""

    ARTICLE = "article", "Box beside a piece"
    FRONT = "front", "Front page"
    FOOTER = "footer", "Footer"
    PAGE = "page", "Newsletter page"
    DESK = "desk", "Added at the desk"
    IMPORT = "import", "Import"


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    def active(self) -> Self:
        """Those who get mail from us."""
        return self.filter(status=Subscriber.Status.ACTIVE)

    def within(self, segment: "Segment | None") -> Self:
        """Those whom `segment` chooses; everybody for None.

        Whoever has chosen no topic wants all of them.
        """
        if segment is None:
            return self
        return self.choosing(
            sections=segment.sections.values_list("pk", flat=True),
            sources=segment.sources,
            joined_from=segment.joined_from,
            joined_before=segment.joined_before,
        )

    def choosing(
        self,
        *,
        sections: Iterable[int],
        sources: Iterable[str],
        joined_from: datetime | None,
        joined_before: datetime | None,
    ) -> Self:
        """Those whom a segment with these answers would choose; sections by id."""
        found = self
        if sections := list(sections):
            topics = Subscriber.sections.through.objects.filter(subscriber=models.OuterRef("pk"))
            chose_these = models.Exists(topics.filter(section__in=sections))
            found = found.filter(~models.Exists(topics) | chose_these)
        if sources := list(sources):
            found = found.filter(source__in=sources)
        if joined_from:
            found = found.filter(joined_at__gte=joined_from)
        if joined_before:
            found = found.filter(joined_at__lt=joined_before)
        return found


class Subscriber(models.Model):
    """An address, how it came to us, and whether it gets mail. The address is stored compared-form.

    See `newsroom.lib.addresses` for what is done to an address before it is stored.
    """

    class Status(models.TextChoices):
        PENDING = "pending", "Not confirmed"
        ACTIVE = "active", "Subscribed"
        LEFT = "left", "Unsubscribed"
        BOUNCED = "bounced", "Bounced"
        COMPLAINED = "complained", "Complained"

    class Frequency(models.TextChoices):
        WEEKLY = "weekly", "Every week"
        MONTHLY = "monthly", "Once a month, the month's first"

    address = models.CharField("mail address", max_length=254, db_collation="C")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PENDING)
    source = models.CharField("came by", max_length=10, choices=Source.choices)
    frequency = models.CharField(max_length=10, choices=Frequency.choices, default=Frequency.WEEKLY)
    sections = models.ManyToManyField(
        "articles.Section", blank=True, verbose_name="topics", help_text="None: all of them."
    )
    batch = models.ForeignKey(
        "newsletter.Import",
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="subscribers",
        verbose_name="import",
        db_index=False,
        db_constraint=False,  # checking it row by row would take half the time of an import
    )
    asked_at = models.DateTimeField(
        "asked", null=True, editable=False, help_text="When the request that counts was made."
    )
    joined_at = models.DateTimeField("joined", null=True, editable=False)
    left_at = models.DateTimeField("left", null=True, editable=False)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        permissions = [
            ("import_subscribers", "Can import subscribers"),
            ("export_subscribers", "Can export subscribers"),
            ("erase_subscriber", "Can erase subscribers for good"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="newsletter_subscriber_address",
                fields=["address"],
                violation_error_message="This address is in the list already.",
            ),
            models.CheckConstraint(
                name="newsletter_subscriber_active_has_joined",
                condition=~Q(status="active") | Q(joined_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(  # without the many, so that adding them stays quick
                fields=["status", "-id"],
                condition=~Q(status="active"),
                name="newsletter_subscriber_status",
            ),
        ]

    def __str__(self) -> str:
        return self.shown

    @property
    def shown(self) -> str:
        """The address as people write it, letters of other alphabets included."""
        return addresses.shown(self.address)

    def was_asked_at(self, moment: datetime) -> bool:
        """Whether the request of `moment` is the one that counts."""
        return self.asked_at == moment
