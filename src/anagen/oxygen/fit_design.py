"""The solved fields that the closure is fitted to: a Sobol design over what it reads, in several networks.

Points fill the box of the ranges below evenly, in the scale that is written at each. A point is solved in a few
networks, each with bulbs of its own, so that its mean over networks and their spread are both known. The last quarter
of the points is kept from the fit and solved in networks that the fit never sees. Like the three before it, it is a
block of the sequence that fills the box evenly; every fourth point would not, but lie in one corner of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count

import numpy as np
from numpy.typing import NDArray

from anagen.errors import AnagenError
from anagen.evidence.parameters import value
from anagen.oxygen.block import Patch, grid_of, patch_of, tissue_of
from anagen.oxygen.damage import Damage
from anagen.oxygen.grid import Floats
from anagen.oxygen.patch import HYPOXIC_PO2, SPACING, Outcome, bulbs_of, solve_patch
from anagen.oxygen.solve import NotSolved
from anagen.stopping import go_on, in_threads


@dataclass(frozen=True)
class Range:
    """Of one input, from one that leaves the bulb more oxygen to one that leaves it less, and how it is spaced.

    `scale` is "even", "log", or "square": denser near `well`, where most scalps are.
    """

    well: float
    worst: float
    scale: str
    unit: str

    def at(self, share: Floats) -> Floats:
        """The value at a share, 0 to 1, of the way."""
        if self.scale == "log":
            return self.well * (self.worst / self.well) ** share
        return self.well + (self.worst - self.well) * (share * share if self.scale == "square" else share)


RANGES: dict[str, Range] = {
    "flow": Range(36.0, 1.0, "log", "mL/hg/min"),
    "capillary_loss": Range(0.0, 0.95, "even", ""),
    "wall_resistance": Range(0.0, 100.0, "square", "mmHg*s/um**2"),
    "diffusivity": Range(1.0, 0.25, "square", ""),
    "bulb_consumption": Range(0.8e-4, 5e-4, "log", "1/s"),
    "tissue_consumption": Range(1e-5, 3e-5, "log", "1/s"),
}
POINTS, EACH = 512, 4
FIRST, NETWORKS, FIRST_KEPT, HELD_OUT = 21, 96, 201, 48
"""What `Design` says if nothing else is said."""
KEPT_PART = 4
"""One in so many points is kept from the fit."""
STRIDE = 5
"""From one network of a point to the next."""


@dataclass(frozen=True)
class Design:
    """What is solved.

    Attributes
    ----------
    points : of the Sobol sequence, a power of 2; seed : of its scrambling.
    each : networks in which a point is solved.
    first, networks : the first seed, and how many from there on, of the networks that are fitted to.
    first_kept, held_out : the same of those that are kept.
    spacing : side of a cell (um).
    """

    points: int = POINTS
    seed: int = 1
    each: int = EACH
    first: int = FIRST
    networks: int = NETWORKS
    first_kept: int = FIRST_KEPT
    held_out: int = HELD_OUT
    spacing: float = SPACING

    def __post_init__(self) -> None:
        wrong = [
            f"each = {self.each}: a point would be solved twice in one of {many} networks; give fewer"
            for many in (self.networks, self.held_out)
            if len({STRIDE * turn % many for turn in range(self.each)}) < self.each
        ]
        if wrong:
            raise AnagenError("\n".join(wrong))

    @property
    def shares(self) -> Floats:
        """Of every point along every range, 0 to 1; a row for each point."""
        from scipy.stats import qmc

        return qmc.Sobol(len(RANGES), scramble=True, rng=self.seed).random(self.points)

    @property
    def inputs(self) -> dict[str, Floats]:
        """Of every point, in the unit of its range."""
        return {name: one.at(share) for (name, one), share in zip(RANGES.items(), self.shares.T, strict=True)}

    @property
    def kept(self) -> NDArray[np.bool_]:
        """Which points are kept from the fit."""
        return np.arange(self.points) >= self.points - self.points // KEPT_PART

    def networks_of(self, point: int) -> list[int]:
        """Seeds of the networks in which a point is solved."""
        first, many = (self.first_kept, self.held_out) if self.kept[point] else (self.first, self.networks)
        return [first + (point + STRIDE * turn) % many for turn in range(self.each)]


@dataclass(frozen=True)
class Solved:
    """The solved fields of a design: of every point (rows), every bulb of its networks (columns).

    Attributes
    ----------
    inputs : of every point, in the unit of its range.
    kept : which points are kept from the fit.
    means, mins : of each bulb (mmHg).
    hypoxic : share of each bulb below 10 mmHg.
    """

    inputs: dict[str, Floats]
    kept: NDArray[np.bool_]
    means: Floats
    mins: Floats
    hypoxic: Floats


def burning(patch: Patch, bulb: float, tissue: float, spacing: float) -> Patch:
    """The block with bulbs that burn at most `bulb`, and all else `tissue` in the mean over the block (1/s)."""
    demands, grid = patch.demands, grid_of(patch.anatomy, spacing)
    demand = tissue_of(patch, grid).demand.copy()
    for one in patch.anatomy.in_bulb(*grid.centers()):
        demand[one] = 0
    factor = tissue / float(demand.mean())
    parts = {name: getattr(demands, name) * factor for name in ("epidermis", "dermis", "fat", "sheath")}
    return replace(patch, demands=replace(demands, bulb=bulb, **parts))


def solve_point(patch: Patch, point: dict[str, float], spacing: float, start: Floats | None = None) -> Outcome:
    """One block under the inputs of one point; all the flow passes what is left of the vessels."""
    block = burning(patch, point["bulb_consumption"], point["tissue_consumption"], spacing)
    damage = Damage(
        loss=point["capillary_loss"],
        wall_resistance=point["wall_resistance"],
        permeability=point["diffusivity"],
        keep_flow=True,
    )
    perfusion = point["flow"] * value("perfusion_of_flow")
    try:
        return solve_patch(block, perfusion, damage, spacing=spacing, start=start)
    except NotSolved:
        return solve_patch(block, perfusion, damage, spacing=spacing)


def hypoxic_shares(patch: Patch, outcome: Outcome, spacing: float) -> list[float]:
    """Of each bulb, the share below 10 mmHg."""
    bulbs = bulbs_of(patch.anatomy, grid_of(patch.anatomy, spacing), outcome.field.po2)
    return [float((bulb < HYPOXIC_PO2).mean()) for bulb in bulbs]


Row = tuple[int, int, Floats, Floats, list[float]]


def _chain(design: Design, inputs: dict[str, Floats], seed: int, todo: list[tuple[int, int]]) -> Iterator[Row]:
    """All points of one network, each started from the one before; from little harm to much."""
    patch, start = patch_of(seed), None
    for point, turn in todo:
        go_on()
        given = {name: float(column[point]) for name, column in inputs.items()}
        outcome = solve_point(patch, given, design.spacing, start)
        if not outcome.field.balance.from_blood > 0:
            raise AnagenError(f"the vessel network of seed {seed} carries no blood: leave it out of the design")
        start = outcome.field.po2
        yield point, turn, outcome.bulb_means, outcome.bulb_mins, hypoxic_shares(patch, outcome, design.spacing)


def chains_of(design: Design) -> dict[int, list[tuple[int, int]]]:
    """Of each network, which points are solved in it and in which turn of the point, from little harm to much."""
    harm = design.shares.sum(axis=1)
    chains: dict[int, list[tuple[int, int]]] = {}
    for point in np.argsort(harm, kind="stable").tolist():
        for turn, seed in enumerate(design.networks_of(point)):
            chains.setdefault(seed, []).append((point, turn))
    return chains


def solve_design(
    design: Design, threads: int = 1, progress: Callable[[int, int], None] = lambda done, total: None
) -> Solved:
    """Solve every point in its networks; networks are shared among threads, and no result depends on how many."""
    chains, inputs = chains_of(design), design.inputs
    bulbs = round(value("patch_bulbs"))
    found = np.zeros((3, design.points, design.each, bulbs))
    done, total = count(1), design.points * design.each

    def run(chain: tuple[int, list[tuple[int, int]]]) -> None:
        for point, turn, means, mins, hypoxic in _chain(design, inputs, *chain):
            found[:, point, turn] = means, mins, hypoxic
            progress(next(done), total)

    in_threads(run, sorted(chains.items()), threads)
    flat = found.reshape(len(found), design.points, -1)
    return Solved(inputs, design.kept, *flat)
