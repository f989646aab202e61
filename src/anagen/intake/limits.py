"""The limits that apply to a person: the supplemental upper level and the reference intake of where they live.

The table is `limits.toml`. No authority has said whether magnesium on the skin counts: counting it is this
ledger's own cautious choice, as is what it does with the kidney bands.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

from anagen.evidence.parameters import STATUS_WORDS, Status
from anagen.intake.kidney import band_of, egfr_of, limit_share
from anagen.routine import Jurisdiction, Person

ROUNDED_TO = 9  # decimals of mg: 0.35 x 350 is 122.5, and not a hair less


@dataclass(frozen=True)
class Limits:
    """What applies to one person.

    Attributes
    ----------
    supplemental_ul_mg_per_day : the upper level after any kidney band, None where none is set for the age.
    table_ul_mg_per_day : the same before the kidney band.
    margin, allowance_mg_per_day : the share the person keeps to, and that share of the limit.
    unasked_mg_per_day : what of that a person may take without a clinician: none from an eGFR of 44 down.
    rda_mg_per_day : the reference intake from all sources, None where none is known.
    counts_water : whether drinking water counts; counts : in words what counts.
    end_point : the harm the limit guards against.
    source, status, rda_source, rda_status, as_of, note : where the figures come from.
    """

    jurisdiction: Jurisdiction
    supplemental_ul_mg_per_day: float | None
    margin: float
    allowance_mg_per_day: float | None
    rda_mg_per_day: float | None
    counts_water: bool
    source: str
    status: Status
    rda_source: str
    rda_status: Status
    table_ul_mg_per_day: float | None = None
    counts: str = ""
    end_point: str = ""
    as_of: str = ""
    note: str = ""
    unasked_mg_per_day: float | None = None

    def to_dict(self) -> dict[str, object]:
        """As it stands in the JSON."""
        return {
            "jurisdiction": self.jurisdiction,
            "supplemental_ul_mg_per_day": self.supplemental_ul_mg_per_day,
            "margin": self.margin,
            "allowance_mg_per_day": self.allowance_mg_per_day,
            "rda_mg_per_day": self.rda_mg_per_day,
            "table_ul_mg_per_day": self.table_ul_mg_per_day,
            "counts": self.counts,
            "counts_water": self.counts_water,
            "end_point": self.end_point,
            "source": self.source,
            "status": STATUS_WORDS[self.status],
            "rda_source": self.rda_source,
            "rda_status": STATUS_WORDS[self.rda_status],
            "as_of": self.as_of,
            "note": self.note,
            "unasked_mg_per_day": self.unasked_mg_per_day,
        }

    @property
    def recalled(self) -> tuple[str, ...]:
        """Which of the two cells nobody has read in a source yet, in words."""
        limit = ("the limit",) if self.status == "recalled" and self.table_ul_mg_per_day is not None else ()
        need = ("the reference intake",) if self.rda_status == "recalled" and self.rda_mg_per_day is not None else ()
        return limit + need


@cache
def table() -> dict[str, Any]:
    """The whole table, as it stands in the file."""
    return tomllib.loads(files("anagen.intake").joinpath("limits.toml").read_text(encoding="utf-8"))


def fits(row: dict[str, Any], person: Person, state: str | None) -> bool:
    """Whether a row of a table of limits is for this place, age, sex and state."""
    return (
        row["jurisdiction"] == person.jurisdiction
        and float(row["age_from"]) <= person.age < float(row.get("age_to", math.inf))
        and row.get("sex", person.sex) == person.sex
        and row.get("state") == state
    )


def best_row(rows: list[dict[str, Any]], person: Person) -> dict[str, Any] | None:
    """The row that fits a person best: of her state where there is one, else of any; None where none does."""
    states = [state for state, holds in (("pregnant", person.pregnant), ("lactating", person.lactating)) if holds]
    for state in (*states, None):
        for row in rows:
            if fits(row, person, state):
                return row
    return None


def _mg(row: dict[str, Any] | None, person: Person) -> float | None:
    """mg/day of a row; None without a row, or where it is by body mass and that is not known."""
    if row is None:
        return None
    if "mg" in row:
        return float(row["mg"])
    return None if person.mass_kg is None else float(row["mg_per_kg"]) * person.mass_kg


def limits_for(person: Person) -> Limits:
    """The limits that apply to a person by place, age, sex, pregnancy, lactation and kidneys."""
    place = cast("dict[str, Any]", table()["jurisdiction"])[person.jurisdiction]
    upper, reference = best_row(table()["upper_level"], person), best_row(table()["reference_intake"], person)
    in_table = _mg(upper, person)
    note = str((upper or {}).get("note", ""))
    if upper is not None and in_table is None:
        note = "set by body mass, which is not given"
    band = band_of(egfr_of(person))
    limit = None if in_table is None else in_table * limit_share(band)
    allowance = None if limit is None else round(person.margin * limit, ROUNDED_TO)
    return Limits(
        jurisdiction=person.jurisdiction,
        supplemental_ul_mg_per_day=limit,
        margin=person.margin,
        allowance_mg_per_day=allowance,
        unasked_mg_per_day=0.0 if band in ("clinician", "stop") else allowance,
        rda_mg_per_day=_mg(reference, person),
        counts_water=bool(place["counts_water"]),
        source=str((upper or place)["source"]),
        status=cast(Status, (upper or place)["status"]),
        rda_source=str((reference or place)["source"]),
        rda_status=cast(Status, (reference or place)["status"]),
        table_ul_mg_per_day=in_table,
        counts=str(place["counts"]),
        end_point=str(place["end_point"]),
        as_of=str(table()["as_of"]),
        note=note,
    )
