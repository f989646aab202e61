"""The mean field against laws known in closed form, against a million drawn follicles, and against itself."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from anagen.follicle.census import Census, Wanted
from anagen.follicle.clock import Clock
from anagen.follicle.grow import grow
from anagen.follicle.laws import CycleLaws, Shapes
from anagen.follicle.mean_field import MeanField, mean_field
from anagen.follicle.mean_field_law import TabledLaw
from anagen.follicle.patches import FollicleError, Follicles, Intervention, Patches
from anagen.follicle.shapes import exponential, lognormal

MONTHS = 600
YEARLY = np.arange(0.0, MONTHS + 1, 12)
PHASES = ("in_anagen", "in_catagen", "in_telogen", "empty")
LEVELS = (*PHASES, "hairs", "terminal", "vellus", "anagen")
COUNTED = Wanted(sums=False)


def under(drive: np.ndarray) -> Patches:
    """A patch under a drive at whole months, with about the gains of the flowchart."""
    met, flat = drive[np.newaxis], np.ones((1, drive.size))
    return Patches(
        Clock.from_speeds(flat, 0.55 * met), flat, 0.56 * met, 0 * flat, 0.12 * met, 0.01 * met, CycleLaws.central(1)
    )


def rising(to: float, begin: int = 100, end: int = 300, months: int = MONTHS) -> np.ndarray:
    return to * np.clip((np.arange(months + 1) - begin) / (end - begin), 0, 1)


def drug(drive: np.ndarray, begin: int, end: int) -> np.ndarray:
    """A drug takes nine tenths of the drive from one month to the next."""
    month = np.arange(drive.size)
    return np.where((month > begin) & (month <= end), drive / 10, drive)


CASES = {
    "no loss": under(np.zeros(MONTHS + 1)),
    "miniaturizing": under(rising(0.8)),
    "sudden": under(np.where(np.arange(MONTHS + 1) > 100, 1.4, 0.0)),
    "drug stopped": under(drug(rising(0.8, 30, 160), 240, 360)),
}


@cache
def field_of(case: str) -> MeanField:
    return mean_field(CASES[case], 1.0, YEARLY)


@cache
def drawn(case: str, n: int) -> Census:
    return grow(CASES[case], Follicles.in_one_patch(n), 7, YEARLY, COUNTED, countable_only=False, engine="numba")


def errors_of(field: MeanField, census: Census, n: int) -> dict[str, float]:
    return {name: float(np.abs(getattr(field, name) - getattr(census, name)[0] / n).max()) for name in LEVELS}


@pytest.mark.parametrize("case", ["no loss", "miniaturizing"])
def test_a_million_drawn_follicles_agree(case: str) -> None:
    errors = errors_of(field_of(case), drawn(case, 1_000_000), 1_000_000)
    assert max(errors.values()) < 0.002, errors


def test_the_case_that_agrees_is_not_an_easy_one() -> None:
    """Nearly all hair is lost, by way of vellus hair."""
    field = field_of("miniaturizing")
    assert field.hairs[0] > 0.95
    assert field.vellus.max() > 0.4
    assert field.hairs[-1] < 0.01


@pytest.mark.parametrize("case", ["sudden", "drug stopped"])
def test_sudden_changes_agree(case: str) -> None:
    errors = errors_of(field_of(case), drawn(case, 120_000), 120_000)
    assert max(errors.values()) < 0.005, errors


def test_a_spread_of_sensitivities_agrees() -> None:
    n, times = 250_000, np.arange(0.0, 241, 12)
    patches = under(rising(1.2, 20, 100, months=240))
    sensitivity = np.exp(0.18 * np.random.default_rng(3).standard_normal(n))
    field = mean_field(patches, 1.0, times, spread=0.18)
    who = Follicles.in_one_patch(n, sensitivity)
    errors = errors_of(field, grow(patches, who, 7, times, COUNTED, countable_only=False, engine="numba"), n)
    assert max(errors.values()) < 0.005, errors
    alike = mean_field(patches, 1.0, times)
    assert np.abs(alike.hairs - field.hairs).max() > 0.04  # and the spread matters


def test_what_is_shed_agrees() -> None:
    n = 1_000_000
    seen, expected = drawn("miniaturizing", n).shed[0, 1:] * 12 / n, field_of("miniaturizing").shed[1:] * 12
    assert np.abs(expected - seen).max() < 4 * np.sqrt(seen.max() / n) + 0.002  # no more than a Poisson count spreads
    assert seen.max() > 2 * seen[0]


def test_stationary_phases_stay_as_their_mean_lengths() -> None:
    laws = CycleLaws.central(1)
    stay = np.array([float(laws.mean(phase)[0]) for phase in ("anagen", "catagen", "telogen", "kenogen")])
    field = mean_field(CASES["no loss"], 0.0, np.arange(0.0, MONTHS + 1, 1.0))
    for name, share in zip(PHASES, stay / stay.sum(), strict=True):
        away = np.abs(getattr(field, name) - share)
        assert away[:24].max() < 6e-4, name  # at month 0 some phases are nearly over, which the grid blurs
        assert away[24:].max() < 5e-5, name
        assert away[300:].max() < 2e-6, name
    assert field.shed[1:] == pytest.approx(np.full(MONTHS, 1 / stay.sum()), rel=0.01)
    assert np.abs(field.hairs - field.terminal).max() == 0
    assert np.abs(field.vellus).max() < 1e-12


def test_nobody_is_lost_or_made() -> None:
    for case in CASES:
        field = field_of(case)
        assert sum(field.phase_fractions.values()) == pytest.approx(np.ones(YEARLY.size), abs=5e-5)
        for name in LEVELS:
            level = getattr(field, name)
            assert level.min() > -1e-4, name
            assert level.max() < 1 + 1e-4, name
        assert (field.terminal <= field.hairs + 1e-9).all()
        assert (field.anagen <= field.in_anagen + 1e-3).all()


def test_the_error_falls_with_the_square_of_the_step() -> None:
    patches, times = under(rising(1.4, 50, 150, months=300)), np.arange(0.0, 301, 6.0)
    coarse, middle, fine = (mean_field(patches, 1.0, times, nodes_a_month=nodes) for nodes in (1, 2, 4))
    for name in PHASES:
        first = np.sqrt(np.mean((getattr(coarse, name) - getattr(fine, name)) ** 2))
        second = np.sqrt(np.mean((getattr(middle, name) - getattr(fine, name)) ** 2))
        assert first / second > 3, name  # (1 - 1/16) / (1/4 - 1/16) = 5 where it is exactly so


def test_phases_without_memory_follow_their_rate_equations() -> None:
    """With exponential lengths the mean field is a linear system, which has an exact solution."""
    memoryless = Shapes(exponential(), exponential(), exponential(), lognormal())
    laws = replace(
        CycleLaws.central(1), anagen_mean=np.array([3.6]), catagen_length=np.array([1e-3]),
        telogen_mean=np.array([2.4]), kenogen_mean=np.array([2.0]),
    )  # fmt: skip
    # anagen runs twice as fast from month 20 on, so that there is something to follow
    speed = np.where(np.arange(MONTHS + 1) >= 20, 2.0, 1.0)[np.newaxis]
    flat = np.ones_like(speed)
    patches = Patches(Clock.from_speeds(speed, 0 * flat), flat, *(0 * flat for _ in range(4)), laws, memoryless)
    times = np.array([0.0, 10.0, 20.0, 21.0, 22.0, 24.0, 28.0, 40.0])
    field = mean_field(patches, 0.0, times, nodes_a_month=4)

    def rates(time: float, y: np.ndarray) -> list[float]:
        out = np.interp(time, np.arange(MONTHS + 1), speed[0]) * y[0] / 3.6
        return [y[2] / 2.0 - out, out - y[1] / 2.4, y[1] / 2.4 - y[2] / 2.0]

    exact = solve_ivp(rates, (0, 40), [0.45, 0.3, 0.25], t_eval=times, rtol=1e-9, atol=1e-11, max_step=0.5).y
    for name, expected in zip(("in_anagen", "in_telogen", "empty"), exact, strict=True):
        assert getattr(field, name) == pytest.approx(expected, abs=8e-4), name
    assert exact[0].min() < 0.32


@settings(max_examples=25, deadline=None)
@given(spread=st.floats(0.05, 1.5))
def test_a_tabled_lognormal_is_the_lognormal(spread: float) -> None:
    law = TabledLaw.of_shape(lognormal(), spread)
    s = np.sqrt(np.log1p(spread**2))
    exact = scipy.stats.lognorm(s, scale=np.exp(-(s**2) / 2))
    length = np.linspace(0.01, 4, 80)
    biased = scipy.stats.norm.cdf((np.log(length) - s**2 / 2) / s)  # share of all months in phases up to a length
    assert law.mean == pytest.approx(1, abs=2e-3)
    assert law.ended_by(length) == pytest.approx(exact.cdf(length), abs=2e-4)
    summed = length * exact.cdf(length) - biased
    assert law.summed_to(length) == pytest.approx(summed, abs=1e-3)
    assert law.residual().ended_by(length) == pytest.approx(length - summed, abs=2e-3)


def test_a_residual_life_of_a_law_without_memory_is_the_law_itself() -> None:
    law = TabledLaw.of_shape(exponential(), 1.0)
    length = np.linspace(0, 6, 50)
    assert law.ended_by(length) == pytest.approx(-np.expm1(-length), abs=1e-4)
    assert law.residual().ended_by(length) == pytest.approx(-np.expm1(-length), abs=2e-4)


@settings(max_examples=40, deadline=None)
@given(
    spread=st.floats(0.0, 1.0), mean=st.floats(0.2, 40),
    gaps=st.lists(st.floats(0.05, 3), min_size=400, max_size=400),
)  # fmt: skip
def test_weights_keep_the_mean_on_any_clock(spread: float, mean: float, gaps: list[float]) -> None:
    law = TabledLaw.of_shape(lognormal(), spread)
    run = np.concatenate([[0.0], np.cumsum(gaps)])
    run = np.append(run, max(run[-1], mean * law.reach) + np.array([1.0, 2.0]))[np.newaxis]
    weights = law.weights(run, mean)[0]
    assert weights.min() > -1e-6
    assert weights.sum() == pytest.approx(1, abs=1e-6)
    assert weights @ run[0, :-1] == pytest.approx(mean * law.mean, rel=1e-6)
    half = law.weights_until(run, np.array([[mean]]), np.array([[mean / 2]]))[0]
    assert half.sum() == pytest.approx(law.ended_by(np.array([0.5]))[0], abs=1e-6)


def test_a_moved_follicle_keeps_the_signal_it_comes_from() -> None:
    drive = np.stack([np.zeros(MONTHS + 1), rising(0.8)])
    flat = np.ones_like(drive)
    patches = Patches(Clock.from_speeds(flat, 0.55 * drive), flat, 0.56 * drive, 0 * flat, 0.12 * drive,
                      0 * flat, CycleLaws.central(2))  # fmt: skip
    stays, moved, bald = (mean_field(patches, 1.0, YEARLY, patch=patch, origin=origin)
                          for patch, origin in ((0, 0), (1, 0), (1, 1)))  # fmt: skip
    for field in fields(MeanField):
        assert np.array_equal(getattr(stays, field.name), getattr(moved, field.name))
    assert bald.hairs[-1] < 0.1 < stays.hairs[-1]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"interventions": (Intervention("shave", 3.0),)}, "interventions: the mean field has none"),
        ({"nodes_a_month": 0}, "nodes_a_month: 0 is outside 1 to 64"),
        ({"spread": -1.0}, "spread: -1 must be a number from 0 on"),
        ({"sensitivity": -1.0}, "follicles.sensitivity"),
        ({"times": np.array([3.0, 2.0])}, "times: they must rise"),
        ({"patch": 1}, "follicles.patch"),
    ],
)
def test_what_cannot_be_worked_out_is_refused(change: dict[str, object], words: str) -> None:
    patches = replace(CASES["no loss"], interventions=change.pop("interventions", ()))
    sensitivity, times = change.pop("sensitivity", 1.0), change.pop("times", YEARLY)
    with pytest.raises(FollicleError, match=words):
        mean_field(patches, sensitivity, times, **change)
