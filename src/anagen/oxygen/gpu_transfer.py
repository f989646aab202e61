"""Between a grid and the next coarser one at one cell, on flat arrays; as `transfer`."""

from __future__ import annotations

from typing import Any

import numpy as np

ONE, TWO = np.uint64(1), np.uint64(2)


def restrict_residual(
    i: Any, j: Any, k: Any, row: Any, slab: Any, out: Any, u: Any, f: Any, e: Any, s: Any, coarse_inverse_s: Any,
    eighth: Any, fine_row: Any, fine_slab: Any,
) -> None:  # fmt: skip
    """Of a coarse cell: the mean over its eight of s (f - B u), over its own s."""
    here = i * slab + j * row + k
    total = eighth - eighth
    for a in range(TWO * i - ONE, TWO * i + ONE):
        for b in range(TWO * j - ONE, TWO * j + ONE):
            line = a * fine_slab + b * fine_row
            for c in range(line + TWO * k - ONE, line + TWO * k + ONE):
                around = u[c - fine_slab] + u[c + fine_slab] + u[c - fine_row] + u[c + fine_row]
                around += u[c - ONE] + u[c + ONE]
                total += s[c] * (f[c] - e[c] * u[c] + around)
    out[here] = total * eighth * coarse_inverse_s[here]


def add_from_coarse(
    i: Any, j: Any, k: Any, row: Any, slab: Any, u: Any, s: Any, coarse_u: Any, coarse_inverse_s: Any, near: Any,
    far: Any, nx: Any, ny: Any, nz: Any, coarse_row: Any, coarse_slab: Any,
) -> None:  # fmt: skip
    """Of a fine cell: u += s times P of the coarse level, linear between its centers (nx, ny, nz of them)."""
    here = i * slab + j * row + k
    home_i, home_j, home_k = (i + ONE) // TWO, (j + ONE) // TWO, (k + ONE) // TWO
    next_i = min(home_i + ONE, nx) if i % TWO == 0 else max(home_i - ONE, ONE)
    next_j = min(home_j + ONE, ny) if j % TWO == 0 else max(home_j - ONE, ONE)
    next_k = min(home_k + ONE, nz) if k % TWO == 0 else max(home_k - ONE, ONE)
    a, b = home_i * coarse_slab + home_j * coarse_row, next_i * coarse_slab + home_j * coarse_row
    c, d = home_i * coarse_slab + next_j * coarse_row, next_i * coarse_slab + next_j * coarse_row
    home = near * coarse_u[a + home_k] * coarse_inverse_s[a + home_k]
    home += far * coarse_u[b + home_k] * coarse_inverse_s[b + home_k]
    beside = near * coarse_u[c + home_k] * coarse_inverse_s[c + home_k]
    beside += far * coarse_u[d + home_k] * coarse_inverse_s[d + home_k]
    found = near * (near * home + far * beside)
    home = near * coarse_u[a + next_k] * coarse_inverse_s[a + next_k]
    home += far * coarse_u[b + next_k] * coarse_inverse_s[b + next_k]
    beside = near * coarse_u[c + next_k] * coarse_inverse_s[c + next_k]
    beside += far * coarse_u[d + next_k] * coarse_inverse_s[d + next_k]
    found += far * (near * home + far * beside)
    u[here] += s[here] * found


def coarsen_mean(
    i: Any, j: Any, k: Any, row: Any, slab: Any, out: Any, fine: Any, weight: Any, fine_row: Any, fine_slab: Any
) -> None:  # fmt: skip
    """Of a coarse cell: weight times the sum over its eight."""
    total = weight - weight
    for a in range(TWO * i - ONE, TWO * i + ONE):
        for b in range(TWO * j - ONE, TWO * j + ONE):
            at = a * fine_slab + b * fine_row + TWO * k
            total += fine[at - ONE] + fine[at]
    out[i * slab + j * row + k] = weight * total


def coarsen_root(
    i: Any, j: Any, k: Any, row: Any, slab: Any, out: Any, fine: Any, half: Any, fine_row: Any, fine_slab: Any
) -> None:  # fmt: skip
    """Of a coarse cell: half the mean of s over those of its eight that take part (see `transfer.coarsen_root`)."""
    total, count = half - half, half - half
    for a in range(TWO * i - ONE, TWO * i + ONE):
        for b in range(TWO * j - ONE, TWO * j + ONE):
            at = a * fine_slab + b * fine_row + TWO * k
            total += fine[at - ONE] + fine[at]
            count += np.float32(fine[at - ONE] > 0) + np.float32(fine[at] > 0)
    out[i * slab + j * row + k] = total * (half / count) if count > 0 else total


def coarsest_product(n: Any, partial: Any, inverse: Any, f: Any, place: Any, count: Any, chunk: Any) -> None:
    """Part of a row of the coarsest solve: columns in `chunk` long runs; the inverse lies transposed, cells first."""
    run, r = n // count, n % count
    total = inverse[0] - inverse[0]
    for c in range(run * chunk, min((run + ONE) * chunk, count)):
        total += inverse[c * count + r] * f[place[c]]
    partial[n] = total


def coarsest_sum(n: Any, u: Any, partial: Any, place: Any, count: Any, runs: Any) -> None:
    """A row of the coarsest solve, from its parts."""
    total = partial[n]
    for run in range(ONE, runs):
        total += partial[run * count + n]
    u[place[n]] = total
