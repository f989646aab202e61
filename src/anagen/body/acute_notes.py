"""What the acute view leaves out or takes for granted, in plain sentences."""

from __future__ import annotations

from collections.abc import Sequence

from anagen.body.acute_gut import RECORDS
from anagen.body.takings import Taking
from anagen.evidence.parameters import parameters, value
from anagen.intake.conditions import Gut, gut_of
from anagen.scenario import Scenario

LARGEST_MEASURED_MG = 1000.0  # the largest meal of Fine 1991
ADULT_YEARS = 18


def gut_words(conditions: Sequence[str], asked: Gut | None) -> str:
    """Where the state of the gut is taken from."""
    if asked is not None:
        return "asked for"
    named = [text for text in conditions if gut_of((text,)) != "usual"]
    return f"the person's conditions ({', '.join(named)})" if named else "assumed"


def notes_on(scenario: Scenario, doses: Sequence[Taking], gfr: float | None, gut: Gut) -> tuple[str, ...]:
    """What the answer leaves out or assumes, where that matters here."""
    found: list[str] = []
    if gfr is None:
        found.append(f"No GFR is known; kidneys are taken as healthy ({value('acute_gfr_healthy'):g} mL/min).")
    if scenario.person.age < ADULT_YEARS:
        found.append("The pools are an adult's; for a child this is a guess.")
    if scenario.person.pregnant:
        found.append("Pregnancy is left out of the model.")
    if gut in RECORDS:
        found.append(_slow_gut(gut))
    if any(dose.mg > LARGEST_MEASURED_MG for dose in doses):
        found.append(
            f"Uptake was measured up to {LARGEST_MEASURED_MG:g} mg a meal; above that the curve is carried on."
        )
        found.append("Diarrhea (a shorter stay in the gut) is left out.")
    if any(intake.kind in ("topical", "bath") for intake in scenario.intakes):
        found.append("What is on the skin or in a bath is left out here.")
    return tuple(found)


def _slow_gut(gut: Gut) -> str:
    """What is assumed of a slow gut."""
    record = parameters()[RECORDS[gut]]
    spread = record.distribution
    return (
        f"The gut is taken as {gut}: what is swallowed stays {record.value:g} times as long as usual"
        f" ({spread.low:g} to {spread.high:g}), and more of it is taken up. Both are assumed; no measurement of either"
        " is known here."
    )
