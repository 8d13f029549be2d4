"""How an import ends that was not wanted, or that nobody decided about."""

from datetime import datetime

from django.utils import timezone

from newsletter.models import Import, RefusedRow
from newsletter.models.importing import TO_DECIDE


def discard(batch: Import, at: datetime | None = None) -> None:
    """Leave out whatever has not been added; must not be at work.

    The row goes too, unless it is the proof of somebody's consent.
    """
    batch.file.delete(save=False)
    if not batch.n_added or not batch.agreed_at:
        batch.delete()
        return
    batch.status, batch.finished_at = Import.Status.DONE, at or timezone.now()
    batch.file = ""
    batch.save(update_fields=["status", "finished_at", "file"])


def forget(at: datetime) -> None:
    """Addresses in files and reports are not kept longer than they are needed."""
    for batch in Import.objects.forgotten(at):
        discard(batch, at)
    RefusedRow.objects.filter(batch__created_at__lt=at - TO_DECIDE).delete()
