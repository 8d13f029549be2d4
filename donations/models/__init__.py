from donations.models.appeal import Appeal, AppealQuerySet, Device, Slot
from donations.models.board import Board
from donations.models.change import Change
from donations.models.claim import Claim, ClaimQuerySet
from donations.models.count import Count, CountQuerySet
from donations.models.goal import FRESH, Goal, Total
from donations.models.host import DonationHost
from donations.models.rules import EVERYWHERE, Pause, Rules
from donations.models.tax import TaxWording
from donations.models.variant import MOST_AMOUNTS, Tie, Variant

__all__ = [
    "EVERYWHERE",
    "FRESH",
    "MOST_AMOUNTS",
    "Appeal",
    "AppealQuerySet",
    "Board",
    "Change",
    "Claim",
    "ClaimQuerySet",
    "Count",
    "CountQuerySet",
    "Device",
    "DonationHost",
    "Goal",
    "Pause",
    "Rules",
    "Slot",
    "TaxWording",
    "Tie",
    "Total",
    "Variant",
]
