"""Foods that would reach the reference intake of magnesium: whole portions under likes, dislikes and energy.

Each answer is a mixed-integer program, solved by HiGHS; the next answers keep away from what those before used. The
foods are those of the project's own table, and the sums are the ledger's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from anagen.evidence.parameters import value
from anagen.intake.calcium import Calcium, calcium_of
from anagen.intake.catalogue import plain
from anagen.intake.foods import MG_PER_G, Food, calcium_mg, energy_kcal, magnesium_mg, portion_amount
from anagen.intake.ledger import Ledger, tally
from anagen.intake.plan_wishes import (
    PlanError,
    Wishes,
    candidates,
    checked,
    contradiction,
    food_groups,
    may_mean,
    means,
    stem,
)
from anagen.intake.wording import figure, milligrams
from anagen.quantities import Amount
from anagen.routine import Intake
from anagen.scenario import Scenario

__all__ = ["PlanError", "Plate", "Plates", "Serving", "Wishes", "family", "may_mean", "means", "plan_foods"]

ANSWERS = 4
ROOM = 1e-6
FORGET = 4
FIRST_WORDS = ("green", "red", "black", "white", "brown", "wild", "raw", "dark", "milk", "baked", "dried", "mixed")


@dataclass(frozen=True)
class Serving:
    """So many portions of one food."""

    food: Food
    portions: int

    @property
    def grams(self) -> float:
        """Their mass, g."""
        return self.portions * self.food.portion_g

    @property
    def magnesium(self) -> float:
        """Their magnesium, mg."""
        return magnesium_mg(self.food, self.grams) or 0.0

    @property
    def energy(self) -> float:
        """Their energy, kcal."""
        return energy_kcal(self.food, self.grams) or 0.0

    @property
    def calcium(self) -> float | None:
        """Their calcium, mg; None where unknown."""
        return calcium_mg(self.food, self.grams)

    @property
    def intake(self) -> Intake:
        """The same as an intake of a scenario."""
        return Intake("food", self.food.reference, Amount(f"{self.grams:g} g", self.grams * MG_PER_G, "mass"))

    def to_dict(self) -> dict[str, object]:
        """As it stands in the JSON."""
        return {
            "food": self.food.reference,
            "portions": self.portions,
            "portion": self.food.portion,
            "amount": portion_amount(self.food),
            "grams": self.grams,
            "magnesium_mg": self.magnesium,
            "calcium_mg": self.calcium,
            "energy_kcal": self.energy,
        }


@dataclass(frozen=True)
class Plate:
    """One answer: servings, and what the ledger says of the day with them, mg and kcal."""

    servings: tuple[Serving, ...]
    magnesium: float
    energy: float
    calcium: Calcium
    counted: float
    sentence: str

    def to_dict(self) -> dict[str, object]:
        """As it stands in the JSON."""
        return {
            "servings": [one.to_dict() for one in self.servings],
            "food_magnesium_mg_per_day": self.magnesium,
            "added_energy_kcal": self.energy,
            "calcium_mg_per_day": self.calcium.to_dict(),
            "counted_mg_per_day": self.counted,
            "sentence": self.sentence,
        }


@dataclass(frozen=True)
class Plates:
    """Ways to reach the reference intake from food; `sentence` says how things stand."""

    sentence: str
    answers: tuple[Plate, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """As it stands in the JSON."""
        return {"sentence": self.sentence, "answers": [answer.to_dict() for answer in self.answers]}


def plan_foods(scenario: Scenario, wishes: Wishes | None = None, most: int = ANSWERS) -> Plates:
    """Foods to add so that the day's food reaches the reference intake of magnesium.

    Parameters
    ----------
    scenario : the person, and the food already eaten; wishes : likes, dislikes, energy and portions.
    most : how many answers.

    Raises
    ------
    PlanError
        Where a wish cannot be used.

    Notes
    -----
    n portions of each food, z whether it is there at all: the sum of magnesium reaches what is missing, the sum of
    energy stays below what is allowed, and the fewest portions are the best, liked ones weighing less.
    """
    wishes = checked(wishes or Wishes())
    ledger = tally(scenario)
    need, eaten = ledger.limits.rda_mg_per_day, ledger.totals.food
    if need is None:
        return Plates("No reference intake is known here for this age, so there is nothing to reach.")
    if any(finding.code == "kidney-stop" for finding in ledger.findings):
        return Plates("With kidneys this weak even the magnesium of food is a clinician's question; none is planned.")
    if eaten >= need:
        return Plates(
            f"The food listed already holds {milligrams(eaten)} mg a day, of a need of {milligrams(need)} mg."
        )
    refused = contradiction(wishes)
    if refused:
        return Plates(refused)
    missing = need - eaten
    start = (
        f"The food listed holds {milligrams(eaten)} mg a day, of a need of {milligrams(need)} mg:"
        f" {milligrams(missing)} mg are missing."
    )
    answers = tuple(_plate(scenario, servings, need) for servings in _solve(missing, need, wishes, most))
    bounds = f"{figure(wishes.most_energy)} kcal and {wishes.most_portions} portions of each"
    if not answers:
        return Plates(f"{start} No foods of the table reach it within {bounds}, with these likes and dislikes.")
    return Plates(f"{start} Within {bounds}:", answers)


def family(food: Food) -> str:
    """What a food is at heart: "spinach" of "spinach, frozen, boiled", so that no answer is one thing three times.

    Examples
    --------
    >>> from anagen.intake.foods import foods
    >>> [family(food) for food in foods() if "cashew" in food.name]
    ['cashew', 'cashew', 'cashew']
    """
    words = plain(food.name).split(",")[0].split()
    last = words[-1] if words[0] in FIRST_WORDS and len(words) > 1 else words[0]
    return stem(last)


def _solve(missing: float, need: float, wishes: Wishes, most: int) -> list[tuple[Serving, ...]]:
    """Servings for each answer."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    offered, liked = candidates(wishes)
    if not offered:
        return []
    count, portions = len(offered), wishes.most_portions
    mg = np.array([magnesium_mg(food, food.portion_g) or 0.0 for food in offered])
    kcal = np.array([energy_kcal(food, food.portion_g) or 0.0 for food in offered])
    like, other = np.array(liked, dtype=float), 1.0 - np.array(liked, dtype=float)
    share = other + like * value("plan_like_weight")
    groups = {group: np.array([food.group == group for food in offered]) * share for group in food_groups()}
    families = {name: np.array([family(food) == name for food in offered]) * 1.0 for name in _families(offered)}
    nothing, eye = np.zeros(count), np.eye(count)

    def row(portions_of: Any, there: Any) -> Any:
        return np.concatenate([portions_of, there])

    rows: list[tuple[Any, float, float]] = [
        (row(mg, nothing), missing * (1 + ROOM), np.inf),
        (row(kcal, nothing), -np.inf, wishes.most_energy * (1 - ROOM)),
    ]
    rows += [(row(inside, nothing), -np.inf, value("plan_group_portions")) for inside in groups.values()]
    rows += [(row(nothing, inside), -np.inf, 1) for inside in families.values()]
    if like.any():
        rows.append((row(nothing, like), 1, np.inf))
    links = [  # z <= n <= portions z
        LinearConstraint(np.hstack([eye, -portions * eye]), -np.inf, 0),
        LinearConstraint(np.hstack([eye, -eye]), 0, np.inf),
    ]
    weight = share + value("plan_energy_weight") * kcal / wishes.most_energy
    too_much = (mg > value("plan_largest_share") * need) & (other > 0)
    bounds: Any = Bounds(np.zeros(2 * count), row(np.where(too_much, 0, portions), np.ones(count)))  # pyright: ignore[reportArgumentType]
    found: list[tuple[Serving, ...]] = []
    taken: list[Any] = []
    apart: list[tuple[Any, float, float]] = []  # no food of a family of an answer before; given up where none is left
    while len(found) < most:
        used = [(row(nothing, one), -np.inf, one.sum() - 1) for one in taken]
        every = [*rows, *used, *apart]
        matrix, low, high = (np.array([line[part] for line in every]) for part in range(len(every[0])))
        constraints: list[Any] = [*links, LinearConstraint(matrix, low, high)]  # pyright: ignore[reportArgumentType]
        solved = milp(row(weight, nothing), integrality=np.ones(2 * count), bounds=bounds, constraints=constraints)
        if solved.x is None:
            if not apart:
                break
            apart = apart[FORGET:]
            continue
        numbers = solved.x[:count].round().astype(int)
        there = numbers > 0
        found.append(tuple(Serving(offered[i], int(numbers[i])) for i in numbers.nonzero()[0]))
        taken.append(there.astype(float))
        apart += [(row(nothing, inside), -np.inf, 0) for inside in families.values() if (inside * there).any()]
        for inside in groups.values():
            if (inside * there).any():
                weight = weight + value("plan_variety_weight") * inside
    return found


def _families(offered: list[Food]) -> list[str]:
    """The families of some foods, in order."""
    return sorted({family(food) for food in offered})


def _plate(scenario: Scenario, servings: tuple[Serving, ...], need: float) -> Plate:
    """One answer, put back into the ledger."""
    servings = tuple(sorted(servings, key=lambda one: (-one.magnesium, one.food.name)))
    whole: Ledger = tally(replace(scenario, intakes=(*scenario.intakes, *(one.intake for one in servings)), text=""))
    calcium = calcium_of(scenario.person, list(whole.items))
    energy = sum(one.energy for one in servings)
    sums = " + ".join(f"{one.portions} x {figure(one.magnesium / one.portions)}" for one in servings)
    unknown = any(one.calcium is None for one in servings)
    sentence = (
        f"{sums} = {milligrams(sum(one.magnesium for one in servings))} mg more would reach"
        f" {milligrams(whole.totals.food)} mg of a need of {milligrams(need)} mg, with {figure(energy)} kcal; calcium"
        f" from food then {'at least ' if unknown else ''}{milligrams(calcium.food_mg_per_day)} mg"
        f"{'' if calcium.rda_mg_per_day is None else f' of {milligrams(calcium.rda_mg_per_day)} mg'}."
    )
    return Plate(servings, whole.totals.food, energy, calcium, whole.totals.counted, sentence)
