"""Flexible GMRES with the multigrid cycle as its preconditioner (Saad 1993): sums in double, directions in single.

Right-preconditioned: the residual that is watched is the true one. The answer, the residual and every sum are double;
the basis and the directions are kept in single, each product B z being that of the rounded z. A basis vector's rounding
moves the residual that is reckoned between restarts by less than 1e-7 of the first; a restart begins from the true one.

The basis has right angles but not unit lengths, which spares a pass. The cycle is nearly the inverse, so B z is nearly
the vector it was made from: that is taken out first, and what is left loses few digits. Every inner product is a sum
over slabs in their order, so it has the same bits whatever the number of threads.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anagen.oxygen.compiled import Team
from anagen.oxygen.grid import Floats, Grid
from anagen.oxygen.krylov_sums import add, add_directions, clear, less_of, narrow, slab_products, take_out

BASIS = 4
"""Directions kept before a restart."""
MOST_PASSES, FALL = 2, 0.1
"""A vector of which less than this share is left when its part along the basis is out goes through it twice."""

Single = NDArray[np.float32]
Apply = Callable[[Single, Floats], None]
"""Takes (u, out) and writes B u into out; u may have single precision."""
Precondition = Callable[[Single, Single], None]


@dataclass(frozen=True)
class Outcome:
    """How a linear solve went: cycles of the preconditioner, and the last residual over the first."""

    cycles: int
    reduction: float


class Gmres:
    """The solver over one grid, with its basis kept between calls."""

    def __init__(self, grid: Grid, team: Team, basis: int = BASIS, kind: Any = np.float32) -> None:
        self.team, self.grid, self.most = team, grid, basis
        self.basis: Single = np.zeros((basis + 1, *grid.padded), dtype=kind)
        self.directions: Single = np.zeros((basis, *grid.padded), dtype=kind)
        self.w = grid.zeros()
        self.sums = np.zeros((grid.padded[0], basis + 2))

    def _run(self, function: Any, *arguments: Any) -> None:
        nx, ny, nz = self.grid.shape
        self.team.run(function, arguments, nx, ny * nz)

    def _sum(self, column: int) -> float:
        return sum(self.sums[1:-1, column].tolist())

    def products(self, count: int, w: NDArray[Any], less: int = -1) -> Floats:
        """Inner products of w with the first basis vectors, and with itself; before, basis[less] is taken from it."""
        self._run(slab_products, self.sums, self.basis, count, w, less)
        return np.array([self._sum(m) for m in range(count + 1)])

    def size(self, w: Floats) -> float:
        """Root of the sum of squares."""
        return float(np.sqrt(self.products(0, w)[0]))

    def add(self, u: Floats, change: Floats, factor: float) -> None:
        """U += factor times change."""
        self._run(add, u, change, factor)

    def clear(self, u: Floats) -> None:
        """U = 0."""
        self._run(clear, u)

    def solve(
        self, apply: Apply, precondition: Precondition, f: Floats, u: Floats, reduction: float, most: int
    ) -> Outcome:
        """Add to u (0 at first) until the residual of B u = f has fallen to `reduction` of f, or `most` cycles."""
        start = self.size(f)
        cycles, size = 0, start
        while start > 0 and cycles < most and size > reduction * start:
            self._run(narrow, self.basis[0], self.w if cycles else f, 1 / size)
            cycles += self._cycle(apply, precondition, u, size, reduction * start, most - cycles)
            apply(u, self.w)  # pyright: ignore[reportArgumentType]
            self._run(less_of, self.sums, self.w, f)
            fresh = float(np.sqrt(self._sum(0)))
            if fresh >= size:  # rounding: no more to be had
                return Outcome(cycles, fresh / start)
            size = fresh
        return Outcome(cycles, size / start if start > 0 else 0.0)

    def _cycle(self, apply: Apply, precondition: Precondition, u: Floats, size: float, goal: float, most: int) -> int:
        """One cycle between restarts, from a residual of the given size, of which basis[0] has the direction."""
        count = min(self.most, most)
        hessenberg = np.zeros((count + 1, count))
        right = np.zeros(count + 1)
        right[0] = size
        lengths = np.zeros(count + 1)
        lengths[0] = 1
        done, factors = 0, np.zeros(0)
        for n in range(count):
            precondition(self.basis[n], self.directions[n])
            apply(self.directions[n], self.w)
            column, lengths[n + 1] = self._upright(n, lengths)
            hessenberg[: n + 1, n] = column * lengths[: n + 1]
            hessenberg[n + 1, n] = lengths[n + 1]
            done = n + 1
            small = hessenberg[: done + 1, :done]
            factors = np.linalg.lstsq(small / lengths[:done], right[: done + 1], rcond=None)[0] / lengths[:done]
            left = float(np.linalg.norm(right[: done + 1] - small @ factors))
            if left <= goal or lengths[done] == 0:
                break
        self._run(add_directions, u, self.directions, factors)
        return done

    def _upright(self, n: int, lengths: Floats) -> tuple[Floats, float]:
        """Make basis[n + 1] of w less its part along those before: the factors of that part, and its own length."""
        column, less, w = np.zeros(n + 1), n, self.w
        column[n] = 1
        length = 0.0
        for _ in range(MOST_PASSES):
            products = self.products(n + 1, w, less)
            factors = products[: n + 1] / np.square(lengths[: n + 1])
            self._run(take_out, self.sums, self.basis[n + 1], w, self.basis, factors)
            column += factors
            length = float(np.sqrt(self._sum(0)))
            if length > FALL * np.sqrt(products[n + 1]):
                break
            less, w = -1, self.basis[n + 1]
        return column, length
