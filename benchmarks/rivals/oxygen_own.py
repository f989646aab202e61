"""Our multigrid cycle in GMRES on the linear problem: `python -m rivals.oxygen_own N TURNS THREADS single|double`.

`single` is the solver as it is: the cycle in single precision inside double. `double` puts the constants of the cycle
in double precision, to tell what the mixture gains.
"""

from __future__ import annotations

import sys
from typing import Any, Literal
from unittest.mock import patch

import numpy as np

from anagen.oxygen import multigrid, stencil
from anagen.oxygen.compiled import Team
from anagen.oxygen.grid import INSIDE, Grid
from anagen.oxygen.krylov import Gmres
from anagen.oxygen.krylov_sums import narrow
from rivals.oxygen_problem import MOST_CYCLES, TOLERANCE, Problem, problem, race

Precision = Literal["single", "double"]


def in_double() -> Any:
    """The cycle's module with all its constants in double precision."""
    names = ("EIGHTH", "NEAR", "FAR", "ONE", "HALF")
    doubled = {name: np.float64(getattr(multigrid, name)) for name in names if hasattr(multigrid, name)}
    weights = tuple(map(np.float64, multigrid.WEIGHTS))
    return patch.multiple(multigrid, SINGLE=np.float64, WEIGHTS=weights, **doubled)


class Own:
    """Our solver on the problem; with K = 1, s is 1/h and u = P/h."""

    def __init__(self, given: Problem, team: Team, precision: Precision = "single") -> None:
        n = given.n
        self.n, self.team, self.given = n, team, given
        self.grid = Grid((n, n, n), 1 / n)
        s, uptake = self.grid.filled(float(n)), self.grid.filled(given.uptake)
        self.e, self.f, self.u = self.grid.zeros(), self.grid.filled(given.right / n), self.grid.zeros()
        self.po2 = self.grid.zeros()
        self.run(stencil.diagonal, self.e, s, uptake)
        self.cycle = multigrid.Multigrid(self.grid, s, [], None, team)
        self.cycle.set_up(uptake, None)
        self.gmres = Gmres(self.grid, team, kind=np.float32 if precision == "single" else np.float64)

    def run(self, function: Any, *arguments: Any) -> None:
        self.team.run(function, arguments, self.n, self.n * self.n)

    def apply(self, u: Any, out: Any) -> None:
        self.run(stencil.apply, out, u, self.e)

    def solve(self) -> tuple[Any, int]:
        """pO2 and the number of cycles."""
        self.gmres.clear(self.u)
        done = self.gmres.solve(self.apply, self.cycle.cycle, self.f, self.u, TOLERANCE, MOST_CYCLES)
        self.run(narrow, self.po2, self.u, 1 / self.n)
        return self.po2[INSIDE], done.cycles


def main() -> None:
    n, turns, threads, precision = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    if precision == "double":
        in_double().start()
    with Team(threads) as team:
        Own(problem(32), team, precision).solve()  # compiles, or reads what was kept
        race(n, turns, lambda given: given, lambda given: Own(given, team, precision), Own.solve)


if __name__ == "__main__":
    main()
