"""A severity solved: the field of one network, the bulbs of several, and what the closure says of the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import fmean, stdev

import numpy as np
from numpy.typing import NDArray

from anagen.evidence.parameters import value
from anagen.outlook.kept import Kept
from anagen.oxygen.bulb_share import hypoxic_share_of
from anagen.oxygen.fit import MINIMUM, START, mean_of, minimum_of
from anagen.oxygen.patch import HYPOXIC_PO2, POOR_PO2
from anagen.oxygen.scene_answer import Answer, answer, build
from anagen.oxygen.scene_slices import Slice, level, upright
from anagen.stopping import Stopped
from anagen.web.oxygen_asked import PERCENT, Asked

SEEDS = (1, 2, 3, 4, 5)
"""Of the made-up networks; the first one is drawn."""
MOST_KEPT = 12
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Bulb:
    """Of the bulbs: mean and lowest pO2 (mmHg), and the shares of their tissue below 10 and 5 mmHg."""

    mean: float
    lowest: float
    below_10: float
    below_5: float


@dataclass(frozen=True)
class Solved:
    """One severity.

    Attributes
    ----------
    each : the bulbs of every network; spread : standard deviation of their means over networks (mmHg).
    closure : what the model's closure says, for a bulb without luck of its own.
    tissue_median, tissue_below_5 : of all tissue of the first network.
    upright, level, bulb_po2 : cuts of the first network, and the oxygen of every cell of its bulbs.
    """

    asked: Asked
    each: tuple[Bulb, ...]
    spread: float
    closure: Bulb
    tissue_median: float
    tissue_below_5: float
    upright: Slice
    level: Slice
    bulb_po2: Floats

    @property
    def drawn(self) -> Bulb:
        """The bulbs of the network that is drawn."""
        return self.each[0]

    @property
    def mean(self) -> Bulb:
        """Over networks."""
        rows = zip(*((one.mean, one.lowest, one.below_10, one.below_5) for one in self.each), strict=True)
        return Bulb(*(fmean(row) for row in rows))


_solved: Kept[Solved] = Kept(MOST_KEPT)


class _Compiled:
    """Whether this process has solved a field, so that nothing is left to compile."""

    done = False


def compiled() -> bool:
    """Whether the solver's kernels are ready: used before, or kept on the disk by an earlier run."""
    if _Compiled.done:
        return True
    from pathlib import Path

    from anagen.oxygen import krylov, stencil, transfer, two_steps

    rooms = (krylov, stencil, transfer, two_steps)
    kernels = [one for room in rooms for one in vars(room).values() if hasattr(one, "stats")]
    folders = {Path(one.stats.cache_path) for one in kernels if one.stats.cache_path}
    return any(path.name.startswith("stencil.") for folder in folders for path in folder.glob("*.nbc"))


def solve_asked(asked: Asked, stopped: Callable[[], bool]) -> Solved:
    """Solve a severity, or give what was solved before; raises Stopped where nobody waits any more."""
    return _solved.get(asked, lambda: _solve(asked, stopped))


def _solve(asked: Asked, stopped: Callable[[], bool]) -> Solved:
    def watch(*_: object) -> None:
        if stopped():
            raise Stopped

    first, bulbs = _answer(asked, SEEDS[0], watch), list[Bulb]()
    bulbs.append(_bulb(first))
    for seed in SEEDS[1:]:
        watch()
        bulbs.append(_bulb(_answer(asked, seed, watch)))
    _Compiled.done = True
    return Solved(
        asked,
        tuple(bulbs),
        stdev(one.mean for one in bulbs),
        closure_of(asked),
        first.outcome.tissue_median,
        first.outcome.tissue_poor,
        upright(first),
        level(first),
        first.bulb_po2,
    )


def _answer(asked: Asked, seed: int, watch: Callable[[int, int, float], None]) -> Answer:
    return answer(build(asked.scene(seed)), watch)


def _bulb(found: Answer) -> Bulb:
    po2 = found.bulb_po2
    return Bulb(
        found.outcome.bulb_mean,
        found.outcome.bulb_min,
        found.outcome.bulb_hypoxic,
        float((po2 < POOR_PO2).mean()),
    )


def closure_of(asked: Asked) -> Bulb:
    """The closure's mean, lowest and shares, every uncertain value at its center."""
    inputs = {
        "flow": np.array(value("nutritive_share") * asked.flow),
        "capillary_loss": np.array(asked.loss / PERCENT),
        "wall_resistance": np.array(asked.wall_resistance),
        "diffusivity": np.array(asked.diffusivity),
        "bulb_consumption": np.array(value("bulb_consumption")),
        "tissue_consumption": np.array(value("tissue_consumption")),
    }
    mean = mean_of(inputs, {name: value(name) for name in START})
    lowest = minimum_of(inputs, mean, {name: value(name) for name in MINIMUM})
    shares = (float(hypoxic_share_of(mean, lowest, at)) for at in (HYPOXIC_PO2, POOR_PO2))
    return Bulb(float(mean), float(lowest), *shares)
