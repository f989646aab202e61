"""How skin bears a brine: what is known of strength, salt, place, habit and warning signs, each with its grade.

Nothing here changes a sum or a verdict. Almost all of it is unproven: no study has measured stinging against strength
on a scalp, and laboratory tests of irritation do not see it, because it is a matter of nerves and of salt.
"""

from __future__ import annotations

from dataclasses import dataclass

from anagen.errors import UnknownName
from anagen.evidence.parameters import Grade, value
from anagen.intake.applied import Application, application, salt_of, strength_of
from anagen.intake.brine import family, mass_fraction_of
from anagen.intake.catalogue import product_of
from anagen.intake.findings import Finding
from anagen.intake.foods import Food
from anagen.intake.products import Product
from anagen.intake.salts import Salt
from anagen.intake.skin import contact_hours, film_of, ideal_osmolality, opened
from anagen.intake.wording import figure, minutes_or_hours, percent
from anagen.routine import Intake

OFF_SCALP = ("legs", "arms", "limbs", "feet", "whole body")
PROVEN: tuple[Grade, ...] = ("A", "B", "C")


@dataclass(frozen=True)
class Tolerance:
    """One thing known, or believed, of how skin bears an application.

    Attributes
    ----------
    topic : "strength", "osmolality", "place", "habit" or "stop signs".
    message : one or two plain sentences.
    grade : A randomized human, B human observational, C cells, D animals, E hypothesis only.
    sources : keys of the bibliography.
    """

    topic: str
    message: str
    grade: Grade
    sources: tuple[str, ...]

    def __str__(self) -> str:
        """The message, marked where it is unproven."""
        return self.message if self.grade in PROVEN else f"{self.message} (Unproven.)"


def tolerability(intake: Intake) -> tuple[Tolerance, ...]:
    """What is known of how skin bears an intake; empty for anything that is not laid on the skin.

    Examples
    --------
    >>> from anagen.quantities import read_amount, read_strength
    >>> brine = Intake("topical", "magnesium oil", read_amount("4 mL"), strength=read_strength("31 % w/w"))
    >>> [note.topic for note in tolerability(brine)]
    ['strength', 'osmolality', 'place', 'habit', 'stop signs']
    """
    laid = _laid(intake)
    if laid is None:
        return ()
    product, one = laid
    salt = salt_of(product)
    fraction = mass_fraction_of(salt, one.concentration)
    return (
        _strength_note(salt, fraction),
        _osmolality_note(salt, fraction),
        _place_note(intake),
        _habit_note(),
        _stop_note(),
    )


def _laid(intake: Intake) -> tuple[Product, Application] | None:
    """What is on the skin, where that is known and anything is."""
    if intake.kind != "topical":
        return None
    try:
        product = product_of(intake)
    except UnknownName:
        return None
    if isinstance(product, Food):
        return None
    one = application(intake, product, strength_of(intake, product))
    return None if one is None or one.mg <= 0 else (product, one)


def _strength_note(salt: Salt, fraction: float) -> Tolerance:
    """Where a strength stands on the ladder of those that people have worn."""
    shown = f"About {percent(fraction)} magnesium {family(salt)} by mass is on the skin."
    if fraction <= value("tolerated_bath"):
        message = f"{shown} Baths of {percent(value('tolerated_bath'))} were borne well by dry, atopic skin for 15 min."
        return Tolerance("strength", message, "A", ("proksch2005",))
    if fraction <= value("tolerated_leave_on"):
        message = (
            f"{shown} Cosmetics left on the skin hold up to {percent(value('tolerated_leave_on'))} of the sulfate;"
            f" cautious ladders go from {percent(value('ladder_patch'))} on the arm to {percent(value('ladder_top'))}."
        )
        return Tolerance("strength", message, "B", ("johnson2018",))
    if fraction < value("irritating_strength"):
        message = (
            f"{shown} Up to {percent(value('tolerated_rinse_off'))} of the sulfate is used in what is rinsed off; what"
            f" is left on is mostly kept to {percent(value('tolerated_leave_on'))}, and a scalp has not been studied."
        )
        return Tolerance("strength", message, "E", ("johnson2018",))
    message = (
        f"{shown} At {percent(value('irritating_strength'))} of the chloride, {figure(value('irritation_stopped'))} of"
        f" {figure(value('irritation_women'))} women left a trial of four weeks on the limbs with irritated skin."
    )
    return Tolerance("strength", message, "B", ("engen2015",))


def _osmolality_note(salt: Salt, fraction: float) -> Tolerance:
    """How salty that is beside the body's own water."""
    osmolality, plasma = ideal_osmolality(salt, fraction), value("plasma_osmolality")
    message = (
        f"Ideally counted that is {figure(osmolality)} Osm/kg, {figure(osmolality / plasma)} times plasma, and a strong"
        " brine is higher still; pulling water out of skin is the likely cause of stinging."
    )
    return Tolerance("osmolality", message, "E", ("textbook_osmolality", "brinelore"))


def _place_note(intake: Intake) -> Tolerance:
    """What the place adds."""
    if opened(intake):
        message = "Shaved, needled or broken skin stings far more and lets far more in."
        return Tolerance("place", message, "E", ("brinelore", "microneedle_sulfate"))
    if intake.area_name not in OFF_SCALP and intake.area_cm2 is None:
        message = "On a scalp this has not been studied; what is known is from limbs, baths and cosmetics."
    else:
        message = "Dry, eczematous, sunburnt or freshly shaved skin stings more; wet skin and moisturizer less."
    return Tolerance("place", message, "E", ("brinelore",))


def _habit_note() -> Tolerance:
    """Whether it passes."""
    message = (
        "Stinging is said to fade within days or weeks of use; nobody has measured it. That it shows a deficiency is a"
        " maker's claim without evidence."
    )
    return Tolerance("habit", message, "E", ("brinelore", "deficiencyclaim"))


def _stop_note() -> Tolerance:
    """What people stop for."""
    message = (
        "Signs at which trials and labels stop: pain, blisters, weeping, a rash that lasts past a day, swelling, or"
        " anything in the eyes; water takes it off."
    )
    return Tolerance("stop signs", message, "E", ("engen2015", "anagen"))


def skin_findings(intakes: list[Intake]) -> list[Finding]:
    """Notes on everything laid on the skin: how it is borne, how the film dries down, how well its volume is known."""
    found: list[Finding] = []
    for intake in intakes:
        laid = _laid(intake)
        if laid is None:
            continue
        product, one = laid
        found += _film_note(intake, product, one)
        found += _density_note(intake, product, one)
        for note in tolerability(intake):
            item = intake.product if note.topic in ("strength", "osmolality") else None
            found.append(Finding("tolerability", "note", item, str(note), note.sources))
    return found


def _film_note(intake: Intake, product: Product, one: Application) -> list[Finding]:
    """Where the film comes to more than was laid on."""
    salt = salt_of(product)
    film = film_of(intake, salt)
    if opened(intake) or film is None or film <= one.concentration:
        return []
    hours = minutes_or_hours(contact_hours(intake))
    ends = "dries to crystals through" if family(salt) == "sulfate" else "goes back to"
    air = "" if family(salt) == "sulfate" else f" in air of {percent(value('room_humidity'))} humidity"
    message = (
        f"A thin film of {figure(one.concentration)} mg/mL {ends} about {figure(film)} mg/mL{air} within the hour, so"
        f" the high bound goes by that for {hours}; a short contact and a rinse lower it, a weaker bottle hardly does."
    )
    return [Finding("film-dries-down", "note", intake.product, message, ("cameo", "anagen"))]


def _density_note(intake: Intake, product: Product, one: Application) -> list[Finding]:
    """How well mg is known where it goes by the density curve: a mass in a volume, or a volume in a mass."""
    strength = strength_of(intake, product)
    if strength is None or (strength.kind in ("w/w", "parts")) == (intake.amount.kind == "mass"):
        return []
    spread = one.mg * value("density_error")
    message = (
        f"Mass and volume of a brine are turned into each other by a density curve good to about"
        f" {percent(value('density_error'))}: {figure(one.mg)} mg is known to within {figure(spread)} mg. Weighing"
        " 10 mL settles it."
    )
    return [Finding("density-curve", "note", intake.product, message, ("crchandbook",))]
