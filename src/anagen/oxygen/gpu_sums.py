"""Sums over a device's arrays with the same bits every run, and what Krylov's method does to vectors.

No thread waits for another: each of `lanes` adds every lanes-th number in their order, each of a few then adds every
so-manieth of those, and the host adds what is left. Vectors are whole arrays with ghosts, which are 0.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from anagen.oxygen.gpu_device import Device
from anagen.oxygen.grid import Floats

ONE = np.uint64(1)
FEW = 1024
"""Numbers that are left for the host."""
MOST_LANES = 1 << 18
"""As many threads as the largest devices hold at once."""
LEAST_WORK = 16
"""Numbers a lane adds at least."""
AT_ONCE = 4
"""Inner products taken in one pass, so that the vector all share is read seldom."""


def products(
    lane: Any, sums: Any, basis: Any, w: Any, own: Any, keep: Any, first: Any, last: Any, lanes: Any, size: Any
) -> None:  # fmt: skip
    """Of w - keep basis[own] with four vectors of the basis from `first` on, none beyond `last`: one lane's part."""
    second = min(first + ONE, last)
    third = min(second + ONE, last)
    fourth = min(third + ONE, last)
    a, b, c, d = 0.0, 0.0, 0.0, 0.0
    for n in range(lane, size, lanes):
        value = w[n] - keep * basis[own * size + n]
        a += value * basis[first * size + n]
        b += value * basis[second * size + n]
        c += value * basis[third * size + n]
        d += value * basis[fourth * size + n]
    sums[first * lanes + lane] = a
    sums[second * lanes + lane] = b
    sums[third * lanes + lane] = c
    sums[fourth * lanes + lane] = d


def squares(lane: Any, sums: Any, w: Any, lanes: Any, size: Any) -> None:
    """Of w with itself."""
    total = 0.0
    for n in range(lane, size, lanes):
        total += w[n] * w[n]
    sums[lane] = total


def totals(lane: Any, sums: Any, array: Any, lanes: Any, size: Any) -> None:
    """The plain sum."""
    total = 0.0
    for n in range(lane, size, lanes):
        total += array[n]
    sums[lane] = total


def extremes(lane: Any, sums: Any, array: Any, lanes: Any, size: Any) -> None:
    """The largest, and after all lanes the smallest; 0 is left out."""
    high, low = 0.0, np.inf
    for n in range(lane, size, lanes):
        if array[n] > 0:
            high, low = max(high, array[n]), min(low, array[n])
    sums[lane] = high
    sums[lanes + lane] = low


def take_out(
    lane: Any, sums: Any, basis: Any, to: Any, w: Any, factors: Any, count: Any, lanes: Any, size: Any
) -> None:  # fmt: skip
    """basis[to] = w - sum_m factors[m] basis[m], rounded to its precision; and its squares."""
    total = 0.0
    for n in range(lane, size, lanes):
        value = np.float64(w[n])
        for m in range(count):
            value -= factors[m] * basis[m * size + n]
        basis[to * size + n] = value
        total += value * value
    sums[lane] = total


def less_of(lane: Any, sums: Any, w: Any, f: Any, lanes: Any, size: Any) -> None:
    """w = f - w; and its squares."""
    total = 0.0
    for n in range(lane, size, lanes):
        value = f[n] - w[n]
        w[n] = value
        total += value * value
    sums[lane] = total


def combine(n: Any, w: Any, directions: Any, factors: Any, count: Any, size: Any) -> None:
    """w += sum_m factors[m] directions[m]."""
    value = w[n]
    for m in range(count):
        value += factors[m] * directions[m * size + n]
    w[n] = value


def scaled(n: Any, out: Any, w: Any, factor: Any) -> None:
    """out = factor w, in the precision of out."""
    out[n] = factor * w[n]


def add(n: Any, u: Any, change: Any, factor: Any) -> None:
    """u += factor change."""
    u[n] += factor * change[n]


def fold(n: Any, folded: Any, sums: Any, lanes: Any, few: Any) -> None:
    """Of one column of lanes, every few-th."""
    column, at = n // few, n % few
    total = 0.0
    for lane in range(at, lanes, few):
        total += sums[column * lanes + lane]
    folded[n] = total


class Sums:
    """The room for sums over arrays of one size, up to `columns` at a time."""

    def __init__(self, device: Device, size: int, columns: int = 2) -> None:
        self.device, self.size = device, np.uint64(size)
        lanes = min(MOST_LANES, max(1, size // (LEAST_WORK * FEW)) * FEW)
        self.lanes = np.uint64(lanes)
        self.lane_sums = device.empty(columns * lanes, np.float64)
        self.folded = device.empty(columns * FEW, np.float64)

    def _columns(self, count: int) -> Floats:
        """The first columns of lanes, added up."""
        self.device.over_items(fold, count * FEW, self.folded, self.lane_sums, self.lanes, np.uint64(FEW))
        return self.device.fetch(self.folded)[: count * FEW].reshape(count, FEW).sum(axis=1)

    def products(self, basis: Any, count: int, w: Any, own: int, keep: float) -> Floats:
        """Inner products of w - keep basis[own] with the first vectors of a basis that lie one behind another."""
        for first in range(0, count, AT_ONCE):
            self.device.over_items(
                products, int(self.lanes), self.lane_sums, basis, w, np.uint64(own), np.float64(keep),
                np.uint64(first), np.uint64(count - 1), self.lanes, self.size,
            )  # fmt: skip
        return self._columns(count)

    def take_out(self, basis: Any, to: int, w: Any, factors: Any, count: int) -> float:
        """As the body; the sum of squares that is left."""
        self.device.over_items(
            take_out, int(self.lanes), self.lane_sums, basis, np.uint64(to), w, factors, np.uint64(count), self.lanes,
            self.size,
        )  # fmt: skip
        return float(self._columns(1)[0])

    def less_of(self, w: Any, f: Any) -> float:
        """w = f - w; the root of its squares."""
        self.device.over_items(less_of, int(self.lanes), self.lane_sums, w, f, self.lanes, self.size)
        return float(np.sqrt(self._columns(1)[0]))

    def norm(self, w: Any) -> float:
        """Root of the sum of squares."""
        self.device.over_items(squares, int(self.lanes), self.lane_sums, w, self.lanes, self.size)
        return float(np.sqrt(self._columns(1)[0]))

    def total(self, array: Any, count: int) -> float:
        """Of the first numbers of an array no longer than the size."""
        self.device.over_items(totals, int(self.lanes), self.lane_sums, array, self.lanes, np.uint64(count))
        return float(self._columns(1)[0])

    def extremes(self, array: Any) -> tuple[float, float]:
        """The smallest and the largest number above 0."""
        self.device.over_items(extremes, int(self.lanes), self.lane_sums, array, self.lanes, self.size)
        lanes = self.device.fetch(self.lane_sums)[: 2 * int(self.lanes)].reshape(2, -1)
        return float(lanes[1].min()), float(lanes[0].max())
