"""The same block with several networks drawn alike: which vessels happen to be there moves a bulb by some mmHg."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean, stdev

from anagen.oxygen.damage import HEALTHY, Damage
from anagen.oxygen.patch import SPACING, Outcome, Patch, solve_patch


@dataclass(frozen=True)
class Spread:
    """One quantity over networks: mean, standard deviation (0 for one network), lowest and highest."""

    mean: float
    deviation: float
    low: float
    high: float

    @staticmethod
    def of(values: Iterable[float]) -> Spread:
        """Of the values in some networks, one at least."""
        known = list(values)
        return Spread(fmean(known), stdev(known) if len(known) > 1 else 0.0, min(known), max(known))


@dataclass(frozen=True)
class Ensemble:
    """What a closure stands for: mean and spread over networks of what `Outcome` holds of the same name."""

    bulb_mean: Spread
    bulb_min: Spread
    bulb_hypoxic: Spread
    tissue_median: Spread
    tissue_poor: Spread
    perfusion: Spread
    outcomes: tuple[Outcome, ...]


def solve_ensemble(
    patches: Iterable[Patch],
    perfusion: float,
    damage: Damage = HEALTHY,
    nutritive: float = 1.0,
    spacing: float = SPACING,
    threads: int = 1,
) -> Ensemble:
    """Solve each of some blocks as `solve_patch` does.

    Means and minima of bulbs are spread over all bulbs, everything else, their hypoxic share among it, over blocks.
    """
    outcomes = tuple(solve_patch(patch, perfusion, damage, nutritive, spacing, threads=threads) for patch in patches)
    return Ensemble(
        Spread.of(float(mean) for one in outcomes for mean in one.bulb_means),
        Spread.of(float(least) for one in outcomes for least in one.bulb_mins),
        Spread.of(one.bulb_hypoxic for one in outcomes),
        Spread.of(one.tissue_median for one in outcomes),
        Spread.of(one.tissue_poor for one in outcomes),
        Spread.of(one.perfusion for one in outcomes),
        outcomes,
    )
