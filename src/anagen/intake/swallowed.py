"""What is swallowed: food, water, supplements and medicines, each as a line of the ledger."""

from __future__ import annotations

from dataclasses import dataclass

from anagen.evidence.parameters import value
from anagen.intake.findings import Finding, remarks_of
from anagen.intake.foods import MG_PER_G, Food, calcium_mg, grams, magnesium_mg
from anagen.intake.item import Item
from anagen.intake.products import Product, share_of
from anagen.intake.wording import figure, percent, with_frequency
from anagen.quantities import Strength
from anagen.routine import Intake

ML_PER_TEASPOON = 4.92892159375
ML_PER_LITER = 1000.0


@dataclass(frozen=True)
class Dose:
    """Magnesium of one taking: mg, the sum in words, and the other reading of the label where it has two."""

    mg: float
    sentence: str
    other_mg: float | None = None


def food_item(intake: Intake, food: Food) -> Item:
    """A food: shown, with its calcium, and never counted against the limit."""
    mass = grams(food, intake.amount) or 0.0
    magnesium, calcium = magnesium_mg(food, mass), calcium_mg(food, mass)
    weighed = f"{intake.amount.text} {food.name} ({figure(mass)} g)"
    takings = intake.takings_per_day
    calcium_a_day = None if calcium is None else calcium * takings
    if magnesium is None or food.magnesium_mg_per_100g is None:
        message = f"The table does not know the magnesium in {food.name}; it is left out as unknown, not as zero."
        findings = (Finding("unknown-content", "note", intake.product, message, (food.source,)),)
        arithmetic, a_day = f"{weighed}: magnesium unknown", None
    else:
        sentence = f"{weighed} x {figure(food.magnesium_mg_per_100g)} mg/100 g = {figure(magnesium)} mg"
        arithmetic, a_day, findings = with_frequency(sentence, intake, magnesium), magnesium * takings, ()
    return Item(
        name=intake.product, product=food.name, kind="food", elemental_mg_per_day=a_day, counted_mg_per_day=0.0,
        counted_evidence_mg_per_day=0.0, arithmetic=arithmetic, solubility="food", source=food.source,
        status=food.status, elemental_mg_per_taking=magnesium, takings_per_day=takings,
        calcium_mg_per_day=calcium_a_day, findings=findings,
    )  # fmt: skip


def water_item(intake: Intake, product: Product, counts: bool) -> Item:
    """A drinking water: counted where the limit of the place takes in water."""
    strength = intake.strength.value if intake.strength is not None else 0.0
    magnesium = intake.amount.magnitude * strength
    liters = figure(intake.amount.magnitude / ML_PER_LITER)
    sentence = f"{liters} L {product.name} x {figure(strength * ML_PER_LITER)} mg/L = {figure(magnesium)} mg"
    a_day = magnesium * intake.takings_per_day
    counted = a_day if counts else 0.0
    return Item(
        name=intake.product, product=product.name, kind="water", elemental_mg_per_day=a_day,
        counted_mg_per_day=counted, counted_evidence_mg_per_day=counted,
        arithmetic=with_frequency(sentence, intake, magnesium), solubility="water", source=product.source,
        status=product.status, elemental_mg_per_taking=magnesium, takings_per_day=intake.takings_per_day,
    )  # fmt: skip


def oral_item(intake: Intake, product: Product) -> Item:
    """A supplement or a medicine: all of it counts."""
    dose = oral_dose(intake, product) or Dose(0.0, "")
    a_day = dose.mg * intake.takings_per_day
    return Item(
        name=intake.product, product=product.name, kind=intake.kind, elemental_mg_per_day=a_day,
        counted_mg_per_day=a_day, counted_evidence_mg_per_day=a_day,
        arithmetic=with_frequency(dose.sentence, intake, dose.mg), solubility=product.solubility,
        source=product.source, status=product.status, coating=intake.coating, elemental_mg_per_taking=dose.mg,
        takings_per_day=intake.takings_per_day, findings=_oral_findings(intake, product, dose),
    )  # fmt: skip


def _oral_findings(intake: Intake, product: Product, dose: Dose) -> tuple[Finding, ...]:
    """What there is to say about one thing swallowed."""
    return (*remarks_of(intake), *_ambiguous(intake, product, dose), *_range(intake, product))


def _ambiguous(intake: Intake, product: Product, dose: Dose) -> tuple[Finding, ...]:
    """A finding where the label can be read two ways."""
    if dose.other_mg is None:
        return ()
    message = (
        f"{intake.amount.text} {product.name} may be the mass of the compound ({figure(dose.other_mg)} mg of magnesium)"
        f" or of magnesium itself ({figure(dose.mg)} mg); the larger is counted. Write"
        ' label = "compound" or label = "elemental".'
    )
    return (Finding("ambiguous-label", "caution", intake.product, message, (product.source,)),)


def _range(intake: Intake, product: Product) -> tuple[Finding, ...]:
    """A note where the share of magnesium in a product is known as a range, and the mass is of the product."""
    mass, low = taken_mass_mg(intake, product), product.share_low
    if mass is None or low is None or (intake.label or product.amount_means) == "elemental":
        return ()
    message = (
        f"{product.name} is sold with {percent(low)} to {percent(share_of(product))} magnesium, so"
        f" {intake.amount.text} of it is {figure(mass * low)} to {figure(mass * share_of(product))} mg;"
        " the upper end is used."
    )
    return (Finding("content-range", "note", intake.product, message, (product.source,)),)


def oral_dose(intake: Intake, product: Product) -> Dose | None:
    """Magnesium of one taking of a supplement or medicine; None where the file does not say enough.

    A mass of compound is multiplied by its elemental fraction; a volume by what the label declares for 1 mL.
    """
    mass = taken_mass_mg(intake, product)
    if mass is not None:
        return _dose_of_mass(intake, product, mass)
    if intake.amount.kind != "volume":
        return None
    per_ml = oral_strength(intake.strength, product) if intake.strength is not None else product.elemental_mg_per_ml
    if per_ml is None:
        return None
    mg = intake.amount.magnitude * per_ml
    return Dose(mg, f"{intake.amount.text} {product.name} x {figure(per_ml)} mg/mL = {figure(mg)} mg")


def unit_mass_mg(intake: Intake, product: Product) -> float | None:
    """The mass of one tablet or sachet in mg: as written, else the product's own, else None."""
    if intake.unit_mass_mg is not None or intake.amount.counted != product.unit_counted:
        return intake.unit_mass_mg
    return product.tablet_mass_mg


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
    """Elemental mg in 1 mL of a liquid to swallow; a percentage is g of its salt in 100 mL."""
    if strength.kind == "mg/mL":
        return strength.value
    return strength.value * share_of(product) * MG_PER_G


def _dose_of_mass(intake: Intake, product: Product, mass: float) -> Dose:
    """A mass read as the label says: of the compound, of the element, or (where open) the larger of the two."""
    shown = intake.amount.text
    one = unit_mass_mg(intake, product)
    if intake.amount.kind == "count" and one is not None:
        shown = f"{shown} x {figure(one)} mg"
    means = intake.label or product.amount_means
    if (product.salt is None and product.elemental_share is None) or means == "elemental":
        return Dose(mass, f"{shown} {product.name}, of magnesium itself = {figure(mass)} mg")
    fraction = share_of(product)
    of_compound = mass * fraction
    if means == "compound":
        return Dose(of_compound, f"{shown} {product.name} x {percent(fraction)} = {figure(of_compound)} mg")
    sentence = (
        f"{shown} {product.name}, read as magnesium itself = {figure(mass)} mg"
        f" (as the compound {figure(of_compound)} mg)"
    )
    return Dose(mass, sentence, of_compound)
