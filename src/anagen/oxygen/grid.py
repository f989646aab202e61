"""The grid: cubes of one size, the first slab along x, depth below the skin's surface along the last axis.

Every array over cells carries a layer of ghost cells around it, so that a stencil needs no special case at a border:
a ghost holds 0, and no oxygen passes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anagen.errors import AnagenError

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

COARSEST_CELLS = 100
"""Coarsening stops at or below this many cells; what is left is solved exactly."""
INSIDE = (slice(1, -1), slice(1, -1), slice(1, -1))
"""The cells proper of an array with ghosts."""


class GridError(AnagenError):
    """A grid that cannot be used."""


@dataclass(frozen=True)
class Grid:
    """Cubes of side `spacing` (um): `shape` of them along x, y and depth.

    The corner of the first cell is the origin; the skin's surface is the plane of depth 0.
    """

    shape: tuple[int, int, int]
    spacing: float

    @property
    def padded(self) -> tuple[int, int, int]:
        """The shape with ghosts."""
        nx, ny, nz = self.shape
        return nx + 2, ny + 2, nz + 2

    @property
    def cells(self) -> int:
        """How many cells there are, ghosts not counted."""
        nx, ny, nz = self.shape
        return nx * ny * nz

    @property
    def cell_volume(self) -> float:
        """Of one cell (um3)."""
        return self.spacing * self.spacing * self.spacing

    @property
    def size(self) -> Floats:
        """Length, width and depth of the whole (um)."""
        return np.array(self.shape) * self.spacing

    def zeros(self, kind: Any = np.float64) -> NDArray[Any]:
        """A new array with ghosts, written once so that its memory is its own."""
        array = np.empty(self.padded, dtype=kind)
        array.fill(0)
        return array

    def filled(self, values: Any, kind: Any = np.float64) -> NDArray[Any]:
        """A new array with ghosts 0 and the cells as given."""
        array = self.zeros(kind)
        array[INSIDE] = values
        return array

    def centers(self) -> tuple[Floats, Floats, Floats]:
        """Where the centers lie along x, y and depth (um), shaped to be broadcast against each other."""
        places: list[Floats] = [np.arange(1 / 2, count) * self.spacing for count in self.shape]
        x, y, z = places
        return x[:, None, None], y[None, :, None], z[None, None, :]

    def flat(self, index: Whole) -> Whole:
        """Places in a raveled array with ghosts, from cell indices in rows of three."""
        _, ny, nz = self.padded
        i, j, k = (index + 1).T
        return (i * ny + j) * nz + k

    def coarser(self) -> Grid:
        """The grid of cubes twice as large."""
        nx, ny, nz = self.shape
        return Grid((nx // 2, ny // 2, nz // 2), self.spacing * 2)

    def rounded(self) -> Grid:
        """The same with each odd side one cell longer."""
        nx, ny, nz = (side + side % 2 for side in self.shape)
        return Grid((nx, ny, nz), self.spacing)

    def ladder(self) -> list[Grid]:
        """This grid and its coarser ones, down to one small enough to be solved exactly.

        Each but the last is `rounded`: the cells that are too many take no part.
        """
        grids: list[Grid] = []
        grid = self
        while grid.cells > COARSEST_CELLS:
            grids.append(grid.rounded())
            grid = grids[-1].coarser()
        return [*grids, grid]
