"""The compiled reading: the flowchart's own functions, assembled into one module, give the same numbers."""

from __future__ import annotations

import importlib.util
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from anagen.flowchart.assemble import layout_of, module_text
from anagen.flowchart.chart import Flowchart, flowchart
from anagen.flowchart.evaluate import Evaluator
from anagen.flowchart.hypotheses import HYPOTHESES

from .bench import LIVED_IN, PEOPLE, central


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """The assembled module, as numba compiles it."""
    path = tmp_path_factory.mktemp("assembled") / "assembled.py"
    path.write_text(module_text(flowchart(), kept=False), encoding="utf-8")
    spec = importlib.util.spec_from_file_location("assembled", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def laid_out(chart: Flowchart, person: dict[str, float], gates: dict[str, int]) -> tuple[Any, ...]:
    layout, values = layout_of(chart), central()
    given = (
        [person[name] for name in layout.inputs],
        [LIVED_IN[name] for name in layout.states],
        [gates[name] for name in layout.gates],
        [values[name] for name in layout.parameters],
    )
    return tuple(np.array(one, dtype=np.float64) for one in given)


@pytest.mark.parametrize("hypothesis", list(HYPOTHESES))
@pytest.mark.parametrize("person", PEOPLE, ids=range(len(PEOPLE)))
def test_the_compiled_reading_gives_the_same_numbers(
    compiled: ModuleType, person: dict[str, float], hypothesis: str
) -> None:
    """Switching arrows off by their gates compiles nothing anew."""
    chart = flowchart()
    gates = HYPOTHESES[hypothesis].gates(chart)
    evaluator = Evaluator(chart, central(), gates)
    given, layout = laid_out(chart, person, gates), layout_of(chart)
    values = np.zeros(len(layout.nodes))
    compiled.nodes(*given, values)
    theirs = evaluator.nodes(person, LIVED_IN)
    assert values == pytest.approx([float(theirs[name]) for name in layout.nodes], rel=1e-12, abs=1e-15)
    a, b = np.zeros(len(layout.states)), np.zeros(len(layout.states))
    compiled.rates(*given, a, b)
    rates = evaluator.linear_rates(person, LIVED_IN, chart.order)
    assert a == pytest.approx([float(rates[name][0]) for name in layout.states], rel=1e-12, abs=1e-15)
    assert b == pytest.approx([float(rates[name][1]) for name in layout.states], rel=1e-10, abs=1e-15)
    assert len(compiled.nodes.signatures) == 1


def test_the_assembled_text_is_the_same_in_every_process() -> None:
    """The order of nodes may not hang on the order of a set."""
    import subprocess
    import sys

    script = (
        "import hashlib; from anagen.flowchart.assemble import module_text\n"
        "from anagen.flowchart.chart import flowchart\n"
        "print(hashlib.sha256(module_text(flowchart(), False).encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(found) == 1


def test_no_equation_is_spelled_twice() -> None:
    """Every arrow's function stands in the assembled text as it stands in its mechanism."""
    text = module_text(flowchart(), kept=False)
    for one in flowchart().arrows.values():
        assert f"def {one.equation.__name__}({', '.join([*one.nodes, 'gate', *one.parameters])}):" in text
