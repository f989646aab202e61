"""The sums of a routine: magnesium by source and route, and what of it is held against the limit."""

from __future__ import annotations

from dataclasses import dataclass

from anagen.intake.item import Item
from anagen.intake.limits import ROUNDED_TO
from anagen.intake.skin import Flux
from anagen.routine import Kind


@dataclass(frozen=True)
class Totals:
    """mg of elemental magnesium a day by route, and what of it is held against the limit.

    `skin_applied` is all that is laid on the skin (never a bath); `skin_flux` is what could cross, baths too.
    """

    food: float
    water: float
    supplement: float
    medicine: float
    skin_applied: float
    skin_flux: Flux
    counted: float
    counted_evidence: float

    def to_dict(self) -> dict[str, object]:
        """As it stands in the JSON."""
        return {
            "food": self.food,
            "water": self.water,
            "supplement": self.supplement,
            "medicine": self.medicine,
            "skin_applied": self.skin_applied,
            "skin_flux": self.skin_flux.to_dict(),
            "counted": self.counted,
            "counted_evidence": self.counted_evidence,
        }


def totals_of(items: list[Item]) -> Totals:
    """The sums over the lines; what is unknown is left out."""

    def total(kind: Kind) -> float:
        return sum((item.known_mg_per_day for item in items if item.kind == kind), 0.0)

    flux = Flux()
    for item in items:
        flux = flux.plus(item.flux_mg_per_day)
    return Totals(
        food=total("food"),
        water=total("water"),
        supplement=total("supplement"),
        medicine=total("medicine"),
        skin_applied=total("topical"),
        skin_flux=flux,
        counted=round(sum((item.counted_mg_per_day for item in items), 0.0), ROUNDED_TO),
        counted_evidence=round(sum((item.counted_evidence_mg_per_day for item in items), 0.0), ROUNDED_TO),
    )
