"""A patch of scalp: what is brought is burned, finer cells say the same, inputs act one way, a direct solver agrees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray
from oxygen_direct import solve_directly
from oxygen_forms import EXACT

from anagen.oxygen.bundles import bundled
from anagen.oxygen.damage import HEALTHY, Damage
from anagen.oxygen.patch import Outcome, Patch, grid_of, patch_of, solve_patch, tissue_of, vessels_of
from anagen.oxygen.solve import solve

Floats = NDArray[np.float64]

PER_ML = 1.05 / 6000  # 1 mL/100 g/min in 1/s, for tissue of 1.05 g/mL
BALD = 13.7  # mL/100 g/min
SPACINGS = (80.0, 40.0, 20.0)
GRID_LOSSES = (0.0, 0.5, 0.7, 0.8)


@cache
def patch() -> Patch:
    """The patch of all checks."""
    return patch_of(1)


@cache
def outcome(flow: float = BALD, damage: Damage = HEALTHY, spacing: float = 40.0, nutritive: float = 1.0) -> Outcome:
    """The patch at a flow (mL/100 g/min)."""
    return solve_patch(patch(), flow * PER_ML, damage, nutritive, spacing)


CONSERVED_FLOWS = (36.0, 13.7, 5.0, 1.0, 0.3)
HARMS = {
    "health": HEALTHY, "70 % lost": Damage(loss=0.7), "walls 5 um": Damage(wall_thickness=5.0),
    "scar, K x 0.3": Damage(permeability=0.3, follicle_permeability=0.3),
    "arterioles x 0.7": Damage(arteriole_radius=0.7),
}  # fmt: skip


def lost(flow: float, harm: str) -> float:
    """Part of what is burned that nothing brought, or that was brought and not burned."""
    return abs(outcome(flow, HARMS[harm]).field.balance.error)


SCAN = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
Change = Callable[[float], Outcome]


def _changed(**given: float) -> Outcome:
    return solve_patch(replace(patch(), **given), BALD * PER_ML)


def _demanding(**given: float) -> Outcome:
    return solve_patch(replace(patch(), demands=replace(patch().demands, **given)), BALD * PER_ML)


INPUTS: dict[str, dict[str, Change]] = {
    "Vessels": {
        "capillaries lost": lambda x: outcome(damage=Damage(loss=0.95 * x)),
        "thick walls": lambda x: outcome(damage=Damage(wall_thickness=10 * x)),
        "wall resistance": lambda x: outcome(damage=Damage(wall_resistance=100 * x)),
    },
    "Diffusion and width": {
        "K of tissue": lambda x: outcome(damage=Damage(permeability=1 - 0.8 * x)),
        "K of follicles": lambda x: outcome(damage=Damage(follicle_permeability=1 - 0.8 * x)),
        "capillaries' radius": lambda x: outcome(damage=Damage(capillary_radius=1 - 0.5 * x)),
    },
    "Supply": {
        "flow": lambda x: outcome(BALD * 0.01**x),
        "shunted": lambda x: outcome(nutritive=1 - 0.95 * x),
        "arterioles' radius": lambda x: outcome(damage=Damage(arteriole_radius=1 - 0.5 * x)),
    },
    "Demand, and what comes in": {
        "bulbs": lambda x: _demanding(bulb=patch().demands.bulb * (1 + 3 * x)),
        "dermis, fat": lambda x: _demanding(
            dermis=patch().demands.dermis * (1 + 3 * x), fat=patch().demands.fat * (1 + 3 * x)
        ),
        "epidermis, sheaths": lambda x: _demanding(
            epidermis=patch().demands.epidermis * (1 + 3 * x), sheath=patch().demands.sheath * (1 + 3 * x)
        ),
        "inlet pO2": lambda x: _changed(inlet_po2=patch().inlet_po2 * (1 - 0.5 * x)),
    },
}
"""Every input, from what it is at 0 to harm at 1."""
HARM = {
    "Vessels": "95 % lost; walls of 10 um; 100 mmHg s/um2",
    "Diffusion and width": "K a fifth; radius half",
    "Supply": "a hundredth of the flow; 95 % shunted; radius half",
    "Demand, and what comes in": "four times the demand; half the pO2",
}


@cache
def scan(group: str, name: str) -> tuple[Floats, Floats]:
    """Mean and least pO2 of the bulbs (mmHg) along SCAN."""
    found = [INPUTS[group][name](x) for x in SCAN]
    return np.array([one.bulb_mean for one in found]), np.array([one.bulb_min for one in found])


DIRECT_FLOWS = (36.0, 13.7, 5.0, 1.0)


@cache
def narrow_patch() -> Patch:
    """A block half as wide with one bulb, small enough for a direct solver."""
    anatomy = patch().anatomy
    return patch_of(1, replace(anatomy, width=anatomy.width / 2, bulbs=1))


@cache
def direct_difference(flow: float, loss: float) -> tuple[float, float]:
    """Largest difference from the sparse direct solver (mmHg), of tissue and of blood, on cells of 80 um."""
    block, damage = narrow_patch(), Damage(loss=loss)
    grid = grid_of(block.anatomy, 80.0)
    vessels = vessels_of(block, flow * PER_ML * block.anatomy.volume, damage)
    assert bundled(vessels, grid, block.permeability) is vessels, "every vessel stands alone on cells of this size"
    tissue = tissue_of(block, grid, damage)
    field = solve(tissue, vessels, block.blood, EXACT)
    po2, blood = solve_directly(
        tissue, vessels, block.blood, field.pieces, 0.9 * field.po2 + 1, 0.9 * field.blood_po2 + 2
    )
    return float(np.abs(po2 - field.po2).max()), float(np.abs(blood - field.blood_po2).max())
