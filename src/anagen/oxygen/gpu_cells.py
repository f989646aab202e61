"""The tissue's part of the equation at one cell, on flat arrays: what `stencil`, `jumps` and `tissue` do row by row.

A cell stands at i slab + j row + k; numbers of places have no sign, which spares a device the look at the array's end.
"""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np

from anagen.oxygen.jumps import LARGEST_RATIO

ONE = np.uint64(1)
THICKNESS = np.uint64(16)
"""Slabs one call of `remainder` goes through: enough calls to fill a device, and few sums to add up."""


def copy(i: Any, j: Any, k: Any, row: Any, slab: Any, out: Any, array: Any, its_row: Any, its_slab: Any) -> None:
    """out = array, which may be of another precision and of a longer or shorter grid."""
    out[i * slab + j * row + k] = array[i * its_slab + j * its_row + k]


def root_of(
    i: Any, j: Any, k: Any, row: Any, slab: Any, out: Any, permeability: Any, spacing: Any, ny: Any, nz: Any
) -> None:  # fmt: skip
    """s = sqrt(K)/h; K comes without ghosts."""
    out[i * slab + j * row + k] = sqrt(permeability[((i - ONE) * ny + (j - ONE)) * nz + (k - ONE)]) / spacing


def diagonal(i: Any, j: Any, k: Any, row: Any, slab: Any, out: Any, s: Any, uptake: Any) -> None:
    """E of `stencil`."""
    here = i * slab + j * row + k
    root = s[here]
    around = s[here - slab] + s[here + slab] + s[here - row] + s[here + row] + s[here - ONE] + s[here + ONE]
    out[here] = (around + uptake[here] / root) / root if root > 0 else root


def reciprocal(i: Any, j: Any, k: Any, row: Any, slab: Any, out: Any, array: Any, one: Any) -> None:
    """out = one/array, 0 where the array is 0."""
    here = i * slab + j * row + k
    value = array[here]
    out[here] = one / value if value > 0 else value


def apply(i: Any, j: Any, k: Any, row: Any, slab: Any, out: Any, u: Any, e: Any) -> None:
    """out = B u, every sum in the precision of `e` though u may have less."""
    here = i * slab + j * row + k
    zero = e[here] - e[here]
    around = (zero + u[here - slab]) + (zero + u[here + slab]) + (zero + u[here - row])
    around += (zero + u[here + row]) + (zero + u[here - ONE]) + (zero + u[here + ONE])
    out[here] = e[here] * u[here] - around


def sweep_twice_from_zero(
    i: Any, j: Any, k: Any, row: Any, slab: Any, out: Any, f: Any, inverse: Any, weight: Any, second: Any
) -> None:  # fmt: skip
    """Two weighted Jacobi steps of B u = f from u = 0, the first, weight f/E, made where it is needed and not kept."""
    here = i * slab + j * row + k
    around = weight * f[here - slab] * inverse[here - slab] + weight * f[here + slab] * inverse[here + slab]
    around += weight * f[here - row] * inverse[here - row] + weight * f[here + row] * inverse[here + row]
    around += weight * f[here - ONE] * inverse[here - ONE] + weight * f[here + ONE] * inverse[here + ONE]
    once = weight * f[here] * inverse[here]
    out[here] = once + second * ((f[here] + around) * inverse[here] - once)


def sweep(i: Any, j: Any, k: Any, row: Any, slab: Any, out: Any, u: Any, f: Any, inverse: Any, weight: Any) -> None:
    """One weighted Jacobi step of B u = f."""
    here = i * slab + j * row + k
    around = u[here - slab] + u[here + slab] + u[here - row] + u[here + row] + u[here - ONE] + u[here + ONE]
    out[here] = u[here] + weight * ((f[here] + around) * inverse[here] - u[here])


def remainder(
    chunk: Any, j: Any, k: Any, row: Any, slab: Any, out: Any, slope: Any, u: Any, s: Any, demand: Any, half: Any,
    half_step: Any, sums: Any, nx: Any, ny: Any, nz: Any,
) -> None:  # fmt: skip
    """As `tissue.remainder` through some slabs at one place: minus the residual, the uptake's slope and its sum.

    `half_step` is 0 where one number serves for all of `half`.
    """
    first = (chunk - ONE) * THICKNESS + ONE
    past = min(first + THICKNESS, nx + ONE)
    total = 0.0
    for i in range(first, past):
        here = i * slab + j * row + k
        bare = ((i - ONE) * ny + (j - ONE)) * nz + (k - ONE)
        middle = half[bare * half_step]
        inverse = 1 / s[here]
        p = u[here] * inverse
        scale = 1 / (middle + max(p, 0.0))
        rate = demand[bare] * p * scale
        total += rate
        slope[here] = demand[bare] * middle * scale * scale
        around = u[here - slab] + u[here + slab] + u[here - row] + u[here + row] + u[here - ONE] + u[here + ONE]
        ways = s[here - slab] + s[here + slab] + s[here - row] + s[here + row] + s[here - ONE] + s[here + ONE]
        out[here] = around - ways * p - rate * inverse
    sums[((chunk - ONE) * ny + (j - ONE)) * nz + (k - ONE)] = total


def at_rest(
    i: Any, j: Any, k: Any, row: Any, slab: Any, out: Any, demand: Any, s: Any, ny: Any, nz: Any
) -> None:  # fmt: skip
    """out = demand/s: what a residual is measured by."""
    here = i * slab + j * row + k
    out[here] = demand[((i - ONE) * ny + (j - ONE)) * nz + (k - ONE)] / s[here]


def mend_product(i: Any, j: Any, k: Any, row: Any, slab: Any, out: Any, u: Any, s: Any) -> None:
    """As `jumps.mend_product`, from the cell's own side: out += sum over jumps of (1 - c/(s_i s_j)) u_j."""
    here = i * slab + j * row + k
    a = s[here] * s[here]
    found = 0.0
    for there in (here - slab, here + slab, here - row, here + row, here - ONE, here + ONE):
        b = s[there] * s[there]
        if b > 0 and max(a, b) > LARGEST_RATIO * min(a, b):
            found += (1 - 2 * s[here] * s[there] / (a + b)) * u[there]
    out[here] += found


def mend_diagonal(i: Any, j: Any, k: Any, row: Any, slab: Any, e: Any, s: Any) -> None:
    """As `jumps.mend_diagonal`, from the cell's own side."""
    here = i * slab + j * row + k
    a = s[here] * s[here]
    found = 0.0
    for there in (here - slab, here + slab, here - row, here + row, here - ONE, here + ONE):
        b = s[there] * s[there]
        if b > 0 and max(a, b) > LARGEST_RATIO * min(a, b):
            found += (s[here] * s[there] - 2 * a * b / (a + b)) / a
    e[here] -= found


def mend_flow(i: Any, j: Any, k: Any, row: Any, slab: Any, out: Any, u: Any, s: Any) -> None:
    """As `jumps.mend_flow`, from the cell's own side: what passes a jump too much is taken from its part of `out`."""
    here = i * slab + j * row + k
    root, a = s[here], s[here] * s[here]
    found = 0.0
    for there in (here - slab, here + slab, here - row, here + row, here - ONE, here + ONE):
        b = s[there] * s[there]
        if b > 0 and max(a, b) > LARGEST_RATIO * min(a, b):
            found += (root * s[there] - 2 * a * b / (a + b)) * (u[there] / s[there] - u[here] / root)
    out[here] -= found / root
