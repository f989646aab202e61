"""Men for the predictions: who is thinning, who is not, and what stands on their heads.

Whether a man is thinning is told by his hair without any plan, as a mean of yearly counts around an age: one count of a
small patch would choose men whose hair happens to rest, and they would seem to recover by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from anagen.evidence.parameters import value
from anagen.follicle.census import Wanted
from anagen.follicle.clock import Clock
from anagen.follicle.grow import grow
from anagen.follicle.histories import Histories, histories
from anagen.follicle.patches import Follicles, Intervention, Patches
from anagen.outlook.experiments_bench import FOLLICLES, Lived
from anagen.outlook.simulate import EARLIEST_AGE, MONTHS, follicles_of, patches_of

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Indices = NDArray[np.int64]

FEWEST = 12  # men: fewer are not asked
AROUND = (-2, -1, 0, 1, 2)  # years
BALD, KEPT = 0.5, 0.9  # of a full head of hair


@dataclass(frozen=True)
class Counts:
    """Hairs as shares of the follicles, shape (hypothesis, arm, region, person, age)."""

    ages: tuple[float, ...]
    hairs: Floats
    terminal: Floats

    def mean(self, which: Floats, ages: tuple[float, ...]) -> Floats:
        """The mean over some ages, shape (hypothesis, arm, region, person)."""
        return which[..., [self.ages.index(age) for age in ages]].mean(axis=-1)


def around(age: float) -> tuple[float, ...]:
    """The yearly counts around an age."""
    return tuple(age + years for years in AROUND)


def counted(scalp: Lived, ages: tuple[float, ...], only: Flags | None = None) -> Counts:
    """Grow the hair of drawn people and count it at some ages.

    `only`: whose, shape (hypothesis, person); the others are left bald, which saves their time.
    """
    frame = scalp.frame
    times = np.array([month_of_age(age) for age in ages], dtype=np.float64)
    patches, follicles = laid_out(scalp)
    if only is not None:
        wanted = np.broadcast_to(only[:, np.newaxis, np.newaxis, :], frame.shape).reshape(-1)
        follicles = kept(follicles, wanted[follicles.patch])
    census = grow(patches, follicles, frame.seed, times, Wanted(sums=False, phases=False))
    shape = (*frame.shape, times.size)
    return Counts(ages, census.hairs.reshape(shape) / FOLLICLES, census.terminal.reshape(shape) / FOLLICLES)


def laid_out(scalp: Lived) -> tuple[Patches, Follicles]:
    """The patches of drawn people, and who the follicles in them are."""
    frame, drawn, run = scalp.frame, scalp.drawn, scalp.course
    return patches_of(frame, run, drawn), follicles_of(frame, run)


def month_of_age(age: float) -> int:
    """The month of a run that an age falls on."""
    return round((age - EARLIEST_AGE) * MONTHS)


def left(counts: Counts, age: float) -> Floats:
    """What is left of a full head of hair without a plan around an age, shape (hypothesis, region, person)."""
    return counts.mean(counts.hairs, around(age))[:, 0] / value("healthy_share")


def left_around(scalp: Lived, age: float) -> Floats:
    """The same of drawn people whose hair is grown for that."""
    return left(counted(scalp, around(age)), age)


# follicles one by one


def kept(follicles: Follicles, which: Flags) -> Follicles:
    """Some of the follicles."""
    return Follicles(**{one.name: getattr(follicles, one.name)[which] for one in fields(follicles)})


def growing_on(scalp: Lived, follicles: Follicles, hypothesis: int, region: int, whose: Flags) -> Follicles:
    """The follicles of one hypothesis in one region, each by its place in the frame, on the people `whose`."""
    of_hypothesis, _, in_region, person = np.unravel_index(follicles.patch, scalp.frame.shape)
    return kept(follicles, (of_hypothesis == hypothesis) & (in_region == region) & whose[person])


def moved(patches: Patches, month: int, into: Indices | None, wait: float) -> Patches:
    """The same follicles in other places from a month on, with their own androgen signal.

    The hair falls out by the move, and the follicle begins a new anagen after `wait` months.

    Parameters
    ----------
    into : the patch that each patch goes to; None is a place where nothing acts on a follicle, not even its own
        androgen.
    """
    then = np.arange(patches.months + 1) >= month

    def place(array: Floats, calm: float) -> Floats:
        return np.where(then, calm if into is None else array[into], array)

    def own(array: Floats) -> Floats:
        return np.where(then, 0.0, array) if into is None else array

    return replace(
        patches,
        clock=Clock.from_speeds(place(patches.clock.plain, 1.0), own(patches.clock.sensitive)),
        stretch=place(patches.stretch, 1.0),
        stretch_sensitive=own(patches.stretch_sensitive),
        loss=place(patches.loss, 0.0),
        loss_sensitive=own(patches.loss_sensitive),
        drop=place(patches.drop, 0.0),
        interventions=(Intervention("pluck", float(month), 1.0, wait),),
    )


@dataclass(frozen=True)
class Standing:
    """The hair of every follicle at one moment: whether one stands, its diameter (um), growth (mm/month), length (mm),
    and the size it has (logarithm); each array of shape (follicles,)."""

    stands: Flags
    diameter: Floats
    growth: Floats
    length: Floats
    log_size: Floats


def standing(past: Histories, follicles: Follicles, month: float) -> Standing:
    """What stands at a month; a follicle that is lost, or not yet there, has no hair."""
    here = (past.start <= month) & (month < past.end) & (month < follicles.lost[past.follicle])
    who = past.follicle[here]

    def laid(values: Floats) -> Floats:
        row = np.full(follicles.count, np.nan)
        row[who] = values[here]
        return row

    grown = past.growth * np.clip(np.minimum(past.anagen_end, month) - past.start, 0, None)
    stands = np.zeros(follicles.count, dtype=bool)
    stands[who] = month < past.telogen_end[here]
    return Standing(stands, laid(past.diameter), laid(past.growth), laid(grown), laid(np.log(past.size)))


def followed(patches: Patches, follicles: Follicles, seed: int) -> Histories:
    """Every cycle of some follicles; thin hairs too."""
    return histories(patches, follicles, seed)


def by_person(values: Floats, person: Indices, which: Flags) -> tuple[Floats, Floats]:
    """Sums of values over the follicles `which`, and how many these are, for each person."""
    people = int(person.max()) + 1
    sums = np.bincount(person[which], weights=values[which], minlength=people)
    return np.asarray(sums, np.float64), np.bincount(person[which], minlength=people).astype(np.float64)
