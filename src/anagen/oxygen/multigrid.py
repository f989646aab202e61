"""A geometric multigrid cycle for tissue and blood together, in single precision: V(2,2).

On each grid two Jacobi steps with the weights of a Chebyshev polynomial on [1/3, 2] go before and after the correction
from the next coarser grid; the coarsest is solved exactly. Every residual takes the blood's answer along whole vessels
(`chains`), so the cycle stays good where the flow is so low that the blood follows the tissue.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anagen.oxygen import chains as blood
from anagen.oxygen import stencil, transfer, two_steps
from anagen.oxygen.chains import Cells, Chains, Layout, Linear
from anagen.oxygen.coarsest import inverse_of
from anagen.oxygen.compiled import Team
from anagen.oxygen.grid import INSIDE, Grid
from anagen.oxygen.two_steps import Between
from anagen.oxygen.vessel_groups import Groups

SINGLE = np.float32
WEIGHTS = (SINGLE(1.732), SINGLE(0.5695))
"""Reciprocal roots of the Chebyshev polynomial of degree 2 on [1/3, 2]."""
EIGHTH, NEAR, FAR = SINGLE(transfer.EIGHTH), SINGLE(transfer.NEAR), SINGLE(transfer.FAR)
ONE, HALF = SINGLE(1), SINGLE(1 / 2)

Single = NDArray[np.float32]


@dataclass(frozen=True)
class Pushes:
    """What each element's blood gives, weighted for where it goes (see `Chains.push`), in the order of those `Cells`.

    smooth : over E of its cell, for a Jacobi step.
    restrict : for the coarser grid's right-hand side.
    """

    smooth: Single
    restrict: Single


class Level:
    """One grid of the cycle: `s` and `e` as in `stencil`, their reciprocals, and working arrays.

    The answer grows in `other` until the last two steps take it to `u`. The finest grid needs no reciprocal of s; its
    right-hand side and the room for its answer are lent to it.
    """

    def __init__(self, grid: Grid, s: Single, finest: bool) -> None:
        self.grid, self.s = grid, s
        none: Single = np.zeros((0, 0, 0), dtype=SINGLE)
        self.e: Single = grid.zeros(SINGLE)
        self.inverse: Single = grid.zeros(SINGLE)
        self.other: Single = grid.zeros(SINGLE)
        self.inverse_s, self.u, self.f = (none if finest else grid.zeros(SINGLE) for _ in range(3))
        self.chains: Chains | None = None
        self.pushes: Pushes | None = None
        nx, ny, nz = grid.shape
        self.slabs, self.slab_cells = nx, ny * nz
        if not finest:
            stencil.reciprocal(self.inverse_s, s, ONE, 1, nx + 1)


class Multigrid:
    """The cycle over a grid and its coarser ones, those of its `ladder`.

    `s` as in `stencil`, with ghosts; `layouts` holds the vessels on each grid and is empty where there are none.
    """

    def __init__(self, grid: Grid, s: NDArray[Any], layouts: list[Layout], groups: Groups | None, team: Team) -> None:
        self.grid, self.team, self.layouts, self.groups = grid, team, layouts, groups
        grids = grid.ladder()
        first: Single = grids[0].zeros(SINGLE)
        first[self._own] = s
        self.levels = [Level(grids[0], first, True)]
        for coarse in grids[1:]:
            root: Single = coarse.zeros(SINGLE)
            self._halve(self.levels[-1], transfer.coarsen_root, root, self.levels[-1].s, HALF)
            self.levels.append(Level(coarse, root, False))
        parents = (above.cell[one.into] for one, above in pairwise(layouts))
        self.own_cells = team.each(Cells.of, [one.cell for one in layouts])
        cells = (own.cell for own in self.own_cells) if layouts else (np.zeros(0, np.int32) for _ in grids)
        self.between = [Between.of(one, cell, SINGLE) for one, cell in zip(grids, cells, strict=True)]
        self.parent_cells = team.each(Cells.of, list(parents))
        self.coarsest: Single = np.zeros((0, 0), dtype=SINGLE)

    @property
    def _own(self) -> tuple[slice, ...]:
        """Of an array of the finest level, the part that the grid's own arrays have."""
        return tuple(slice(0, side) for side in self.grid.padded)

    def _run(self, level: Level, function: Any, *arguments: Any) -> None:
        self.team.run(function, arguments, level.slabs, level.slab_cells)

    def _halve(self, finer: Level, function: Any, *arguments: Any) -> None:
        """Run over the cells of the next coarser grid that hold some of the finer one's, whose cells are the work."""
        self.team.run(function, arguments, finer.slabs // 2, finer.slab_cells * 2)

    def set_up(self, uptake: NDArray[Any], linear: Linear | None) -> None:
        """Take the tissue's uptake D (1/s/mmHg, with ghosts; without the vessels' own) and the vessels' state."""
        nx, ny, nz = self.grid.shape
        self.team.run(stencil.copy, (self.levels[0].e, uptake), nx, ny * nz)
        for finer, level in pairwise(self.levels):
            self._halve(finer, transfer.coarsen_mean, level.e, finer.e, EIGHTH)
        for number, level in enumerate(self.levels):
            if linear is not None:
                if number > 0:
                    linear = blood.joined(self.layouts[number - 1], linear, self.layouts[number])
                cells, local = blood.local_uptake(self.layouts[number], linear)
                np.add.at(level.e.reshape(-1), cells, local.astype(SINGLE))
            self._run(level, stencil.diagonal, level.e, level.s, level.e)
            self._run(level, stencil.reciprocal, level.inverse, level.e, ONE)
            if linear is not None:
                layout = self.layouts[number]
                level.chains = blood.chains_of(layout, linear, level.s, SINGLE, self.groups, self.team)
        self._weigh_pushes()
        last = self.levels[-1]
        self.coarsest = inverse_of(last.grid, last.e, last.chains).astype(SINGLE)

    def _weigh_pushes(self) -> None:
        for number, level in enumerate(self.levels[:-1]):
            if level.chains is None:
                continue
            push, cell = level.chains.push, level.chains.layout.cell
            parent = self.layouts[number + 1].cell[self.layouts[number].into]
            up = self.levels[number + 1].inverse_s.reshape(-1)[parent]
            smooth = push * level.inverse.reshape(-1)[cell]
            restrict = push * level.s.reshape(-1)[cell] * up * EIGHTH
            own, above = self.own_cells[number].element, self.parent_cells[number].element
            level.pushes = Pushes(smooth[own], restrict[above])

    def _first_sweeps(self, number: int) -> None:
        level = self.levels[number]
        self._run(level, two_steps.sweep_twice_from_zero, level.other, level.f, level.inverse, *WEIGHTS)
        if level.chains is not None and level.pushes is not None:
            level.chains.march_first(level.f, level.inverse, WEIGHTS[0])
            level.chains.give(level.other, self.own_cells[number], level.pushes.smooth, WEIGHTS[1])

    def _last_sweeps(self, number: int) -> None:
        level, cells, between = self.levels[number], self.own_cells, self.between[number]
        first, second = WEIGHTS
        if level.chains is not None and level.pushes is not None:
            level.chains.march(level.other)
            level.chains.gather(between.given, cells[number], level.pushes.smooth, first)
        steps = (level.u, level.other, level.f, level.inverse, first, second, *between.arrays)
        self._run(level, two_steps.sweep_twice, *steps)
        if level.chains is not None and level.pushes is not None:
            level.chains.march_at(between.seen, cells[number])
            level.chains.give(level.u, cells[number], level.pushes.smooth, second)

    def _correct(self, number: int) -> None:
        level, coarse = self.levels[number], self.levels[number + 1]
        arguments = (coarse.f, level.other, level.f, level.e, level.s, coarse.inverse_s, EIGHTH)
        self._halve(level, transfer.restrict_residual, *arguments)
        if level.chains is not None and level.pushes is not None:
            level.chains.march(level.other)
            level.chains.give(coarse.f, self.parent_cells[number], level.pushes.restrict, ONE)
        self._solve(number + 1)
        self._run(level, transfer.add_from_coarse, level.other, level.s, coarse.u, coarse.inverse_s, NEAR, FAR)

    def _solve(self, number: int) -> None:
        level = self.levels[number]
        if number == len(self.levels) - 1:
            level.u[INSIDE] = (self.coarsest @ level.f[INSIDE].ravel()).reshape(level.grid.shape)
            return
        self._first_sweeps(number)
        self._correct(number)
        self._last_sweeps(number)

    def cycle(self, f: NDArray[Any], out: NDArray[Any]) -> None:
        """out = about the solution u of B u = f, one V-cycle from 0; ghosts of `out` must be 0.

        Arrays of single precision are worked on as they are, others by way of copies.
        """
        finest = self.levels[0]
        fits = finest.grid.shape == self.grid.shape and f.dtype == finest.s.dtype == out.dtype
        if fits:
            finest.f, finest.u = f, out
        else:
            finest.f, finest.u = (finest.grid.zeros(finest.s.dtype) for _ in range(2))
            finest.f[self._own] = f
        self._solve(0)
        if not fits:
            out[:] = finest.u[self._own]
        finest.f = finest.u = np.zeros((0, 0, 0), dtype=SINGLE)
