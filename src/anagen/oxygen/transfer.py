"""Between a grid and the next coarser one: the mean of eight cells down, linear between centers up.

Unknowns are scaled as in `stencil`: u = s P and f = (right-hand side)/s, with s of the level they stand on. The finer
grid has even sides; arrays of the coarser one may be longer by a cell that takes no part.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from anagen.oxygen.compiled import kernel

EIGHTH = 0.125
NEAR, FAR = 0.75, 0.25
"""Weights of the nearer and the farther coarse center along one axis."""


@kernel
def restrict_residual(
    out: Any, u: Any, f: Any, e: Any, s: Any, coarse_inverse_s: Any, eighth: Any, first: int, past: int
) -> None:
    """out = mean over eight cells of s (f - B u), over s of the coarse cell.

    Fine slab by fine slab, so that memory is read along few ways at a time.
    """
    deep = u.shape[2] - 1
    ny, nz = u.shape[1] // 2, u.shape[2] // 2
    rows = np.empty((ny, deep - 1), dtype=u.dtype)
    for i in range(first, past):
        rows[:] = 0
        for a in range(2 * i - 1, 2 * i + 1):
            for b in range(1, 2 * ny - 1):
                row, root = rows[(b + 1) // 2], s[a, b, 1:deep]
                here, right, diag = u[a, b, 1:deep], f[a, b, 1:deep], e[a, b, 1:deep]
                west, east, south = u[a - 1, b, 1:deep], u[a + 1, b, 1:deep], u[a, b - 1, 1:deep]
                north, above, below = u[a, b + 1, 1:deep], u[a, b, : deep - 1], u[a, b, 2:]
                for k in range(row.size):
                    around = west[k] + east[k] + south[k] + north[k] + above[k] + below[k]
                    row[k] += root[k] * (right[k] - diag[k] * here[k] + around)
        for j in range(1, ny):
            to, scale, row = out[i, j, 1:nz], coarse_inverse_s[i, j, 1:nz], rows[j]
            for k in range(to.size):
                to[k] = (row[2 * k] + row[2 * k + 1]) * eighth * scale[k]


@kernel
def add_from_coarse(
    u: Any, s: Any, coarse_u: Any, coarse_inverse_s: Any, near: Any, far: Any, first: int, past: int
) -> None:
    """u += s times P of the coarse level, linear between its centers; beyond a border the border's own value.

    Each coarse row is widened along depth once; the two fine rows between it and the one before take of both.
    """
    nx, ny, nz = u.shape[0] // 2 - 1, u.shape[1] // 2 - 1, u.shape[2] // 2 - 1
    row = np.empty(nz + 2, dtype=u.dtype)
    wide = np.empty((2, 2 * nz), dtype=u.dtype)
    for i in range(first, past):
        home = (i + 1) // 2
        beside = min(max(home + 1 - 2 * (i % 2), 1), nx)
        for j in range(1, ny + 2):
            ahead, behind, at = wide[j % 2], wide[1 - j % 2], min(j, ny)
            p, q = coarse_u[home, at], coarse_inverse_s[home, at]
            p_i, q_i = coarse_u[beside, at], coarse_inverse_s[beside, at]
            for k in range(row.size):
                row[k] = near * p[k] * q[k] + far * p_i[k] * q_i[k]
            row[0], row[nz + 1] = row[1], row[nz]
            for k in range(nz):
                middle = near * row[k + 1]
                ahead[2 * k] = middle + far * row[k]
                ahead[2 * k + 1] = middle + far * row[k + 2]
            if j == 1:
                for k in range(behind.size):
                    behind[k] = ahead[k]
            for fine in range(max(2 * j - 2, 1), min(2 * j, 2 * ny + 1)):
                nearest, other = wide[(j + fine + 1) % 2], wide[(j + fine) % 2]
                to, root = u[i, fine, 1 : 2 * nz + 1], s[i, fine, 1 : 2 * nz + 1]
                for k in range(to.size):
                    to[k] += root[k] * (near * nearest[k] + far * other[k])


@kernel
def coarsen_mean(out: Any, fine: Any, weight: Any, first: int, past: int) -> None:
    """out = weight times the sum over the eight cells."""
    ny, nz = fine.shape[1] // 2, fine.shape[2] // 2
    for i in range(first, past):
        for j in range(1, ny):
            a, b = fine[2 * i - 1, 2 * j - 1, 1:], fine[2 * i - 1, 2 * j, 1:]
            c, d = fine[2 * i, 2 * j - 1, 1:], fine[2 * i, 2 * j, 1:]
            to = out[i, j, 1:nz]
            for k in range(to.size):
                m = 2 * k
                to[k] = weight * (((a[m] + a[m + 1]) + (b[m] + b[m + 1])) + ((c[m] + c[m + 1]) + (d[m] + d[m + 1])))


@kernel
def coarsen_root(out: Any, fine: Any, half: Any, first: int, past: int) -> None:
    """out = half the mean of those of the eight cells that take part: s = sqrt(K)/h of a coarse cell, as h doubles.

    Where a side is odd the last coarse cell is part empty: diffusion in it is made too strong rather than too weak, so
    that the coarse grid never asks for too much.
    """
    ny, nz = fine.shape[1] // 2, fine.shape[2] // 2
    for i in range(first, past):
        for j in range(1, ny):
            for k in range(1, nz):
                total, count = half - half, half - half
                for a in range(2 * i - 1, 2 * i + 1):
                    for b in range(2 * j - 1, 2 * j + 1):
                        pair = fine[a, b, 2 * k - 1] + fine[a, b, 2 * k]
                        total += pair
                        count += np.float32(fine[a, b, 2 * k - 1] > 0) + np.float32(fine[a, b, 2 * k] > 0)
                out[i, j, k] = total * (half / count) if count > 0 else total
