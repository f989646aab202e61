"""Ceilings: amounts that no one can mean, so that a slip of the pen is refused and not added up.

Each ceiling is a record; most are assumed, and generous.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from anagen.evidence.parameters import value
from anagen.intake.brine import MG_PER_G
from anagen.intake.foods import Food, grams
from anagen.intake.oral_dose import ML_PER_LITER, taken_mass_mg
from anagen.intake.products import Product, share_of
from anagen.intake.salts import ELEMENT_WORDS
from anagen.intake.skin import HOURS_PER_DAY
from anagen.intake.wording import figure
from anagen.routine import Intake

G_PER_KG = 1000.0
FlawCode = Literal["missing", "unusable", "impossible-strength", "impossible-amount"]


@dataclass(frozen=True)
class Flaw:
    """Why an intake cannot be used: the key at fault, what stands there, and how to mend it."""

    code: FlawCode
    key: str
    shown: str
    mend: str


def impossible(key: str, shown: str, mend: str) -> Flaw:
    """A flaw of an amount that cannot be meant."""
    return Flaw("impossible-amount", key, shown, mend)


def number_flaws(intake: Intake) -> Iterator[Flaw]:
    """Numbers below zero or without end, which only a program can write."""
    numbers = {
        "amount": intake.amount.magnitude,
        "times": intake.times,
        "strength": intake.strength.value if intake.strength is not None else None,
        "unit_mass": intake.unit_mass_mg,
        "spray_volume": intake.spray_volume_ml,
        "area": intake.area_cm2,
        "contact": intake.contact_h,
        "volume": intake.volume_l,
        "duration": intake.duration_h,
    }
    for key, number in numbers.items():
        if number is not None and not (math.isfinite(number) and number >= 0):
            yield impossible(key, str(number), "write a number of zero or more")


def ceiling_flaws(intake: Intake, product: Food | Product) -> Iterator[Flaw]:
    """Everything about an intake that lies above a ceiling."""
    most = value("ceiling_takings")
    if intake.takings_per_day > most:
        often = f"{figure(intake.takings_per_day)} times a day"
        yield impossible("times", often, f"nothing is taken more than {figure(most)} times a day; mend times or per")
    daily = _daily_flaw(intake, product)
    if daily is not None:
        yield daily
    if intake.kind == "supplement" and isinstance(product, Product):
        yield from _tablet_flaws(intake, product)
    if intake.kind == "topical":
        yield from _skin_flaws(intake)
    if intake.kind == "bath":
        yield from _bath_flaws(intake)


def _daily_flaw(intake: Intake, product: Food | Product) -> Flaw | None:
    """A flaw where the amount of one day is more than anyone uses."""
    for amount, record, unit in _measures(intake, product):
        a_day, most = amount * max(intake.takings_per_day, 0.0), value(record)
        if a_day > most:
            mend = f"that is {figure(a_day)} {unit} a day, above the {figure(most)} {unit} anyone uses; mend the amount"
            return impossible("amount", intake.amount.text, mend)
    return None


def _measures(intake: Intake, product: Food | Product) -> Iterator[tuple[float, str, str]]:
    """What one taking measures, with the record of its ceiling and the unit."""
    amount = intake.amount
    if isinstance(product, Food):
        yield grams(product, amount) or 0.0, "ceiling_food", "g"
    elif intake.kind == "water":
        yield amount.magnitude if amount.kind == "volume" else 0.0, "ceiling_water", "mL"
    elif intake.kind == "topical":
        spray = amount.magnitude * (intake.spray_volume_ml or 0.0)
        measured = {"mass": amount.magnitude / MG_PER_G, "volume": amount.magnitude, "count": spray}[amount.kind]
        yield measured, "ceiling_topical", "g" if amount.kind == "mass" else "mL"
    elif intake.kind != "bath":
        mass = taken_mass_mg(intake, product)
        record = "ceiling_supplement" if intake.kind == "supplement" else "ceiling_medicine_mass"
        yield (mass or 0.0) / MG_PER_G, record, "g"
        yield amount.magnitude if amount.kind == "volume" else 0.0, "ceiling_medicine_volume", "mL"


def _tablet_flaws(intake: Intake, product: Product) -> Iterator[Flaw]:
    """A tablet too heavy to be one, or said to hold more of its element than any tablet of its salt could."""
    if intake.unit_mass_mg is None or intake.amount.counted != "tablet":
        return
    mass, most = intake.unit_mass_mg / MG_PER_G, value("ceiling_tablet")
    if mass > most:
        mend = f"a tablet weighs less than {figure(most)} g; write the mass of one tablet"
        yield impossible("unit_mass", f"{figure(mass)} g", mend)
    elif intake.label == "elemental" and product.named_salt is not None:
        whole = mass / share_of(product)
        if whole > most:
            mend = (
                f"so much {ELEMENT_WORDS[product.element]} would need {figure(whole)} g of {product.name} in one"
                ' tablet; if the mass is of the compound, write label = "compound"'
            )
            yield impossible("unit_mass", f"{figure(intake.unit_mass_mg)} mg", mend)


def _skin_flaws(intake: Intake) -> Iterator[Flaw]:
    """Contact, area and spray beyond what there is."""
    if intake.contact_h > HOURS_PER_DAY:
        yield impossible("contact", f"{figure(intake.contact_h)} h", "write the hours of one application, at most 24 h")
    if (intake.area_cm2 or 0.0) > value("ceiling_skin_area"):
        mend = f"no one has so much skin; a whole scalp is about {figure(value('scalp_area'))} cm2"
        yield impossible("area", f"{figure(intake.area_cm2 or 0.0)} cm2", mend)
    if (intake.spray_volume_ml or 0.0) > value("ceiling_spray"):
        low, high = figure(value("spray_volume_low")), figure(value("spray_volume_high"))
        mend = f"one spray of a fine mist is {low} to {high} mL; weigh ten sprays to find out"
        yield impossible("spray_volume", f"{figure(intake.spray_volume_ml or 0.0)} mL", mend)


def _bath_flaws(intake: Intake) -> Iterator[Flaw]:
    """More salt, water or time than a bath has."""
    kilograms = intake.amount.magnitude / MG_PER_G / G_PER_KG
    if intake.amount.kind == "mass" and kilograms > value("ceiling_bath_salt"):
        yield impossible("amount", intake.amount.text, "write the salt put into one bath, such as 500 g")
    if intake.amount.kind == "volume" and intake.amount.magnitude / ML_PER_LITER > value("ceiling_bath_salt"):
        yield impossible("amount", intake.amount.text, "write the salt put into one bath, such as 500 g")
    if (intake.volume_l or 0.0) > value("ceiling_bath_water"):
        yield impossible("volume", f"{figure(intake.volume_l or 0.0)} L", "write the water of one bath, such as 150 L")
    if (intake.duration_h or 0.0) > HOURS_PER_DAY:
        yield impossible(
            "duration", f"{figure(intake.duration_h or 0.0)} h", "write the time in the water, such as 20 min"
        )
