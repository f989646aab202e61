"""The solver where an equation gives the answer outright."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import brentq

from anagen.errors import AnagenError
from anagen.oxygen import closed_forms
from anagen.oxygen.grid import Grid
from anagen.oxygen.solve import Field, Settings, solve
from anagen.oxygen.tissue import Tissue
from anagen.oxygen.vessels import Vessels, unfed

from .patches import BLOOD, K

EXACT = Settings(tolerance=1e-10)
ZERO_ORDER = 1e-9  # mmHg


def one_vessel(cells: int, layers: int, side: float, radius: float, flow: float, demand: float, inside: float) -> Field:
    """A straight vessel down the middle of a square column."""
    h = side / cells
    shape = (cells, cells, layers)
    tissue = Tissue(Grid(shape, h), np.full(shape, K), np.full(shape, demand), np.full(shape, ZERO_ORDER), 0.0, 0.0)
    one = np.ones(1)
    axis = np.array([side / 2, side / 2, 0.0])
    begin, end = axis[None], axis[None] + np.array([[0.0, 0.0, layers * h]])
    vessel = Vessels(begin, end, radius * one, flow * one, inside * one, 0 * one, unfed(1), 65 * one)
    return solve(tissue, vessel, BLOOD, EXACT)


def test_square_of_dietz_at_second_order() -> None:
    exact = closed_forms.dietz_square_mean(65.0, 1.0, 100.0, 1e-4, K)
    errors = [one_vessel(n, 1, 100.0, 1.0, 1e9, 1e-4, 1e-9).po2.mean() - exact for n in (5, 7, 11, 15)]
    assert abs(errors[0]) < 0.025, "mmHg, of a drop of 12"
    order = np.log(errors[0] / errors[-1]) / np.log(15 / 5)
    assert 1.7 < order < 2.2


def test_vessel_that_loses_what_the_tissue_burns() -> None:
    """The blood's content at the outlet, by mass balance alone."""
    demand, flow, side, layers = 1e-4, 3e4, 100.0, 25
    field = one_vessel(5, layers, side, 4.0, flow, demand, 1.44)
    left = BLOOD.content(65.0) - demand * side**2 * layers * side / 5 / flow
    outlet = brentq(lambda po2: BLOOD.content(po2) - left, 1.0, 65.0, xtol=1e-12)
    assert field.blood_po2[-1] == pytest.approx(outlet, abs=1e-6)


@pytest.mark.parametrize(
    ("begin", "end"),
    [((0, 0, 100), (200, 200, 100)), ((0, 42.26, 100), (200, 157.74, 100)), ((0, 0, 0), (200, 200, 200))],
    ids=["45 degrees", "30 degrees", "through opposite corners"],
)
def test_a_slanted_vessel_gives_the_same_on_any_grid(begin: tuple[float, ...], end: tuple[float, ...]) -> None:
    """The radius of an even lattice serves lines at any slope: the mean moves by 0.3 of a drop of 20 mmHg."""
    means = []
    for cells in (8, 12, 16):
        shape = (cells, cells, cells)
        same, one = np.ones(shape), np.ones(1)
        tissue = Tissue(Grid(shape, 200.0 / cells), K * same, 5e-5 * same, 1e-6 * same, 0.0, 0.0)
        line = np.array([begin], dtype=float), np.array([end], dtype=float)
        vessel = Vessels(*line, 2 * one, 1e9 * one, 1e-6 * one, 0 * one, unfed(1), 65 * one)
        means.append(solve(tissue, vessel, BLOOD).po2.mean())
    assert 43 < means[0] < 46
    assert np.ptp(means) < 0.3


def ball(cells: int, half: float) -> tuple[np.ndarray, np.ndarray]:
    """pO2 inside a ball whose surface is held at 40 mmHg, and the distance from its center, by the solver."""
    radius, side = 125.0, 300.0
    shape, h = (cells, cells, cells), side / cells
    grid = Grid(shape, h)
    x, y, z = (c - side / 2 for c in grid.centers())
    r = np.sqrt(x**2 + y**2 + z**2)
    fine = np.stack(np.meshgrid(*[(np.arange(4) + 0.5) / 4 - 0.5] * 3, indexing="ij")).reshape(3, -1) * h
    inside = np.mean([(x + a) ** 2 + (y + b) ** 2 + (z + c) ** 2 < radius**2 for a, b, c in fine.T], axis=0)
    permeability = K + (1 - inside) * 200 * K  # oxygen all but free around the ball
    tissue = Tissue(grid, permeability, 2e-4 * inside, np.full(shape, half), 1e3, 40.0)
    return solve(tissue, Vessels(*[np.zeros((0, 3))] * 2, *[np.zeros(0)] * 4, unfed(0), np.zeros(0)), BLOOD).po2, r


@pytest.mark.parametrize("half", [ZERO_ORDER, 10.0])
def test_ball_nears_its_closed_form(half: float) -> None:
    exact = closed_forms.sphere_of_michaelis_menten(40.0, 125.0, 2e-4, half, K, 300)[0]
    errors = []
    for cells in (16, 32, 64):
        po2, r = ball(cells, half)
        errors.append(abs(po2[r < 300 / cells].mean() - exact))
    assert errors[-1] < 0.3
    assert errors[0] > 1.5 * errors[1] > 1.5 * 1.3 * errors[2]


def test_slab_of_thomlinson() -> None:
    """Oxygen from the surface alone: the depth it reaches, and the profile on the way."""
    shape, h, demand = (4, 4, 64), 5.0, 5e-4
    tissue = Tissue(Grid(shape, h), np.full(shape, K), np.full(shape, demand), np.full(shape, 1e-3), 1e6, 60.0)
    none = Vessels(*[np.zeros((0, 3))] * 2, *[np.zeros(0)] * 4, unfed(0), np.zeros(0))
    po2 = solve(tissue, none, BLOOD).po2[0, 0]
    depth = (np.arange(64) + 0.5) * h
    wanted = [closed_forms.slab_po2(d, 60.0, demand, K) for d in depth]
    assert np.abs(po2 - wanted).max() < 0.3
    assert closed_forms.slab_reach(60.0, demand, K) == pytest.approx(100.4, abs=0.1)


def test_krogh_brings_what_each_cylinder_burns() -> None:
    """-K dP/dr times the circle's length is M times the ring beyond it, at every radius; its value by integration."""
    at = (65.0, 3.0, 30.0, 2e-4, K)
    for r in (3.5, 10.0, 25.0, 29.5):
        slope = (closed_forms.krogh_erlang(r + 1e-4, *at) - closed_forms.krogh_erlang(r - 1e-4, *at)) / 2e-4
        assert -K * slope * 2 * np.pi * r == pytest.approx(2e-4 * np.pi * (30.0**2 - r**2), rel=1e-5)
    steps = np.linspace(3.0, 20.0, 20_001)
    fall = np.trapezoid(2e-4 * (30.0**2 - steps**2) / (2 * K * steps), steps)
    assert closed_forms.krogh_erlang(20.0, *at) == pytest.approx(65.0 - fall, rel=1e-6)


def test_a_sphere_may_be_given_in_whole_numbers() -> None:
    whole, real = (closed_forms.sphere_of_michaelis_menten(po2, 125, 1e-4, 1, K, 20) for po2 in (40, 40.0))
    assert np.array_equal(whole, real)


def test_closed_forms_agree_with_each_other() -> None:
    sphere = closed_forms.sphere_of_michaelis_menten(40.0, 125.0, 2e-4, 1e-7, K, 400)
    assert sphere[0] == pytest.approx(closed_forms.sphere_po2(0.0, 40.0, 125.0, 2e-4, K), abs=1e-2)
    volume = np.diff(np.arange(401.0) ** 3)
    mean = closed_forms.sphere_mean(40.0, 125.0, 2e-4, K)
    assert mean == pytest.approx(float(sphere @ volume / volume.sum()), abs=1e-3)
    assert closed_forms.anoxic_core(40.0, 125.0, 2e-4, K) == 0
    core = closed_forms.anoxic_core(5.0, 125.0, 2e-4, K)
    assert 2e-4 / (6 * K) * (125**2 - 3 * core**2 + 2 * core**3 / 125) == pytest.approx(5.0)
    assert closed_forms.krogh_erlang(4.0, 50.0, 4.0, 60.0, 1e-4, K) == 50
    edge, before = (closed_forms.krogh_erlang(r, 50.0, 4.0, 60.0, 1e-4, K) for r in (60.0, 59.99))
    assert abs(edge - before) < 1e-6, "nothing passes the cylinder's edge"


def test_closed_forms_without_oxygen_or_uptake() -> None:
    forms = closed_forms
    assert forms.slab_reach(40, 0, K) == np.inf
    assert forms.slab_po2(1e6, 40, 0, K) == 40
    assert forms.slab_po2(0, 0, 1e-4, K) == forms.slab_po2(5, 0, 1e-4, K) == 0
    assert forms.anoxic_core(40, 125, 0, K) == 0
    assert forms.anoxic_core(0, 125, 1e-4, K) == pytest.approx(125)
    assert forms.krogh_erlang(10, 40, 4, 30, 0, K) == forms.dietz_square_mean(40, 4, 80, 0, K) == 40
    assert (forms.sphere_of_michaelis_menten(0, 125, 1e-4, 1, K, 5) == 0).all()


def test_a_core_leaves_just_the_pressure_at_the_surface() -> None:
    """Outward from the core's border: -K P' 4 pi r2 = M (4/3) pi (r3 - c3), P = P' = 0 at c."""
    core = closed_forms.anoxic_core(20.0, 125.0, 5e-4, K)
    r = np.linspace(core, 125.0, 100_001)
    rise = np.trapezoid(5e-4 / (3 * K) * (r - core**3 / r**2), r)
    assert 0 < core < 125
    assert rise == pytest.approx(20.0, rel=1e-8)


@pytest.mark.parametrize(
    ("form", "given", "told"),
    [
        ("krogh_erlang", (0, 40, 4, 30, 1e-4, K), ["r = 0: give a radius from that of the capillary, 4, to 30 um"]),
        ("krogh_erlang", (31, 40, 4, 30, 1e-4, K), ["r = 31"]),
        (
            "krogh_erlang",
            (10, -1, 0, np.inf, 1e-4, np.nan),
            ["capillary = 0", "cylinder = inf", "k = nan", "wall_po2 = -1"],
        ),
        ("krogh_erlang", (10, 1, 4, 100, 1e-3, K), ["oxygen does not reach so far"]),
        ("slab_reach", (40, -1e-4, 0), ["consumption = -0.0001: give 0 or more", "k = 0: give a number above 0"]),
        ("slab_po2", (-1, 40, 1e-4, K), ["depth = -1"]),
        ("sphere_po2", (126, 40, 125, 1e-4, K), ["r = 126: give a radius from 0 to that of the sphere, 125 um"]),
        ("sphere_po2", (0, 5, 125, 5e-4, K), ["this sphere has no oxygen", "use sphere_of_michaelis_menten"]),
        ("sphere_mean", (5, 125, 5e-4, K), ["this sphere has no oxygen"]),
        ("anoxic_core", (np.nan, 0, 1e-4, K), ["surface_po2 = nan", "radius = 0"]),
        ("sphere_of_michaelis_menten", (40, 125, 1e-4, 0, K, 0), ["half_po2 = 0", "shells = 0: give a whole number"]),
        ("dietz_square_mean", (40, 50, 80, 1e-4, K), ["vessel = 50: give a radius below half the side, 80 um"]),
    ],
)
def test_closed_forms_say_where_they_do_not_hold(form: str, given: tuple[float, ...], told: list[str]) -> None:
    with pytest.raises(AnagenError) as refused:
        getattr(closed_forms, form)(*given)
    for part in told:
        assert part in str(refused.value)
