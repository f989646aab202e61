"""When a routine is swallowed: its takings by mouth on one day, with a clock time for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from anagen.evidence.parameters import value
from anagen.intake.conditions import refuse_denied
from anagen.intake.item import Item
from anagen.intake.ledger import tally
from anagen.intake.salts import Solubility
from anagen.intake.spacing import clock_hours
from anagen.routine import Intake, in_use
from anagen.scenario import Scenario

USUAL_DIET = "usual diet (assumed)"
BY_MOUTH = ("food", "water", "supplement", "medicine")
MINUTES_PER_HOUR = 60
HOURS_PER_DAY = 24


@dataclass(frozen=True)
class Taking:
    """Something swallowed: at which clock hour, how much magnesium (mg), of what, and what its uptake goes by."""

    hour: float
    mg: float
    name: str
    solubility: Solubility
    coating: str = "none"

    @property
    def is_diet(self) -> bool:
        """Food and drink are part of every day; a supplement or a medicine is a dose."""
        return self.solubility in ("food", "water")


def meal_hours() -> tuple[float, ...]:
    """The clock hours of the usual meals."""
    return tuple(value(f"acute_{meal}") for meal in ("breakfast", "lunch", "supper"))


def clock(hour: float) -> str:
    """An hour of the day as "07:30".

    Examples
    --------
    >>> clock(7.5), clock(26.0)
    ('07:30', '02:00')
    """
    minutes = round(hour % HOURS_PER_DAY * MINUTES_PER_HOUR) % (HOURS_PER_DAY * MINUTES_PER_HOUR)
    return f"{minutes // MINUTES_PER_HOUR:02d}:{minutes % MINUTES_PER_HOUR:02d}"


def hours_for(count: int) -> tuple[float, ...]:
    """Clock hours for `count` takings whose time is not given: at meals, and if there are more, evenly between them.

    Examples
    --------
    >>> hours_for(1), hours_for(2), hours_for(5)
    ((8.0,), (8.0, 19.0), (8.0, 10.75, 13.5, 16.25, 19.0))
    """
    meals = meal_hours()
    first, last = meals[0], meals[-1]
    if count == len(meals):
        return meals
    if count == 1:
        return (first,)
    return tuple(first + (last - first) * place / (count - 1) for place in range(count))


def takings_of(intake: Intake, item: Item) -> list[Taking]:
    """The takings of one intake on a day it is taken, its milligrams spread evenly over them.

    Something taken a few times a week is taken once on that day. Food and drink without a time go with the meals.
    """
    mg = item.elemental_mg_per_taking
    if intake.kind not in BY_MOUTH or not mg:
        return []
    times = max(item.takings_per_day, 1.0)
    given = [hours for hours in map(clock_hours, intake.at) if hours is not None]
    spread = meal_hours() if intake.kind in ("food", "water") else hours_for(max(round(times), 1))
    hours = given or list(spread)
    return [Taking(hour, mg * times / len(hours), item.name, item.solubility, item.coating) for hour in hours]


def takings_by_mouth(scenario: Scenario) -> list[Taking]:
    """Everything the scenario's person swallows on one day, in the order of the clock.

    Raises
    ------
    AnagenError
        As `tally` does, where an intake cannot be weighed or a condition denies.
    """
    refuse_denied(scenario.person.conditions, scenario.source)
    wanted = tuple(i for i in scenario.intakes if i.kind in BY_MOUTH and in_use(i, scenario.person.age))
    items = tally(replace(scenario, intakes=wanted, treatments=())).items
    found = [taking for intake, item in zip(wanted, items, strict=True) for taking in takings_of(intake, item)]
    return sorted(found, key=lambda taking: taking.hour)


def with_usual_diet(takings: Sequence[Taking], usual_mg: float) -> list[Taking]:
    """The takings, and at the usual meals what the listed food and drink lack of a usual day's magnesium."""
    lacking = usual_mg - sum(taking.mg for taking in takings if taking.is_diet)
    meals = meal_hours()
    rest = [Taking(hour, lacking / len(meals), USUAL_DIET, "food") for hour in meals] if lacking > 0 else []
    return sorted([*rest, *takings], key=lambda taking: taking.hour)


def meals_of(takings: Sequence[Taking]) -> list[tuple[float, list[Taking]]]:
    """Takings of the same clock time together: one meal of the curve."""
    hours = sorted({taking.hour for taking in takings})
    return [(hour, [taking for taking in takings if taking.hour == hour]) for hour in hours]
