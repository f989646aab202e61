"""A block of scalp in health, and the tissue and the vessels that a damage leaves of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import inf

import numpy as np

from anagen.evidence.parameters import value
from anagen.oxygen.anatomy import Anatomy, Marks
from anagen.oxygen.blood import Blood
from anagen.oxygen.damage import HEALTHY, Damage
from anagen.oxygen.densities import Densities
from anagen.oxygen.grid import Floats, Grid, GridError
from anagen.oxygen.grow import grow
from anagen.oxygen.network import Network
from anagen.oxygen.perfuse import flows_of, supply_of
from anagen.oxygen.tissue import Tissue
from anagen.oxygen.vessels import Vessels, sleeve

FILLED = 1e-6
"""How far from whole the number of cells along a side may be."""
ACROSS = 3
"""Cells that a bulb takes at least."""
RESISTANCE_AT = (4, 5, 6, 8, 10, 16, 24, 50)
"""Diameters (um) for which there is a record of the resistance inside a vessel."""


@dataclass(frozen=True)
class Demands:
    """How fast each tissue burns oxygen at most (1/s), and at what pO2 at half that speed (mmHg)."""

    epidermis: float
    dermis: float
    fat: float
    sheath: float
    bulb: float
    half_po2: float

    @staticmethod
    def of_records() -> Demands:
        """As the records have it."""
        return Demands(
            value("epidermis_demand"),
            value("dermis_demand"),
            value("fat_demand"),
            value("sheath_demand"),
            value("bulb_consumption"),
            value("uptake_half_po2"),
        )


@dataclass(frozen=True)
class Patch:
    """A block of scalp in health: everything but its flow and its damage.

    Attributes
    ----------
    anatomy, demands, network, blood : of the block.
    permeability : of tissue to oxygen (um2/s/mmHg).
    surface : conductance of the horny layer (um/s/mmHg); air_po2 : of the air (mmHg).
    inlet_po2 : of the blood that enters the block (mmHg).
    arteriole_share : of the resistance to flow.
    wall_permeability_share : permeability of a thickened wall against tissue.
    """

    anatomy: Anatomy
    demands: Demands
    network: Network
    blood: Blood = field(default_factory=Blood.human)
    permeability: float = field(default_factory=lambda: value("tissue_permeability"))
    surface: float = field(default_factory=lambda: value("surface_conductance"))
    air_po2: float = field(default_factory=lambda: value("air_po2"))
    inlet_po2: float = field(default_factory=lambda: value("inlet_po2"))
    arteriole_share: float = field(default_factory=lambda: value("arteriole_share"))
    wall_permeability_share: float = field(default_factory=lambda: value("wall_permeability_share"))


def patch_of(seed: int, anatomy: Anatomy | None = None, demands: Demands | None = None) -> Patch:
    """A block with the records' anatomy, demands and densities, and a network drawn from the seed."""
    anatomy = anatomy or Anatomy.of_records()
    return Patch(anatomy, demands or Demands.of_records(), grow(anatomy, Densities.of_records(), seed))


def grid_of(anatomy: Anatomy, spacing: float) -> Grid:
    """The grid of a block, in cubes that fill it."""
    if not 0 < spacing < inf or np.abs(anatomy.size / spacing - np.round(anatomy.size / spacing)).max() > FILLED:
        raise GridError(
            f"cells of {spacing:g} um do not fill a block of {anatomy.width:g} x {anatomy.width:g} x {anatomy.depth:g} "
            "um: give a spacing that divides its sides"
        )
    nx, ny, nz = (round(side / spacing) for side in anatomy.size)
    return Grid((nx, ny, nz), spacing)


def tissue_of(patch: Patch, grid: Grid, damage: Damage = HEALTHY) -> Tissue:
    """The tissue of a block; a cell on a border burns by how much of it lies on either side."""
    anatomy, demands, h = patch.anatomy, patch.demands, grid.spacing
    x, y, z = grid.centers()
    demand: Floats = np.full(grid.shape, demands.fat)
    demand = _blend(demand, demands.dermis, anatomy.dermis - z, h)
    demand = _blend(demand, demands.epidermis, anatomy.epidermis - z, h)
    same = damage.permeability == damage.follicle_permeability
    permeability: Floats = np.broadcast_to(np.float64(patch.permeability * damage.permeability), grid.shape)
    permeability = permeability if same else permeability.copy()
    for a, b, c in anatomy.centers:
        near = window(grid, a, b, max(anatomy.sheath_radius, anatomy.bulb_radius) + h)
        aside = np.sqrt((x[near[0]] - a) ** 2 + (y[:, near[1]] - b) ** 2)
        away = np.sqrt(aside**2 + (z - c) ** 2)
        in_sheath, in_bulb = np.minimum(anatomy.sheath_radius - aside, c - z), anatomy.bulb_radius - away
        demand[near] = _blend(_blend(demand[near], demands.sheath, in_sheath, h), demands.bulb, in_bulb, h)
        if not same:
            inside = (in_sheath > 0) | (in_bulb > 0)
            permeability[near][inside] = patch.permeability * damage.follicle_permeability
    half = np.broadcast_to(np.float64(demands.half_po2), grid.shape)
    return Tissue(grid, permeability, demand, half, patch.surface, patch.air_po2)


def least_permeability(patch: Patch, damage: Damage) -> float:
    """Of all the tissue of a block (um2/s/mmHg)."""
    return patch.permeability * min(damage.permeability, damage.follicle_permeability)


def window(grid: Grid, x: float, y: float, reach: float) -> tuple[slice, slice]:
    """The columns of cells within reach (um) of a place in the plane, along either side."""
    low, high = (np.array([x, y]) + side * reach for side in (-1, 1))
    first = np.maximum(np.floor(low / grid.spacing).astype(int), 0)
    past = np.maximum(np.ceil(high / grid.spacing).astype(int), 0)
    return slice(int(first[0]), int(past[0])), slice(int(first[1]), int(past[1]))


def coarsest_spacing(bulb_radius: float) -> float:
    """The largest cells (um) that show a bulb: some three across."""
    return 2 * bulb_radius / ACROSS


def too_coarse(spacing: float, bulb_radius: float) -> str:
    """The sentence that refuses larger ones."""
    return (
        f"cells of {spacing:g} um are too coarse for a bulb {2 * bulb_radius:g} um wide, which takes {ACROSS} cells "
        f"across; use cells of {coarsest_spacing(bulb_radius):.4g} um or less"
    )


def bulb_cells(anatomy: Anatomy, grid: Grid) -> Iterator[tuple[tuple[slice, slice], Marks]]:
    """For each bulb, a few columns of cells around it, and which of their cells have their centers in it.

    Raises GridError where cells are so coarse that a bulb may hold the center of none.
    """
    x, y, z = grid.centers()
    reach = anatomy.bulb_radius
    if grid.spacing > coarsest_spacing(reach):
        raise GridError(too_coarse(grid.spacing, reach))
    for a, b, c in anatomy.centers:
        near = window(grid, a, b, reach)
        yield near, (x[near[0]] - a) ** 2 + (y[:, near[1]] - b) ** 2 + (z - c) ** 2 < reach**2


def _blend(demand: Floats, inner: float, inward: Floats, spacing: float) -> Floats:
    """`inner` where a cell's center lies inside a border by half a cell or more, the demand so far outside."""
    return demand + np.clip(inward / spacing + 1 / 2, 0, 1) * (inner - demand)


def inside_resistance(radius: Floats) -> Floats:
    """Resistance of blood inside a vessel (mmHg s/um2), linear in the diameter between the records."""
    return np.interp(2 * radius, RESISTANCE_AT, [value(f"blood_resistance_{across}") for across in RESISTANCE_AT])


def vessels_of(patch: Patch, flow: float, damage: Damage = HEALTHY) -> Vessels:
    """The vessels that carry blood when `flow` (um3/s) would in health."""
    left, flows = flows_of(patch.network, supply_of(patch.network, flow, patch.arteriole_share), damage)
    radius = left.radius[flows.piece]
    barrier = patch.wall_permeability_share * patch.permeability
    wall = [sleeve(damage.wall_thickness, barrier, r) + damage.wall_resistance for r in radius]
    inlet = np.full(radius.size, patch.inlet_po2)
    return Vessels(
        left.place[flows.start], left.place[flows.end], radius, flows.flow, inside_resistance(radius), np.array(wall),
        flows.mixing, inlet, kind=left.kind[flows.piece],
    )  # fmt: skip
