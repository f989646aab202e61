"""What is swallowed: food, water, supplements and medicines, each as a line of the ledger."""

from __future__ import annotations

from anagen.intake.calcium_content import CalciumDose, calcium_beside, stated_calcium
from anagen.intake.findings import Finding, remarks_of
from anagen.intake.foods import Food, calcium_mg, grams, magnesium_mg
from anagen.intake.item import Item
from anagen.intake.oral_dose import ML_PER_LITER, Dose, compound_mg, oral_dose, taken_mass_mg
from anagen.intake.products import Product, meaning_of, share_of
from anagen.intake.salts import ELEMENT_WORDS
from anagen.intake.wording import figure, percent, with_frequency
from anagen.routine import Intake


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
    calcium = stated_calcium(intake)
    return Item(
        name=intake.product, product=product.name, kind="water", elemental_mg_per_day=a_day,
        counted_mg_per_day=counted, counted_evidence_mg_per_day=counted,
        arithmetic=_told(with_frequency(sentence, intake, magnesium), intake, calcium), solubility="water",
        source=product.source, status=product.status, elemental_mg_per_taking=magnesium,
        takings_per_day=intake.takings_per_day, calcium_mg_per_day=_a_day(intake, calcium),
    )  # fmt: skip


def oral_item(intake: Intake, product: Product) -> Item:
    """A supplement or a medicine: all of its magnesium counts, and its calcium stands beside it."""
    dose = oral_dose(intake, product) or Dose(0.0, "")
    if product.element == "Ca":
        magnesium, sentence, calcium = 0.0, "no magnesium", CalciumDose(dose.mg, dose.sentence)
    else:
        magnesium, sentence = dose.mg, with_frequency(dose.sentence, intake, dose.mg)
        calcium = calcium_beside(intake, product, magnesium, compound_mg(intake, product))
    a_day = magnesium * intake.takings_per_day
    return Item(
        name=intake.product, product=product.name, kind=intake.kind, elemental_mg_per_day=a_day,
        counted_mg_per_day=a_day, counted_evidence_mg_per_day=a_day,
        arithmetic=_told(sentence, intake, calcium), solubility=product.solubility,
        source=product.source, status=product.status, coating=intake.coating, elemental_mg_per_taking=magnesium,
        takings_per_day=intake.takings_per_day, calcium_mg_per_day=_a_day(intake, calcium),
        findings=_oral_findings(intake, product, dose),
    )  # fmt: skip


def _a_day(intake: Intake, calcium: CalciumDose | None) -> float | None:
    """Calcium, mg a day; None where unknown."""
    return None if calcium is None else calcium.mg * intake.takings_per_day


def _told(sentence: str, intake: Intake, calcium: CalciumDose | None) -> str:
    """The sum of the magnesium with that of the calcium, where there is any."""
    if calcium is None or not calcium.sentence:
        return sentence
    return f"{sentence}; calcium: {with_frequency(calcium.sentence, intake, calcium.mg)}"


def _oral_findings(intake: Intake, product: Product, dose: Dose) -> tuple[Finding, ...]:
    """What there is to say about one thing swallowed."""
    return (
        *remarks_of(intake), *_ambiguous(intake, product, dose), *_active(intake, product, dose),
        *_range(intake, product),
    )  # fmt: skip


def _ambiguous(intake: Intake, product: Product, dose: Dose) -> tuple[Finding, ...]:
    """A finding where the label can be read two ways."""
    if dose.other_mg is None:
        return ()
    element = ELEMENT_WORDS[product.element]
    message = (
        f"{intake.amount.text} {product.name} may be the mass of the compound ({figure(dose.other_mg)} mg of {element})"
        f" or of {element} itself ({figure(dose.mg)} mg); the larger is counted. Write"
        ' label = "compound" or label = "elemental".'
    )
    return (Finding("ambiguous-label", "caution", intake.product, message, (product.source,)),)


def _active(intake: Intake, product: Product, dose: Dose) -> tuple[Finding, ...]:
    """A note where a mass is taken for the active ingredient that the label of a medicine states."""
    mass = taken_mass_mg(intake, product)
    stated = product.element == "Ca" and stated_calcium(intake) is not None
    if product.amount_means != "active" or intake.label is not None or mass is None or dose.mg <= 0 or stated:
        return ()
    message = active_words(f"{figure(mass)} mg", product, dose.mg, mass)
    return (Finding("label-read", "note", intake.product, message, (product.source,)),)


def active_words(shown: str, product: Product, of_compound: float, of_element: float, per: str = "") -> str:
    """How a mass on the label of a medicine is read, and what it would be as the element itself; mg."""
    element = ELEMENT_WORDS[product.element]
    name = product.name if product.named_salt is None else product.named_salt.name
    return (
        f"The label of a medicine states its active ingredient, so {shown} is read as {name}: {figure(of_compound)} mg"
        f" of {element}{per}. Where the label speaks of {element} itself ({figure(of_element)} mg{per}), write label ="
        ' "elemental".'
    )


def _range(intake: Intake, product: Product) -> tuple[Finding, ...]:
    """A note where the share of magnesium in a product is known as a range, and the mass is of the product."""
    mass, low = taken_mass_mg(intake, product), product.share_low
    if mass is None or low is None or meaning_of(product, intake.label) == "elemental":
        return ()
    message = (
        f"{product.name} is sold with {percent(low)} to {percent(share_of(product))} magnesium, so"
        f" {intake.amount.text} of it is {figure(mass * low)} to {figure(mass * share_of(product))} mg;"
        " the upper end is used."
    )
    return (Finding("content-range", "note", intake.product, message, (product.source,)),)
