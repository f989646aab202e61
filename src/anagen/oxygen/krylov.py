"""The vectors of `krylov_method` on the processor: whole padded grids, summed slab by slab.

Every inner product is a sum over slabs in their order, so it has the same bits whatever the number of threads.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from anagen.oxygen.compiled import Team
from anagen.oxygen.grid import Floats, Grid
from anagen.oxygen.krylov_method import BASIS, FALL, MOST_PASSES, FlexibleGmres
from anagen.oxygen.krylov_sums import add, add_directions, clear, less_of, narrow, slab_products, squares, take_out

Single = NDArray[np.float32]


class Gmres(FlexibleGmres):
    """The solver over one grid, with its basis kept between calls."""

    def __init__(self, grid: Grid, team: Team, basis: int = BASIS, kind: Any = np.float32) -> None:
        self.team, self.grid, self.most = team, grid, basis
        self.basis: Any = np.zeros((basis + 1, *grid.padded), dtype=kind)
        self.directions: Any = np.zeros((basis, *grid.padded), dtype=kind)
        self.w = grid.zeros()
        self.sums = np.zeros((grid.padded[0], basis + 2))

    def _run(self, function: Any, *arguments: Any) -> None:
        nx, ny, nz = self.grid.shape
        self.team.run(function, arguments, nx, ny * nz)

    def _sum(self, column: int) -> float:
        return sum(self.sums[1:-1, column].tolist())

    def products(self, count: int, w: NDArray[Any], own: int, keep: float) -> Floats:
        """Inner products of w - keep basis[own] with the first basis vectors, and with itself."""
        self._run(slab_products, self.sums, self.basis, count, w, own, keep)
        return np.array([self._sum(m) for m in range(count + 1)])

    def size(self, w: Floats) -> float:
        """Root of the sum of squares."""
        self._run(squares, self.sums, w)
        return float(np.sqrt(self._sum(0)))

    def begin(self, w: Floats, factor: float) -> None:
        """basis[0] = factor w, in single precision."""
        self._run(narrow, self.basis[0], w, factor)

    def less_of(self, f: Floats) -> float:
        """w = f - w, and its size."""
        self._run(less_of, self.sums, self.w, f)
        return float(np.sqrt(self._sum(0)))

    def combine(self, u: Floats, factors: Floats) -> None:
        """u += the directions, each times its factor."""
        self._run(add_directions, u, self.directions, factors)

    def add(self, u: Floats, change: Floats, factor: float) -> None:
        """U += factor times change."""
        self._run(add, u, change, factor)

    def clear(self, u: Floats) -> None:
        """U = 0."""
        self._run(clear, u)

    def upright(self, n: int, lengths: Floats) -> tuple[Floats, float]:
        """Take from basis[n + 1] its part along those before: the factors of that part, and the length that is left."""
        column, keep, w = np.zeros(n + 1), 1.0, self.basis[n + 1]
        length = 0.0
        for _ in range(MOST_PASSES):
            products = self.products(n + 1, w, n, keep)
            factors = products[: n + 1] / np.square(lengths[: n + 1])
            factors[n] += keep
            self._run(take_out, self.sums, w, self.basis, factors)
            column += factors
            length = float(np.sqrt(self._sum(0)))
            if length > FALL * np.sqrt(products[n + 1]):
                break
            keep = 0.0
        return column, length
