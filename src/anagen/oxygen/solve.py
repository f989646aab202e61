"""The steady oxygen field of a patch, by Newton's method on the whole equation.

Each step is solved by flexible GMRES with the multigrid cycle, no more exactly than the step is worth (Eisenstat and
Walker 1996), and shortened by halves while it does not lessen the residual.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from anagen.errors import AnagenError
from anagen.oxygen.blood import Blood
from anagen.oxygen.compiled import Team
from anagen.oxygen.gpu_found import Choice, on_gpu
from anagen.oxygen.grid import INSIDE, Floats
from anagen.oxygen.krylov import Gmres
from anagen.oxygen.system import Balance, System
from anagen.oxygen.tissue import Tissue
from anagen.oxygen.vessels import Pieces, Vessels, brought

TOLERANCE, CONSERVATION, LOOSEST = 1e-8, 1e-7, 0.1
MOST_STEPS, MOST_CYCLES = 40, 60
"""What `Settings` says if nothing else is said."""


@dataclass(frozen=True)
class Settings:
    """How exactly to solve.

    Attributes
    ----------
    tolerance : of the residual, as the root of its mean square over that of the uptake at rest.
    conservation : largest part of what is burned (or brought, if more) that may be brought too much or too little.
    most_steps, most_cycles : of Newton's method, and multigrid cycles in one step.
    loosest : reduction of the residual asked of the first linear solve.
    device : where to solve: "cpu", "gpu", or "auto", which takes a GPU only where there is one and the grid is large.
    """

    tolerance: float = TOLERANCE
    conservation: float = CONSERVATION
    most_steps: int = MOST_STEPS
    most_cycles: int = MOST_CYCLES
    loosest: float = LOOSEST
    device: Choice = "cpu"


SETTINGS = Settings()
Watch = Callable[[int, int, float], None]
"""Is told step, cycles and residual as they come."""
TIGHTEST, SHARE, POWER = 1e-6, 0.5, 1.5
"""Of the reduction asked of a linear solve: never below; share and power of the residual's own fall."""
MOST_HALVINGS = 12
FEW_CELLS = 4000
"""A grid with fewer cells is started from one number."""
LITTLE = 1e-6
"""Of all the demand, and of all that blood and air can bring: oxygen is not weighed more finely."""
ROUGH = 1e-3
"""Tolerance of a field that is only a first guess."""


@dataclass(frozen=True)
class Field:
    """A solved field.

    Attributes
    ----------
    po2 : of every cell (mmHg).
    blood_po2 : of the blood in every piece of a vessel (mmHg).
    pieces : the vessels as the grid cut them.
    balance : oxygen through the patch.
    residual : root of the mean square of what is left, over that of the demand.
    steps, cycles : of Newton's method, and multigrid cycles in all.
    device : where it was solved: "cpu" or "gpu".
    """

    po2: Floats
    blood_po2: Floats
    pieces: Pieces
    balance: Balance
    residual: float
    steps: int
    cycles: int
    device: str = "cpu"


class NotSolved(AnagenError):
    """The iteration did not reach the wanted residual."""


class Problem(Protocol):
    """What Newton's method asks of an equation, wherever its numbers lie.

    Attributes
    ----------
    unit : root of the sum of squares of the demand, as residuals are scaled.
    least : oxygen (um3/s) so little that the balance is not weighed more finely.
    blood_flows : whether there are vessels.
    """

    unit: float
    least: float
    blood_flows: bool

    def residual(self, length: float) -> tuple[Balance, float]:
        """Of the state and `length` of the last change: the balance of oxygen, and how large what is left is."""
        ...

    def improve(self, reduction: float, most: int) -> int:
        """Find the change that takes the residual down to a share of itself; how many cycles it took."""
        ...

    def accept(self) -> None:
        """Make what the residual was last asked of the state."""
        ...


def solve(
    tissue: Tissue,
    vessels: Vessels,
    blood: Blood,
    settings: Settings = SETTINGS,
    threads: int = 1,
    start: Floats | None = None,
    watch: Watch | None = None,
) -> Field:
    """The steady field; `start` is a first guess (mmHg), `watch` is told step, cycles and residual as they come."""
    if on_gpu(settings.device, tissue.grid.cells):
        from anagen.oxygen.gpu_cuda import opened
        from anagen.oxygen.gpu_solve import solve_there

        return solve_there(opened(tissue.grid.cells), tissue, vessels, blood, settings, start, watch)
    with Team(threads) as team:
        problem = _Here(System(tissue, vessels, blood, team))
        guess = first_guess(tissue, vessels, blood, settings, threads) if start is None else start
        problem.u[INSIDE] *= guess
        del guess
        steps, cycles, balance, residual = newton(problem, settings, watch)
        system = problem.system
        return Field(problem.take_po2(), system.blood_po2.copy(), system.pieces, balance, residual, steps, cycles)


def first_guess(tissue: Tissue, vessels: Vessels, blood: Blood, settings: Settings, threads: int) -> Floats | float:
    """pO2 to start from (mmHg): roughly solved in cubes twice as large, where there are enough of them to halve."""
    if tissue.grid.cells < FEW_CELLS:
        return float(vessels.inlet_po2.mean()) if vessels.count else tissue.air_po2
    rough = replace(settings, tolerance=ROUGH, conservation=1, device="cpu")
    po2 = solve(tissue.halved(), vessels, blood, rough, threads).po2
    for axis in range(po2.ndim):
        po2 = np.repeat(po2, 2, axis=axis)
    nx, ny, nz = tissue.grid.shape
    return po2[:nx, :ny, :nz]


class _Here:
    """The equation in this processor's memory."""

    def __init__(self, system: System) -> None:
        self.system, grid = system, system.grid
        self.gmres = Gmres(grid, system.team)
        self.u = system.s.copy()
        self.f, self.change = grid.zeros(), grid.zeros()
        self.length = 0.0
        """How much of the last change stands in u already."""
        self.f[INSIDE] = system.demand
        self.f[INSIDE] /= system.s[INSIDE]
        self.unit = self.gmres.size(self.f) or 1.0
        here = system.tissue
        most = float(system.surface.sum()) * here.air_po2
        self.least = least_weighed(
            float(here.demand.sum()), most, grid.cell_volume, brought(system.vessels, system.blood)
        )
        self.blood_flows = system.vessels.count > 0

    def residual(self, length: float) -> tuple[Balance, float]:
        if length != self.length:
            self.gmres.add(self.u, self.change, length - self.length)
            self.length = length
        return self.system.residual(self.u, self.f), self.gmres.size(self.f)

    def improve(self, reduction: float, most: int) -> int:
        self.system.linearize()
        self.gmres.clear(self.change)
        cycle = self.system.multigrid.cycle
        return self.gmres.solve(self.system.apply, cycle, self.f, self.change, reduction, most).cycles

    def accept(self) -> None:
        self.length = 0.0

    def take_po2(self) -> Floats:
        """The answer (mmHg); what the linear solver held is let go first, so that there is room for it."""
        del self.gmres, self.f, self.change
        self.system.let_go()
        return self.u[INSIDE] / self.system.s[INSIDE]


def least_weighed(demand: float, surface: float, cell_volume: float, from_blood: float) -> float:
    """See `Problem.least`: `demand`, and what the `surface` lets in at most, summed over cells (1/s)."""
    return LITTLE * max(demand * cell_volume, surface * cell_volume, from_blood)


def newton(problem: Problem, settings: Settings, watch: Watch | None) -> tuple[int, int, Balance, float]:
    """Steps and cycles it took to solve, the balance of oxygen and the residual that is left."""
    unit, enough = problem.unit, settings.tolerance * problem.unit
    balance, size = problem.residual(0)
    before, cycles = 0.0, 0
    for step in range(settings.most_steps + 1):
        if watch:
            watch(step, cycles, size / unit)
        if size <= enough and abs(balance.gap) <= settings.conservation * max(balance.largest, problem.least):
            return step, cycles, balance, size / unit
        wanted = settings.loosest if not before else SHARE * (size / before) ** POWER
        wanted = min(settings.loosest, max(wanted, TIGHTEST, enough / max(size, enough) / 2))
        cycles += problem.improve(wanted, settings.most_cycles)
        length, fresh = 1.0, size
        # without blood the uptake, concave in pO2, makes whole steps reach the answer from below, whatever the start
        for _ in range(MOST_HALVINGS if problem.blood_flows else 1):
            balance, fresh = problem.residual(length)
            if fresh < size or fresh <= enough:
                break
            length /= 2
        problem.accept()
        before, size = size, fresh
    raise NotSolved(
        f"the oxygen field was not solved in {settings.most_steps} steps: the residual stands at {size / unit:.2g}"
    )
