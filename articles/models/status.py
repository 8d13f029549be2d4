from django.db import models


class Status(models.TextChoices):
    """Where a piece is on its way to readers."""

    DRAFT = "draft", "Draft"
    REVIEW = "review", "In review"
    APPROVED = "approved", "Approved"
    PUBLISHED = "published", "Published"
    KILLED = "killed", "Killed"


UNPUBLISHED = (Status.DRAFT, Status.REVIEW, Status.APPROVED)
