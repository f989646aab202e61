"""A network of a person's own, from the plain file of `network`, held against the patch it is to stand in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from anagen.errors import Problem
from anagen.oxygen.anatomy import Anatomy
from anagen.oxygen.bulb_places import is_wide
from anagen.oxygen.network import Network
from anagen.oxygen.network_reading import find_network, first_of, whole


def network_of_file(path: Path, anatomy: Anatomy) -> Network:
    """The network of a file; raises NetworkError, a sentence for each problem."""
    return whole(*_found(path, anatomy), path)


def network_problems(path: Path, anatomy: Anatomy | None) -> list[Problem]:
    """What is wrong with a file, and with its place in a patch where that is known."""
    return first_of(_found(path, anatomy)[1], path)


def _found(path: Path, anatomy: Anatomy | None) -> tuple[Network | None, list[Problem]]:
    network, problems = find_network(path)
    if network is not None and anatomy is not None:
        problems = [*problems, *_in_patch(network, anatomy, str(path))]
    return network, problems


def _in_patch(network: Network, anatomy: Anatomy, file: str) -> Iterator[Problem]:
    """What does not fit the patch."""
    width, depth, bulbs = anatomy.width, anatomy.depth, len(network.bulbs)
    patch = f"the patch, which is {width:g} x {width:g} um and {depth:g} um deep; move it or enlarge it"
    for what, places, size in (("node", network.place, anatomy.size), ("bulb", network.bulbs, anatomy.size[:2])):
        for one in np.flatnonzero(((places < 0) | (places > size)).any(axis=1)):
            shown = " ".join(f"{place:g}" for place in places[one])
            yield Problem(file, f"{what} {one}", shown, f"it lies outside {patch}")
    if bulbs and bulbs != anatomy.bulbs:
        mend = f'the file names {bulbs} with lines "bulb X Y", the patch has {anatomy.bulbs}; write bulbs = {bulbs}'
        yield Problem(file, "bulbs", "", mend)
    elif not bulbs and is_wide(width):
        mend = f'nothing says where they stand in a patch {width:g} um wide; add a line "bulb X Y" (um) for each'
        yield Problem(file, "bulbs", "", mend)
