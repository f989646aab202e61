"""Where the bulbs of a block stand: in a row, or in follicular units strewn over the plane of a wide block.

Units stand on a lattice, one in each cell of it, astray as far as they may without meeting a neighbor; the bulbs of one
unit stand side by side. Published density of units: some 80 in a cm2, with one to four hairs each.
"""

from __future__ import annotations

from math import ceil, pi, sin, sqrt

import numpy as np

from anagen.evidence.parameters import value
from anagen.oxygen.draws import BULB_PART, draws_of
from anagen.oxygen.grid import Floats


def usual_bulbs(width: float) -> int:
    """How many anagen bulbs a block of that width (um) has, at the records' density."""
    return max(1, round(value("patch_bulbs") * (width / value("patch_width")) ** 2))


def most_bulbs(width: float, room: float) -> int:
    """How many can stand in a block, each with so much room (um)."""
    across = int(width / room)
    return across**2 if is_wide(width) else across


def is_wide(width: float) -> bool:
    """Whether bulbs stand all over the plane: in blocks wider than the usual one."""
    return width > value("patch_width")


def in_row(width: float, bulbs: int) -> Floats:
    """Evenly in a row across the middle, as rows of x, y (um)."""
    x = (np.arange(bulbs) + 1 / 2) * width / max(bulbs, 1)
    return np.column_stack([x, np.full(bulbs, width / 2)])


def over_plane(width: float, bulbs: int, room: float, seed: int) -> Floats:
    """In units over the plane, as rows of x, y (um); none nearer to another than `room` (um)."""
    draws = draws_of(seed, BULB_PART)
    if not bulbs:
        return np.zeros((0, 2))
    units = min(bulbs, max(1, round(value("follicular_unit_density") * width**2)))
    largest = ceil(bulbs / units)
    across = ceil(sqrt(units))
    if width / across < 2 * (_ring(largest, room) + room / 2):  # no room for units: every bulb on its own
        units, largest, across = bulbs, 1, ceil(sqrt(bulbs))
    down = ceil(units / across)
    pitch = np.array([width / across, width / down])
    site = draws.permutation(across * down)[:units]
    stray = np.maximum(pitch / 2 - _ring(largest, room) - room / 2, 0)
    middle = (np.column_stack([site % across, site // across]) + 1 / 2) * pitch
    middle += draws.uniform(-1, 1, (units, 2)) * stray
    turn = draws.uniform(0, 2 * pi, units)
    places: list[Floats] = []
    for unit in range(units):
        count = bulbs // units + (unit < bulbs % units)
        angle = turn[unit] + 2 * pi * np.arange(count) / max(count, 1)
        places.append(middle[unit] + _ring(count, room) * np.column_stack([np.cos(angle), np.sin(angle)]))
    return np.concatenate([np.zeros((0, 2)), *places])


def _ring(bulbs: int, room: float) -> float:
    """Radius (um) of the ring on which the bulbs of a unit stand."""
    return room / (2 * sin(pi / bulbs)) if bulbs > 1 else 0.0
