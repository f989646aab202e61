"""A body as the hour-scale pools need it: its laws, at rest on its usual diet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anagen.body.acute import POOLS, Laws, Pools, adapted_excretion, adapted_steepness, losses
from anagen.body.acute_meals import daily_uptake, meals
from anagen.body.takings import HOURS_PER_DAY, Taking

Floats = NDArray[np.float64]

FOLLOWERS = ("cell", "middle", "slow")  # follow a share of a rise of plasma; the two fastest follow all of it
IN_DAYS = ("middle", "slow")  # whose half-time is recorded in days
HALVINGS = 80
LOWEST_PLASMA, HIGHEST_PLASMA = 0.01, 50.0  # mmol/L: where a level at rest is looked for
LITERS_PER_HOUR = 0.06  # of 1 mL/min


def laws_from(
    values: dict[str, Floats],
    gfr: float,
    diet: Sequence[Taking] = (),
    mass_kg: float | None = None,
    plasma: float | None = None,
) -> Laws:
    """The laws of a body, per draw, at rest on its usual diet and with a usual gut.

    Parameters
    ----------
    values : drawn records.
    gfr : mL/min.
    diet : listed food and drink of every day.
    mass_kg : sizes grow with it; None is the reference.
    plasma : measured at rest, mmol/L; the kidney's set point is then moved so that the body rests there.
    """
    laws = _laws_at_normal(values, gfr, 1 if mass_kg is None else mass_kg / values["acute_reference_mass"])
    gain = daily_uptake(meals(diet, values, usual_diet=True), laws)
    gain = gain / values["acute_magnesium_mass"] / HOURS_PER_DAY
    normal = laws.normal
    low, high = np.full_like(normal, LOWEST_PLASMA), np.full_like(normal, HIGHEST_PLASMA)
    if plasma is None:
        start = _halved(lambda level: sum(losses(level, laws)) < gain, low, high)
    else:
        start = np.full_like(normal, plasma)
        normal = _halved(lambda level: sum(losses(start, laws._replace(normal=level))) > gain, low, high)
    size, following = laws.pools.size, laws.pools.following
    sized = laws.pools._replace(size=size * (1 + following * (start / normal - 1)))
    return laws._replace(start=start, normal=normal, pools=sized)


def _laws_at_normal(values: dict[str, Floats], gfr: float, scale: Any) -> Laws:
    """The laws of a body of `scale` times the reference mass whose plasma is at the normal level."""
    relative_gfr = gfr / values["acute_gfr_healthy"]
    normal, rate = values["plasma_magnesium_reference"], np.log(2)
    return Laws(
        stomach_rate=rate / values["acute_stomach_half_time"],
        gut_rate=rate / values["acute_gut_half_time"],
        volume=values["acute_extracellular_volume"] * scale,
        start=normal,
        normal=normal,
        pools=_pools(values, scale),
        filtrate=gfr * LITERS_PER_HOUR * values["acute_ultrafilterable"],
        low=values["acute_excretion_low"],
        usual=adapted_excretion(values["acute_excretion_usual"], relative_gfr, values["acute_adaptation"]),
        high=values["acute_excretion_high"],
        steepness=adapted_steepness(values["acute_excretion_steepness"], relative_gfr, values["acute_reserve"]),
        endogenous=values["acute_endogenous_loss"] / values["acute_magnesium_mass"] / HOURS_PER_DAY,
        capacity=values["gut_capacity"],
        half_saturation=values["gut_half_saturation"],
        passive=values["gut_passive_share"],
    )


def _pools(values: dict[str, Floats], scale: Any) -> Pools:
    """The tissues, at the normal level."""
    hours = {name: HOURS_PER_DAY if name in IN_DAYS else 1 for name in POOLS}
    follow, all_of_it = values["acute_cell_following"], np.ones_like(values["acute_cell_following"])
    return Pools(
        size=np.stack([values[f"acute_{name}_pool"] * scale for name in POOLS]),
        rate=np.stack([np.log(2) / (values[f"acute_{name}_half_time"] * hours[name]) for name in POOLS]),
        following=np.stack([follow if name in FOLLOWERS else all_of_it for name in POOLS]),
    )


def _halved(too_low: Any, low: Floats, high: Floats) -> Floats:
    """Where a rising function crosses: `too_low` says of each guess whether it lies below."""
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        below = too_low(middle)
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return (low + high) / 2
