"""One patch as a follicle of one sensitivity meets it, for the mean field: clocks, laws, hair and losses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anagen.follicle.clock import Carried, Clock
from anagen.follicle.laws import PHASES
from anagen.follicle.mean_field_grid import Grid
from anagen.follicle.mean_field_law import TabledLaw
from anagen.follicle.mean_field_sizes import Lot, renewal
from anagen.follicle.patches import Patches

Floats = NDArray[np.float64]

KINDS = ("counted", "terminal", "vellus")
"""Kinds of hair, in the order of columns."""


@dataclass(frozen=True)
class Scene:
    """A patch and a sensitivity, over a grid of times.

    Attributes
    ----------
    laws : of the cycle, by name. tabled : the law of each phase's length.
    anagen_clock, kenogen_clock : their speeds. update : of sizes, by a new anagen at each node.
    """

    grid: Grid
    laws: dict[str, float]
    tabled: dict[str, TabledLaw]
    anagen_clock: Clock
    kenogen_clock: Clock
    update: Floats

    @staticmethod
    def of(patches: Patches, patch: int, origin: int, sensitivity: float, grid: Grid) -> Scene:
        """From patches, which are read as `Automaton` reads them."""

        def met(plain: Floats, sensitive: Floats) -> Floats:
            return plain[patch] + sensitivity * sensitive[origin]

        laws = {name: float(values[patch]) for name, values in vars(patches.laws).items()}
        laws |= {f"{phase}_mean": float(patches.laws.mean(phase)[patch]) for phase in PHASES}
        times, months = grid.times[: grid.nodes], np.arange(patches.months + 1)
        loss = np.interp(times, months, met(patches.loss, patches.loss_sensitive))
        drop = np.interp(times, months, patches.drop[patch])
        return Scene(
            grid=grid,
            laws=laws,
            tabled={
                phase: TabledLaw.of_shape(shape, laws[f"{phase}_spread"])
                for phase, shape in zip(PHASES, patches.shapes.all, strict=True)
            },
            anagen_clock=_clock(met(patches.clock.plain, patches.clock.sensitive)),
            kenogen_clock=_clock(1 / met(patches.stretch, patches.stretch_sensitive)),
            update=renewal(loss, drop, laws["size_recovery"], laws["irreversible_share"]),
        )

    def anagen_run(self, time: Floats) -> Floats:
        """What the clock of anagen has run by any times."""
        return _read(self.anagen_clock, time)

    def kenogen_run(self, time: Floats) -> Floats:
        """What the clock of kenogen has run by any times."""
        return _read(self.kenogen_clock, time)

    def phase_shares(self) -> dict[str, float]:
        """What a looker-in finds at month 0: shares of the phases, as their mean lengths."""
        stay = {phase: self.laws[f"{phase}_mean"] for phase in PHASES}
        stay["anagen"] /= float(self.anagen_clock.plain[0, 0])
        stay["kenogen"] /= float(self.kenogen_clock.plain[0, 0])
        return {phase: length / sum(stay.values()) for phase, length in stay.items()}

    def anagen_mean(self, log_size: Floats) -> Floats:
        """Mean length of anagen at a log size, months at plain speed."""
        return self.laws["anagen_mean"] * np.exp(self.laws["anagen_size_power"] * log_size)

    def seen_after(self, log_size: Floats) -> Floats:
        """Months from a new anagen until its hair is long enough to be seen."""
        laws = self.laws
        diameter = laws["diameter_smallest"] + laws["diameter_per_size"] * np.exp(log_size)
        growth = laws["growth_rate"] * (diameter / laws["growth_reference_diameter"]) ** laws["growth_diameter_power"]
        return laws["visible_length"] / growth

    def by_kind(self, lot: Lot) -> Floats:
        """How many of a lot make hair of each kind, shape (nodes, kinds)."""
        counted = lot.share_above(self._log_size_of("counted_diameter"))
        thick = lot.share_above(self._log_size_of("terminal_diameter"))
        return lot.mass[:, np.newaxis] * np.stack([counted, np.minimum(counted, thick), 1 - counted], axis=1)

    def _log_size_of(self, diameter: str) -> float:
        """The log size at which hair has one of the diameters of the laws."""
        size = (self.laws[diameter] - self.laws["diameter_smallest"]) / self.laws["diameter_per_size"]
        return float(np.log(size)) if size > 0 else -np.inf


def _clock(speed: Floats) -> Clock:
    return Clock.from_speeds(speed[np.newaxis], np.zeros((1, speed.size)))


def _read(clock: Clock, time: Floats) -> Floats:
    nowhere = np.zeros(time.size, dtype=np.int64)
    return clock.read(Carried(nowhere, nowhere, np.zeros(time.size)), time)
