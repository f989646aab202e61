"""Flexible GMRES on a device, step for step as `krylov`: vectors there, the few numbers of a small system here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from anagen.oxygen import gpu_sums as body
from anagen.oxygen.gpu_device import Device, zeros
from anagen.oxygen.gpu_sums import Sums
from anagen.oxygen.grid import Floats
from anagen.oxygen.krylov import BASIS, FALL, MOST_PASSES, Outcome

Step = Callable[[Any, Any], None]
"""Takes a vector and where to write what it is made into: B u, or about the solution of B u = f."""


class Gmres:
    """The solver over vectors of one size, with its basis kept between calls."""

    def __init__(self, device: Device, size: int, basis: int = BASIS) -> None:
        self.device, self.size, self.most = device, size, basis
        self.sums = Sums(device, size, basis + 1)
        self.all_basis = zeros(device, (basis + 1) * size, np.float32)
        self.all_directions = zeros(device, basis * size, np.float32)
        self.basis = [self.all_basis[n * size : (n + 1) * size] for n in range(basis + 1)]
        self.directions = [self.all_directions[n * size : (n + 1) * size] for n in range(basis)]
        self.w = zeros(device, size)
        self.factors = device.empty(basis + 1, np.float64)

    def _over(self, function: Any, *arguments: Any) -> None:
        self.device.over_items(function, self.size, *arguments)

    def _write(self, factors: Any) -> None:
        """Put the first factors of a combination on the device."""
        whole = np.zeros(self.most + 1)
        whole[: factors.size] = factors
        self.device.write(self.factors, whole)

    def add(self, u: Any, change: Any, factor: float) -> None:
        """U += factor times change."""
        self._over(body.add, u, change, np.float64(factor))

    def solve(self, apply: Step, precondition: Step, f: Any, u: Any, reduction: float, most: int) -> Outcome:
        """Add to u (0 at first) until the residual of B u = f has fallen to `reduction` of f, or `most` cycles."""
        start = self.sums.norm(f)
        cycles, size = 0, start
        while start > 0 and cycles < most and size > reduction * start:
            self._over(body.scaled, self.basis[0], self.w if cycles else f, np.float64(1 / size))
            cycles += self._cycle(apply, precondition, u, size, reduction * start, most - cycles)
            apply(u, self.w)
            fresh = self.sums.less_of(self.w, f)
            if fresh >= size:  # rounding: no more to be had
                return Outcome(cycles, fresh / start)
            size = fresh
        return Outcome(cycles, size / start if start > 0 else 0.0)

    def _cycle(self, apply: Step, precondition: Step, u: Any, size: float, goal: float, most: int) -> int:
        """One cycle between restarts, from a residual of the given size, of which basis[0] has the direction."""
        count = min(self.most, most)
        hessenberg = np.zeros((count + 1, count))
        right = np.zeros(count + 1)
        right[0] = size
        lengths = np.zeros(count + 1)
        lengths[0] = 1
        done, factors = 0, np.zeros(0)
        for n in range(count):
            precondition(self.basis[n], self.directions[n])
            apply(self.directions[n], self.w)
            column, lengths[n + 1] = self._upright(n, lengths)
            hessenberg[: n + 1, n] = column * lengths[: n + 1]
            hessenberg[n + 1, n] = lengths[n + 1]
            done = n + 1
            small = hessenberg[: done + 1, :done]
            factors = np.linalg.lstsq(small / lengths[:done], right[: done + 1], rcond=None)[0] / lengths[:done]
            left = float(np.linalg.norm(right[: done + 1] - small @ factors))
            if left <= goal or lengths[done] == 0:
                break
        self._write(factors)
        self._over(body.combine, u, self.all_directions, self.factors, np.uint64(done), np.uint64(self.size))
        return done

    def _upright(self, n: int, lengths: Floats) -> tuple[Floats, float]:
        """Make basis[n + 1] of w less its part along those before: the factors of that part, and its own length."""
        column, keep, w = np.zeros(n + 1), 1, self.w
        length = 0.0
        for _ in range(MOST_PASSES):
            products = self.sums.products(self.all_basis, n + 1, w, n, keep)
            along = products / lengths[: n + 1]
            factors = along / lengths[: n + 1]
            factors[n] += keep
            self._write(factors)
            left = self.sums.take_out(self.all_basis, n + 1, w, self.factors, n + 1)
            column += factors
            length = float(np.sqrt(left))
            # what w less basis[n] was before: its part along the basis, and what is left
            if left > FALL * FALL * (left + float(along @ along)):
                break
            keep, w = 0, self.basis[n + 1]
        return column, length
