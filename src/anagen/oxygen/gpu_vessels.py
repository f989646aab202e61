"""Where the vessels lie, in arrays of a device: their elements grid by grid, and who gives to which cell."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from anagen.oxygen import gpu_chains as body
from anagen.oxygen.chains import Layout, Mixing
from anagen.oxygen.gpu_device import Device
from anagen.oxygen.grid import Whole


@dataclass(frozen=True)
class Gathered:
    """For each cell that is given something, the elements that give: those of piece[first[n]:first[n + 1]]."""

    count: int
    cells: Any
    first: Any
    piece: Any

    @staticmethod
    def of(device: Device, target: Whole) -> Gathered:
        """From the cell each element gives to; elements of a cell stay in their order."""
        order = np.argsort(target, kind="stable")
        cells, first = np.unique(target[order], return_index=True)
        sent = (device.send(one.astype(np.int64)) for one in (cells, np.append(first, target.size), order))
        return Gathered(cells.size, *sent)

    @property
    def arrays(self) -> tuple[Any, Any, Any]:
        """For a body."""
        return self.cells, self.first, self.piece


def turns_of(mixing: Mixing) -> tuple[Whole, Whole]:
    """Vessels in an order in which each comes in a later turn than all that feed it, and where each turn begins."""
    count = mixing.start.size - 1
    fed = np.repeat(np.arange(count), np.diff(mixing.start))
    turn = np.zeros(count, dtype=np.int64)
    while True:
        later = turn.copy()
        np.maximum.at(later, fed, turn[mixing.source] + 1)
        if np.array_equal(later, turn):
            break
        turn = later
    return np.argsort(turn, kind="stable"), np.append(0, np.cumsum(np.bincount(turn)))


class Web:
    """Which vessels feed which, the same on every grid."""

    def __init__(self, device: Device, mixing: Mixing) -> None:
        order, first = turns_of(mixing)
        self.count, self.turn_starts = order.size, first
        self.order, self.first = device.send(order), device.send(first)
        self.start, self.source = device.send(mixing.start), device.send(mixing.source)
        self.share, self.share_single = device.send(mixing.share), device.send(mixing.share.astype(np.float32))

    def mixing(self, kind: Any) -> tuple[Any, Any, Any]:
        """Start, source and share of each inflow, for a body."""
        return self.start, self.source, self.share if kind is np.float64 else self.share_single


class Elements:
    """The elements of all vessels on one grid: alpha, beta and flow as in `chains`, in double precision."""

    def __init__(self, device: Device, layout: Layout, parents: Whole | None) -> None:
        self.device, self.layout, self.count = device, layout, layout.cell.size
        self.volume = np.float64(layout.grid.cell_volume)
        self.start, self.cell = device.send(layout.start), device.send(layout.cell)
        self.vessel = device.send(np.repeat(np.arange(layout.start.size - 1), np.diff(layout.start)))
        self.onto = Gathered.of(device, layout.cell)
        self.parent = self.up = self.run = None
        if parents is not None:
            self.parent, self.up = device.send(parents), Gathered.of(device, parents)
            fresh = np.flatnonzero(np.diff(layout.into, prepend=-1))
            self.run = device.send(np.append(fresh, layout.into.size))
        self.alpha, self.beta, self.flow = (device.empty(self.count, np.float64) for _ in range(3))

    def join_into(self, coarser: Elements) -> None:
        """Write alpha, beta and flow of the coarser grid's elements."""
        parts = (self.alpha, self.beta, self.flow, coarser.alpha, coarser.beta, coarser.flow)
        self.device.over_items(body.join, coarser.count, self.run, *parts)

    def share_state(self, other: Elements) -> None:
        """Use the alpha, beta and flow of the same elements on a grid that is longer or shorter."""
        self.alpha, self.beta, self.flow = other.alpha, other.beta, other.flow

    def add_uptake(self, out: Any) -> None:
        """Add to an uptake what the elements take back from their own cells."""
        self.device.over_items(
            body.take_back, self.onto.count, *self.onto.arrays, self.flow, self.beta, self.volume, out
        )

    def add_to_diagonal(self, s: Any, e: Any) -> None:
        """Add the same to a diagonal E."""
        parts = (self.flow, self.beta, self.volume, s, e)
        self.device.over_items(body.take_back_scaled, self.onto.count, *self.onto.arrays, *parts)


def all_elements(device: Device, layouts: list[Layout]) -> list[Elements]:
    """On every grid, each told where the cells of the next coarser one lie."""
    parents = [coarse.cell[fine.into] for fine, coarse in pairwise(layouts)]
    return [Elements(device, one, up) for one, up in zip(layouts, [*parents, None], strict=True)]


class March:
    """The march down all vessels on one grid, in one precision, in the scaled unknown u = s P."""

    def __init__(self, device: Device, web: Web, elements: Elements, kind: Any) -> None:
        self.device, self.web, self.elements, self.kind = device, web, elements, kind
        self.alpha, self.beta, self.push, self.reach, self.local, self.smooth, self.up = (
            device.empty(elements.count, kind) for _ in range(len("abprlsu"))
        )
        self.through, self.gain, self.inflow, self.outlet = (device.empty(web.count, kind) for _ in range(4))

    def take(self, s: Any) -> None:
        """The state the elements are at."""
        own = self.elements
        parts = (own.alpha, own.beta, own.flow, own.cell, s, own.volume)
        self.device.over_items(body.scale, own.count, *parts, self.alpha, self.beta, self.push)
        self.device.over_items(body.reach_of, self.web.count, own.start, own.alpha, self.reach, self.through)

    def weigh(self, inverse: Any, s: Any, coarse_inverse_s: Any, eighth: Any) -> None:
        """What a push is for a Jacobi step, and for the coarser grid's right-hand side."""
        own = self.elements
        self.device.over_items(body.weigh, own.count, self.push, own.cell, inverse, self.smooth)
        parts = (self.push, own.cell, s, own.parent, coarse_inverse_s, eighth, self.up)
        self.device.over_items(body.weigh_up, own.count, *parts)

    def run(self, u: Any) -> None:
        """Find what blood a change u of the tissue brings to every element."""
        own = self.elements
        parts = (own.start, own.cell, self.alpha, self.beta, u, self.local, self.gain)
        self.device.over_items(body.run_down, self.web.count, *parts)
        self._mix()

    def run_first(self, f: Any, inverse: Any, weight: Any) -> None:
        """The same, with u the first Jacobi step from 0: weight f inverse."""
        own = self.elements
        parts = (own.start, own.cell, self.alpha, self.beta, f, inverse, weight, self.local, self.gain)
        self.device.over_items(body.run_down_first, self.web.count, *parts)
        self._mix()

    def _mix(self) -> None:
        web = self.web
        mixing = (web.order, self.through, self.gain, *web.mixing(self.kind), self.inflow, self.outlet)
        self.device.in_turns(body.mix, web.first, web.turn_starts.size - 1, *mixing)

    def give(self, out: Any, onto: Gathered, push: Any, times: Any) -> None:
        """After a run, add to `out` what the blood gives."""
        given = (self.elements.vessel, self.local, self.reach, self.inflow, push, out, self.kind(times))
        self.device.over_items(body.give, onto.count, *onto.arrays, *given)
