"""Lists of addresses that came from elsewhere."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.core.files.storage import storages
from django.core.files.storage.base import Storage
from django.db import models
from django.db.models import Q

TO_DECIDE = timedelta(days=7)


def private() -> Storage:
    """Files that hold addresses; never served by their path."""
    return storages["private"]


class ImportQuerySet(models.QuerySet["Import"]):
    def unfinished(self) -> Self:
        """Those that the worker has to go on with, oldest first."""
        at_work = [Import.Status.WAITING, Import.Status.CHECKING, Import.Status.RUNNING]
        return self.filter(status__in=at_work).order_by("pk")

    def forgotten(self, at: datetime) -> Self:
        """Those that nobody has decided about for so long that their file must go."""
        idle = [Import.Status.CHECKED, Import.Status.FAILED]
        return self.filter(status__in=idle, created_at__lt=at - TO_DECIDE)


class Import(models.Model):
    """A file of addresses, with the proof that they may be mailed, and how far it has come."""

    class Status(models.TextChoices):
        WAITING = "waiting", "Waits"
        CHECKING = "checking", "Being checked"
        CHECKED = "checked", "Checked, nothing added yet"
        RUNNING = "running", "Being added"
        DONE = "done", "Done"
        FAILED = "failed", "Stopped"

    file = models.FileField(storage=private, upload_to="imports", max_length=200)
    name = models.CharField("file name", max_length=200)
    statement = models.TextField(
        "proof of consent",
        help_text="Where, when and in which words these people asked for this newsletter.",
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    agreed_at = models.DateTimeField(null=True, help_text="When somebody said: add them.")
    finished_at = models.DateTimeField(null=True)
    n_bytes = models.PositiveBigIntegerField(default=0)
    n_bytes_done = models.PositiveBigIntegerField(default=0)
    n_rows = models.PositiveIntegerField("rows", default=0)
    n_added = models.PositiveIntegerField("added", default=0)
    n_known = models.PositiveIntegerField("in the list already", default=0)
    n_suppressed = models.PositiveIntegerField("suppressed", default=0)
    n_refused = models.PositiveIntegerField("refused", default=0)
    failure = models.CharField(max_length=300, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="newsletter_import_has_proof",
                condition=~Q(statement=""),
                violation_error_message="Say how these people gave their consent.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def n_new(self) -> int:
        """How many adding would add, once it has been checked."""
        return self.n_rows - self.n_known - self.n_suppressed - self.n_refused

    @property
    def is_at_work(self) -> bool:
        return self.status in {self.Status.WAITING, self.Status.CHECKING, self.Status.RUNNING}

    @property
    def is_all_added(self) -> bool:
        return bool(self.agreed_at) and self.n_bytes_done == self.n_bytes


class RefusedRow(models.Model):
    """A row of an import that was not taken, and why."""

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="refused_rows")
    line = models.PositiveIntegerField()
    text = models.CharField(max_length=300)
    reason = models.CharField(max_length=120)

    class Meta:
        ordering = ["line"]

    def __str__(self) -> str:
        return f"Line {self.line}"
