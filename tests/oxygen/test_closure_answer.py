"""The closure in one call: the numbers of a bulb, each with the error that the fit was shipped with."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from anagen.errors import AnagenError
from anagen.oxygen import closure
from anagen.oxygen.block import patch_of
from anagen.oxygen.closure_answer import UNITS, bulb_oxygen
from anagen.oxygen.damage import Damage
from anagen.oxygen.ensemble import solve_ensemble
from anagen.oxygen.fit_file import shipped_fit


def test_every_number_comes_with_its_error() -> None:
    found = bulb_oxygen(flow=13.7, capillary_loss=0.8)
    assert list(found) == list(UNITS) == [
        "bulb_mean", "bulb_min", "hypoxic_share", "spread", "minimum_spread", "share_spread",
    ]  # fmt: skip
    errors = shipped_fit()["errors"]
    for name, one in found.items():
        assert one.error == errors[name]["kept"]["rmse"] > 0
    assert 0 < found["bulb_min"].value < found["bulb_mean"].value < 40
    assert 0 < found["hypoxic_share"].value < 1


@pytest.mark.parametrize("loss", [0.0, 0.7])
def test_it_says_what_fields_in_some_networks_say(loss: float) -> None:
    """Ten bulbs in five networks; within three times the errors and the chance of so few."""
    found = bulb_oxygen(flow=13.7, capillary_loss=loss)
    solved = solve_ensemble(map(patch_of, range(1, 6)), 13.7 * 1.05 / 6000, Damage(loss=loss, keep_flow=True))
    chance = found["spread"].value / 10**0.5
    assert found["bulb_mean"].value == pytest.approx(solved.bulb_mean.mean, abs=3 * (found["bulb_mean"].error + chance))
    assert found["bulb_min"].value == pytest.approx(solved.bulb_min.mean, abs=3 * (found["bulb_min"].error + chance))
    share = found["hypoxic_share"]
    assert share.value == pytest.approx(solved.bulb_hypoxic.mean, abs=3 * share.error)
    for solved_one, name in (
        (solved.bulb_mean, "spread"), (solved.bulb_min, "minimum_spread"), (solved.bulb_hypoxic, "share_spread"),
    ):  # fmt: skip
        assert solved_one.deviation == pytest.approx(found[name].value, abs=3 * found[name].error), name


@pytest.mark.parametrize(
    "worse", [{"capillary_loss": 0.8}, {"flow": 3.0}, {"wall_resistance": 60.0}, {"diffusivity": 0.3}]
)
def test_harm_lowers_mean_and_minimum_and_raises_the_share(worse: dict[str, float]) -> None:
    usual = {"flow": 13.7, "capillary_loss": 0.6}
    before, after = bulb_oxygen(**usual), bulb_oxygen(**{**usual, **worse})
    for name in ("bulb_mean", "bulb_min"):
        assert after[name].value < before[name].value
    assert after["hypoxic_share"].value > before["hypoxic_share"].value


def test_what_cannot_be_is_refused_all_at_once() -> None:
    with pytest.raises(AnagenError) as caught:
        bulb_oxygen(flow=0, capillary_loss=2, wall_resistance=-1, diffusivity=0, bulb_consumption=-1)
    assert str(caught.value).splitlines() == [
        "flow = 0: give a flow above 0",
        "capillary_loss = 2: give a share between 0 and 1",
        "wall_resistance = -1: give a resistance of 0 or more",
        "diffusivity = 0: give a factor above 0",
        "bulb_consumption = -1: give an uptake above 0",
    ]


def test_what_is_no_number_is_refused_too() -> None:
    with pytest.raises(AnagenError) as caught:
        bulb_oxygen(flow="13.7", wall_resistance=np.inf)  # type: ignore[arg-type]
    assert str(caught.value).splitlines() == [
        "flow = '13.7': give a flow above 0",
        "wall_resistance = inf: give a resistance of 0 or more",
    ]


@pytest.mark.parametrize(
    ("arrow", "given", "wanted"),
    [
        (closure.fibrosis_lowers_oxygen, (0.8, 1.0, 0.5), 0.6),
        (closure.fibrosis_lowers_oxygen, (0.8, 0.0, 0.5), 1.0),
        (closure.calcification_lowers_oxygen, (0.5, 1.0, 40.0), 20.0),
        (closure.vessels_raise_oxygen, (0.7, 1.0, 1.0), 0.3),
        (closure.flow_raises_oxygen, (13.7, 1.0, 0.7, 1.75e-4, 35.7), 0.7 * 1.75e-4 * 13.7),
        (closure.flow_raises_oxygen, (13.7, 0.0, 0.7, 1.75e-4, 35.7), 0.7 * 1.75e-4 * 35.7),
    ],
)
def test_arrows_say_what_befalls_the_patch(arrow: Any, given: tuple[float, ...], wanted: float) -> None:
    assert arrow.equation(*given) == pytest.approx(wanted)


def test_where_next_to_no_blood_flows_all_of_a_bulb_is_hypoxic() -> None:
    found = bulb_oxygen(flow=0.01)
    assert found["hypoxic_share"].value == pytest.approx(1)
    assert found["share_spread"].value == pytest.approx(0, abs=1e-9)
