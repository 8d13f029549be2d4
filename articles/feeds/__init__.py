"""What feed readers read: Atom and RSS."""

from articles.feeds.partners import PartnerPieces
from articles.feeds.pieces import (
    STYLES,
    ContributorPieces,
    Pieces,
    SectionPieces,
    SeriesPieces,
    TopicPieces,
)

__all__ = [
    "STYLES",
    "ContributorPieces",
    "PartnerPieces",
    "Pieces",
    "SectionPieces",
    "SeriesPieces",
    "TopicPieces",
]
