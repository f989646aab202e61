"""Tissue against algebraic multigrid, where a direct solver would take too long: PyAMG within Newton's method.

Shares nothing with the solver but the description of the tissue: the matrix is that of `oxygen_direct`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from oxygen_direct import diffusion
from oxygen_forms import BLOOD, EXACT
from scipy import sparse

from anagen.oxygen.grid import Grid
from anagen.oxygen.solve import solve
from anagen.oxygen.tissue import Tissue
from anagen.oxygen.vessels import Vessels, unfed

Floats = NDArray[np.float64]
K, SURFACE, AIR, HALF, REST = 0.042, 6e-5, 163.0, 1.0, 2e-6  # um2/s/mmHg, um/s/mmHg, mmHg, mmHg, 1/s
NEWTON_STEPS, CLOSE, REDUCTION = 12, 1e-11, 1e-13


def block(side: int, spacing: float = 20.0) -> Tissue:
    """A cube of tissue under the skin's surface, with hungry places strewn through it."""
    grid = Grid((side, side, side), spacing)
    rng = np.random.default_rng(side)
    demand = np.where(rng.random(grid.shape) < 0.01, 100 * REST, REST)
    return Tissue(grid, np.full(grid.shape, K), demand, np.full(grid.shape, HALF), SURFACE, AIR)


def solve_with_pyamg(tissue: Tissue, start: Floats) -> Floats:
    """pO2 (mmHg) from a guess."""
    import pyamg

    shape, h = tissue.grid.shape, tissue.grid.spacing
    air = np.zeros(shape)
    air[:, :, 0] = 1 / (h / SURFACE + h * h / (2 * K))
    air, demand = air.ravel(), tissue.demand.ravel()
    still, p = diffusion(tissue), start.ravel().copy()
    for _ in range(NEWTON_STEPS):
        rest = still @ p + air * (p - AIR) + demand * p / (HALF + p)
        matrix = (still + sparse.diags(air + demand * HALF / (HALF + p) ** 2)).tocsr()
        change = pyamg.smoothed_aggregation_solver(matrix).solve(rest, tol=REDUCTION, accel="cg", maxiter=100)
        p = p - change
        if np.abs(change).max() < CLOSE:
            break
    return p.reshape(shape)


def difference(side: int) -> float:
    """Largest difference of any cell, over the highest pO2."""
    tissue = block(side)
    none = Vessels(*[np.zeros((0, 3))] * 2, *[np.zeros(0)] * 4, unfed(0), np.zeros(0))
    po2 = solve(tissue, none, BLOOD, EXACT).po2
    return float(np.abs(solve_with_pyamg(tissue, 0.9 * po2 + 1) - po2).max() / po2.max())
