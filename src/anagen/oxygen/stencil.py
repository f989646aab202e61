"""The tissue's part of the oxygen equation on one grid: diffusion between neighbors and what each cell takes up.

With P the pO2 (mmHg) at cell centers, K the permeability (um2/s/mmHg) and h the spacing, the flow between neighbors i
and j, for each um3 of cell, is s_i s_j (P_i - P_j) with s = sqrt(K)/h: the geometric mean of the two permeabilities.
With D what a cell takes up for each mmHg (1/s/mmHg),

    (A P)_i = sum_j s_i s_j (P_i - P_j) + D_i P_i.

The work is done in u = s P, for which the matrix has the plain entries -1 and one array E on its diagonal:

    (B u)_i = (A P)_i / s_i = E_i u_i - sum_j u_j,     E_i = (sum_j s_j + D_i / s_i) / s_i.

A ghost has s = 0 and u = 0, so nothing passes it. Kernels work on whole rows along depth, sliced before the loop, which
the compiler turns into vector instructions.
"""

from __future__ import annotations

from typing import Any

from anagen.oxygen.compiled import kernel


@kernel
def diagonal(out: Any, s: Any, uptake: Any, first: int, past: int) -> None:
    """E of the module's text, from s and the uptake D; 0 where s is 0 (a cell that takes no part)."""
    ny, nz = s.shape[1] - 1, s.shape[2] - 1
    for i in range(first, past):
        for j in range(1, ny):
            to, here, taken = out[i, j, 1:nz], s[i, j, 1:nz], uptake[i, j, 1:nz]
            west, east, south, north = s[i - 1, j, 1:nz], s[i + 1, j, 1:nz], s[i, j - 1, 1:nz], s[i, j + 1, 1:nz]
            above, below = s[i, j, : nz - 1], s[i, j, 2:]
            for k in range(to.size):
                around = west[k] + east[k] + south[k] + north[k] + above[k] + below[k]
                to[k] = (around + taken[k] / here[k]) / here[k] if here[k] > 0 else here[k]


@kernel
def reciprocal(out: Any, array: Any, one: Any, first: int, past: int) -> None:
    """out = one/array, 0 where the array is 0."""
    ny, nz = array.shape[1] - 1, array.shape[2] - 1
    for i in range(first, past):
        for j in range(1, ny):
            to, here = out[i, j, 1:nz], array[i, j, 1:nz]
            for k in range(to.size):
                to[k] = one / here[k] if here[k] > 0 else here[k]


@kernel
def copy(out: Any, array: Any, first: int, past: int) -> None:
    """out = array, in the precision of out."""
    ny, nz = array.shape[1] - 1, array.shape[2] - 1
    for i in range(first, past):
        for j in range(1, ny):
            to, here = out[i, j, 1:nz], array[i, j, 1:nz]
            for k in range(to.size):
                to[k] = here[k]


@kernel
def apply(out: Any, u: Any, e: Any, first: int, past: int) -> None:
    """out = B u, every sum in the precision of `e` though u may have less."""
    ny, nz = u.shape[1] - 1, u.shape[2] - 1
    zero = e[0, 0, 0] - e[0, 0, 0]
    for i in range(first, past):
        for j in range(1, ny):
            to, diag, here = out[i, j, 1:nz], e[i, j, 1:nz], u[i, j, 1:nz]
            west, east, south, north = u[i - 1, j, 1:nz], u[i + 1, j, 1:nz], u[i, j - 1, 1:nz], u[i, j + 1, 1:nz]
            above, below = u[i, j, : nz - 1], u[i, j, 2:]
            for k in range(to.size):
                around = (zero + west[k]) + (zero + east[k]) + (zero + south[k])
                around += (zero + north[k]) + (zero + above[k]) + (zero + below[k])
                to[k] = diag[k] * here[k] - around
