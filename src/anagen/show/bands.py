"""What the draws of an outlook say, as quantiles: bands along age, and hairs kept at one age."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anagen.outlook.sheet import Data

Array = NDArray[np.float64]

REGION = "vertex"
"""The region the answer is about: where pattern hair loss shows first and most."""
HAIRS = "hairs_per_cm2"
FEWEST = 1.0
"""Hairs per cm2 below which "for every 100 hairs of today" would divide by next to nothing."""


@dataclass(frozen=True)
class Band:
    """Five quantiles along age: half of the runs lie between p25 and p75, 8 in 10 between p10 and p90."""

    age: Array
    p10: Array
    p25: Array
    p50: Array
    p75: Array
    p90: Array


@dataclass(frozen=True)
class Spread:
    """A median, and what 8 in 10 runs lie between."""

    median: float
    low: float
    high: float


@dataclass(frozen=True)
class Kept:
    """Hairs at a later age for every 100 of today, with the plan and without, and the difference draw by draw."""

    hypothesis: str
    weight: float
    plan: Spread
    baseline: Spread
    change: Spread


def values(data: Data, variable: str, **where: str) -> Array:
    """One variable at named places as a plain array, the rest of its dimensions in the order draw, age."""
    chosen = data[variable].sel(where)
    rest = [name for name in ("hypothesis", "draw", "age") if name in chosen.dims]
    return np.asarray(chosen.transpose(*rest).values, dtype=np.float64)


def names(data: Data, dimension: str) -> tuple[str, ...]:
    """The names along a dimension."""
    return tuple(str(name) for name in data[dimension].values)


def ages(data: Data) -> Array:
    """The ages of an outlook, years."""
    return np.asarray(data["age"].values, dtype=np.float64)


def weights(data: Data) -> dict[str, float]:
    """The weight of every hypothesis: its prior times how well it fits what is known of the person."""
    return {str(name): float(data["weight"].sel(hypothesis=name)) for name in data["hypothesis"].values}


def band(data: Data, variable: str, hypothesis: str, arm: str, region: str) -> Band:
    """The quantiles of one variable along age."""
    drawn = values(data, variable, hypothesis=hypothesis, arm=arm, region=region)
    p10, p25, p50, p75, p90 = np.quantile(drawn, (0.10, 0.25, 0.50, 0.75, 0.90), axis=0)
    return Band(ages(data), p10, p25, p50, p75, p90)


def spread(drawn: Array, weight: Array | None = None) -> Spread:
    """The median and the range of 8 in 10 runs; with weights, of the weighted runs."""
    known = ~np.isnan(drawn)
    drawn, weight = drawn[known], None if weight is None else weight[known]
    if drawn.size == 0:
        return Spread(0.0, 0.0, 0.0)
    if weight is None:
        low, median, high = np.quantile(drawn, (0.10, 0.50, 0.90))
        return Spread(float(median), float(low), float(high))
    order = np.argsort(drawn, kind="stable")
    cumulative = np.cumsum(weight[order])
    places: NDArray[np.intp] = np.searchsorted(cumulative, np.array((0.10, 0.50, 0.90)) * cumulative[-1])
    low, median, high = drawn[order][np.minimum(places, len(drawn) - 1)]
    return Spread(float(median), float(low), float(high))


def _share_kept(data: Data, arm: str, region: str, age: float) -> Array:
    """Hairs at `age` for every 100 of today, shape (hypothesis, draw); NaN where no hair is left to keep today."""
    today = values(data, HAIRS, arm="baseline", region=region)[..., 0]
    later = values(data, HAIRS, arm=arm, region=region)[..., int(np.argmin(np.abs(ages(data) - age)))]
    return np.where(today > 0, 100 * later / np.maximum(today, FEWEST), np.nan)


def kept(data: Data, age: float, region: str = REGION) -> tuple[Kept, ...]:
    """Hairs kept at `age`, per hypothesis."""
    plan, baseline = (_share_kept(data, arm, region, age) for arm in ("plan", "baseline"))
    return tuple(
        Kept(name, weight, spread(plan[i]), spread(baseline[i]), spread(plan[i] - baseline[i]))
        for i, (name, weight) in enumerate(weights(data).items())
    )


def kept_together(data: Data, age: float, region: str = REGION) -> Kept:
    """Hairs kept at `age` over all hypotheses, each run weighed as its hypothesis is."""
    plan, baseline = (_share_kept(data, arm, region, age) for arm in ("plan", "baseline"))
    weight = np.repeat(np.array(list(weights(data).values())), plan.shape[1])
    flat = plan.ravel(), baseline.ravel()
    return Kept(
        "all together", 1.0, spread(flat[0], weight), spread(flat[1], weight), spread(flat[0] - flat[1], weight)
    )
