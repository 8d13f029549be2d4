"""The links by which readers come back from the donation page, or out of a mail of thanks."""

from django.conf import settings
from django.urls import reverse

from newsroom.lib.tokens import Purpose

GAVE = Purpose("appeals.gave")
PAGE, MAIL = "page", "mail"


def link(way: str = PAGE) -> str:
    """For the donation page (PAGE) or for mails (MAIL); the same for all givers, for good."""
    return f"{settings.SITE_URL}{reverse('donations:thanks', args=[GAVE.sign(way)])}"


def is_ours(token: str) -> bool:
    return GAVE.read(token) in {PAGE, MAIL}
