"""What each name moves: Morris on a known function, gates against a hypothesis without the arrow, and the table."""

from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np
import pytest

from anagen.evidence.moves import How, Moves, read_moves, shipped_moves, write_moves
from anagen.evidence.parameters import Distribution, EvidenceError, parameters
from anagen.flowchart import hypotheses
from anagen.flowchart.chart import flowchart
from anagen.flowchart.evaluate import Evaluator
from anagen.flowchart.hypotheses import HYPOTHESES, Hypothesis
from anagen.follicle.mean_field import mean_field
from anagen.outlook.exposure import Exposure
from anagen.outlook.moves import measure
from anagen.outlook.moves_morris import SensitivityMissing, design, effects
from anagen.outlook.moves_points import (
    LESS,
    SENSITIVITY,
    Floats,
    Points,
    is_uncertain,
    model_parameters,
    points,
    range_of,
    value_at,
)
from anagen.outlook.moves_run import Lived, hairs, lived, sensitivities
from anagen.outlook.moves_scenes import MIDDLE, YEAR_LATER, readings, scenes
from anagen.outlook.simulate import EARLIEST_AGE, patches_of

from .bench import central

pytest.importorskip("SALib")

CHART = flowchart()
TISSUE = ("fibrosis", "calcification", "blood_flow", "bulb_po2", "serum_dht", "plasma_magnesium")
FOLLICLES, LUCKS = 64, 2


@pytest.fixture(scope="module")
def at() -> Points:
    return points(2, 0)


def test_morris_finds_the_slopes_of_a_plane_and_sees_a_product() -> None:
    names = ("up", "down", "idle", "one", "other")
    unit = design(names, 200, 3)
    assert unit.shape == (200 * 6, 5)
    assert (unit.min(), unit.max()) == (0, 1)
    up, down, _, one, other = unit.T
    found = effects(names, unit, 5 + 2 * up - 3 * down + one * other)
    assert found.mean[:3] == pytest.approx([2, -3, 0], abs=1e-12)
    assert found.spread[:3] == pytest.approx([0, 0, 0], abs=1e-12)
    # the slope of a product is the other factor, whose mean is 1/2 over the levels
    assert found.mean[3:] == pytest.approx([0.5, 0.5], abs=0.06)
    assert (found.spread[3:] > 0.2).all()


def test_the_design_follows_its_seed() -> None:
    names = ("a", "b", "c")
    assert (design(names, 4, 1) == design(names, 4, 1)).all()
    assert (design(names, 4, 1) != design(names, 4, 2)).any()


def test_without_salib_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "SALib.sample.morris", None)
    with pytest.raises(SensitivityMissing, match=r"pip install 'anagen\[sensitivity\]'"):
        points(2, 0)


def test_a_range_holds_8_in_10_draws() -> None:
    record = replace(next(iter(parameters().values())), value=2.0, by_region={})
    even = replace(record, distribution=Distribution("uniform", low=1, high=3))
    assert range_of(even) == pytest.approx((1.2, 2.8))
    normal = replace(record, distribution=Distribution("normal", sd=0.5))
    assert range_of(normal) == pytest.approx((2 - 0.5 * 1.2815516, 2 + 0.5 * 1.2815516))
    lognormal = replace(record, distribution=Distribution("lognormal", sd=0.5))
    low, high = range_of(lognormal)
    assert low * high == pytest.approx(4)
    assert high == pytest.approx(2 * np.exp(0.5 * 1.2815516))
    assert value_at(lognormal, 0.5) == pytest.approx(2)


def test_the_center_is_the_center_and_each_point_changes_one_thing(at: Points) -> None:
    here, known = at.in_region("vertex"), central("vertex")
    for name in model_parameters():
        assert here[name][0] == pytest.approx(known[name])
    for place, name in enumerate(at.blocks["less"].names):
        row = at.blocks["less"].places.start + place
        changed = {key for key, values in at.values.items() if values.size > 1 and values[row] != values[0]}
        assert changed == {name}
        assert at.values[name][row] == pytest.approx(LESS * at.values[name][0])
    for place, name in enumerate(at.blocks["off"].names):
        row = at.blocks["off"].places.start + place
        assert [key for key, gate in at.gates.items() if gate[row] == 0] == [name]
    for place, name in enumerate(at.blocks["silent"].names):
        row = at.blocks["silent"].places.start + place
        off = {key for key, gate in at.gates.items() if gate[row] == 0}
        assert off == {one.name for one in CHART.arrows.values() if one.tail == name}
    assert all((gate[at.blocks["range"].places] == 1).all() for gate in at.gates.values())


def test_trajectories_stay_within_the_range_and_change_every_uncertain_value(at: Points) -> None:
    known = parameters()
    assert set(at.blocks["range"].names) == {name for name in model_parameters() if is_uncertain(known[name])}
    for name in at.blocks["range"].names:
        values = at.values[name][at.blocks["range"].places]
        low, high = range_of(known[name])
        assert np.ptp(values) > 0
        assert values.min() >= low - 1e-12
        assert values.max() <= high + 1e-12


@pytest.mark.parametrize(
    "arrow", ["androgen-drives-miniaturization", "calcification-lowers-flow", "tgf-beta-raises-fibrosis",
              "food-raises-absorbed-magnesium"]
)  # fmt: skip
def test_an_arrow_off_is_the_hypothesis_without_it(arrow: str, at: Points, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = scenes()["man"]
    row = at.blocks["off"].places.start + at.blocks["off"].names.index(arrow)
    changed = lived(scene, "hybrid", at, TISSUE, FOLLICLES, 0)
    counted = hairs(changed, LUCKS, 1)
    without = Hypothesis("hybrid without it", "", frozenset({arrow}))
    monkeypatch.setitem(hypotheses.HYPOTHESES, without.name, without)
    rival = lived(scene, without.name, at, TISSUE, FOLLICLES, 0)
    moved = False
    for node in TISSUE:
        assert changed.at(node, MIDDLE)[row] == rival.at(node, MIDDLE)[0]
        moved |= bool(changed.at(node, MIDDLE)[row] != changed.at(node, MIDDLE)[0])
    counted_without = hairs(rival, LUCKS, 1)
    assert (counted[MIDDLE][:, row] == counted_without[MIDDLE][:, 0]).all()
    assert moved or (counted[MIDDLE][:, row] != counted[MIDDLE][:, 0]).any()


def test_a_moment_of_a_scene_is_that_of_the_flowchart(at: Points) -> None:
    """The nodes read at an age are what the readable evaluator makes of the states at that age."""
    scene = scenes()["man"]
    states = tuple(CHART.states)
    run = lived(scene, "hybrid", at, (*TISSUE, *states), FOLLICLES, 0)
    told = Exposure(scene.plan, np.zeros(1, dtype=np.int64), 0, 1).at(MIDDLE)
    given = {name: told.get(name, 0.0) for name in CHART.inputs}
    row = at.blocks["off"].places.start + at.blocks["off"].names.index("calcification-lowers-flow")
    for place, gates in ((0, {}), (row, {"calcification-lowers-flow": 0})):
        held = {name: float(run.at(name, MIDDLE)[place]) for name in states}
        now = Evaluator(CHART, central("vertex"), gates).nodes(given, held)
        for node in TISSUE:
            assert run.at(node, MIDDLE)[place] == pytest.approx(float(now[node]), rel=1e-9)


def test_points_that_follicles_cannot_tell_apart_have_the_same_hairs(at: Points) -> None:
    """Calcification moves no hair where androgen alone acts."""
    run = lived(scenes()["man"], "androgen-first", at, (), FOLLICLES, 0)
    counted = hairs(run, LUCKS, 1)[MIDDLE]
    row = at.blocks["off"].places.start + at.blocks["off"].names.index("calcification-lowers-flow")
    assert (counted[:, row] == counted[:, 0]).all()
    assert np.ptp(counted) > 0


def test_hairs_are_those_of_the_mean_field(at: Points) -> None:
    """Counted follicles tend to what flows between phases give without any chance, drug begun a year before."""
    run = center_of(lived(scenes()["finasteride"], "androgen-first", at, (), 8 * 1000, 0))
    counted = hairs(run, 8, 1)[YEAR_LATER]
    patches = patches_of(run.frame, run.course, run.drawn)
    times = np.arange(-6.0, 7.0) + 12 * (YEAR_LATER - EARLIEST_AGE)
    shares = [mean_field(patches, float(one), times, nodes_a_month=1).hairs.mean() for one in felt(8)]
    density = run.drawn["follicle_density"].item()
    hazard = run.course.loss.reshape(-1)
    years = EARLIEST_AGE + run.course.knots / 12
    left = np.exp(-np.trapezoid(hazard[years <= YEAR_LATER], years[years <= YEAR_LATER]))
    assert counted.mean() == pytest.approx(density * left * np.mean(shares), abs=2.5)


def center_of(run: Lived) -> Lived:
    """The center alone."""
    course = run.course
    return replace(
        run,
        frame=replace(run.frame, persons=np.arange(1)),
        drawn={name: values[..., :1] for name, values in run.drawn.items()},
        course=replace(
            course,
            drives={name: (plain[..., :1], added[..., :1]) for name, (plain, added) in course.drives.items()},
            drop=course.drop[..., :1],
            loss=course.loss[..., :1],
            release=course.release[..., :1],
        ),
        nodes={},
    )


def felt(count: int) -> Floats:
    return sensitivities(count, *(np.array([parameters()[name].value]) for name in SENSITIVITY))[0]


def test_sensitivities_have_the_spread_of_people_and_follicles() -> None:
    log = np.log(felt(4000))
    between, within = (parameters()[f"sensitivity_{of}"].value for of in ("between_people", "within_person"))
    assert np.median(log) == pytest.approx(np.log(parameters()["sensitivity_median"].value), abs=1e-3)
    assert log.std() == pytest.approx(np.hypot(between, within), rel=0.01)


FEW = ("hairs-man", "fibrosis", "magnesium-plasma")


@pytest.fixture(scope="module")
def small() -> Moves:
    return measure(3, 5, follicles=8 * 16, threads=1, outputs=FEW)


def test_the_same_seed_gives_the_same_table(small: Moves) -> None:
    assert write_moves(measure(3, 5, follicles=8 * 16, threads=2, outputs=FEW)) == write_moves(small)
    assert write_moves(measure(3, 6, follicles=8 * 16, threads=1, outputs=FEW)) != write_moves(small)


def by(moves: Moves, how: How, name: str, output: str, hypothesis: str = "hybrid") -> float:
    found = moves.moved_by(how, name)
    assert found is not None
    return next((one.by for one in found if (one.output, one.hypothesis) == (output, hypothesis)), 0.0)


def test_the_table_tells_what_physiology_expects(small: Moves) -> None:
    assert by(small, "range", "fibrosis_formation_rate", "fibrosis") > 0
    assert by(small, "range", "fibrosis_resolution_rate", "fibrosis") < 0
    assert by(small, "off", "tgf-beta-raises-fibrosis", "fibrosis") < 0
    assert by(small, "off", "androgen-drives-miniaturization", "hairs-man") > 0
    assert by(small, "off", "androgen-drives-miniaturization", "hairs-man", "calcification-first") == 0
    assert by(small, "off", "supplements-raise-absorbed-magnesium", "magnesium-plasma") < 0
    assert by(small, "silent", "oral_magnesium", "magnesium-plasma") == pytest.approx(
        -small.outputs["magnesium-plasma"].center["hybrid"], rel=1e-3
    )
    assert small.moved_by("range", "acute_cell_pool") is None


def test_ranks_run_from_one(small: Moves) -> None:
    for output in FEW:
        for hypothesis in HYPOTHESES:
            for how in ("range", "off", "silent", "less"):
                found = small.movers(output, hypothesis, how)
                assert [one.rank for _, one in found] == list(range(1, len(found) + 1))
                sizes = [abs(one.by) for _, one in found]
                assert sizes == sorted(sizes, reverse=True)


def test_progress_ends_at_the_end() -> None:
    seen: list[tuple[int, int]] = []
    measure(2, 0, follicles=8, outputs=("fibrosis",), progress=lambda done, total: seen.append((done, total)))
    assert seen
    assert seen[-1][0] == seen[-1][1]
    assert seen == sorted(seen)


def test_the_table_is_read_as_it_was_written(small: Moves) -> None:
    assert write_moves(read_moves(write_moves(small), "here")) == write_moves(small)
    for text in ("", "{", "[]", "null", "{}", '{"format": 2}', write_moves(small).replace('"off"', '"on"')):
        with pytest.raises(EvidenceError, match="here"):
            read_moves(text, "here")


def test_every_reading_is_of_something() -> None:
    for one in readings().values():
        scene = scenes()[one.scene]
        assert one.age <= scene.until
        assert one.node in CHART.nodes if one.node else one.age in scene.counts
        if one.against:
            other = scenes()[one.against]
            assert set(scene.hypotheses) <= set(other.hypotheses)
            assert other.region == scene.region
            assert one.age <= other.until if one.node else one.age in other.counts
    assert {one.scene for one in readings().values()} | {one.against for one in readings().values()} - {""} == set(
        scenes()
    )


def test_the_table_of_the_package_has_every_output() -> None:
    shipped = shipped_moves()
    assert shipped is not None
    assert set(shipped.outputs) == set(readings())
    assert all(shipped.of[how] for how in ("range", "off", "silent", "less"))
