"""How the ledger came to its figures: every step of every line, the limits, and what does not count and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rich.console import Console
from rich.text import Text

from anagen.evidence.parameters import STATUS_WORDS, parameters
from anagen.evidence.sources import bibliography
from anagen.intake.applied import application, salt_of, solid_mass_g, strength_of
from anagen.intake.brine import anhydrous_formula, mass_fraction_of, solution_density
from anagen.intake.catalogue import product_of
from anagen.intake.foods import Food, grams
from anagen.intake.item import Item
from anagen.intake.kidney import band_of, egfr_of, excretion_ceiling, limit_share
from anagen.intake.ledger import Ledger
from anagen.intake.limits import Limits
from anagen.intake.oral_dose import taken_mass_mg
from anagen.intake.products import Product
from anagen.intake.salts import ELEMENT_WORDS, Element, Salt, elemental_fraction
from anagen.intake.skin import area_of, contact_hours, opened
from anagen.intake.wording import figure, how_often, milligrams, minutes_or_hours, percent
from anagen.routine import Intake, Person
from anagen.scenario import Scenario

OPEN_LABEL = "the label leaves open whether the mass is of the compound; the larger reading counts"
ACTIVE_LABEL = "the label of a medicine states its active ingredient, so the mass is of the compound"
VERDICT_WORDS = {"ask_clinician": "only with a clinician"}


@dataclass(frozen=True)
class Step:
    """One step: what it is called, what it says, the key of its source, and how sure the source is, in words."""

    name: str
    says: str
    source: str = ""
    status: str = ""


@dataclass(frozen=True)
class Explanation:
    """The steps of every line, of the limits, and of what is left out of the count."""

    lines: tuple[tuple[str, tuple[Step, ...]], ...]
    limits: tuple[Step, ...]
    left_out: tuple[Step, ...]

    def to_dict(self) -> dict[str, object]:
        """As it stands in the JSON of `check --explain --json`."""
        return {
            "lines": [{"name": name, "steps": [vars(step) for step in steps]} for name, steps in self.lines],
            "limits": [vars(step) for step in self.limits],
            "left_out": [vars(step) for step in self.left_out],
        }


def explain(scenario: Scenario, ledger: Ledger) -> Explanation:
    """Every step of a ledger; the same order of lines as the ledger's."""
    lines = tuple(
        (f"{item.name} ({item.kind})", tuple(_line(intake, item, ledger.limits)))
        for intake, item in zip(scenario.intakes, ledger.items, strict=True)
    )
    return Explanation(lines, tuple(_limits(scenario.person, ledger)), tuple(_left_out(ledger)))


def _of_record(name: str) -> tuple[str, str]:
    """Source and status of one record of the ledger's numbers."""
    record = parameters()[name]
    return record.source, STATUS_WORDS[record.status]


def _line(intake: Intake, item: Item, limits: Limits) -> Iterator[Step]:
    """The steps of one line: amount, mass, salt, element, a day, counted."""
    product = product_of(intake)
    yield Step("written", _written(intake))
    yield Step("taken for", item.product, item.source, STATUS_WORDS[item.status])
    if not item.active:
        yield Step("today", item.arithmetic)
        return
    if isinstance(product, Food):
        yield from _food(intake, product, item)
    elif intake.kind in ("topical", "bath"):
        yield from _on_skin(intake, product, item)
    else:
        yield from _swallowed(intake, product)
    yield from _element(item)
    yield _counted(item, product, limits)


def _written(intake: Intake) -> str:
    """What the file says."""
    parts = [intake.amount.text, how_often(intake)]
    if intake.strength is not None:
        parts.append(f"strength {intake.strength.text}")
    if intake.label is not None:
        parts.append(f"label says {intake.label}")
    if intake.label_text is not None:
        parts.append(f'read from the label "{intake.label_text}"')
    if intake.at:
        parts.append(f"at {', '.join(intake.at)}")
    return ", ".join(parts)


def _food(intake: Intake, food: Food, item: Item) -> Iterator[Step]:
    """A food: what it weighs, and what the table holds for 100 g."""
    mass = grams(food, intake.amount)
    if mass is not None:
        yield Step(
            "mass", f"{intake.amount.text} weighs {figure(mass)} g ({food.portion} is {figure(food.portion_g)} g)"
        )
    content = food.magnesium_mg_per_100g
    known = "unknown" if content is None else f"{figure(content)} mg in 100 g"
    yield Step("content", f"magnesium {known}; entry {food.ndb_no}", item.source, STATUS_WORDS[item.status])


def _salt(salt: Salt, element: Element = "Mg") -> Step:
    """The share of an element in a salt, from its formula."""
    from molmass import Formula

    read = Formula(salt.formula)
    held, word = read.composition()[element], ELEMENT_WORDS[element]
    share = percent(elemental_fraction(salt.formula, element))
    words = f"{salt.name}, {salt.formula}: {held.mass:.3f} g of {word} in {read.mass:.3f} g, {share} of its mass"
    return Step("salt", words, "molarmass", STATUS_WORDS["derived"])


def _content(product: Product) -> Iterator[Step]:
    """The share of its element in a product: as sold where that is known, else by its formula."""
    if product.named_share is not None:
        words = f"{percent(product.named_share)} of its mass is {ELEMENT_WORDS[product.element]}, as it is sold"
        yield Step("content", words, product.source, STATUS_WORDS[product.status])
    elif product.named_salt is not None:
        yield _salt(product.named_salt, product.element)


def _swallowed(intake: Intake, product: Product) -> Iterator[Step]:
    """A supplement, a medicine or a water: its mass or volume, and what that holds."""
    mass = taken_mass_mg(intake, product) if intake.kind != "water" else None
    if mass is not None:
        yield Step("mass", f"one taking is {figure(mass)} mg, as the label speaks of it")
        means = intake.label or product.amount_means
        yield from _content(product)
        words = {"compound": "the mass is of the compound", "open": OPEN_LABEL, "active": ACTIVE_LABEL}
        of_element = f"the mass is of {ELEMENT_WORDS[product.element]} itself"
        yield Step("label", words.get("" if product.element_alone else means, of_element))
    elif intake.strength is not None:
        yield Step("strength", f"{intake.strength.text}, as written in the file")
    elif product.named_mg_per_ml is not None:
        declared = (
            f"the label declares {figure(product.named_mg_per_ml)} mg of {ELEMENT_WORDS[product.element]} in 1 mL"
        )
        yield Step("strength", declared, product.source, STATUS_WORDS[product.status])
    if product.note:
        yield Step("note", product.note, product.source, STATUS_WORDS[product.status])


def _on_skin(intake: Intake, product: Product, item: Item) -> Iterator[Step]:
    """Something on the skin or in a bath: the brine, and what could cross."""
    salt = salt_of(product)
    solid = solid_mass_g(intake, product)
    if solid is not None:
        yield Step("mass", f"{figure(solid)} g of crystals")
        yield from _content(product)
    else:
        yield from _brine(intake, product, salt)
    if intake.kind == "topical":
        where = f"{figure(area_of(intake))} cm2 for {minutes_or_hours(contact_hours(intake))}"
    else:
        where = f"in the water for {minutes_or_hours(intake.duration_h or 0.0)}"
    flux = item.flux_mg_per_day
    could = f"{where}: {figure(flux.low)}, {figure(flux.mid)} or {figure(flux.high)} mg a day (low, mid, high)"
    if opened(intake):
        could += f"; the skin is {intake.skin}, so all of it"
    yield Step("could cross the skin", could, *_of_record("skin_permeability_mid"))


def _brine(intake: Intake, product: Product, salt: Salt) -> Iterator[Step]:
    """The strength of a brine, by mass and in 1 mL."""
    strength = strength_of(intake, product)
    laid = application(intake, product, strength)
    if strength is None or laid is None:
        return
    if strength.kind == "mg/mL":
        yield Step("strength", f"{strength.text} of magnesium, as written in the file")
        return
    neat = application(replace(intake, mixed_with=()), product, strength)
    per_ml = laid.concentration if neat is None else neat.concentration
    dry = mass_fraction_of(salt, per_ml)
    curve = "sulfate" if "SO4" in anhydrous_formula(salt) else "chloride"
    source, status = _of_record(f"{curve}_density_linear")
    yield Step(
        "strength",
        f"{strength.text} is {percent(dry)} {anhydrous_formula(salt)} by mass,"
        f" {figure(solution_density(salt, dry))} g/mL, {figure(per_ml)} mg of magnesium in 1 mL",
        source,
        status,
    )
    yield _salt(salt)
    if neat is not None and laid.concentration != neat.concentration:
        mixed = ", ".join(intake.mixed_with)
        yield Step("mixture", f"with {mixed}: {figure(laid.concentration)} mg/mL on the skin, the milligrams unchanged")


def _element(item: Item) -> Iterator[Step]:
    """The sum, and what it is a day."""
    yield Step("magnesium", item.arithmetic)
    if item.elemental_mg_per_taking is not None and item.takings_per_day != 1:
        yield Step(
            "a day",
            f"{figure(item.elemental_mg_per_taking)} mg x {figure(item.takings_per_day)} a day ="
            f" {figure(item.known_mg_per_day)} mg a day",
        )


def _counted(item: Item, product: Food | Product, limits: Limits) -> Step:
    """What of a line is held against the limit, and by which rule."""
    if isinstance(product, Product) and product.element == "Ca":
        return Step("counted", "0 mg a day: it holds no magnesium")
    why = {
        "food": "what food holds by nature never counts",
        "water": "drinking water counts here" if limits.counts_water else "drinking water does not count here",
        "supplement": "all of a supplement counts",
        "medicine": "all of a medicine counts",
        "topical": "all that is laid on the skin counts by the cautious rule; no authority has ruled on it",
        "bath": "only the most that could cross the skin counts, never what is in the water",
    }[item.kind]
    words = f"{milligrams(item.counted_mg_per_day)} mg a day: {why}"
    if item.counted_evidence_mg_per_day != item.counted_mg_per_day:
        words += f" (by what studies suggest, {figure(item.counted_evidence_mg_per_day)} mg)"
    return Step("counted", words, *(("anagen", "assumed") if item.kind == "topical" else (limits.source, "")))


def _limits(person: Person, ledger: Ledger) -> Iterator[Step]:
    """The limit from its table to the margin, the kidneys, and the need."""
    limits = ledger.limits
    status = STATUS_WORDS[limits.status]
    note = f"; {limits.note}" if limits.note else ""
    if limits.table_ul_mg_per_day is None:
        yield Step("limit", f"none is known here ({limits.jurisdiction}) for this age{note}", limits.source, status)
    else:
        table = f"{milligrams(limits.table_ul_mg_per_day)} mg a day ({limits.jurisdiction}){note}"
        yield Step("limit", table, limits.source, status)
    yield Step("counts", f"{limits.counts}; the table is of {limits.as_of}", limits.source, status)
    yield Step("guards against", limits.end_point, limits.source, status)
    yield from _kidneys(person)
    if limits.supplemental_ul_mg_per_day is not None and limits.allowance_mg_per_day is not None:
        yield Step(
            "margin",
            f"{percent(limits.margin)} of {milligrams(limits.supplemental_ul_mg_per_day)} mg ="
            f" {milligrams(limits.allowance_mg_per_day)} mg a day",
        )
    need = "none is known" if limits.rda_mg_per_day is None else f"{milligrams(limits.rda_mg_per_day)} mg a day"
    yield Step("need", f"{need}, from all sources, food first", limits.rda_source, STATUS_WORDS[limits.rda_status])
    verdict = VERDICT_WORDS.get(ledger.verdict, ledger.verdict.replace("_", " "))
    yield Step("verdict", f"{milligrams(ledger.totals.counted)} mg counted: {verdict}")


def _kidneys(person: Person) -> Iterator[Step]:
    """What the kidneys do to the limit."""
    egfr = egfr_of(person)
    if egfr is None:
        yield Step("kidneys", "no eGFR is given; taken as healthy", "anagen", STATUS_WORDS["assumed"])
        return
    band = band_of(egfr)
    how = "as given" if person.egfr is not None else "from creatinine, by CKD-EPI 2021"
    share = limit_share(band)
    left = {1.0: "all of the limit", 0.0: "nothing beyond food"}.get(share, f"{percent(share)} of the limit")
    left += ", and that only with a clinician" if band == "clinician" else ""
    source = "anagen" if person.egfr is not None else "inker2021"
    status = "" if person.egfr is not None else STATUS_WORDS["recalled"]
    yield Step("eGFR", f"{figure(egfr)} mL/min/1.73 m2, {how}", source if status else "", status)
    yield Step("kidneys", f"leave {left}", *_of_record("kidney_limit_share"))
    ceiling = f"at most {figure(excretion_ceiling(egfr))} mg of magnesium a day can be excreted"
    yield Step("excretion", ceiling, *_of_record("excretion_highest_share"))


def _left_out(ledger: Ledger) -> Iterator[Step]:
    """What is in the routine and not in the count."""
    totals, limits = ledger.totals, ledger.limits
    if totals.food > 0:
        why = f"{milligrams(totals.food)} mg: no authority counts what food holds by nature"
        yield Step("food", why, limits.source, STATUS_WORDS[limits.status])
    if totals.water > 0 and not limits.counts_water:
        why = f"{milligrams(totals.water)} mg: the limit here ({limits.jurisdiction}) leaves drinking water out"
        yield Step("water", why, limits.source, STATUS_WORDS[limits.status])
    bath = sum(item.known_mg_per_day for item in ledger.items if item.kind == "bath")
    if bath > 0:
        why = f"{milligrams(bath)} mg a day dissolved in water: only {figure(_bath_flux(ledger))} mg of it could cross"
        yield Step("bath", why, *_of_record("skin_permeability_high"))
    for item in ledger.items:
        if item.elemental_mg_per_day is None:
            yield Step(
                item.name, "its magnesium is unknown: left out, not zero", item.source, STATUS_WORDS[item.status]
            )
        elif not item.active:
            yield Step(item.name, "not in use at this age")


def _bath_flux(ledger: Ledger) -> float:
    """What could cross from baths, mg a day."""
    return sum(item.flux_mg_per_day.high for item in ledger.items if item.kind == "bath")


def _told(step: Step) -> Text:
    """One step as a line of the terminal: name, words, and where they come from."""
    tail = "; ".join(part for part in (step.source, step.status) if part)
    return Text(f"  {step.name}: ", "bold") + Text(step.says, "") + Text(f"  [{tail}]" if tail else "", "dim")


def print_explanation(explanation: Explanation, console: Console) -> None:
    """Every step of every line, then the limits, then what is left out; sources by their keys, listed at the end."""
    groups = [*explanation.lines, ("limits", explanation.limits), ("not counted", explanation.left_out)]
    used: dict[str, None] = {}
    for name, steps in groups:
        if not steps:
            continue
        console.print()
        console.print(Text(name, "bold"))
        for step in steps:
            console.print(_told(step))
            used |= {step.source: None} if step.source else {}
    entries = bibliography()
    console.print()
    console.print(Text("sources", "bold"))
    for key in used:
        console.print(Text(f"  {key}: {entries.get(key, 'not in the bibliography')}"))
