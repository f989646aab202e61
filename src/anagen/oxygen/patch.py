"""Solve a patch of scalp: the oxygen that reaches its bulbs, and the rest of it.

    from anagen.oxygen.patch import patch_of, solve_patch
    from anagen.oxygen.damage import Damage

    outcome = solve_patch(patch_of(seed=1), perfusion=0.0024, damage=Damage(loss=0.8))

What a patch is made of stands in `block`, and is at hand from here as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf, nan

import numpy as np

from anagen.errors import AnagenError
from anagen.oxygen.anatomy import Anatomy
from anagen.oxygen.block import (
    Demands,
    Patch,
    bulb_cells,
    grid_of,
    inside_resistance,
    least_permeability,
    patch_of,
    tissue_of,
    vessels_of,
)
from anagen.oxygen.bundles import bundled
from anagen.oxygen.damage import HEALTHY, Damage
from anagen.oxygen.grid import Floats, Grid
from anagen.oxygen.solve import SETTINGS, Field, Settings, solve
from anagen.oxygen.vessels import Vessels

__all__ = [
    "SPACING",
    "Demands",
    "Outcome",
    "Patch",
    "grid_of",
    "inside_resistance",
    "outcome_of",
    "patch_of",
    "solve_patch",
    "tissue_of",
    "vessels_of",
]
HYPOXIC_PO2, POOR_PO2 = 10.0, 5.0
"""Below these (mmHg) a place counts as hypoxic, and as poor."""
SPACING = 40.0
"""Side of a cell (um) where nothing else is said: against 20 um the mean of the bulbs moves by less than half a mmHg in
health, by up to 1 mmHg where four capillaries in five are lost."""


@dataclass(frozen=True)
class Outcome:
    """The oxygen of one block.

    Attributes
    ----------
    bulb_means, bulb_mins : pO2 of each bulb (mmHg).
    bulb_hypoxic : share of all bulbs' tissue below 10 mmHg.
    tissue_median : of everything (mmHg).
    tissue_poor : share of everything below 5 mmHg.
    perfusion : blood through the exchanging vessels for each tissue volume (1/s).
    field : the solved field.
    """

    bulb_means: Floats
    bulb_mins: Floats
    bulb_hypoxic: float
    tissue_median: float
    tissue_poor: float
    perfusion: float
    field: Field

    @property
    def bulb_mean(self) -> float:
        """Of all bulbs (mmHg); nan where there is none."""
        return float(self.bulb_means.mean()) if self.bulb_means.size else nan

    @property
    def bulb_min(self) -> float:
        """Of all bulbs (mmHg); nan where there is none."""
        return float(self.bulb_mins.min()) if self.bulb_mins.size else nan


def solve_patch(
    patch: Patch,
    perfusion: float,
    damage: Damage = HEALTHY,
    nutritive: float = 1.0,
    spacing: float = SPACING,
    settings: Settings = SETTINGS,
    threads: int = 1,
    start: Floats | None = None,
) -> Outcome:
    """The oxygen of a block whose vessels in health carry `perfusion` (1/s: blood for each volume of tissue).

    `nutritive` is the share of that blood that passes the exchanging vessels; the rest is shunted past them. `start` is
    a first guess of the field (mmHg), such as that of a near case; without one, coarser grids give it.
    """
    if not (0 <= perfusion < inf and 0 <= nutritive <= 1):
        raise AnagenError(
            f"blood flow of {perfusion:g} 1/s, of which {nutritive:g} nutritive: give a flow of 0 or more and a share "
            "between 0 and 1"
        )
    grid = grid_of(patch.anatomy, spacing)
    vessels = vessels_of(patch, perfusion * nutritive * patch.anatomy.volume, damage)
    lines = bundled(vessels, grid, least_permeability(patch, damage))
    solved = solve(tissue_of(patch, grid, damage), lines, patch.blood, settings, threads, start)
    return outcome_of(patch, grid, vessels, solved)


def outcome_of(patch: Patch, grid: Grid, vessels: Vessels, solved: Field) -> Outcome:
    """What is asked of a solved field."""
    po2 = solved.po2
    bulbs = list(bulbs_of(patch.anatomy, grid, po2))
    whole = np.concatenate([np.zeros(0), *bulbs])
    entering = float((vessels.flow * vessels.outside_share).sum())
    return Outcome(
        np.array([bulb.mean() for bulb in bulbs]).clip(0),
        np.array([bulb.min() for bulb in bulbs]).clip(0) + 0.0,  # no -0.0
        float((whole < HYPOXIC_PO2).mean()) if whole.size else 0.0,
        float(np.median(po2)),
        float((po2 < POOR_PO2).mean()),
        entering / patch.anatomy.volume,
        solved,
    )


def bulbs_of(anatomy: Anatomy, grid: Grid, po2: Floats) -> Iterator[Floats]:
    """The pO2 of the cells whose centers lie in a bulb, for each bulb."""
    for near, inside in bulb_cells(anatomy, grid):
        yield po2[near][inside]
