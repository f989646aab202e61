"""What GMRES does to whole fields: inner products, and sums of vectors; each sum in double, slab by slab.

A row's part of a sum is kept apart for every place along the row and summed at the slab's end, in order: so the
compiler may work on several places at once and the bits stay the same.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from anagen.oxygen.compiled import kernel


@kernel
def squares(sums: Any, w: Any, first: int, past: int) -> None:
    """sums[i, 0] = the squares of w summed over slab i."""
    ny, nz = w.shape[1], w.shape[2]
    lane = np.zeros(nz)
    for i in range(first, past):
        lane[:] = 0
        for j in range(1, ny - 1):
            here = w[i, j, 0:nz]
            for k in range(nz):
                lane[k] += np.float64(here[k]) * np.float64(here[k])
        total = lane[0]
        for k in range(1, nz):
            total += lane[k]
        sums[i, 0] = total


@kernel
def slab_products(sums: Any, basis: Any, count: int, w: Any, own: int, keep: float, first: int, past: int) -> None:
    """sums[i, m] = inner product over slab i of basis[m] with w - keep basis[own]; the last is of that with itself."""
    ny, nz = w.shape[1], w.shape[2]
    lanes, row = np.zeros((count + 1, nz)), np.zeros(nz)
    for i in range(first, past):
        lanes[:] = 0
        for j in range(1, ny - 1):
            here, other, lane = w[i, j, 0:nz], basis[own, i, j, 0:nz], lanes[count]
            for k in range(nz):
                row[k] = here[k] - keep * other[k]
                lane[k] += row[k] * row[k]
            for m in range(count):
                lane, other = lanes[m], basis[m, i, j, 0:nz]
                for k in range(nz):
                    lane[k] += row[k] * other[k]
        for m in range(count + 1):
            total = lanes[m, 0]
            for k in range(1, nz):
                total += lanes[m, k]
            sums[i, m] = total


@kernel
def take_out(sums: Any, w: Any, basis: Any, factors: Any, first: int, past: int) -> None:
    """w = w - sum_m factors[m] basis[m], rounded to its precision; sums[i, 0] = its squares summed over slab i."""
    ny, nz = w.shape[1], w.shape[2]
    lane, row = np.zeros(nz), np.zeros(nz)
    for i in range(first, past):
        lane[:] = 0
        for j in range(1, ny - 1):
            here = w[i, j, 0:nz]
            for k in range(nz):
                row[k] = here[k]
            for m in range(factors.size):
                other, factor = basis[m, i, j, 0:nz], factors[m]
                for k in range(nz):
                    row[k] -= factor * other[k]
            for k in range(nz):
                here[k] = row[k]
                lane[k] += row[k] * row[k]
        total = lane[0]
        for k in range(1, nz):
            total += lane[k]
        sums[i, 0] = total


@kernel
def less_of(sums: Any, w: Any, f: Any, first: int, past: int) -> None:
    """w = f - w; sums[i, 0] = its squares summed over slab i."""
    ny, nz = w.shape[1], w.shape[2]
    lane = np.zeros(nz)
    for i in range(first, past):
        lane[:] = 0
        for j in range(1, ny - 1):
            here, whole = w[i, j, 0:nz], f[i, j, 0:nz]
            for k in range(nz):
                here[k] = whole[k] - here[k]
                lane[k] += here[k] * here[k]
        total = lane[0]
        for k in range(1, nz):
            total += lane[k]
        sums[i, 0] = total


@kernel
def add_directions(u: Any, directions: Any, factors: Any, first: int, past: int) -> None:
    """u += sum_m factors[m] directions[m]."""
    ny, nz = u.shape[1], u.shape[2]
    for i in range(first, past):
        for j in range(1, ny - 1):
            here = u[i, j, 0:nz]
            for m in range(factors.size):
                other, factor = directions[m, i, j, 0:nz], factors[m]
                for k in range(nz):
                    here[k] += factor * other[k]


@kernel
def add(u: Any, change: Any, factor: float, first: int, past: int) -> None:
    """u += factor change."""
    ny, nz = u.shape[1], u.shape[2]
    for i in range(first, past):
        for j in range(1, ny - 1):
            here, other = u[i, j, 0:nz], change[i, j, 0:nz]
            for k in range(nz):
                here[k] += factor * other[k]


@kernel
def narrow(out: Any, w: Any, factor: float, first: int, past: int) -> None:
    """out = factor w, rounded to the precision of out."""
    ny, nz = w.shape[1], w.shape[2]
    for i in range(first, past):
        for j in range(1, ny - 1):
            to, here = out[i, j, 0:nz], w[i, j, 0:nz]
            for k in range(nz):
                to[k] = factor * here[k]


@kernel
def clear(out: Any, first: int, past: int) -> None:
    """out = 0."""
    ny, nz = out.shape[1], out.shape[2]
    for i in range(first, past):
        for j in range(1, ny - 1):
            to = out[i, j, 0:nz]
            for k in range(nz):
                to[k] = 0
