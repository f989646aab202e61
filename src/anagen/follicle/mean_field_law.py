"""A law of phase lengths as a table, and how those who begin a phase together are shared out over when they end it.

For a law of mean 1 let F(y) be the share that has ended by y and G(y) its integral from 0. On a grid of times the clock
of the phase has run 0 = x_0 < x_1 < ... since the phase began. Everyone who ends between two nodes is shared between
them by the lever rule, which keeps the mean of the law exactly:

    f_j = (G(x_j+1) - G(x_j)) / (x_j+1 - x_j)        mean of F from one node to the next
    weight of node j = f_j - f_j-1,   f_-1 = 0
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from anagen.follicle.elementary import knot_probabilities
from anagen.follicle.shapes import Shape

Floats = NDArray[np.float64]

POINTS = 1 << 15  # of a table
TAIL = 1e-5  # of a law that is held to end at the table's end
LEAST_REACH = 2.0


@dataclass(frozen=True)
class TabledLaw:
    """A law of lengths at mean 1, at even steps from 0 on; by the last of them everyone has ended.

    Attributes
    ----------
    step : between the points. ended : F at the points.
    """

    step: float
    ended: Floats

    @staticmethod
    def of_shape(shape: Shape, spread: float) -> TabledLaw:
        """The law of a shape at a coefficient of variation, from the very table that the engines draw from."""
        scale, shift, _ = shape.scale_and_shifts(np.asarray(spread, dtype=np.float64))
        probability = knot_probabilities()
        order = np.argsort(probability, kind="stable")
        probability, log_length = probability[order], shape.table.astype(np.float64)[order] * scale + shift
        reach = max(LEAST_REACH, float(np.exp(np.interp(1 - TAIL, probability, log_length))))
        inner = np.linspace(0, reach, POINTS)[1:-1]
        ended = np.interp(np.log(inner), log_length, probability, left=0, right=1)
        return TabledLaw(reach / (POINTS - 1), np.concatenate([[0.0], ended, [1.0]]))

    @property
    def reach(self) -> float:
        """The length by which everyone has ended."""
        return self.step * (POINTS - 1)

    @cached_property
    def summed(self) -> Floats:
        """G at the points."""
        return np.concatenate([[0.0], np.cumsum(self.ended[1:] + self.ended[:-1])]) * (self.step / 2)

    @property
    def mean(self) -> float:
        """The mean length: 1, but for the tail and the steps of the table."""
        return self.reach - float(self.summed[-1])

    def residual(self) -> TabledLaw:
        """The law of what is left of a phase somebody looks in on: F is (y - G(y)) / mean."""
        return TabledLaw(self.step, (np.linspace(0, self.reach, POINTS) - self.summed) / self.mean)

    def ended_by(self, length: Floats) -> Floats:
        """F at any length."""
        return _read(self.ended, length / self.step)

    def summed_to(self, length: Floats) -> Floats:
        """G at any length."""
        return _read(self.summed, length / self.step) + np.maximum(length - self.reach, 0)

    def weights(self, run: Floats, mean: Floats | float) -> Floats:
        """Weights of the nodes, shape (rows, nodes - 1).

        Parameters
        ----------
        run : what the clock has run at each node since the phase began, shape (rows, nodes); rising from 0.
        mean : length of the phase, shape (rows, 1), or one for all.
        """
        return _weights(mean * self.summed_to(run / mean), run)

    def weights_until(self, run: Floats, mean: Floats, limit: Floats) -> Floats:
        """The same for those alone who end before the clock has run `limit`, shape (rows, 1)."""
        summed = mean * self.summed_to(np.minimum(run, limit) / mean)
        return _weights(summed + np.maximum(run - limit, 0) * self.ended_by(limit / mean), run)


def _weights(summed: Floats, run: Floats) -> Floats:
    return np.diff(np.diff(summed, axis=-1) / np.diff(run, axis=-1), axis=-1, prepend=0)


def _read(table: Floats, place: Floats) -> Floats:
    """A table between its points, and its last value beyond them."""
    place = np.minimum(place, table.size - 1)
    below = np.minimum(place.astype(np.int64), table.size - 2)
    start = table[below]
    return start + (table[below + 1] - start) * (place - below)
