"""The one call that grows follicles and counts: by the compiled engine where numba is there, else by the readable one.

Both give the same numbers. Follicles go in blocks; each thread adds whole numbers to a table of its own, and the tables
are added up, so blocks, threads and their order change nothing.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache, reduce
from itertools import chain
from threading import Lock
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from anagen.cuda_device import why_not
from anagen.follicle.automaton import Automaton
from anagen.follicle.census import Census, Tables, Times, Wanted, census_of, rows_of
from anagen.follicle.patches import FollicleError, Follicles, Patches, check, check_follicles
from anagen.kernel_cache import is_warm

Floats = NDArray[np.float64]
Engine: TypeAlias = Literal["auto", "cuda", "numba", "numpy"]

BLOCK = 1 << 14  # follicles at once on a thread
LARGEST_SEED = 2**64 - 1
MONTHS_IN_A_YEAR = 12
WORTH_A_DEVICE = 1e9  # follicle-years: fewer are done before a device has started up
WORTH_COMPILING = 3e7  # follicle-years: less is done sooner by numpy than numba takes to compile


def grow(
    patches: Patches,
    follicles: Follicles | Iterable[Follicles],
    seed: int,
    times: Floats,
    wanted: Wanted | None = None,
    countable_only: bool = True,
    engine: Engine = "auto",
    threads: int | None = None,
) -> Census:
    """Grow follicles and count what stands in every patch at each time.

    Parameters
    ----------
    patches : where they stand and what acts there.
    follicles : who they are; a stream of them is never held whole, so memory does not grow with their number.
    seed : of every draw, 0 to 2^64 - 1.
    times : months to count at, rising.
    wanted : what to count; everything but the histogram unless given.
    countable_only : stop following a follicle whose hair can never be counted again.
    engine : `numba`, `numpy`, `cuda`, or `auto`: a device for much work if one is ready, else the compiled one if its
        kernel is ready or the work is worth compiling for, else numpy. All give the same census.
    threads : how many; as many as there are processors unless given.

    Returns
    -------
    Census
        Counts are exact; nothing in it depends on engine, threads or blocks.

    Raises
    ------
    FollicleError
        With every reason why this cannot be simulated.

    Examples
    --------
    A patch whose androgen drive is off, ten thousand follicles, after ten and fifty years:

    >>> import numpy as np
    >>> from anagen.follicle.clock import Clock
    >>> from anagen.follicle.laws import CycleLaws
    >>> one, none = np.ones((1, 601)), np.zeros((1, 601))
    >>> scalp = Patches(Clock.from_speeds(one, none), one, none, none, none, none, CycleLaws.central(1))
    >>> counted = grow(scalp, Follicles.in_one_patch(10_000), seed=1, times=np.array([120.0, 600.0]))
    >>> bool((abs(counted.phase_fractions["anagen"] - 34.7 / (34.7 + 0.6 + 3.2 + 1.1)) < 0.015).all())
    True
    """
    times, wanted = np.ascontiguousarray(times, dtype=np.float64), wanted or Wanted()
    if not 0 <= seed <= LARGEST_SEED:
        raise FollicleError(f"seed: {seed} is outside 0 to {LARGEST_SEED}")
    check(patches, times)
    grid = Times(times, patches.months)
    if _use_device(engine, patches, follicles):
        engine = "cuda"
    use_kernel = engine != "cuda" and _use_kernel(engine, patches, follicles)
    blocks = _checked(patches, follicles)
    first = next(blocks, None)
    if first is None:
        raise FollicleError("follicles: there are none; give at least one")
    found = _all_tables(
        patches, chain([first], blocks), seed, grid, wanted, countable_only, engine, use_kernel, threads
    )
    tables = reduce(Tables.plus, found)
    return census_of(tables, times, wanted)


def _checked(patches: Patches, follicles: Follicles | Iterable[Follicles]) -> Iterator[Follicles]:
    """The follicles in blocks, each batch looked over before it goes to an engine."""
    for batch in [follicles] if isinstance(follicles, Follicles) else follicles:
        check_follicles(patches, batch)
        for begin in range(0, batch.count, BLOCK):
            yield batch.part(begin, min(begin + BLOCK, batch.count))


def _use_device(engine: Engine, patches: Patches, follicles: Follicles | Iterable[Follicles]) -> bool:
    """Whether the engine on a CUDA device is to serve."""
    if engine == "cuda" and (reason := why_not()) is not None:
        raise FollicleError(f"engine: {reason}; use the numba or the numpy engine")
    large = isinstance(follicles, Follicles) and follicles.count * patches.months / MONTHS_IN_A_YEAR > WORTH_A_DEVICE
    return engine == "cuda" or (engine == "auto" and large and why_not() is None and is_warm("gpu"))


def _use_kernel(engine: Engine, patches: Patches, follicles: Follicles | Iterable[Follicles]) -> bool:
    """Whether the compiled engine is to serve."""
    if engine == "numpy":
        return False
    if engine not in ("auto", "numba"):
        raise FollicleError(f"engine: {engine!r} is none; choose auto, cuda, numba or numpy")
    if importlib.util.find_spec("numba") is None:
        if engine == "numba":
            raise FollicleError("engine: numba is not installed; install it, or use the numpy engine")
        _say_once_that_numba_is_missing()
        return False
    if engine == "numba" or not isinstance(follicles, Follicles) or is_warm("follicle"):
        return True
    return follicles.count * patches.months / MONTHS_IN_A_YEAR > WORTH_COMPILING


@cache
def _say_once_that_numba_is_missing() -> None:
    print("numba is not installed: the slower numpy engine serves, with the same results.", file=sys.stderr)


def _all_tables(
    patches: Patches, blocks: Iterator[Follicles], seed: int, grid: Times, wanted: Wanted, countable_only: bool,
    engine: Engine, use_kernel: bool, threads: int | None,
) -> Iterator[Tables]:  # fmt: skip
    """The tables of every thread."""
    if engine == "cuda":
        from anagen.follicle.gpu_call import GpuKernel

        yield GpuKernel(patches, seed, grid, wanted, countable_only).run(blocks)
        return
    if not use_kernel:
        for block in blocks:
            automaton = Automaton(patches, block, seed, countable_only)
            yield rows_of(automaton, automaton.cycles(), grid, wanted)
        return
    from anagen.follicle.kernel_call import Kernel

    kernel = Kernel(patches, seed, grid, wanted, countable_only)
    workers = threads or os.cpu_count() or 1
    if workers == 1:
        yield kernel.run(blocks)
        return
    lock = Lock()  # each worker takes the next block as it gets free; the sum does not depend on who took which

    def shared() -> Iterator[Follicles]:
        while True:
            with lock:
                block = next(blocks, None)
            if block is None:
                return
            yield block

    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(lambda _: kernel.run(shared()), range(workers))


__all__ = ["Engine", "Wanted", "grow"]
