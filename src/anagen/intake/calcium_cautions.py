"""Where calcium by supplements and medicines asks for care: weak kidneys, high calcium, stones, and two medicines.

The table is `calcium.toml`. Nothing here is about food, and nothing changes the verdict, which is magnesium's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from anagen.intake.calcium import Calcium, table
from anagen.intake.conditions import holds, words_of
from anagen.intake.findings import Finding
from anagen.intake.item import Item
from anagen.intake.kidney import band_of, egfr_of
from anagen.intake.spacing import BY_MOUTH
from anagen.intake.wording import figure, milligrams
from anagen.routine import Person

CODE = "calcium-caution"
LABEL = "spc_calcichew"


def calcium_cautions(person: Person, items: Sequence[Item], calcium: Calcium) -> list[Finding]:
    """Every caution about the calcium of supplements and medicines; none where they are known to hold none.

    Parameters
    ----------
    person : with conditions, kidneys and medicines.
    items : the lines of the ledger; calcium : its sum.
    """
    taken = sum(item.calcium_mg_per_day or 0.0 for item in items if item.active and item.kind in BY_MOUTH)
    if taken <= 0:
        return []
    start = f"{milligrams(taken)} mg of calcium a day by supplements or medicines"
    return [*_conditions(person, start), *_kidneys(person, calcium, start), *_medicines(person, start)]


def _conditions(person: Person, start: str) -> Iterator[Finding]:
    """A caution for each condition of the table that the person has."""
    for row in table()["condition"]:
        names = [str(row["name"]), *(str(alias) for alias in row["aliases"])]
        if any(holds(names, condition) for condition in person.conditions):
            message = f"{start}, with {row['name']}: {row['reason']}. Only with a clinician."
            yield Finding(CODE, "caution", None, message, (str(row["source"]),))


def _kidneys(person: Person, calcium: Calcium, start: str) -> Iterator[Finding]:
    """A caution where the kidneys are weak, or may be."""
    egfr, guide = egfr_of(person), table()["kidney"]
    sources = tuple(str(key) for key in guide["sources"])
    if egfr is None:
        named = [text for text in person.conditions if holds(words_of("kidney"), text) and not _is_listed(text)]
        if named:
            message = f"{start}, with {named[0]}: weak kidneys keep calcium. No eGFR is given; ask a clinician."
            yield Finding(CODE, "caution", None, message, sources)
        return
    band = band_of(egfr)
    if band == "normal":
        return
    rate = f"at an eGFR of {figure(egfr)} mL/min/1.73 m2"
    if band == "stop":
        message = f"{start}, {rate}: labels forbid it in severe kidney failure without dialysis. Only with a clinician."
        yield Finding(CODE, "caution", None, message, (LABEL, *sources))
        return
    low, high, most = (figure(float(guide[key])) for key in ("suggested_low_mg", "suggested_high_mg", "most_mg"))
    message = (
        f"{start}, {rate}: guidelines for weak kidneys suggest {low} to {high} mg a day from everything, food too, and"
        f" at most {most}; {milligrams(calcium.known_mg_per_day)} mg is known here. Ask a clinician."
    )
    yield Finding(CODE, "caution", None, message, (LABEL, *sources))


def _is_listed(condition: str) -> bool:
    """Whether a condition is one of the table's own, such as kidney stones, and is told of already."""
    rows: list[dict[str, Any]] = table()["condition"]
    return any(holds([str(row["name"]), *(str(alias) for alias in row["aliases"])], condition) for row in rows)


def _medicines(person: Person, start: str) -> Iterator[Finding]:
    """A caution for each medicine of the table that the person takes."""
    for medicine in person.medicines:
        for row in table()["with_medicine"]:
            if any(re.search(rf"\b{re.escape(str(alias))}", medicine.name.casefold()) for alias in row["aliases"]):
                message = f"{start}: {medicine.name} {row['says']}. Ask a clinician."
                yield Finding(CODE, "caution", None, message, (str(row["source"]),))
