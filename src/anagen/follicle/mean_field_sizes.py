"""Sizes in the mean field: moments of those who begin an anagen together, and what a new anagen does to them.

With v = (1, z, c), z the logarithm of size and c that of its ceiling, `carried` is the sum of v v^T over the follicles
at a node, laid flat, shape (nodes, 9): their number and all moments up to the second. A new anagen changes v linearly,

    c' = c - a,   z' = (1 - r) (z - l) + r (c' - d),   a = irreversible max(0, l)

(loss l, drop d, recovery r), so it changes v v^T to U v v^T U^T without any error.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

SIDE = 3  # of v v^T
SQUARE = SIDE * SIDE
LEAST_SD = 1e-5  # of log size: less is none
AT_ONCE = 6  # months: what changes within them changes at once
JUMP = 0.02  # of log size, a change worth an epoch of its own
MOST_EPOCHS = 4
ONE_SIZE = 0.02  # an sd of log size so small that all phases have one law


@dataclass(frozen=True)
class Lot:
    """Follicles at some nodes that share one log size, as far as the length of their anagen goes.

    Attributes
    ----------
    log_size : of each node. carried : v v^T.
    mean, sd : of log size at the node, whose upper half (1), lower half (-1) or whole (0) the lot is, as `half` says.
    """

    log_size: Floats
    carried: Floats
    mean: Floats
    sd: Floats
    half: int = 0

    @property
    def mass(self) -> Floats:
        """How many follicles."""
        return self.carried[:, 0]

    def share_above(self, limit: float) -> Floats:
        """Which share of the lot has at least a log size; at the node it is normal."""
        normal = ndtr((self.mean - limit) / np.maximum(self.sd, LEAST_SD))
        above = np.where(self.sd < LEAST_SD, self.mean >= limit, normal)
        if self.half == 0:
            return above
        return np.minimum(2 * above, 1) if self.half > 0 else np.maximum(2 * above - 1, 0)


def lots(carried: Floats) -> Iterator[Lot]:
    """Those at each node in two halves, one sd of log size above and below the mean; their moments are those of all."""
    square = carried.reshape(-1, SIDE, SIDE)
    mass = square[:, 0, 0]
    mean, ceiling = square[:, 0, 1] / mass, square[:, 0, 2] / mass
    sd = np.sqrt(np.maximum(square[:, 1, 1] / mass - mean**2, 0))
    if sd.max() < ONE_SIZE:
        yield Lot(mean, carried, mean, sd)
        return
    # the ceiling is linear in the log size, but for a part of its own
    shift = np.where(sd < LEAST_SD, 0, (square[:, 1, 2] / mass - mean * ceiling) / np.maximum(sd, LEAST_SD))
    own = np.maximum(square[:, 2, 2] / mass - ceiling**2 - shift**2, 0)
    for half in (-1, 1):
        vector = np.stack([np.ones_like(mass), mean + half * sd, ceiling + half * shift], axis=1)
        of_half = vector[:, :, np.newaxis] * vector[:, np.newaxis, :]
        of_half[:, 2, 2] += own
        of_half *= (mass / 2)[:, np.newaxis, np.newaxis]
        yield Lot(vector[:, 1], of_half.reshape(-1, SQUARE), mean, sd, half)


def of_full_size(mass: Floats) -> Floats:
    """`carried` of follicles of full size and ceiling."""
    carried = np.zeros((mass.size, SQUARE))
    carried[:, 0] = mass
    return carried


def renewal(loss: Floats, drop: Floats, recovery: float, irreversible: float) -> Floats:
    """U of a new anagen at each node, shape (nodes, 3, 3)."""
    for_good = irreversible * np.maximum(loss, 0)
    update = np.zeros((loss.size, SIDE, SIDE))
    update[:, 0, 0] = update[:, 2, 2] = 1
    update[:, 1, 0] = -(1 - recovery) * loss - recovery * (for_good + drop)
    update[:, 1, 1], update[:, 1, 2] = 1 - recovery, recovery
    update[:, 2, 0] = -for_good
    return update


def epochs_of(update: Floats, step: float) -> Indices:
    """Which epoch each node lies in; one ends where what a new anagen takes from the size changes at once."""
    taken, window = update[:, 1, 0], round(AT_ONCE / step)
    steps, change = np.abs(np.diff(taken)), np.abs(taken[window:] - taken[:-window])
    breaks: list[int] = []
    while len(breaks) < MOST_EPOCHS - 1 and change.max(initial=0) > JUMP:
        begin = int(change.argmax())
        near = np.arange(begin, begin + window)
        breaks.append(round(float(np.average(near, weights=steps[near]))) + 1)
        change[max(0, begin - window) : begin + window] = 0
    return np.searchsorted(np.sort(breaks), np.arange(taken.size), side="right")


def renewed(carried: Floats, update: Floats) -> Floats:
    """`carried` after a new anagen."""
    square = carried.reshape(-1, SIDE, SIDE)
    return (update @ square @ update.transpose(0, 2, 1)).reshape(-1, SQUARE)
