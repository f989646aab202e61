"""What is put on the skin or in a bath, each as a line of the ledger."""

from __future__ import annotations

from dataclasses import dataclass, replace

from anagen.evidence.parameters import value
from anagen.intake.brine import MG_PER_G, magnesium_per_ml, saturation, volume_ml
from anagen.intake.findings import Finding, remarks_of
from anagen.intake.item import Item
from anagen.intake.mixture import diluting_volume_ml, ingredients
from anagen.intake.oral_dose import ML_PER_LITER, ML_PER_TEASPOON
from anagen.intake.products import Product
from anagen.intake.salts import SALTS, Salt, elemental_fraction
from anagen.intake.skin import Flux, area_of, contact_hours, film_of, flux_bound, opened, overfilled
from anagen.intake.wording import figure, how_often, minutes_or_hours, once_a_day, percent
from anagen.quantities import Strength
from anagen.routine import Intake

DISSOLVES = 10.0  # grams of crystals to a mL beyond which no curve is asked: far above what dissolves


@dataclass(frozen=True)
class Application:
    """One application: magnesium in mg, its concentration on the skin in mg/mL, the liquid's volume in mL, the sum."""

    mg: float
    concentration: float
    volume_ml: float
    sentence: str


def salt_of(product: Product) -> Salt:
    """The salt of a product for the skin; every one in the table has one."""
    return product.salt or SALTS[0]


def solid_share(product: Product) -> float:
    """g of magnesium in 1 g of dry crystals."""
    if product.elemental_share is not None:
        return product.elemental_share
    return elemental_fraction(salt_of(product).formula)


def strength_of(intake: Intake, product: Product) -> Strength | None:
    """The strength as given, else the described or the usual one of the product, else None."""
    given = intake.strength if intake.strength is not None else product.own_strength
    if given is not None or product.usual_strength is None:
        return given
    return Strength(percent(product.usual_strength), "w/w", product.usual_strength, basis_stated=True)


def solid_mass_g(intake: Intake, product: Product) -> float | None:
    """Mass of dry crystals in g, where that is what the amount means; else None.

    Where something on the skin has a strength, its amount is of the solution, in grams as in milliliters.
    """
    if product.form != "flakes" or (intake.kind == "topical" and intake.strength is not None):
        return None
    if intake.amount.kind == "mass":
        return intake.amount.magnitude / MG_PER_G
    if intake.amount.kind == "volume" and product.bulk:
        return intake.amount.magnitude / ML_PER_TEASPOON * value("epsom_teaspoon_mass")
    return None


def liquid_ml(intake: Intake, per_ml: float, salt: Salt) -> float | None:
    """Volume of brine in one application, mL: as given, sprays times a spray, or a mass by its density."""
    amount = intake.amount
    if amount.kind == "volume":
        return amount.magnitude
    if amount.kind == "mass":
        return volume_ml(amount.magnitude / MG_PER_G, per_ml, salt)
    return None if intake.spray_volume_ml is None else amount.magnitude * intake.spray_volume_ml


def dissolved(solid_g: float, water_ml: float, salt: Salt) -> float:
    """mg/mL of crystals in a volume of water or aloe (1 g in 1 mL), by the density curve and never above saturation.

    Without water they draw it from the air until they are a saturated brine.
    """
    most = saturation(salt)
    if water_ml <= 0 or solid_g > water_ml * DISSOLVES:
        return most
    return min(most, magnesium_per_ml(Strength("", "parts", solid_g / water_ml), salt))


def application(intake: Intake, product: Product, strength: Strength | None) -> Application | None:
    """One application of a product to the skin; None where the file does not say enough.

    Water and aloe in the mixture lower the concentration and leave the milligrams as they are.
    """
    salt, extra = salt_of(product), diluting_volume_ml(intake.mixed_with)
    solid = solid_mass_g(intake, product)
    if solid is not None:
        fraction = solid_share(product)
        mg = solid * MG_PER_G * fraction
        concentration = dissolved(solid, extra, salt)
        words = f"{intake.amount.text} {product.name} x {percent(fraction)} = {figure(mg)} mg on the skin"
        return Application(mg, concentration, mg / concentration if extra > 0 else 0.0, words)
    if strength is None:
        return None
    per_ml = magnesium_per_ml(strength, salt)
    liquid = liquid_ml(intake, per_ml, salt)
    if liquid is None:
        return None
    mg, total = liquid * per_ml, liquid + extra
    shown = intake.amount.text
    if intake.amount.kind == "count" and intake.spray_volume_ml is not None:
        shown = f"{shown} x {figure(intake.spray_volume_ml)} mL"
    elif intake.amount.kind == "mass":
        shown = f"{shown} ({figure(liquid)} mL)"
    words = f"{shown} x {figure(per_ml)} mg/mL = {figure(mg)} mg on the skin"
    return Application(mg, per_ml * liquid / total if total > 0 else per_ml, total, words)


def topical_item(intake: Intake, product: Product) -> Item:
    """A thing laid on the skin: all of it counts by the cautious rule, what could cross in evidence mode."""
    strength = strength_of(intake, product)
    laid = application(intake, product, strength) or Application(0.0, 0.0, 0.0, "")
    area, takings = area_of(intake), intake.takings_per_day
    film = film_of(intake, salt_of(product)) if laid.mg > 0 else None
    flux = flux_bound(laid.mg, laid.concentration, area, contact_hours(intake), opened(intake), film).times(takings)
    a_day = laid.mg * takings
    rest = " a day" if once_a_day(intake) else f", {how_often(intake)} = {figure(a_day)} mg a day"
    return Item(
        name=intake.product, product=product.name, kind="topical", elemental_mg_per_day=a_day,
        counted_mg_per_day=a_day, counted_evidence_mg_per_day=min(a_day, flux.high),
        arithmetic=laid.sentence + rest, solubility="skin", source=product.source, status=product.status,
        elemental_mg_per_taking=laid.mg, takings_per_day=takings, flux_mg_per_day=flux,
        findings=tuple(_topical_findings(intake, product, laid, area)),
    )  # fmt: skip


def _topical_findings(intake: Intake, product: Product, laid: Application, area: float) -> list[Finding]:
    """What there is to say about one thing on the skin."""
    found = [*remarks_of(intake), *_strength_findings(intake, product, laid), *_solution_note(intake, product, laid)]
    if opened(intake):
        message = "On cut, shaved, needled or inflamed skin all of it may enter; let the skin heal first."
        found.append(Finding("broken-skin", "caution", intake.product, message, ("microneedle_sulfate",)))
    oils = [part.name for part in ingredients(intake.mixed_with) if part.is_oil]
    if oils:
        message = (
            f"A brine does not mix with {' or '.join(oils)}: it separates, and reaches the skin undiluted. "
            "Water or aloe gel mixes."
        )
        found.append(Finding("does-not-mix-with-oil", "caution", intake.product, message, ("rawmedicines",)))
    if overfilled(laid.volume_ml, area):
        message = (
            f"{figure(laid.volume_ml)} mL on {figure(area)} cm2 is more than the skin holds as a film"
            f" (about {figure(value('film_limit'))} uL/cm2); some will run off, and all of it is counted."
        )
        found.append(Finding("film-limit", "note", intake.product, message, ("oecd428",)))
    return found


def _strength_findings(intake: Intake, product: Product, laid: Application) -> list[Finding]:
    """A finding where the strength can be read two ways, or was not given."""
    given = intake.strength
    if given is None and product.usual_strength is not None and laid.mg > 0:
        message = (
            f"No strength is given, so {percent(product.usual_strength)} w/w is counted, the strongest of its kind:"
            f" {figure(laid.mg)} mg each time. Write the strength from the label."
        )
        return [Finding("ambiguous-label", "caution", intake.product, message, (product.source,))]
    if given is None or given.basis_stated or given.kind != "w/w":
        return []
    other = application(intake, product, replace(given, kind="w/v"))
    if other is None:
        return []
    message = (
        f'"{given.text}" may be by mass ({figure(laid.mg)} mg of magnesium each time) or by volume'
        f' ({figure(other.mg)} mg); by mass is counted. Write "{given.text} w/w" or "{given.text} w/v".'
    )
    return [Finding("ambiguous-label", "caution", intake.product, message, (product.source,))]


def _solution_note(intake: Intake, product: Product, laid: Application) -> list[Finding]:
    """A note where grams of a product that is sold dry are taken as grams of its solution."""
    if product.form != "flakes" or intake.amount.kind != "mass" or intake.strength is None or laid.mg <= 0:
        return []
    dry = intake.amount.magnitude * solid_share(product)
    message = (
        f"{intake.amount.text} is taken as the mass of the solution, because a strength is given: {figure(laid.mg)} mg."
        f" If it is the mass of the dry {product.name}, leave strength out ({figure(dry)} mg), and write the water in"
        " mixed_with."
    )
    return [Finding("solution-weighed", "note", intake.product, message, (product.source,))]


def bath_item(intake: Intake, product: Product) -> Item:
    """A bath: what is in the water never counts, the most that could cross the skin does."""
    fraction = solid_share(product)
    in_water = (solid_mass_g(intake, product) or 0.0) * MG_PER_G * fraction
    water_ml, hours = (intake.volume_l or 0.0) * ML_PER_LITER, intake.duration_h or 0.0
    concentration = in_water / water_ml if water_ml > 0 else 0.0
    area = intake.area_cm2 if intake.area_cm2 is not None else value("bath_skin_area")
    once = flux_bound(in_water, concentration, area, hours) if water_ml > 0 else Flux()
    flux, takings = once.times(intake.takings_per_day), intake.takings_per_day
    sentence = (
        f"{intake.amount.text} {product.name} puts {figure(in_water)} mg in the water; at most {figure(once.high)} mg"
        f" could cross the skin in {minutes_or_hours(hours)}"
    )
    if not once_a_day(intake):
        sentence += f", {how_often(intake)} = {figure(flux.high)} mg a day"
    return Item(
        name=intake.product, product=product.name, kind="bath", elemental_mg_per_day=in_water * takings,
        counted_mg_per_day=flux.high, counted_evidence_mg_per_day=flux.high, arithmetic=sentence, solubility="bath",
        source=product.source, status=product.status, elemental_mg_per_taking=in_water, takings_per_day=takings,
        flux_mg_per_day=flux, findings=(_bath_note(intake, in_water, once.high, hours),),
    )  # fmt: skip


def _bath_note(intake: Intake, in_water: float, crossing: float, hours: float) -> Finding:
    """Why what is dissolved in a bath is shown and does not count."""
    message = (
        f"{figure(in_water)} mg is in the water and stays there: in {minutes_or_hours(hours)} at most"
        f" {figure(crossing)} mg could cross the skin, and that alone counts."
    )
    return Finding("bath-not-counted", "note", intake.product, message, ("kokki2019",))
