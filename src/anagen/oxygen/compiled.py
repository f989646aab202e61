"""How the kernels of the oxygen field are compiled, and how a team of threads shares one.

A kernel takes arrays and, last, the first and one past the last slab of the grid it works on. A slab is written by one
thread only and sums are kept slab by slab, so that no bit of a result depends on how many threads there are.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from itertools import pairwise
from typing import Any, TypeVar

from numba import njit

from anagen.kernel_cache import use_folder

Given = TypeVar("Given")
Made = TypeVar("Made")

# no lock held; division by zero as in numpy; no reordering of sums (fastmath stays off)
OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "cache": use_folder()}
SMALLEST_SHARE = 200_000
"""Cells a thread must have at least: below, waking it (some 0.15 ms) costs more than it saves."""


def kernel(function: Callable[..., Any]) -> Any:
    """Compile a kernel and keep it for the next process; where nothing can be written, compile it each time."""
    return njit(**OPTIONS)(function)


class Team:
    """A few threads that run one kernel on blocks of slabs.

    Attributes
    ----------
    count : how many threads; with 1 every kernel is simply called.
    """

    def __init__(self, count: int = 1) -> None:
        self.count = max(1, count)
        self._pool = ThreadPoolExecutor(self.count - 1) if self.count > 1 else None

    def run(self, function: Any, arguments: tuple[Any, ...], slabs: int, cells_in_slab: int) -> None:
        """Call `function(*arguments, first, past)` so that slabs 1 to `slabs` are each done once."""
        blocks = min(self.count, slabs, slabs * cells_in_slab // SMALLEST_SHARE)
        if self._pool is None or blocks < 2:
            function(*arguments, 1, slabs + 1)
            return
        self.share(function, arguments, [1 + slabs * block // blocks for block in range(blocks + 1)])

    def share(self, function: Any, arguments: tuple[Any, ...], edges: list[int]) -> None:
        """Call `function(*arguments, first, past)` for each block between two edges, all at once."""
        if self._pool is None or len(edges) <= 2:
            function(*arguments, edges[0], edges[-1])
            return
        own, *others = pairwise(edges)
        waiting = [self._pool.submit(function, *arguments, *block) for block in others]
        try:
            function(*arguments, *own)
        finally:
            wait(waiting)
        for one in waiting:
            one.result()

    def each(self, function: Callable[[Given], Made], given: list[Given]) -> list[Made]:
        """What a function that holds no lock makes of each of some things."""
        return list(map(function, given) if self._pool is None else self._pool.map(function, given))

    def close(self) -> None:
        """Let the threads go."""
        if self._pool is not None:
            self._pool.shutdown()

    def __enter__(self) -> Team:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
