"""Laws of phase lengths: their tables against the laws themselves, as drawn and as looked in on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import scipy.special
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from anagen.follicle.clock import Clock
from anagen.follicle.elementary import HALF_TABLE, WORD, knot_probabilities, quantile_of
from anagen.follicle.histories import histories
from anagen.follicle.laws import PHASES, CycleLaws, Shapes, lay_out
from anagen.follicle.patches import Follicles, Patches
from anagen.follicle.shapes import Shape, ShapeError, exponential, lognormal, shape_from_quantiles, tables_of

# evenly spread words: the mean over them is the integral over probability
WORDS = ((np.arange(1 << 18) + 0.5) * 2.0**14).astype(np.uint32)
PROBABILITY = (WORDS + 0.5) * WORD


def lengths(shape: Shape, spread: float = 0.4, biased: bool = False) -> np.ndarray:
    """Lengths at mean 1 for evenly spread words, by the formula of the engines."""
    scale, shift, biased_shift = shape.scale_and_shifts(np.array(spread))
    drawn = quantile_of(WORDS, shape.biased_table if biased else shape.table).astype(np.float64)
    return np.exp(scale * drawn + (biased_shift if biased else shift))


def gamma(order: float) -> Shape:
    return shape_from_quantiles(f"gamma {order:g}", scipy.stats.gamma(order, scale=1 / order).ppf)


def test_knots_cover_both_tails_alike() -> None:
    lower, upper = np.split(knot_probabilities(), 2)
    assert lower.size == HALF_TABLE
    assert (np.diff(lower) >= 0).all()
    assert lower[0] == 2.0**-33
    assert lower[-1] == 0.5
    assert np.array_equal(lower, 1 - upper)


@settings(max_examples=20, deadline=None)
@given(spread=st.floats(0.01, 1.5))
def test_a_lognormal_has_its_mean_and_spread_and_is_biased_by_its_length(spread: float) -> None:
    plain, biased = lengths(lognormal(), spread), lengths(lognormal(), spread, biased=True)
    assert plain.mean() == pytest.approx(1, abs=2e-3 * spread)
    assert plain.std() == pytest.approx(spread, rel=0.02 * (1 + spread**2))
    # a looker-in meets lengths in proportion to themselves: their mean is E[L^2] / E[L]
    assert biased.mean() == pytest.approx(1 + spread**2, rel=0.01 * (1 + spread**2))
    s = np.sqrt(np.log1p(spread**2))
    inner = (PROBABILITY > 1e-4) & (PROBABILITY < 1 - 1e-4)
    exact = scipy.stats.lognorm(s, scale=np.exp(-(s**2) / 2)).ppf(PROBABILITY[inner])
    np.testing.assert_allclose(plain[inner], exact, rtol=2e-4)


def test_the_normal_table_is_that_of_scipy_to_the_bit() -> None:
    assert np.array_equal(lognormal().table, scipy.special.ndtri(knot_probabilities()).astype(np.float32))


@pytest.mark.parametrize(
    ("shape", "exact", "biased"),
    [
        (exponential(), scipy.stats.expon(), scipy.stats.gamma(2)),
        (gamma(4), scipy.stats.gamma(4, scale=1 / 4), scipy.stats.gamma(5, scale=1 / 4)),
        (gamma(0.8), scipy.stats.gamma(0.8, scale=1 / 0.8), scipy.stats.gamma(1.8, scale=1 / 0.8)),
        (
            shape_from_quantiles("uniform", scipy.stats.uniform(0.5, 1).ppf),
            scipy.stats.uniform(0.5, 1),
            # density x on 0.5 to 1.5: its distribution is (x^2 - 1/4) / 2
            None,
        ),
    ],
    ids=["exponential", "gamma 4", "gamma 0.8", "uniform"],
)
def test_a_law_is_drawn_by_its_quantiles(shape: Shape, exact: object, biased: object) -> None:
    inner = (PROBABILITY > 1e-4) & (PROBABILITY < 1 - 1e-4)
    p = PROBABILITY[inner]
    np.testing.assert_allclose(lengths(shape)[inner], exact.ppf(p), rtol=1e-3)
    looked_in_on = np.sqrt(2 * p + 0.25) if biased is None else biased.ppf(p)
    np.testing.assert_allclose(lengths(shape, biased=True)[inner], looked_in_on, rtol=2e-3)
    assert lengths(shape).mean() == pytest.approx(1, abs=2e-3)
    assert np.array_equal(lengths(shape, 0.1), lengths(shape, 0.9))  # the law alone sets the width


@settings(max_examples=25, deadline=None)
@given(power=st.floats(0.8, 5))
def test_any_weibull_is_biased_by_its_length(power: float) -> None:
    law = scipy.stats.weibull_min(power)
    shape = shape_from_quantiles("weibull", lambda p: law.ppf(p) / law.mean())
    assert lengths(shape).mean() == pytest.approx(1, abs=2e-3)
    second = law.moment(2) / law.mean() ** 2
    assert lengths(shape, biased=True).mean() == pytest.approx(second, rel=5e-3)
    third = law.moment(3) / law.mean() ** 3
    assert (lengths(shape, biased=True) ** 2).mean() == pytest.approx(third, rel=2e-2)


def test_words_at_both_ends_give_lengths_far_out_in_the_tails() -> None:
    ends = np.array([0, 2**32 - 1], dtype=np.uint32)
    normal = quantile_of(ends, lognormal().table)
    assert normal == pytest.approx(scipy.stats.norm.ppf([2.0**-33, 1 - 2.0**-33]), abs=0.02)
    assert np.exp(quantile_of(ends, exponential().table)) == pytest.approx([2.0**-33, 33 * np.log(2)], rel=0.02)


@pytest.mark.parametrize(
    ("quantile", "words"),
    [
        (lambda p: 3 * p, "the law 'odd' has the mean 1.5; give it at mean 1"),
        (lambda p: 2 * p - 0.5, "must be finite, not negative, and must rise"),
        (lambda p: 2 - 2 * p, "must be finite, not negative, and must rise"),
        (lambda p: p * np.nan, "must be finite, not negative, and must rise"),
    ],
)
def test_a_law_that_is_none_is_refused(quantile: Callable[[np.ndarray], np.ndarray], words: str) -> None:
    with pytest.raises(ShapeError, match=words):
        shape_from_quantiles("odd", quantile)


def test_a_shape_used_twice_is_laid_out_once() -> None:
    mixed = Shapes(anagen=exponential(), telogen=lognormal(), kenogen=exponential(), catagen=lognormal())
    assert mixed.rows() == (0, 2, 0, 2)
    assert mixed.tables().shape == (4, 2 * HALF_TABLE)
    assert np.array_equal(mixed.tables(), tables_of((exponential(), lognormal())))
    assert Shapes.usual().rows() == (0, 0, 0, 0)
    laid = lay_out(CycleLaws.central(1), mixed.all)
    assert (laid.scale_anagen[0], laid.shift_anagen[0], laid.biased_anagen[0]) == (1, 0, 0)
    assert laid.scale_telogen[0] == pytest.approx(np.sqrt(np.log1p(0.3**2)))
    assert laid.biased_telogen[0] == -laid.shift_telogen[0]


def test_follicles_draw_each_phase_from_its_own_law() -> None:
    """Kolmogorov and Smirnov's test of the phases that 3,000 follicles go through."""
    shapes = Shapes(anagen=gamma(4), telogen=exponential(), kenogen=gamma(2), catagen=lognormal())
    laws = replace(CycleLaws.central(1), anagen_mean=np.array([10.0]))
    flat = np.ones((1, 201))
    patches = Patches(Clock.from_speeds(flat, 0 * flat), flat, *(0 * flat for _ in range(4)), laws, shapes)
    found = histories(patches, Follicles.in_one_patch(3000), 2)
    early = (found.cycle > 0) & (found.start < 60)  # of all that begin, so that no length is favored
    ends = {"anagen": (found.start, found.anagen_end), "catagen": (found.anagen_end, found.catagen_end),
            "telogen": (found.catagen_end, found.telogen_end), "kenogen": (found.telogen_end, found.end)}  # fmt: skip
    s = np.sqrt(np.log1p(0.2**2))
    exact = {
        "anagen": scipy.stats.gamma(4, scale=1 / 4),
        "catagen": scipy.stats.lognorm(s, scale=np.exp(-(s**2) / 2)),
        "telogen": scipy.stats.expon(),
        "kenogen": scipy.stats.gamma(2, scale=1 / 2),
    }
    assert early.sum() > 8000
    for phase in PHASES:
        begin, end = ends[phase]
        drawn = (end - begin)[early] / float(laws.mean(phase)[0])
        assert scipy.stats.kstest(drawn, exact[phase].cdf).pvalue > 0.005, phase
