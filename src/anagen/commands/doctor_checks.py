"""What `anagen doctor` looks at besides the engines: versions, imported foods, arrows and records."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version

from anagen.errors import AnagenError


@dataclass(frozen=True)
class Finding:
    """One line of the report.

    Attributes
    ----------
    name : what was looked at. says : what was found, in words. facts : the same for JSON.
    wrong : what is not as it should be, each in a sentence; empty where all is well.
    """

    name: str
    says: str
    facts: object
    wrong: tuple[str, ...] = field(default=())


def installed(package: str) -> str | None:
    """The version of a package, None where it is not installed; the package is not loaded."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def versions() -> list[Finding]:
    """Of anagen, Python and what does the arithmetic."""
    found = {"anagen": installed("anagen"), "python": platform.python_version()}
    found |= {name: installed(name) for name in ("numpy", "numba")}
    return [Finding(name, text or "not installed", text) for name, text in found.items()]


def imported_foods() -> Finding:
    """Whether foods were imported, and can be read."""
    from anagen.intake.foods_store import imported_count, store_path

    path = str(store_path())
    try:
        count = imported_count()
    except AnagenError as error:
        return Finding("foods", "the imported table cannot be read", {"path": path, "imported": None}, (str(error),))
    says = f"{count} imported, in {path}" if count else "none imported; the project's own table serves"
    return Finding("foods", says, {"path": path, "imported": count})


def arrows() -> Finding:
    """Whether numbers, units and symbols of every arrow agree."""
    from anagen.commands.doctor_readings import disagreements, symbols_known
    from anagen.flowchart.chart import flowchart

    chart = flowchart()
    wrong, symbols = tuple(disagreements(chart)), symbols_known()
    kinds = "numbers, units and symbols" if symbols else "numbers and units"
    says = f"{len(chart.arrows)}; {kinds} " + (f"disagree {len(wrong)} times" if wrong else "agree")
    if not symbols:
        says += " (symbols need sympy)"
    return Finding("arrows", says, {"count": len(chart.arrows), "symbols": symbols, "disagree": wrong}, wrong)


def records() -> Finding:
    """Whether every parameter has a source that the bibliography knows."""
    from anagen.evidence.parameters import parameters
    from anagen.evidence.sources import bibliography

    found = parameters()
    return of_records({name: record.source for name, record in found.items()}, frozenset(bibliography()))


def of_records(sources: Mapping[str, str], known: frozenset[str]) -> Finding:
    """The same for any records, given by name with their source."""
    without = tuple(name for name, source in sources.items() if source not in known)
    says = f"{len(sources)}, " + (f"{len(without)} of them without a source" if without else "each with a source")
    wrong = tuple(f"parameter {name}: the bibliography has no source {sources[name]!r}" for name in without)
    return Finding("parameters", says, {"count": len(sources), "without_source": without}, wrong)
