"""The follicle automaton against renewal theory: z-scores as they should be, and checks that would notice a fault."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
import scipy.stats

sys.path.insert(0, str(Path(__file__).parent))

import renewal
from renewal import FOLLICLES, ORDER, SEEDS, SHAPES, all_checks, of_group

GROUPS = {"phases": 176, "events": 88, "lengths": 480}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("group", GROUPS)
def test_z_scores_are_those_of_a_true_engine(seed: int, group: str) -> None:
    z = of_group(all_checks(seed), group)
    assert z.size == GROUPS[group]
    assert np.abs(z).max() < 3.5, max(all_checks(seed), key=lambda check: abs(check.z))
    assert 0.7 < np.sqrt((z**2).mean()) < 1.3


@pytest.mark.parametrize("law", SHAPES)
def test_each_law_alone_agrees(law: str) -> None:
    z = np.array([check.z for seed in SEEDS for check in all_checks(seed) if check.law == law])
    assert z.size == 2 * sum(GROUPS.values()) // len(SHAPES)
    assert 0.85 < np.sqrt((z**2).mean()) < 1.15
    assert abs(z.mean()) < 0.15  # no drift to one side


def test_z_scores_are_normal() -> None:
    """Lengths are independent of one another, but for the tenths of one phase, which sum to its count."""
    for seed in SEEDS:
        assert scipy.stats.kstest(of_group(all_checks(seed), "lengths"), "norm").pvalue > 0.01


def test_everyone_is_in_one_phase() -> None:
    for law in SHAPES:
        found = renewal.census(law, SEEDS[0])
        assert (found.in_anagen + found.in_catagen + found.in_telogen + found.empty == FOLLICLES).all()


def test_the_checks_would_notice_a_wrong_mean() -> None:
    """A telogen 5 % longer than theory has it is five standard errors off."""
    found, means = renewal.census("lognormal", 1), renewal.means("lognormal")
    wrong = means * np.where(np.array(ORDER) == "telogen", 1.05, 1.0)
    p = (wrong / wrong.sum())[ORDER.index("telogen")]
    z = (found.in_telogen[0, list(renewal.TIMES)] - FOLLICLES * p) / np.sqrt(FOLLICLES * p * (1 - p))
    assert z.max() < -2.5
    assert z.min() < -4


def test_the_checks_would_notice_a_start_that_is_not_length_biased() -> None:
    """A uniform part of an unbiased length is not what a looker-in finds."""
    _, left = renewal.looked_in_on("lognormal", 1)["anagen"]
    law = renewal.exact("lognormal", "anagen")
    edges = np.quantile(
        law.rvs(200_000, random_state=5) * np.random.default_rng(6).random(200_000), np.arange(1, 10) / 10
    )
    counts = np.bincount(np.searchsorted(edges, left), minlength=10)
    assert np.abs((counts - left.size / 10) / np.sqrt(left.size * 0.09)).max() > 8


def test_the_variance_of_counts_is_that_of_known_cases() -> None:
    """A short window holds one event or none; in long ones the variance grows by s^2 / M^3 a month."""
    share = 1 / renewal.means("lognormal").sum()
    assert renewal.count_variance("lognormal", 1.0) == pytest.approx(share * (1 - share), rel=1e-3)
    variance, mean = sum(renewal.exact("gamma", phase).var() for phase in ORDER), renewal.means("gamma").sum()
    grown = renewal.count_variance("gamma", 480.0) - renewal.count_variance("gamma", 240.0)
    assert grown == pytest.approx(240 * variance / mean**3, rel=0.01)


def test_the_picture_is_drawn() -> None:
    drawing = renewal.draw()
    assert drawing.startswith("<svg")
    assert drawing.count("<circle") > 1488
    assert "z-scores of all checks" in drawing
