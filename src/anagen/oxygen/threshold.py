"""How much it takes to bring the bulbs into want: the loss, flow or wall at which their mean pO2 crosses a level.

Along each route the amount runs from health to its farthest as a smooth function of t in [0, 1], the bulbs' mean falls
with t, and every level is bracketed by halving; searches for several levels share what was solved, and every solve
starts from the nearest field that is known. Within the last bracket the crossing is put on the chord.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from anagen.oxygen.grid import Floats
from anagen.oxygen.patch import Patch, solve_patch
from anagen.oxygen.scene import Scene
from anagen.oxygen.threshold_routes import Route
from anagen.stopping import go_on

WANTS = (10.0, 5.0, 1.0)
"""mmHg: the cell's sensor half on, nearly on, and next to no oxygen."""
FINEST = 2.0**-7
"""The last bracket, in t."""
NEAR = 0.3
"""A field farther away than this, in t, is no better a start than none."""


@dataclass(frozen=True)
class Point:
    """One solved field: the amount, and the pO2 it leaves (mmHg); `tissue_poor` is a share."""

    amount: float
    bulb_mean: float
    bulb_min: float
    tissue_median: float
    tissue_poor: float


@dataclass(frozen=True)
class Search:
    """One route through one network.

    Attributes
    ----------
    crossings : for each wanted level, where the bulbs' mean is just that; None where it never falls so low.
    health, farthest : the two ends.
    solves : how many fields were solved.
    """

    route: str
    crossings: tuple[Point | None, ...]
    health: Point
    farthest: Point
    solves: int


class _Way:
    """A route through one patch, with all that was solved on it."""

    def __init__(self, patch: Patch, scene: Scene, route: Route) -> None:
        self.patch, self.scene, self.route = patch, scene, route
        self.points: dict[float, Point] = {}
        self.fields: dict[float, Floats] = {}

    def at(self, t: float) -> Point:
        if t not in self.points:
            self.points[t] = self._solve(t)
        return self.points[t]

    def _solve(self, t: float) -> Point:
        go_on()
        patch, scene, amount = self.patch, self.scene, self.route.amount(t)
        damage, flow = self.route.damage(amount), self.route.flow(amount)
        perfusion = scene.perfusion * (1 if flow is None else flow / scene.flow)
        nearest = min(self.fields, key=lambda known: abs(known - t), default=None)
        start = self.fields[nearest] if nearest is not None and abs(nearest - t) < NEAR else None
        found = solve_patch(patch, perfusion, damage, scene.nutritive_share, scene.spacing, start=start)
        self.fields[t] = found.field.po2
        return Point(amount, found.bulb_mean, found.bulb_min, found.tissue_median, found.tissue_poor)

    def crossing(self, want: float) -> Point | None:
        if self.at(1.0).bulb_mean > want:
            return None
        high = min(t for t, point in self.points.items() if point.bulb_mean <= want)
        low = max((t for t in self.points if t < high), default=high)
        while high - low > FINEST:
            middle = (low + high) / 2
            low, high = (low, middle) if self.at(middle).bulb_mean <= want else (middle, high)
        return self._between(low, high, want)

    def _between(self, low: float, high: float, want: float) -> Point:
        above, below = self.at(low), self.at(high)
        fall = above.bulb_mean - below.bulb_mean
        part = (above.bulb_mean - want) / fall if fall > 0 else 1.0

        def mixed(name: str) -> float:
            return (1 - part) * getattr(above, name) + part * getattr(below, name)

        amount = self.route.amount(low + part * (high - low))
        return Point(amount, want, mixed("bulb_min"), mixed("tissue_median"), mixed("tissue_poor"))


def search(patch: Patch, scene: Scene, route: Route, wants: Iterable[float] = WANTS) -> Search:
    """Where a route through a patch crosses each level; `scene` gives flow, shares and spacing."""
    way = _Way(patch, scene, route)
    health = way.at(0.0)
    crossings = tuple(way.crossing(want) for want in wants)
    return Search(route.name, crossings, health, way.at(1.0), len(way.points))
