"""The mean field against laws known in closed form, against a million drawn follicles, and against itself."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

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


def under(drive: np.ndarray | float, laws: CycleLaws | None = None, **more: object) -> Patches:
    """A patch under a drive at each month, with about the gains of the flowchart."""
    met = np.broadcast_to(np.asarray(drive, dtype=np.float64), (1, MONTHS + 1)).copy()
    flat = np.ones_like(met)
    return Patches(
        Clock.from_speeds(flat, 0.55 * met), flat, 0.56 * met, 0 * flat, 0.12 * met, 0.01 * met,
        laws or CycleLaws.central(1), **more,
    )  # fmt: skip


def rising(to: float, begin: int = 100, end: int = 300) -> np.ndarray:
    return to * np.clip((np.arange(MONTHS + 1) - begin) / (end - begin), 0, 1)


def drug(drive: np.ndarray, begin: int, end: int = MONTHS) -> np.ndarray:
    """A drug takes nine tenths of the drive from one month to the next."""
    month = np.arange(MONTHS + 1)
    return np.where((month > begin) & (month <= end), drive / 10, drive)


def drawn(patches: Patches, n: int, times: np.ndarray = YEARLY, sensitivity: float | np.ndarray = 1.0) -> Census:
    return grow(
        patches, Follicles.in_one_patch(n, sensitivity), 7, times, COUNTED, countable_only=False, engine="numba"
    )


def largest_error(field: MeanField, census: Census, n: int, names: tuple[str, ...]) -> dict[str, float]:
    return {name: float(np.abs(getattr(field, name) - getattr(census, name)[0] / n).max()) for name in names}


@pytest.mark.parametrize("drive", [0.0, rising(0.8)], ids=["no loss", "miniaturizing"])
def test_a_million_drawn_follicles_agree(drive: np.ndarray | float) -> None:
    n, patches = 1_000_000, under(drive)
    field, census = mean_field(patches, 1.0, YEARLY), drawn(patches, n)
    errors = largest_error(field, census, n, LEVELS)
    assert max(errors.values()) < 0.002, errors
    if np.any(drive):  # the case is not trivial: nearly all hair is lost, and half of it in the time looked at
        assert field.hairs[0] > 0.95
        assert field.hairs[-1] < 0.05
        assert field.vellus[-1] > 0.3


@pytest.mark.parametrize(
    ("drive", "limit"),
    [
        (drug(rising(0.8, 30, 160), 240), 0.004),
        (drug(rising(0.8, 30, 160), 240, 360), 0.004),
        (np.where(np.arange(MONTHS + 1) > 100, 1.4, 0.0), 0.004),
    ],
    ids=["drug", "drug stopped", "sudden"],
)
def test_sudden_changes_agree(drive: np.ndarray, limit: float) -> None:
    n, patches = 250_000, under(drive)
    errors = largest_error(mean_field(patches, 1.0, YEARLY), drawn(patches, n), n, LEVELS)
    assert max(errors.values()) < limit, errors


def test_a_spread_of_sensitivities_agrees() -> None:
    n, patches = 400_000, under(rising(0.8))
    sensitivity = np.exp(0.18 * np.random.default_rng(3).standard_normal(n))
    field, census = mean_field(patches, 1.0, YEARLY, spread=0.18), drawn(patches, n, sensitivity=sensitivity)
    errors = largest_error(field, census, n, LEVELS)
    assert max(errors.values()) < 0.003, errors
    alike = mean_field(patches, 1.0, YEARLY)
    assert np.abs(alike.hairs - field.hairs).max() > 0.05  # and the spread matters


def test_what_is_shed_agrees() -> None:
    n, patches = 250_000, under(rising(0.8))
    field, census = mean_field(patches, 1.0, YEARLY), drawn(patches, n)
    per_year = census.shed[0, 1:] * 12 / n
    sd = np.sqrt(np.maximum(per_year, 1 / n) / n)  # fewer than a Poisson count spreads
    assert np.abs(field.shed[1:] * 12 - per_year).max() < 4 * sd.max() + 0.002
    assert per_year.max() > 2 * per_year[0]


def test_stationary_phases_stay_as_their_mean_lengths() -> None:
    laws = CycleLaws.central(1)
    stay = np.array([float(laws.mean(phase)[0]) for phase in ("anagen", "catagen", "telogen", "kenogen")])
    field = mean_field(under(0.0), 0.0, np.arange(0.0, MONTHS + 1, 1.0))
    for name, share in zip(PHASES, stay / stay.sum(), strict=True):
        assert np.abs(getattr(field, name) - share).max() < 4e-4, name
    assert field.shed[1:] == pytest.approx(np.full(MONTHS, 1 / stay.sum()), rel=0.01)
    assert np.abs(field.hairs - field.terminal).max() == 0
    assert np.abs(field.vellus).max() < 1e-12


def test_nobody_is_lost_or_made() -> None:
    for drive in (0.0, rising(1.4), drug(rising(0.8, 30, 160), 240, 360)):
        field = mean_field(under(drive), 1.0, YEARLY)
        assert sum(field.phase_fractions.values()) == pytest.approx(np.ones(YEARLY.size), abs=5e-5)
        for name in LEVELS:
            level = getattr(field, name)
            assert level.min() > -1e-4, name
            assert level.max() < 1 + 1e-4, name
        assert (field.terminal <= field.hairs + 1e-9).all()
        assert (field.anagen <= field.in_anagen + 1e-3).all()


def test_the_error_falls_with_the_square_of_the_step() -> None:
    patches, times = under(rising(1.4)), np.arange(0.0, MONTHS + 1, 6.0)
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
    from scipy.integrate import solve_ivp

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
    patches = replace(under(0.0), interventions=change.pop("interventions", ()))
    sensitivity, times = change.pop("sensitivity", 1.0), change.pop("times", YEARLY)
    with pytest.raises(FollicleError, match=words):
        mean_field(patches, sensitivity, times, **change)
