"""Which pieces stand beside a piece, and what the front page holds."""

from articles.selection.beside import Onward, Part, onward, parts_around
from articles.selection.boxes import Box, boxes
from articles.selection.dealing import Shown
from articles.selection.front import FrontPageLayout, Row, front_page
from articles.selection.piece import piece

__all__ = [
    "Box",
    "FrontPageLayout",
    "Onward",
    "Part",
    "Row",
    "Shown",
    "boxes",
    "front_page",
    "onward",
    "parts_around",
    "piece",
]
