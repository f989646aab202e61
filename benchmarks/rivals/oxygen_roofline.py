"""What the memory can do at most, and the multigrid cycle against it.

STREAM's triad a = b + q c in single precision, on arrays that do not fit the cache and have all been written, in a
kernel compiled as ours are; 12 bytes an element. The cycle is counted as if each of its passes read and wrote each of
its arrays once and nothing stayed in the cache: on the finest grid 3 arrays for the first two steps together, 4 for the
residual, 3 for the correction, half of one on the coarser grid for these two, and 4 for the last two steps together.
Two steps in one pass move less for the same work, so the work is told as well: as if each of the last two were a pass.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from anagen.oxygen.compiled import Team, kernel
from rivals.oxygen_own import Own
from rivals.oxygen_problem import Seconds, clocked, problem

SINGLE = 4
ARRAYS = 3 + (4 + 1 / 4) + (3 + 1 / 4) + 4
ARRAYS_APART = ARRAYS + 4
"""With the last two steps in passes of their own."""
COARSER = 8 / 7
"""All grids against the finest."""


def cycle_bytes(cells: int, arrays: float) -> float:
    """What one cycle moves."""
    return cells * arrays * COARSER * SINGLE


@kernel
def triad(a: Any, b: Any, c: Any, q: Any, first: int, past: int) -> None:
    """a = b + q c."""
    for i in range(first, past):
        to, one, other = a[i], b[i], c[i]
        for k in range(to.size):
            to[k] = one[k] + q * other[k]


class Triad:
    """The triad over three arrays of n3 elements."""

    def __init__(self, n: int, team: Team) -> None:
        self.n, self.team = n, team
        rng = np.random.default_rng(0)
        self.arrays = [rng.random((n + 2, n * n), dtype=np.float32) for _ in range(3)]

    def run(self) -> None:
        self.team.run(triad, (*self.arrays, np.float32(3)), self.n, self.n * self.n)

    @property
    def moved(self) -> float:
        """Bytes of one run."""
        return 3 * SINGLE * self.n**3


def measure(n: int, rounds: int) -> dict[str, Any]:
    """The triad, the cycle and the whole linear solve on one thread and on two, in turn.

    `best`: the quickest of all rounds; `rounds`: the quickest of each, one list for each task.
    """
    given = problem(n)
    with Team(1) as one, Team(2) as two:
        every: dict[tuple[str, int], list[Seconds]] = {}
        tasks: dict[tuple[str, int], Any] = {}
        for count, team in ((1, one), (2, two)):
            flow, own = Triad(n, team), Own(given, team)
            tasks["triad", count] = flow.run
            f, out = own.f.astype(np.float32), own.gmres.directions[0]
            tasks["cycle", count] = lambda own=own, f=f, out=out: own.cycle.cycle(f, out)
            tasks["solve", count] = own.solve
        moved = {"triad": flow.moved, "cycle": cycle_bytes(n**3, ARRAYS), "steps": cycle_bytes(n**3, ARRAYS_APART)}
        for task in tasks.values():
            task()
        for _ in range(rounds):
            for name, task in tasks.items():
                turns = [clocked(task)[0] for _ in range(1 if name[0] == "solve" else 3)]
                every.setdefault(name, []).append(min(turns))
    return {"best": {name: min(times) for name, times in every.items()}, "rounds": every, "moved": moved}
