"""Statistics against theory: an untreated, insensitive scalp against renewal theory.

In a stationary renewal process the share of follicles in a phase is its mean length over that of the cycle, at
every moment, whatever the law of the lengths. Each share of N follicles has the binomial standard error, so

    z = (observed - expected) / sqrt(expected (1 - expected) / N)
"""

from __future__ import annotations

import itertools
from dataclasses import fields

import numpy as np
import pytest

from anagen.evidence.parameters import parameters
from anagen.follicle.automaton import Automaton, CycleLaws, Follicles, Patches
from anagen.follicle.clock import Clock

FOLLICLES = 100_000
MONTHS = (0, 1, 3, 6, 12, 24, 48, 96, 180, 300, 600)
PHASES = ("anagen", "catagen", "telogen", "kenogen")


def value(name: str) -> float:
    return parameters()[name].value


def phase_shares(seed: int) -> np.ndarray:
    """Observed shares, shape (months, phases), of follicles without any androgen sensitivity."""
    last = MONTHS[-1]
    flat = np.ones((1, last + 1))
    zeros = np.zeros(FOLLICLES, dtype=np.int64)
    laws = CycleLaws(**{one.name: np.array([value(one.name)]) for one in fields(CycleLaws)})
    patches = Patches(Clock.from_speeds(flat, 0 * flat), flat, 0 * flat, 0 * flat, 0 * flat, 0 * flat, laws)
    who = Follicles(
        zeros,
        zeros,
        zeros,
        zeros,
        np.arange(FOLLICLES),
        np.zeros(FOLLICLES),
        np.zeros(FOLLICLES),
        np.full(FOLLICLES, 1e9),
    )
    counts = np.zeros((len(MONTHS), len(PHASES)))
    for turn in Automaton(patches, who, seed).cycles():
        catagen_end = turn.anagen_end + value("catagen_length")
        edges = (turn.start, turn.anagen_end, catagen_end, turn.telogen_end, turn.end)
        for row, month in enumerate(MONTHS):
            for column, (begin, end) in enumerate(itertools.pairwise(edges)):
                counts[row, column] += ((begin <= month) & (month < end)).sum()
    return counts / FOLLICLES


def expected_shares() -> np.ndarray:
    lengths = np.array([value("anagen_mean"), value("catagen_length"), value("telogen_mean"), value("kenogen_mean")])
    return lengths / lengths.sum()


@pytest.mark.parametrize("seed", [1, 2])
def test_phase_shares_agree_with_renewal_theory(seed: int) -> None:
    observed, expected = phase_shares(seed), expected_shares()
    assert observed.sum(axis=1) == pytest.approx(np.ones(len(MONTHS)), abs=1e-12)  # everyone is in one phase
    z = (observed - expected) / np.sqrt(expected * (1 - expected) / FOLLICLES)
    assert z.size == 44
    assert np.abs(z).max() < 3.5, z
    assert 0.5 < np.sqrt((z**2).mean()) < 1.6
