"""What pages are made of, as a process keeps it: rows as objects, and what is drawn of them."""

from dataclasses import dataclass
from sys import getsizeof
from typing import Any

from django.conf import settings

from newsroom.lib.recent import Recent

OBJECT = 2_000  # bytes of one without its texts, about


@dataclass(frozen=True)
class Part:
    """of: what must live as long, as its id is part of the key."""

    value: Any
    size: int
    of: Any = None


parts: Recent[Any, Part] = Recent(settings.PARTS_MEMORY)


def weight(thing: Any) -> int:
    """Bytes, about, of plain values and lists of them."""
    inner = sum(map(weight, thing)) if isinstance(thing, (list, tuple)) else 0
    return getsizeof(thing) + inner
