"""Corrections and updates, as readers see them on the piece."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from articles.models.article import Article
from articles.models.listed import Listed, ListedQuerySet
from newsroom.lib.fields import InlineHtmlField


class NoticeQuerySet(ListedQuerySet):
    def standing(self) -> Self:
        """Those that no newer one has taken the place of."""
        return self.exclude(Exists(self.model.objects.filter(supersedes=OuterRef("pk"))))

    def corrections(self, at: datetime | None = None) -> Self:
        """What /corrections/ lists: all but updates, of public pieces, newest first."""
        at = at or timezone.now()
        return self.standing().public(at).filter(at__lte=at).exclude(kind=Notice.Kind.UPDATE)


class Notice(Listed):
    """A typed, dated correction or update on a published piece.

    Once readers can have seen it, it stays as it is: the database refuses to change or delete it.
    A newer one may take its place.
    """

    PIECE = "article"

    class Kind(models.TextChoices):
        UPDATE = "update", "Update"
        CORRECTION = "correction", "Correction"
        CLARIFICATION = "clarification", "Clarification"
        EDITORS_NOTE = "editors-note", "Editor's note"

    class Place(models.TextChoices):
        TOP = "top", "Above the text"
        FOOT = "foot", "Below the text"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    place = models.CharField(max_length=4, choices=Place.choices, default=Place.FOOT)
    at = models.DateTimeField("date and time", default=timezone.now)
    text = InlineHtmlField(blank=True, help_text="What changed, and what was wrong before.")
    supersedes = models.OneToOneField(
        "self", on_delete=models.RESTRICT, null=True, blank=True, related_name="successor"
    )
    reason = models.TextField(blank=True, help_text="For the desk; readers do not see it.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = NoticeQuerySet.as_manager()  # type: ignore[misc]  # more of them than Listed has

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(
                fields=["-at", "-id"],
                include=["public_from", "public_until"],
                condition=~Q(kind="update"),
                name="articles_notice_newest",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="articles_notice_says_what",
                condition=Q(kind="update") | ~Q(text=""),
                violation_error_message="Say what was corrected.",
            ),
            models.CheckConstraint(
                name="articles_notice_not_itself",
                condition=Q(supersedes=None) | ~Q(supersedes=F("pk")),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


def standing(notices: Iterable[Notice]) -> list[Notice]:
    """Those that none of the others has taken the place of; no query."""
    every = list(notices)
    replaced = {notice.supersedes_id for notice in every}
    return [notice for notice in every if notice.pk not in replaced]


# Where a notice stands if nobody says otherwise: on top what a reader must know first.
PLACES = {
    Notice.Kind.UPDATE: Notice.Place.TOP,
    Notice.Kind.EDITORS_NOTE: Notice.Place.TOP,
    Notice.Kind.CORRECTION: Notice.Place.FOOT,
    Notice.Kind.CLARIFICATION: Notice.Place.FOOT,
}
