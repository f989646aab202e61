"""Faces where the permeability jumps by more than three times take the harmonic mean instead of the geometric one.

There are few of them, so they are kept as a list that mends the plain stencil: for the face between i and j with the
true coefficient c, the excess s_i s_j - c is taken back. The multigrid cycle, which only has to be near, leaves it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from anagen.oxygen.compiled import kernel
from anagen.oxygen.grid import INSIDE, Floats, Grid, Whole

LARGEST_RATIO = 3


@dataclass(frozen=True)
class Jumps:
    """Pairs of cells (places in a raveled array with ghosts) and the excess of their coefficient (1/s/mmHg)."""

    one: Whole
    other: Whole
    excess: Floats


def find_jumps(grid: Grid, s: Floats) -> Jumps:
    """The faces between cells whose permeabilities, s squared, differ by more than three times; s with ghosts."""
    none = np.zeros(0, dtype=np.int64)
    if s[INSIDE].max() ** 2 <= LARGEST_RATIO * s[INSIDE].min() ** 2:
        return Jumps(none, none, np.zeros(0))
    k = s[INSIDE] * s[INSIDE]
    ones: list[Whole] = []
    others: list[Whole] = []
    for axis in range(k.ndim):
        low = np.moveaxis(k, axis, 0)[:-1]
        high = np.moveaxis(k, axis, 0)[1:]
        found = np.argwhere(np.maximum(low, high) > LARGEST_RATIO * np.minimum(low, high))
        index = found[:, np.argsort(np.r_[axis, [a for a in range(k.ndim) if a != axis]])]
        ones.append(grid.flat(index))
        others.append(grid.flat(index + np.eye(k.ndim, dtype=np.int64)[axis]))
    one, other = np.concatenate(ones), np.concatenate(others)
    a, b = s.reshape(-1)[one], s.reshape(-1)[other]
    return Jumps(one, other, a * b - 2 * a * a * b * b / (a * a + b * b))


def mend_diagonal(jumps: Jumps, s: Floats, e: Floats) -> None:
    """Take the excess out of the diagonal E of `stencil`."""
    root, diag = s.reshape(-1), e.reshape(-1)
    for cell in (jumps.one, jumps.other):
        np.subtract.at(diag, cell, jumps.excess / (root[cell] * root[cell]))


@kernel
def mend_product(out: Any, u: Any, one: Any, other: Any, weight: Any) -> None:
    """Take the excess out of the rest of B u; `weight` is the excess over s_i s_j."""
    for n in range(one.size):
        out[one[n]] += weight[n] * u[other[n]]
        out[other[n]] += weight[n] * u[one[n]]


@kernel
def mend_flow(out: Any, u: Any, s: Any, one: Any, other: Any, excess: Any) -> None:
    """Take the excess out of what flows to each cell, in a sum that is scaled as a residual is."""
    for n in range(one.size):
        i, j = one[n], other[n]
        much = excess[n] * (u[j] / s[j] - u[i] / s[i])
        out[i] -= much / s[i]
        out[j] += much / s[j]
