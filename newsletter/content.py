"""What a round-up says, as plain data: the letter, its text and its page are made from it."""

from typing import TypedDict

from django.conf import settings

from newsletter.models import Newsletter
from newsroom.models import Publication


class Frame(TypedDict):
    newsletter: str
    publication: str
    postal_address: str
    site_url: str


def frame() -> Frame:
    """What every letter says of us; 2 queries."""
    publication = Publication.objects.first() or Publication()
    return {
        "newsletter": Newsletter.current().name,
        "publication": publication.name,
        "postal_address": publication.postal_address.strip(),
        "site_url": settings.SITE_URL,
    }
