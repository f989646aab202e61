"""How much of a day's magnesium the gut takes up, meal by meal.

For the body, never for the limit: limits are set on what is swallowed, so the ledger counts every milligram of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from anagen.body.acute import newly_absorbed
from anagen.body.takings import Taking, clock, meals_of, takings_by_mouth, with_usual_diet
from anagen.evidence.parameters import value
from anagen.intake.absorption import salt_multiplier
from anagen.mechanism import exp, log
from anagen.scenario import Scenario

PURPOSE = "for the body, never for the limit"


@dataclass(frozen=True)
class MealRow:
    """One meal: when, what is in it, mg swallowed, the factor of each thing, and mg taken up."""

    clock: str
    items: tuple[str, ...]
    mg_in: float
    factors: Mapping[str, float]
    mg_absorbed: float

    @property
    def fraction(self) -> float:
        """The share that is taken up."""
        return self.mg_absorbed / self.mg_in if self.mg_in > 0 else 0.0

    def to_dict(self) -> dict[str, object]:
        """As it stands in the JSON."""
        return {
            "clock": self.clock,
            "items": list(self.items),
            "mg_in": self.mg_in,
            "factors": dict(self.factors),
            "mg_absorbed": self.mg_absorbed,
            "fraction": self.fraction,
        }


def factor_of(taking: Taking) -> float:
    """How well a taking is absorbed beside a soluble salt: the salt's factor; of food, what phytate leaves."""
    if taking.solubility == "food":
        return value("acute_food_factor")
    return salt_multiplier(taking.solubility, taking.coating)


def absorption_view(scenario: Scenario) -> tuple[MealRow, ...]:
    """What the gut takes up of each meal of the first day, at the central values.

    taken up of x mg = f (A(T + x) - A(T)), A(x) = min(x, V x / (K + x) + p x), f the factor of the thing, and A(T) what
    waits in the stomach to be taken up. Of one meal the best absorbed goes first. Food that the scenario does not list
    is made up to a usual day's.

    Parameters
    ----------
    scenario : its food, water, supplements and medicines; skin and baths play no part.
    """
    return rows_of(with_usual_diet(takings_by_mouth(scenario), value("acute_usual_diet")))


def rows_of(takings: list[Taking]) -> tuple[MealRow, ...]:
    """A row for each meal of the takings."""
    curve = (value("gut_capacity"), value("gut_half_saturation"), value("gut_passive_share"))
    rate = log(2) / value("acute_stomach_half_time")
    rows: list[MealRow] = []
    waiting, before = 0.0, 0.0
    for hour, together in meals_of(takings):
        waiting *= float(exp(-rate * (hour - before)))
        before, start = hour, waiting
        total = sum(taking.mg for taking in together)
        factors = {taking.name: factor_of(taking) for taking in together}
        for share in sorted({*factors.values()}, reverse=True):
            mg = sum(taking.mg for taking in together if factor_of(taking) == share)
            waiting += float(newly_absorbed(waiting, mg, share, *curve))
        rows.append(MealRow(clock(hour), tuple(factors), total, factors, waiting - start))
    return tuple(rows)
