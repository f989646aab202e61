"""Hours to keep between magnesium by mouth and a medicine it binds; the table is `spacing.toml`.

What is on the skin or in a bath never meets a medicine in the gut.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from anagen.intake.findings import Finding
from anagen.intake.wording import figure
from anagen.routine import Intake, Medicine

CLOCK = re.compile(r"^\s*(\d{1,2}):(\d{2})\s*$")
MINUTES_PER_HOUR = 60
HOURS_PER_DAY = 24


@dataclass(frozen=True)
class Gap:
    """A medicine and the hours to keep: after the medicine before magnesium, and after magnesium before it."""

    name: str
    aliases: tuple[str, ...]
    medicine_first_h: float
    magnesium_first_h: float
    source: str

    def kept(self, medicine_at: float, magnesium_at: float) -> bool:
        """Whether two clock hours lie far enough apart, around the clock in both directions."""
        after_medicine = (magnesium_at - medicine_at) % HOURS_PER_DAY
        after_magnesium = (medicine_at - magnesium_at) % HOURS_PER_DAY
        return after_medicine >= self.medicine_first_h and after_magnesium >= self.magnesium_first_h

    @property
    def rule(self) -> str:
        """The rule in words."""
        if self.medicine_first_h == self.magnesium_first_h:
            return f"keep {figure(self.magnesium_first_h)} h between the two"
        first = (
            "" if self.medicine_first_h == 0 else f"magnesium {figure(self.medicine_first_h)} h or more after it, or "
        )
        return f"{first}it {figure(self.magnesium_first_h)} h or more after magnesium"


@cache
def table() -> dict[str, Any]:
    """The whole table, as it stands in the file."""
    return tomllib.loads(files("anagen.intake").joinpath("spacing.toml").read_text(encoding="utf-8"))


@cache
def gaps() -> tuple[Gap, ...]:
    """Every medicine of the table."""
    return tuple(
        Gap(
            str(row["name"]),
            tuple(str(alias) for alias in row["aliases"]),
            float(row["medicine_first_h"]),
            float(row["magnesium_first_h"]),
            str(row["source"]),
        )
        for row in table()["medicine"]
    )


def gap_for(medicine: str) -> Gap | None:
    """The gap of a medicine by name ("levothyroxine 50 ug" too), or None where the table does not hold it."""
    sought = medicine.casefold()
    for gap in gaps():
        names = (gap.name.casefold(), *gap.aliases)
        if any(re.search(rf"\b{re.escape(name)}", sought) for name in names):
            return gap
    return None


def clock_hours(text: str | None) -> float | None:
    """ "07:30" as 7.5; None where no time is given or it is none."""
    match = CLOCK.match(text) if text is not None else None
    return None if match is None else int(match[1]) + int(match[2]) / MINUTES_PER_HOUR


def spacing_findings(intakes: list[Intake], medicines: tuple[Medicine, ...]) -> list[Finding]:
    """A finding for each intake by mouth and medicine that are too close, or may be."""
    by_mouth = [intake for intake in intakes if intake.kind in ("supplement", "medicine")]
    if not by_mouth:
        return []
    found: list[Finding] = []
    for medicine in medicines:
        gap = gap_for(medicine.name)
        if gap is None:
            found.append(_not_in_table(medicine))
            continue
        pairs = (_pair(intake, medicine, gap) for intake in by_mouth)
        found.extend(finding for finding in pairs if finding is not None)
    return found


def _not_in_table(medicine: Medicine) -> Finding:
    """The general advice for a medicine that the table does not hold."""
    general = table()["general"]
    message = (
        f"{medicine.name} is not in the table of medicines that magnesium hinders; the general advice is"
        f" {figure(float(general['gap_h']))} h between magnesium by mouth and any medicine. Ask a pharmacist."
    )
    return Finding("spacing", "note", None, message, (str(general["source"]),))


def _pair(intake: Intake, medicine: Medicine, gap: Gap) -> Finding | None:
    """What to say of one intake and one medicine; None where their times are far enough apart."""
    at = clock_hours(medicine.at)
    times = [hours for hours in map(clock_hours, intake.at) if hours is not None]
    if at is None or not times:
        unknown = "the time of the medicine" if at is None else f"the time of {intake.product}"
        message = f"Magnesium by mouth hinders {medicine.name}: {gap.rule} ({unknown} is not given)."
        return Finding("spacing", "note", intake.product, message, (gap.source,))
    if all(gap.kept(at, hours) for hours in times):
        return None
    message = (
        f"{intake.product} at {', '.join(intake.at)} is too close to {medicine.name} at {medicine.at},"
        f" which magnesium hinders: {gap.rule}."
    )
    return Finding("spacing", "caution", intake.product, message, (gap.source,))
