"""What stands where in a block of scalp: layers by depth, and follicles as a bulb under a sheath that reaches up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import inf

import numpy as np
from numpy.typing import NDArray

from anagen.errors import AnagenError
from anagen.evidence.parameters import value
from anagen.oxygen.bulb_places import in_row, is_wide, over_plane
from anagen.oxygen.grid import Floats

Marks = NDArray[np.bool_]


@dataclass(frozen=True)
class Anatomy:
    """A block of scalp; lengths in um, depths below the surface.

    Attributes
    ----------
    width, depth : of the block.
    epidermis, dermis : depths where these layers end; fat lies below.
    bulbs : how many anagen bulbs there are, in a row across the middle or, in a wide block, all over the plane.
    bulb_depth, bulb_radius : a bulb is a ball around that depth.
    sheath_radius : of the outer root sheath, an upright cylinder from the bulb to the surface.
    seed : of where bulbs stand in a wide block.
    places : where they stand, x and y of each (um), where that is known.
    """

    width: float
    depth: float
    epidermis: float
    dermis: float
    bulbs: int
    bulb_depth: float
    bulb_radius: float
    sheath_radius: float
    seed: int = 0
    places: tuple[tuple[float, float], ...] | None = None

    def __post_init__(self) -> None:
        above = ("width", "depth", "bulb_depth", "bulb_radius")
        wrong = [
            f"{name} = {getattr(self, name):g}: give a length above 0 um"
            for name in above
            if not 0 < getattr(self, name) < inf
        ]
        wrong += [
            f"{name} = {getattr(self, name):g}: give a length of 0 um or more"
            for name in ("epidermis", "dermis", "sheath_radius")
            if not 0 <= getattr(self, name) < inf
        ]
        if self.bulbs < 0 or self.bulbs != round(self.bulbs):
            wrong.append(f"bulbs = {self.bulbs:g}: give a whole number of 0 or more")
        elif self.places is not None and len(self.places) != self.bulbs:
            wrong.append(f"places: give x and y of {self.bulbs}, as many as there are bulbs")
        if wrong:
            raise AnagenError("\n".join(wrong))

    @staticmethod
    def of_records() -> Anatomy:
        """As the records have it."""
        return Anatomy(
            value("patch_width"),
            value("patch_depth"),
            value("epidermis_depth"),
            value("dermis_depth"),
            round(value("patch_bulbs")),
            value("bulb_depth"),
            value("bulb_radius"),
            value("sheath_radius"),
        )

    @property
    def size(self) -> Floats:
        """Length, width and depth of the block."""
        return np.array([self.width, self.width, self.depth])

    @property
    def volume(self) -> float:
        """Of the block (um3)."""
        return self.width**2 * self.depth

    @property
    def room(self) -> float:
        """Width (um) that a bulb needs with the capillaries around it."""
        return 2 * (self.bulb_radius + value("basket_gap"))

    @cached_property
    def centers(self) -> Floats:
        """Of the bulbs, in rows of x, y, depth."""
        if self.places is not None:
            places: Floats = np.array(self.places).reshape(self.bulbs, 2)
        elif is_wide(self.width):
            places = over_plane(self.width, self.bulbs, self.room, self.seed)
        else:
            places = in_row(self.width, self.bulbs)
        return np.column_stack([places, np.full(self.bulbs, self.bulb_depth)])

    def in_bulb(self, x: Floats, y: Floats, z: Floats) -> list[Marks]:
        """For each bulb, which places lie in it; the places may be shaped to be broadcast."""
        square = self.bulb_radius**2
        return [(x - a) ** 2 + (y - b) ** 2 + (z - c) ** 2 < square for a, b, c in self.centers]

    def in_follicle(self, x: Floats, y: Floats, z: Floats) -> Marks:
        """Which places lie in a bulb or in a sheath, which forked capillaries keep out of."""
        found: Marks = np.zeros(np.broadcast_shapes(x.shape, y.shape, z.shape), dtype=bool)
        reach, (across, along, _) = max(self.bulb_radius, self.sheath_radius), self.centers.T
        near = (across > x.min() - reach) & (across < x.max() + reach)
        near &= (along > y.min() - reach) & (along < y.max() + reach)
        for a, b, c in self.centers[near]:
            aside = (x - a) ** 2 + (y - b) ** 2
            found |= (aside + (z - c) ** 2 < self.bulb_radius**2) | ((aside < self.sheath_radius**2) & (z < c))
        return found
