"""What lists a piece under something else: its tags, its bylines, its notices."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q


class ListedQuerySet(models.QuerySet[Any]):
    def public(self, at: datetime) -> Self:
        """Those of pieces that readers may see at `at`."""
        still = Q(public_until=None) | Q(public_until__gt=at)
        return self.filter(still, public_from__lte=at)

    def newest_pieces(self) -> models.QuerySet[Any, int]:
        """The ids of their pieces, the newest first, each once; from an index alone."""
        piece = f"{self.model.PIECE}_id"
        newest = self.order_by("-public_from", f"-{piece}").distinct("public_from", piece)
        return newest.values_list(piece, flat=True)


class Listed(models.Model):
    """A row that knows of its piece when readers see it, so that a list reads no further than it is
    shown; null for a piece that nobody has published. Triggers write it, and nothing else can.
    """

    PIECE: str  # the field that leads to it

    public_from = models.DateTimeField(null=True, editable=False)
    public_until = models.DateTimeField(null=True, editable=False)

    objects: Any = ListedQuerySet.as_manager()

    class Meta:
        abstract = True
