"""A CUDA device by way of numba: every body becomes a kernel of one thread to a place.

Without a device, numba's simulator (NUMBA_ENABLE_CUDASIM=1) runs the same kernels as plain Python.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import cache
from inspect import signature
from typing import Any

import numba.cuda
import numpy as np
from numba.core.errors import NumbaPerformanceWarning
from numpy.typing import NDArray

from anagen.oxygen.gpu_device import Body, Flat
from anagen.oxygen.gpu_found import NoDevice, too_large

cuda: Any = numba.cuda
CELLS = """
def {name}(cells_x, cells_y, cells_z, row, slab, {given}):
    k, j, i = cuda.grid(3)
    if i < cells_x and j < cells_y and k < cells_z:
        body(unsigned(i + 1), unsigned(j + 1), unsigned(k + 1), row, slab, {given})
"""
ITEMS = """
def {name}(items, {given}):
    n = cuda.grid(1)
    if n < items:
        body(unsigned(n), {given})
"""
TURNS = """
def {name}(begin, turns, {given}):
    for turn in range(turns):
        for n in range(begin[turn] + cuda.threadIdx.x, begin[turn + 1], cuda.blockDim.x):
            body(n, {given})
        cuda.syncthreads()
"""
PLACE_WORDS = {CELLS: 5, ITEMS: 1, TURNS: 1}
"""How many of a body's arguments say where it is."""
BLOCK = (64, 4, 1)
"""Threads that work together on cells: along depth, y and x."""
LINE = 256
"""The same for a list."""
TURN = 512
"""And where one block of threads goes through turns."""


@cache
def kernel_of(body: Body, form: str) -> Any:
    """The kernel that calls a body at every place.

    It is written out for each body, since a device's kernel takes neither a variable number of arguments nor functions;
    it carries the name and the place of the body, by which numba keeps it for the next process.
    """
    given = ", ".join(list(signature(body).parameters)[PLACE_WORDS[form] :])
    source = "\n" * (body.__code__.co_firstlineno - 2) + form.format(name=body.__name__, given=given)
    names: dict[str, Any] = {
        "body": cuda.jit(device=True)(body), "unsigned": np.uint64, "cuda": cuda, "__name__": body.__module__,
    }  # fmt: skip
    exec(compile(source, body.__code__.co_filename, "exec"), names)  # the source is the three forms above
    return _compiled(names[body.__name__])


def _compiled(kernel: Callable[..., Any]) -> Any:
    try:
        return cuda.jit(cache=True)(kernel)
    except RuntimeError:  # numba found no folder to keep it in
        return cuda.jit()(kernel)


def opened(cells: int) -> Cuda:
    """The device, if what is free in its memory is enough for so many cells; raises NoDevice where it is not."""
    if reason := too_large(cells, cuda.current_context().get_memory_info().free):
        raise NoDevice(f"device: gpu: {reason} free; write cpu, or use a larger spacing")
    return Cuda()


class Cuda:
    """The first CUDA device."""

    def __init__(self, block: tuple[int, int, int] = BLOCK, line: int = LINE, turn: int = TURN) -> None:
        self.block, self.line, self.turn = block, line, turn

    def empty(self, count: int, kind: Any) -> Any:
        """A new array, not written yet."""
        return cuda.device_array(count, kind)

    def send(self, array: NDArray[Any]) -> Any:
        """A host's array, raveled, on the device."""
        return cuda.to_device(np.ascontiguousarray(array).ravel())

    def write(self, target: Any, values: NDArray[Any]) -> None:
        """Put a host's values in an array of the same size and kind."""
        target.copy_to_device(values)

    def fetch(self, array: Any) -> NDArray[Any]:
        """A device's array on the host."""
        return array.copy_to_host()

    def wait(self) -> None:
        """Until all that was launched is done."""
        cuda.synchronize()

    def over_cells(self, body: Body, flat: Flat, *arguments: Any) -> None:
        """As `gpu_device.Device`."""
        nx, ny, nz = flat.shape
        blocks = tuple(-(-side // wide) for side, wide in zip((nz, ny, nx), self.block, strict=True))
        self._launch(kernel_of(body, CELLS), blocks, self.block, nx, ny, nz, flat.row, flat.slab, *arguments)

    def over_items(self, body: Body, count: int, *arguments: Any) -> None:
        """As `gpu_device.Device`."""
        if count:
            self._launch(kernel_of(body, ITEMS), -(-count // self.line), self.line, count, *arguments)

    def in_turns(self, body: Body, first: Any, turns: int, *arguments: Any) -> None:
        """As `gpu_device.Device`; one block of threads, which waits after each turn."""
        self._launch(kernel_of(body, TURNS), 1, self.turn, first, turns, *arguments)

    def _launch(self, kernel: Any, blocks: Any, threads: Any, *arguments: Any) -> None:
        _arranged(kernel, blocks, threads)(*arguments)


@cache
def _arranged(kernel: Any, blocks: Any, threads: Any) -> Any:
    """A kernel with its blocks and threads, without numba's advice that a few cells do not fill a device."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NumbaPerformanceWarning)
        return kernel[blocks, threads]
