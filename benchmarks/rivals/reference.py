"""The reference case that every rival runs: bald-prone follicles of one scalp, counted every month for fifty years.

A drive d(t) is 0 for ten years, rises in a straight line for fifteen, and stays. A follicle of sensitivity s meets

    speed of anagen 1 + 0.55 s d,  stretch of kenogen 1 + 0.56 s d,  size lost a cycle 0.12 s d,  drop 0.01 d

with the sensitivities lognormal around 1, spread 0.18. The height of the drive is chosen so that a cycle takes 1.94
years on average; by the end most terminal hairs are gone. All other numbers are the central values of the records.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from anagen.follicle.automaton import Automaton
from anagen.follicle.clock import Clock
from anagen.follicle.laws import CycleLaws
from anagen.follicle.patches import Follicles, Patches

Floats = NDArray[np.float64]

YEARS = 50
MONTHS = 12 * YEARS
HEIGHT, RISES, STAYS = 0.466, 120, 300
ANAGEN_GAIN, KENOGEN_GAIN, LOSS_GAIN, DROP = 0.55, 0.56, 0.12, 0.01
SPREAD = 0.18
SEED = 1
EVENTS = 4  # in a cycle: the ends of anagen, catagen, telogen and kenogen
BLOCK = 1 << 14


def times() -> Floats:
    """Every month from the first to the last."""
    return np.arange(MONTHS + 1.0)


def drive() -> Floats:
    """d(t) at whole months, shape (1, months + 1)."""
    return HEIGHT * np.clip((times() - RISES) / (STAYS - RISES), 0, 1)[np.newaxis]


def patches() -> Patches:
    """The one patch and what acts on it."""
    now = drive()
    one = np.ones_like(now)
    return Patches(
        Clock.from_speeds(one, ANAGEN_GAIN * now), one, KENOGEN_GAIN * now, 0 * one, LOSS_GAIN * now, DROP * now,
        CycleLaws.central(1),
    )  # fmt: skip


def sensitivities(count: int, first: int = 0) -> Floats:
    """Of the follicles numbered from `first` on."""
    return np.exp(SPREAD * np.random.default_rng(first).standard_normal(count))


def follicles(count: int) -> Follicles:
    """Many at once."""
    return Follicles.in_one_patch(count, sensitivities(count))


def stream(count: int) -> Iterator[Follicles]:
    """Many, a block at a time: made when they are asked for, and never held together."""
    for first in range(0, count, BLOCK):
        size = min(BLOCK, count - first)
        yield Follicles.in_one_patch(size, sensitivities(size, first), first)


def cycles_per_follicle(count: int = 1 << 13) -> float:
    """How many cycles a follicle begins or is met in, on average, counted by the readable engine."""
    automaton = Automaton(patches(), follicles(count), SEED, countable_only=False)
    return sum(turn.who.size for turn in automaton.cycles()) / count


def largest_gap(ours: Floats, theirs: Floats, our_count: int, their_count: int) -> float:
    """The largest distance of two shares of follicles over time, in standard errors of their difference.

    A share q of n follicles has the variance q (1 - q) / n; both are taken at the pooled share.
    """
    pooled = (ours * our_count + theirs * their_count) / (our_count + their_count)
    room = 1 / (our_count + their_count)  # a share of 0 or 1 still has an error
    variance = np.maximum(pooled * (1 - pooled), room) * (1 / our_count + 1 / their_count)
    return float((np.abs(ours - theirs) / np.sqrt(variance)).max())
