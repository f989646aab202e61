"""The tissue: how well it lets oxygen through and how fast it burns it, cell by cell, and the skin's surface.

    uptake = M P / (P + P_half)     above 0 mmHg (Michaelis and Menten);     M P / P_half     below, in the same slope.

The lower branch keeps an iteration from running away; an answer lies there by no more than its own rounding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from anagen.errors import AnagenError
from anagen.oxygen.compiled import kernel
from anagen.oxygen.grid import Floats, Grid


@dataclass(frozen=True)
class Tissue:
    """A block of tissue.

    Attributes
    ----------
    grid : the grid.
    permeability : K of every cell (um2/s/mmHg), without ghosts.
    demand : M, most a cell takes up (1/s).
    half_uptake : P_half (mmHg).
    surface : conductance between the air and the tissue under the horny layer (um/s/mmHg); 0 closes the surface.
    air_po2 : of the air above (mmHg).
    """

    grid: Grid
    permeability: Floats
    demand: Floats
    half_uptake: Floats
    surface: float
    air_po2: float

    def __post_init__(self) -> None:
        wrong = [
            f"{name}: give {wanted} in each of {' x '.join(map(str, self.grid.shape))} cells"
            for name, wanted, array, least in (
                ("permeability", "a number above 0", self.permeability, np.nextafter(0, 1)),
                ("demand", "a number of 0 or more", self.demand, 0),
                ("half_uptake", "a number above 0", self.half_uptake, np.nextafter(0, 1)),
            )
            if array.shape != self.grid.shape or not (np.isfinite(array) & (array >= least)).all()
        ]
        if not self.surface >= 0:
            wrong.append("surface: give a conductance of 0 or more")
        if wrong:
            raise AnagenError("\n".join(wrong))

    def surface_uptake(self) -> Floats:
        """What the cells below the surface lose to the air for each mmHg (1/s/mmHg): half a cell and g in series."""
        h = self.grid.spacing
        if self.surface <= 0:
            return self.permeability[:, :, 0] * 0
        return 1 / (1 / self.surface + h / (2 * self.permeability[:, :, 0])) / h

    def halved(self) -> Tissue:
        """The same block in cubes twice as large, of the mean of eight cells; an odd side's last cell counts twice."""
        grid = self.grid.rounded().coarser()

        def mean(cells: Floats) -> Floats:
            if not any(cells.strides):
                return np.broadcast_to(cells[0, 0, 0], grid.shape)
            if any(side % 2 for side in cells.shape):
                cells = np.pad(cells, [(0, side % 2) for side in cells.shape], mode="edge")
            nx, ny, nz = grid.shape
            return cells.reshape(nx, 2, ny, 2, nz, 2).mean(axis=tuple(range(1, 2 * cells.ndim, 2)))

        return Tissue(
            grid, mean(self.permeability), mean(self.demand), mean(self.half_uptake), self.surface, self.air_po2
        )


@kernel
def remainder(
    out: Any, slope: Any, u: Any, s: Any, demand: Any, half: Any, total: Any, first: int, past: int
) -> None:  # fmt: skip
    """out = -(B u + uptake/s) with B of `stencil` and closed sides, u = s P; the slope of the uptake; its sum by slab.

    Demand and half come without ghosts; half may have one column for all.
    """
    ny, nz = u.shape[1] - 1, u.shape[2] - 1
    rate = np.empty(u.shape[2] - 2, dtype=u.dtype)
    for i in range(first, past):
        rate_sum = np.zeros(u.shape[2] - 2, dtype=u.dtype)
        for j in range(1, ny):
            to, steep, here, root = out[i, j, 1:nz], slope[i, j, 1:nz], u[i, j, 1:nz], s[i, j, 1:nz]
            most, middle = demand[i - 1, j - 1], half[(i - 1) % half.shape[0], (j - 1) % half.shape[1]]
            west, east, south, north = u[i - 1, j, 1:nz], u[i + 1, j, 1:nz], u[i, j - 1, 1:nz], u[i, j + 1, 1:nz]
            above, below = u[i, j, : nz - 1], u[i, j, 2:]
            s_west, s_east, s_south = s[i - 1, j, 1:nz], s[i + 1, j, 1:nz], s[i, j - 1, 1:nz]
            s_north, s_above, s_below = s[i, j + 1, 1:nz], s[i, j, : nz - 1], s[i, j, 2:]
            for k in range(to.size):
                inverse = 1 / root[k]
                p = here[k] * inverse
                scale = 1 / (middle[k] + max(p, 0.0))
                rate[k] = most[k] * p * scale
                rate_sum[k] += rate[k]
                steep[k] = most[k] * middle[k] * scale * scale
                around = west[k] + east[k] + south[k] + north[k] + above[k] + below[k]
                ways = s_west[k] + s_east[k] + s_south[k] + s_north[k] + s_above[k] + s_below[k]
                to[k] = around - ways * p - rate[k] * inverse
        whole = 0.0
        for k in range(rate_sum.size):
            whole += rate_sum[k]
        total[i] = whole
