"""Vessels as chains of elements, linear around a state: what the blood does to a small change of the tissue's pO2.

An element e is the piece of a vessel in one cell. With c the change of the blood's oxygen content and x that of the
cell's pO2, it takes c_in from upstream and hands on

    c_out = alpha c_in + beta x        and gives the cell        Q (c_in - c_out).

On the finest grid alpha = Q/(Q + g) and beta = l G/(Q + g), g = l G/C'(P_b), which is the implicit upwind balance
Q (c_in - c_out) = l G (P_b - x). Elements of one vessel that share a cell of a coarser grid join into one of the same
form: alpha is the product of theirs, beta what follows when x is the same for all. So a coarse grid knows the blood as
the fine one does, up to x being uniform in its cells: where flow is low, the blood follows the tissue on every grid.

Vessels stand in order of flow: each takes the mix of what ends where it starts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anagen.oxygen.compiled import Team, kernel
from anagen.oxygen.grid import Floats, Grid, Whole
from anagen.oxygen.vessel_groups import LEAST_ELEMENTS, Groups, Mixing, Small, small

__all__ = ["Cells", "Chains", "Layout", "Linear", "Mixing", "chains_of", "joined", "layouts", "local_uptake"]


@dataclass(frozen=True)
class Layout:
    """Where the elements of all vessels lie on one grid.

    Attributes
    ----------
    grid : the grid.
    start : vessel v has the elements start[v] to start[v + 1], in order of flow.
    cell : place of each element's cell in a raveled array with ghosts.
    into : the element of the next coarser layout it joins, or an empty array on the coarsest.
    """

    grid: Grid
    start: Whole
    cell: Whole
    into: Whole


def layouts(grids: list[Grid], start: Whole, index: Whole) -> list[Layout]:
    """The layouts on a grid and its coarser ones, given in this order, of pieces with the cells `index`."""
    found: list[Layout] = []
    vessel = np.repeat(np.arange(start.size - 1), np.diff(start))
    none = np.zeros(0, dtype=np.int64)
    for number, level in enumerate(grids):
        if number == len(grids) - 1:
            found.append(Layout(level, start, level.flat(index), none))
            break
        coarse = index // 2
        fresh = np.ones(index.shape[0], dtype=bool)
        fresh[1:] = (vessel[1:] != vessel[:-1]) | (coarse[1:] != coarse[:-1]).any(axis=1)
        into = np.cumsum(fresh) - 1
        found.append(Layout(level, start, level.flat(index), into))
        start = np.append(into, fresh.sum())[start]
        vessel, index = vessel[fresh], coarse[fresh]
    return found


@kernel
def join(alpha: Any, beta: Any, into: Any, coarse_alpha: Any, coarse_beta: Any) -> None:
    """Alpha and beta of joined elements, in order of flow."""
    coarse_alpha[:] = 1
    coarse_beta[:] = 0
    for e in range(alpha.size):
        coarse_alpha[into[e]] *= alpha[e]
        coarse_beta[into[e]] = alpha[e] * coarse_beta[into[e]] + beta[e]


@kernel
def march(
    carried: Any, u: Any, cell: Any, alpha: Any, beta: Any, start: Any, mix_start: Any, mix_source: Any, mix_share: Any,
    outlet: Any, order: Any, first: int, past: int,
) -> None:  # fmt: skip
    """Run down the vessels order[first:past]; carried[e] = c_in of every element."""
    for n in range(first, past):
        v = order[n]
        c = alpha[0] - alpha[0]
        for m in range(mix_start[v], mix_start[v + 1]):
            c += mix_share[m] * outlet[mix_source[m]]
        for e in range(start[v], start[v + 1]):
            carried[e] = c
            c = alpha[e] * c + beta[e] * u[cell[e]]
        outlet[v] = c


@kernel
def march_first(
    carried: Any, f: Any, inverse: Any, weight: Any, cell: Any, alpha: Any, beta: Any, start: Any, mix_start: Any,
    mix_source: Any, mix_share: Any, outlet: Any, order: Any, first: int, past: int,
) -> None:  # fmt: skip
    """As `march`, with u the first Jacobi step from 0: weight f inverse."""
    for n in range(first, past):
        v = order[n]
        c = alpha[0] - alpha[0]
        for m in range(mix_start[v], mix_start[v + 1]):
            c += mix_share[m] * outlet[mix_source[m]]
        for e in range(start[v], start[v + 1]):
            carried[e] = c
            c = alpha[e] * c + beta[e] * (weight * f[cell[e]] * inverse[cell[e]])
        outlet[v] = c


@kernel
def give(
    out: Any, cell: Any, begin: Any, element: Any, push: Any, carried: Any, scale: Any, first: int, past: int
) -> None:
    """To out[cell[n]] is added scale push c_in of its elements, element[begin[n]:begin[n + 1]], in their order.

    `push` stands in the order of `element`.
    """
    for n in range(first, past):
        total = out[cell[n]]
        for m in range(begin[n], begin[n + 1]):
            total += scale * push[m] * carried[element[m]]
        out[cell[n]] = total


@kernel
def gather(out: Any, begin: Any, element: Any, push: Any, carried: Any, scale: Any, first: int, past: int) -> None:
    """out[n] = scale push c_in of its elements, as `give` adds them to a cell."""
    for n in range(first, past):
        total = scale - scale
        for m in range(begin[n], begin[n + 1]):
            total += scale * push[m] * carried[element[m]]
        out[n] = total


@dataclass(frozen=True)
class Cells:
    """The cells that elements give to: cell n takes from element[begin[n]:begin[n + 1]], in order of flow.

    `place[e]` is the n of the cell that element e gives to.
    """

    cell: Small
    begin: Small
    element: Small
    place: Small

    @staticmethod
    def of(target: NDArray[Any]) -> Cells:
        """From the cell each element gives to."""
        element = np.argsort(target, kind="stable")
        behind = target[element]
        new = np.append(True, behind[1:] != behind[:-1])[: behind.size]
        fresh, place = np.flatnonzero(new), np.empty(target.size, dtype=np.int64)
        place[element] = np.cumsum(new) - 1
        return Cells(small(behind[fresh]), small(np.append(fresh, target.size)), small(element), small(place))


@dataclass(frozen=True)
class Chains:
    """The chains on one grid, in the scaled unknown u = s P of `stencil`.

    Attributes
    ----------
    alpha, beta : as in the module's text; beta for a change of u.
    push : what the element gives its cell for each c_in, in units of the scaled right-hand side.
    groups, team : vessels that may be marched at once, and who does it.
    carried, outlet : room for c_in of every element, and for what leaves every vessel.
    """

    layout: Layout
    mixing: Mixing
    groups: Groups
    team: Team
    alpha: NDArray[Any]
    beta: NDArray[Any]
    push: NDArray[Any]
    carried: NDArray[Any]
    outlet: NDArray[Any]

    def _run(self, function: Any, *given: Any, cell: Small | None = None) -> None:
        mixing, layout = self.mixing, self.layout
        parts = (
            layout.cell if cell is None else cell,
            self.alpha,
            self.beta,
            layout.start,
            mixing.start,
            mixing.source,
            mixing.share,
        )
        edges = self.groups.edges(self.alpha.size)
        self.team.share(function, (self.carried, *given, *parts, self.outlet, self.groups.order), edges)

    def march(self, u: NDArray[Any]) -> None:
        """Find what blood a change u of the tissue brings to every element."""
        if self.alpha.size:
            self._run(march, u.reshape(-1))

    def march_first(self, f: NDArray[Any], inverse: NDArray[Any], weight: Any) -> None:
        """As `march`, with u the first Jacobi step from 0."""
        if self.alpha.size:
            self._run(march_first, f.reshape(-1), inverse.reshape(-1), weight)

    def march_at(self, values: NDArray[Any], cells: Cells) -> None:
        """As `march`, with u given at `cells` alone, in their order."""
        if self.alpha.size:
            self._run(march, values, cell=cells.place)

    def give(self, out: NDArray[Any], cells: Cells, push: NDArray[Any], scale: Any) -> None:
        """After a march, add to `out` what the blood gives; `push` in the order of `cells.element`."""
        arguments = (out.reshape(-1), cells.cell, cells.begin, cells.element, push, self.carried, scale)
        self.team.share(give, arguments, self._edges(cells))

    def gather(self, out: NDArray[Any], cells: Cells, push: NDArray[Any], scale: Any) -> None:
        """After a march, write to `out`, in the order of `cells`, what the blood gives."""
        arguments = (out, cells.begin, cells.element, push, self.carried, scale)
        self.team.share(gather, arguments, self._edges(cells))

    def _edges(self, cells: Cells) -> list[int]:
        count = cells.cell.size
        blocks = max(1, min(self.team.count, self.alpha.size // LEAST_ELEMENTS))
        return [count * block // blocks for block in range(blocks + 1)]


@dataclass(frozen=True)
class Linear:
    """All vessels around a state: for each element alpha, beta (for a change of P) and the flow Q (um3/s)."""

    mixing: Mixing
    flow: Floats
    alpha: Floats
    beta: Floats


def local_uptake(layout: Layout, linear: Linear) -> tuple[Whole, Floats]:
    """The cells of the elements, and what each takes back from its cell for each mmHg (1/s/mmHg)."""
    return layout.cell, linear.flow * linear.beta / layout.grid.cell_volume


def joined(layout: Layout, linear: Linear, coarser: Layout) -> Linear:
    """The same vessels with the elements of the coarser layout."""
    count = coarser.cell.size
    alpha, beta = np.ones(count), np.zeros(count)
    join(linear.alpha, linear.beta, layout.into, alpha, beta)
    flow = np.zeros(count)
    flow[layout.into] = linear.flow
    return Linear(linear.mixing, flow, alpha, beta)


def chains_of(
    layout: Layout, linear: Linear, s: NDArray[Any], kind: Any, groups: Groups | None = None, team: Team | None = None
) -> Chains:
    """The chains in scaled unknowns, in the precision wanted; s as in `stencil`."""
    root = s.reshape(-1)[layout.cell].astype(np.float64)
    given = linear.flow * (1 - linear.alpha) / layout.grid.cell_volume
    mixing = linear.mixing
    return Chains(
        layout,
        Mixing(mixing.start, mixing.source, mixing.share.astype(kind)),
        groups or Groups.of(mixing, layout.start),
        team or Team(),
        linear.alpha.astype(kind),
        (linear.beta / root).astype(kind),
        (given / root).astype(kind),
        np.zeros(layout.cell.size, dtype=kind),
        np.zeros(layout.start.size - 1, dtype=kind),
    )
