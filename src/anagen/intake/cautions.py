"""What there is to say about a whole routine: limits, kidneys, conditions, medicines.

What concerns one intake alone is found where that intake is weighed.
"""

from __future__ import annotations

from anagen.evidence.parameters import value
from anagen.intake.findings import FINDING_CODES, Finding, Severity, in_order
from anagen.intake.item import Item
from anagen.intake.kidney import band_of, egfr_of
from anagen.intake.limits import Limits
from anagen.intake.spacing import spacing_findings, table
from anagen.intake.wording import figure, milligrams, percent
from anagen.routine import Intake, Person

__all__ = ["FINDING_CODES", "Finding", "Severity", "cautions", "in_order"]

KIDNEY_SOURCE = "oliveira2018"
KIDNEY_WORDS = ("kidney", "renal", "ckd", "nephr")


def cautions(
    person: Person, intakes: list[Intake], items: list[Item], limits: Limits, counted: float
) -> tuple[Finding, ...]:
    """Every finding about a routine, stops first.

    Parameters
    ----------
    person : whose routine it is.
    intakes : those in use at the person's age.
    items : every line of the ledger, with the findings of its own.
    limits : what applies to the person.
    counted : mg/day held against the limit.
    """
    found = [finding for item in items for finding in item.findings]
    found += _limit_findings(limits, counted)
    if counted > 0:
        found += _kidney_findings(person, limits)
        found += _condition_findings(person)
    found += spacing_findings(intakes, person.medicines)
    found += _laxative_findings(items)
    found += _counting_notes(items, limits)
    return in_order(found)


def _limit_findings(limits: Limits, counted: float) -> list[Finding]:
    """What is counted against the limit and the margin."""
    limit, allowance = limits.supplemental_ul_mg_per_day, limits.allowance_mg_per_day
    place, sources = limits.jurisdiction, (limits.source,)
    if limit is None or allowance is None:
        if counted <= 0:
            return []
        message = (
            f"{milligrams(counted)} mg a day counts, and no supplemental limit is known here ({place}) for this age;"
            " ask a clinician."
        )
        return [Finding("no-limit-for-age", "caution", None, message, sources)]
    if counted > limit:
        message = (
            f"{milligrams(counted)} mg a day counts against a limit of {milligrams(limit)} mg ({place}):"
            f" {milligrams(counted - limit)} mg too much."
        )
        return [Finding("over-limit", "caution", None, message, sources)]
    if counted > allowance:
        message = (
            f"{milligrams(counted)} mg a day counts: within the limit of {milligrams(limit)} mg ({place}), but more"
            f" than the {milligrams(allowance)} mg that {percent(limits.margin)} of it leaves."
        )
        return [Finding("over-margin", "note", None, message, sources)]
    return []


def _kidney_findings(person: Person, limits: Limits) -> list[Finding]:
    """What the kidneys have to say, where something counts."""
    egfr = egfr_of(person)
    band = band_of(egfr)
    if egfr is None:
        return _unknown_kidney(person)
    rate = f"An eGFR of {figure(egfr)} mL/min/1.73 m2"
    if band == "stop":
        message = f"{rate} clears too little magnesium: none beyond food, unless a clinician who follows it says so."
        return [Finding("kidney-stop", "stop", None, message, (KIDNEY_SOURCE, "bressendorff2023"))]
    if band == "normal":
        return []
    limit = limits.supplemental_ul_mg_per_day
    halved = "" if limit is None else f" Half the usual limit is held against it: {milligrams(limit)} mg a day."
    ask = "only with a clinician." if band == "clinician" else "ask a clinician."
    return [Finding("kidney-caution", "caution", None, f"{rate} is below normal: {ask}{halved}", (KIDNEY_SOURCE,))]


def _unknown_kidney(person: Person) -> list[Finding]:
    """A caution where there is a reason to ask how well the kidneys work and no answer."""
    named = [text for text in person.conditions if any(word in text.casefold() for word in KIDNEY_WORDS)]
    if named:
        message = f"With {named[0]} the limit depends on the eGFR, which is not given; ask a clinician."
    elif person.creatinine_mg_dl is not None:
        message = "No eGFR can be worked out from this creatinine (the equation is for adults); ask a clinician."
    else:
        return []
    return [Finding("kidney-caution", "caution", None, message, (KIDNEY_SOURCE, "inker2021"))]


def _condition_findings(person: Person) -> list[Finding]:
    """A stop for each condition of the table that the person has, where something counts."""
    found: list[Finding] = []
    for row in table()["condition"]:
        names = [str(row["name"]).casefold(), *(str(alias) for alias in row["aliases"])]
        if any(name in condition.casefold() for condition in person.conditions for name in names):
            message = f"With {row['name']}, no magnesium beyond food unless a clinician says so: {row['reason']}."
            found.append(Finding("condition-stop", "stop", None, message, (str(row["source"]),)))
    return found


def _laxative_findings(items: list[Item]) -> list[Finding]:
    """A note where supplements and medicines reach what loosens the bowels of some."""
    by_mouth = sum(item.known_mg_per_day for item in items if item.kind in ("supplement", "medicine"))
    threshold = value("laxative_threshold")
    if by_mouth < threshold:
        return []
    message = (
        f"{milligrams(by_mouth)} mg a day by mouth, food and water apart: from about {figure(threshold)} mg some people"
        " get diarrhea."
    )
    return [Finding("laxative-range", "note", None, message, ("sanomedica",))]


def _counting_notes(items: list[Item], limits: Limits) -> list[Finding]:
    """Notes on what counts and what does not."""
    found: list[Finding] = []
    if limits.counts_water and any(item.kind == "water" and item.known_mg_per_day > 0 for item in items):
        message = f"Magnesium in drinking water counts against the limit here ({limits.jurisdiction})."
        found.append(Finding("water-counts", "note", None, message, (limits.source,)))
    if any(item.kind == "food" and item.active for item in items):
        message = "Magnesium that food holds by nature is shown and never counted against the limit."
        found.append(Finding("food-not-counted", "note", None, message, (limits.source,)))
    return found
