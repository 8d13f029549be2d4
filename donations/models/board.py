"""What pages read."""

from django.db import models
from django.db.models import Q


class Board(models.Model):
    """All that readers may meet, as one row that each page reads; written anew by each change.

    `content` is donations.board.Content.
    """

    content = models.JSONField(default=dict)
    built_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="donations_board_single", condition=Q(pk=1)),
        ]

    def __str__(self) -> str:
        return "The board"
