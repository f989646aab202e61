"""A line that somebody types, "mag citrate 500" or "minoxidil 5 %", as a table of a scenario.

A line names a treatment, or a thing to eat, swallow, lay on or bathe in, with an amount and how often. What it leaves
open is set to what is usual and shown, so that it can be changed; an unknown name is refused with the nearest known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from anagen.errors import AnagenError, nearest_sentence
from anagen.intake.catalogue import exact, near_names, spelled
from anagen.intake.foods import Food, find_food
from anagen.intake.misspelled import match_name
from anagen.intake.products import Product
from anagen.nearest import nearest
from anagen.routine import Kind
from anagen.web.pairs import Table
from anagen.web.typed_treatments import treatment_of
from anagen.web.typed_words import Words, taken_apart

LONGEST_LINE = 160
FILLER = re.compile(r"\b(?:of|on|the|my|with|in|at|and|for|take|took|some)\b|[,;+]", re.I)
SWALLOWED: tuple[Kind, ...] = ("supplement", "medicine")
WEIGHED = ("g", "kg", "oz", "cups", "cup")
THINGS = ("tablet", "tablets", "capsule", "capsules")
EXAMPLES = "mag citrate 500, magnesium oil 10 sprays, epsom bath weekly, almonds handful, minoxidil 5 %"


class LineError(AnagenError):
    """A line that says nothing the model knows; the text says what would."""


@dataclass(frozen=True)
class Typed:
    """A line as it was read: a table of "i" (an intake) or "t" (a treatment)."""

    letter: str
    table: Table


def _name(line: str) -> str:
    """What is left of a line once amounts are out; words like "of" stay where they belong to a name."""
    whole = " ".join(line.split()).strip(" .-,;+")
    if any(exact(kind, whole) is not None for kind in (*SWALLOWED, "food")):
        return whole
    return " ".join(FILLER.sub(" ", line).split()).strip(" .-")


def _found(kind: Kind, name: str) -> Food | Product | None:
    found = exact(kind, name)
    if found is None and kind == "food":
        found = find_food(name)
    if found is None and kind in SWALLOWED:
        match = match_name(kind, name)
        found = None if match is None else match.product
    return found


def _bath(name: str, said: Words) -> Table | None:
    words = [word for word in name.split() if word.casefold() not in ("bath", "baths", "soak", "salts")]
    short = " ".join(words) or "epsom salt"
    product = exact("bath", short) or exact("bath", f"{short} salt") or exact("bath", f"magnesium chloride {short}")
    if product is None:
        return None
    water, time = said.first("L") or "150 L", said.first("min", "h") or "20 min"
    grams = said.first(*WEIGHED) or "500 g"
    return {"kind": "bath", "product": product.name, "amount": grams, "volume": water, "duration": time, **said.often}


def _laid_on(name: str, said: Words) -> Table | None:
    product = exact("topical", name) or exact("topical", re.sub(r"\bspray\b", "", name).strip())
    if not isinstance(product, Product):
        return None
    amount = said.amount
    sprays = "spray" in amount or (not amount.partition(" ")[2] and bool(amount))
    table: Table = {"kind": "topical", "product": product.name}
    table["amount"] = f"{amount.split()[0]} sprays" if sprays else amount or "10 sprays"
    if "spray" in table["amount"]:
        table["spray_volume"] = said.spray or "0.15 mL"
    if said.strength or "brine" in product.name:
        table["strength"] = said.strength or "31 % w/w"
    return table | said.often


def _eaten(food: Food, amount: str, often: Table) -> Table:
    number, _, unit = amount.partition(" ")
    told = f"{number} {unit}" if unit and not unit.startswith(("handful", "portion", "serving")) else ""
    if not told:
        grams = food.portion_g * (30.0 / food.portion_g if unit.startswith("handful") else 1.0) * float(number or 1)
        told = f"{grams:g} g"
    return {"kind": "food", "product": food.reference, "amount": told, **often}


def _swallowed(kind: Kind, name: str, product: Product, said: Words) -> Table:
    """Something swallowed; "2 tablets of 250 mg" is counted in tablets, "500 mg per 2 tablets" is a serving."""
    known = spelled(name) if exact(kind, spelled(name)) is product else product.name
    table: Table = {"kind": kind, "product": known}
    things, mass = said.first(*THINGS), said.first("mg", "g")
    if said.serving and mass:
        table |= {"amount": mass, "serving": said.serving} | ({"taken": things} if things else {})
    elif things and mass:
        table |= {"amount": things, "unit_mass": mass}
    else:
        unit = said.amount.partition(" ")[2]
        table["amount"] = said.amount if unit else f"{said.amount} mg" if said.amount else "1 tablet"
        if said.serving:
            table["serving"] = said.serving
    if said.strength and kind == "medicine":
        table["strength"] = said.strength
    return table | said.often


def read_line(text: str) -> Typed:
    """Read one typed line.

    Raises
    ------
    LineError
        Where it names nothing that is known, with the nearest names.

    Examples
    --------
    >>> read_line("mag citrate 500").table
    {'kind': 'supplement', 'product': 'magnesium citrate', 'amount': '500 mg'}
    >>> read_line("epsom bath weekly").table["per"]
    'week'
    >>> read_line("minoxidil 5 %").letter
    't'
    """
    line = " ".join(text.split())
    if not line:
        raise LineError(f"write what is taken or done, such as: {EXAMPLES}")
    if len(line) > LONGEST_LINE:
        raise LineError(f"the line is longer than {LONGEST_LINE} characters; write one thing a line")
    said = taken_apart(line)
    treatment = treatment_of(said)
    if treatment is not None:
        return Typed("t", treatment)
    table = _intake(_name(said.left), said)
    if table is None:
        name = _name(said.left)
        raise LineError(f'"{name[:60] or line[:60]}" is not known; {_near(name)}')
    return Typed("i", table)


def _intake(name: str, said: Words) -> Table | None:
    """An intake: a bath, what is laid on, what is swallowed, else a food."""
    lower = name.casefold()
    if re.search(r"\b(?:bath|soak)", lower) and (table := _bath(name, said)):
        return table
    if "spray" in said.amount or re.search(r"\b(?:oil|brine|spray|lotion|gel|topical)\b", lower):
        table = _laid_on(re.sub(r"\btopical\b", "", name).strip(), said)
        if table is not None:
            return table
    for kind in (*SWALLOWED, "food"):
        found: Any = _found(kind, name) if name else None
        if isinstance(found, Food):
            return _eaten(found, said.amount, said.often)
        if isinstance(found, Product):
            return _swallowed(kind, name, found, said)
    handful = re.sub(r"\s*\b(?:handfuls?|portions?|servings?)\b\s*", " ", name, flags=re.I).strip()
    food = _found("food", handful) if handful != name else None
    if isinstance(food, Food):
        return _eaten(food, "1 handful" if "handful" in lower else "1 portion", said.often)
    return None


def _near(name: str) -> str:
    near: list[str] = []
    for kind in (*SWALLOWED, "topical", "food"):
        near += [one for one in near_names(kind, name) if one not in near]
    near = list(nearest(name, near))
    return nearest_sentence(tuple(near)) if near else f"try one of: {EXAMPLES}"
