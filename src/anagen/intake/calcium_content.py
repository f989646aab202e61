"""The calcium in one taking of something whose label speaks of magnesium.

In this order: what the person or the label said of the taking; what the product is said to hold by the thing, the mg or
the mL; calcium in the formula of its own salt, as magnesium x (calcium's share / magnesium's share). A product that
none of these tells of holds none where it is one salt of magnesium, and is unknown where such products often hold
calcium or its name or label speaks of it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from anagen.intake.products import OWN_SOURCE, Product
from anagen.intake.salts import elemental_fraction
from anagen.intake.wording import figure, percent
from anagen.routine import Intake

ML_PER_LITER = 1000.0
CALCIUM_WORDS = ("calcium", "cal-mag", "multivitamin", "multimineral")


@dataclass(frozen=True)
class CalciumDose:
    """Calcium of one taking: mg, and the sum in words; no words where there is none."""

    mg: float
    sentence: str = ""


def stated_calcium(intake: Intake) -> CalciumDose | None:
    """The calcium that the person or the label said one taking holds; None where neither did."""
    rate = intake.calcium_per_amount
    if rate is None or not (math.isfinite(rate) and rate >= 0):
        return None
    mg = intake.amount.magnitude * rate
    whose = "by its label" if intake.label_text is not None else "as stated"
    per_volume = f"{figure(rate * ML_PER_LITER)} mg/L" if intake.kind == "water" else f"{figure(rate)} mg/mL"
    words = {
        "mass": f"{figure(mg)} mg with {intake.amount.text} of it, {whose}",
        "volume": f"{intake.amount.text} x {per_volume}, {whose}, = {figure(mg)} mg",
        "count": f"{intake.amount.text} x {figure(rate)} mg, {whose}, = {figure(mg)} mg",
    }
    return CalciumDose(mg, words[intake.amount.kind] if mg > 0 else "")


def calcium_beside(intake: Intake, product: Product, magnesium_mg: float, mass_mg: float | None) -> CalciumDose | None:
    """The calcium of one taking beside its magnesium; None where nobody has said how much.

    Parameters
    ----------
    intake, product : what is taken, and what it is in the tables.
    magnesium_mg : magnesium of the taking; mass_mg : its mass as the label speaks of it, None where it has none.
    """
    said = stated_calcium(intake)
    if said is not None:
        return said
    if product.calcium is not None:
        return _as_described(intake, product, mass_mg)
    if product.salt is not None and (calcium := elemental_fraction(product.salt.formula, "Ca")) > 0:
        return _by_formula(product, magnesium_mg, calcium / elemental_fraction(product.salt.formula))
    return None if _open(intake, product) else CalciumDose(0.0)


def _as_described(intake: Intake, product: Product, mass_mg: float | None) -> CalciumDose | None:
    """What a product is said to hold by the thing, by its mass, or by the mL; None where the amount is of another."""
    holds, amount = product.calcium, intake.amount
    assert holds is not None
    if holds.kind == "mg/mL":
        number, each = (amount.magnitude if amount.kind == "volume" else None), f"{figure(holds.value)} mg/mL"
    elif holds.kind == "share":
        number, each = mass_mg, percent(holds.value)
    else:
        number, each = _things(intake, product, mass_mg), f"{figure(holds.value)} mg"
    if number is None:
        return None
    mg, why = number * holds.value, "" if product.source == OWN_SOURCE else f" ({holds.text})"
    return CalciumDose(mg, f"{amount.text} x {each}{why} = {figure(mg)} mg" if mg > 0 else "")


def _things(intake: Intake, product: Product, mass_mg: float | None) -> float | None:
    """How many of the things a product is counted by one taking is: as counted, else its mass by that of one."""
    if intake.amount.kind == "count":
        counted = product.calcium.counted if product.calcium is not None else ""
        return intake.amount.magnitude if intake.amount.counted == (counted or intake.amount.counted) else None
    one = intake.unit_mass_mg or product.tablet_mass_mg
    by_mass = intake.amount.kind == "mass" and not product.own_by_unit
    return mass_mg / one if by_mass and mass_mg is not None and one else None


def _by_formula(product: Product, magnesium_mg: float, ratio: float) -> CalciumDose:
    """Calcium of a salt that holds both."""
    mg = magnesium_mg * ratio
    sentence = f"{figure(magnesium_mg)} mg of magnesium in {product.name} x {figure(ratio)} = {figure(mg)} mg"
    return CalciumDose(mg, sentence if mg > 0 else "")


def _open(intake: Intake, product: Product) -> bool:
    """Whether it may hold calcium that nobody has told of."""
    if product.calcium_open or _speaks_of_calcium(intake.label_text or ""):
        return True
    if product.source != OWN_SOURCE:
        return False
    return product.salt is None or _speaks_of_calcium(product.name)


def _speaks_of_calcium(text: str) -> bool:
    """Whether a name or a line of a label speaks of calcium."""
    return any(word in text.casefold() for word in CALCIUM_WORDS)
