"""The whole equation of a patch on a device, as `system`: its residual, and its linear form around a state."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from anagen.oxygen import chains as chain
from anagen.oxygen import gpu_border as border
from anagen.oxygen import gpu_cells as cells
from anagen.oxygen.blood import Blood
from anagen.oxygen.gpu_device import Device, Flat, zeros
from anagen.oxygen.gpu_krylov import Gmres
from anagen.oxygen.gpu_multigrid import Multigrid
from anagen.oxygen.gpu_stream import Stream
from anagen.oxygen.gpu_sums import Sums
from anagen.oxygen.gpu_tissue import TissueThere
from anagen.oxygen.gpu_vessels import Elements, March, Web, all_elements
from anagen.oxygen.grid import Floats
from anagen.oxygen.jumps import LARGEST_RATIO
from anagen.oxygen.system import Balance
from anagen.oxygen.vessels import Vessels, check, cut, exchange


class System:
    """The equation of one patch, in a device's memory."""

    def __init__(
        self, device: Device, tissue: TissueThere, vessels: Vessels, blood: Blood, permeability: Floats | None = None
    ) -> None:
        """`permeability` is that of the tissue where the host has it at hand."""
        grid = self.grid = tissue.grid
        flat = self.flat = Flat.of(grid)
        self.device, self.tissue, self.vessels = device, tissue, vessels
        check(grid, vessels)
        self.spacing, self.air = np.float64(grid.spacing), np.float64(tissue.air_po2)
        self.nx, self.ny, self.nz = flat.sides
        nx, ny, nz = grid.shape
        self.top, self.chunks = flat.part((nx, ny, 1)), flat.part((-(-nx // int(cells.THICKNESS)), ny, nz))
        self.s = zeros(device, flat.size)
        self.over_cells(cells.root_of, self.s, tissue.permeability, self.spacing, self.ny, self.nz)
        self.surface, self.inward = (device.empty(nx * ny, np.float64) for _ in range(2))
        self.over_top(
            border.conductance, self.surface, tissue.permeability, np.float64(tissue.surface), self.spacing,
            self.ny, self.nz,
        )  # fmt: skip
        self.rates = device.empty(int(np.prod(self.chunks.shape)), np.float64)
        self.sums = Sums(device, flat.size)
        low, high = self.sums.extremes(self.s)
        self.jumps = high * high > LARGEST_RATIO * (low * low)
        self.pieces = cut(grid, vessels.begin, vessels.end)
        self.web: Web | None = None
        elements = self._lay_vessels(blood, permeability) if self.pieces.length.size else []
        tissue.permeability = None  # s has all that is needed of it
        self.multigrid = Multigrid(device, grid, self.s, self.web, elements, vessels.mixing)
        self.e = zeros(device, flat.size)
        """The diagonal of the linear form; until `linearize` has made it, the slope of the uptake."""

    def _lay_vessels(self, blood: Blood, permeability: Floats | None) -> list[Elements]:
        """The vessels on every grid of the cycle; the blood in them, and its march, on the grid itself."""
        device, vessels, grid = self.device, self.vessels, self.grid
        host = self.tissue.permeability_here() if permeability is None else permeability
        inlet = vessels.outside_share * np.array([blood.content(p) for p in vessels.inlet_po2])
        layouts = chain.layouts(grid.ladder(), self.pieces.start, self.pieces.index)
        layout = replace(layouts[0], grid=grid, cell=grid.flat(self.pieces.index))
        elements, own = all_elements(device, layouts), Elements(device, layout, None)
        elements[0].share_state(own)
        self.web = Web(device, vessels.mixing)
        self.march = March(device, self.web, own, np.float64)
        conductance = exchange(grid, vessels, self.pieces, host)
        self.stream = Stream(
            device, self.web, own, vessels.flow, conductance, inlet, vessels.inlet_po2, blood.numbers
        )  # fmt: skip
        return elements

    def over_cells(self, body: Any, *arguments: Any) -> None:
        """A body over all cells."""
        self.device.over_cells(body, self.flat, *arguments)

    def over_top(self, body: Any, *arguments: Any) -> None:
        """A body over the cells below the surface."""
        self.device.over_cells(body, self.top, *arguments)

    def residual(self, u: Any, out: Any) -> Balance:
        """Write minus the scaled residual at u, ready to be a right-hand side; returns the balance of oxygen."""
        volume, tissue = self.grid.cell_volume, self.tissue
        parts = (out, self.e, u, self.s, tissue.demand, tissue.half_uptake, tissue.half_step, self.rates)
        self.device.over_cells(cells.remainder, self.chunks, *parts, *self.flat.sides)
        if self.jumps:
            self.over_cells(cells.mend_flow, out, u, self.s)
        self.over_top(border.breathe, out, u, self.s, self.surface, self.air, self.inward, self.ny)
        burned = self.sums.total(self.rates, self.rates.size) * volume
        from_surface = self.sums.total(self.inward, self.inward.size) * volume
        if self.web is None:
            return Balance(burned, 0.0, from_surface)
        self.stream.march(u, self.s)
        self.stream.give(self.s, out)
        return Balance(burned, self.sums.total(self.stream.given, self.stream.elements.count), from_surface)

    def linearize(self) -> None:
        """Take the linear form at the state of the last residual (once for each), and set the multigrid cycle up."""
        self.over_top(border.add_top, self.e, self.surface, self.ny)
        if self.web is not None:
            self.stream.linearize()
        self.multigrid.set_up(self.e)
        self.over_cells(cells.diagonal, self.e, self.s, self.e)
        if self.jumps:
            self.over_cells(cells.mend_diagonal, self.e, self.s)
        if self.web is not None:
            self.march.elements.add_to_diagonal(self.s, self.e)
            self.march.take(self.s)

    def apply(self, u: Any, out: Any) -> None:
        """The linear form's product with a scaled change u of the tissue's pO2."""
        self.over_cells(cells.apply, out, u, self.e)
        if self.jumps:
            self.over_cells(cells.mend_product, out, u, self.s)
        if self.web is not None:
            self.march.run(u)
            self.march.give(out, self.march.elements.onto, self.march.push, -1)

    def demand_at_rest(self, out: Any, gmres: Gmres) -> float:
        """Root of the sum of squares of demand/s, written to `out` on the way."""
        self.over_cells(cells.at_rest, out, self.tissue.demand, self.s, self.ny, self.nz)
        return gmres.sums.norm(out)
