"""Pages made from the model itself when the docs are built, so that no table is written by hand."""

from __future__ import annotations

from typing import Any

from mkdocs.structure.files import File, Files

from anagen.evidence.parameters import GRADE_WORDS, STATUS_WORDS, parameters
from anagen.evidence.sources import bibliography
from anagen.flowchart.chart import flowchart
from anagen.flowchart.hypotheses import HYPOTHESES
from anagen.intake.cautions import FINDING_CODES


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


PAGES = {
    "arrows.md": arrows_page,
    "parameters.md": parameters_page,
    "sources.md": sources_page,
    "findings.md": findings_page,
}


def on_files(files: Files, config: Any) -> Files:
    """Add the made pages to the ones that are written."""
    for name, make in PAGES.items():
        files.append(File.generated(config, name, content=make()))
    return files
