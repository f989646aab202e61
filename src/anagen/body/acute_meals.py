"""What is swallowed through a day, in meals, and what the gut takes up of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from anagen.body.acute import Laws, newly_absorbed
from anagen.body.takings import HOURS_PER_DAY, Taking, meal_hours
from anagen.intake.salts import Solubility

Floats = NDArray[np.float64]

LEAD_IN_DAYS = 3  # days of the usual diet before the first dose, for the daily rhythm of the fast pools


class Swallowed(NamedTuple):
    """What is swallowed at one hour: mg and factor of each part, the highest factor first; axes (part, draw)."""

    hour: float
    mg: Floats
    factor: Floats

    @property
    def total(self) -> Floats:
        """mg, per draw."""
        return self.mg.sum(axis=0)


def factor(solubility: Solubility, coating: str, values: dict[str, Floats]) -> Floats:
    """The factor of a salt or of food, per draw."""
    if solubility == "food":
        return values["acute_food_factor"]
    name = solubility if solubility in ("oxide", "hydroxide") else "soluble"
    found = values[f"meal_multiplier_{name}"]
    return np.minimum(found, values["meal_multiplier_enteric"]) if coating == "enteric" else found


def meals(takings: Sequence[Taking], values: dict[str, Floats], usual_diet: bool) -> list[Swallowed]:
    """One day's takings by the hour; with `usual_diet`, what listed food lacks of it is added at the usual meals.

    Takings of one hour that are absorbed alike are one part of the meal.
    """
    parts: dict[float, dict[tuple[Solubility, str], Floats]] = {}

    def add(hour: float, kind: tuple[Solubility, str], mg: Any) -> None:
        meal = parts.setdefault(hour, {})
        meal[kind] = meal.get(kind, np.zeros_like(values["acute_food_factor"])) + mg

    for taking in takings:
        add(taking.hour, (taking.solubility, taking.coating), taking.mg)
    if usual_diet:
        eaten = sum(taking.mg for taking in takings if taking.is_diet)
        for hour in meal_hours():
            add(hour, ("food", "none"), np.maximum(values["acute_usual_diet"] - eaten, 0) / len(meal_hours()))
    found: list[Swallowed] = []
    for hour in sorted(parts):
        mg = np.array(list(parts[hour].values()))
        factors = np.array([factor(*kind, values) for kind in parts[hour]])
        order = np.argsort(-factors, axis=0, kind="stable")
        found.append(Swallowed(hour, np.take_along_axis(mg, order, 0), np.take_along_axis(factors, order, 0)))
    return found


def every_day(day: Sequence[Swallowed], from_day: int, to_day: int) -> list[Swallowed]:
    """The same day's meals on each day from `from_day` up to, not with, `to_day`."""
    return [meal._replace(hour=meal.hour + HOURS_PER_DAY * n) for n in range(from_day, to_day) for meal in day]


def parted(waiting: Floats, meal: Swallowed, laws: Laws) -> Floats:
    """What of a meal will be taken up, mg, while `waiting` mg wait in the stomach to be taken up."""
    curve = (laws.capacity, laws.half_saturation, laws.passive)
    got = np.zeros_like(waiting)
    for mg, share in zip(meal.mg, meal.factor, strict=True):
        got = got + newly_absorbed(waiting + got, mg, share, *curve)
    return got


def uptakes(day: Sequence[Swallowed], laws: Laws, days: int = 1) -> list[Floats]:
    """What the gut takes up of each meal on the last of `days` like days, mg; the first finds an empty stomach."""
    waiting, clock = np.zeros_like(laws.start), 0.0
    got: list[Floats] = []
    for meal in every_day(day, 0, days):
        waiting, clock = waiting * np.exp(-laws.stomach_rate * (meal.hour - clock)), meal.hour
        got.append(parted(waiting, meal, laws))
        waiting = waiting + got[-1]
    return got[-len(day) :]


def daily_uptake(day: Sequence[Swallowed], laws: Laws) -> Floats:
    """What the gut takes up of a day that is like the days before it, mg."""
    return np.sum(uptakes(day, laws, LEAD_IN_DAYS), axis=0)
