from newsletter.models.click import Click
from newsletter.models.consent import Consent
from newsletter.models.delivery import Delivery
from newsletter.models.growth import Growth
from newsletter.models.importing import Import, RefusedRow
from newsletter.models.issue import Issue, IssueQuerySet
from newsletter.models.item import Item, ItemQuerySet
from newsletter.models.newsletter import Newsletter
from newsletter.models.segment import Segment
from newsletter.models.sign_up import SignUp
from newsletter.models.subscriber import Source, Subscriber, SubscriberQuerySet
from newsletter.models.suppression import Suppression, SuppressionQuerySet

__all__ = [
    "Click",
    "Consent",
    "Delivery",
    "Growth",
    "Import",
    "Issue",
    "IssueQuerySet",
    "Item",
    "ItemQuerySet",
    "Newsletter",
    "RefusedRow",
    "Segment",
    "SignUp",
    "Source",
    "Subscriber",
    "SubscriberQuerySet",
    "Suppression",
    "SuppressionQuerySet",
]
