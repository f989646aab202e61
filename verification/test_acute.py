"""The hour-scale pools against what was measured: loading tests, and half a year of supplements.

Takings half an hour after each meal: the trials do not say, and with the meal or hours from it the same tablets give
less or more (see docs/acute.md).
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from anagen.body.acute_draws import drawn
from anagen.body.acute_laws import laws_from
from anagen.body.acute_meals import Swallowed, every_day, meals
from anagen.body.acute_run import Course, simulate
from anagen.body.takings import Taking

MASS, DAYS = 24.305, 168
MEALS = (8.0, 13.0, 19.0)
AFTER = tuple(hour + 0.5 for hour in MEALS)
REGIMENS: tuple[tuple[str, tuple[float, ...], float], ...] = (
    ("none", (), 0.0),
    ("CR-1", AFTER[:1], 365.0),
    ("CR-2", AFTER, 117.0),
    ("CR-3", AFTER, 150.0),
    ("CR-3 with meals", MEALS, 150.0),
    ("CR-3 between meals", tuple(hour + 2.5 for hour in MEALS), 150.0),
)


@cache
def half_a_year() -> Course:
    """Every regimen beside the others, from the first day; kept each morning before breakfast."""
    many = len(REGIMENS)
    values = {name: np.repeat(value, many) for name, value in drawn(0, 0).items()}
    diet = {meal.hour: meal for meal in meals([], values, usual_diet=True)}
    hours = sorted({*diet, *(hour for _, at, _ in REGIMENS for hour in at)})
    day: list[Swallowed] = []
    for hour in hours:
        mg = [np.array([dose if hour in at else 0.0 for _, at, dose in REGIMENS])]
        factor = [np.ones(many)]
        if hour in diet:
            mg.append(diet[hour].mg[0])
            factor.append(diet[hour].factor[0])
        day.append(Swallowed(hour, np.array(mg), np.array(factor)))
    grid = 8.0 + 24.0 * np.arange(DAYS + 1)
    return simulate(laws_from(values, 110.0), every_day(day, 0, DAYS + 1), grid, MASS, tolerance=1e-6)


def change(name: str) -> tuple[float, float]:
    """Rise of fasting plasma (mmol/L) and of urine (mmol/day) after 24 weeks, against no supplement."""
    ran, at = half_a_year(), [regimen for regimen, _, _ in REGIMENS].index(name)
    urine = np.diff(ran.of("urine")[-2:], axis=0)[0]
    return float(ran.plasma[-1, at] - ran.plasma[-1, 0]), float(urine[at] - urine[0])


@pytest.mark.parametrize(
    ("name", "serum", "urine"),
    [
        ("CR-1", (0.02, 0.06), (1.20, 1.83)),  # 48 trials, 197-994 mg a day; a middling 365 mg once a day
        ("CR-2", (0.00, 0.04), (1.22, 2.93)),  # Joris 2016: 3 x 117 mg
        ("CR-3", (0.02, 0.06), (2.23, 4.01)),  # Schutten 2022: 3 x 150 mg
    ],
)
def test_supplements_for_24_weeks(name: str, serum: tuple[float, float], urine: tuple[float, float]) -> None:
    rise, more = change(name)
    assert serum[0] <= round(rise, 2) <= serum[1], "the trials give two decimals"
    assert urine[0] <= more <= urine[1]


def test_timing_brackets_what_was_measured() -> None:
    """Schutten 2022: +3.12 mmol a day; with the meals the model gives less, between them more."""
    assert change("CR-3 with meals")[1] < 3.12 < change("CR-3 between meals")[1]


def test_the_long_run_balances() -> None:
    ran = half_a_year()
    assert (np.abs(ran.imbalance()) < 1e-9 * ran.swallowed).all()


def loading(values: dict[str, np.ndarray]) -> np.ndarray:
    """Share of 30 mmol, given over 8 h, that is not in the urine of the 24 h from its start."""
    grid = np.array([-72.0, 8.0, 32.0])
    diet = every_day(meals([], values, usual_diet=True), -3, 2)
    ran = simulate(laws_from(values, 110.0), diet, grid, MASS, drip=(8.0, 16.0, 30 / 8))
    urine = ran.of("urine")
    assert np.abs(ran.imbalance()).max() < 1e-9 * 30
    return 1 - (urine[2] - urine[1]) / 30


def test_the_loading_test() -> None:
    """88 healthy people, Scand J Clin Lab Invest 1994, 54:23: 6.3 +/- 10.3 %, 95 in 100 from -19.5 to 27.5 %."""
    assert loading(drawn(0, 0))[0] == pytest.approx(0.063, abs=0.05)
    kept = loading(drawn(200, 1))
    low, high = np.percentile(kept, [5, 95])
    assert low > -0.195
    assert high < 0.275


def test_the_loading_test_with_cells_that_follow_all_of_plasma() -> None:
    """The other reading of the tracers keeps three times the mean; why `acute_cell_following` is a half."""
    assert loading({**drawn(0, 0), "acute_cell_following": np.ones(1)})[0] > 0.16


def test_chronic_kidney_disease() -> None:
    """A year of oxide lifted serum by some 0.16 mmol/L; hydroxide 30 mmol a day at the median eGFR of 25 of MAGiCAL."""
    values = drawn(0, 0)
    dosed = meals([Taking(hour, 364.6, "x", "hydroxide") for hour in (8.0, 19.0)], values, usual_diet=True)
    plain = meals([], values, usual_diet=True)
    grid = 8.0 + 24.0 * np.array([0.0, 150.0])
    laws = laws_from(values, 25.0)
    levels = [
        simulate(laws, every_day(day, 0, 151), grid, MASS, tolerance=1e-6).plasma[-1, 0] for day in (dosed, plain)
    ]
    assert 0.08 < levels[0] - levels[1] < 0.25
