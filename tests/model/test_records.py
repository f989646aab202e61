"""Nothing unsourced, no orphan number, no literal in mechanism code."""

from __future__ import annotations

import ast
from dataclasses import fields
from pathlib import Path

import pytest

import anagen
from anagen.evidence.parameters import parameters
from anagen.evidence.sources import bibliography
from anagen.flowchart.chart import flowchart, node_parameters
from anagen.flowchart.hypotheses import HYPOTHESES
from anagen.follicle.laws import CycleLaws
from anagen.quantities import unit

from .bench import EVERYTHING, LIVED_IN, central, moves, outputs

CHART = flowchart()
HOME = Path(anagen.__file__).parent
MECHANISM_FILES = [
    path
    for folder in ("body", "scalp", "oxygen", "follicle", "intake")
    for path in sorted((HOME / folder).glob("*.py"))
    if path.name not in ("chance.py",)  # the constants of a published random generator
]
OF_MECHANISMS = {
    record.name
    for record in parameters().values()
    if record.file.split("_")[0] in ("body", "scalp", "oxygen") or record.file == "follicle_drives"
}


def used_by() -> dict[str, list[str]]:
    uses: dict[str, list[str]] = {}
    for arrow in CHART.arrows.values():
        for name in arrow.parameters:
            uses.setdefault(name, []).append(arrow.name)
    for node in CHART.nodes.values():
        for name in node_parameters(CHART, node):
            uses.setdefault(name, []).append(node.name)
    return uses


def test_every_parameter_of_a_mechanism_belongs_to_exactly_one_arrow_or_node() -> None:
    uses = used_by()
    assert set(uses) == OF_MECHANISMS
    assert {name: users for name, users in uses.items() if len(users) != 1} == {}


@pytest.mark.parametrize("name", sorted(OF_MECHANISMS))
def test_every_parameter_moves_some_output(name: str) -> None:
    """With its arrow on, or (what an arrow falls back to) off."""
    moved = {name: central()[name] * 1.2 or 0.2}
    arrow_of = {p: {arrow.name: 0} for arrow in CHART.arrows.values() for p in arrow.parameters}
    is_start_of_state = name == "vessel_density_start"
    is_numerical = parameters()[name].place.startswith("numerical")
    assert is_start_of_state or is_numerical or moves(moved, {}, {}) or moves(moved, {}, arrow_of[name])


def test_cycle_laws_have_records() -> None:
    assert {one.name for one in fields(CycleLaws)} <= set(parameters())


@pytest.mark.parametrize("record", parameters().values(), ids=lambda record: record.name)
def test_a_record_is_whole(record: object) -> None:
    assert record.source in bibliography(), "its source is in the bibliography"
    assert record.source == "assumed" or record.place, "the place in the source is named"
    if record.source == "assumed":
        assert record.status in ("assumed", "recalled", "derived"), "what has no source is not called checked"
    assert record.unit == "" or unit(record.unit) is not None
    spread = record.distribution
    if spread.law == "uniform":
        assert spread.low < spread.high
        assert spread.low <= record.value <= spread.high, "the central value lies in the range"
    elif spread.law != "fixed":
        assert spread.sd > 0


@pytest.mark.parametrize("arrow", CHART.arrows.values(), ids=lambda arrow: arrow.name)
def test_an_arrow_is_sourced_or_marked_hypothesis(arrow: object) -> None:
    assert set(arrow.sources_for) | set(arrow.sources_against) <= set(bibliography())
    assert arrow.sources_for
    assert "assumed" not in arrow.sources_for
    assert arrow.says.endswith(".")


def test_hypotheses_name_arrows_that_exist() -> None:
    for hypothesis in HYPOTHESES.values():
        assert hypothesis.off <= set(CHART.arrows)


def test_the_hypotheses_differ_where_they_should() -> None:
    """Androgen-first ignores hypoxia; calcification-first ignores the androgen drive; hybrid has both."""
    drives = {
        name: outputs(EVERYTHING, central(), hypothesis.gates(CHART))[0] for name, hypothesis in HYPOTHESES.items()
    }
    choked = {**LIVED_IN, "vessel_density": 0.1, "calcification": 0.9}
    for name, hypothesis in HYPOTHESES.items():
        gasping = outputs(EVERYTHING, central(), hypothesis.gates(CHART), choked)[0]
        assert (gasping > drives[name] * 1.01) == (name != "androgen-first")
    quiet = {**EVERYTHING, "sensitivity": 0.0}
    for name, hypothesis in HYPOTHESES.items():
        resistant = outputs(quiet, central(), hypothesis.gates(CHART))[0]
        assert (resistant < drives[name] * 0.99) == (name != "calcification-first")


@pytest.mark.parametrize("path", MECHANISM_FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_mechanism_code_holds_no_number(path: Path) -> None:
    """Counts and powers up to 4 and the 100 of "per cent" only; a constant atop a file may be a numerical setting."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    constants = {
        id(child)
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for child in ast.walk(node)
        if isinstance(child, ast.Constant)
    }
    wrong = [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
        and id(node) not in constants
        and node.value not in (0, 1, 2, 3, 4, 100)
    ]
    assert wrong == []
