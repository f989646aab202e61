"""The words of a claim: how sure it is, its evidence, and the numbers of its experiment."""

from __future__ import annotations

from anagen.evidence.claims import SEARCHED, STANDING_WORDS, UNGRADED, Claim, Ground
from anagen.evidence.parameters import GRADE_WORDS, STATUS_WORDS
from anagen.evidence.sources import Source, bibliography
from anagen.flowchart.chart import flowchart
from anagen.outlook.experiments_records import Number, Result

DISCLAIMER = "A model for learning, not medical advice."
NO_EXPERIMENT = "The model has nothing to say on this one: no arrow and no sum of it carries the claim."
FOR, AGAINST, NEEDED, MODEL = "For it", "Against it", "What would have to be true", "What the model says"
UNIT_WORDS = {
    "": "",
    "percent": "%",
    "1/cm**2": "hairs/cm2",
    "mL/hg/min": "mL/100 g/min",
    "mg/day": "mg a day",
    "mL/day": "mL a day",
    "min/day": "min a day",
    "allergan_unit": "units",
}
KIND_WORDS = {"found": "the model", "set": "set", "published": "published"}


def cite(key: str) -> str:
    """A source in short: author (or title) and year; its key where neither is known."""
    one = bibliography().get(key)
    name = "" if one is None else one.author or one.title
    return key if one is None or not name else f"{name} {one.year}".strip()


def entry_line(entry: Source) -> str:
    """A source in full, its key first where it has neither author nor title."""
    whole = str(entry)
    return whole if entry.author or entry.title else f"{entry.key}: {whole.lstrip('. ')}"


def grade_words(grade: str) -> str:
    """A grade with its meaning."""
    return "not graded" if grade == UNGRADED else f"{grade}: {GRADE_WORDS[grade]}"


def standing_line(claim: Claim) -> str:
    """How sure, in one line: the grade of the best evidence for it and how the evidence was read."""
    return (
        f"Best evidence for it {grade_words(claim.grade)}. Least well read of all: {STATUS_WORDS[claim.status]}. "
        f"In a word: {STANDING_WORDS[claim.standing]}."
    )


def ground_line(ground: Ground) -> str:
    """One piece of evidence, with where it stands."""
    where = cite(ground.source)
    return f"{ground.says} ({where if ground.source == SEARCHED else f'{where}; {STATUS_WORDS[ground.status]}'})"


def arrow_lines(claim: Claim) -> list[str]:
    """The arrows it rests on, each with its sentence and its grade."""
    arrows = flowchart().arrows
    return [f"{name} ({arrows[name].grade}): {arrows[name].says}" for name in claim.arrows]


def number_words(one: Number) -> tuple[str, str, str]:
    """A number of an experiment: what it is, its value with its unit, and the range over people or where it is from."""
    unit = UNIT_WORDS.get(one.unit, one.unit.replace("**", ""))
    shown = one.shown if one.value is None else f"{one.with_sign(one.value)} {unit}".rstrip()
    if one.low is not None and one.high is not None:
        return one.says, shown, f"8 in 10: {one.with_sign(one.low)} to {one.with_sign(one.high)}"
    return one.says, shown, cite(one.source) if one.source else KIND_WORDS[one.kind]


def people_words(result: Result) -> str:
    """Who was drawn, and with which seed."""
    drawn = f"{result.people:,} people drawn, " if result.people else ""
    return f"experiment {result.experiment}, {drawn}seed {result.seed}"


def entries(claim: Claim, result: Result | None) -> list[Source]:
    """The sources of a claim and of its experiment, in reading order."""
    keys = [*claim.sources, *(one.source for one in result.numbers if one.source)] if result else list(claim.sources)
    known = bibliography()
    return [known[key] for key in dict.fromkeys(keys) if key in known]
