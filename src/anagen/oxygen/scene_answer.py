"""The oxygen of a scene: solved, and what is asked of it, number by number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from anagen.evidence.parameters import value
from anagen.oxygen.block import least_permeability
from anagen.oxygen.bundles import bundled
from anagen.oxygen.grid import Floats, Grid, GridError
from anagen.oxygen.network import NetworkError
from anagen.oxygen.patch import HYPOXIC_PO2, Outcome, Patch, bulbs_of, grid_of, outcome_of, tissue_of, vessels_of
from anagen.oxygen.scene import Scene, patch_of_scene
from anagen.oxygen.scene_reading import SceneError
from anagen.oxygen.scene_size import SPACINGS, fits_whole
from anagen.oxygen.solve import SETTINGS, Settings, solve
from anagen.oxygen.tissue import Tissue
from anagen.oxygen.vessels import Vessels, brought, cut, exchange

Watch = Callable[[int, int, float], None]


@dataclass(frozen=True)
class Built:
    """A scene made ready to be solved: its patch in health, and what the damage leaves of it."""

    scene: Scene
    patch: Patch
    grid: Grid
    tissue: Tissue
    vessels: Vessels


@dataclass(frozen=True)
class Answer:
    """What a solved scene says.

    Attributes
    ----------
    built, outcome : what was solved, and the whole of what came out.
    lines : the vessels as they were solved, wide ones as four lines each.
    perfusion : blood through exchanging vessels (mL/hg/min).
    extraction : share of the oxygen it brings that it gives up.
    surface_share : of what the patch burns, the part that comes through the skin's surface.
    """

    built: Built
    outcome: Outcome
    lines: Vessels
    perfusion: float
    extraction: float
    surface_share: float

    @property
    def bulb_po2(self) -> Floats:
        """pO2 of every cell of every bulb (mmHg)."""
        return np.concatenate(list(bulbs_of(self.built.patch.anatomy, self.built.grid, self.outcome.field.po2)))


def build(scene: Scene) -> Built:
    """Draw or read the network, damage it, and hold it against the grid.

    Raises NetworkError or SceneError, with the file and key, where a network or a grid cannot be used.
    """
    patch = patch_of_scene(scene)
    try:
        vessels = vessels_of(patch, scene.perfusion * scene.nutritive_share * patch.anatomy.volume, scene.damage)
    except NetworkError as error:
        raise NetworkError(f"{scene.network or scene.source}: {error}") from None
    if too_fine := _too_fine(scene, patch, vessels, scene.spacing):
        coarser = (one for one in SPACINGS if one > scene.spacing and fits_whole(scene, one))
        mend = next(
            (f'; spacing = "{one} um" would do' for one in coarser if not _too_fine(scene, patch, vessels, one)), ""
        )
        raise SceneError.of(scene.source, "spacing", f'"{scene.spacing:g} um"', too_fine + mend)
    grid = grid_of(patch.anatomy, scene.spacing)
    return Built(scene, patch, grid, tissue_of(patch, grid, scene.damage), vessels)


def _too_fine(scene: Scene, patch: Patch, vessels: Vessels, spacing: float) -> str:
    """Why cells are too fine for a vessel; "" where they are not. The least permeable tissue decides."""
    grid = grid_of(patch.anatomy, spacing)
    least = least_permeability(patch, scene.damage)
    lines = bundled(vessels, grid, least)
    try:
        exchange(grid, lines, cut(grid, lines.begin, lines.end), np.broadcast_to(least, grid.shape))
    except GridError as error:
        return str(error)
    return ""


def answer(built: Built, watch: Watch | None = None, settings: Settings = SETTINGS) -> Answer:
    """Solve a scene; `watch` is told step, cycles and residual as they come."""
    blood, vessels = built.patch.blood, built.vessels
    lines = bundled(vessels, built.grid, least_permeability(built.patch, built.scene.damage))
    field = solve(built.tissue, lines, blood, settings, built.scene.threads, watch=watch)
    outcome = outcome_of(built.patch, built.grid, vessels, field)
    entering = brought(vessels, blood)
    return Answer(
        built,
        outcome,
        lines,
        outcome.perfusion / value("perfusion_of_flow"),
        field.balance.from_blood / entering if entering else 0.0,
        field.balance.from_surface / field.balance.burned if field.balance.burned else 0.0,
    )


def numbers(found: Answer) -> dict[str, tuple[float, str, str]]:
    """The answer as a table: by name, the value, its unit, and what it is."""
    outcome = found.outcome
    return {
        "bulb_mean": (outcome.bulb_mean, "mmHg", "oxygen pressure of the bulbs, mean"),
        "bulb_min": (outcome.bulb_min, "mmHg", "the same where it is lowest"),
        "bulb_below_10": (outcome.bulb_hypoxic, "", f"share of the bulbs' tissue below {HYPOXIC_PO2:g} mmHg"),
        "tissue_median": (outcome.tissue_median, "mmHg", "oxygen pressure of all tissue, median"),
        "tissue_below_5": (outcome.tissue_poor, "", "share of all tissue below 5 mmHg"),
        "perfusion": (found.perfusion, "mL/hg/min", "blood through vessels that exchange oxygen"),
        "extraction": (found.extraction, "", "share of the oxygen it brings that it gives up"),
        "surface_share": (found.surface_share, "", "of what is burned, the share through the skin's surface"),
        "balance_error": (outcome.field.balance.error, "", "oxygen brought but not burned, over what is burned"),
    }
