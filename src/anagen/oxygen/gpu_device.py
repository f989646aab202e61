"""What the solver asks of a device, whatever it is: memory, and a function called at every place of a grid or a list.

A function that is called so ("body") is plain Python over flat arrays: it takes where it is, then arrays and numbers.
It is compiled for a CUDA device by `gpu_cuda`; a plain loop over the same bodies does the same on a processor.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from anagen.oxygen.grid import Grid

Body = Callable[..., None]


class Device(Protocol):
    """A device: its arrays are flat and known only to it."""

    def empty(self, count: int, kind: Any) -> Any:
        """A new array, not written yet."""
        ...

    def send(self, array: NDArray[Any]) -> Any:
        """A host's array, raveled, on the device."""
        ...

    def write(self, target: Any, values: NDArray[Any]) -> None:
        """Put a host's values in an array of the same size and kind."""
        ...

    def fetch(self, array: Any) -> NDArray[Any]:
        """A device's array on the host."""
        ...

    def over_cells(self, body: Body, flat: Flat, *arguments: Any) -> None:
        """Call body(i, j, k, row, slab, *arguments) for every cell of a grid, ghosts left out, in any order.

        i, j and k count from 1; the cell's place in a raveled array with ghosts is i slab + j row + k.
        """
        ...

    def over_items(self, body: Body, count: int, *arguments: Any) -> None:
        """Call body(n, *arguments) for n from 0 to count, in any order."""
        ...

    def in_turns(self, body: Body, first: Any, turns: int, *arguments: Any) -> None:
        """Call body(n, *arguments) for n from first[turn] to first[turn + 1], in any order, turn after turn."""
        ...


@dataclass(frozen=True)
class Flat:
    """A grid, or a part of one, as bodies walk over it: how many cells along each axis, and the arrays' strides."""

    shape: tuple[int, int, int]
    row: np.uint64
    slab: np.uint64
    size: int

    @staticmethod
    def of(grid: Grid) -> Flat:
        """All of a grid."""
        nx, ny, nz = grid.padded
        return Flat(grid.shape, np.uint64(nz), np.uint64(ny * nz), nx * ny * nz)

    def part(self, shape: tuple[int, int, int]) -> Flat:
        """The first cells along each axis of the same arrays."""
        return Flat(shape, self.row, self.slab, self.size)

    @property
    def sides(self) -> tuple[np.uint64, np.uint64, np.uint64]:
        """The cells along each axis, for a body."""
        nx, ny, nz = self.shape
        return np.uint64(nx), np.uint64(ny), np.uint64(nz)


def zeros(device: Device, count: int, kind: Any = np.float64) -> Any:
    """A new array of zeros."""
    array = device.empty(count, kind)
    fill(device, array, count, kind(0))
    return array


def fill(device: Device, array: Any, count: int, value: Any) -> None:
    """Write one value everywhere."""
    device.over_items(put, count, array, value)


def put(n: Any, array: Any, value: Any) -> None:
    """One place of `fill`."""
    array[n] = value
