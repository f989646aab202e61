"""The linear problem every solver of oxygen.py is given, and how a solver in a process of its own answers.

-lap_h P + D P = b on the unit cube cut into n x n x n cells, nothing passing its faces; D is 300 in one cell of a
hundred and 1 elsewhere, b random. A solver stops where the residual has fallen to 1e-8 of b (2-norm, not
preconditioned). Only numpy is needed here, so that a rival may run in another Python.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
TOLERANCE = 1e-8
VESSEL_UPTAKE, TISSUE_UPTAKE, VESSEL_SHARE = 300.0, 1.0, 0.01
MOST_CYCLES = 200


@dataclass(frozen=True)
class Problem:
    """D and b, shape (n, n, n)."""

    n: int
    uptake: Floats
    right: Floats

    @property
    def face(self) -> float:
        """The coefficient of a face, 1/h2."""
        return float(self.n * self.n)

    @property
    def fingerprint(self) -> int:
        """The same number wherever the same problem is solved."""
        return zlib.crc32(self.right.tobytes(), zlib.crc32(self.uptake.tobytes()))

    def diagonal(self) -> Floats:
        """The matrix' diagonal."""
        found = self.uptake.copy()
        for axis in range(3):
            for faces in (slice(1, None), slice(None, -1)):
                place: list[Any] = [slice(None)] * 3
                place[axis] = faces
                found[tuple(place)] += self.face
        return found

    def times(self, x: Floats) -> Floats:
        """The matrix times x, by slices alone: it shares nothing with any solver."""
        out = self.diagonal() * x
        for axis in range(3):
            low, high = (np.moveaxis(out, axis, 0)[part] for part in (slice(None, -1), slice(1, None)))
            low -= self.face * np.moveaxis(x, axis, 0)[1:]
            high -= self.face * np.moveaxis(x, axis, 0)[:-1]
        return out

    def left(self, x: Floats) -> float:
        """The residual of x over b."""
        return float(np.linalg.norm(self.right - self.times(x)) / np.linalg.norm(self.right))


def problem(n: int) -> Problem:
    """The problem on n x n x n cells."""
    rng = np.random.default_rng(n)
    uptake = np.where(rng.random((n, n, n)) < VESSEL_SHARE, VESSEL_UPTAKE, TISSUE_UPTAKE)
    return Problem(n, uptake, rng.standard_normal((n, n, n)))


def rows(given: Problem) -> tuple[NDArray[np.int32], NDArray[np.int32], Floats]:
    """The matrix by rows: where each begins, columns in order, and entries."""
    n, size = given.n, given.n**3
    offsets = np.array([-n * n, -n, -1, 0, 1, n, n * n], dtype=np.int32)
    there = np.ones((n, n, n, offsets.size), dtype=bool)
    there[0, :, :, 0] = there[:, 0, :, 1] = there[:, :, 0, 2] = False
    there[:, :, -1, 4] = there[:, -1, :, 5] = there[-1, :, :, 6] = False
    there = there.reshape(size, offsets.size)
    entries = np.full((size, offsets.size), -given.face)
    entries[:, 3] = given.diagonal().ravel()
    values = entries[there]
    del entries
    columns = (np.arange(size, dtype=np.int32)[:, None] + offsets)[there]
    begin = np.zeros(size + 1, dtype=np.int32)
    np.cumsum(there.sum(axis=1), out=begin[1:])
    return begin, columns, values


Seconds = tuple[float, float]  # of wall time and of processor time


def clocked(work: Callable[[], Any]) -> tuple[Seconds, Any]:
    """Seconds of one run and what it gave."""
    wall, own = perf_counter(), process_time()
    given = work()
    return (perf_counter() - wall, process_time() - own), given


def peak_gigabytes() -> float:
    """The most memory this process held; not `getrusage`, which begins with what the parent held."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="utf-8"))
    return 1024 * int(found[1]) / 1e9 if found else float("nan")


def race(
    n: int, turns: int, ready: Callable[[Problem], Any], set_up: Callable[[Any], Any], solve: Callable[[Any], Any]
) -> None:
    """Set up and solve a few times, and print the quickest of each.

    `ready` takes the problem to what the solver wants to be given (not counted as setup); `set_up` makes the solver of
    it; `solve` returns the answer and the number of iterations.
    """
    given = problem(n)
    prepared, wanted = clocked(lambda: ready(given))
    solver, preparing = None, []
    for _ in range(turns):
        solver = None  # so that two never stand beside each other
        seconds, solver = clocked(lambda: set_up(wanted))
        preparing.append(seconds)
    runs = [clocked(lambda: solve(solver)) for _ in range(turns)]
    answer, iterations = runs[-1][1]
    print(json.dumps({
        "n": n, "fingerprint": given.fingerprint, "assembly": prepared,
        "setup": [min(clock) for clock in zip(*preparing, strict=True)],
        "solve": [min(times[clock] for times, _ in runs) for clock in (0, 1)],
        "iterations": int(iterations), "residual": given.left(np.asarray(answer).reshape((n, n, n))),
        "peak GB": peak_gigabytes(),
    }))  # fmt: skip
