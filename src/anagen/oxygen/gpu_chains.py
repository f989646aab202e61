"""Vessels on a device: what `chains` does from element to element, for one vessel, element or cell.

What a vessel hands on is linear in what it takes, so the march down all of them falls in three: every vessel alone, as
if nothing came in; the few numbers that pass from vessel to vessel, in turns; and what each cell is given, gathered by
the cell, so that no two threads add to one number and the sum has the same bits every run.
"""

from __future__ import annotations

from typing import Any


def tissue_at(e: Any, cell: Any, u: Any, s: Any, po2: Any) -> None:
    """pO2 of the cell an element lies in."""
    po2[e] = u[cell[e]] / s[cell[e]]


def linear_of(e: Any, exchange: Any, slope: Any, flow: Any, alpha: Any, beta: Any) -> None:
    """Alpha and beta of an element of the finest grid, at the state of the last march."""
    through = flow[e] + exchange[e] / slope[e]
    alpha[e] = flow[e] / through
    beta[e] = exchange[e] / through


def join(
    n: Any, run: Any, alpha: Any, beta: Any, flow: Any, coarse_alpha: Any, coarse_beta: Any, coarse_flow: Any
) -> None:  # fmt: skip
    """Alpha, beta and flow of an element of the next coarser grid, from its run of elements."""
    kept, gained = 1.0, 0.0
    for e in range(run[n], run[n + 1]):
        kept *= alpha[e]
        gained = alpha[e] * gained + beta[e]
    coarse_alpha[n], coarse_beta[n], coarse_flow[n] = kept, gained, flow[run[n]]


def reach_of(v: Any, start: Any, alpha: Any, reach: Any, through: Any) -> None:
    """Of what enters a vessel, the part that reaches each element, and the part that leaves."""
    kept = 1.0
    for e in range(start[v], start[v + 1]):
        reach[e] = kept
        kept *= alpha[e]
    through[v] = kept


def scale(
    e: Any, alpha: Any, beta: Any, flow: Any, cell: Any, s: Any, volume: Any, own_alpha: Any, own_beta: Any, push: Any
) -> None:  # fmt: skip
    """As `chains.chains_of`: alpha, beta and push in the scaled unknown and the precision of what they are put in."""
    root = s[cell[e]]
    own_alpha[e] = alpha[e]
    own_beta[e] = beta[e] / root
    push[e] = flow[e] * (1 - alpha[e]) / volume / root


def weigh(e: Any, push: Any, cell: Any, inverse: Any, smooth: Any) -> None:
    """The push for a Jacobi step."""
    smooth[e] = push[e] * inverse[cell[e]]


def weigh_up(
    e: Any, push: Any, cell: Any, s: Any, parent: Any, coarse_inverse_s: Any, eighth: Any, up: Any
) -> None:  # fmt: skip
    """The push for the coarser grid's right-hand side."""
    up[e] = push[e] * s[cell[e]] * coarse_inverse_s[parent[e]] * eighth


def take_back(n: Any, cells: Any, first: Any, piece: Any, flow: Any, beta: Any, volume: Any, out: Any) -> None:
    """Add to a cell's uptake what its own elements take back for each mmHg."""
    total = 0.0
    for m in range(first[n], first[n + 1]):
        total += flow[piece[m]] * beta[piece[m]] / volume
    out[cells[n]] += total


def take_back_scaled(
    n: Any, cells: Any, first: Any, piece: Any, flow: Any, beta: Any, volume: Any, s: Any, e: Any
) -> None:  # fmt: skip
    """The same, added to the diagonal E."""
    root, total = s[cells[n]], 0.0
    for m in range(first[n], first[n + 1]):
        total += flow[piece[m]] * beta[piece[m]] / volume / (root * root)
    e[cells[n]] += total


def run_down(v: Any, start: Any, cell: Any, alpha: Any, beta: Any, u: Any, local: Any, gain: Any) -> None:
    """A vessel into which no change comes: the change at each of its elements, and where it ends."""
    c = alpha[0] - alpha[0]
    for e in range(start[v], start[v + 1]):
        local[e] = c
        c = alpha[e] * c + beta[e] * u[cell[e]]
    gain[v] = c


def run_down_first(
    v: Any, start: Any, cell: Any, alpha: Any, beta: Any, f: Any, inverse: Any, weight: Any, local: Any, gain: Any
) -> None:  # fmt: skip
    """The same, with u the first Jacobi step from 0: weight f inverse."""
    c = alpha[0] - alpha[0]
    for e in range(start[v], start[v + 1]):
        local[e] = c
        c = alpha[e] * c + beta[e] * (weight * f[cell[e]] * inverse[cell[e]])
    gain[v] = c


def mix(
    n: Any, order: Any, through: Any, gain: Any, mix_start: Any, mix_source: Any, mix_share: Any, inflow: Any,
    outlet: Any,
) -> None:  # fmt: skip
    """What comes into a vessel from those before it, and what it hands on."""
    v = order[n]
    c = gain[v] - gain[v]
    for m in range(mix_start[v], mix_start[v + 1]):
        c += mix_share[m] * outlet[mix_source[m]]
    inflow[v] = c
    outlet[v] = through[v] * c + gain[v]


def give(
    n: Any, cells: Any, first: Any, piece: Any, vessel: Any, local: Any, reach: Any, inflow: Any, push: Any, out: Any,
    times: Any,
) -> None:  # fmt: skip
    """Add to a cell times * push * c_in of all elements that give to it."""
    total = times - times
    for m in range(first[n], first[n + 1]):
        e = piece[m]
        total += push[e] * (local[e] + reach[e] * inflow[vessel[e]])
    out[cells[n]] += times * total


def give_oxygen(n: Any, cells: Any, first: Any, piece: Any, given: Any, s: Any, volume: Any, out: Any) -> None:
    """Add to a cell's scaled right-hand side the oxygen its elements give (um3/s)."""
    total = 0.0
    for m in range(first[n], first[n + 1]):
        total += given[piece[m]]
    out[cells[n]] += total / (volume * s[cells[n]])
