"""Foods that would reach the reference intake of magnesium: whole portions under likes, dislikes and energy.

Each answer is a mixed-integer program, solved by HiGHS; the next answers keep away from what those before used. The
foods are those of the project's own table, and the sums are the ledger's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from anagen.errors import AnagenError, nearest_sentence
from anagen.evidence.parameters import value
from anagen.intake.calcium import Calcium, calcium_of
from anagen.intake.catalogue import plain
from anagen.intake.foods import MG_PER_G, Food, calcium_mg, energy_kcal, foods, magnesium_mg, portion_amount
from anagen.intake.ledger import Ledger, tally
from anagen.intake.wording import figure, milligrams
from anagen.nearest import nearest
from anagen.quantities import Amount
from anagen.routine import Intake
from anagen.scenario import Scenario

ANSWERS = 4
MOST_PORTIONS = 20
MOST_ENERGY = 10_000.0
LONGEST_WISH = 80
ROOM = 1e-6
FORGET = 4
FIRST_WORDS = ("green", "red", "black", "white", "brown", "wild", "raw", "dark", "milk", "baked", "dried", "mixed")
INGREDIENTS = (", dry", ", raw", "flour", "meal", "powder", "isolate", "gluten", "miso", "tamari", "soy sauce", "bran")
RAW_GROUPS = ("grains", "legumes", "meat", "fish", "eggs")
ASIDE = ("herbs and spices", "fats", "soups and sauces", "sweets", "snacks", "meals")
SELDOM = ("beer", "wine", "spirits", "cider", "sake", "caviar")
"""Not offered unless they are asked for by name: ingredients, seasonings, sweets, drinks with alcohol, and a luxury."""


class PlanError(AnagenError):
    """A wish that cannot be used; the text says how to mend it."""


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


@dataclass(frozen=True)
class Wishes:
    """What a person likes and will not eat, in words that a name, an alias or a group of foods holds.

    `energy` is the most kcal a day that the added foods may bring, `portions` the most of each; None is the default.
    """

    likes: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()
    energy: float | None = None
    portions: int | None = None

    @property
    def most_energy(self) -> float:
        """kcal a day."""
        return value("plan_energy") if self.energy is None else self.energy

    @property
    def most_portions(self) -> int:
        """Portions a day of one food."""
        return round(value("plan_portions")) if self.portions is None else self.portions


def _held(text: str) -> list[str]:
    """The words of a name, as they are compared."""
    bare = plain(text).replace("-", " ").replace(",", " ")
    return [_stem(word.strip(".%")) for word in bare.split()]


def may_mean(food: Food, words: str) -> bool:
    """Whether a dislike may mean a food: every word of it begins a word of the name, an alias or the group.

    A plural means the singular too, so "nuts" is the group, every nut, and nutmeg: rather one food too many goes.
    """
    wanted = _held(words)
    return bool(wanted) and any(
        all(any(one.startswith(word) for one in held) for word in wanted)
        for held in map(_held, (food.name, *food.aliases, food.group))
    )


def means(food: Food, words: str) -> bool:
    """Whether a like means a food: a group by its name, else every word of it is a word of the name or an alias."""
    wanted = _held(words)
    if any(_held(group) == wanted for group in _groups()):
        return _held(food.group) == wanted
    return bool(wanted) and any(set(wanted) <= set(_held(name)) for name in (food.name, *food.aliases))


@cache
def _groups() -> tuple[str, ...]:
    """The groups of the table."""
    return tuple(sorted({food.group for food in foods()}))


def _stem(word: str) -> str:
    """A word without the ending of a plural."""
    for ending, short in (("ies", "y"), ("oes", "o"), ("s", "")):
        if word.endswith(ending) and not word.endswith("ss") and len(word) > len(ending) + 2:
            return word.removesuffix(ending) + short
    return word


def checked(wishes: Wishes) -> Wishes:
    """The same wishes; raises PlanError where one cannot be used."""
    if not 0 < wishes.most_energy <= MOST_ENERGY:
        raise PlanError(f"energy = {wishes.most_energy:g}: write kcal a day above 0, at most {MOST_ENERGY:g}")
    if not 1 <= wishes.most_portions <= MOST_PORTIONS:
        raise PlanError(f"portions = {wishes.most_portions}: write a whole number from 1 to {MOST_PORTIONS}")
    for test, all_words in ((means, wishes.likes), (may_mean, wishes.dislikes)):
        for words in all_words:
            if len(words) > LONGEST_WISH or not any(test(food, words) for food in foods()):
                near = nearest(words, [*(food.name for food in foods()), *_groups()]) if words.strip() else ()
                raise PlanError(
                    f"no food or group of foods is called {words[:LONGEST_WISH]!r}; {nearest_sentence(near)}"
                )
    return wishes


def candidates(wishes: Wishes) -> tuple[list[Food], list[bool]]:
    """The foods that may be offered, and which of them are liked: known magnesium and energy, none disliked."""
    offered: list[Food] = []
    liked: list[bool] = []
    for food in foods():
        holds = magnesium_mg(food, food.portion_g)
        if not holds or food.energy_kcal_per_100g is None or any(may_mean(food, one) for one in wishes.dislikes):
            continue
        wanted = any(means(food, one) for one in wishes.likes)
        if wanted or _offered(food):
            offered.append(food)
            liked.append(wanted)
    return offered, liked


def _offered(food: Food) -> bool:
    """Whether a food is offered without being asked for."""
    if food.group in ASIDE or any(word in food.name.split() for word in SELDOM):
        return False
    ingredient = any(mark in food.name for mark in INGREDIENTS if mark != ", raw")
    return not ingredient and not (food.group in RAW_GROUPS and ", raw" in food.name)


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
    >>> [family(food) for food in foods() if "cashew" in food.name]
    ['cashew', 'cashew', 'cashew']
    """
    words = plain(food.name).split(",")[0].split()
    last = words[-1] if words[0] in FIRST_WORDS and len(words) > 1 else words[0]
    return _stem(last)


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
    groups = {group: np.array([food.group == group for food in offered]) * share for group in _groups()}
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
