"""The drawings that stand where a magazine has photographs: drawings.py [KEY ...]"""

from __future__ import annotations

import sys
from collections.abc import Callable

import cutouts
import empty_table
import engravings
import jet
import orbits
import plates
import treaty
import wheat
from ink import Plate

DRAWINGS: dict[str, Callable[[], Plate]] = {
    "empty-table": empty_table.draw,
    "capitol-dome": engravings.capitol_dome,
    "oil-tanker": engravings.oil_tanker,
    "wheat": wheat.wheat,
    "container-stack": cutouts.container_stack,
    "ballot-paper": cutouts.ballot_paper,
    "cable-paper": cutouts.cable_paper,
    "treaty-signatures": treaty.treaty_signatures,
    "drone-shapes": plates.drone_shapes,
    "satellite-orbits": orbits.satellite_orbits,
    "radio-tower": orbits.radio_tower,
    "price-of-a-jet": jet.price_of_a_jet,
}


def main(keys: list[str]) -> None:
    for key in keys or DRAWINGS:
        sheet = DRAWINGS[key]()
        sheet.grain(0.008)
        print(sheet.save(key).name)


if __name__ == "__main__":
    main(sys.argv[1:])
