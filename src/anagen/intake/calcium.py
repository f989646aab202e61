"""Calcium beside magnesium: the need, the upper level for all sources, and what the routine is known to hold.

The table is `calcium.toml`. Unlike magnesium's, calcium's upper level takes in food and water. What is swallowed and
whose calcium nobody has stated (a food without a known content, a water, a multivitamin) is left out as unknown.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

from anagen.evidence.parameters import STATUS_WORDS, Status
from anagen.intake.findings import Finding
from anagen.intake.item import Item
from anagen.intake.limits import best_row
from anagen.intake.wording import milligrams
from anagen.routine import Person

SWALLOWED = ("food", "water", "supplement", "medicine")
LEAST_SURE: tuple[Status, ...] = ("assumed", "recalled", "secondary", "derived", "checked")


@dataclass(frozen=True)
class Calcium:
    """Calcium, mg a day.

    Attributes
    ----------
    rda_mg_per_day, ul_mg_per_day : need, and upper level from all sources; None where none is known.
    food_mg_per_day, supplement_mg_per_day : what foods, and what everything else by mouth, is known to hold.
    water_mg_per_day, medicine_mg_per_day : the parts of that else that are of drinking water and of medicines.
    status : of the less sure of the two cells; sources : of both; note : why there is no upper level.
    unknown : names of what may hold calcium that the ledger does not know.
    """

    rda_mg_per_day: float | None = None
    ul_mg_per_day: float | None = None
    food_mg_per_day: float = 0.0
    supplement_mg_per_day: float = 0.0
    status: Status = "recalled"
    sources: tuple[str, ...] = ()
    note: str = ""
    unknown: tuple[str, ...] = ()
    water_mg_per_day: float = 0.0
    medicine_mg_per_day: float = 0.0

    @property
    def known_mg_per_day(self) -> float:
        """All that is known."""
        return self.food_mg_per_day + self.supplement_mg_per_day

    def to_dict(self) -> dict[str, object]:
        """As it stands in the JSON: the four agreed keys first, then more."""
        return {
            "rda_mg_per_day": self.rda_mg_per_day,
            "ul_mg_per_day": self.ul_mg_per_day,
            "food_mg_per_day": self.food_mg_per_day,
            "status": STATUS_WORDS[self.status],
            "supplement_mg_per_day": self.supplement_mg_per_day,
            "unknown": list(self.unknown),
            "sources": list(self.sources),
            "note": self.note,
            "water_mg_per_day": self.water_mg_per_day,
            "medicine_mg_per_day": self.medicine_mg_per_day,
            "known_mg_per_day": self.known_mg_per_day,
        }


@cache
def table() -> dict[str, Any]:
    """The whole table, as it stands in the file."""
    return tomllib.loads(files("anagen.intake").joinpath("calcium.toml").read_text(encoding="utf-8"))


def calcium_of(person: Person, items: list[Item]) -> Calcium:
    """The calcium of a routine beside what a person needs and what is too much.

    Parameters
    ----------
    person : sets the place, age, sex and state.
    items : the lines of the ledger; those not in use now are left out.
    """
    need, upper = best_row(table()["reference_intake"], person), best_row(table()["upper_level"], person)
    cells = [row for row in (need, upper) if row is not None]
    statuses: list[Status] = sorted((cast(Status, row["status"]) for row in cells), key=LEAST_SURE.index)
    now = [item for item in items if item.active and item.kind in SWALLOWED]

    def total(*kinds: str) -> float:
        return sum((item.calcium_mg_per_day or 0.0 for item in now if item.kind in kinds), 0.0)

    return Calcium(
        rda_mg_per_day=None if need is None else float(need["mg"]),
        ul_mg_per_day=None if upper is None else float(upper["mg"]),
        food_mg_per_day=total("food"),
        supplement_mg_per_day=total("water", "supplement", "medicine"),
        status=statuses[0] if statuses else "recalled",
        sources=tuple(dict.fromkeys(str(row["source"]) for row in cells)),
        note=str(table()["none"].get(person.jurisdiction, "")) if upper is None else "",
        unknown=tuple(dict.fromkeys(item.name for item in now if item.calcium_mg_per_day is None)),
        water_mg_per_day=total("water"),
        medicine_mg_per_day=total("medicine"),
    )


def calcium_findings(calcium: Calcium) -> list[Finding]:
    """A caution where the calcium that is known is more than the upper level."""
    limit = calcium.ul_mg_per_day
    if limit is None or calcium.known_mg_per_day <= limit:
        return []
    parts = ((calcium.food_mg_per_day, "food"), (calcium.supplement_mg_per_day, "water, supplements and medicines"))
    listed = ", ".join(f"{milligrams(mg)} mg from {whence}" for mg, whence in parts if mg > 0)
    message = (
        f"{milligrams(calcium.known_mg_per_day)} mg of calcium a day is known here ({listed}): more than the upper"
        f" level of {milligrams(limit)} mg, which takes in all sources, food too."
    )
    return [Finding("calcium-over-limit", "caution", None, message, calcium.sources)]
