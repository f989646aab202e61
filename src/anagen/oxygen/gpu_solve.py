"""The steady field of a patch solved on a device: what `solve` asks for there, with Newton's method as it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from anagen.oxygen import gpu_border as border
from anagen.oxygen.blood import Blood
from anagen.oxygen.gpu_device import Device, Flat, fill, zeros
from anagen.oxygen.gpu_krylov import Gmres
from anagen.oxygen.gpu_system import System
from anagen.oxygen.gpu_tissue import TissueThere
from anagen.oxygen.grid import Floats
from anagen.oxygen.solve import FEW_CELLS, ROUGH, Field, Settings, Watch, least_weighed, newton
from anagen.oxygen.system import Balance
from anagen.oxygen.tissue import Tissue
from anagen.oxygen.vessels import Vessels, brought

Start = Callable[[System, Any], None]
"""Writes a first guess as u = s P."""


class Problem:
    """The equation as Newton's method is given it (see `solve.Problem`)."""

    def __init__(self, system: System, blood: Blood, start: Start) -> None:
        self.system, size = system, system.flat.size
        self.u, self.change, self.f = (zeros(system.device, size) for _ in range(3))
        self.gmres = Gmres(system.device, size)
        self.length = 0.0
        """How much of the last change stands in u already."""
        start(system, self.u)
        self.unit = system.demand_at_rest(self.f, self.gmres) or 1.0
        self.blood_flows = system.vessels.count > 0
        grid = system.grid
        demand = system.sums.total(system.tissue.demand, grid.cells)
        most = system.sums.total(system.surface, system.surface.size) * float(system.air)
        self.least = least_weighed(demand, most, grid.cell_volume, brought(system.vessels, blood))

    def residual(self, length: float) -> tuple[Balance, float]:
        """At the state and `length` of the last change."""
        if length != self.length:
            self.gmres.add(self.u, self.change, length - self.length)
            self.length = length
        return self.system.residual(self.u, self.f), self.gmres.sums.norm(self.f)

    def improve(self, reduction: float, most: int) -> int:
        """Find the change."""
        system = self.system
        system.linearize()
        fill(system.device, self.change, system.flat.size, np.float64(0))
        return self.gmres.solve(system.apply, system.multigrid.cycle, self.f, self.change, reduction, most).cycles

    def accept(self) -> None:
        """Stay at the last trial."""
        self.length = 0.0

    def pressure(self) -> Any:
        """pO2 without ghosts, on the device."""
        system = self.system
        bare = system.device.empty(system.grid.cells, np.float64)
        system.over_cells(border.pressure, bare, self.u, system.s, system.ny, system.nz)
        return bare

    def take_po2(self) -> Floats:
        """Of every cell, on the host; what the linear solver held is let go first, so that there is room for it."""
        del self.gmres, self.f, self.change, self.system.multigrid, self.system.e
        return self.system.device.fetch(self.pressure()).reshape(self.system.grid.shape)

    def blood_po2(self) -> Floats:
        """In every piece of a vessel."""
        return self.system.stream.po2_on_host() if self.system.web is not None else np.zeros(0)


def solve_there(
    device: Device, tissue: Tissue, vessels: Vessels, blood: Blood, settings: Settings,
    start: Floats | None = None, watch: Watch | None = None,
) -> Field:  # fmt: skip
    """As `solve.solve`, on a device."""
    there = TissueThere.of(device, tissue)
    if start is None:
        begin = _guess(device, there, vessels, blood, settings)
    else:
        begin = _from(device.send(np.ascontiguousarray(np.broadcast_to(start, tissue.grid.shape), np.float64)))
    problem = Problem(System(device, there, vessels, blood, tissue.permeability), blood, begin)
    steps, cycles, balance, residual = newton(problem, settings, watch)
    po2, blood_po2 = problem.take_po2(), problem.blood_po2()
    return Field(po2, blood_po2, problem.system.pieces, balance, residual, steps, cycles, "gpu")


def _guess(device: Device, tissue: TissueThere, vessels: Vessels, blood: Blood, settings: Settings) -> Start:
    """As `solve.first_guess`."""
    if tissue.grid.cells < FEW_CELLS:
        return _even(float(vessels.inlet_po2.mean()) if vessels.count else tissue.air_po2)
    coarse = tissue.halved()
    begin = _guess(device, coarse, vessels, blood, settings)
    problem = Problem(System(device, coarse, vessels, blood), blood, begin)
    newton(problem, replace(settings, tolerance=ROUGH, conservation=1), None)
    return _from_coarse(problem.pressure(), Flat.of(coarse.grid))


def _even(po2: float) -> Start:
    return lambda system, u: system.over_cells(border.start_even, u, system.s, np.float64(po2))


def _from(bare: Any) -> Start:
    return lambda system, u: system.over_cells(border.start_from, u, system.s, bare, system.ny, system.nz)


def _from_coarse(bare: Any, flat: Flat) -> Start:
    _, ny, nz = flat.sides
    return lambda system, u: system.over_cells(border.start_from_coarse, u, system.s, bare, ny, nz)
