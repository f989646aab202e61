"""The whole equation of a patch: tissue, surface and blood, its residual, and its linear form around a state.

    A P + uptake(P) - surface - sum over pieces Q (C_in - C_out) / h3 = 0     in every cell (1/s)

The pO2 of the blood is no unknown: it follows from the tissue's by the march down the vessels, and its answer to a
change of the tissue is part of the linear form. Inside, everything is scaled as in `stencil`: u = s P, residual over s.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anagen.oxygen import chains as chain
from anagen.oxygen import jumps as jump
from anagen.oxygen import stencil
from anagen.oxygen.blood import Blood, march_blood
from anagen.oxygen.chains import Cells, Chains, Layout, Linear
from anagen.oxygen.compiled import Team
from anagen.oxygen.grid import Floats
from anagen.oxygen.multigrid import Multigrid
from anagen.oxygen.tissue import Tissue, remainder
from anagen.oxygen.vessel_groups import Groups
from anagen.oxygen.vessels import Vessels, check, cut, exchange

TOP = (slice(1, -1), slice(1, -1), 1)
"""The cells below the surface, in an array with ghosts."""


MARCHED_AS = 10
"""Linear elements that take as long as one of blood that binds oxygen."""


@dataclass(frozen=True)
class Balance:
    """Oxygen through the patch (um3/s): what tissue burns, what blood and surface bring."""

    burned: float
    from_blood: float
    from_surface: float

    @property
    def gap(self) -> float:
        """What is brought but not burned (um3/s)."""
        return self.from_blood + self.from_surface - self.burned

    @property
    def largest(self) -> float:
        """Of what is burned and what either way brings or takes (um3/s)."""
        return max(self.burned, abs(self.from_blood), abs(self.from_surface))

    @property
    def error(self) -> float:
        """The gap over what is burned."""
        return self.gap / self.burned if self.burned else 0.0


class System:
    """The equation of one patch."""

    def __init__(self, tissue: Tissue, vessels: Vessels, blood: Blood, team: Team) -> None:
        grid = self.grid = tissue.grid
        self.tissue, self.vessels, self.blood, self.team = tissue, vessels, blood, team
        self.s: Floats = grid.filled(tissue.permeability)
        np.sqrt(self.s, out=self.s)
        self.s /= grid.spacing
        self.demand = np.ascontiguousarray(tissue.demand, dtype=np.float64)
        half = tissue.half_uptake
        same = not any(half.strides[:2]) or bool((half[:1, :1] == half).all())
        self.half = np.ascontiguousarray(half[:1, :1] if same else half, dtype=np.float64)
        self.surface = tissue.surface_uptake()
        self.jumps = jump.find_jumps(grid, self.s)
        root = self.s.reshape(-1)
        self.jump_weight = self.jumps.excess / (root[self.jumps.one] * root[self.jumps.other])
        check(grid, vessels)
        self.pieces = cut(grid, vessels.begin, vessels.end)
        self.conductance = exchange(grid, vessels, self.pieces, tissue.permeability)
        inlets, which = np.unique(vessels.inlet_po2, return_inverse=True)
        self.inlet = vessels.outside_share * np.array([blood.content(p) for p in inlets.tolist()])[which]
        self.layouts = chain.layouts(grid.ladder(), self.pieces.start, self.pieces.index)
        self.layout = Layout(grid, self.pieces.start, grid.flat(self.pieces.index), self.layouts[0].into)
        self.groups = Groups.of(vessels.mixing, self.pieces.start, team.count)
        self.cells = Cells.of(self.layout.cell)
        self.cell_s = root[self.layout.cell]
        count = self.pieces.length.size
        self.blood_po2 = np.repeat(vessels.inlet_po2, np.diff(self.pieces.start)).astype(np.float64)
        self.given, self.slope, self.outlet = np.zeros(count), np.ones(count), np.zeros(vessels.count)
        self.slab_rate = np.zeros(grid.padded[0])
        self.multigrid = Multigrid(grid, self.s, self.layouts if count else [], self.groups, team)
        self.e: Floats = grid.zeros()
        """The diagonal of the linear form; until `linearize` has made it, the slope of the uptake."""
        self.chains: Chains | None = None
        self.push = np.zeros(0)
        """What the chains give, in the order of `cells`."""

    def run(self, function: Any, *arguments: Any) -> None:
        """A kernel over all slabs."""
        nx, ny, nz = self.grid.shape
        self.team.run(function, arguments, nx, ny * nz)

    def residual(self, u: Floats, out: Floats) -> Balance:
        """Write minus the scaled residual at u, ready to be a right-hand side; returns the balance of oxygen."""
        volume = self.grid.cell_volume
        self.run(remainder, out, self.e, u, self.s, self.demand, self.half, self.slab_rate)
        pairs = self.jumps.one, self.jumps.other, self.jumps.excess
        jump.mend_flow(out.reshape(-1), u.reshape(-1), self.s.reshape(-1), *pairs)
        inward = self.surface * (self.tissue.air_po2 - u[TOP] / self.s[TOP])
        out[TOP] += inward / self.s[TOP]
        self._march(u)
        np.add.at(out.reshape(-1), self.layout.cell, self.given / (volume * self.cell_s))
        return Balance(
            sum(self.slab_rate[1:-1].tolist()) * volume, float(self.given.sum()), float(inward.sum()) * volume
        )

    def _march(self, u: Floats) -> None:
        mixing = self.vessels.mixing
        arguments = (
            self.blood_po2, self.pieces.start, self.vessels.flow, self.conductance,
            u.reshape(-1)[self.layout.cell] / self.cell_s, mixing.start, mixing.source, mixing.share, self.inlet,
            self.blood.numbers, self.given, self.slope, self.outlet, self.groups.order,
        )  # fmt: skip
        self.team.share(march_blood, arguments, self.groups.edges(MARCHED_AS * self.given.size))

    def linearize(self) -> None:
        """Take the linear form at the state of the last residual (once for each), and set the multigrid cycle up."""
        self.e[TOP] += self.surface
        linear = None
        if self.pieces.length.size:
            flow, exchanged = self.vessels.flow[self.pieces.vessel], self.conductance / self.slope
            linear = Linear(self.vessels.mixing, flow, flow / (flow + exchanged), self.conductance / (flow + exchanged))
        self.multigrid.set_up(self.e, linear)
        self.run(stencil.diagonal, self.e, self.s, self.e)
        jump.mend_diagonal(self.jumps, self.s, self.e)
        if linear is not None:
            cells, local = chain.local_uptake(self.layout, linear)
            np.add.at(self.e.reshape(-1), cells, local / (self.cell_s * self.cell_s))
            self.chains = chain.chains_of(self.layout, linear, self.s, np.float64, self.groups, self.team)
            self.push = self.chains.push[self.cells.element]

    def apply(self, u: NDArray[Any], out: Floats) -> None:
        """The linear form's product with a scaled change u of the tissue's pO2."""
        self.run(stencil.apply, out, u, self.e)
        jump.mend_product(out.reshape(-1), u.reshape(-1), self.jumps.one, self.jumps.other, self.jump_weight)
        if self.chains is not None:
            self.chains.march(u)
            self.chains.give(out, self.cells, self.push, -1.0)

    def let_go(self) -> None:
        """Drop the linear form: nothing is asked of it any more."""
        del self.multigrid, self.e, self.chains
