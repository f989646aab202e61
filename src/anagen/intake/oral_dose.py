"""What one taking of a supplement or medicine holds: a mass read as its label means it, or a volume by its strength."""

from __future__ import annotations

from dataclasses import dataclass

from anagen.evidence.parameters import value
from anagen.intake.calcium_content import stated_calcium
from anagen.intake.foods import MG_PER_G
from anagen.intake.products import Product, meaning_of, share_of
from anagen.intake.salts import ELEMENT_WORDS
from anagen.intake.wording import figure, percent
from anagen.quantities import Strength
from anagen.routine import Intake

ML_PER_TEASPOON = 4.92892159375
ML_PER_LITER = 1000.0


@dataclass(frozen=True)
class Dose:
    """Magnesium (or calcium) of one taking: mg, the sum in words, and the other reading where the label has two."""

    mg: float
    sentence: str
    other_mg: float | None = None


def oral_dose(intake: Intake, product: Product) -> Dose | None:
    """What one taking of a supplement or medicine holds of the element its label speaks of; None where unknown.

    A mass of compound is multiplied by its elemental fraction; a volume by what the label declares for 1 mL. Calcium
    that the person stated stands for itself.
    """
    said = stated_calcium(intake) if product.element == "Ca" else None
    if said is not None:
        return Dose(said.mg, said.sentence)
    mass = taken_mass_mg(intake, product)
    if mass is not None:
        return _dose_of_mass(intake, product, mass)
    if intake.amount.kind != "volume":
        return None
    per_ml = oral_strength(intake.strength, product) if intake.strength is not None else product.named_mg_per_ml
    if per_ml is None:
        return None
    mg = intake.amount.magnitude * per_ml
    return Dose(mg, f"{intake.amount.text} {product.name} x {figure(per_ml)} mg/mL = {figure(mg)} mg")


def unit_mass_mg(intake: Intake, product: Product) -> float | None:
    """The mass of one tablet or sachet in mg: as written, else the product's own, else None."""
    if intake.unit_mass_mg is not None:
        return intake.unit_mass_mg
    known = product.counts_anything or intake.amount.counted == product.unit_counted
    return product.tablet_mass_mg if known else None


def taken_mass_mg(intake: Intake, product: Product) -> float | None:
    """The mass of one taking in mg, as the label speaks of it; None where the amount has none."""
    amount = intake.amount
    if amount.kind == "mass":
        return amount.magnitude
    if amount.kind == "count":
        one = unit_mass_mg(intake, product)
        return None if one is None else amount.magnitude * one
    if product.bulk and intake.strength is None:
        return amount.magnitude / ML_PER_TEASPOON * value("epsom_teaspoon_mass") * MG_PER_G
    return None


def oral_strength(strength: Strength, product: Product) -> float:
    """mg of the element its label speaks of in 1 mL of a liquid to swallow; a percentage is g of its salt in 100 mL."""
    if strength.kind == "mg/mL":
        return strength.value
    return strength.value * share_of(product) * MG_PER_G


def _dose_of_mass(intake: Intake, product: Product, mass: float) -> Dose:
    """A mass read as the label says: of the compound, of the element, or (where open) the larger of the two."""
    shown = intake.amount.text
    one = unit_mass_mg(intake, product)
    if intake.amount.kind == "count" and one is not None:
        shown = f"{shown} x {figure(one)} mg"
    means = meaning_of(product, intake.label)
    element = ELEMENT_WORDS[product.element]
    if product.element_alone or means == "elemental":
        return Dose(mass, f"{shown} {product.name}, of {element} itself = {figure(mass)} mg")
    fraction = share_of(product)
    of_compound = mass * fraction
    if means == "compound":
        return Dose(of_compound, f"{shown} {product.name} x {percent(fraction)} = {figure(of_compound)} mg")
    sentence = (
        f"{shown} {product.name}, read as {element} itself = {figure(mass)} mg"
        f" (as the compound {figure(of_compound)} mg)"
    )
    return Dose(mass, sentence, of_compound)


def compound_mg(intake: Intake, product: Product) -> float | None:
    """The mass of one taking in mg of the thing itself; of a label that speaks of the element, what would hold it."""
    mass = taken_mass_mg(intake, product)
    if mass is None or meaning_of(product, intake.label) == "compound":
        return mass
    return mass / share_of(product) if share_of(product) > 0 else None
