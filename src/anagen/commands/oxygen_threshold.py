"""What `anagen oxygen threshold` searches, and what it says: one object for JSON and for words."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anagen.errors import AnagenError
from anagen.evidence.thresholds import fingerprint

if TYPE_CHECKING:
    from anagen.oxygen.scene import Scene
    from anagen.oxygen.threshold_table import Row

QUICK_SPACING, QUICK_NETWORKS = "80 um", 2
NETWORKS, SEED = 5, 1
CAVEATS = (
    "What a bulb burns is derived from plucked follicles, never measured in place; --uptake tries another.",
    "How many capillaries a scalp has was never counted: densities are assumed, and the networks are made up.",
    "The meshes of vessels above and below the follicles are never lost, and each small vessel is fed by itself.",
    "A network counts as in want by the mean of its bulbs; parts of a bulb are there earlier.",
)


def scenes_of(
    networks: int | None, seed: int | None, files: list[Path], flow: str | None, uptake: str | None,
    nutritive: float | None, spacing: str | None, quick: bool,
) -> list[Scene]:  # fmt: skip
    """A scene for each network; raises AnagenError with every option that cannot be used."""
    from anagen.evidence.claims import figures
    from anagen.oxygen.scene_network import network_problems
    from anagen.oxygen.scene_reading import SceneError, parse_options
    from anagen.oxygen.scene_size import check_fits, free_memory

    wrong = [
        f"{option} = {one}: it is for made-up networks; leave it out beside --network"
        for option, one in (("--networks", networks), ("--seed", seed))
        if files and one is not None
    ]
    given: dict[str, object] = {
        "flow": flow, "bulb_uptake": uptake, "nutritive_share": nutritive,
        "spacing": spacing or (QUICK_SPACING if quick else None),
    }  # fmt: skip
    options = {"flow": "--flow", "bulb_uptake": "--uptake", "nutritive_share": "--nutritive", "spacing": "--spacing"}
    scene: Scene | None = None
    try:
        scene = parse_options({key: one for key, one in given.items() if one is not None}, options)
    except SceneError as error:
        wrong.append(str(error))
    for path in files:
        wrong += map(str, network_problems(path, scene.anatomy if scene else None))
    if scene is None or wrong:
        raise AnagenError("\n".join(wrong))
    if flow is None:
        scene = replace(scene, flow=figures()["bald-scalp-flow"].value)
    check_fits(scene, free_memory())
    if files:
        return [replace(scene, network=path) for path in files]
    first = SEED if seed is None else seed
    count = networks or (QUICK_NETWORKS if quick else NETWORKS)
    return [replace(scene, seed=first + one) for one in range(count)]


def thresholds_dict(
    scenes: list[Scene], threads: int | None = None, progress: Callable[[int, int], None] | None = None
) -> dict[str, object]:
    """Search every route in every network; as it stands in the JSON."""
    from anagen.outlook.provenance import parameter_set, version
    from anagen.oxygen.scene_answer import build
    from anagen.oxygen.threshold import WANTS
    from anagen.oxygen.threshold_table import thresholds

    wrong: list[str] = []
    for scene in scenes:
        if scene.network is not None or scene is scenes[0]:
            try:
                build(scene)  # refuses now what cannot be used
            except AnagenError as error:
                wrong.append(str(error))
    if wrong:
        raise AnagenError("\n".join(wrong))
    found = thresholds(scenes, threads=threads or os.cpu_count() or 1, progress=progress)
    first = scenes[0]
    return {
        "flow": first.flow,
        "nutritive_share": first.nutritive_share,
        "bulb_uptake": first.bulb_uptake,
        "spacing_um": first.spacing,
        "networks": [scene.seed if scene.network is None else str(scene.network) for scene in scenes],
        "wants_mmhg": list(WANTS),
        "health_bulb_mean": next(row for row in found if row.route.name.startswith("loss")).health.mean,
        "rows": [row_dict(row) for row in found],
        "caveats": list(CAVEATS),
        "provenance": {"version": version(), "parameter_set": parameter_set(), "records": fingerprint()},
    }


def row_dict(row: Row) -> dict[str, Any]:
    """One row."""
    spread = {"mean": None, "deviation": None, "low": None, "high": None} if row.amount is None else asdict(row.amount)
    return {
        "route": row.route.name,
        "says": row.route.says,
        "unit": row.route.unit,
        "want_mmhg": row.want,
        "reached": row.reached,
        "networks": row.networks,
        "mean": spread["mean"],
        "sd": spread["deviation"],
        "low": spread["low"],
        "high": spread["high"],
        "tissue_median": None if row.tissue_median is None else row.tissue_median.mean,
        "tissue_below_5": None if row.tissue_poor is None else row.tissue_poor.mean,
        "farthest_amount": row.farthest_amount,
        "farthest_bulb_mean": row.farthest.mean,
        "farthest_bulb_sd": row.farthest.deviation,
    }
