"""The page of published studies, made from their records when the docs are built."""

from __future__ import annotations

from typing import Any

from mkdocs.structure.files import File, Files

from anagen.evidence.parameters import GRADE_WORDS, STATUS_WORDS
from anagen.evidence.sources import bibliography
from anagen.evidence.studies import studies
from anagen.evidence.study import Comparison, Endpoint, Spread, Study

INTRODUCTION = """# Studies

Made from the records in `src/anagen/evidence/studies`. A study marked *calibration* is one that models may be fitted
to; every other is only predicted. A number is marked where it was come by in another way than the rest of its study;
a *derived* number follows from another of the same study, so count only one of the two. "same" means that no difference
was shown. *industry* means that a maker ran or paid for it; for most trials that is common knowledge and was not looked
up.
"""
FOUND_WORDS = {"more": "more than", "less": "less than", "same": "same as"}
SEX_WORDS = {"male": "men", "female": "women", "both": "men and women"}
MEASURE_WORDS = {"baseline": "at the start", "level": ""}
UNIT_WORDS = {"percent": "%", "hair": "hairs", "hair/cm**2": "hairs/cm2", "hair/cm**2/year": "hairs/cm2 a year",
              "percent/year": "% a year", "mL/hg/min": "mL/100 g/min", "um": "µm"}  # fmt: skip


def cell(text: object) -> str:
    """Text fit for one cell of a table."""
    return str(text).replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


def table(head: list[str], rows: list[list[object]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(cell(value) for value in row) + " |" for row in rows)])


def spread_text(spread: Spread | None) -> str:
    """How uncertain, after the mean."""
    if spread is None:
        return ""
    if spread.value is not None:
        kind = "what it is was not read" if spread.kind == "unstated" else spread.kind.upper()
        return f" ± {spread.value:g} ({kind})"
    names = {"ci95": "95 % interval", "cri95": "95 % credible interval", "range": "range"}
    return f" ({names[spread.kind]} {spread.low:g} to {spread.high:g})"


def number_text(endpoint: Endpoint) -> str:
    """One measured number with its unit."""
    sign = "+" if endpoint.measure == "change" else ""
    mean = "" if endpoint.mean is None else f"{endpoint.mean:{sign}g}"
    unit = UNIT_WORDS.get(endpoint.unit, endpoint.unit)
    area = "" if endpoint.area_cm2 is None else f" in {endpoint.area_cm2:g} cm2"
    return f"{mean}{spread_text(endpoint.spread)} {unit}{area}".strip()


def endpoint_row(study: Study, one: Endpoint) -> list[object]:
    """A number as a row: study, arm, what, when, result, status."""
    arm = one.arm if one.net_of is None else f"{one.arm} v {one.net_of}"
    where = [one.of, one.region or "", f"age {one.ages}" if one.ages else ""]
    what = ", ".join(part for part in (one.what, *where, MEASURE_WORDS.get(one.measure, one.measure)) if part)
    status = "" if one.status is None else STATUS_WORDS[one.status]
    return [study.key, arm, what, one.after.text if one.after else "", number_text(one), status, one.note]


def comparison_row(study: Study, one: Comparison) -> list[object]:
    """A finding without a number as a row of the same table."""
    what = ", ".join(part for part in (one.what, one.of, one.region or "") if part)
    status = "" if one.status is None else STATUS_WORDS[one.status]
    found = f"{FOUND_WORDS[one.found]} {'at the start' if one.than == 'start' else one.than}"
    return [study.key, one.arm, what, one.after.text if one.after else "", found, status, one.note]


def study_row(study: Study) -> list[object]:
    """Who, how, and how sure."""
    who = study.population
    people = ", ".join(
        part for part in (SEX_WORDS[who.sex], who.who, f"age {who.ages}" if who.ages else "", who.region or "",
                          f"n = {who.n}" if who.n else "") if part
    )  # fmt: skip
    arms = "; ".join(
        f"{arm.name}{f' (n = {arm.n})' if arm.n else ''}"
        + (f": {', '.join([*map(str, arm.treatments), *arm.other])}" if arm.treatments or arm.other else "")
        for arm in study.arms
    )
    sources = "; ".join(str(bibliography()[key]) for key in study.sources)
    return [study.key, study.says, people, arms, study.design, study.use, study.grade, STATUS_WORDS[study.status],
            ", ".join(study.flags), study.note, sources]  # fmt: skip


def studies_page() -> str:
    """Every study, by kind."""
    groups: dict[str, list[Study]] = {}
    for study in studies().values():
        groups.setdefault(study.group, []).append(study)
    grades: list[list[object]] = [[grade, words] for grade, words in GRADE_WORDS.items()]
    fitted = ", ".join(f"`{study.key}`" for study in studies().values() if study.use == "calibration")
    parts = [INTRODUCTION, f"For calibration: {fitted}.\n", table(["Grade", "Means"], grades), ""]
    for group, members in groups.items():
        rows = [row for study in members for row in (
            *(endpoint_row(study, one) for one in study.endpoints),
            *(comparison_row(study, one) for one in study.comparisons),
        )]  # fmt: skip
        name = group.replace("_", " ").replace("dht", "DHT")
        parts += [
            f"## {name[0].upper()}{name[1:]}\n",
            table(["Study", "Is", "Who", "Arms", "Design", "Use", "Grade", "Status", "Flags", "Note", "Source"],
                  [study_row(study) for study in members]),
            "",
            table(["Study", "Arm", "What", "After", "Found", "Status", "Note"], rows),
            "",
        ]  # fmt: skip
    return "\n".join(parts)


def on_files(files: Files, config: Any) -> Files:
    """Add the page of studies to the ones that are written."""
    files.append(File.generated(config, "studies.md", content=studies_page()))
    return files
