"""Worked cases: routines with the arithmetic a careful person would do on paper, from formula and label.

The cases stand in cases.toml, by one who knew the ledger, and in cases_blind.toml, by one who had not seen it. Each
holds a routine as a scenario file would spell it, one sum written out by hand (`hand`), and what the sum is of (`of`).
A sum may hold numbers, + - x / ^, brackets, min, max, and

- `M[MgO]`: g/mol of a formula, by the atomic weights of magnesium.py beside this file;
- `rho[31]`, `rhoS[11]`: g/mL at 20 C of magnesium chloride and of magnesium sulfate in water, % w/w of the dry salt.

Nothing here imports the package; tests hold each sum against the ledger.
"""

from __future__ import annotations

import ast
import importlib.util
import operator
import re
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Final

HERE: Final = Path(__file__).parent
FILES: Final = {"cases.toml": False, "cases_blind.toml": True}  # and whether its author was blind
SULFATE_POINTS: Final = ((0.0, 0.9982), (10.0, 1.1034), (20.0, 1.2198))
"""Density of magnesium sulfate in water, % w/w anhydrous and g/mL at 20 C (CRC Handbook, recalled)."""

KINDS: Final = (
    "counted", "holds", "evidence", "flux-mid", "limit", "allowance", "need", "egfr", "ceiling", "calcium-need",
    "calcium-food", "total-counted", "unasked",
)  # fmt: skip
OPERATORS: Final[dict[type, Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
}


def _magnesium() -> ModuleType:
    """The blind arithmetic beside this file."""
    name = "qc_cases_magnesium"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, HERE / "magnesium.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


@dataclass(frozen=True)
class Case:
    """One worked case.

    `says` and `scenario` are the routine in words and as a file, `hand` the sum and `of` what it is of, `verdict` is
    said or not. `blind` tells that its author had not seen the ledger; `source` and `working` are that author's, and
    `decision` says what was decided where ledger and sum disagreed at first.
    """

    name: str
    group: str
    says: str
    scenario: str
    hand: str
    of: str
    verdict: str | None = None
    blind: bool = False
    source: str = ""
    working: str = ""
    decision: str = ""

    @property
    def result(self) -> float:
        """What the sum comes to."""
        return work_out(self.hand)


def sulfate_density(percent_ww: float) -> float:
    """g/mL of magnesium sulfate in water: the parabola through the three points."""
    total = 0.0
    for i, (xi, yi) in enumerate(SULFATE_POINTS):
        weight = yi
        for j, (xj, _) in enumerate(SULFATE_POINTS):
            if j != i:
                weight *= (percent_ww - xj) / (xi - xj)
        total += weight
    return total


def work_out(hand: str) -> float:
    """The value of a sum written by hand."""
    blind = _magnesium()
    text = re.sub(r"\bM\[([^\]]+)\]", lambda found: f"({blind.molar_mass(found[1])!r})", hand)
    text = re.sub(r"\brho\[([^\]]+)\]", lambda found: f"({blind.brine_density(float(found[1]))!r})", text)
    text = re.sub(r"\brhoS\[([^\]]+)\]", lambda found: f"({sulfate_density(float(found[1]))!r})", text)
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    text = re.sub(r"\bx\b", "*", text).replace("^", "**")
    return float(_value(ast.parse(text, mode="eval").body))


def _value(node: ast.expr) -> float:
    """The value of one piece of a sum; ValueError for anything that is no arithmetic."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        return OPERATORS[type(node.op)](_value(node.left), _value(node.right))
    if isinstance(node, ast.UnaryOp) and type(node.op) in OPERATORS:
        return OPERATORS[type(node.op)](_value(node.operand))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("min", "max"):
        return {"min": min, "max": max}[node.func.id](_value(argument) for argument in node.args)
    raise ValueError(f"not arithmetic: {ast.unparse(node)}")


def cases() -> list[Case]:
    """Every case of both files."""
    found: list[Case] = []
    for file, blind in FILES.items():
        rows = tomllib.loads((HERE / file).read_text(encoding="utf-8"))["case"]
        found += [_case(row, blind) for row in rows]
    return found


def _case(row: dict[str, Any], blind: bool) -> Case:
    """One row of a file."""
    person = row.get("person", 'age = 34\nsex = "female"')
    routine = "".join(f"[[intake]]\n{text.strip()}\n" for text in row.get("intakes", []))
    told = {key: str(row.get(key, "")).strip() for key in ("source", "working", "decision")}
    return Case(
        row["name"],
        row["group"],
        row["says"],
        f"[person]\n{person.strip()}\n{routine}",
        row["hand"],
        row.get("of", "counted"),
        row.get("verdict"),
        blind,
        **told,
    )


if __name__ == "__main__":
    for case in cases():
        author = ", blind" if case.blind else ""
        print(f"{case.name}: {case.hand} = {case.result:.6g} ({case.of}{author})")
