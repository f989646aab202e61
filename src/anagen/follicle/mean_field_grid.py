"""Flows of follicles over an even grid of times: how many do something at each node, and what a phase makes of that."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from anagen.follicle.mean_field_law import TabledLaw

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True)
class Grid:
    """Even times from 0 on.

    Attributes
    ----------
    step : months between nodes. nodes : how many.
    """

    step: float
    nodes: int

    @property
    def times(self) -> Floats:
        """Of the nodes, and of as many beyond the last, where clocks are read too."""
        return np.linspace(0, (2 * self.nodes + 1) * self.step, 2 * self.nodes + 2)

    def levels(self, start: Floats | float, gained: Floats, lost: Floats) -> Floats:
        """What stands at each node: all that flowed before it, and half of what flows at it, which spans both sides."""
        change = gained - lost
        level = start + np.cumsum(change, axis=0) - change / 2
        level[0] = start
        return level

    def place(self, time: Floats, mass: Floats) -> Floats:
        """Masses at any times, shape (times, kinds), shared between the nodes beside them; later ones are dropped."""
        below = np.minimum((time / self.step).astype(np.int64), self.nodes)
        share = (time / self.step - below)[:, np.newaxis]
        flow = np.zeros((self.nodes + 2, mass.shape[1]))
        np.add.at(flow, below, mass * (1 - share))
        np.add.at(flow, below + 1, mass * share)
        return flow[: self.nodes]


def nodes_of(run: Floats) -> int:
    """How many nodes the grid has at whose `times` a clock was read."""
    return run.size // 2 - 1


def width_of(run: Floats, rows: Indices, reach: Floats | float) -> int:
    """How many nodes to look at from each of the nodes `rows` on, until a phase that begins there has ended."""
    last = np.searchsorted(run, run[rows] + reach)
    return int(min((last - rows).max() + 2, nodes_of(run) + 2))


def runs_from(run: Floats, rows: Indices, width: int) -> Floats:
    """What a clock has run since each of the nodes `rows`, at `width` nodes from there on."""
    return run[rows[:, np.newaxis] + np.arange(width)] - run[rows][:, np.newaxis]


def carry(weights: Floats, rows: Indices, flow: Floats, nodes: int) -> Floats:
    """Flows at the nodes `rows`, shape (rows, kinds), carried on by weights; shape (nodes, kinds)."""
    return (_matrix(weights, rows, 2 * nodes + 2).T @ flow)[:nodes]


def phase_matrix(law: TabledLaw, run: Floats, mean: float) -> csr_array:
    """What a phase of this law and clock makes of a flow into it: out = matrix @ in."""
    rows = np.arange(nodes_of(run))
    weights = law.weights(runs_from(run, rows, width_of(run, rows, mean * law.reach)), mean)
    return csr_array(_matrix(weights, rows, run.size).T)[: rows.size]


def first_out_of(law: TabledLaw, run: Floats, mean: float) -> Floats:
    """The flow out of a phase that everyone is in, looked in on, at month 0."""
    return law.residual().weights(run[np.newaxis, : nodes_of(run) + 1], mean)[0]


def _matrix(weights: Floats, rows: Indices, nodes: int) -> csr_array:
    """Weights as a matrix of shape (rows, nodes): each row from its own node on."""
    count, width = weights.shape
    columns = rows[:, np.newaxis] + np.arange(width)
    return csr_array((weights.ravel(), columns.ravel(), np.arange(count + 1) * width), shape=(count, nodes))
