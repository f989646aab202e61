"""Thresholds over several networks: in how many a level is reached, at what amount, and what is left around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from anagen.oxygen.ensemble import Spread
from anagen.oxygen.scene import Scene, patch_of_scene
from anagen.oxygen.threshold import WANTS, Search, search
from anagen.oxygen.threshold_routes import Route, routes
from anagen.stopping import in_threads


@dataclass(frozen=True)
class Row:
    """One route and level over all networks.

    Attributes
    ----------
    reached, networks : in how many networks the bulbs' mean falls so low, and of how many.
    amount : at which it does, in those; None where none does.
    tissue_median, tissue_poor : what is left to all tissue there (mmHg; share below 5 mmHg).
    health, farthest : the bulbs' mean at the first and at the farthest amount, in all networks.
    """

    route: Route
    want: float
    reached: int
    networks: int
    amount: Spread | None
    tissue_median: Spread | None
    tissue_poor: Spread | None
    health: Spread
    farthest: Spread
    farthest_amount: float


def thresholds(
    scenes: list[Scene],
    wants: tuple[float, ...] = WANTS,
    ways: tuple[Route, ...] | None = None,
    threads: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> list[Row]:
    """Every route through the network of each scene; scenes differ in their networks only.

    `threads` networks are searched at a time; no result depends on it. `progress` is called with (done, total).
    """
    chosen = routes(Scene().flow) if ways is None else ways
    done, total = count(1), len(scenes) * len(chosen)

    def of_network(scene: Scene) -> list[Search]:
        patch, found = patch_of_scene(scene), list[Search]()
        for route in chosen:
            found.append(search(patch, scene, route, wants))
            if progress is not None:
                progress(next(done), total)
        return found

    if progress is not None:
        progress(0, total)
    every = in_threads(of_network, scenes, threads)
    return [
        _row(route, want, [found[place] for found in every], level)
        for place, route in enumerate(chosen)
        for level, want in enumerate(wants)
    ]


def _row(route: Route, want: float, found: list[Search], level: int) -> Row:
    crossed = [point for one in found if (point := one.crossings[level]) is not None]
    return Row(
        route,
        want,
        len(crossed),
        len(found),
        Spread.of(point.amount for point in crossed) if crossed else None,
        Spread.of(point.tissue_median for point in crossed) if crossed else None,
        Spread.of(point.tissue_poor for point in crossed) if crossed else None,
        Spread.of(one.health.bulb_mean for one in found),
        Spread.of(one.farthest.bulb_mean for one in found),
        found[0].farthest.amount,
    )
