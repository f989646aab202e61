"""A network of vessels: nodes, and straight pieces between them; and how its plain text file is written.

A file has one line for each node, each piece and each bulb, in any order of the three; `#` begins a comment. Nodes are
numbered from 0 in their order. `network_reading` reads it.

    node  X Y DEPTH  ROLE UNIT                       um; inlet, outlet or inner; the network it belongs to
    piece FROM TO RADIUS KIND VESSEL RANK            um; plexus, dermal, basket or papilla
    bulb  X Y                                        um; where a follicle stands

Pieces of one VESSEL are lost together; RANK is the share of loss at which it goes: below 1 for a capillary, above 1 for
what feeds capillaries, which goes only when none is left behind it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from anagen.errors import AnagenError
from anagen.files import write_whole
from anagen.oxygen.grid import Floats, Whole

KINDS = ("plexus", "dermal", "basket", "papilla")
ROLES = ("inner", "inlet", "outlet")
PLEXUS, DERMAL, BASKET, PAPILLA = range(len(KINDS))
INNER, INLET, OUTLET = range(len(ROLES))
COORDINATES = 3


def _nowhere() -> Floats:
    return np.zeros((0, 2))


class NetworkError(AnagenError):
    """A network file that cannot be used, with every problem found in it."""


@dataclass(frozen=True)
class Network:
    """Nodes and pieces.

    Attributes
    ----------
    place : of each node: x, y, depth (um).
    role : of each node: INNER, INLET or OUTLET.
    unit : of each node: pieces of different units never touch.
    ends : of each piece: its two nodes.
    radius : of each piece (um).
    kind : of each piece: PLEXUS, DERMAL, BASKET or PAPILLA.
    vessel : of each piece: the vessel it is part of.
    rank : of each piece: the share of loss at which its vessel goes; above 1, never by itself.
    bulbs : where the bulbs stand that it was made for: x, y (um); empty where that is not known.
    """

    place: Floats
    role: Whole
    unit: Whole
    ends: Whole
    radius: Floats
    kind: Whole
    vessel: Whole
    rank: Floats
    bulbs: Floats = field(default_factory=_nowhere)

    @property
    def length(self) -> Floats:
        """Of each piece (um)."""
        return np.linalg.norm(self.place[self.ends[:, 1]] - self.place[self.ends[:, 0]], axis=1)

    def keep(self, kept: NDArray[np.bool_]) -> Network:
        """The same nodes with some of the pieces."""
        parts = {name: getattr(self, name)[kept] for name in ("ends", "radius", "kind", "vessel", "rank")}
        return replace(self, **parts)


def join_networks(networks: list[Network]) -> Network:
    """Several networks that do not touch, as one."""
    nodes = np.cumsum([0] + [one.role.size for one in networks[:-1]])
    units = np.cumsum([0] + [int(one.unit.max(initial=-1)) + 1 for one in networks[:-1]])
    vessels = np.cumsum([0] + [int(one.vessel.max(initial=-1)) + 1 for one in networks[:-1]])
    return Network(
        np.concatenate([one.place for one in networks]),
        np.concatenate([one.role for one in networks]),
        np.concatenate([one.unit + first for one, first in zip(networks, units, strict=True)]),
        np.concatenate([one.ends + first for one, first in zip(networks, nodes, strict=True)]),
        np.concatenate([one.radius for one in networks]),
        np.concatenate([one.kind for one in networks]),
        np.concatenate([one.vessel + first for one, first in zip(networks, vessels, strict=True)]),
        np.concatenate([one.rank for one in networks]),
        np.concatenate([one.bulbs for one in networks]),
    )


def write_network(network: Network, path: Path) -> None:
    """Write the file; reading it gives the same network to the last bit."""
    lines = ["# vessels: node X Y DEPTH ROLE UNIT; piece FROM TO RADIUS KIND VESSEL RANK; bulb X Y (um)"]
    lines += [f"bulb {x!r} {y!r}" for x, y in network.bulbs.tolist()]
    for place, role, unit in zip(network.place.tolist(), network.role, network.unit, strict=True):
        lines.append(f"node {' '.join(map(repr, place))} {ROLES[role]} {unit}")
    columns = (network.ends.tolist(), network.radius.tolist(), network.kind, network.vessel, network.rank.tolist())
    for (start, end), radius, kind, vessel, rank in zip(*columns, strict=True):
        lines.append(f"piece {start} {end} {radius!r} {KINDS[kind]} {vessel} {rank!r}")
    write_whole(path, "\n".join(lines) + "\n")
