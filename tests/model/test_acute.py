"""The hour-scale magnesium pools: balance, signs, closed forms, the blind version, the command."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from anagen.body import acute as law
from anagen.body.absorption_view import absorption_view
from anagen.body.acute_answer import SAYS, acute
from anagen.body.acute_bands import band_of, plasma_bands
from anagen.body.acute_dose import AcuteError, one_dose
from anagen.body.acute_draws import FACTORS, drawn, record_names
from anagen.body.acute_gut import GUTS, slowed, stay_in
from anagen.body.acute_laws import laws_from
from anagen.body.acute_meals import Swallowed, every_day, meals
from anagen.body.acute_run import Course, simulate
from anagen.body.takings import Taking, takings_by_mouth
from anagen.commands.acute import acute as command
from anagen.evidence.parameters import parameters
from anagen.quantities import read_amount, read_strength, registry
from anagen.routine import Intake, Person
from anagen.scenario import Scenario
from anagen.show.acute_drawing import acute_svg
from anagen.show.acute_view import view_of

from .test_blind import blind

CENTRAL = drawn(0, 0)
MASS = 24.305
STRONG = read_strength("110 mg/L")
GRID = np.append(-72.0, np.arange(0.0, 72.01, 0.5))


def laxative(amount: str = "60 mL", at: tuple[str, ...] = ("22:00",)) -> Intake:
    return Intake("medicine", "milk of magnesia", read_amount(amount), at=at)


def scenario(*intakes: Intake, **about: object) -> Scenario:
    return Scenario(Person(age=50, sex="male", **about), intakes)


def course(
    mg: float,
    gfr: float = 110.0,
    hour: float = 22.0,
    solubility: str = "hydroxide",
    values: dict[str, np.ndarray] = CENTRAL,
    tolerance: float = 1e-8,
    grid: np.ndarray = GRID,
    stay: float = 1.0,
    days: int = 1,
) -> Course:
    day = meals([], values, usual_diet=True)
    dosed = meals([Taking(hour, mg, "dose", solubility)] if mg else [], values, usual_diet=True)
    events = every_day(day, -3, 0) + every_day(dosed, 0, days) + every_day(day, days, 4)
    return simulate(slowed(laws_from(values, gfr), stay), events, grid, MASS, tolerance=tolerance)


# --- the equations ---


@pytest.mark.parametrize("meal", [5.0, 10.3, 36.0, 117.0, 350.0, 973.0])
@pytest.mark.parametrize("factor", [1.0, 0.7, 0.4])
def test_a_meal_delivers_its_curve(meal: float, factor: float) -> None:
    """All that enters the blood from one meal, run to its end, is the curve of the meal times its factor."""
    values = {**CENTRAL, "acute_endogenous_loss": np.zeros(1), "acute_excretion_low": np.zeros(1)}
    laws = laws_from(values, 110.0)._replace(filtrate=np.zeros(1), endogenous=np.zeros(1))
    eaten = Swallowed(0.0, np.array([[meal]]), np.array([[factor]]))
    ran = simulate(laws, [eaten], np.array([0.0, 60.0]), MASS)
    gained = (ran.states[-1, 4:10] - ran.states[0, 4:10]).sum() * MASS
    curve = min(meal, 40.2 * meal / (32.9 + meal) + 0.07 * meal)
    assert gained == pytest.approx(factor * curve, rel=1e-6)


def test_the_curve_reads_backwards() -> None:
    curve = (40.2, 32.9, 0.07)
    meal = np.array([0.0, 1.0, 10.0, 11.0, 100.0, 3000.0])
    assert law.meal_behind(law.meal_absorbed(meal, *curve), *curve) == pytest.approx(meal, abs=1e-9)


def test_fractional_excretion_runs_through_the_published_points() -> None:
    share = [float(law.fractional_excretion(c / 0.85, 0.005, 0.035, 0.70, 10.0)) for c in (0.5, 0.6, 0.85, 2.0, 4.0)]
    assert share == sorted(share)
    assert share[1] == pytest.approx(0.005, abs=0.002)
    assert share[2] == pytest.approx(0.035)
    assert share[3] == pytest.approx(0.70, abs=0.01)
    assert share[4] <= 0.70


def test_units() -> None:
    unit = registry()
    liter, hour, mmol = unit("L"), unit("hour"), unit("mmol")
    urine = law.urinary_excretion(5.0 * liter / hour, 0.85 * mmol / liter, 0.035)
    assert urine.check("[substance] / [time]")
    gain = law.pool_gain(80.0 * mmol, 84.0 * mmol, 0.03 / hour, 0.5, 1.1)
    assert gain.check("[substance] / [time]")
    assert law.endogenous_loss(0.04 * mmol / hour, 1.0).check("[substance] / [time]")


def test_the_rates_add_up_to_what_flows_in() -> None:
    laws = laws_from(drawn(7, 1), 45.0)
    state = np.abs(np.random.default_rng(2).normal(10, 3, (len(law.STATES), 7)))
    assert law.derivatives(state, laws, 3.0).sum(axis=0) == pytest.approx(3.0, abs=1e-12)


def test_it_rests_at_rest() -> None:
    values = drawn(50, 3)
    for gfr in (5.0, 20.0, 110.0, 200.0):
        laws = laws_from(values, gfr)
        rates = law.derivatives(law.at_rest(laws), laws)[4:10]
        per_hour = sum(law.losses(laws.start, laws))
        assert rates[1:] == pytest.approx(0, abs=1e-12)
        assert -rates[0] == pytest.approx(per_hour, rel=1e-9), "only the meals are missing"


# --- the solver ---


@pytest.mark.parametrize("gfr", [5.0, 20.0, 110.0])
def test_mass_balance(gfr: float) -> None:
    ran = course(2000.0, gfr, values=drawn(20, 4))
    assert np.abs(ran.imbalance()).max() < 1e-9 * ran.swallowed.min()


def test_nothing_is_negative() -> None:
    ran = course(3000.0, 5.0, values=drawn(20, 5))
    assert ran.states[:, law.INSIDE].min() > -1e-9
    sums = np.diff(ran.states[:, law.INSIDE.stop :], axis=0)
    assert sums.min() > -1e-9, "what has left never comes back"


def test_finer_tolerances_change_nothing() -> None:
    rough, fine = course(2000.0, 20.0, tolerance=1e-6), course(2000.0, 20.0, tolerance=1e-11)
    usual = course(2000.0, 20.0)
    assert rough.plasma == pytest.approx(fine.plasma, rel=1e-4)
    assert usual.plasma == pytest.approx(fine.plasma, rel=1e-6)


def test_a_linear_case_in_closed_form() -> None:
    """With the same fractional excretion at every level the pools are linear: a matrix exponential."""
    from scipy.linalg import expm

    laws = laws_from({**CENTRAL, "acute_excretion_steepness": np.zeros(1)}, 60.0, plasma=0.9)
    laws = laws._replace(start=np.array([0.9]))
    zero = law.derivatives(np.zeros((13, 1)), laws)[:, 0]
    matrix = np.stack([law.derivatives(np.eye(13)[:, [i]], laws)[:, 0] - zero for i in range(13)], axis=1)
    whole = np.zeros((14, 14))
    whole[:13, :13], whole[:13, 13] = matrix, zero
    eaten = Swallowed(0.0, np.array([[500.0]]), np.array([[1.0]]))
    ran = simulate(laws, [eaten], np.array([0.0, 3.0, 48.0]), MASS)
    start = law.at_rest(laws)[:, 0]
    taken_up = 40.2 * 500 / 532.9 + 35
    start[0], start[1] = taken_up / MASS, (500 - taken_up) / MASS
    for hour, found in zip((3.0, 48.0), ran.states[1:, :, 0], strict=True):
        assert found == pytest.approx((expm(whole * hour) @ np.append(start, 1.0))[:13], rel=1e-6, abs=1e-8)


# --- signs ---


@pytest.mark.parametrize("solubility", ["soluble", "hydroxide", "oxide"])
@pytest.mark.parametrize("hour", [7.0, 8.0, 12.5, 22.0])
def test_more_swallowed_is_more_taken_up(solubility: str, hour: float) -> None:
    doses = (0.0, 1.0, 20.0, 100.0, 400.0, 2000.0)
    grid = np.array([-72.0, 60.0])
    lost = [course(mg, hour=hour, solubility=solubility, grid=grid).of("gut_loss")[-1, 0] for mg in doses]
    entered = [mg / MASS - (loss - lost[0]) for mg, loss in zip(doses, lost, strict=True)]
    assert entered == sorted(entered)
    levels = [course(mg, hour=hour, solubility=solubility).plasma for mg in doses]
    for less, more in pairwise(levels):
        assert more.max() >= less.max() - 1e-9


def test_less_filtration_is_a_higher_level() -> None:
    levels = [course(2000.0, gfr).plasma[1:, 0] for gfr in (150.0, 110.0, 60.0, 30.0, 15.0, 8.0)]
    for better, worse in pairwise(levels):
        assert (worse > better).all()


def test_a_laxative_at_failing_kidneys() -> None:
    """One labeled laxative dose, and five days of it, at a GFR of 20 and of 100."""
    once = {gfr: acute(scenario(laxative()), gfr=gfr, draws=0).arm for gfr in (20.0, 100.0)}
    assert once[20.0].band.name == "raised"
    assert once[100.0].band.name == "usual"
    assert once[20.0].peak.p50 > once[100.0].peak.p50 + 0.12
    assert once[20.0].above_h.p50 >= 12
    assert once[100.0].above_h.p50 == 0
    week = {gfr: acute(scenario(laxative()), gfr=gfr, hours=140, days=5, draws=0).arm for gfr in (20.0, 100.0)}
    assert week[20.0].rise.p50 > 1.8 * week[100.0].rise.p50
    assert week[20.0].peak.p50 > week[100.0].peak.p50 + 0.25
    excess = {gfr: np.sum(one.plasma.p50 - one.without.p50) for gfr, one in week.items()}
    assert excess[20.0] > 2.2 * excess[100.0]


def test_a_measured_level_is_where_it_starts() -> None:
    found = acute(scenario(laxative(), plasma_magnesium_mmol_l=1.3), gfr=20, draws=0)
    assert found.arm.without.p50[0] == pytest.approx(1.3, abs=0.03)
    assert found.healthy.without.p50[0] == pytest.approx(0.85, abs=0.03)


def test_body_mass_dilutes() -> None:
    light, heavy = (acute(scenario(laxative(), mass_kg=kg), draws=0).arm.rise.p50 for kg in (45, 120))
    assert light > 1.5 * heavy


# --- the blind version ---


@pytest.fixture(scope="module")
def other() -> ModuleType:
    return blind("acute")


CASES = [
    (110.0, 22.0, 2000.0, "hydroxide", 0.7),
    (20.0, 22.0, 2000.0, "hydroxide", 0.7),
    (8.0, 10.0, 2900.0, "soluble", 1.0),
    (60.0, 8.0, 400.0, "oxide", 0.4),
    (100.0, 14.0, 100.0, "soluble", 1.0),
    (150.0, 8.5, 350.0, "soluble", 1.0),
]


@pytest.mark.parametrize("every_day", [False, True])
@pytest.mark.parametrize("stay", [1.0, 3.0, 10.0])
@pytest.mark.parametrize(("gfr", "hour", "mg", "solubility", "factor"), CASES)
def test_against_the_blind_version(
    other: ModuleType, gfr: float, hour: float, mg: float, solubility: str, factor: float, stay: float, every_day: bool
) -> None:
    body = other.Body(gfr_ml_min=gfr, stay=stay)
    theirs = other.simulate(body, [(hour, mg, factor)], hours=72.0, step=0.05, every_day=every_day)
    ours = course(mg, gfr, hour, solubility, stay=stay, days=4 if every_day else 1)
    wanted = np.interp(ours.hours[1:], theirs.hours, theirs.plasma)
    assert ours.plasma[1:, 0] == pytest.approx(wanted, rel=1e-7)
    urine = ours.of("urine")[:, 0]
    assert urine[-1] - urine[1] == pytest.approx(theirs.urine[-1], rel=1e-7)


# --- records, bands, draws ---


@pytest.mark.parametrize("name", record_names())
def test_every_record_moves_an_output(name: str) -> None:
    """Used, and not dead: raising it by a fifth moves a peak, a level at rest, or (of a band) where a level falls."""
    record = parameters()[name]
    if name.startswith("acute_band_"):
        assert record.value in {band.above for band in plasma_bands()}
        return
    if name in ("acute_breakfast", "acute_lunch", "acute_supper"):
        assert record.value in {t.hour for t in takings_by_mouth(scenario(Intake("water", "w", read_amount("1 L"),
                                                                                strength=STRONG)))}  # fmt: skip
        return
    outputs = []
    for values in (CENTRAL, {**CENTRAL, name: CENTRAL[name] * 1.2}):
        doses = [Taking(10.0 + n, 500.0, "x", kind) for n, kind in enumerate(("soluble", "hydroxide", "oxide"))]
        doses.append(Taking(16.0, 500.0, "x", "soluble", "enteric"))
        rest = laws_from(values, 40.0, mass_kg=60.0)
        mass = float(values["acute_magnesium_mass"][0])
        bodies = [slowed(rest, stay_in(gut, values)) for gut in GUTS]
        eaten, grid = meals(doses, values, True), np.array([0.0, 6.0, 48.0])
        outputs.append(np.array([simulate(laws, eaten, grid, mass).plasma for laws in bodies]))
    assert np.abs(outputs[1] - outputs[0]).max() > 1e-7


def test_records_of_the_file_are_all_read() -> None:
    assert {r.name for r in parameters().values() if r.file == "acute"} < set(record_names())
    assert set(FACTORS) <= set(record_names())


def test_bands_join() -> None:
    bands = plasma_bands()
    assert bands[0].above is None
    assert bands[-1].below is None
    for lower, upper in pairwise(bands):
        assert lower.below == upper.above
        assert band_of(upper.above).name == upper.name
        assert band_of(upper.above - 1e-9).name == lower.name


def test_draws_repeat_and_differ() -> None:
    one, same, other_seed = drawn(40, 1), drawn(40, 1), drawn(40, 2)
    more = drawn(60, 1)
    for name in record_names():
        assert np.array_equal(one[name], same[name])
        assert np.array_equal(one[name], more[name][:40])
    assert not np.array_equal(one["acute_cell_pool"], other_seed["acute_cell_pool"])
    first = acute(scenario(laxative()), draws=20, seed=5).to_dict()
    assert first == acute(scenario(laxative()), draws=20, seed=5).to_dict()


def test_the_central_body_rests_at_the_usual_level() -> None:
    for gfr in (100.0, 110.0, 120.0):
        assert laws_from(CENTRAL, gfr).start == pytest.approx(0.85, abs=0.008)
    spread = laws_from(drawn(400, 0), 110.0).start
    assert np.percentile(spread, [5, 50, 95]) == pytest.approx([0.77, 0.845, 0.92], abs=0.025)


# --- the absorption view ---


def test_absorption_view() -> None:
    pill = Intake("supplement", "magnesium oxide", read_amount("400 mg"), label="compound", at=("22:00",))
    rows = absorption_view(scenario(pill))
    assert [row.clock for row in rows] == ["08:00", "13:00", "19:00", "22:00"]
    assert rows[-1].mg_in == pytest.approx(241.2, abs=0.2)
    alone = 0.4 * (40.2 * 241.2 / (32.9 + 241.2) + 0.07 * 241.2)
    assert rows[-1].mg_absorbed == pytest.approx(alone, rel=0.05), "a little of supper still waits"
    assert rows[0].mg_in == pytest.approx(350 / 3)
    daily = sum(row.mg_absorbed for row in absorption_view(scenario()))
    assert daily == pytest.approx(0.95 * 3 * (40.2 * 116.7 / 149.6 + 0.07 * 116.7), rel=0.02)


def test_splitting_a_dose_raises_uptake_and_skin_plays_no_part() -> None:
    def taken(*at: str) -> float:
        mg = f"{400 / len(at)} mg"
        pill = Intake("supplement", "magnesium citrate", read_amount(mg), label="elemental", times=len(at), at=at)
        return sum(row.mg_absorbed for row in absorption_view(scenario(pill))) - diet

    diet = sum(row.mg_absorbed for row in absorption_view(scenario()))
    assert taken("10:30", "16:00", "22:00") > 1.5 * taken("22:00")
    assert taken("22:00", "22:00") == pytest.approx(taken("22:00"), rel=1e-9)
    assert takings_by_mouth(scenario(Intake("bath", "epsom salt", read_amount("500 g"), volume_l=150.0))) == []


# --- the answer and the command ---


def app() -> typer.Typer:
    made = typer.Typer(pretty_exceptions_enable=False)
    made.command()(command)
    return made


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app(), list(words))
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "routine.toml"
    path.write_text(
        '[person]\nage = 60\nsex = "male"\negfr = 20\n'
        '[[intake]]\nkind = "medicine"\nproduct = "milk of magnesia"\namount = "60 mL"\nat = ["22:00"]\n'
        '[[intake]]\nkind = "bath"\nproduct = "epsom salt"\namount = "500 g"\nvolume = "150 L"\n'
        'duration = "20 min"\n'
    )
    return str(path)


def test_json(file: str) -> None:
    status, out, _ = run(file, "--json", "--draws", "10")
    found = json.loads(out)
    assert status == 0
    assert found["hours"][0] == 0
    assert found["hours"][-1] == 48
    assert len(found["hours"]) == len(found["plasma_mmol_l"]["p50"]) == len(found["healthy"]["plasma_mmol_l"]["p90"])
    assert found["at_gfr"]["gfr_ml_min"] == 20
    assert found["peak"]["mmol_l"]["p50"] > found["healthy"]["peak"]["p50"]
    assert found["start_clock"] == "22:00"
    assert found["band"]["source"] and found["band"]["status"]  # noqa: PT018
    assert {"version", "seed", "draws", "sources", "scenario"} <= set(found["provenance"])
    assert found["says"] == SAYS
    low, middle, high = (np.array(found["plasma_mmol_l"][p]) for p in ("p10", "p50", "p90"))
    assert (low <= middle).all()
    assert (middle <= high).all()


def test_text_and_drawing(file: str, tmp_path: Path) -> None:
    drawing = tmp_path / "curve.svg"
    status, out, _ = run(file, "--draws", "10", "--out", str(drawing))
    assert status == 0
    words = " ".join(out.split())
    assert "never medical advice" in words
    assert "for the body, never for the limit" in words
    assert "you should" not in words.casefold()
    assert drawing.read_text().startswith("<svg")
    assert "NaN" not in drawing.read_text()
    assert str(acute_svg(view_of(acute(scenario(laxative()), draws=5).to_dict()))).count("<path") == 3


@pytest.mark.parametrize(
    "words",
    [
        ("--gfr", "1"),
        ("--gfr", "nan"),
        ("--gut", "slow"),
        ("--hours", "0"),
        ("--hours", "nan"),
        ("--days", "99"),
        ("--item", "milk of magnesa", "--dose", "60 mL"),
        ("--item", "milk of magnesia", "--dose", "sixty"),
        ("--item", "magnesium citrate"),
        ("--item", "magnesium citrate", "--dose", "3 tablets"),
        ("--out", "/no/such/folder/curve.svg"),
    ],
)
def test_bad_input_is_one_plain_sentence(file: str, words: tuple[str, ...]) -> None:
    status, out, said = run(file, *words)
    assert status == 2
    assert out == ""
    assert len(said.strip().splitlines()) == 1
    assert "Traceback" not in said


def test_no_such_file_and_nothing_swallowed(tmp_path: Path) -> None:
    assert run(str(tmp_path / "none.toml"))[0] == 2
    empty = tmp_path / "empty.toml"
    empty.write_text('[person]\nage = 30\nsex = "female"\n')
    status, _, said = run(str(empty))
    assert status == 2
    assert "no supplement or medicine" in said
    assert run(str(empty), "--item", "epsom salt", "--dose", "2 tsp", "--draws", "2")[0] == 0


def test_one_dose() -> None:
    two = scenario(laxative(), Intake("supplement", "magnesium oxide", read_amount("400 mg"), label="compound"))
    with pytest.raises(AcuteError, match="--item"):
        one_dose(two, None, "30 mL")
    only = one_dose(two, "Milk of Magnesia", "30 mL")
    assert [intake.amount.text for intake in only.intakes] == ["30 mL"]
    assert one_dose(two, None, None) is two
    assert one_dose(replace(two, intakes=two.intakes[:1]), None, "15 mL").intakes[0].amount.magnitude == 15
