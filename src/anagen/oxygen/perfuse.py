"""How blood divides in a network: conductances in the fourth power of the radius, pressure balanced at every node.

    flow from a to b = g (p_a - p_b),     g = scale x radius^4 / length;     sum of flows at an inner node = 0

Arterioles, which stand outside the block and give no oxygen there, feed each inlet through a conductance of their own:
they hold a set share of the whole resistance in health. Each unit's scale is set so that in health blood enters at one
speed, in the mean over its inlets, and the sum is the nutritive flow of the block.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from anagen.oxygen.chains import Mixing
from anagen.oxygen.damage import Damage, thinned
from anagen.oxygen.grid import Floats, Whole
from anagen.oxygen.network import INLET, OUTLET, Network, NetworkError

POWER = 4
"""Of the radius, after Poiseuille."""
STILL = 1e-9
"""A piece with less than this share of the largest flow carries none."""


@dataclass(frozen=True)
class Supply:
    """What feeds a network, set in health.

    Attributes
    ----------
    scale : of each unit's conductances, for a flow of 1 in all.
    arteriole : conductance to each node from outside; 0 but at inlets.
    flow : in all (um3/s).
    """

    scale: Floats
    arteriole: Floats
    flow: float


@dataclass(frozen=True)
class Flows:
    """Pieces that carry blood, in order of flow.

    Attributes
    ----------
    piece : which of the network's.
    start, end : their nodes, in the direction of flow.
    flow : um3/s.
    mixing : which of them feed which.
    """

    piece: Whole
    start: Whole
    end: Whole
    flow: Floats
    mixing: Mixing


def supply_of(network: Network, flow: float, arteriole_share: float) -> Supply:
    """Set the scale of each unit and the arterioles of a healthy network so that `flow` (um3/s) passes it."""
    units = int(network.unit.max(initial=-1)) + 1
    plain = network.radius**POWER / network.length
    wide_open = np.where(network.role == INLET, np.inf, 0.0)
    inflow = _inflow(network, plain, _pressures(network, plain, wide_open))
    arteriole = np.where(network.role == INLET, inflow * (1 - arteriole_share) / arteriole_share, 0.0)
    area = np.zeros(network.role.size)
    for side in (0, 1):
        np.maximum.at(area, network.ends[:, side], network.radius**2)
    fed = (network.role == INLET) & (inflow > 0)
    if not fed.any():
        raise NetworkError("no blood can pass this network: it needs an inlet that is joined to an outlet")
    wanted = np.bincount(network.unit, weights=area * fed, minlength=units) / area[fed].sum()
    given = np.bincount(network.unit, weights=inflow * fed, minlength=units) * (1 - arteriole_share)
    scale = np.divide(wanted, given, out=np.zeros(units), where=given > 0)
    return Supply(scale, arteriole * scale[network.unit], flow)


def flows_of(network: Network, supply: Supply, damage: Damage) -> tuple[Network, Flows]:
    """The damaged network, and how blood divides in it."""
    left = thinned(network, damage)
    conductance = supply.scale[left.unit[left.ends[:, 0]]] * left.radius**POWER / left.length
    arteriole = supply.arteriole * damage.arteriole_radius**POWER
    pressure = _pressures(left, conductance, arteriole)
    drop = pressure[left.ends[:, 0]] - pressure[left.ends[:, 1]]
    outside = arteriole * (1 - pressure)
    whole = supply.flow / outside.sum() if damage.keep_flow and outside.sum() > 0 else supply.flow
    return left, _in_order(left, conductance * drop * whole, pressure, outside * whole)


def _in_order(network: Network, flow: Floats, pressure: Floats, outside: Floats) -> Flows:
    """Turn pieces the way blood runs, drop the still ones, and put feeders before what they feed."""
    start = np.where(flow > 0, network.ends[:, 0], network.ends[:, 1])
    end = np.where(flow > 0, network.ends[:, 1], network.ends[:, 0])
    moving = np.flatnonzero(np.abs(flow) > STILL * np.abs(flow).max(initial=0))
    piece = moving[np.argsort(-pressure[start[moving]], kind="stable")]
    start, end, amount = start[piece], end[piece], np.abs(flow[piece])
    inflow = outside + np.bincount(end, weights=amount, minlength=outside.size)
    by_end = np.argsort(end, kind="stable")
    first, past = np.searchsorted(end[by_end], start, "left"), np.searchsorted(end[by_end], start, "right")
    count = past - first
    begin = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
    source = by_end[np.arange(begin[-1]) - np.repeat(begin[:-1] - first, count)]
    share = amount[source] / inflow[np.repeat(start, count)]
    return Flows(piece, start, end, amount, Mixing(begin, source, share))


def _inflow(network: Network, conductance: Floats, pressure: Floats) -> Floats:
    """What leaves each node into pieces, less what comes."""
    flow = conductance * (pressure[network.ends[:, 0]] - pressure[network.ends[:, 1]])
    net = np.zeros(pressure.size)
    for side, sign in ((0, 1), (1, -1)):
        np.add.at(net, network.ends[:, side], sign * flow)
    return net


def _pressures(network: Network, conductance: Floats, arteriole: Floats) -> Floats:
    """Of every node: 0 at outlets, 1 before the arterioles; an infinite arteriole holds its inlet at 1."""
    from scipy.sparse import coo_matrix, csr_matrix, diags
    from scipy.sparse.csgraph import connected_components
    from scipy.sparse.linalg import spsolve

    size = network.role.size
    a, b = network.ends.T
    held = network.role == OUTLET
    open_wide = np.isinf(arteriole)
    passes = conductance > 0  # a unit that nothing feeds has none
    joined = coo_matrix((np.ones(int(passes.sum())), (a[passes], b[passes])), shape=(size, size))
    _, part = connected_components(joined, directed=False)
    drains = np.bincount(part, weights=held)[part] > 0  # what no outlet drains stands still, at full pressure
    pressure = np.where(open_wide | ~drains, 1.0, 0.0)
    free = drains & ~held & ~open_wide
    rows, columns = np.concatenate([a, b, a, b]), np.concatenate([a, b, b, a])
    entries = np.concatenate([conductance, conductance, -conductance, -conductance])
    matrix = csr_matrix((entries, (rows, columns)), shape=(size, size))
    fed = np.where(open_wide, 0.0, arteriole)
    right = fed - matrix @ pressure
    if free.any():
        own = matrix[free][:, free] + diags(fed[free])
        pressure[free] = spsolve(own.tocsc(), right[free])
    return pressure
