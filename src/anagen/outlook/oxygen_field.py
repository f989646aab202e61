"""What it takes to starve the bulb, on solved fields: a few made-up networks in coarse cells, so that it is quick."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from statistics import fmean, stdev

from anagen.evidence.parameters import value
from anagen.outlook.experiments_records import Number
from anagen.oxygen.damage import HEALTHY, Damage
from anagen.oxygen.patch import Patch, solve_patch
from anagen.oxygen.scene import Scene, patch_of_scene
from anagen.oxygen.threshold import Search, search
from anagen.oxygen.threshold_routes import Route, routes
from anagen.stopping import go_on

SPACING = 80.0
"""um: twice the usual; the bulbs come out up to some 2 mmHg lower."""
NETWORKS = 3
HUNGRIER = 2.0
"""Times what the bulb is thought to burn."""
COARSE_FIELD = (
    "The solved fields are quick ones, in cells of 80 um: the bulbs come out up to some 2 mmHg too low; anagen oxygen"
    " threshold is finer. What the bulb burns and how many capillaries a scalp has were never measured."
)


@dataclass(frozen=True)
class _Found:
    """Of one network: bulbs' mean pO2 with every vessel open, under the worst walls, and with none around the bulb."""

    open: float
    walled: float
    bare: float
    bare_and_hungry: float
    walls: Search
    losses: Search


def _mean(patch: Patch, scene: Scene, damage: Damage = HEALTHY) -> float:
    go_on()
    return solve_patch(patch, scene.perfusion, damage, scene.nutritive_share, scene.spacing).bulb_mean


def _of_network(scene: Scene, want: float) -> _Found:
    ways: dict[str, Route] = {route.name: route for route in routes(Scene().flow)}
    patch, around = patch_of_scene(scene), Damage(loss=1.0, where="follicle")
    hungry = replace(patch, demands=replace(patch.demands, bulb=HUNGRIER * patch.demands.bulb))
    walls = search(patch, scene, ways["thick-walls"], (want,))
    return _Found(
        walls.health.bulb_mean,
        _mean(patch, scene, Damage(wall_resistance=value("calcified_wall_resistance"))),
        _mean(patch, scene, around),
        _mean(hungry, scene, around),
        walls,
        search(patch, scene, ways["loss-everywhere"], (want,)),
    )


def field_numbers(flow: float, want: float, seed: int) -> tuple[Number, ...]:
    """The numbers of the solved fields at a flow (mL/hg/min), for a level (mmHg); networks from the seed on."""
    found = [_of_network(Scene(flow=flow, spacing=SPACING, seed=seed + 1 + number), want) for number in range(NETWORKS)]
    walls, losses = ([getattr(one, name).crossings[0] for one in found] for name in ("walls", "losses"))
    worst = value("calcified_wall_resistance")

    def oxygen(name: str, words: str, values: Iterable[float]) -> Number:
        says = f"solved at the flow of bald scalp: oxygen at the bulb, {words}"
        return Number(f"solved-{name}", says, fmean(values), "mmHg")

    return (
        Number("solved-networks", "made-up networks that were solved", float(NETWORKS), "", kind="set"),
        oxygen("open", "every vessel open", (one.open for one in found)),
        oxygen("worst", "calcification of the walls worst", (one.walled for one in found)),
        Number(
            "solved-walls",
            f"times the worst calcification of the walls, for less than {want:g} mmHg, solved",
            _mean_of((one.amount / worst for one in walls if one is not None), len(found)),
            "",
        ),
        Number(
            "solved-loss",
            f"capillaries lost everywhere, for less than {want:g} mmHg, solved",
            _mean_of((100 * one.amount for one in losses if one is not None), len(found)),
            "percent",
        ),
        Number(
            "solved-tissue",
            "oxygen of all tissue at that loss, median",
            _mean_of((one.tissue_median for one in losses if one is not None), len(found)),
            "mmHg",
        ),
        oxygen("bare", "every capillary around it lost", (one.bare for one in found)),
        Number("solved-spread", "how far networks differ in that", stdev([one.bare for one in found]), "mmHg"),
        Number("hungrier", "times as hungry a bulb", HUNGRIER, "", kind="set"),
        oxygen("bare-hungry", "the same around a bulb that hungry", (one.bare_and_hungry for one in found)),
    )


def _mean_of(values: Iterable[float], wanted: int) -> float | None:
    """The mean over all networks; None where one of them never gets there."""
    known = list(values)
    return fmean(known) if len(known) == wanted else None


def field_sentence(numbers: tuple[Number, ...], want: Number) -> str:
    """What the solved fields say of the claim."""
    found = {one.name.removeprefix("solved-"): one for one in numbers}
    shut = "not enough" if found["bare"].of > want.of else "enough"
    hungry = "not enough either" if found["bare-hungry"].of > want.of else "enough"
    if shut == "enough":
        hungry = "more than enough" if found["bare-hungry"].of <= found["bare"].of else shut
    return (
        f"In {found['networks'].shown} solved networks at the flow of bald scalp, the worst calcification of the walls"
        f" takes the bulb from {found['open'].shown} to {found['worst'].shown} mmHg of oxygen; under {want.shown} it"
        f" takes {found['walls'].shown} times that worst, or {found['loss'].shown} in 100 capillaries lost everywhere,"
        f" when half of all tissue has less than {found['tissue'].shown}. To shut every capillary around the bulb is"
        f" {shut}: {found['bare'].shown} mmHg are left; for a bulb {found['hungrier'].shown} times as hungry it is"
        f" {hungry}: {found['bare-hungry'].shown}."
    )
