"""Reading of the compact tables of cells in the tests: "19-31F:310" is ages 19 to below 31, women, 310 mg."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from anagen.routine import Person

CELL = re.compile(r"(?P<low>[\d.]+)-(?P<high>[\d.]*)(?P<sex>[MF]?)(?P<state>[pl]?):(?P<mg>[\d.]+)(?P<per_kg>/kg)?")
OLDEST = 109.0
HAIR = 1e-3  # of a year


@dataclass(frozen=True)
class Cell:
    """One cell as the test spells it."""

    place: str
    low: float
    high: float
    sex: str
    state: str
    mg: float
    by_mass: bool
    text: str

    def people(self) -> list[Person]:
        """Someone at the first birthday, in the middle and just before the end, of each sex the cell is for."""
        keys: dict[str, Any] = {"jurisdiction": self.place, "mass_kg": 30.0 if self.by_mass else None}
        if self.state:
            keys["pregnant" if self.state == "p" else "lactating"] = True
        sexes: list[Any] = [{"M": "male", "F": "female"}[self.sex]] if self.sex else ["male", "female"]
        top = min(self.high, OLDEST)
        ages = (self.low, (self.low + top) / 2, top - HAIR)
        return [Person(age, sex, **keys) for sex in sexes for age in ages]


def cells(table: dict[str, str]) -> list[Cell]:
    """Every cell of a compact table."""
    found: list[Cell] = []
    for place, line in table.items():
        for text in line.split():
            match = CELL.fullmatch(text)
            assert match is not None, text
            high = float(match["high"]) if match["high"] else float("inf")
            mg = float(match["mg"]) * (30 if match["per_kg"] else 1)
            by_mass = match["per_kg"] is not None
            found.append(
                Cell(place, float(match["low"]), high, match["sex"], match["state"], mg, by_mass, f"{place} {text}")
            )
    return found


def never_overlap(rows: list[dict[str, Any]]) -> bool:
    """Whether rows for one kind of person at one place leave every age at most one row."""
    for place in {row["jurisdiction"] for row in rows}:
        for sex in ("female", "male"):
            for state in (None, "pregnant", "lactating"):
                spans = sorted(
                    (row["age_from"], row.get("age_to", float("inf")))
                    for row in rows
                    if row["jurisdiction"] == place and row.get("sex", sex) == sex and row.get("state") == state
                )
                if not all(first[1] <= second[0] for first, second in pairwise(spans)):
                    return False
    return True
