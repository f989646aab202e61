"""The cycle of `multigrid` on a device: the same grids, weights and order of steps, every array kept there.

Only the coarsest grid's matrix is written out and inverted on the host, once for each state; its product with a
right-hand side is the device's.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from anagen.oxygen import chains as blood
from anagen.oxygen import gpu_cells as cells
from anagen.oxygen import gpu_transfer as transfer
from anagen.oxygen.chains import Linear, Mixing
from anagen.oxygen.coarsest import inverse_of
from anagen.oxygen.gpu_device import Device, Flat, zeros
from anagen.oxygen.gpu_vessels import Elements, March, Web
from anagen.oxygen.grid import Grid
from anagen.oxygen.multigrid import EIGHTH, FAR, HALF, NEAR, ONE, SINGLE, WEIGHTS

RUN = 64
"""Columns of the coarsest grid's inverse that one thread goes through."""


class Level:
    """One grid of the cycle, as `multigrid.Level`."""

    def __init__(self, device: Device, grid: Grid, s: Any, finest: bool) -> None:
        self.grid, self.flat, self.s = grid, Flat.of(grid), s
        self.e, self.inverse, self.other = (zeros(device, self.flat.size, SINGLE) for _ in range(3))
        self.inverse_s = self.u = self.f = None
        self.march: March | None = None
        if not finest:
            self.inverse_s, self.u, self.f = (zeros(device, self.flat.size, SINGLE) for _ in range(3))
            device.over_cells(cells.reciprocal, self.flat, self.inverse_s, s, ONE)


class Multigrid:
    """The cycle over the grids of a ladder; `s` as in `stencil`, `web` None where there are no vessels."""

    def __init__(
        self, device: Device, grid: Grid, s: Any, web: Web | None, elements: list[Elements], mixing: Mixing
    ) -> None:
        self.device, self.elements, self.mixing, self.own = device, elements, mixing, Flat.of(grid)
        grids = grid.ladder()
        self.finest = Flat.of(grids[0])
        root = zeros(device, self.finest.size, SINGLE)
        self._bring(root, s)
        self.levels = [Level(device, grids[0], root, True)]
        for coarse in grids[1:]:
            root = zeros(device, Flat.of(coarse).size, SINGLE)
            self._halve(self.levels[-1], Flat.of(coarse), transfer.coarsen_root, root, self.levels[-1].s, HALF)
            self.levels.append(Level(device, coarse, root, False))
        if web is not None:
            for level, own in zip(self.levels, elements, strict=True):
                level.march = March(device, web, own, SINGLE)
        last = grids[-1]
        self.place = device.send(last.flat(np.argwhere(np.ones(last.shape, dtype=bool))))
        self.runs = -(-last.cells // RUN)
        self.coarsest = device.empty(last.cells * last.cells, SINGLE)
        self.partial = device.empty(self.runs * last.cells, SINGLE)
        self.fits = grids[0].shape == grid.shape
        self.room = [] if self.fits else [zeros(device, self.levels[0].flat.size, SINGLE) for _ in range(2)]

    def _bring(self, out: Any, array: Any) -> None:
        """Copy from an array of the grid's own to one of the finest level, which may be longer."""
        part = self.finest.part(self.own.shape)
        self.device.over_cells(cells.copy, part, out, array, self.own.row, self.own.slab)

    def _halve(self, finer: Level, coarse: Flat, body: Any, *arguments: Any) -> None:
        """Over the cells of the next coarser grid that hold some of the finer one's."""
        nx, ny, nz = finer.grid.shape
        part = coarse.part((nx // 2, ny // 2, nz // 2))
        self.device.over_cells(body, part, *arguments, finer.flat.row, finer.flat.slab)

    def set_up(self, uptake: Any) -> None:
        """Take the tissue's uptake D (1/s/mmHg, with ghosts) and the state of the finest grid's elements."""
        self._bring(self.levels[0].e, uptake)
        for finer, level in pairwise(self.levels):
            self._halve(finer, level.flat, transfer.coarsen_mean, level.e, finer.e, EIGHTH)
        for number, level in enumerate(self.levels):
            if level.march is not None:
                if number > 0:
                    self.elements[number - 1].join_into(self.elements[number])
                self.elements[number].add_uptake(level.e)
                level.march.take(level.s)
            self.device.over_cells(cells.diagonal, level.flat, level.e, level.s, level.e)
            self.device.over_cells(cells.reciprocal, level.flat, level.inverse, level.e, ONE)
        for level, coarse in pairwise(self.levels):
            if level.march is not None:
                level.march.weigh(level.inverse, level.s, coarse.inverse_s, EIGHTH)
        self._invert()

    def _invert(self) -> None:
        """The coarsest grid's inverse, by the host."""
        last, own = self.levels[-1], self.elements[-1] if self.elements else None
        s, e = (self.device.fetch(one).reshape(last.grid.padded) for one in (last.s, last.e))
        chains = None
        if own is not None:
            alpha, beta, flow = (self.device.fetch(one) for one in (own.alpha, own.beta, own.flow))
            chains = blood.chains_of(own.layout, Linear(self.mixing, flow, alpha, beta), s, SINGLE)
        inverse = inverse_of(last.grid, e, chains).astype(SINGLE)
        self.device.write(self.coarsest, np.ascontiguousarray(inverse.T).ravel())

    def _first_sweeps(self, number: int) -> None:
        level = self.levels[number]
        parts = (level.u, level.f, level.inverse, *WEIGHTS)
        self.device.over_cells(cells.sweep_twice_from_zero, level.flat, *parts)
        if level.march is not None:
            level.march.run_first(level.f, level.inverse, WEIGHTS[0])
            level.march.give(level.u, self.elements[number].onto, level.march.smooth, WEIGHTS[1])

    def _sweep(self, number: int, weight: Any) -> None:
        level = self.levels[number]
        self.device.over_cells(cells.sweep, level.flat, level.other, level.u, level.f, level.inverse, weight)
        if level.march is not None:
            level.march.run(level.u)
            level.march.give(level.other, self.elements[number].onto, level.march.smooth, weight)
        level.u, level.other = level.other, level.u

    def _correct(self, number: int) -> None:
        level, coarse = self.levels[number], self.levels[number + 1]
        parts = (coarse.f, level.u, level.f, level.e, level.s, coarse.inverse_s, EIGHTH)
        self._halve(level, coarse.flat, transfer.restrict_residual, *parts)
        if level.march is not None and (onto := self.elements[number].up) is not None:
            level.march.run(level.u)
            level.march.give(coarse.f, onto, level.march.up, ONE)
        self._solve(number + 1)
        nx, ny, nz = (np.uint64(side // 2) for side in level.grid.shape)
        parts = (level.u, level.s, coarse.u, coarse.inverse_s, NEAR, FAR, nx, ny, nz)
        self.device.over_cells(transfer.add_from_coarse, level.flat, *parts, coarse.flat.row, coarse.flat.slab)

    def _solve(self, number: int) -> None:
        if number == len(self.levels) - 1:
            self._solve_coarsest(self.levels[number])
            return
        self._first_sweeps(number)
        self._correct(number)
        for weight in WEIGHTS:
            self._sweep(number, weight)

    def _solve_coarsest(self, level: Level) -> None:
        count, runs = np.uint64(level.grid.cells), np.uint64(self.runs)
        parts = (self.partial, self.coarsest, level.f, self.place, count, np.uint64(RUN))
        self.device.over_items(transfer.coarsest_product, level.grid.cells * self.runs, *parts)
        self.device.over_items(
            transfer.coarsest_sum, level.grid.cells, level.u, self.partial, self.place, count, runs
        )  # fmt: skip

    def cycle(self, f: Any, out: Any) -> None:
        """out = about the solution u of B u = f, one V-cycle from 0; ghosts of `out` must be 0.

        Where the finest level is as long as the grid, f and out are worked on as they are, else by way of copies.
        """
        finest = self.levels[0]
        if self.fits:
            finest.f, finest.u = f, out
            self._solve(0)
            return
        self._bring(self.room[0], f)
        finest.f, finest.u = self.room
        self._solve(0)
        parts = (out, finest.u, finest.flat.row, finest.flat.slab)
        self.device.over_cells(cells.copy, self.own, *parts)
