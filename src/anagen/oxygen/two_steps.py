"""Two weighted Jacobi steps of B u = f in one pass through memory; B as in `stencil`.

A step is u + weight (f - B u)/E. Of the first one only three slabs are kept, which the second needs, and of these no
more rows at a time than the processor's cache holds. What borders on another thread's slabs, or on rows that come
later, is worked out on both sides. The first step alone reads from memory and the second alone writes to it, so each
asks row by row for what the other is about to touch: `soon`, slabs of the same rows.

Blood gives to a few cells after each step. What it gives after the first stands ready, and is put in on the way for the
second step to find; what those cells hold then is told, for the blood's answer to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anagen.oxygen.compiled import kernel
from anagen.oxygen.grid import Grid
from anagen.oxygen.prefetch import bring

KEPT_CELLS = 65_536
"""Of a slab, cells that go through both steps together."""
KEPT = 3
"""Slabs of the first step that the second one needs."""


@dataclass(frozen=True)
class Between:
    """The cells that blood gives to, between the two steps; arrays in the order of `cell`.

    Attributes
    ----------
    cell : their places in a raveled array with ghosts, rising.
    row_begin : row r of all rows has those from row_begin[r] to row_begin[r + 1].
    given : what the blood gives after the first step.
    seen : what the cell holds then.
    """

    cell: NDArray[Any]
    row_begin: NDArray[Any]
    given: NDArray[Any]
    seen: NDArray[Any]

    @staticmethod
    def of(grid: Grid, cell: NDArray[Any], kind: Any) -> Between:
        """From the places of the cells on a grid."""
        nx, ny, nz = grid.padded
        edges = np.arange(nx * ny + 1) * nz
        row_begin = np.searchsorted(cell, edges).astype(np.int32)
        return Between(cell, row_begin, np.zeros(cell.size, kind), np.zeros(cell.size, kind))

    @property
    def arrays(self) -> tuple[NDArray[Any], ...]:
        """As `sweep_twice` takes them."""
        return self.cell, self.row_begin, self.given, self.seen


@kernel
def first_step_from_zero(
    kept: Any, f: Any, inverse: Any, weight: Any, i: int, begin: int, rows: int, soon: Any
) -> None:  # fmt: skip
    """Of slab i, the rows from one before `begin` to one after the last: weight f/E; ghosts have 0."""
    for b in range(rows + 2):
        for slab in soon:
            bring(slab[begin - 1 + b])
        row, right, scale = kept[b], f[i, begin - 1 + b], inverse[i, begin - 1 + b]
        for k in range(row.size):
            row[k] = weight * right[k] * scale[k]


@kernel
def first_step(
    kept: Any, u: Any, f: Any, inverse: Any, weight: Any, i: int, begin: int, rows: int, soon: Any
) -> None:  # fmt: skip
    """As `first_step_from_zero`, from u."""
    nx, ny, nz = u.shape[0] - 1, u.shape[1] - 1, u.shape[2] - 1
    for b in range(rows + 2):
        j = begin - 1 + b
        for slab in soon:
            bring(slab[j])
        if i == 0 or i == nx or j == 0 or j == ny:
            row = kept[b]
            for k in range(row.size):
                row[k] = 0
            continue
        to, here, right, scale = kept[b, 1:nz], u[i, j, 1:nz], f[i, j, 1:nz], inverse[i, j, 1:nz]
        west, east, south, north = u[i - 1, j, 1:nz], u[i + 1, j, 1:nz], u[i, j - 1, 1:nz], u[i, j + 1, 1:nz]
        above, below = u[i, j, : nz - 1], u[i, j, 2:]
        for k in range(to.size):
            around = west[k] + east[k] + south[k] + north[k] + above[k] + below[k]
            to[k] = here[k] + weight * ((right[k] + around) * scale[k] - here[k])


@kernel
def second_step(
    out: Any, west: Any, middle: Any, east: Any, f: Any, inverse: Any, weight: Any, i: int, begin: int, rows: int,
    soon: Any,
) -> None:  # fmt: skip
    """Of slab i, the rows from `begin` on, from three kept slabs."""
    nz = f.shape[2] - 1
    for b in range(1, rows + 1):
        j = begin - 1 + b
        for slab in soon:
            bring(slab[j])
        to, right, scale = out[i, j, 1:nz], f[i, j, 1:nz], inverse[i, j, 1:nz]
        left, beyond, here = west[b, 1:nz], east[b, 1:nz], middle[b, 1:nz]
        south, north = middle[b - 1, 1:nz], middle[b + 1, 1:nz]
        above, below = middle[b, : nz - 1], middle[b, 2:]
        for k in range(to.size):
            around = left[k] + beyond[k] + south[k] + north[k] + above[k] + below[k]
            to[k] = here[k] + weight * ((right[k] + around) * scale[k] - here[k])


@kernel
def give_between(
    kept: Any, cell: Any, row_begin: Any, given: Any, seen: Any, i: int, begin: int, rows: int, sides: Any, own: bool
) -> None:  # fmt: skip
    """Put into kept rows of slab i what blood gives; of a slab of one's own, tell what the cells hold then."""
    ny, nz = sides
    for b in range(rows + 2):
        r = i * ny + begin - 1 + b
        for n in range(row_begin[r], row_begin[r + 1]):
            k = cell[n] - r * nz
            kept[b, k] += given[n]
            if own and 0 < b <= rows:
                seen[n] = kept[b, k]


@kernel
def sweep_twice_from_zero(out: Any, f: Any, inverse: Any, weight: Any, second: Any, first: int, past: int) -> None:
    """out = two steps from u = 0, without blood between them."""
    ny, nz = f.shape[1] - 1, f.shape[2] - 1
    together = min(ny - 1, max(1, KEPT_CELLS // (nz - 1)))
    kept = np.empty((KEPT, together + 2, nz + 1), dtype=f.dtype)
    for begin in range(1, ny, together):
        rows = min(together, ny - begin)
        for i in range(first - 1, past + 1):
            first_step_from_zero(kept[i % KEPT], f, inverse, weight, i, begin, rows, (out[max(i - 1, first)],))
            if i > first:
                west, middle, east = kept[(i - 2) % KEPT], kept[(i - 1) % KEPT], kept[i % KEPT]
                soon = f[min(i + 1, past)], inverse[min(i + 1, past)]
                second_step(out, west, middle, east, f, inverse, second, i - 1, begin, rows, soon)


@kernel
def sweep_twice(
    out: Any, u: Any, f: Any, inverse: Any, weight: Any, second: Any, cell: Any, row_begin: Any, given: Any, seen: Any,
    first: int, past: int,
) -> None:  # fmt: skip
    """out = two steps from u, with what blood gives between them."""
    ny, nz = f.shape[1] - 1, f.shape[2] - 1
    together = min(ny - 1, max(1, KEPT_CELLS // (nz - 1)))
    kept = np.zeros((KEPT, together + 2, nz + 1), dtype=f.dtype)
    for begin in range(1, ny, together):
        rows = min(together, ny - begin)
        for i in range(first - 1, past + 1):
            ahead, own = kept[i % KEPT], first <= i < past
            first_step(ahead, u, f, inverse, weight, i, begin, rows, (out[max(i - 1, first)],))
            give_between(ahead, cell, row_begin, given, seen, i, begin, rows, (ny + 1, nz + 1), own)
            if i > first:
                west, middle = kept[(i - 2) % KEPT], kept[(i - 1) % KEPT]
                soon = u[min(i + 2, past)], f[min(i + 1, past)], inverse[min(i + 1, past)]
                second_step(out, west, middle, ahead, f, inverse, second, i - 1, begin, rows, soon)
