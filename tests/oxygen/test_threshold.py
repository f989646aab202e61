"""Thresholds: found where the field crosses them, the same from any start, and told over networks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from anagen.evidence.parameters import value
from anagen.outlook.experiments_records import Number
from anagen.outlook.oxygen_field import field_numbers, field_sentence
from anagen.oxygen.damage import Damage
from anagen.oxygen.ensemble import Spread
from anagen.oxygen.patch import solve_patch
from anagen.oxygen.scene import Scene, patch_of_scene
from anagen.oxygen.threshold import FINEST, search
from anagen.oxygen.threshold_routes import routes
from anagen.oxygen.threshold_table import thresholds

SMALL = Scene(flow=13.7, width=640.0, bulbs=1, spacing=80.0)
WAYS = {route.name: route for route in routes(35.7)}
PATCH = patch_of_scene(SMALL)


def mean(flow: float = 13.7, **damage: object) -> float:
    perfusion = SMALL.perfusion * flow / SMALL.flow
    return solve_patch(PATCH, perfusion, Damage(**damage), SMALL.nutritive_share, SMALL.spacing).bulb_mean


@pytest.mark.parametrize("name", list(WAYS))
def test_amounts_run_from_health_without_a_turn(name: str) -> None:
    amounts = [WAYS[name].amount(t / 20) for t in range(21)]
    falling = name == "low-flow"
    assert amounts == sorted(amounts, reverse=falling)
    assert amounts[0] == (35.7 if falling else 0)


def test_every_way_goes_as_far_as_it_says() -> None:
    farthest = {name: way.amount(1.0) for name, way in WAYS.items()}
    assert farthest == pytest.approx(
        {"low-flow": 0.05, "loss-everywhere": 1, "loss-around-follicle": 1, "thick-walls": 2000}
    )


def test_a_wall_and_a_flow_are_found_where_the_field_crosses() -> None:
    walls = search(PATCH, SMALL, WAYS["thick-walls"], (10.0, 5.0))
    for want, found in zip((10.0, 5.0), walls.crossings, strict=True):
        assert found is not None
        assert mean(wall_resistance=found.amount) == pytest.approx(want, abs=0.15)
        assert found.bulb_min < want
    flows = search(PATCH, SMALL, WAYS["low-flow"], (10.0,))
    assert flows.crossings[0] is not None
    assert mean(flows.crossings[0].amount) == pytest.approx(10, abs=0.15)
    assert flows.health.bulb_mean == pytest.approx(mean(35.7), abs=1e-4)


def test_a_loss_is_found_between_two_vessels() -> None:
    """Vessels go one by one, so the mean falls in steps: the crossing lies in the step that passes the level."""
    found = search(PATCH, SMALL, WAYS["loss-everywhere"]).crossings
    amounts = [one.amount for one in found if one is not None]
    assert len(amounts) == 3
    assert amounts == sorted(amounts)
    assert 0.6 < amounts[0] < 0.95
    for want, amount in zip((10.0, 5.0, 1.0), amounts, strict=True):
        assert mean(loss=amount - FINEST) > want > mean(loss=min(1.0, amount + FINEST))
    medians = [one.tissue_median for one in found if one is not None]
    assert medians == sorted(medians, reverse=True)


def test_a_level_that_is_never_reached_is_none() -> None:
    found = search(PATCH, SMALL, WAYS["loss-around-follicle"], (10.0, 1.0))
    left = mean(loss=1.0, where="follicle")
    assert found.farthest.bulb_mean == pytest.approx(left, abs=1e-4)
    assert (found.crossings[0] is None) == (left > 10)
    assert found.crossings[1] is None
    assert search(PATCH, SMALL, WAYS["loss-everywhere"], (60.0,)).crossings[0] is not None, "below it from the start"


def test_a_hungrier_bulb_needs_less() -> None:
    hungry = patch_of_scene(replace(SMALL, bulb_uptake=5e-4))
    usual, less = (search(patch, SMALL, WAYS["thick-walls"], (10.0,)).crossings[0] for patch in (PATCH, hungry))
    assert usual is not None
    assert less is not None
    assert less.amount < 0.7 * usual.amount


def test_networks_are_told_together_whatever_the_threads() -> None:
    scenes = [replace(SMALL, seed=seed) for seed in (1, 2, 3)]
    ways = (WAYS["thick-walls"], WAYS["loss-around-follicle"])
    seen: list[tuple[int, int]] = []
    rows = thresholds(scenes, (10.0,), ways, 2, lambda done, total: seen.append((done, total)))
    assert rows == thresholds(scenes, (10.0,), ways, 1)
    assert sorted(seen) == [(done, 6) for done in range(7)]
    walls, around = rows
    alone = [search(patch_of_scene(one), one, ways[0], (10.0,)).crossings[0] for one in scenes]
    assert walls.amount == Spread.of(one.amount for one in alone if one is not None)
    assert (walls.reached, walls.networks) == (3, 3)
    assert around.reached + sum(one > 10 for one in (around.farthest.low, around.farthest.high)) >= 1
    assert (around.amount is None) == (around.reached == 0)


def test_spread_by_hand() -> None:
    assert Spread.of([1.0, 3.0]) == Spread(2.0, pytest.approx(2**0.5), 1.0, 3.0)
    assert Spread.of([4.0]) == Spread(4.0, 0.0, 4.0, 4.0)


def test_the_claims_numbers_are_those_of_the_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("anagen.outlook.oxygen_field.NETWORKS", 2)
    found = {one.name: one.of for one in field_numbers(13.7, 10.0, 0)}
    scenes = [Scene(flow=13.7, spacing=80.0, seed=seed) for seed in (1, 2)]
    patches = [patch_of_scene(scene) for scene in scenes]

    def both(damage: Damage) -> float:
        shared = scenes[0].nutritive_share
        means = [solve_patch(patch, scenes[0].perfusion, damage, shared, 80.0).bulb_mean for patch in patches]
        return sum(means) / 2

    worst = Damage(wall_resistance=value("calcified_wall_resistance"))
    assert found["solved-open"] == pytest.approx(both(Damage()), abs=1e-3)
    assert found["solved-worst"] == pytest.approx(both(worst), abs=1e-3)
    assert found["solved-bare"] == pytest.approx(both(Damage(loss=1.0, where="follicle")), abs=1e-3)
    assert found["solved-bare-hungry"] < found["solved-bare"] < found["solved-open"]
    assert (found["solved-walls"] > 1) == (found["solved-worst"] > 10)


@pytest.mark.parametrize(
    ("bare", "hungry", "says"),
    [
        (20.0, 6.0, "not enough: 20"),
        (20.0, 12.0, "it is not enough either: 12"),
        (8.0, 3.0, "it is more than enough: 3"),
    ],
)
def test_the_verdict_follows_the_numbers(bare: float, hungry: float, says: str) -> None:
    values = {"networks": 3, "open": 44, "worst": 26, "walls": 2.3, "loss": 80, "tissue": 24, "bare": bare,
              "bare-hungry": hungry}  # fmt: skip
    numbers = [Number(f"solved-{name}", "", float(one), "mmHg") for name, one in values.items()]
    sentence = field_sentence((*numbers, Number("hungrier", "", 2.0, "")), Number("want", "", 10.0, "mmHg"))
    assert says in sentence
