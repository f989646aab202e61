"""Vessels too wide for one line of cells stand in a square of four, each with a quarter of the blood.

A source spread evenly over a square of four cells makes their mean what a line source makes at the distance

    r_e = h exp(2 pi a - gamma) / (2 sqrt(2)) = 0.718 h,     a = (2 + 4/pi)/16,

where a is the mean, over all pairs of the four, of the potential of a unit source on a square lattice (0 at itself, 1/4
beside, 1/pi across the corner: McCrea and Whipple 1940). So a grid may be over three times finer than for one line.
"""

from __future__ import annotations

from math import exp, pi

import numpy as np

from anagen.oxygen.chains import Mixing
from anagen.oxygen.grid import Floats, Grid, Whole
from anagen.oxygen.vessels import LEAST_SHARE, WELL_RADIUS, Vessels, line_resistance

LINES = 4
PAIR_MEAN = (2 + 4 / pi) / 16
BUNDLE_RADIUS = WELL_RADIUS * exp(2 * pi * PAIR_MEAN)
"""r_e over h."""
NARROWEST = 0.82
"""A vessel is wide when r_e of a single line is below this share of its radius, or where a single line is refused."""


def bundled(vessels: Vessels, grid: Grid, permeability: float) -> Vessels:
    """The same vessels, the wide ones as bundles of four lines half a cell off their axis.

    `permeability` is the least of the tissue (um2/s/mmHg): where it is low, single lines are refused on coarser cells.
    """
    along = vessels.inside + vessels.wall
    alone = line_resistance(WELL_RADIUS * grid.spacing, vessels.radius, along, permeability)
    wide = (WELL_RADIUS * grid.spacing < NARROWEST * vessels.radius) | (alone < LEAST_SHARE * along)
    if not wide.any():
        return vessels
    lines = np.where(wide, LINES, 1)
    own = np.repeat(np.arange(vessels.count), lines)
    place = np.arange(own.size) - np.repeat(np.cumsum(lines) - lines, lines)
    along = np.argmax(np.abs(vessels.end - vessels.begin), axis=1)[own]
    offset = np.zeros((own.size, vessels.begin.shape[1]))
    for turn, sign in ((1, place % 2), (2, place // 2)):
        axis = (along + turn) % offset.shape[1]
        offset[np.arange(own.size), axis] = (sign - 1 / 2) * grid.spacing
    offset *= wide[own][:, None]
    return Vessels(
        np.clip(vessels.begin[own] + offset, 0, grid.size),
        np.clip(vessels.end[own] + offset, 0, grid.size),
        vessels.radius[own],
        vessels.flow[own] / lines[own],
        vessels.inside[own],
        vessels.wall[own],
        _mixing(vessels.mixing, lines, own),
        vessels.inlet_po2[own],
        lines[own],
        np.where(wide, BUNDLE_RADIUS, WELL_RADIUS)[own],
        None if vessels.kind is None else vessels.kind[own],
    )


def _mixing(mixing: Mixing, lines: Whole, own: Whole) -> Mixing:
    """Every line is fed by all the lines of what fed its vessel."""
    first_line = np.cumsum(lines) - lines
    start = [0]
    source: list[Whole] = []
    share: list[Floats] = []
    for vessel in own:
        feeding = range(mixing.start[vessel], mixing.start[vessel + 1])
        for m in feeding:
            count = int(lines[mixing.source[m]])
            source.append(int(first_line[mixing.source[m]]) + np.arange(count))
            share.append(np.full(count, mixing.share[m] / count))
        start.append(start[-1] + sum(int(lines[mixing.source[m]]) for m in feeding))
    return Mixing(
        np.array(start, dtype=np.int64),
        np.concatenate([np.zeros(0, dtype=np.int64), *source]),
        np.concatenate([np.zeros(0), *share]),
    )
