"""Vessels as lines through the grid: cut by its cells, each piece exchanging oxygen with the cell it lies in.

A vessel of radius r in a cell of side h gives, for each um of its length and each mmHg between blood and cell,

    G = 1 / (R_in + R_wall + ln(r_e/r) / (2 pi K)),     r_e = h / (2 sqrt(2) e^gamma) = 0.1985 h     (um2/s/mmHg)

(Peaceman 1978): r_e is where the field around a line source has the value of the cell it stands in. R_in is the
resistance inside the vessel, R_wall that of a thickened wall (mmHg s/um2). The logarithm falls with h; where it would
leave less than a set share of R_in + R_wall, the grid is too fine for this vessel, and is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, exp, log, pi, sqrt
from typing import Any

import numpy as np

from anagen.oxygen.blood import Blood
from anagen.oxygen.chains import Mixing
from anagen.oxygen.grid import Floats, Grid, GridError, Whole

WELL_RADIUS = exp(-np.euler_gamma) / sqrt(8)
"""r_e over h."""
LEAST_SHARE = 0.2
"""The exchange resistance may not be less than this share of R_in + R_wall."""
TENTHS = 10
"""Of a um: how finely a refusal tells what would do."""
SLIVER = 1e-9
"""Pieces shorter than this, against the cell, are none."""


@dataclass(frozen=True)
class Vessels:
    """Straight vessels in order of flow: whatever feeds one stands before it.

    Attributes
    ----------
    begin, end : rows of x, y, depth (um), blood running from begin to end.
    radius : um.
    flow : um3/s, above 0.
    inside : resistance of the blood (mmHg s/um2).
    wall : resistance of the wall (mmHg s/um2).
    mixing : which vessels feed which.
    inlet_po2 : pO2 of the blood that comes from outside (mmHg), for the share of inflow that no vessel brings.
    lines : of how many lines the vessel is one (see `bundles`); None where each stands alone.
    reach : r_e over h of each; None where each stands alone.
    kind : of each, as `network` numbers them; None where that is not known.
    """

    begin: Floats
    end: Floats
    radius: Floats
    flow: Floats
    inside: Floats
    wall: Floats
    mixing: Mixing
    inlet_po2: Floats
    lines: Whole | None = None
    reach: Floats | None = None
    kind: Whole | None = None

    @property
    def count(self) -> int:
        """How many."""
        return int(self.radius.size)

    @property
    def length(self) -> Floats:
        """Of each (um)."""
        return np.linalg.norm(self.end - self.begin, axis=1)

    @property
    def outside_share(self) -> Floats:
        """Of each inflow, the share that no vessel brings."""
        brought = np.zeros(self.count)
        np.add.at(brought, np.repeat(np.arange(self.count), np.diff(self.mixing.start)), self.mixing.share)
        return np.maximum(1 - brought, 0)


@dataclass(frozen=True)
class Pieces:
    """Vessels cut by a grid: vessel v has the pieces start[v] to start[v + 1], each in the cell `index` (rows of 3)."""

    start: Whole
    index: Whole
    length: Floats
    vessel: Whole


def brought(vessels: Vessels, blood: Blood) -> float:
    """Oxygen that enters with blood from outside (um3/s)."""
    inlets, which = np.unique(vessels.inlet_po2, return_inverse=True)
    content = np.array([blood.content(p) for p in inlets.tolist()])[which]
    return float((vessels.flow * vessels.outside_share * content).sum())


def unfed(count: int) -> Mixing:
    """Of vessels that are all fed from outside."""
    return Mixing(np.zeros(count + 1, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))


def check(grid: Grid, vessels: Vessels) -> None:
    """Raise GridError, with all that is wrong, where vessels cannot be used in this block."""
    fed = np.repeat(np.arange(vessels.count), np.diff(vessels.mixing.start))
    ends = np.concatenate([vessels.begin, vessels.end], axis=1)
    size, slack = np.tile(grid.size, 2), SLIVER * grid.spacing
    faults = {
        "its ends must lie in the block": ((ends >= -slack) & (ends <= size + slack)).all(axis=1),
        "its radius must be above 0": vessels.radius > 0,
        "its flow must be above 0": (vessels.flow > 0) & np.isfinite(vessels.flow),
        "its resistances must be 0 or more": (vessels.inside >= 0) & (vessels.wall >= 0),
        "what feeds it must stand before it": np.bincount(fed[vessels.mixing.source >= fed], minlength=vessels.count)
        == 0,
    }
    wrong = [f"vessel {np.flatnonzero(~good)[0]}: {mend}" for mend, good in faults.items() if not good.all()]
    if wrong:
        raise GridError("\n".join(wrong))


def cut(grid: Grid, begin: Floats, end: Floats) -> Pieces:
    """Cut straight lines at the faces between cells; a line along a face belongs to the cell behind it."""
    a, b = begin / grid.spacing, end / grid.spacing
    count = a.shape[0]
    size = np.linalg.norm(b - a, axis=1)
    owners, places = [np.arange(count), np.arange(count)], [np.zeros(count), np.ones(count)]
    for axis in range(a.shape[1]):
        low, high = np.minimum(a[:, axis], b[:, axis]), np.maximum(a[:, axis], b[:, axis])
        first = np.floor(low) + 1
        crossings = np.maximum(np.ceil(high) - first, 0).astype(np.int64)
        owner = np.repeat(np.arange(count), crossings)
        face = first[owner] + np.arange(owner.size) - np.repeat(np.cumsum(crossings) - crossings, crossings)
        owners.append(owner)
        places.append((face - a[owner, axis]) / (b[owner, axis] - a[owner, axis]))
    owner, place = np.concatenate(owners), np.concatenate(places)
    order = np.lexsort((place, owner))
    owner, place = owner[order], place[order]
    steps = np.diff(place)
    kept = (owner[1:] == owner[:-1]) & (steps * size[owner[:-1]] > SLIVER)
    vessel, steps, from_begin = owner[:-1][kept], steps[kept], place[:-1][kept]
    middles = a[vessel] + (from_begin + steps / 2)[:, None] * (b[vessel] - a[vessel])
    index = np.clip(np.floor(middles).astype(np.int64), 0, np.array(grid.shape) - 1)
    start = np.concatenate([[0], np.cumsum(np.bincount(vessel, minlength=count))]).astype(np.int64)
    return Pieces(start, index, steps * size[vessel] * grid.spacing, vessel)


def line_resistance(reach: Any, radius: Any, along: Any, permeability: Any) -> Any:
    """1/G of the module's text (mmHg s/um2): `along` is R_in + R_wall, `reach` r_e (um)."""
    return along + np.log(reach / radius) / (2 * pi * permeability)


def exchange(grid: Grid, vessels: Vessels, pieces: Pieces, permeability: Floats) -> Floats:
    """l G of every piece (um3/s/mmHg); `permeability` (um2/s/mmHg) of every cell, without ghosts."""
    k = permeability[tuple(pieces.index.T)]
    radius, along = vessels.radius[pieces.vessel], vessels.inside[pieces.vessel] + vessels.wall[pieces.vessel]
    reach = np.full(radius.size, WELL_RADIUS) if vessels.reach is None else vessels.reach[pieces.vessel]
    lines = np.ones(radius.size) if vessels.lines is None else vessels.lines[pieces.vessel]
    resistance = line_resistance(reach * grid.spacing, radius, along, k)
    wrong = resistance < LEAST_SHARE * along
    if wrong.any():
        worst = int(np.argmin(resistance / along))
        least = radius[worst] / reach[worst] * exp((LEAST_SHARE - 1) * 2 * pi * k[worst] * along[worst])
        raise GridError(
            f"cells of {grid.spacing:g} um are too fine for a vessel of radius {radius[worst]:g} um: the field of a "
            "line source would stand inside the vessel itself; "
            f"use cells of {ceil(TENTHS * least) / TENTHS:g} um or more"
        )
    return pieces.length / (resistance * lines)


def sleeve(thickness: float, permeability: float, radius: float) -> float:
    """Resistance of a wall thickened by `thickness` (um) of the given permeability: ln(1 + w/r)/(2 pi K_w)."""
    return log(1 + thickness / radius) / (2 * pi * permeability)
