"""The skin's surface, and a field on its way to and from the scaled unknown u = s P, at one cell of flat arrays.

Arrays over the surface hold one number for each column of cells; those named "bare" come without ghosts.
"""

from __future__ import annotations

from typing import Any

import numpy as np

ONE, TWO = np.uint64(1), np.uint64(2)


def conductance(
    i: Any, j: Any, k: Any, row: Any, slab: Any, out: Any, permeability: Any, surface: Any, spacing: Any, ny: Any,
    nz: Any,
) -> None:  # fmt: skip
    """As `Tissue.surface_uptake`, for one column."""
    column = (i - ONE) * ny + (j - ONE)
    out[column] = 1 / (1 / surface + spacing / (2 * permeability[column * nz])) / spacing if surface > 0 else 0.0


def add_top(i: Any, j: Any, k: Any, row: Any, slab: Any, out: Any, surface: Any, ny: Any) -> None:
    """Add what the surface takes for each mmHg to the uptake of the cell below it."""
    out[i * slab + j * row + k] += surface[(i - ONE) * ny + (j - ONE)]


def breathe(
    i: Any, j: Any, k: Any, row: Any, slab: Any, out: Any, u: Any, s: Any, surface: Any, air: Any, inward: Any, ny: Any
) -> None:  # fmt: skip
    """Add what comes in from the air to the right-hand side, and keep it column by column in `inward` (1/s)."""
    here, column = i * slab + j * row + k, (i - ONE) * ny + (j - ONE)
    brought = surface[column] * (air - u[here] / s[here])
    out[here] += brought / s[here]
    inward[column] = brought


def start_even(i: Any, j: Any, k: Any, row: Any, slab: Any, u: Any, s: Any, po2: Any) -> None:
    """u = s P of one pO2."""
    here = i * slab + j * row + k
    u[here] = s[here] * po2


def start_from(
    i: Any, j: Any, k: Any, row: Any, slab: Any, u: Any, s: Any, bare: Any, ny: Any, nz: Any
) -> None:  # fmt: skip
    """u = s P of a field."""
    here = i * slab + j * row + k
    u[here] = s[here] * bare[((i - ONE) * ny + (j - ONE)) * nz + (k - ONE)]


def start_from_coarse(
    i: Any, j: Any, k: Any, row: Any, slab: Any, u: Any, s: Any, bare: Any, ny: Any, nz: Any
) -> None:  # fmt: skip
    """u = s P of a field in cubes twice as large, of which there are ny and nz along the last axes."""
    here = i * slab + j * row + k
    u[here] = s[here] * bare[((i - ONE) // TWO * ny + (j - ONE) // TWO) * nz + (k - ONE) // TWO]


def pressure(
    i: Any, j: Any, k: Any, row: Any, slab: Any, bare: Any, u: Any, s: Any, ny: Any, nz: Any
) -> None:  # fmt: skip
    """P = u/s."""
    here = i * slab + j * row + k
    bare[((i - ONE) * ny + (j - ONE)) * nz + (k - ONE)] = u[here] / s[here]


def halve(
    n: Any, coarse: Any, fine: Any, nx: Any, ny: Any, nz: Any, wide: Any, deep: Any, eighth: Any
) -> None:  # fmt: skip
    """Of the n-th coarse cell, the mean of its eight, both without ghosts; an odd side's last cell counts twice.

    nx, ny and nz are the fine cells along each axis, `wide` and `deep` the coarse ones along the last two.
    """
    k, j, i = TWO * (n % deep), TWO * (n // deep % wide), TWO * (n // deep // wide)
    total = 0.0
    for a in range(i, i + TWO):
        for b in range(j, j + TWO):
            for c in range(k, k + TWO):
                total += fine[(min(a, nx - ONE) * ny + min(b, ny - ONE)) * nz + min(c, nz - ONE)]
    coarse[n] = total * eighth
