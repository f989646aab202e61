"""The same doses in other cases: one day and a week of them, healthy kidneys and weak, a usual gut and a slow one.

One dose taken once is the mildest case there is. What a laxative can do shows where it is taken every day, where the
kidneys are weak, or where the gut does not move it on; so every answer holds these cases beside the one asked for. All
cases are columns of one run: without doses, with those of one day, and with those of a week, each at every pair of
kidneys and gut.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from anagen.body.acute import Laws, Pools
from anagen.body.acute_arms import Fan
from anagen.body.acute_bands import PlasmaBand, band_of
from anagen.body.acute_gut import GUTS, slowed, stay_in
from anagen.body.acute_meals import LEAD_IN_DAYS, Swallowed, meals
from anagen.body.acute_run import simulate
from anagen.body.takings import HOURS_PER_DAY, Taking
from anagen.intake.conditions import Gut

Floats = NDArray[np.float64]
Whose = Literal["healthy", "own", "example"]

DAYS = (1, 7)  # on how many days the doses are taken
LOOKED_AT_H = 240.0  # from the first dose
STEP_H = 0.5
MOST_DRAWS = 40
TOLERANCE, SMALLEST = 1e-3, 1e-3  # relative; mmol: peaks come out within 0.0001 mmol/L of a fine run


class Kidneys(NamedTuple):
    """Whose kidneys, their GFR (mL/min), and a measured level of plasma at rest (mmol/L)."""

    whose: Whose
    gfr: float
    plasma: float | None = None


@dataclass(frozen=True)
class Scene:
    """One case: kidneys, gut and days of doses, and how high plasma goes in it.

    Attributes
    ----------
    stay : how many times as long as usual things stay in the gut.
    peak : the highest of each run, mmol/L; peak_h : hours from the first dose to the peak of the median.
    rise : the most that the doses add to each run, mmol/L.
    """

    kidneys: Kidneys
    gut: Gut
    stay: Fan
    days: int
    peak: Fan
    peak_h: float
    rise: Fan

    @property
    def band(self) -> PlasmaBand:
        """The band of the middle run's peak."""
        return band_of(float(self.peak.p50))

    def to_dict(self) -> dict[str, object]:
        """As it stands in the JSON."""
        return {
            "kidneys": self.kidneys.whose,
            "gfr_ml_min": self.kidneys.gfr,
            "gut": self.gut,
            "stay_times_usual": self.stay.to_dict(),
            "days": self.days,
            "peak_mmol_l": {**self.peak.to_dict(), "hours_after_first_dose": self.peak_h},
            "rise_mmol_l": self.rise.to_dict(),
            "band": self.band.name,
            "band_of_highest_tenth": band_of(float(self.peak.p90)).name,
        }


def scenes_of(
    values: dict[str, Floats],
    diet: Sequence[Taking],
    doses: Sequence[Taking],
    kidneys: Sequence[Kidneys],
    laws_at: Callable[[dict[str, Floats], Kidneys], Laws],
) -> tuple[Scene, ...]:
    """Every pair of kidneys and gut, with the doses on one day and on each day of a week.

    Parameters
    ----------
    values : drawn records; the first `MOST_DRAWS` draws are run.
    diet, doses : the takings of a day.
    kidneys : those to show.
    laws_at : the body at rest with given kidneys.
    """
    few = {name: drawn[:MOST_DRAWS] for name, drawn in values.items()}
    pairs = list(product(kidneys, GUTS))
    stays = {gut: stay_in(gut, few) for gut in GUTS}
    at_rest = {one: laws_at(few, one) for one in kidneys}
    laws = side_by_side([slowed(at_rest[one], stays[gut]) for one, gut in pairs] * (1 + len(DAYS)))
    first = min(dose.hour for dose in doses)
    kept = first + np.arange(0, LOOKED_AT_H + STEP_H / 2, STEP_H)
    events = _events(meals(diet, few, True), meals([*diet, *doses], few, True), len(pairs), kept[-1])
    grid = np.append(-float(HOURS_PER_DAY * LEAD_IN_DAYS), kept)
    ran = simulate(laws, events, grid, float(few["acute_magnesium_mass"][0]), None, TOLERANCE, SMALLEST)
    without, *dosed = np.split(ran.plasma[1:].reshape(len(kept), (1 + len(DAYS)) * len(pairs), -1), 1 + len(DAYS), 1)
    return tuple(
        _scene(one, gut, Fan.of(stays[gut]), days, plasma[:, place], without[:, place])
        for place, (one, gut) in enumerate(pairs)
        for days, plasma in zip(DAYS, dosed, strict=True)
    )


def _scene(kidneys: Kidneys, gut: Gut, stay: Fan, days: int, plasma: Floats, without: Floats) -> Scene:
    """One case, from plasma with the doses and without; axes (hour, draw)."""
    peak_h = float(np.argmax(np.median(plasma, axis=-1))) * STEP_H
    return Scene(kidneys, gut, stay, days, Fan.of(plasma.max(axis=0)), peak_h, Fan.of((plasma - without).max(axis=0)))


def side_by_side(laws: Sequence[Laws]) -> Laws:
    """Bodies as the draws of one."""
    pools = Pools(*(np.concatenate(rows, axis=-1) for rows in zip(*(one.pools for one in laws), strict=True)))
    columns = {name: np.concatenate([getattr(one, name) for one in laws]) for name in Laws._fields if name != "pools"}
    return Laws(pools=pools, **columns)


def _events(plain: list[Swallowed], dosed: list[Swallowed], pairs: int, until: float) -> list[Swallowed]:
    """What is swallowed in every column: first without doses, then with those of each number of days in `DAYS`."""
    by_hour = [{meal.hour: meal for meal in day} for day in (plain, dosed)]
    hours = sorted(by_hour[0] | by_hour[1])
    found: list[Swallowed] = []
    for day in range(-LEAD_IN_DAYS, int(until // HOURS_PER_DAY) + 1):
        with_doses = [False, *(0 <= day < days for days in DAYS)]
        for hour in hours:
            parts = [by_hour[dose].get(hour) for dose in with_doses]
            if any(part is not None for part in parts):
                found.append(_together(hour + HOURS_PER_DAY * day, parts, pairs))
    return found


def _together(hour: float, blocks: Sequence[Swallowed | None], pairs: int) -> Swallowed:
    """Meals of one hour as one, each `pairs` times side by side; what one lacks is nothing of no factor."""
    rows = max(len(one.mg) for one in blocks if one is not None)
    draws = next(one.mg.shape[1] for one in blocks if one is not None)
    mg, factors = np.zeros((2, rows, len(blocks), pairs, draws))
    for place, one in enumerate(blocks):
        if one is not None:
            mg[: len(one.mg), place] = one.mg[:, None]
            factors[: len(one.mg), place] = one.factor[:, None]
    return Swallowed(hour, mg.reshape(rows, -1), factors.reshape(rows, -1))
