"""The points of the model that are worked out to see what each name moves: all in one axis, so that they share a run.

In order: the center; Morris trajectories through every uncertain value; each arrow off; each
node silent (every arrow that starts at it off); each value that is held fixed a tenth lower.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import pairwise
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from anagen.evidence.moves import How
from anagen.evidence.parameters import Parameter, parameters
from anagen.flowchart.chart import flowchart, node_parameters
from anagen.follicle.laws import CycleLaws
from anagen.outlook.moves_morris import design
from anagen.routine import Region

Floats = NDArray[np.float64]

LOW, HIGH = 0.1, 0.9
"""The ends of what is called a value's range: 8 in 10 draws lie between."""
LESS = 0.9
HAIRS_PER_AREA, RELEASE_WAIT = "follicle_density", "release_wait"
SENSITIVITY = ("sensitivity_median", "sensitivity_between_people", "sensitivity_within_person")


@dataclass(frozen=True)
class Block:
    """The points of one kind: what was changed, in order, and the places of the points."""

    names: tuple[str, ...]
    places: slice


@dataclass(frozen=True)
class Points:
    """Values and gates at every point.

    Attributes
    ----------
    values : by name of a record, shape (points,) or (1,); where regions differ, the factor on their values.
    gates : by name of an arrow that is off somewhere, shape (points,).
    unit : the Morris points in the unit cube, shape (trajectories * (uncertain + 1), uncertain).
    """

    values: dict[str, Floats]
    gates: dict[str, Floats]
    unit: Floats
    blocks: dict[How, Block]

    @property
    def count(self) -> int:
        """How many points there are, the center first."""
        return max(one.places.stop for one in self.blocks.values())

    def in_region(self, region: Region) -> dict[str, Floats]:
        """Every value of the model in a region."""
        known = parameters()
        return {name: known[name].by_region.get(region, 1.0) * values for name, values in self.values.items()}


def model_parameters() -> tuple[str, ...]:
    """The records that the flowchart, the follicles and the count of hairs read, in the order of the records."""
    chart = flowchart()
    used = {name for one in chart.arrows.values() for name in one.parameters}
    used |= {name for node in chart.nodes.values() for name in node_parameters(chart, node)}
    used |= {one.name for one in fields(CycleLaws)} | {HAIRS_PER_AREA, RELEASE_WAIT, *SENSITIVITY}
    return tuple(name for name in parameters() if name in used)


def is_uncertain(record: Parameter) -> bool:
    """Whether a record's value is drawn."""
    return record.distribution.law != "fixed"


def center_of(record: Parameter) -> float:
    """The central value; where regions differ, the factor 1 on each."""
    return 1.0 if record.by_region else record.value


def value_at(record: Parameter, share: float) -> float:
    """The value (or factor, where regions differ) below which that share of the draws lies."""
    law = record.distribution
    if law.law == "uniform":
        return law.low + share * (law.high - law.low)
    z, center = NormalDist().inv_cdf(share), center_of(record)
    if law.law == "lognormal":
        return center * float(np.exp(law.sd * z))
    return center + law.sd * z


def range_of(record: Parameter) -> tuple[float, float]:
    """The low and the high end of an uncertain value."""
    return value_at(record, LOW), value_at(record, HIGH)


def points(trajectories: int, seed: int) -> Points:
    """Every point; raises SensitivityMissing where SALib is not there."""
    known, chart, names = parameters(), flowchart(), model_parameters()
    uncertain = tuple(name for name in names if is_uncertain(known[name]))
    firm = tuple(name for name in names if not is_uncertain(known[name]) and known[name].value != 0)
    tails = {one.tail for one in chart.arrows.values()}
    silent = tuple(name for name in chart.nodes if name in tails)
    unit = design(uncertain, trajectories, seed)
    walk, off, quiet, less = _blocks(unit.shape[0], len(chart.arrows), len(silent), len(firm))
    blocks: dict[How, Block] = {
        "range": Block(uncertain, walk),
        "off": Block(tuple(chart.arrows), off),
        "silent": Block(silent, quiet),
        "less": Block(firm, less),
    }
    values = {name: np.full(1, center_of(known[name])) for name in names}
    for column, name in enumerate(uncertain):
        values[name] = _spread(known[name], unit[:, column], walk, less.stop)
    for place, name in enumerate(firm):
        values[name] = np.full(less.stop, center_of(known[name]))
        values[name][less.start + place] *= LESS
    return Points(values, _gates(blocks["off"], blocks["silent"], less.stop), unit, blocks)


def _blocks(*lengths: int) -> list[slice]:
    """Places one behind the other, after the center."""
    ends = np.cumsum([1, *lengths]).tolist()
    return [slice(begin, end) for begin, end in pairwise(ends)]


def _spread(record: Parameter, unit: Floats, places: slice, count: int) -> Floats:
    """A record's values: at the center, but for the Morris points."""
    levels, level = np.unique(unit, return_inverse=True)
    found = np.full(count, center_of(record))
    found[places] = np.array([value_at(record, LOW + (HIGH - LOW) * float(one)) for one in levels])[level]
    return found


def _gates(off: Block, silent: Block, count: int) -> dict[str, Floats]:
    """0 where an arrow is off: at its own point, and at that of the node it starts from."""
    chart, found = flowchart(), dict[str, Floats]()
    for place, name in enumerate(off.names):
        gate = np.ones(count)
        gate[off.places.start + place] = 0
        for row, node in enumerate(silent.names):
            if node == chart.arrows[name].tail:
                gate[silent.places.start + row] = 0
        found[name] = gate
    return found
