"""The parts of the linear solver, one by one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numba import njit

import anagen
from anagen.evidence.parameters import parameters
from anagen.oxygen import multigrid, prefetch, stencil, transfer, two_steps
from anagen.oxygen.coarsest import invert
from anagen.oxygen.compiled import SMALLEST_SHARE, Team
from anagen.oxygen.grid import INSIDE, Grid
from anagen.oxygen.krylov import Gmres
from anagen.oxygen.multigrid import Multigrid
from anagen.oxygen.two_steps import Between

FINE, COARSE = Grid((8, 12, 16), 10.0), Grid((4, 6, 8), 20.0)
ONE = np.float64(1)


def test_what_goes_up_from_a_coarse_grid_is_linear_between_its_centers() -> None:
    x, y, z = COARSE.centers()
    coarse = COARSE.filled(3 + 0.1 * x - 0.2 * y + 0.3 * z)
    fine = FINE.zeros()
    arguments = (fine, FINE.filled(1.0), coarse, COARSE.filled(1.0), ONE * transfer.NEAR, ONE * transfer.FAR)
    transfer.add_from_coarse(*arguments, 1, 9)
    x, y, z = FINE.centers()
    wanted = 3 + 0.1 * x - 0.2 * y + 0.3 * z
    middle = (slice(1, -1), slice(1, -1), slice(1, -1))
    assert fine[INSIDE][middle] == pytest.approx(wanted[middle], rel=1e-12)
    coarse[INSIDE] = 7.0
    fine[:] = 0
    transfer.add_from_coarse(*arguments, 1, 9)
    assert fine[INSIDE] == pytest.approx(7.0), "what is uniform stays so up to the border"


def test_what_goes_down_keeps_its_sum() -> None:
    rng = np.random.default_rng(0)
    f, s = FINE.filled(rng.standard_normal(FINE.shape)), FINE.filled(rng.random(FINE.shape) + 0.5)
    coarse_s = COARSE.zeros()
    transfer.coarsen_root(coarse_s, s, ONE / 2, 1, 5)
    inverse, out = COARSE.zeros(), COARSE.zeros()
    stencil.reciprocal(inverse, coarse_s, ONE, 1, 5)
    transfer.restrict_residual(out, FINE.zeros(), f, FINE.zeros(), s, inverse, ONE * transfer.EIGHTH, 1, 5)
    assert (out * coarse_s).sum() * 8 == pytest.approx((f * s).sum())
    assert coarse_s[INSIDE][1, 2, 3] == pytest.approx(s[INSIDE][2:4, 4:6, 6:8].mean() / 2)


@pytest.mark.parametrize(("spike", "most"), [(0.01, 0.16), (300.0, 0.4)], ids=["smooth", "spikes"])
@pytest.mark.parametrize("side", [16, 32, 64])
def test_a_cycle_lessens_the_error_alike_on_every_grid(side: int, spike: float, most: float) -> None:
    grid, team, rng = Grid((side, side, side), 1.0), Team(), np.random.default_rng(1)
    s, uptake = grid.filled(1.0), grid.filled(np.where(rng.random((side, side, side)) < 0.01, spike, 0.01))
    cycle = Multigrid(grid, s, [], None, team)
    cycle.set_up(uptake, None)
    e, f, step = grid.zeros(), grid.zeros(), grid.zeros()
    stencil.diagonal(e, s, uptake, 1, side + 1)
    u = grid.filled(rng.standard_normal(grid.shape))
    sizes = []
    for _ in range(6):
        stencil.apply(f, u, e, 1, side + 1)
        sizes.append(float(np.linalg.norm(f)))
        cycle.cycle(f, step)
        u -= step
    assert (sizes[-1] / sizes[1]) ** (1 / 4) < most


@pytest.mark.parametrize("side", [48, 96])
def test_a_deep_solve_takes_as_many_cycles_on_every_grid(side: int) -> None:
    """To 1e-8: the size watched within a run is nearly the true one, so a restart finds no more than it was told."""
    grid, team, rng = Grid((side, side, side), 1.0), Team(), np.random.default_rng(1)
    s, uptake = grid.filled(1.0), grid.filled(np.where(rng.random((side, side, side)) < 0.01, 300.0, 1.0))
    cycle = Multigrid(grid, s, [], None, team)
    cycle.set_up(uptake, None)
    e, u, f = grid.zeros(), grid.zeros(), grid.filled(rng.random(grid.shape) - 0.5)
    stencil.diagonal(e, s, uptake, 1, side + 1)
    outcome = Gmres(grid, team).solve(lambda x, out: stencil.apply(out, x, e, 1, side + 1), cycle.cycle, f, u, 1e-8, 40)
    assert outcome.cycles == 7
    left = grid.zeros()
    stencil.apply(left, u, e, 1, side + 1)
    reduction = np.linalg.norm((f - left)[INSIDE]) / np.linalg.norm(f)
    assert reduction <= 1e-8
    assert outcome.reduction == pytest.approx(reduction, rel=1e-3), "what is reckoned is true"


@pytest.mark.parametrize("basis", [12, 3])
def test_gmres_solves_what_is_not_symmetric(basis: int) -> None:
    """Against numpy, with and without restarts; the preconditioner is the diagonal alone."""
    grid, rng = Grid((4, 3, 5), 1.0), np.random.default_rng(2)
    matrix = np.eye(60) * 4 + 0.3 * rng.standard_normal((60, 60)) / 4
    right = rng.standard_normal(grid.shape)

    def apply(u: np.ndarray, out: np.ndarray) -> None:
        out[INSIDE] = (matrix @ u[INSIDE].ravel()).reshape(grid.shape)

    def precondition(f: np.ndarray, out: np.ndarray) -> None:
        out[INSIDE] = f[INSIDE] / np.diag(matrix).reshape(grid.shape)

    u = grid.zeros()
    outcome = Gmres(grid, Team(), basis).solve(apply, precondition, grid.filled(right), u, 1e-10, 60)
    assert outcome.reduction <= 1e-10
    assert u[INSIDE].ravel() == pytest.approx(np.linalg.solve(matrix, right.ravel()), rel=1e-8)
    u[INSIDE] = 0
    assert not u.any(), "ghosts stay 0"
    assert Gmres(grid, Team()).solve(apply, precondition, grid.zeros(), grid.zeros(), 1e-10, 60).cycles == 0


@pytest.mark.parametrize("good", [True, False], ids=["good preconditioner", "poor one"])
def test_the_basis_keeps_its_right_angles(good: bool) -> None:
    """Over twelve directions, also where each product is nearly the vector it was made from, and where it is not."""
    grid, rng = Grid((6, 5, 7), 1.0), np.random.default_rng(4)
    matrix = np.eye(210) * 4 + 0.3 * rng.standard_normal((210, 210)) / 4
    scale = np.linalg.inv(matrix) * (1 + 0.05 * rng.standard_normal((210, 210))) if good else np.eye(210)

    def apply(u: np.ndarray, out: np.ndarray) -> None:
        out[INSIDE] = (matrix @ u[INSIDE].ravel()).reshape(grid.shape)

    def precondition(f: np.ndarray, out: np.ndarray) -> None:
        out[INSIDE] = (scale @ f[INSIDE].ravel()).reshape(grid.shape)

    gmres = Gmres(grid, Team(), 12, np.float64)
    outcome = gmres.solve(apply, precondition, grid.filled(rng.standard_normal(grid.shape)), grid.zeros(), 1e-30, 12)
    assert outcome.cycles == 12
    basis = gmres.basis[:12].reshape(12, -1)
    basis /= np.linalg.norm(basis, axis=1)[:, None]
    assert np.abs(basis @ basis.T - np.eye(12)).max() < 1e-10


def test_a_product_is_that_of_the_rounded_direction() -> None:
    """Each sum is double though the direction is single, else the residual that is watched is not the true one."""
    grid, rng = Grid((6, 5, 7), 1.0), np.random.default_rng(5)
    direction = grid.filled(rng.random(grid.shape), np.float32)
    e, found, wanted = grid.filled(rng.random(grid.shape) + 6), grid.zeros(), grid.zeros()
    stencil.apply(found, direction, e, 1, 7)
    stencil.apply(wanted, direction.astype(np.float64), e, 1, 7)
    assert np.array_equal(found, wanted)


def step(u: np.ndarray, f: np.ndarray, inverse: np.ndarray, weight: np.float32) -> np.ndarray:
    """One Jacobi step, in numpy; sums in the order of the kernels."""
    around = np.zeros_like(u)
    west, east, south, north = u[:-2, 1:-1, 1:-1], u[2:, 1:-1, 1:-1], u[1:-1, :-2, 1:-1], u[1:-1, 2:, 1:-1]
    around[INSIDE] = west + east + south + north + u[1:-1, 1:-1, :-2] + u[1:-1, 1:-1, 2:]
    return u + weight * ((f + around) * inverse - u)


@pytest.mark.parametrize("grid", [Grid((5, 4 * 2 + 3, two_steps.KEPT_CELLS // 4), 1.0), Grid((5, 3, 6), 1.0)])
def test_two_steps_at_once_are_two_steps(grid: Grid) -> None:
    """To the last bit, from 0 and from a field, on a grid with more rows than go together and on a small one."""
    rng = np.random.default_rng(6)
    u, f, inverse = (grid.filled(rng.random(grid.shape), np.float32) for _ in range(3))
    from_zero, from_u = (grid.zeros(np.float32) for _ in range(2))
    first, second = multigrid.WEIGHTS
    cells = np.sort(rng.choice(grid.flat(np.argwhere(np.ones(grid.shape))), 40, replace=False))
    between = Between.of(grid, cells, np.float32)
    between.given[:] = rng.random(40)
    for begin, past in ((1, 3), (3, 6)):
        two_steps.sweep_twice_from_zero(from_zero, f, inverse, first, second, begin, past)
        two_steps.sweep_twice(from_u, u, f, inverse, first, second, *between.arrays, begin, past)
    assert np.array_equal(from_zero, step(first * f * inverse, f, inverse, second))
    once = step(u, f, inverse, first)
    once.reshape(-1)[cells] += between.given
    assert np.array_equal(between.seen, once.reshape(-1)[cells])
    assert np.array_equal(from_u, step(once, f, inverse, second))


def test_a_row_is_asked_for_and_left_as_it_is() -> None:
    row = np.arange(100, dtype=np.float32)
    bring = njit(prefetch.bring.py_func)
    bring(row)
    (code,) = bring.inspect_llvm().values()
    assert "call void @llvm.prefetch" in code
    assert np.array_equal(row, np.arange(100))


def test_the_smallest_grid_is_inverted() -> None:
    rng = np.random.default_rng(3)
    matrix = -rng.random((40, 40)) + 41 * np.eye(40)
    inverse = matrix.copy()
    invert(inverse)
    assert np.abs(inverse @ matrix - np.eye(40)).max() < 1e-14


def test_a_team_does_every_slab_once_and_tells_of_a_failure() -> None:
    done = np.zeros(22, dtype=int)

    def count(first: int, past: int) -> None:
        done[first:past] += 1

    with Team(3) as team:
        team.run(count, (), 20, SMALLEST_SHARE)
        assert done.tolist() == [0] + [1] * 20 + [0]

        def fail(first: int, past: int) -> None:
            raise ValueError(f"slabs {first} to {past}")

        with pytest.raises(ValueError, match="slabs 1 to"):
            team.run(fail, (), 20, SMALLEST_SHARE)
        done[:] = 0
        team.run(count, (), 20, 1)  # too little to wake anyone
        assert done.sum() == 20


def test_every_record_of_the_field_is_read() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in Path(anagen.__file__).parent.glob("oxygen/*.py"))
    for name, record in parameters().items():
        if record.file == "field_oxygen" and not name.startswith("blood_resistance_"):
            assert name in code, name
