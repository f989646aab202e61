"""One line of the ledger."""

from __future__ import annotations

from dataclasses import dataclass, field

from anagen.evidence.parameters import STATUS_WORDS, Status
from anagen.intake.findings import Finding
from anagen.intake.salts import Solubility
from anagen.intake.skin import Flux
from anagen.routine import Kind


@dataclass(frozen=True)
class Item:
    """One intake, weighed.

    Attributes
    ----------
    name : as the person wrote it; product : its name in the tables; kind : of the intake.
    elemental_mg_per_day : magnesium swallowed, laid on the skin, or put in the bath; None where unknown.
    counted_mg_per_day : what of it is held against the limit by the cautious rule.
    counted_evidence_mg_per_day : the same in evidence mode (of what is on the skin, only what could cross).
    arithmetic : the sum in one plain sentence.
    solubility, coating : what the gut's absorption goes by.
    elemental_mg_per_taking, takings_per_day : the same as a dose and how often; mg, 1/day.
    flux_mg_per_day : what could cross the skin.
    calcium_mg_per_day : swallowed; None where unknown, and of what is not swallowed.
    source, status : of the content.
    active : False where the person is not of the age it is for.
    findings : what there is to say about this one alone.
    """

    name: str
    product: str
    kind: Kind
    elemental_mg_per_day: float | None
    counted_mg_per_day: float
    counted_evidence_mg_per_day: float
    arithmetic: str
    solubility: Solubility
    source: str
    status: Status
    coating: str = "none"
    elemental_mg_per_taking: float | None = None
    takings_per_day: float = 0.0
    flux_mg_per_day: Flux = field(default_factory=Flux)
    calcium_mg_per_day: float | None = None
    active: bool = True
    findings: tuple[Finding, ...] = ()

    @property
    def known_mg_per_day(self) -> float:
        """Elemental mg/day, an unknown content left out."""
        return self.elemental_mg_per_day or 0.0

    def to_dict(self) -> dict[str, object]:
        """As it stands in the JSON: the five agreed keys first, then more."""
        return {
            "name": self.name,
            "kind": self.kind,
            "elemental_mg_per_day": self.elemental_mg_per_day,
            "counted_mg_per_day": self.counted_mg_per_day,
            "arithmetic": self.arithmetic,
            "counted_evidence_mg_per_day": self.counted_evidence_mg_per_day,
            "flux_mg_per_day": self.flux_mg_per_day.to_dict(),
            "calcium_mg_per_day": self.calcium_mg_per_day,
            "product": self.product,
            "solubility": self.solubility,
            "source": self.source,
            "status": STATUS_WORDS[self.status],
        }
