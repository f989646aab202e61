"""The field does not depend on the units it is written in, nor on which way the block is turned."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from anagen.oxygen.blood import Blood
from anagen.oxygen.grid import Floats, Grid
from anagen.oxygen.solve import Settings, solve
from anagen.oxygen.tissue import Tissue
from anagen.oxygen.vessels import Vessels

from .patches import BLOOD, forked, in_layers

SHAPE, H, FLOW = (12, 12, 24), 40.0, 4e-4
EXACT = Settings(tolerance=1e-11)
TISSUE = in_layers(SHAPE, H)
VESSELS = replace(forked(TISSUE.grid.size, FLOW), wall=np.full(6, 3.0))


def field(tissue: Tissue, vessels: Vessels, blood: Blood = BLOOD) -> tuple[Floats, Floats]:
    found = solve(tissue, vessels, blood, EXACT)
    assert abs(found.balance.error) < 1e-9
    return found.po2, found.blood_po2


PLAIN = field(TISSUE, VESSELS)


def test_another_unit_of_length_changes_no_bit() -> None:
    """um to half um: permeability by four, flow by eight, conductance by two, resistances to a quarter."""
    tissue = replace(TISSUE, grid=Grid(SHAPE, 2 * H), permeability=4 * TISSUE.permeability, surface=2 * TISSUE.surface)
    vessels = replace(
        VESSELS, begin=2 * VESSELS.begin, end=2 * VESSELS.end, radius=2 * VESSELS.radius, flow=8 * VESSELS.flow,
        inside=VESSELS.inside / 4, wall=VESSELS.wall / 4,
    )  # fmt: skip
    for found, wanted in zip(field(tissue, vessels), PLAIN, strict=True):
        assert np.array_equal(found, wanted)


@pytest.mark.parametrize("factor", [60.0, 1 / 3600])
def test_another_unit_of_time_changes_nothing(factor: float) -> None:
    """Every rate by the factor, resistances divided by it."""
    tissue = replace(
        TISSUE, permeability=factor * TISSUE.permeability, demand=factor * TISSUE.demand,
        surface=factor * TISSUE.surface,
    )  # fmt: skip
    vessels = replace(VESSELS, flow=factor * VESSELS.flow, inside=VESSELS.inside / factor, wall=VESSELS.wall / factor)
    for found, wanted in zip(field(tissue, vessels), PLAIN, strict=True):
        assert found == pytest.approx(wanted, rel=1e-9)


@pytest.mark.parametrize("factor", [0.13332, 133.32])
def test_another_unit_of_pressure_scales_the_answer(factor: float) -> None:
    """mmHg to kPa, and to Pa."""
    tissue = replace(
        TISSUE, permeability=TISSUE.permeability / factor, half_uptake=factor * TISSUE.half_uptake,
        surface=TISSUE.surface / factor, air_po2=factor * TISSUE.air_po2,
    )  # fmt: skip
    vessels = replace(
        VESSELS, inside=factor * VESSELS.inside, wall=factor * VESSELS.wall, inlet_po2=factor * VESSELS.inlet_po2
    )
    blood = replace(BLOOD, half_saturation=factor * BLOOD.half_saturation, dissolved=BLOOD.dissolved / factor)
    for found, wanted in zip(field(tissue, vessels, blood), PLAIN, strict=True):
        assert found == pytest.approx(factor * wanted, rel=1e-8)


@pytest.mark.parametrize("axis", [0, 1])
def test_a_mirror_image_has_the_mirrored_field(axis: int) -> None:
    parts = {name: np.flip(getattr(TISSUE, name), axis) for name in ("permeability", "demand", "half_uptake")}
    ends = {name: getattr(VESSELS, name).copy() for name in ("begin", "end")}
    for end in ends.values():
        end[:, axis] = TISSUE.grid.size[axis] - end[:, axis]
    po2, blood = field(replace(TISSUE, **parts), replace(VESSELS, **ends))
    assert np.flip(po2, axis) == pytest.approx(PLAIN[0], rel=1e-9)
    assert blood == pytest.approx(PLAIN[1], rel=1e-9)


def test_a_block_turned_about_its_depth_has_the_turned_field() -> None:
    parts = {name: getattr(TISSUE, name).swapaxes(0, 1) for name in ("permeability", "demand", "half_uptake")}
    ends = {name: getattr(VESSELS, name)[:, [1, 0, 2]] for name in ("begin", "end")}
    po2, blood = field(replace(TISSUE, **parts), replace(VESSELS, **ends))
    assert po2.swapaxes(0, 1) == pytest.approx(PLAIN[0], rel=1e-9)
    assert blood == pytest.approx(PLAIN[1], rel=1e-9)
