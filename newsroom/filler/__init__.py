"""Test data of any size: the demo magazine's texts and drawn pictures, numbered and shuffled."""

from newsroom.filler.ground import ground
from newsroom.filler.pieces import fill

__all__ = ["fill", "ground"]
