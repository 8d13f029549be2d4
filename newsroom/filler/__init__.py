"""Test data of any size: the demo magazine's texts and drawn pictures, numbered and shuffled."""

from newsroom.filler.ground import ground
from newsroom.filler.pieces import fill
from newsroom.filler.subscribers import fill_subscribers

__all__ = ["fill", "fill_subscribers", "ground"]
