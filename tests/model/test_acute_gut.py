"""A slow gut and doses taken again: what they do to uptake and plasma, and how the answer shows them."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from anagen.body.acute import Laws
from anagen.body.acute_answer import acute
from anagen.body.acute_draws import drawn
from anagen.body.acute_gut import GUTS, RECORDS, slowed, slowed_share, stay_in
from anagen.body.acute_laws import laws_from
from anagen.body.acute_meals import every_day, meals
from anagen.body.acute_run import Course, simulate
from anagen.body.acute_scenes import DAYS, Kidneys, Scene, scenes_of
from anagen.body.takings import Taking
from anagen.commands.acute import acute as command
from anagen.evidence.parameters import parameters
from anagen.quantities import read_amount
from anagen.routine import Intake, Person
from anagen.scenario import Scenario
from anagen.show.acute_drawing import acute_svg
from anagen.show.acute_view import view_of

CENTRAL = drawn(0, 0)
MASS = 24.305
DOSE_MG = 2000.0  # 60 mL of milk of magnesia
DOSE = Taking(22.0, DOSE_MG, "dose", "hydroxide")
GRID = np.append(-72.0, np.arange(22.0, 262.01, 1.0))
STAYS = (1.0, 1.5, 3.0, 10.0, 20.0, 1e6)
LAXATIVE = Intake("medicine", "milk of magnesia", read_amount("60 mL"), at=("22:00",))


def week(gfr: float, stay: object, days: int = 7, values: dict[str, np.ndarray] = CENTRAL) -> Course:
    plain, dosed = meals([], values, True), meals([DOSE], values, True)
    events = every_day(plain, -3, 0) + every_day(dosed, 0, days) + every_day(plain, days, 11)
    return simulate(slowed(laws_from(values, gfr), stay), events, GRID, MASS)


def at_kidneys(values: dict[str, np.ndarray], kidneys: Kidneys) -> Laws:
    return laws_from(values, kidneys.gfr)


def person(*conditions: str, **about: object) -> Scenario:
    return Scenario(Person(age=50, sex="male", conditions=conditions, **about), (LAXATIVE,))


# --- the law ---


def test_the_passive_share_of_a_slow_gut() -> None:
    """p at the usual stay, ever more of it, and all of it in a gut that never moves on."""
    shares = [slowed_share(0.07, stay) for stay in STAYS]
    assert shares[0] == 0.07
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0, abs=1e-4)
    for stay in STAYS:
        rate = 0.07 / (1 - 0.07)  # of uptake, beside a rate of 1 of being carried on
        assert slowed_share(0.07, stay) == pytest.approx(rate / (rate + 1 / stay))


def test_a_usual_stay_changes_no_bit() -> None:
    values = drawn(9, 3)
    laws = laws_from(values, 35.0)
    same = slowed(laws, stay_in("usual", values))
    for name in laws._fields:
        assert np.array_equal(np.asarray(getattr(laws, name)), np.asarray(getattr(same, name))), name
    usual, asked = acute(person(), draws=3), acute(person(), draws=3, gut="usual")
    assert np.array_equal(usual.arm.plasma.p50, asked.arm.plasma.p50)


def test_the_answer_for_a_usual_gut_is_what_it_was() -> None:
    """Central peaks of one dose before the gut had a state (the table in docs/acute.md holds two decimals of them)."""
    for gfr, peak in ((110.0, 0.96), (60.0, 1.00), (30.0, 1.06), (20.0, 1.11), (10.0, 1.25)):
        assert acute(person(), gfr, draws=0).arm.peak.p50 == pytest.approx(peak, abs=0.005)


@pytest.mark.parametrize("gfr", [5.0, 20.0, 110.0])
@pytest.mark.parametrize("gut", GUTS)
def test_mass_balance(gfr: float, gut: str) -> None:
    values = drawn(12, 4)
    ran = week(gfr, stay_in(gut, values), values=values)
    assert np.abs(ran.imbalance()).max() < 1e-9 * ran.swallowed.min()
    assert ran.states.min() > -1e-8


@pytest.mark.parametrize("gfr", [10.0, 110.0])
@pytest.mark.parametrize("days", [1, 7])
def test_a_longer_stay_is_more_taken_up(gfr: float, days: int) -> None:
    """What has left the body unabsorbed or still waits to pass falls as the stay grows."""
    passed = []
    for stay in STAYS:
        end = week(gfr, stay, days)
        passed.append(float((end.of("gut_loss") + end.of("gut_passing") + end.of("stomach_passing"))[-1, 0]))
    for shorter, longer in pairwise(passed):
        assert longer < shorter


def test_a_longer_stay_at_failing_kidneys_is_a_higher_peak() -> None:
    """Not so at healthy ones for a single dose: it comes in so slowly that the kidneys keep up with it."""
    for days in (1, 7):
        peaks = [week(20.0, stay, days).plasma.max() for stay in (1.0, 1.5, 3.0, 10.0)]
        assert peaks == sorted(peaks)
        assert peaks[-1] > peaks[0] + 0.25
    healthy = {stay: float((week(110.0, stay, 1).plasma - week(110.0, stay, 0).plasma).max()) for stay in (3.0, 20.0)}
    assert healthy[20.0] < healthy[3.0]


@pytest.mark.parametrize("stay", [1.0, 3.0, 10.0])
def test_less_filtration_is_a_higher_level(stay: float) -> None:
    levels = [week(gfr, stay).plasma[1:, 0] for gfr in (150.0, 110.0, 60.0, 30.0, 15.0, 8.0)]
    for better, worse in pairwise(levels):
        assert (worse > better).all()


def test_rest_is_that_of_the_usual_gut() -> None:
    usual, slow = week(60.0, 1.0), week(60.0, 10.0)
    assert np.array_equal(usual.states[0], slow.states[0])
    assert slow.plasma[1, 0] > usual.plasma[1, 0], "and slow from the first hour of the days before"


def test_the_records_of_the_stay() -> None:
    for name in RECORDS.values():
        record = parameters()[name]
        assert (record.grade, record.status, record.source) == ("E", "assumed", "assumed")
    assert [float(stay_in(gut, CENTRAL)[0]) for gut in GUTS] == [1.0, 3.0, 10.0]


# --- what the docs say of a laxative ---


def most_without_kidneys(stay: float) -> float:
    """What is taken up of the dose, spread over the extracellular water alone, mmol/L; by hand."""
    passive = 0.07 * stay / (1 + 0.07 * (stay - 1))
    return 0.7 * (40.2 * DOSE_MG / (32.9 + DOSE_MG) + passive * DOSE_MG) / MASS / 15.5


def rise(gfr: float, stay: float, days: int) -> float:
    return float((week(gfr, stay, days).plasma - week(gfr, stay, 0).plasma)[:, 0].max())


def test_one_dose_in_a_usual_gut_rises_only_modestly_at_any_kidneys() -> None:
    """0.33 mmol/L is the most there is in it, even with no kidneys; at a GFR of 20 it is little more than at 100."""
    assert most_without_kidneys(1.0) == pytest.approx(0.33, abs=0.005)
    assert most_without_kidneys(3.0) == pytest.approx(0.76, abs=0.005)
    assert most_without_kidneys(10.0) == pytest.approx(1.67, abs=0.005)
    for stay in (1.0, 3.0, 10.0):
        for gfr in (5.0, 20.0, 110.0):
            assert rise(gfr, stay, 1) < most_without_kidneys(stay)
    weak, healthy = rise(20.0, 1.0, 1), rise(100.0, 1.0, 1)
    assert healthy < weak < 0.2
    assert weak < 1.5 * healthy


@pytest.mark.parametrize(("stay", "times", "apart"), [(1.0, 2.3, 0.2), (3.0, 3.5, 0.45), (10.0, 5.0, 0.9)])
def test_a_week_of_it_is_far_worse_at_weak_kidneys(stay: float, times: float, apart: float) -> None:
    """A labeled laxative dose each day of a week, at a GFR of 20 beside the same at 100."""
    weak, healthy = rise(20.0, stay, 7), rise(100.0, stay, 7)
    assert weak > times * healthy
    assert weak > healthy + apart


def test_the_table_of_the_docs() -> None:
    """Every figure of the table in docs/acute.md, all from one run."""
    lines = (Path(__file__).parents[2] / "docs" / "acute.md").read_text(encoding="utf-8").splitlines()
    top = next(number for number, text in enumerate(lines) if text.startswith("| Gut | Doses |"))
    columns = [float(cell.removeprefix("GFR ")) for cell in map(str.strip, lines[top].split("|")[3:-1])]
    scenes = scenes_of(CENTRAL, [], [DOSE], [Kidneys("example", gfr) for gfr in columns], at_kidneys)
    found = {(one.gut, one.days, one.kidneys.gfr): one for one in scenes}
    rows = [[cell.strip() for cell in text.split("|")[1:-1]] for text in lines[top + 2 : top + 2 + len(found) // 6]]
    assert len(rows) == len(GUTS) * len(DAYS)
    for gut, doses, *cells in rows:
        for gfr, cell in zip(columns, cells, strict=True):
            peak, added = (float(part) for part in cell.rstrip(")").split("("))
            scene = found[gut, 1 if doses == "one" else 7, gfr]
            assert (scene.peak.p50, scene.rise.p50) == pytest.approx((peak, added), abs=0.006)


# --- the answer ---


def test_scenes_are_the_runs_they_stand_for() -> None:
    """All cases in one loose run, against each alone in a fine one."""

    kidneys = (Kidneys("healthy", 110.0), Kidneys("example", 20.0))
    scenes = scenes_of(drawn(4, 2), [], [DOSE], kidneys, at_kidneys)
    assert len(scenes) == len(kidneys) * len(GUTS) * len(DAYS)
    few = drawn(4, 2)
    for scene in scenes:
        stay = stay_in(scene.gut, few)
        with_doses, without = (week(scene.kidneys.gfr, stay, days, few).plasma[1:] for days in (scene.days, 0))
        assert scene.peak.p50 == pytest.approx(np.median(with_doses.max(axis=0)), abs=2e-3)
        assert scene.rise.p90 == pytest.approx(np.percentile((with_doses - without).max(axis=0), 90), abs=2e-3)


def of(scenes: tuple[Scene, ...], gut: str, days: int, whose: str) -> Scene:
    (found,) = (one for one in scenes if (one.gut, one.days, one.kidneys.whose) == (gut, days, whose))
    return found


@pytest.mark.parametrize(
    ("about", "gfr", "whose", "level"),
    [
        ({}, None, "example", 20.0), ({"egfr": 90.0}, None, "example", 20.0), ({"egfr": 35.0}, None, "own", 35.0),
        ({"egfr": 35.0}, 12.0, "own", 12.0), ({}, 80.0, "example", 20.0),
    ],
)  # fmt: skip
def test_whose_kidneys_the_scenes_show(about: dict[str, object], gfr: float | None, whose: str, level: float) -> None:
    scenes = acute(person(**about), gfr, draws=0).scenes
    assert {one.kidneys for one in scenes} == {Kidneys("healthy", 110.0), Kidneys(whose, level)}
    assert of(scenes, "blocked", 7, whose).peak.p50 > of(scenes, "usual", 1, "healthy").peak.p50


def test_a_measured_level_is_in_the_scenes_of_the_own_kidneys() -> None:
    measured = acute(person(egfr=20.0, plasma_magnesium_mmol_l=1.5), draws=0).scenes
    assert of(measured, "usual", 1, "own").peak.p50 > 1.5
    assert of(measured, "usual", 1, "healthy").peak.p50 < 1.05


@pytest.mark.parametrize(
    ("conditions", "asked", "gut"),
    [
        ((), None, "usual"), (("gout",), None, "usual"), (("chronic constipation",), None, "constipated"),
        (("bowel obstruction", "constipated"), None, "blocked"), (("paralytic ileus",), "usual", "usual"),
        ((), "blocked", "blocked"),
    ],
)  # fmt: skip
def test_the_gut_is_asked_for_or_by_the_conditions(conditions: tuple[str, ...], asked: str | None, gut: str) -> None:
    found = acute(person(*conditions), draws=0, gut=asked)
    assert found.gut == gut
    assert found.stay.p50 == stay_in(gut, CENTRAL)[0]
    shown = found.to_dict()["gut"]
    assert shown["name"] == gut
    assert shown["from"] == ("asked for" if asked else "assumed" if gut == "usual" else shown["from"])
    assert any(f"taken as {gut}" in note for note in found.notes) == (gut != "usual")


def test_a_slow_gut_is_in_the_curve_and_in_the_table_of_meals() -> None:
    usual, slow = (acute(person(), 20.0, draws=0, gut=gut) for gut in ("usual", "constipated"))
    assert slow.arm.rise.p50 > 1.3 * usual.arm.rise.p50
    for less, more in zip(usual.meals, slow.meals, strict=True):
        assert less.mg_absorbed < more.mg_absorbed < more.mg_in
    share = slowed_share(0.07, 3.0)
    wanted = 0.7 * (40.2 * DOSE_MG / (32.9 + DOSE_MG) + share * DOSE_MG)
    assert slow.meals[-1].mg_absorbed == pytest.approx(wanted, rel=0.02), "a little of supper still waits"
    assert of(slow.scenes, "constipated", 1, "own").peak.p50 == pytest.approx(slow.arm.peak.p50, abs=0.01)


# --- the command ---


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "routine.toml"
    path.write_text(
        '[person]\nage = 60\nsex = "male"\negfr = 25\nconditions = ["slow-transit constipation"]\n'
        '[[intake]]\nkind = "medicine"\nproduct = "milk of magnesia"\namount = "60 mL"\nat = ["22:00"]\n'
    )
    return path


def run(*words: str) -> tuple[int, str, str]:
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(command)
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.stdout, result.stderr


def test_json(file: Path) -> None:
    status, out, _ = run(str(file), "--json", "--draws", "10")
    found = json.loads(out)
    assert status == 0
    assert found["gut"]["name"] == found["absorption"]["gut"] == "constipated"
    assert "slow-transit constipation" in found["gut"]["from"]
    assert {(s["gfr_ml_min"], s["gut"], s["days"]) for s in found["scenes"]} == {
        (gfr, gut, days) for gfr in (110, 25) for gut in GUTS for days in (1, 7)
    }
    for scene in found["scenes"]:
        for fan in (scene["peak_mmol_l"], scene["rise_mmol_l"]):
            assert 0 < fan["p10"] <= fan["p50"] <= fan["p90"]
        assert scene["band"] in {band["name"] for band in found["bands"]}
    assert found["provenance"]["scenes"]["draws"] == 10
    assert json.loads(run(str(file), "--json", "--draws", "2", "--gut", "usual")[1])["gut"]["name"] == "usual"


def test_the_terminal_and_the_drawing_hold_the_scenes(file: Path, tmp_path: Path) -> None:
    drawing = tmp_path / "curve.svg"
    status, out, _ = run(str(file), "--draws", "4", "--out", str(drawing))
    words = " ".join(out.split())
    assert status == 0
    assert "The same doses in other cases" in words
    assert "with a constipated gut" in words
    assert all(gut in words for gut in GUTS)
    drawn_words = drawing.read_text()
    assert "NaN" not in drawn_words
    view = view_of(acute(person(), draws=3).to_dict())
    assert len(view.scenes) == 6
    shown = str(acute_svg(view))
    for scene in view.scenes:
        for case in scene.cases:
            assert f"{case.words}, {case.band}" in shown


def test_a_condition_that_denies_names_the_file(file: Path) -> None:
    file.write_text(file.read_text().replace("slow-transit constipation", "no constipation"))
    status, out, said = run(str(file))
    assert (status, out) == (2, "")
    assert len(said.strip().splitlines()) == 1
    assert str(file) in said
    assert "person.conditions" in said
    assert "no constipation" in said
