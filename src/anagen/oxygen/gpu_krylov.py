"""The vectors of `krylov_method` on a device; the few numbers of its small system stay here."""

from __future__ import annotations

from typing import Any

import numpy as np

from anagen.oxygen import gpu_sums as body
from anagen.oxygen.gpu_device import Device, zeros
from anagen.oxygen.gpu_sums import Sums
from anagen.oxygen.grid import Floats
from anagen.oxygen.krylov_method import BASIS, FALL, MOST_PASSES, FlexibleGmres


class Gmres(FlexibleGmres):
    """The solver over vectors of one size, with its basis kept between calls."""

    def __init__(self, device: Device, size: int, basis: int = BASIS) -> None:
        self.device, self.length, self.most = device, size, basis
        self.sums = Sums(device, size, basis + 1)
        self.all_basis = zeros(device, (basis + 1) * size, np.float32)
        self.all_directions = zeros(device, basis * size, np.float32)
        self.basis = [self.all_basis[n * size : (n + 1) * size] for n in range(basis + 1)]
        self.directions = [self.all_directions[n * size : (n + 1) * size] for n in range(basis)]
        self.w = zeros(device, size)
        self.factors = device.empty(basis + 1, np.float64)

    def _over(self, function: Any, *arguments: Any) -> None:
        self.device.over_items(function, self.length, *arguments)

    def _write(self, factors: Any) -> None:
        """Put the first factors of a combination on the device."""
        whole = np.zeros(self.most + 1)
        whole[: factors.size] = factors
        self.device.write(self.factors, whole)

    def add(self, u: Any, change: Any, factor: float) -> None:
        """U += factor times change."""
        self._over(body.add, u, change, np.float64(factor))

    def size(self, w: Any) -> float:
        """Root of the sum of squares."""
        return self.sums.norm(w)

    def begin(self, w: Any, factor: float) -> None:
        """basis[0] = factor w, in single precision."""
        self._over(body.scaled, self.basis[0], w, np.float64(factor))

    def less_of(self, f: Any) -> float:
        """w = f - w, and its size."""
        return self.sums.less_of(self.w, f)

    def combine(self, u: Any, factors: Floats) -> None:
        """u += the directions, each times its factor."""
        self._write(factors)
        done = np.uint64(factors.size)
        self._over(body.combine, u, self.all_directions, self.factors, done, np.uint64(self.length))

    def upright(self, n: int, lengths: Floats) -> tuple[Floats, float]:
        """Take from basis[n + 1] its part along those before: the factors of that part, and the length that is left."""
        column, keep, w = np.zeros(n + 1), 1, self.basis[n + 1]
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
            keep = 0
        return column, length
