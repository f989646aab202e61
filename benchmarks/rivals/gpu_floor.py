"""What a CUDA device can do at most: add to random rows, and copy memory, with nothing else to do."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np

from anagen.follicle.census import WIDTH
from anagen.follicle.gpu_call import MOST_COPIES, THREADS, to_device
from anagen.follicle.gpu_device import cuda, kernel

ADDS_EACH = 256  # of a thread
RUNS = 3
FACTOR, STEP, SHIFT = np.uint32(1664525), np.uint32(1013904223), np.uint32(8)


def quickest(work: Callable[[], object], runs: int = RUNS) -> float:
    """Seconds of the quickest of several runs."""
    seconds = []
    for _ in range(runs):
        begin = perf_counter()
        work()
        seconds.append(perf_counter() - begin)
    return min(seconds)


@kernel
def add_alone(table: Any, copies: int, cells: int, each: int) -> None:
    """Every thread adds to random cells of one of several tables laid end to end."""
    word = np.uint32(np.uint32(cuda.grid(1)) * FACTOR)
    base = (cuda.blockIdx.x % copies) * cells
    for _ in range(each):
        word = np.uint32(np.uint32(word * FACTOR) + STEP)
        cuda.atomic.add(table, base + np.int64(word >> SHIFT) % cells, 1)


def adds_per_second(threads: int, months: int) -> float:
    """How often a second the device adds to a random cell of the tables of one patch."""
    cells, blocks = (months + 2) * WIDTH, max(1, threads // THREADS)
    table = to_device(np.zeros(MOST_COPIES * cells, dtype=np.int64))

    def work() -> None:
        add_alone[blocks, THREADS](table, MOST_COPIES, cells, ADDS_EACH)
        cuda.synchronize()

    work()
    return blocks * THREADS * ADDS_EACH / quickest(work)


def bytes_per_second(size: int) -> float:
    """How fast the device copies its own memory, bytes read and written."""
    one, other = (to_device(np.zeros(size // 8)) for _ in range(2))

    def work() -> None:
        other.copy_to_device(one)
        cuda.synchronize()

    work()
    return 2 * size / quickest(work)
