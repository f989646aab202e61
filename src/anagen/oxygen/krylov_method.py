"""Flexible GMRES with the multigrid cycle as its preconditioner (Saad 1993): sums in double, directions in single.

Right-preconditioned: the residual that is watched is the true one. The answer, the residual and every sum are double;
the basis and the directions are kept in single, each product B z being that of the rounded z, and rounded itself once
it is summed. That moves the residual that is reckoned between restarts by less than 1e-9 of the one they begin from: a
restart takes the true one, and so does the end, unless the fall since was too small to need it.

The basis has right angles but not unit lengths, which spares a pass. The cycle is nearly the inverse, so B z is nearly
the vector it was made from: that is taken out first, and what is left loses few digits. What holds
the vectors, here or on a device, and how they are summed is for its two kinds to say (`krylov`, `gpu_krylov`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from anagen.oxygen.grid import Floats

BASIS = 4
"""Directions kept before a restart."""
MOST_PASSES, FALL = 2, 0.1
"""A vector of which less than this share is left when its part along the basis is out goes through it twice."""
RECKONED = 1e-6
"""A residual that fell to no less than this share of a true one is believed as it is reckoned."""

Step = Callable[[Any, Any], None]
"""Takes a vector and where to write what it is made into: B u, or about the solution of B u = f."""


@dataclass(frozen=True)
class Outcome:
    """How a linear solve went: cycles of the preconditioner, and the last residual over the first."""

    cycles: int
    reduction: float


class FlexibleGmres(ABC):
    """The method over vectors of one size: `basis`, `directions` and `w`, a true residual, are kept between calls."""

    most: int
    basis: Sequence[Any]
    directions: Sequence[Any]
    w: Any

    @abstractmethod
    def size(self, w: Any) -> float:
        """Root of the sum of squares."""

    @abstractmethod
    def begin(self, w: Any, factor: float) -> None:
        """basis[0] = factor w, in single precision."""

    @abstractmethod
    def less_of(self, f: Any) -> float:
        """w = f - w, and its size."""

    @abstractmethod
    def combine(self, u: Any, factors: Floats) -> None:
        """u += the directions, each times its factor."""

    @abstractmethod
    def upright(self, n: int, lengths: Floats) -> tuple[Floats, float]:
        """Take from basis[n + 1] its part along those before: the factors of that part, and the length that is left."""

    def solve(self, apply: Step, precondition: Step, f: Any, u: Any, reduction: float, most: int) -> Outcome:
        """Add to u (0 at first) until the residual of B u = f has fallen to `reduction` of f, or `most` cycles."""
        start = self.size(f)
        cycles, size = 0, start
        while start > 0 and cycles < most and size > reduction * start:
            self.begin(self.w if cycles else f, 1 / size)
            done, left = self._cycle(apply, precondition, u, size, reduction * start, most - cycles)
            cycles += done
            if RECKONED * size <= left <= reduction * start:
                return Outcome(cycles, left / start)
            apply(u, self.w)
            fresh = self.less_of(f)
            if fresh >= size:  # rounding: no more to be had
                return Outcome(cycles, fresh / start)
            size = fresh
        return Outcome(cycles, size / start if start > 0 else 0.0)

    def _cycle(self, apply: Step, precondition: Step, u: Any, size: float, goal: float, most: int) -> tuple[int, float]:
        """One cycle between restarts, from a residual of the given size, of which basis[0] has the direction.

        How many directions it took, and the size of the residual as it is reckoned.
        """
        count = min(self.most, most)
        hessenberg = np.zeros((count + 1, count))
        right = np.zeros(count + 1)
        right[0] = size
        lengths = np.zeros(count + 1)
        lengths[0] = 1
        done, left, factors = 0, size, np.zeros(0)
        for n in range(count):
            precondition(self.basis[n], self.directions[n])
            apply(self.directions[n], self.basis[n + 1])
            column, lengths[n + 1] = self.upright(n, lengths)
            hessenberg[: n + 1, n] = column * lengths[: n + 1]
            hessenberg[n + 1, n] = lengths[n + 1]
            done = n + 1
            small = hessenberg[: done + 1, :done]
            factors = np.linalg.lstsq(small / lengths[:done], right[: done + 1], rcond=None)[0] / lengths[:done]
            left = float(np.linalg.norm(right[: done + 1] - small @ factors))
            if left <= goal or lengths[done] == 0:
                break
        self.combine(u, factors)
        return done, left
