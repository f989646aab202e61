"""The oxygen field: orders on closed forms, balance, grids, inputs, and a sparse direct solver."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from oxygen import draw_closed_forms
from oxygen_amg import difference
from oxygen_forms import ACROSS, ALONG, BALL_CELLS, along_errors, ball_error, dietz_error, order
from oxygen_patch import CONSERVED_FLOWS, HARMS, INPUTS, SPACINGS, direct_difference, lost, outcome, scan

from anagen.oxygen.damage import Damage


def test_square_around_a_vessel_at_second_order() -> None:
    errors = [dietz_error(n) for n in ACROSS]
    assert abs(errors[0]) < 0.025
    assert 1.7 < order(ACROSS, errors) < 2.2


def test_vessel_that_loses_oxygen_at_first_order() -> None:
    """Blood and tissue along its way against the equations in one dimension."""
    blood, tissue = (list(one) for one in zip(*map(along_errors, ALONG), strict=True))
    assert blood[-1] < 0.06
    assert order(ALONG, blood) == pytest.approx(1, abs=0.15)
    assert order(ALONG, tissue) == pytest.approx(1, abs=0.15)


def test_a_ball_is_of_first_order_at_its_border() -> None:
    """Border cells that take the mean of K count as free: the ball is too small by a part of a cell."""
    errors = [ball_error(n) for n in BALL_CELLS]
    assert min(errors) > 0
    assert order(BALL_CELLS, errors) == pytest.approx(1, abs=0.15)
    better = [ball_error(n, "1/K") for n in BALL_CELLS]
    assert order(BALL_CELLS, better) > 1.2
    assert max(np.abs(better)) < 0.1 * max(errors)


@pytest.mark.parametrize("harm", HARMS)
def test_what_is_brought_is_burned(harm: str) -> None:
    assert max(lost(flow, harm) for flow in CONSERVED_FLOWS) < 1e-7


@pytest.mark.parametrize(("loss", "last"), [(0.0, 0.5), (0.7, 0.6)])
def test_finer_grids_say_the_same(loss: float, last: float) -> None:
    coarse, middle, fine = (outcome(damage=Damage(loss=loss), spacing=side) for side in SPACINGS)
    assert abs(coarse.bulb_mean - middle.bulb_mean) < 2
    assert abs(middle.bulb_mean - fine.bulb_mean) < last
    assert abs(middle.tissue_median - fine.tissue_median) < 0.5
    assert abs(middle.tissue_poor - fine.tissue_poor) < 0.01


@pytest.mark.parametrize(("group", "name"), [(group, name) for group in INPUTS for name in INPUTS[group]])
def test_every_input_moves_the_bulbs_one_way(group: str, name: str) -> None:
    means, least = scan(group, name)
    assert (np.diff(means) < 0).all()
    assert (np.diff(least) < 0).all()


@pytest.mark.parametrize("flow", [36.0, 1.0])
@pytest.mark.parametrize("loss", [0.0, 0.7])
def test_a_sparse_direct_solver_agrees(flow: float, loss: float) -> None:
    assert max(direct_difference(flow, loss)) < 1e-8


def test_algebraic_multigrid_agrees_where_a_direct_solver_is_too_slow() -> None:
    assert difference(64) < 1e-8


def test_the_picture_is_drawn() -> None:
    assert draw_closed_forms().count("<circle") >= 40
