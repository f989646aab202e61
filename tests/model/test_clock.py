"""Clocks at changing speed: what they read, and when they have run a draw."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anagen.follicle.clock import Carried, Clock, after_stretched

speeds = st.lists(st.floats(0.1, 5), min_size=13, max_size=13)


def one(sensitivity: float) -> Carried:
    zero = np.array([0])
    return Carried(zero, zero, np.array([sensitivity]))


@settings(max_examples=150, deadline=None)
@given(plain=speeds, added=speeds, s=st.floats(0, 4), start=st.floats(0, 12), run=st.floats(0.01, 60))
def test_a_clock_inverts_what_it_reads(
    plain: list[float], added: list[float], s: float, start: float, run: float
) -> None:
    clock = Clock.from_speeds(np.array([plain]), np.array([added]))
    begin = np.array([start])
    end = clock.after(one(s), begin, np.array([run]))
    went = clock.read(one(s), end)[0] - clock.read(one(s), begin)[0]
    assert went == pytest.approx(run, rel=1e-9)
    assert end[0] > start


def brute(speed: np.ndarray, start: float, run: float, step: float = 1e-3) -> float:
    """When `run` is reached, by adding up small steps at the speed in their middle."""
    time, gone, last = start, 0.0, speed.size - 1
    while gone < run:
        gone += step * np.interp(time + step / 2, np.arange(last + 1), speed)
        time += step
    return time


@pytest.mark.parametrize(
    ("start", "run", "s"), [(0.0, 20.0, 0.5), (12.3, 31.0, 1.7), (29.9, 4.0, 0.0), (50.0, 40.0, 1.0)]
)
def test_time_change_agrees_with_small_steps(start: float, run: float, s: float) -> None:
    """A drug stopped in mid-phase: speeds jump threefold within a month."""
    rng = np.random.default_rng(2)
    plain, added = rng.uniform(0.3, 2, (1, 61)), rng.uniform(0, 2, (1, 61))
    plain[0, 30:] *= 3
    clock = Clock.from_speeds(plain, added)
    end = clock.after(one(s), np.array([start]), np.array([run]))[0]
    assert end == pytest.approx(brute(plain[0] + s * added[0], start, run), abs=2e-3)


@pytest.mark.parametrize(("start", "run", "s"), [(0.0, 2.0, 0.5), (12.3, 0.2, 1.7), (29.5, 4.0, 0.3), (58.0, 9.0, 1.0)])
def test_the_clock_of_the_empty_phase_agrees_with_small_steps(start: float, run: float, s: float) -> None:
    """Its speed is one over the stretch at whole months, and linear in between."""
    rng = np.random.default_rng(3)
    plain, added = rng.uniform(0.6, 1, (1, 61)), rng.uniform(0, 2, (1, 61))
    plain[0, 30:] *= 2
    stretch = Clock.from_speeds(plain, added)
    end = after_stretched(stretch, one(s), np.array([start]), np.array([run]))[0]
    assert end == pytest.approx(brute(1 / (plain[0] + s * added[0]), start, run), abs=2e-3)
