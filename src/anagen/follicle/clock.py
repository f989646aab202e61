"""Time change: a phase ends when a clock that runs at a changing speed has run its draw.

A follicle of sensitivity s has the speed a + s b, where a belongs to the scalp it stands in and b to where it comes
from, both given at whole months and linear in between. What its clock has run is quadratic within a month, so the end
of a phase is exact also where a drug begins in the middle of it: a search for the month, and the root of a quadratic.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from anagen.follicle.months import month_of, run_within, time_for

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


class Carried(NamedTuple):
    """Which follicles: where their months begin in the arrays laid flat, and their sensitivity."""

    here: Indices
    there: Indices
    sensitivity: Floats


@dataclass(frozen=True)
class Clock:
    """Speeds at whole months, and what a clock has run by then, for every patch.

    Attributes
    ----------
    plain, sensitive : speeds, shape (patches, months + 1); a follicle of sensitivity s runs at plain + s sensitive.
    plain_run, sensitive_run : the same summed up from month 0.
    """

    plain: Floats
    sensitive: Floats
    plain_run: Floats
    sensitive_run: Floats

    @staticmethod
    def from_speeds(plain: Floats, sensitive: Floats) -> Clock:
        """From speeds at whole months, shape (patches, months + 1)."""

        def summed(speed: Floats) -> Floats:
            run = np.zeros_like(speed)
            np.cumsum((speed[:, :-1] + speed[:, 1:]) / 2, axis=1, out=run[:, 1:])
            return run

        speeds = [np.ascontiguousarray(speed, dtype=np.float64) for speed in (plain, sensitive)]
        return Clock(speeds[0], speeds[1], summed(speeds[0]), summed(speeds[1]))

    @property
    def months(self) -> int:
        """How many months the speeds span; beyond them the last one goes on."""
        return self.plain.shape[1] - 1

    def carried(self, patch: Indices, origin: Indices, sensitivity: Floats) -> Carried:
        """Follicles of given patches, origins and sensitivities, for the calls below."""
        return Carried(patch * (self.months + 1), origin * (self.months + 1), sensitivity)

    def speed(self, who: Carried, month: Indices) -> Floats:
        """Speed at whole months."""
        return self.plain.ravel()[who.here + month] + who.sensitivity * self.sensitive.ravel()[who.there + month]

    def run(self, who: Carried, month: Indices) -> Floats:
        """What the clock has run by whole months."""
        there = self.sensitive_run.ravel()[who.there + month]
        return self.plain_run.ravel()[who.here + month] + who.sensitivity * there

    def read(self, who: Carried, time: Floats) -> Floats:
        """What the clock has run at `time` (months, not negative)."""
        month = month_of(time, self.months)
        speed = self.speed(who, month)
        slope = self.speed(who, np.minimum(month + 1, self.months)) - speed
        return self.run(who, month) + run_within(speed, slope, time - month)

    def after(self, who: Carried, start: Floats, run: Floats) -> Floats:
        """The time (months) at which the clock has run `run` since `start`."""
        target = self.read(who, start) + run
        month = self._month_before(who, month_of(start, self.months), target)
        speed = self.speed(who, month)
        slope = self.speed(who, np.minimum(month + 1, self.months)) - speed
        return month + time_for(speed, slope, target - self.run(who, month))

    def _month_before(self, who: Carried, low: Indices, target: Floats) -> Indices:
        """The last whole month by which the clock has not run more than `target`, by bisection from `low` on."""
        high = np.full_like(low, self.months + 1)
        for _ in range(int(self.months + 1).bit_length()):
            middle = (low + high) // 2
            short = self.run(who, np.minimum(middle, self.months)) <= target
            short &= middle <= self.months
            low, high = np.where(short, middle, low), np.where(short, high, middle)
        return low


def after_stretched(clock: Clock, who: Carried, start: Floats, run: Floats) -> Floats:
    """The time at which a clock has run `run` whose speed is 1 / (a + s b) at whole months, linear in between.

    `clock` holds the stretches a and b. Such speeds do not add up over s, so it goes from month to month; the phases it
    serves are short.
    """
    end = np.empty_like(start)
    going = np.arange(start.size)
    time, left = start.copy(), run.copy()
    while going.size:
        own = Carried(who.here[going], who.there[going], who.sensitivity[going])
        month = month_of(time, clock.months)
        first, second = 1 / clock.speed(own, month), 1 / clock.speed(own, np.minimum(month + 1, clock.months))
        slope = second - first
        speed = first + slope * (time - month)
        whole = run_within(speed, slope, (month + 1) - time)
        done = (left <= whole) | (month >= clock.months)
        end[going[done]] = (time + time_for(speed, slope, left))[done]
        going, time, left = going[~done], (month + 1.0)[~done], (left - whole)[~done]
    return end
