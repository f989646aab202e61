"""Time change: a phase ends when a clock that runs at a changing speed has run its draw.

Within a month a follicle's speed is constant: speed = a + s b, where a and b belong to its patch of scalp
and s is its own sensitivity. So the clock's reading is a piecewise linear function of time, and the end of
a phase is that function inverted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

NEWTON_STEPS = 8
CLOSE = 1e-9
BISECTIONS = 60  # of at most a thousand months: far below a nanosecond


@dataclass(frozen=True)
class Clock:
    """Clock readings at whole months, for every patch.

    Attributes
    ----------
    plain, sensitive : shape (patches, months + 1); a follicle of sensitivity s reads plain + s * sensitive.
    """

    plain: Floats
    sensitive: Floats

    @staticmethod
    def from_speeds(plain: Floats, sensitive: Floats) -> Clock:
        """From speeds at whole months, shape (patches, months + 1); a month runs at the mean of its ends."""

        def reading(speed: Floats) -> Floats:
            run = np.zeros_like(speed)
            np.cumsum((speed[:, :-1] + speed[:, 1:]) / 2, axis=1, out=run[:, 1:])
            return run

        return Clock(reading(plain), reading(sensitive))

    @property
    def months(self) -> int:
        """How many months the readings span; beyond them the last speed goes on."""
        return self.plain.shape[1] - 1

    def read(self, patch: Indices, origin: Indices, sensitivity: Floats, time: Floats) -> tuple[Floats, Floats]:
        """Reading and speed at `time` (months); before month 0 the first speed holds."""
        month = np.clip(time.astype(np.int64), 0, self.months - 1)
        here, there = patch * (self.months + 1) + month, origin * (self.months + 1) + month
        plain, sensitive = self.plain.ravel(), self.sensitive.ravel()
        begin = plain[here] + sensitivity * sensitive[there]
        speed = plain[here + 1] + sensitivity * sensitive[there + 1] - begin
        return begin + (time - month) * speed, speed

    def after(self, patch: Indices, origin: Indices, sensitivity: Floats, start: Floats, run: Floats) -> Floats:
        """The time (months) at which the clock has run `run` since `start`.

        Newton's method, which ends exactly on a piecewise linear function once it is in the right month;
        where it has not ended after a few steps (a jump of speed), bisection finishes the search.
        """
        begin, speed = self.read(patch, origin, sensitivity, start)
        target = begin + run
        time = start + run / speed
        going = np.ones(time.shape, dtype=bool)
        for _ in range(NEWTON_STEPS):
            reading, speed = self.read(patch, origin, sensitivity, time)
            # each follicle stops by itself, so that nobody's last bits depend on who else is in the batch
            step = np.where(going, (target - reading) / speed, 0)
            time = time + step
            going = np.abs(step) >= CLOSE
            if not going.any():
                return time
        time[going] = self._bisect(patch[going], origin[going], sensitivity[going], start[going], target[going])
        return time

    def _bisect(self, patch: Indices, origin: Indices, sensitivity: Floats, start: Floats, target: Floats) -> Floats:
        low, high = start.copy(), start + 1
        while True:
            short = self.read(patch, origin, sensitivity, high)[0] < target
            if not short.any():
                break
            high = np.where(short, high + 2 * (high - start), high)
        for _ in range(BISECTIONS):
            middle = (low + high) / 2
            short = self.read(patch, origin, sensitivity, middle)[0] < target
            low, high = np.where(short, middle, low), np.where(short, high, middle)
        return (low + high) / 2
