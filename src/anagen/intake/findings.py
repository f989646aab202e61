"""What the ledger has to say: one table of all codes, and the record of a finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["stop", "caution", "note"]

FINDING_CODES: dict[str, str] = {
    "over-limit": "what counts is more than the limit for supplemental magnesium",
    "over-margin": "what counts is within the limit, but more than the share of it the person wants to keep to",
    "no-limit-for-age": "no supplemental limit is set for this age here, and something counts",
    "kidney-stop": "the kidneys clear too little for any magnesium beyond food",
    "kidney-caution": "the kidneys clear less than normal, so half the limit applies; or how well they do is unknown",
    "condition-stop": "a condition of this person forbids magnesium beyond food unless a clinician says otherwise",
    "impossible-strength": "a solution stronger than can be dissolved",
    "impossible-amount": "an amount that cannot be meant",
    "spacing": "magnesium in the gut hinders a medicine unless hours lie between the two",
    "laxative-range": "as much by mouth as loosens the bowels of some people",
    "broken-skin": "through broken skin all that is applied may enter",
    "ambiguous-label": "the label can be read two ways; the reading that counts more is used",
    "unknown-content": "the table does not know the magnesium in this; it is left out as unknown, not as zero",
    "film-limit": "more liquid than the skin holds as a film",
    "does-not-mix-with-oil": "a brine separates from oil, so the strength on the skin is not what the mixture suggests",
    "water-counts": "drinking water counts against the limit here",
    "food-not-counted": "magnesium that food holds by nature never counts against the limit",
    "not-now": "not used at this age, so it is left out",
}
"""Every code a finding can have, with what it means; of equal severity, the first here stands first."""

SEVERITY_ORDER: dict[Severity, int] = {"stop": 0, "caution": 1, "note": 2}


@dataclass(frozen=True)
class Finding:
    """One thing found.

    Attributes
    ----------
    code : a key of FINDING_CODES.
    severity : "stop" forbids the routine, "caution" asks for care, "note" explains.
    item : the intake it is about, as the person named it; None for the whole routine.
    message : one or two plain sentences.
    sources : keys of the bibliography.
    """

    code: str
    severity: Severity
    item: str | None
    message: str
    sources: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """As it stands in the JSON."""
        return {
            "code": self.code,
            "severity": self.severity,
            "item": self.item,
            "message": self.message,
            "sources": list(self.sources),
        }


def in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """Findings with stops first, then cautions, then notes, and in each the weightiest first; each once."""
    once = dict.fromkeys(findings)
    rank = {code: place for place, code in enumerate(FINDING_CODES)}
    return tuple(sorted(once, key=lambda finding: (SEVERITY_ORDER[finding.severity], rank[finding.code])))
