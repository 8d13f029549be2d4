"""A round-up at the desk, put together as staff do."""

from datetime import timedelta

from django.utils import timezone

from newsletter.models import Issue
from newsletter.services import composing
from newsroom.models import User
from tests.factories import make_published, make_section, make_user


def make_roundup(*headlines: str, by: User | None = None) -> Issue:
    """A draft of as many pieces just published: the first leads, the others are in Europe."""
    section = make_section("Europe")
    for age, headline in enumerate(headlines):
        at = timezone.now() - timedelta(hours=age + 1)
        make_published(headline, at=at, section=section, deck=f"Deck of {headline}.")
    return composing.draft(by=by or make_user("newsletter editor"))
