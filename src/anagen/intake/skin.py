"""The skin: a bound on how much of the magnesium laid on it could cross.

No one has measured this on a human scalp. The bound uses the permeability of excised pig skin, low, mid and high.
"""

from __future__ import annotations

from dataclasses import dataclass

from anagen.evidence.parameters import value
from anagen.routine import Intake

SECONDS_PER_HOUR = 3600.0
HOURS_PER_DAY = 24.0
UL_PER_ML = 1000.0


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


def flux_bound(applied_mg: float, concentration: float, area: float, hours: float, broken: bool = False) -> Flux:
    """What could cross of one application, never more than was applied; through broken skin all of it.

    Parameters
    ----------
    applied_mg : mg of magnesium on the skin (or in the water); concentration : mg/mL; area : cm2; hours : h.
    broken : True for cut, shaved, needled or inflamed skin.
    """
    if broken:
        return Flux(applied_mg, applied_mg, applied_mg)
    low, mid, high = (
        min(applied_mg, crossing(value(f"skin_permeability_{column}"), concentration, area, hours))
        for column in ("low", "mid", "high")
    )
    return Flux(low, mid, high)


def area_of(intake: Intake) -> float:
    """The skin an intake covers, cm2: as given, else the thinning area or the whole scalp."""
    if intake.area_cm2 is not None:
        return intake.area_cm2
    return value("thinning_area") if "thinning" in intake.area_name.casefold() else value("scalp_area")


def contact_hours(intake: Intake) -> float:
    """Hours of one application: the same skin cannot be covered for more than 24 h in a day."""
    return min(intake.contact_h, HOURS_PER_DAY / max(intake.takings_per_day, 1.0))


def overfilled(volume_ml: float, area: float) -> bool:
    """True where more liquid was laid on than the skin holds as a film."""
    return area > 0 and volume_ml * UL_PER_ML / area > value("film_limit")
