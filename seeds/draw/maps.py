"""Draw the maps of the demo magazine: python maps.py [KEY ...]"""

from __future__ import annotations

import sys
from collections.abc import Callable

import maps_africa
import maps_asia
import maps_blacksea
import maps_europe
import maps_levant
import maps_world
from style import Sheet

PLATES: dict[str, Callable[[], Sheet]] = {
    **maps_blacksea.PLATES,
    **maps_europe.PLATES,
    **maps_levant.PLATES,
    **maps_africa.PLATES,
    **maps_asia.PLATES,
    **maps_world.PLATES,
}


def main(keys: list[str]) -> None:
    for key in keys or PLATES:
        path = PLATES[key]().save(key)
        print(f"{path.stat().st_size:7d}  {path.name}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
