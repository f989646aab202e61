"""The matrix-free pieces against matrices written out."""

from __future__ import annotations

import numpy as np
import pytest

from anagen.oxygen.compiled import Team
from anagen.oxygen.grid import COARSEST_CELLS, INSIDE, Grid, GridError
from anagen.oxygen.system import System
from anagen.oxygen.tissue import Tissue
from anagen.oxygen.vessels import Vessels, cut

from .patches import BLOOD, forked, in_layers, random_vessels, tissue_of, vessels_of
from .second import diffusion, surface


def product_of(system: System, x: np.ndarray) -> np.ndarray:
    """The linear form's product with a change of pO2, unscaled."""
    out = system.grid.zeros()
    system.apply(system.s * system.grid.filled(x), out)
    return (system.s * out)[INSIDE]


def linear_at(tissue: Tissue, vessels: Vessels, po2: float = 30.0) -> System:
    system = System(tissue, vessels, BLOOD, Team())
    system.residual(system.s * po2, system.grid.zeros())
    system.linearize()
    return system


@pytest.mark.parametrize("make", [tissue_of, in_layers])
def test_the_operator_is_the_assembled_matrix(make: object) -> None:
    tissue = make((7, 5, 9), 25.0)
    system = linear_at(tissue, random_vessels(1, 0, tissue.grid.size, 1e-3))
    slope = tissue.demand.ravel() / (1 + 30.0) ** 2
    matrix = diffusion(tissue).toarray() + np.diag(surface(tissue) + slope)
    x = np.random.default_rng(0).standard_normal(tissue.grid.shape)
    wanted = (matrix @ x.ravel()).reshape(x.shape)
    assert np.abs(product_of(system, x) - wanted).max() < 1e-13 * np.abs(wanted).max()


@pytest.mark.parametrize("make", [tissue_of, in_layers])
def test_the_tissue_is_symmetric(make: object) -> None:
    tissue = make((8, 6, 10), 25.0)
    system = linear_at(tissue, random_vessels(1, 0, tissue.grid.size, 1e-3))
    rng = np.random.default_rng(2)
    x, y = rng.standard_normal((2, *tissue.grid.shape))
    one, other = float(np.sum(x * product_of(system, y))), float(np.sum(y * product_of(system, x)))
    assert one == pytest.approx(other, rel=1e-12)


@pytest.mark.parametrize("flow", [6e-3, 2e-4])
def test_the_linear_form_is_the_slope_of_the_residual(flow: float) -> None:
    """With vessels that fork and meet: against a central difference of the whole equation."""
    tissue = in_layers((8, 8, 8), 25.0)
    system = linear_at(tissue, forked(tissue.grid.size, flow), 25.0)
    x = np.random.default_rng(3).standard_normal(tissue.grid.shape)
    wanted, around, step = product_of(system, x), [], 1e-3
    for sign in (1, -1):
        out = system.grid.zeros()
        system.residual(system.s * system.grid.filled(25.0 + sign * step * x), out)
        around.append((system.s * out)[INSIDE])
    difference = -(around[0] - around[1]) / (2 * step)
    assert np.abs(difference - wanted).max() < 1e-6 * np.abs(wanted).max()


def test_a_coarse_grid_takes_the_blood_as_the_fine_one_does() -> None:
    """A uniform change of the tissue reaches the end of every vessel alike on every grid."""
    tissue = tissue_of((32, 32, 32), 20.0)
    system = linear_at(tissue, random_vessels(4, 30, tissue.grid.size, 1e-3))
    ends = []
    for level in system.multigrid.levels:
        assert level.chains is not None
        chains = level.chains
        chains.march(level.s)
        ends.append(chains.outlet.copy())
    assert len(ends) == 4
    assert ends[0].min() > 0
    for end in ends[1:]:
        assert end == pytest.approx(ends[0], rel=1e-5)


@pytest.mark.parametrize("flow", [6e-3, 2e-4, 5e-5])
def test_the_cycle_lessens_any_error(flow: float) -> None:
    """A V-cycle takes at least four fifths of a random error, however low the flow."""
    tissue = tissue_of((32, 32, 64), 20.0)
    system = linear_at(tissue, random_vessels(5, 80, tissue.grid.size, flow))
    rng = np.random.default_rng(6)
    u = system.grid.filled(rng.standard_normal(tissue.grid.shape))
    f, step = system.grid.zeros(), system.grid.zeros()
    sizes = []
    for _ in range(6):
        system.apply(u, f)
        sizes.append(float(np.linalg.norm(f)))
        system.multigrid.cycle(f, step)
        u -= step
    assert (sizes[-1] / sizes[0]) ** (1 / 5) < 0.3


def test_lines_are_cut_without_loss() -> None:
    grid = Grid((8, 8, 16), 20.0)
    rng = np.random.default_rng(7)
    begin, end = rng.random((50, 3)) * grid.size, rng.random((50, 3)) * grid.size
    pieces = cut(grid, begin, end)
    whole = np.bincount(pieces.vessel, weights=pieces.length, minlength=50)
    assert whole == pytest.approx(np.linalg.norm(end - begin, axis=1), rel=1e-12)
    steps = np.abs(np.diff(pieces.index, axis=0))[np.diff(pieces.vessel) == 0]
    assert (steps.sum(axis=1) == 1).all(), "each piece is in the cell beside that of the one before"


def test_a_grid_too_fine_for_a_vessel_is_refused() -> None:
    tissue = tissue_of((8, 8, 8), 10.0)
    with pytest.raises(GridError, match=r"10 um are too fine for a vessel of radius 4 um: .* use cells of 1\d"):
        System(tissue, random_vessels(1, 2, tissue.grid.size, 1e-3), BLOOD, Team())


def test_the_grid_that_is_named_would_do() -> None:
    """A vessel of 4 um and 1.44 mmHg s/um2: its logarithm may take four fifths of that, at cells of 14.87 um."""
    line = np.array([[20.0, 30.0, 40.0]])

    def made(h: float) -> System:
        return System(tissue_of((8, 8, 8), h), vessels_of(line, line + 40.0, np.ones(1)), BLOOD, Team())

    with pytest.raises(GridError, match=r"use cells of 14.9 um or more"):
        made(14.8)
    assert made(14.9).conductance.min() > 0


@pytest.mark.parametrize("shape", [(17, 9, 33), (31, 30, 15), (1, 1, 640), (25, 25, 50)])
@pytest.mark.parametrize("flow", [6e-3, 2e-4])
def test_sides_need_not_be_even(shape: tuple[int, int, int], flow: float) -> None:
    """The last coarse cell along an odd side is part empty: a cycle still takes half of any error, at any flow."""
    tissue = tissue_of(shape, 20.0)
    system = linear_at(tissue, random_vessels(5, 30, tissue.grid.size, flow))
    assert system.multigrid.levels[-1].grid.cells <= COARSEST_CELLS
    rng = np.random.default_rng(6)
    u = system.grid.filled(rng.standard_normal(tissue.grid.shape))
    f, step = system.grid.zeros(), system.grid.zeros()
    sizes = []
    for _ in range(6):
        system.apply(u, f)
        sizes.append(float(np.linalg.norm(f)))
        system.multigrid.cycle(f, step)
        u -= step
    assert (sizes[-1] / sizes[0]) ** (1 / 5) < 0.5
    assert np.count_nonzero(u) == tissue.grid.cells, "ghosts stay 0"


def test_vessels_that_cannot_be_are_refused() -> None:
    """One line for each thing wrong, with the first vessel it is wrong with."""
    tissue = tissue_of((8, 8, 8), 40.0)
    wrong = forked(tissue.grid.size, 1e-3)
    wrong.begin[2, 1] = 400.0
    wrong.radius[1] = 0.0
    wrong.flow[4] = 0.0
    wrong.wall[3] = -1.0
    wrong.mixing.source[0] = 5
    with pytest.raises(GridError) as caught:
        System(tissue, wrong, BLOOD, Team())
    assert str(caught.value).splitlines() == [
        "vessel 2: its ends must lie in the block",
        "vessel 1: its radius must be above 0",
        "vessel 4: its flow must be above 0",
        "vessel 3: its resistances must be 0 or more",
        "vessel 1: what feeds it must stand before it",
    ]
