"""The solved field: nothing lost, right against a second solver, moved the right way, the same on any thread."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from anagen.errors import AnagenError
from anagen.oxygen.chains import Mixing
from anagen.oxygen.compiled import SMALLEST_SHARE
from anagen.oxygen.solve import Field, NotSolved, Settings, solve
from anagen.oxygen.tissue import Tissue
from anagen.oxygen.vessel_groups import LEAST_ELEMENTS
from anagen.oxygen.vessels import Vessels, sleeve, unfed

from .patches import BLOOD, K, forked, in_layers, random_vessels, tissue_of
from .second import solve_directly

SHAPE, H = (16, 16, 32), 40.0
PER_VESSEL = ("radius", "flow", "inside", "wall", "inlet_po2")
SIZE = np.array(SHAPE) * H


def field_of(flow: float = 1e-3, count: int = 40, wall: float = 0.0, **kinds: float) -> Field:
    return solve(tissue_of(SHAPE, H, **kinds), random_vessels(11, count, SIZE, flow, wall), BLOOD)


@pytest.mark.parametrize("flow", [6e-3, 1e-3, 1.75e-4, 2e-5])
@pytest.mark.parametrize("make", [tissue_of, in_layers])
def test_nothing_is_lost(flow: float, make: Callable[..., Tissue]) -> None:
    field = solve(make(SHAPE, H), random_vessels(11, 40, SIZE, flow), BLOOD)
    assert abs(field.balance.error) < 1e-7
    assert field.po2.min() > 0


def test_the_blood_stays_between_what_feeds_it() -> None:
    """With the surface closed nothing is above the inlet, and the blood only loses along a vessel's way."""
    field = field_of(surface=0.0)
    assert 0 < field.po2.min() < field.po2.max() < 65.0
    assert field.blood_po2.max() < 65.0
    assert field.balance.from_surface == 0


@pytest.mark.parametrize("flow", [3e-3, 1e-4])
@pytest.mark.parametrize("make", [tissue_of, in_layers])
@pytest.mark.parametrize("vessels", [lambda size, flow: random_vessels(3, 6, size, flow), forked])
@pytest.mark.parametrize("shape", [(8, 8, 8), (9, 7, 11)])
def test_a_second_solver_agrees(
    shape: tuple[int, int, int], flow: float, make: Callable[..., Tissue], vessels: Callable[..., Vessels]
) -> None:
    tissue = make(shape, 40.0)
    network = vessels(tissue.grid.size, flow)
    field = solve(tissue, network, BLOOD, Settings(tolerance=1e-11))
    po2, blood_po2 = solve_directly(tissue, network, BLOOD, field.pieces, field.po2 + 1, field.blood_po2 + 1)
    assert np.abs(field.po2 - po2).max() < 1e-8
    assert np.abs(field.blood_po2 - blood_po2).max() < 1e-7


def test_supply_and_demand_move_it_the_right_way() -> None:
    plain = field_of().po2
    assert (field_of(flow=5e-4).po2 < plain).all()
    assert (field_of(demand=3e-5).po2 < plain).all()
    assert (field_of(hungry=5e-4).po2 < plain).all()
    assert (field_of(surface=3e-5).po2 < plain).all()
    thin_air = solve(replace(tissue_of(SHAPE, H), air_po2=120.0), random_vessels(11, 40, SIZE, 1e-3), BLOOD)
    assert (thin_air.po2 < plain).all()
    slow = solve(
        replace(tissue_of(SHAPE, H), half_uptake=np.full(SHAPE, 3.0)), random_vessels(11, 40, SIZE, 1e-3), BLOOD
    )
    assert (slow.po2 > plain).all(), "tissue that burns less at the same pO2"
    walls = [field_of(wall=wall).po2 for wall in (0.0, 5.0, 20.0, 80.0)]
    scars = [field_of(k=share * K).po2 for share in (1.0, 0.7, 0.5, 0.25)]
    for fields in (walls, scars):
        assert [f.mean() for f in fields] == sorted((f.mean() for f in fields), reverse=True)
        assert [f.min() for f in fields] == sorted((f.min() for f in fields), reverse=True)
    assert sleeve(5.0, 0.1 * K, 4.0) > sleeve(3.0, 0.1 * K, 4.0) > 0


def test_fewer_vessels_of_the_same_flow_leave_less() -> None:
    tissue, whole = tissue_of(SHAPE, H), random_vessels(11, 40, SIZE, 1e-3)
    means = []
    for kept in (40, 30, 20, 10):
        parts = {name: getattr(whole, name)[:kept] for name in ("begin", "end", *PER_VESSEL)}
        part = replace(whole, mixing=unfed(kept), **parts)
        means.append(solve(tissue, part, BLOOD).po2.mean())
    assert means == sorted(means, reverse=True)


@pytest.mark.parametrize("shape", [(64, 64, 100), (73, 71, 79)])
def test_the_same_bits_on_any_number_of_threads(shape: tuple[int, int, int]) -> None:
    """Slabs, vessels and the cells that blood gives to are all divided among the threads."""
    assert np.prod(shape) >= 2 * SMALLEST_SHARE, "enough for two"
    tissue = tissue_of(shape, 20.0)
    apart, joined = random_vessels(12, 1500, tissue.grid.size, 1e-3), forked(tissue.grid.size, 1e-4)
    network = replace(
        joined,
        mixing=Mixing(
            np.append(joined.mixing.start, np.full(apart.count, joined.mixing.start[-1])),
            joined.mixing.source,
            joined.mixing.share,
        ),
        **{
            name: np.concatenate([getattr(joined, name), getattr(apart, name)])
            for name in ("begin", "end", *PER_VESSEL)
        },
    )
    one, two, three = (solve(tissue, network, BLOOD, threads=threads) for threads in (1, 2, 3))
    assert one.pieces.length.size > 3 * LEAST_ELEMENTS, "enough for three"
    for other in (two, three):
        assert one.cycles == other.cycles
        assert np.array_equal(one.po2, other.po2)
        assert np.array_equal(one.blood_po2, other.blood_po2)


def test_a_solve_holds_a_bounded_number_of_bytes_a_cell() -> None:
    """What 100 million cells may take within 16 GB, vessels apart."""
    tissue = tissue_of((96, 96, 96), 20.0)
    network = random_vessels(12, 20, tissue.grid.size, 1e-3)
    tracemalloc.start()
    try:
        solve(tissue, network, BLOOD)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak / tissue.grid.cells < 135


def test_low_flow_takes_hardly_more_cycles() -> None:
    """From 36 to 1 mL/100 g/min: the number of multigrid cycles stays within a factor of two."""
    shape = (32, 32, 64)
    tissue = tissue_of(shape, 20.0)
    flows = [flow * 1.75e-4 for flow in (36, 5, 2, 1, 0.3)]
    cycles = [solve(tissue, random_vessels(13, 60, tissue.grid.size, flow), BLOOD).cycles for flow in flows]
    assert max(cycles) < 2 * min(cycles)
    assert max(cycles) <= 30


def test_too_few_steps_are_said_so() -> None:
    tissue = tissue_of(SHAPE, H)
    with pytest.raises(NotSolved, match="not solved in 1 steps"):
        solve(tissue, random_vessels(11, 40, SIZE, 1e-4), BLOOD, Settings(most_steps=1), start=np.full(SHAPE, 1.0))


def test_tissue_that_nothing_feeds_has_no_oxygen() -> None:
    tissue = tissue_of((8, 8, 8), H, surface=0.0)
    field = solve(tissue, random_vessels(1, 0, tissue.grid.size, 0.0), BLOOD)
    assert np.abs(field.po2).max() < 1e-3


@pytest.mark.parametrize(
    ("vessels", "surface", "low", "high"), [(0, 6e-5, 163, 163), (30, 0, 65, 65), (30, 6e-5, 65, 163)]
)
def test_tissue_that_burns_nothing_takes_what_surrounds_it(
    vessels: int, surface: float, low: float, high: float
) -> None:
    tissue = tissue_of(SHAPE, H, demand=0.0, hungry=0.0, surface=surface)
    field = solve(tissue, random_vessels(3, vessels, SIZE, 1e-3), BLOOD)
    assert low - 1e-3 <= field.po2.min() <= field.po2.max() <= high + 1e-3
    assert field.balance.burned == 0
    assert abs(field.balance.gap) <= 1e-6 * field.balance.largest + 1e-3


def test_half_the_block_is_the_mean_of_eight_cells_and_of_a_last_one_itself() -> None:
    plain = tissue_of((5, 4, 3), H, demand=2e-5, hungry=2e-5)
    half = plain.halved()
    assert half.grid.shape == (3, 2, 2)
    assert half.grid.spacing == 2 * H
    assert np.allclose(half.demand, 2e-5, rtol=1e-15)
    assert np.allclose(half.permeability, K, rtol=1e-15)


def test_tissue_that_cannot_be_is_refused() -> None:
    good = tissue_of((8, 8, 8), H)
    with pytest.raises(AnagenError) as caught:
        replace(good, permeability=0 * good.permeability, demand=-good.demand, half_uptake=good.half_uptake[:4])
    assert str(caught.value).splitlines() == [
        "permeability: give a number above 0 in each of 8 x 8 x 8 cells",
        "demand: give a number of 0 or more in each of 8 x 8 x 8 cells",
        "half_uptake: give a number above 0 in each of 8 x 8 x 8 cells",
    ]


def test_a_vessel_without_length_only_hands_its_blood_on() -> None:
    tissue = tissue_of((16, 16, 16), H)
    plain = forked(tissue.grid.size, 1e-3)
    point = replace(
        plain,
        begin=np.vstack([plain.begin, plain.end[-1:]]),
        end=np.vstack([plain.end, plain.end[-1:]]),
        mixing=Mixing(
            np.append(plain.mixing.start, plain.mixing.start[-1] + 1),
            np.append(plain.mixing.source, plain.count - 1),
            np.append(plain.mixing.share, 1.0),
        ),
        **{name: np.append(getattr(plain, name), getattr(plain, name)[-1]) for name in PER_VESSEL},
    )
    assert np.array_equal(solve(tissue, point, BLOOD).po2, solve(tissue, plain, BLOOD).po2)
