"""The skin: a bound on how much of the magnesium laid on it could cross.

No one has measured this on a human scalp. The bound uses the permeability of excised pig skin, low, mid and high.
Low and mid are at the strength that was laid on. High is at the strength the film comes to in room air, if that is
more: a thin film loses the water it was diluted with in minutes, and contact time then matters more than the bottle.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from anagen.evidence.parameters import value
from anagen.intake.brine import anhydrous_formula, family, magnesium_per_ml, saturation
from anagen.intake.salts import Salt
from anagen.quantities import Strength
from anagen.routine import Intake

SECONDS_PER_HOUR = 3600.0
HOURS_PER_DAY = 24.0
UL_PER_ML = 1000.0
G_PER_KG = 1000.0
IONS = {"chloride": 3, "sulfate": 2}  # that one formula unit falls into
AREAS = {  # the record of every named area
    "scalp": "scalp_area",
    "whole scalp": "scalp_area",
    "thinning area": "thinning_area",
    "legs": "legs_area",
    "arms": "arms_area",
    "limbs": "limbs_area",
    "feet": "feet_area",
    "whole body": "bath_skin_area",
}


@dataclass(frozen=True)
class Flux:
    """Magnesium that could cross the skin, mg: `high` is the column a scalp leans to."""

    low: float = 0.0
    mid: float = 0.0
    high: float = 0.0

    def times(self, factor: float) -> Flux:
        """The same, `factor` times."""
        return Flux(self.low * factor, self.mid * factor, self.high * factor)

    def plus(self, other: Flux) -> Flux:
        """The sum of two."""
        return Flux(self.low + other.low, self.mid + other.mid, self.high + other.high)

    def to_dict(self) -> dict[str, float]:
        """As it stands in the JSON."""
        return {"low": self.low, "mid": self.mid, "high": self.high}


def crossing(permeability: float, concentration: float, area: float, hours: float) -> float:
    """Magnesium that crosses the skin at a steady rate.

    m = P C A t

    Parameters
    ----------
    permeability : cm/s; concentration : mg/mL; area : cm2; hours : h.

    Returns
    -------
    float
        mg.
    """
    return permeability * concentration * area * hours * SECONDS_PER_HOUR


def flux_bound(
    applied_mg: float,
    concentration: float,
    area: float,
    hours: float,
    broken: bool = False,
    film: float | None = None,
) -> Flux:
    """What could cross of one application, never more than was applied; through broken skin all of it.

    Parameters
    ----------
    applied_mg : mg of magnesium on the skin (or in the water); concentration : mg/mL; area : cm2; hours : h.
    broken : True for cut, shaved, needled or inflamed skin.
    film : mg/mL that the film comes to in the air, for the high column; None where it stays as it was laid on.
    """
    if broken:
        return Flux(applied_mg, applied_mg, applied_mg)
    strengths = {"low": concentration, "mid": concentration, "high": max(concentration, film or 0.0)}
    low, mid, high = (
        min(applied_mg, crossing(value(f"skin_permeability_{column}"), strength, area, hours))
        for column, strength in strengths.items()
    )
    return Flux(low, mid, high)


def molality(salt: Salt, fraction: float) -> float:
    """mol of a salt in 1 kg of water, from the mass fraction of the anhydrous salt; without end where no water is."""
    from molmass import Formula

    if fraction >= 1:
        return math.inf
    return fraction / (1 - fraction) * G_PER_KG / Formula(anhydrous_formula(salt)).mass


def ideal_osmolality(salt: Salt, fraction: float) -> float:
    """Osm/kg of a solution as if every ion acted alone: ions x molality. A strong brine is in truth higher."""
    return IONS[family(salt)] * molality(salt, fraction)


def equilibrium_fraction(humidity: float) -> float:
    """The mass fraction at which magnesium chloride neither draws water from the air nor gives it off.

    ln(humidity) = -3 m phi(m) M_water, with the osmotic coefficient phi(m) = constant + slope m, a line good from
    about 2 mol/kg to saturation; solved for the molality m.

    Parameters
    ----------
    humidity : of the air, as a fraction.

    Returns
    -------
    float
        g of anhydrous salt per g of solution.
    """
    return _equilibrium(humidity, value("chloride_osmotic_constant"), value("chloride_osmotic_slope"))


@cache
def _equilibrium(humidity: float, constant: float, slope: float) -> float:
    from molmass import Formula

    water = Formula("H2O").mass / G_PER_KG
    target = -math.log(humidity) / (IONS["chloride"] * water)
    reached = (math.sqrt(constant**2 + 4 * slope * target) - constant) / (2 * slope)
    dissolved = reached * Formula("MgCl2").mass / G_PER_KG
    return dissolved / (1 + dissolved)


def film_strength(salt: Salt) -> float:
    """mg/mL of magnesium that a film comes to in room air: chloride with the air, sulfate as it dries out."""
    most = saturation(salt)
    if family(salt) == "sulfate":
        return most
    fraction = equilibrium_fraction(value("room_humidity"))
    dry = Salt("magnesium chloride", anhydrous_formula(salt))
    return min(most, magnesium_per_ml(Strength("", "w/w", fraction), dry))


def film_of(intake: Intake, salt: Salt) -> float | None:
    """The strength its film comes to, mg/mL; None where it is rinsed off before the film has dried down."""
    if intake.rinse and contact_hours(intake) <= value("film_drying_time"):
        return None
    return film_strength(salt)


def area_of(intake: Intake) -> float:
    """The skin an intake covers, cm2: as given, else the named area, else the whole scalp."""
    if intake.area_cm2 is not None:
        return intake.area_cm2
    return value(AREAS.get(intake.area_name.casefold(), "scalp_area"))


def opened(intake: Intake) -> bool:
    """True where the skin is broken or freshly shaved, so that all that is laid on may enter."""
    return intake.skin != "intact"


def contact_hours(intake: Intake) -> float:
    """Hours of one application: the same skin cannot be covered for more than 24 h in a day."""
    return min(intake.contact_h, HOURS_PER_DAY / max(intake.takings_per_day, 1.0))


def overfilled(volume_ml: float, area: float) -> bool:
    """True where more liquid was laid on than the skin holds as a film."""
    return area > 0 and volume_ml * UL_PER_ML / area > value("film_limit")
