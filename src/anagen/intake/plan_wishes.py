"""What a person likes and will not eat, and the foods that leaves: a like is narrow, and a dislike wide.

A dislike may be an allergy, so it goes before a like.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from anagen.errors import AnagenError, nearest_sentence
from anagen.evidence.parameters import value
from anagen.intake.catalogue import plain
from anagen.intake.foods import Food, foods, magnesium_mg
from anagen.nearest import nearest

MOST_PORTIONS = 20
MOST_ENERGY = 10_000.0
LONGEST_WISH = 80
INGREDIENTS = (", dry", ", raw", "flour", "meal", "powder", "isolate", "gluten", "miso", "tamari", "soy sauce", "bran")
RAW_GROUPS = ("grains", "legumes", "meat", "fish", "eggs")
ASIDE = ("herbs and spices", "fats", "soups and sauces", "sweets", "snacks", "meals")
SELDOM = ("beer", "wine", "spirits", "cider", "sake", "caviar")
"""Not offered unless they are asked for by name: ingredients, seasonings, sweets, drinks with alcohol, and a luxury."""


class PlanError(AnagenError):
    """A wish that cannot be used; the text says how to mend it."""


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
    return [stem(word.strip(".%")) for word in bare.split()]


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
    if any(_held(group) == wanted for group in food_groups()):
        return _held(food.group) == wanted
    return bool(wanted) and any(set(wanted) <= set(_held(name)) for name in (food.name, *food.aliases))


@cache
def food_groups() -> tuple[str, ...]:
    """The groups of the table."""
    return tuple(sorted({food.group for food in foods()}))


def stem(word: str) -> str:
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
                near = nearest(words, [*(food.name for food in foods()), *food_groups()]) if words.strip() else ()
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


def contradiction(wishes: Wishes) -> str:
    """Why no liked food can be offered; empty where one can, or nothing is liked. A dislike may be an allergy: it wins.

    Without this a plate of "spinach, but no vegetables" would come without spinach, as if nothing had been liked.
    """
    if not wishes.likes or any(candidates(wishes)[1]):
        return ""
    liked = ", ".join(wishes.likes)
    wanted = [food for food in foods() if any(means(food, one) for one in wishes.likes)]
    if any(not any(may_mean(food, one) for one in wishes.dislikes) for food in wanted):
        return f"What is liked ({liked}) holds no magnesium, or its energy is unknown, so no food is planned with it."
    return (
        f"Everything that is liked ({liked}) is among what is disliked ({', '.join(wishes.dislikes)}), so no food is"
        " planned. Leave out the like or the dislike, or name the dislike more narrowly."
    )


def _offered(food: Food) -> bool:
    """Whether a food is offered without being asked for."""
    if food.group in ASIDE or any(word in food.name.split() for word in SELDOM):
        return False
    ingredient = any(mark in food.name for mark in INGREDIENTS if mark != ", raw")
    return not ingredient and not (food.group in RAW_GROUPS and ", raw" in food.name)
