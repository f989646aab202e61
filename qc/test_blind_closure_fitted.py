"""The blind second version of the fitted closure against limits worked out by hand.

These tests do not look at the package: comparing the two is a separate step.
"""

from __future__ import annotations

import math
import random
from dataclasses import replace
from itertools import pairwise

import closure_fitted as closure
import pytest

Inputs = dict[str, float]
USUAL: Inputs = {
    "perfusion": 0.004,
    "loss": 0.0,
    "wall": 0.0,
    "factor": 1.0,
    "scatter": 0.0,
    "bulb_uptake": 2e-4,
    "tissue_uptake": 2.2e-5,
}
RANGES = {
    "perfusion": (0.0003, 0.01),
    "loss": (0.0, 0.95),
    "wall": (0.0, 60.0),
    "factor": (0.2, 2.0),
    "scatter": (-1.0, 1.0),
    "bulb_uptake": (0.0, 5e-4),
    "tissue_uptake": (2e-6, 6e-5),
}


def _draws(count: int, seed: int = 5) -> list[Inputs]:
    """Return inputs drawn evenly over their ranges."""
    source = random.Random(seed)
    return [{name: source.uniform(*ends) for name, ends in RANGES.items()} for _ in range(count)]


def _parts(at: Inputs) -> tuple[float, float, float, float, float]:
    """Return P_b, D, Gc, Gt and P_full."""
    blood = closure.blood_po2(at["perfusion"], at["bulb_uptake"], at["tissue_uptake"])
    dermis = closure.dermis_drop(at["loss"], at["wall"], at["factor"], at["tissue_uptake"])
    basket = closure.basket_conductance(at["loss"], at["wall"], at["factor"])
    tissue = closure.tissue_conductance(at["factor"])
    demand = at["bulb_uptake"] * closure.DEFAULT.bulb_volume
    return blood, dermis, basket, tissue, closure.full_demand_po2(blood, dermis, basket, tissue, demand)


def _quadratic(blood: float, drop: float, half: float) -> float:
    """Return the positive root of step 4 by the textbook formula, in the form that does not cancel."""
    b = half + drop - blood
    root = math.sqrt(b * b + 4.0 * half * blood)
    return 2.0 * half * blood / (b + root) if b > 0.0 else (root - b) / 2.0


def test_a_case_worked_by_hand() -> None:
    """S 3/4 less 1/4 leaves 1/2, P_b 9; ln(R/r_c) 1, D 3; Gc 2, Gt 1, q 3: P_full 7; halved drop 1; P 8.25."""
    area = math.pi * math.e**2
    constants = closure.Constants(
        inlet_po2=27.0,
        hemoglobin_half_saturation=9.0,
        hemoglobin_steepness=1.0,
        hemoglobin_capacity=0.5,
        saturation_softness=1e-3,
        closure_blood=0.1 * area,
        closure_bulb_blood=1.0,
        capillary_density=2.0 / area,
        capillary_loss_reach=1.0,
        capillary_radius=1.0,
        tissue_permeability=1.0 / (2.0 * math.pi),
        intravascular_resistance=1.0,
        closure_wall=1.0,
        closure_dermis=2.0,
        basket_capillaries=4.0,
        basket_length=3.0,
        bulb_radius=0.5,
        bulb_volume=120.0,
        closure_basket_wall=0.5,
        closure_basket_tissue=2.0,
        closure_basket_inside=1.0,
        closure_surroundings=0.5,
        closure_half_po2=2.75,
    )
    at = {"perfusion": 1.0, "loss": 0.5, "wall": 1.0, "factor": 2.0, "scatter": math.log(2.0)}
    uptakes = (0.025, 1.0 / area)
    assert closure.blood_po2(1.0, *uptakes, constants) == pytest.approx(9.0, rel=1e-12)
    assert closure.dermis_drop(0.5, 1.0, 2.0, uptakes[1], constants) == pytest.approx(3.0, rel=1e-12)
    assert closure.basket_conductance(0.5, 1.0, 2.0, constants) == pytest.approx(2.0, rel=1e-12)
    assert closure.tissue_conductance(2.0, constants) == pytest.approx(1.0, rel=1e-12)
    assert closure.bulb_po2(*at.values(), *uptakes, constants) == pytest.approx(8.25, rel=1e-12)


def test_no_demand_leaves_the_blood() -> None:
    for at in _draws(20):
        at |= {"bulb_uptake": 0.0, "tissue_uptake": 0.0}
        assert closure.bulb_po2(**at) == pytest.approx(closure.DEFAULT.inlet_po2, rel=1e-12)


def test_endless_perfusion_brings_the_blood_in_unspent() -> None:
    for perfusion in (1e12, math.inf):
        assert closure.blood_po2(perfusion, 2e-4, 2.2e-5) == pytest.approx(closure.DEFAULT.inlet_po2, rel=1e-9)


def test_endless_perfusion_and_endless_scatter_bring_the_bulb_to_the_inlet() -> None:
    assert closure.bulb_po2(**USUAL | {"perfusion": 1e12, "scatter": 60.0}) == pytest.approx(65.0, rel=1e-9)


def test_spent_blood_leaves_nothing() -> None:
    assert closure.bulb_po2(**USUAL | {"perfusion": 1e-9}) == pytest.approx(0.0, abs=1e-12)


def test_saturation_has_its_half_and_its_inverse() -> None:
    assert closure.saturation(27.0) == pytest.approx(0.5, rel=1e-15)
    for po2 in (1e-3, 0.5, 5.0, 27.0, 65.0, 100.0, 400.0):
        share = closure.saturation(po2)
        assert share == pytest.approx(po2**2.7 / (27.0**2.7 + po2**2.7), rel=1e-13)
        assert closure.po2_of(share) == pytest.approx(po2, rel=1e-11)
        assert closure.po2_of(share) == pytest.approx(27.0 * (share / (1.0 - share)) ** (1.0 / 2.7), rel=1e-11)


def test_softening_is_bare_far_up_and_leaves_ln_2_at_nothing() -> None:
    full = closure.saturation(65.0)
    taken = 0.5082 * 2.2e-5 + 0.01529 * 2e-4
    assert closure.saturation_left(0.004, 2e-4, 2.2e-5) == pytest.approx(full - taken / 0.0008, rel=1e-13)
    nothing = taken / (0.2 * full)
    assert closure.saturation_left(nothing, 2e-4, 2.2e-5) == pytest.approx(0.01 * math.log(2.0), rel=1e-10)
    lean = full - taken / (0.2 * 7.5e-5)
    written = 0.01 * math.log(1.0 + math.exp(lean / 0.01))
    assert closure.saturation_left(7.5e-5, 2e-4, 2.2e-5) == pytest.approx(written, rel=1e-9)


def test_capillaries_all_lost_leave_the_tissue_alone() -> None:
    """With none left around the bulb the whole demand comes through the tissue: P_b - P_full = D + q/Gt."""
    blood, dermis, basket, tissue, full = _parts(USUAL | {"loss": 1.0})
    assert basket == 0.0
    assert blood - full == pytest.approx(dermis + 2e-4 * 8181000.0 / tissue, rel=1e-13)


def test_flux_balance_holds_at_full_demand() -> None:
    for at in _draws(200):
        blood, dermis, basket, tissue, full = _parts(at)
        supply = basket * (blood - full) + tissue * (blood - dermis - full)
        scale = basket * blood + tissue * (blood + dermis)
        assert supply == pytest.approx(at["bulb_uptake"] * 8181000.0, abs=1e-12 * scale)


def test_limited_uptake_holds_and_agrees_with_the_quadratic() -> None:
    half = closure.DEFAULT.closure_half_po2
    for at in _draws(200):
        blood, *_, full = _parts(at)
        drop = (blood - full) * math.exp(-at["scatter"])
        po2 = closure.bulb_po2(**at)
        assert 0.0 < po2 < blood
        assert blood - po2 == pytest.approx(drop * po2 / (po2 + half), abs=1e-10)
        assert po2 == pytest.approx(_quadratic(blood, drop, half), rel=1e-11)


def test_scatter_divides_the_whole_drop() -> None:
    """With no half pO2 to speak of, the bulb lies exp(-s) of the drop below the blood, the dermis' part included."""
    constants = replace(closure.DEFAULT, closure_half_po2=1e-12)
    blood, *_, full = _parts(USUAL)
    for scatter in (-0.5, 0.0, 0.7):
        po2 = closure.bulb_po2(**USUAL | {"scatter": scatter}, constants=constants)
        assert blood - po2 == pytest.approx((blood - full) * math.exp(-scatter), rel=1e-9)


@pytest.mark.parametrize(
    ("name", "sign"),
    [("perfusion", 1), ("scatter", 1), ("loss", -1), ("wall", -1), ("bulb_uptake", -1), ("tissue_uptake", -1)],
)
def test_monotone(name: str, sign: int) -> None:
    low, high = RANGES[name]
    steps = [low + (high - low) * i / 8.0 for i in range(9)]
    for at in _draws(60):
        along = [sign * closure.bulb_po2(**at | {name: step}) for step in steps]
        assert all(one < two for one, two in pairwise(along)), (name, at)


def _wall_holds_back(at: Inputs) -> bool:
    """Return whether Gc D_wall exceeds Mb Vb + Gt (D - D_wall), so that more permeability may harm."""
    _, dermis, basket, tissue, _ = _parts(at)
    c = closure.DEFAULT
    density = c.capillary_density * (1.0 - c.capillary_loss_reach * at["loss"])
    in_wall = at["tissue_uptake"] / density * c.closure_wall * (c.intravascular_resistance + at["wall"])
    return basket * in_wall > at["bulb_uptake"] * c.bulb_volume + tissue * (dermis - in_wall)


def test_permeability_helps_unless_the_wall_holds_back() -> None:
    helped = [at for at in _draws(400) if not _wall_holds_back(at)]
    assert len(helped) > 200
    for at in helped:
        assert closure.bulb_po2(**at | {"factor": at["factor"] * 1.001}) > closure.bulb_po2(**at)


def test_permeability_may_harm_a_bulb_that_takes_up_nothing() -> None:
    at = USUAL | {"wall": 40.0, "bulb_uptake": 0.0}
    assert _wall_holds_back(at)
    low, high = (closure.bulb_po2(**at | {"factor": factor}) for factor in (0.25, 2.0))
    assert (low, high) == (pytest.approx(50.1, abs=0.05), pytest.approx(47.4, abs=0.05))


@pytest.mark.parametrize(
    "wrong",
    [
        {"perfusion": 0.0},
        {"perfusion": math.nan},
        {"loss": 1.1},
        {"loss": -0.1},
        {"wall": -1.0},
        {"factor": 0.0},
        {"scatter": math.nan},
        {"bulb_uptake": -1e-6},
        {"tissue_uptake": math.nan},
    ],
)
def test_wrong_inputs_are_refused(wrong: Inputs) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong)).removeprefix("bulb_").removeprefix("tissue_")):
        closure.bulb_po2(**USUAL | wrong)


def test_a_share_no_blood_can_reach_is_refused() -> None:
    with pytest.raises(ValueError, match="share is 1"):
        closure.po2_of(1.0)
