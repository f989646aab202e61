"""Hours to keep between calcium by mouth and a medicine it binds; the table is `calcium_spacing.toml`.

Only what holds calcium and no magnesium goes by it. For a medicine that the table does not hold nothing is said.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from anagen.intake.catalogue import product_of
from anagen.intake.findings import Finding
from anagen.intake.foods import Food
from anagen.intake.spacing import BY_MOUTH, Gap, clock_hours, clock_text, gap_for
from anagen.routine import Intake, Medicine


@cache
def table() -> tuple[dict[str, Any], ...]:
    """The rows of the table."""
    text = files("anagen.intake").joinpath("calcium_spacing.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["medicine"])


def calcium_alone(intake: Intake) -> bool:
    """Whether something by mouth holds calcium and no magnesium: no rule of magnesium's is about it."""
    if intake.kind not in BY_MOUTH:
        return False
    product = product_of(intake)
    return not isinstance(product, Food) and product.element == "Ca"


def calcium_gap(medicine: str) -> Gap | None:
    """The hours to keep between calcium and a medicine, by the name it has in magnesium's table or an alias here."""
    known = gap_for(medicine)
    for row in table():
        aliases = tuple(str(alias) for alias in row.get("aliases", ()))
        named = any(re.search(rf"\b{re.escape(alias)}", medicine.casefold()) for alias in aliases)
        if named or (known is not None and known.name == row["name"]):
            hours = float(row["medicine_first_h"]), float(row["calcium_first_h"])
            return Gap(str(row["name"]), aliases, *hours, str(row["source"]))
    return None


def calcium_spacing_findings(intakes: Sequence[Intake], medicines: Sequence[Medicine]) -> list[Finding]:
    """A finding for each thing with calcium alone and each medicine it binds that are too close, or may be."""
    swallowed = [intake for intake in intakes if calcium_alone(intake)]
    return [
        finding
        for medicine in medicines
        if (gap := calcium_gap(medicine.name)) is not None
        for intake in swallowed
        for finding in _pair(intake, medicine, gap)
    ]


def _pair(intake: Intake, medicine: Medicine, gap: Gap) -> Iterator[Finding]:
    """What to say of one thing and one medicine; nothing where their times are far enough apart."""
    rule = gap.rule.replace("magnesium", "calcium")
    at, times = clock_hours(medicine.at), [hours for hours in map(clock_hours, intake.at) if hours is not None]
    if at is None or not times:
        unknown = "the time of the medicine" if at is None else f"the time of {intake.product}"
        message = f"Calcium by mouth hinders {medicine.name}: {rule} ({unknown} is not given)."
        yield Finding("spacing", "note", intake.product, message, (gap.source,))
        return
    near = [clock_text(hours) for hours in times if not gap.kept(at, hours)]
    if near:
        start, end = (clock_text(hours) for hours in gap.clear(at))
        message = (
            f"{intake.product} at {', '.join(near)} is too close to {medicine.name} at {clock_text(at)}, which calcium"
            f" hinders: {rule}. From {start} to {end} is clear."
        )
        yield Finding("spacing", "caution", intake.product, message, (gap.source,))
