"""The ledger as the page reads it: its agreed JSON and nothing else, with types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from anagen.show.clock import DayClock, day_clock

SHOWN = 3  # how many findings stand open; the rest is folded
SEVERITY_WORDS = {"stop": "Stop", "caution": "Caution", "note": "Note"}
SEVERITIES = ("stop", "caution", "note")
KINDS = ("food", "water", "supplement", "medicine", "topical", "bath")
KIND_WORDS: Mapping[str, str] = {
    "food": "food",
    "water": "water",
    "supplement": "supplements",
    "medicine": "medicines",
    "topical": "on the skin",
    "bath": "baths",
}
DISTINGUISHABLE_MG = 0.5


class HasDict(Protocol):
    """Anything that gives the ledger's JSON; the ledger of `anagen.intake` does."""

    def to_dict(self) -> dict[str, Any]:
        """The object that `anagen check --json` prints."""
        ...


@dataclass(frozen=True)
class Line:
    """One item: mg of elemental magnesium a day (None where unknown), what of it counts, and the sum in words."""

    name: str
    kind: str
    elemental: float | None
    counted: float
    arithmetic: str
    source: str = ""
    status: str = ""


@dataclass(frozen=True)
class Remark:
    """One finding."""

    code: str
    severity: str
    item: str | None
    message: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class CalciumRead:
    """Calcium beside magnesium, mg a day; None where no need or no upper level is known."""

    need: float | None = None
    limit: float | None = None
    food: float = 0.0
    supplement: float = 0.0
    status: str = ""
    note: str = ""
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Account:
    """The whole ledger; mg a day throughout, None where there is no such limit.

    Attributes
    ----------
    place : whose limits apply; limit, margin, allowance, need : the supplemental limit, the share of it the person
        keeps to, that share in mg, and the reference intake.
    totals : by source ("food", "water", "supplement", "medicine").
    on_skin, flux : what lies on the skin, and what of it could cross (low, mid, high).
    counted, counted_evidence : what is held against the limit, by the cautious rule and by what studies suggest.
    limit_status, need_status : "recalled, unchecked" and the like; empty where the ledger does not say.
    calcium : beside magnesium, None where the ledger does not say; clock : medicines and magnesium by the hour.
    """

    place: str
    limit: float | None
    lowered: bool
    margin: float
    allowance: float | None
    need: float | None
    totals: Mapping[str, float]
    on_skin: float
    flux: tuple[float, float, float]
    counted: float
    counted_evidence: float
    lines: tuple[Line, ...]
    remarks: tuple[Remark, ...]
    verdict: str
    limit_status: str = ""
    need_status: str = ""
    calcium: CalciumRead | None = None
    clock: DayClock = field(default_factory=DayClock)

    def counted_by_kind(self) -> dict[str, float]:
        """What counts against the limit, by kind of intake, only where it is something."""
        sums = {kind: sum(line.counted for line in self.lines if line.kind == kind) for kind in KINDS}
        return {kind: amount for kind, amount in sums.items() if amount > 0}

    def all_by_kind(self) -> dict[str, float]:
        """Everything, food and water too, with all that lies on the skin."""
        everything = {name: self.totals[name] for name in ("food", "water", "supplement", "medicine")}
        everything["topical"] = self.on_skin
        return {kind: amount for kind, amount in everything.items() if amount > 0}

    @property
    def skin_matters(self) -> bool:
        """True where something lies on the skin or could cross it."""
        return self.on_skin > 0 or self.flux[2] >= DISTINGUISHABLE_MG

    @property
    def stop(self) -> Remark | None:
        """The first finding that forbids the routine."""
        return next((remark for remark in self.remarks if remark.severity == "stop"), None)


def _optional(number: Any) -> float | None:
    return None if number is None else float(number)


def _line(item: Mapping[str, Any]) -> Line:
    elemental = _optional(item["elemental_mg_per_day"])
    source, status = str(item.get("source", "")), str(item.get("status", ""))
    return Line(
        item["name"], item["kind"], elemental, float(item["counted_mg_per_day"]), item["arithmetic"], source, status
    )


def _remark(finding: Mapping[str, Any]) -> Remark:
    sources: Sequence[str] = finding.get("sources") or ()
    return Remark(finding["code"], finding["severity"], finding["item"], finding["message"], tuple(sources))


def _calcium(whole: Mapping[str, Any]) -> CalciumRead | None:
    """Calcium, where the ledger tells of it."""
    found: Mapping[str, Any] | None = whole.get("calcium")
    if found is None:
        return None
    return CalciumRead(
        need=_optional(found["rda_mg_per_day"]),
        limit=_optional(found["ul_mg_per_day"]),
        food=float(found["food_mg_per_day"]),
        supplement=float(found.get("supplement_mg_per_day") or 0.0),
        status=str(found["status"]),
        note=str(found.get("note", "")),
        unknown=tuple(found.get("unknown", ())),
    )


def account(ledger: HasDict) -> Account:
    """Read a ledger through its JSON; findings come worst first."""
    whole = ledger.to_dict()
    limits, totals = whole["limits"], whole["totals_mg_per_day"]
    flux = totals["skin_flux"]
    remarks = (_remark(finding) for finding in whole["findings"])
    return Account(
        place=str(limits["jurisdiction"]),
        limit=_optional(limits["supplemental_ul_mg_per_day"]),
        lowered=limits["supplemental_ul_mg_per_day"]
        != limits.get("table_ul_mg_per_day", limits["supplemental_ul_mg_per_day"]),
        margin=float(limits["margin"]),
        allowance=_optional(limits["allowance_mg_per_day"]),
        need=_optional(limits["rda_mg_per_day"]),
        totals={name: float(totals[name]) for name in ("food", "water", "supplement", "medicine")},
        on_skin=float(totals["skin_applied"]),
        flux=(float(flux["low"]), float(flux["mid"]), float(flux["high"])),
        counted=float(totals["counted"]),
        counted_evidence=float(totals["counted_evidence"]),
        lines=tuple(_line(item) for item in whole["items"]),
        remarks=tuple(sorted(remarks, key=lambda remark: SEVERITIES.index(remark.severity))),
        verdict=str(whole["verdict"]),
        limit_status=str(limits.get("status", "")),
        need_status=str(limits.get("rda_status", "")),
        calcium=_calcium(whole),
        clock=day_clock(whole),
    )
