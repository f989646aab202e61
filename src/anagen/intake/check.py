"""Whether an intake can be used at all: what a file is refused for, each with how to mend it.

A missing key, an amount that cannot be weighed, a brine stronger than can be dissolved, a slip of the pen.
"""

from __future__ import annotations

from collections.abc import Iterator

from anagen.errors import UnknownName
from anagen.evidence.parameters import value
from anagen.intake.applied import salt_of, solid_mass_g, solid_share, strength_of
from anagen.intake.brine import MG_PER_G, magnesium_per_ml, saturation
from anagen.intake.catalogue import product_of
from anagen.intake.ceilings import Flaw, ceiling_flaws, number_flaws
from anagen.intake.foods import Food, grams
from anagen.intake.oral_dose import ML_PER_LITER, oral_dose
from anagen.intake.products import Product
from anagen.intake.salts import ELEMENT_WORDS
from anagen.intake.wording import figure
from anagen.routine import Intake


def check_intake(intake: Intake) -> list[tuple[str, str, str]]:
    """Everything that makes an intake unusable.

    Parameters
    ----------
    intake : as parsed. A product that no table holds is not reported here: `product_of` does that.

    Returns
    -------
    list of (key, value, mend)
        The key at fault, what stands there, and one plain sentence that says what to write. Empty where all is well.
    """
    return [(flaw.key, flaw.shown, flaw.mend) for flaw in flaws_of(intake)]


def flaws_of(intake: Intake) -> list[Flaw]:
    """The same, each with its kind."""
    try:
        product = product_of(intake)
    except UnknownName:
        return []
    broken = list(number_flaws(intake))
    if broken:
        return broken
    flaws = list(_use_flaws(intake, product))
    return flaws + list(ceiling_flaws(intake, product))


def _use_flaws(intake: Intake, product: Food | Product) -> Iterator[Flaw]:
    """What is missing or cannot be used for the kind of intake."""
    if isinstance(product, Food):
        yield from _food_flaws(intake, product)
    elif intake.kind == "water":
        yield from _water_flaws(intake)
    elif intake.kind == "topical":
        yield from _topical_flaws(intake, product)
    elif intake.kind == "bath":
        yield from _bath_flaws(intake, product)
    else:
        yield from _oral_flaws(intake, product)


def _unusable(key: str, shown: str, mend: str) -> Flaw:
    return Flaw("unusable", key, shown, mend)


def _missing(key: str, mend: str) -> Flaw:
    return Flaw("missing", key, "", mend)


def _too_strong(key: str, shown: str, per_ml: float, most: float, what: str, element: str = "magnesium") -> Flaw:
    """A strength above what can be."""
    mend = (
        f"that is {figure(per_ml)} mg of {element} in 1 mL, and {what} holds at most about {figure(most)} mg;"
        " write the strength from the label"
    )
    return Flaw("impossible-strength", key, shown, mend)


def _food_flaws(intake: Intake, food: Food) -> Iterator[Flaw]:
    if grams(food, intake.amount) is None:
        mend = f'the table weighs {food.name} by mass or by "1 serving" ({food.portion}); write it so'
        yield _unusable("amount", intake.amount.text, mend)


def _water_flaws(intake: Intake) -> Iterator[Flaw]:
    if intake.amount.kind != "volume":
        yield _unusable("amount", intake.amount.text, 'write the volume of water, such as "1.5 L"')
    strength = intake.strength
    if strength is None:
        yield _missing("strength", 'write the magnesium in the water, such as strength = "110 mg/L"')
    elif strength.kind != "mg/mL":
        yield _unusable("strength", strength.text, 'write the magnesium in the water, such as "110 mg/L"')
    elif strength.value > value("ceiling_water_strength"):
        yield _too_strong("strength", strength.text, strength.value, value("ceiling_water_strength"), "drinking water")


def _oral_flaws(intake: Intake, product: Product) -> Iterator[Flaw]:
    """A supplement or a medicine."""
    amount, strength, element = intake.amount, intake.strength, ELEMENT_WORDS[product.element]
    if amount.counted == "spray":
        yield _unusable("amount", amount.text, 'write a mass, a volume or tablets, such as "400 mg" or "2 tablets"')
        return
    if strength is not None:
        if strength.kind == "parts" or (strength.kind == "w/w" and strength.basis_stated):
            yield _unusable("strength", strength.text, f'write it as "8 % w/v" or as "33 mg/mL" of {element}')
            return
        per_ml = strength.value if strength.kind == "mg/mL" else 0.0
        if per_ml > value("ceiling_medicine_strength"):
            most = value("ceiling_medicine_strength")
            yield _too_strong("strength", strength.text, per_ml, most, "a medicine", element)
    by_mass = product.own_by_unit and amount.kind == "mass" and intake.label is None
    if by_mass:
        mend = f'{product.name} is described by the {product.unit_counted}; write "2 {product.unit_counted}s"'
        yield _unusable("amount", amount.text, mend)
        return
    if oral_dose(intake, product) is not None:
        return
    if amount.kind == "count":
        yield _missing("unit_mass", f'write the mass of one {amount.counted}, such as unit_mass = "500 mg"')
    elif intake.kind == "medicine":
        mend = f"how much {element} is in 1 mL is not known; write strength from the label, or the mass"
        yield _missing("strength", mend)
    else:
        yield _unusable("amount", amount.text, 'write the mass, such as "400 mg", or tablets with unit_mass = "500 mg"')


def _topical_flaws(intake: Intake, product: Product) -> Iterator[Flaw]:
    amount, strength = intake.amount, strength_of(intake, product)
    if amount.kind == "count" and amount.counted != "spray":
        yield _unusable("amount", amount.text, 'write a volume, a mass or sprays, such as "4 mL" or "10 sprays"')
        return
    if amount.kind == "count" and intake.spray_volume_ml is None:
        low, high = figure(value("spray_volume_low")), figure(value("spray_volume_high"))
        mend = f'write the volume of one spray, such as spray_volume = "0.15 mL"; a fine mist gives {low} to {high} mL'
        yield _missing("spray_volume", mend)
    if intake.rinse and not intake.contact_stated:
        yield _missing("contact", 'write how long it stays on before it is rinsed off, such as contact = "30 min"')
    if strength is None and solid_mass_g(intake, product) is None:
        if product.form == "flakes":
            mend = (
                'write the mass of the crystals, such as amount = "10 g", or strength = "1 : 1 flakes : water by mass"'
            )
        else:
            mend = 'write the strength from the label, such as strength = "31 % w/w" or "101 mg/mL"'
        yield _missing("strength", mend)
    if strength is not None:
        salt = salt_of(product)
        per_ml, most = magnesium_per_ml(strength, salt), saturation(salt)
        if per_ml > most:
            yield _too_strong("strength", strength.text, per_ml, most, "a saturated brine, the strongest there can be,")


def _bath_flaws(intake: Intake, product: Product) -> Iterator[Flaw]:
    if intake.duration_h is None:
        yield _missing("duration", 'write the time in the water, such as duration = "20 min"')
    if intake.volume_l is None:
        yield _missing("volume", 'write the water in the bath, such as volume = "150 L"')
    solid = solid_mass_g(intake, product)
    if solid is None:
        yield _unusable("amount", intake.amount.text, 'write the mass of salt in the bath, such as "500 g"')
        return
    if intake.volume_l is None:
        return
    if intake.volume_l <= 0:
        yield _unusable("volume", f"{figure(intake.volume_l)} L", 'write the water in the bath, such as "150 L"')
        return
    salt = salt_of(product)
    per_ml = solid * MG_PER_G * solid_share(product) / (intake.volume_l * ML_PER_LITER)
    if per_ml > saturation(salt):
        shown = f"{figure(intake.volume_l)} L"
        yield _too_strong("volume", shown, per_ml, saturation(salt), "a saturated bath")
