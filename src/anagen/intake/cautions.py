"""What there is to say about a whole routine: limits, kidneys, conditions, medicines.

What concerns one intake alone is found where that intake is weighed.
"""

from __future__ import annotations

from anagen.evidence.parameters import value
from anagen.intake.calcium import Calcium, calcium_findings
from anagen.intake.conditions import holds, refuse_denied, words_of
from anagen.intake.findings import FINDING_CODES, Finding, Severity, in_order
from anagen.intake.item import Item
from anagen.intake.kidney import band_of, egfr_of, excretion_ceiling
from anagen.intake.limits import Limits
from anagen.intake.spacing import BY_MOUTH, medicine_findings, spacing_findings, table
from anagen.intake.tolerability import skin_findings
from anagen.intake.wording import figure, milligrams, percent
from anagen.routine import Intake, Person

__all__ = ["FINDING_CODES", "Finding", "Severity", "cautions", "in_order"]

KIDNEY_SOURCE = "oliveira2018"
MADE_OF = "the scenario"  # names it in an error; the file is known where one is read


def cautions(
    person: Person, intakes: list[Intake], items: list[Item], limits: Limits, counted: float, calcium: Calcium
) -> tuple[Finding, ...]:
    """Every finding about a routine, stops first.

    Parameters
    ----------
    person : whose routine it is.
    intakes : those in use at the person's age.
    items : every line of the ledger, with the findings of its own.
    limits : what applies to the person.
    counted : mg/day held against the limit.
    calcium : what of it is known.

    Raises
    ------
    ScenarioError
        Where a condition denies ("no heart block"): read as its words it would stop the routine.
    """
    refuse_denied(person.conditions, MADE_OF)
    found = [finding for item in items for finding in item.findings]
    found += _limit_findings(limits, counted)
    if counted > 0:
        found += _kidney_findings(person, limits)
        found += _condition_findings(person)
        found += _pregnancy_findings(person, items)
        found += _recalled_findings(limits)
    found += _by_mouth_findings(person, items)
    found += spacing_findings(intakes, person.medicines)
    found += medicine_findings(intakes, person.medicines, counted)
    found += _short_use_findings(items)
    found += calcium_findings(calcium)
    found += _counting_notes(items, limits)
    found += skin_findings(intakes)
    return in_order(found)


def _limit_findings(limits: Limits, counted: float) -> list[Finding]:
    """What is counted against the limit and the margin."""
    limit, allowance = limits.supplemental_ul_mg_per_day, limits.allowance_mg_per_day
    place, sources = limits.jurisdiction, (limits.source,)
    if limit is None or allowance is None:
        if counted <= 0:
            return []
        why = f" ({limits.note})" if limits.note else ""
        message = (
            f"{milligrams(counted)} mg a day counts, and no supplemental limit is known here ({place}) for this"
            f" age{why}; ask a clinician."
        )
        return [Finding("no-limit-for-age", "caution", None, message, sources)]
    if limit <= 0:
        return []  # the stop of the kidneys says it
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
    ask = "magnesium beyond food only with a clinician." if band == "clinician" else "ask a clinician."
    return [Finding("kidney-caution", "caution", None, f"{rate} is below normal: {ask}{halved}", (KIDNEY_SOURCE,))]


def _unknown_kidney(person: Person) -> list[Finding]:
    """A caution where there is a reason to ask how well the kidneys work and no answer."""
    named = [text for text in person.conditions if holds(words_of("kidney"), text)]
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
        names = [str(row["name"]), *(str(alias) for alias in row["aliases"])]
        if any(holds(names, condition) for condition in person.conditions):
            message = f"With {row['name']}, no magnesium beyond food unless a clinician says so: {row['reason']}."
            found.append(Finding("condition-stop", "stop", None, message, (str(row["source"]),)))
    return found


def _pregnancy_findings(person: Person, items: list[Item]) -> list[Finding]:
    """A note where something is on the skin in pregnancy."""
    if not person.pregnant or not any(item.kind == "topical" and item.known_mg_per_day > 0 for item in items):
        return []
    message = "No study of magnesium on the skin in pregnancy is known here; the limit by mouth is the same."
    return [Finding("no-data-in-pregnancy", "note", None, message, ("anagen",))]


def _recalled_findings(limits: Limits) -> list[Finding]:
    """A note where a cell of the table of limits has not been read in a source."""
    if not limits.recalled:
        return []
    are = "are" if len(limits.recalled) > 1 else "is"
    message = (
        f"{' and '.join(limits.recalled).capitalize()} used here ({limits.jurisdiction}) {are} recalled, unchecked."
    )
    keys = dict.fromkeys((limits.source, limits.rda_source) if len(limits.recalled) > 1 else _recalled_source(limits))
    return [Finding("recalled-limit", "note", None, message, tuple(keys))]


def _recalled_source(limits: Limits) -> tuple[str]:
    """The source of the one cell that is recalled."""
    return (limits.source,) if limits.status == "recalled" else (limits.rda_source,)


def _by_mouth_findings(person: Person, items: list[Item]) -> list[Finding]:
    """What there is to say of the day's dose by mouth, food apart."""
    pills = sum(item.known_mg_per_day for item in items if item.kind in BY_MOUTH)
    swallowed = pills + sum(item.known_mg_per_day for item in items if item.kind == "water")
    found = _ceiling_findings(person, swallowed) + _laxative_findings(pills)
    if pills <= 0:
        return found
    if person.age >= value("older_age") and egfr_of(person) is None:
        message = (
            "Kidneys weaken with age, often unnoticed, and they are the only way out for magnesium; no eGFR is given."
            " Ask for one before taking magnesium every day."
        )
        found.append(Finding("older-kidneys", "note", None, message, ("si2024", "oliveira2018")))
    if any(holds(words_of("constipated"), condition) for condition in person.conditions):
        many = pills >= value("laxative_threshold")
        message = (
            "In a slow gut magnesium stays and goes on being absorbed; one death is known from laxatives for"
            " constipation, with normal kidneys. If it does not act, more of it is not the answer; ask a clinician."
        )
        severity: Severity = "caution" if many else "note"
        found.append(Finding("constipation", severity, None, message, ("laxativedeath2018",)))
    return found


def _ceiling_findings(person: Person, swallowed: float) -> list[Finding]:
    """The dose by mouth against what the kidneys can excrete, as if all of it were absorbed."""
    known = egfr_of(person)
    egfr = value("excretion_egfr_unknown") if known is None else known
    ceiling, share = excretion_ceiling(egfr), value("excretion_warning_share")
    if swallowed <= share * ceiling:
        return []
    whose = f"at an eGFR of {figure(egfr)}" + ("" if known is not None else " (taken as healthy; it is not given)")
    beyond = "more than" if swallowed > ceiling else f"more than {percent(share)} of"
    message = (
        f"{milligrams(swallowed)} mg a day by mouth, food apart: were all of it absorbed, {beyond} the"
        f" {figure(ceiling)} mg a day that kidneys can excrete at their utmost {whose}. Usually far less is absorbed."
    )
    severity: Severity = "caution" if swallowed > ceiling else "note"
    return [Finding("excretion-ceiling", severity, None, message, (KIDNEY_SOURCE, "plasmaforms"))]


def _laxative_findings(pills: float) -> list[Finding]:
    """A note where supplements and medicines reach what loosens the bowels of some."""
    threshold = value("laxative_threshold")
    if pills < threshold:
        return []
    message = (
        f"{milligrams(pills)} mg a day by mouth, food and water apart: from about {figure(threshold)} mg some people"
        " get diarrhea."
    )
    return [Finding("laxative-range", "note", None, message, ("sanomedica",))]


def _short_use_findings(items: list[Item]) -> list[Finding]:
    """A note for each medicine that labels allow for a few days only."""
    found: list[Finding] = []
    for item in items:
        if item.kind != "medicine" or item.known_mg_per_day <= 0:
            continue
        for row in table()["course"]:
            if any(str(word) in item.product.casefold() for word in row["words"]):
                message = f"Labels allow {row['what']} for at most {row['days']} days, unless a doctor says otherwise."
                found.append(Finding("short-use", "note", item.name, message, (str(row["source"]),)))
                break
    return found


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
