"""Pages made from the model itself when the docs are built, so that no table is written by hand."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from mkdocs.structure.files import File, Files

from anagen.evidence.parameters import GRADE_WORDS, STATUS_WORDS, parameters
from anagen.evidence.sources import bibliography
from anagen.flowchart.chart import flowchart
from anagen.flowchart.hypotheses import HYPOTHESES
from anagen.intake.cautions import FINDING_CODES
from anagen.intake.kidney import egfr_of, excretion_ceiling
from anagen.intake.ledger import Ledger, tally
from anagen.scenario import Scenario

CASES = Path(__file__).parents[2] / "qc" / "cases.py"
OF_WORDS = {
    "counted": "mg counted",
    "holds": "mg held",
    "evidence": "mg that could cross, at most",
    "flux-mid": "mg that could cross, middle",
    "limit": "mg, limit",
    "allowance": "mg, margin",
    "need": "mg, need",
    "egfr": "mL/min/1.73 m2",
    "ceiling": "mg that can be excreted",
    "calcium-need": "mg calcium, need",
    "calcium-food": "mg calcium",
    "total-counted": "mg counted in all",
}


def cell(text: object) -> str:
    """Text fit for one cell of a table."""
    return str(text).replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


def table(head: list[str], rows: list[list[object]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(cell(value) for value in row) + " |" for row in rows)])


def equation(function: Any, names: list[str]) -> str:
    """The equation of an arrow, printed from the function itself."""
    import sympy

    return str(sympy.sympify(function(*sympy.symbols(names))))


def arrows_page() -> str:
    """Every arrow with its equation, grade and sources."""
    parts = ["# Arrows\n", "Made from the model. A grade says how sure an arrow is, not how strong:\n"]
    parts += [table(["Grade", "Means"], [[grade, words] for grade, words in GRADE_WORDS.items()]), ""]
    parts += ["## Hypotheses\n"]
    parts += [table(["Name", "Says", "Arrows off"], [[h.name, h.says, ", ".join(sorted(h.off)) or "none"]
                                                     for h in HYPOTHESES.values()]), ""]  # fmt: skip
    for arrow in flowchart().arrows.values():
        names = [*arrow.nodes, "gate", *arrow.parameters]
        parts += [
            f"## {arrow.name}\n",
            f"{arrow.says}\n",
            f"`{arrow.tail}` {arrow.effect} `{arrow.head}` · grade {arrow.grade}\n",
            f"```text\n{equation(arrow.equation, names)}\n```\n",
            f"For: {', '.join(arrow.sources_for)}. Against: {', '.join(arrow.sources_against) or 'nothing listed'}.\n",
        ]
    return "\n".join(parts)


def parameters_page() -> str:
    """Every parameter record."""
    parts = ["# Parameters\n", "Made from the records. Status words: " + "; ".join(STATUS_WORDS.values()) + ".\n"]
    by_file: dict[str, list[list[object]]] = {}
    for record in parameters().values():
        shown = ", ".join(f"{k} {v:g}" for k, v in record.by_region.items()) or f"{record.value:g}"
        law = record.distribution
        spread = {"fixed": "held fixed", "uniform": f"{law.low:g} to {law.high:g}", "normal": f"sd {law.sd:g}",
                  "lognormal": f"log-sd {law.sd:g}"}[law.law]  # fmt: skip
        row = [record.name, shown, record.unit, spread, f"{record.source}: {record.place}", record.grade,
               STATUS_WORDS[record.status]]  # fmt: skip
        by_file.setdefault(record.file, []).append([*row, record.note])
    for file, rows in by_file.items():
        parts += [f"## {file.replace('_', ' ')}\n"]
        parts += [table(["Name", "Value", "Unit", "Varied", "Source", "Grade", "Status", "Note"], rows), ""]
    return "\n".join(parts)


def sources_page() -> str:
    """The bibliography."""
    rows: list[list[object]] = [[key, str(source)] for key, source in bibliography().items()]
    return "# Sources\n\nMade from the bibliography.\n\n" + table(["Key", "Source"], rows)


def findings_page() -> str:
    """The codes of the ledger's findings."""
    rows: list[list[object]] = [[f"`{code}`", meaning] for code, meaning in FINDING_CODES.items()]
    return "# Findings\n\nThe codes `anagen check` can report.\n\n" + table(["Code", "Meaning"], rows)


def blind_cases() -> ModuleType:
    """The worked cases, from their file outside the package."""
    spec = importlib.util.spec_from_file_location("anagen_worked_cases", CASES)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def ledger_says(of: str, scenario: Scenario, ledger: Ledger) -> float | None:
    """What the ledger gives for the figure that a case is of."""
    first, limits, egfr = (ledger.items[0] if ledger.items else None), ledger.limits, egfr_of(scenario.person)
    figures = {
        "limit": limits.supplemental_ul_mg_per_day,
        "allowance": limits.allowance_mg_per_day,
        "need": limits.rda_mg_per_day,
        "egfr": egfr,
        "ceiling": None if egfr is None else excretion_ceiling(egfr),
        "calcium-need": ledger.calcium.rda_mg_per_day,
        "calcium-food": ledger.calcium.food_mg_per_day,
        "total-counted": ledger.totals.counted,
    }
    if first is not None:
        figures |= {
            "counted": first.counted_mg_per_day,
            "holds": first.elemental_mg_per_day,
            "evidence": first.counted_evidence_mg_per_day,
            "flux-mid": first.flux_mg_per_day.mid,
        }
    return figures[of]


def cases_page() -> str:
    """The worked cases: the routine, the sum by hand, what it comes to, and what the ledger says."""
    every = blind_cases().cases()
    parts = [
        "# Worked cases\n",
        f"{len(every)} routines, each with the arithmetic a careful person would do on paper, from formula and label, "
        "without the package: see `qc/cases.toml`. The tests hold each against the ledger to 0.5 %. In a sum, `M[MgO]` "
        "is the molar mass in g/mol and `rho[31]` the density in g/mL of magnesium chloride in water at 20 C, % w/w of "
        "the dry salt (`rhoS` for the sulfate). Results are mg of elemental magnesium a day unless they say "
        "otherwise.\n",
    ]
    groups: dict[str, list[list[object]]] = {}
    for case in every:
        scenario = Scenario.loads(case.scenario, case.name)
        ledger = tally(scenario)
        ours = ledger_says(case.of, scenario, ledger)
        verdict = case.verdict.replace("_", " ") if case.verdict else ""
        by_hand = f"{case.result:.4g} {OF_WORDS[case.of]}"
        found = "" if ours is None else f"{ours:.4g}"
        groups.setdefault(case.group, []).append([case.says, f"`{case.hand}`", by_hand, found, verdict])
    for group, rows in groups.items():
        parts += [f"## {group[0].upper()}{group[1:]}\n"]
        head = ["Case", "By hand", "Comes to", "Ledger", "Verdict"]
        if not any(row[-1] for row in rows):
            head, rows = head[:-1], [row[:-1] for row in rows]
        parts += [table(head, rows), ""]
    return "\n".join(parts)


PAGES = {
    "arrows.md": arrows_page,
    "parameters.md": parameters_page,
    "sources.md": sources_page,
    "findings.md": findings_page,
    "cases.md": cases_page,
}


def on_files(files: Files, config: Any) -> Files:
    """Add the made pages to the ones that are written."""
    for name, make in PAGES.items():
        files.append(File.generated(config, name, content=make()))
    return files
