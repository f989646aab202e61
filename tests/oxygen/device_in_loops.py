"""A device that is this processor: the very bodies that a GPU runs, compiled and called one after another.

So everything but the launch itself is as on a GPU. Places are walked through backwards: a body that leaned on the order
of the others would be found out.
"""

from __future__ import annotations

from functools import cache
from typing import Any
from weakref import finalize

import numba
import numpy as np
from numba import njit
from numpy.typing import NDArray

from anagen.oxygen.gpu_device import Body, Flat


@njit
def over_cells(body: Any, nx: int, ny: int, nz: int, row: Any, slab: Any, *arguments: Any) -> None:
    for i in range(nx, 0, -1):
        for j in range(ny, 0, -1):
            for k in range(nz, 0, -1):
                body(np.uint64(i), np.uint64(j), np.uint64(k), row, slab, *arguments)


@njit
def over_items(body: Any, count: int, *arguments: Any) -> None:
    for n in range(count - 1, -1, -1):
        body(np.uint64(n), *arguments)


@njit
def in_turns(body: Any, first: Any, turns: int, *arguments: Any) -> None:
    for turn in range(turns):
        for n in range(first[turn + 1] - 1, first[turn] - 1, -1):
            body(n, *arguments)


@cache
def compiled(body: Body) -> Any:
    return njit(error_model="numpy")(body)


class InLoops:
    """As `gpu_device.Device`; it keeps the most bytes it held, and what it was asked to run with which types."""

    def __init__(self) -> None:
        self.held = self.most = 0
        self.run: set[tuple[Body, str, tuple[Any, ...]]] = set()

    def empty(self, count: int, kind: Any) -> NDArray[Any]:
        array = np.empty(count, kind)
        array.view(np.uint8).fill(255)  # not a number: what is read before it is written shows
        return self._hold(array)

    def send(self, array: NDArray[Any]) -> NDArray[Any]:
        return self._hold(np.array(np.ascontiguousarray(array).ravel()))

    def _hold(self, array: NDArray[Any]) -> NDArray[Any]:
        self._change(array.nbytes)
        finalize(array, self._change, -array.nbytes)
        return array

    def _change(self, much: int) -> None:
        self.held += much
        self.most = max(self.most, self.held)

    def write(self, target: NDArray[Any], values: NDArray[Any]) -> None:
        assert target.dtype == values.dtype
        assert target.shape == values.shape
        target[:] = values

    def fetch(self, array: NDArray[Any]) -> NDArray[Any]:
        return array.copy()

    def _note(self, body: Body, form: str, *arguments: Any) -> None:
        for one in arguments:
            assert isinstance(one, np.ndarray | np.generic), f"{body.__name__}: a kind must be said, not guessed"
        self.run.add((body, form, tuple(numba.typeof(one) for one in arguments)))

    def over_cells(self, body: Body, flat: Flat, *arguments: Any) -> None:
        self._note(body, "CELLS", *arguments)
        over_cells(compiled(body), *flat.shape, flat.row, flat.slab, *arguments)

    def over_items(self, body: Body, count: int, *arguments: Any) -> None:
        self._note(body, "ITEMS", *arguments)
        over_items(compiled(body), count, *arguments)

    def in_turns(self, body: Body, first: NDArray[np.int64], turns: int, *arguments: Any) -> None:
        self._note(body, "TURNS", *arguments)
        in_turns(compiled(body), first, turns, *arguments)
