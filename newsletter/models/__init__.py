from newsletter.models.bounce import Bounce, BounceQuerySet
from newsletter.models.click import Click
from newsletter.models.consent import Consent
from newsletter.models.delivery import Delivery, DeliveryQuerySet, Origin, Sender
from newsletter.models.growth import Growth
from newsletter.models.importing import Import, RefusedRow
from newsletter.models.issue import Issue, IssueQuerySet
from newsletter.models.item import Item, ItemQuerySet
from newsletter.models.newsletter import Newsletter
from newsletter.models.pace import DomainLimit, Pace, Tally
from newsletter.models.segment import Segment
from newsletter.models.sign_up import SignUp
from newsletter.models.subscriber import Source, Subscriber, SubscriberQuerySet
from newsletter.models.suppression import Suppression, SuppressionQuerySet

__all__ = [
    "Bounce",
    "BounceQuerySet",
    "Click",
    "Consent",
    "Delivery",
    "DeliveryQuerySet",
    "DomainLimit",
    "Growth",
    "Import",
    "Issue",
    "IssueQuerySet",
    "Item",
    "ItemQuerySet",
    "Newsletter",
    "Origin",
    "Pace",
    "RefusedRow",
    "Segment",
    "Sender",
    "SignUp",
    "Source",
    "Subscriber",
    "SubscriberQuerySet",
    "Suppression",
    "SuppressionQuerySet",
    "Tally",
]
