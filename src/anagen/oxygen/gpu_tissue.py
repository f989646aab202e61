"""A block of tissue in a device's memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anagen.oxygen import gpu_border as border
from anagen.oxygen.gpu_device import Device, fill
from anagen.oxygen.grid import Floats, Grid
from anagen.oxygen.tissue import Tissue
from anagen.oxygen.transfer import EIGHTH


@dataclass
class TissueThere:
    """As `tissue.Tissue`, its arrays flat, without ghosts and on the device.

    `half_uptake` is one number where it is the same in all cells; `permeability` may be let go, where it has served.
    """

    device: Device
    grid: Grid
    permeability: Any
    demand: Any
    half_uptake: Any
    surface: float
    air_po2: float

    @staticmethod
    def of(device: Device, tissue: Tissue) -> TissueThere:
        """A host's tissue, sent."""
        half = tissue.half_uptake
        return TissueThere(
            device, tissue.grid, _sent(device, tissue.permeability), _sent(device, tissue.demand),
            device.send(half if any(half.strides) else half[:1, :1, :1]), tissue.surface, tissue.air_po2,
        )  # fmt: skip

    @property
    def half_step(self) -> np.uint64:
        """How far the half uptake of one cell lies from the next: 0 where one number serves for all."""
        return np.uint64(int(self.half_uptake.size > 1))

    def halved(self) -> TissueThere:
        """The same block in cubes twice as large, as `Tissue.halved`."""
        coarse = self.grid.rounded().coarser()
        sides = tuple(np.uint64(side) for side in (*self.grid.shape, *coarse.shape[1:]))

        def mean(fine: Any) -> Any:
            out = self.device.empty(coarse.cells, np.float64)
            self.device.over_items(border.halve, coarse.cells, out, fine, *sides, np.float64(EIGHTH))
            return out

        half = mean(self.half_uptake) if self.half_step else self.half_uptake
        permeability, demand = mean(self.permeability), mean(self.demand)
        return TissueThere(self.device, coarse, permeability, demand, half, self.surface, self.air_po2)

    def permeability_here(self) -> Floats:
        """K of every cell, on the host."""
        return self.device.fetch(self.permeability).reshape(self.grid.shape)


def _sent(device: Device, array: NDArray[Any]) -> Any:
    """A host's array on the device; where it is one number for all cells, only that is sent."""
    if any(array.strides):
        return device.send(np.asarray(array, np.float64))
    whole = device.empty(array.size, np.float64)
    fill(device, whole, array.size, np.float64(array.flat[0]))
    return whole
