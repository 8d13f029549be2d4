"""Feeds of partners."""

from datetime import date

from django.db.models import Q

from articles.models import PartnerFeed
from articles.models.partner_feed import new_secret


def renew(feed: PartnerFeed) -> None:
    """Give `feed` another address; the old one leads nowhere from now on."""
    feed.secret = new_secret()
    feed.save(update_fields=["secret"])


def note_fetch(feed: PartnerFeed, *, on: date) -> None:
    """Keep on which day `feed` was fetched last; writes once a day."""
    earlier = Q(last_fetched_on=None) | Q(last_fetched_on__lt=on)
    if feed.last_fetched_on != on:
        PartnerFeed.objects.filter(earlier, pk=feed.pk).update(last_fetched_on=on)
        feed.last_fetched_on = on
