"""`anagen doctor`: it finds what is wrong, says so, and gets the kernels ready."""

from __future__ import annotations

import functools
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from anagen import kernel_cache
from anagen.cli import app
from anagen.commands import doctor_checks, doctor_engine, doctor_readings
from anagen.cuda_device import Device
from anagen.flowchart import compiled
from anagen.flowchart.chart import Flowchart, flowchart
from anagen.mechanism import _reading
from anagen.quantities import registry

NAMES = ("anagen", "python", "numpy", "numba", "engine", "device", "foods", "arrows", "parameters")


@pytest.fixture(autouse=True)
def folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Folders of our own for kernels and foods."""
    monkeypatch.setenv("ANAGEN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("ANAGEN_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    return tmp_path


def doctor(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["doctor", *arguments], catch_exceptions=False)


def found(*arguments: str) -> tuple[int, dict[str, Any]]:
    done = doctor("--json", *arguments)
    assert done.stderr == ""
    return done.exit_code, json.loads(done.stdout)


def without_numba(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = doctor_checks.installed
    for module in (doctor_checks, doctor_engine):
        monkeypatch.setattr(module, "installed", lambda name: None if name == "numba" else plain(name))


# the report


def test_a_healthy_installation_is_well() -> None:
    done = doctor()
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines[:-1]] == list(NAMES)
    assert lines[-1] == "All is well."
    assert any("numbers, units and symbols agree" in line for line in lines)


def test_the_json_says_the_same() -> None:
    status, report = found()
    assert status == 0
    assert (report["well"], report["wrong"]) == (True, [])
    assert set(report) == {"well", "wrong", *NAMES}
    assert report["python"] == ".".join(map(str, sys.version_info[:3]))
    assert report["arrows"] == {"count": len(flowchart().arrows), "symbols": True, "disagree": []}
    assert report["parameters"]["count"] > 100
    assert report["parameters"]["without_source"] == []


@pytest.mark.parametrize("statements", ["import anagen.cli", "from anagen.cli import app; app(['doctor', '--help'])"])
def test_the_command_loads_no_compiler(statements: str) -> None:
    code = f"import sys\ntry:\n    {statements}\nexcept SystemExit:\n    pass\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert {"numba", "pint", "sympy"}.isdisjoint(done.stdout.split())


# the three readings


def spoiled(chart: Flowchart, name: str, change: Callable[[Any], Any]) -> Flowchart:
    """A flowchart in which an arrow hands on something else."""
    arrow = chart.arrows[name]

    @functools.wraps(arrow.equation)
    def equation(*given: Any) -> Any:
        return change(arrow.equation(*given))

    return replace(chart, arrows={**chart.arrows, name: replace(arrow, equation=equation)})


def metre() -> Any:
    return registry().Quantity(1, "m")


def test_every_arrow_with_a_wrong_dimension_is_found() -> None:
    chart = flowchart()
    for name in flowchart().arrows:
        chart = spoiled(chart, name, lambda value: value * metre() if hasattr(value, "units") else value)
    said = doctor_readings.disagreements(chart)
    functions = {node.name for node in chart.nodes.values() if node.function is not None}
    quantities = {
        name for name, arrow in flowchart().arrows.items()
        if hasattr(doctor_readings._Readings.of(flowchart(), 1.3).quantity(arrow), "units")
    }  # fmt: skip
    direct = {name for name in quantities if chart.arrows[name].head not in functions}
    assert len(direct) > 20
    assert direct == {line.split(":")[0].removeprefix("arrow ") for line in said if line.startswith("arrow ")}
    heads = {chart.arrows[name].head for name in quantities} & functions
    assert {line.split(":")[0].removeprefix("node ") for line in said if line.startswith("node ")} == heads
    assert any("is needed" in line for line in said)


def doubled(value: Any) -> Any:
    return value * 2


def with_units_of_its_own() -> str:
    """An arrow that hands a quantity to a head without a function."""
    chart, readings = flowchart(), doctor_readings._Readings.of(flowchart(), 1.3)
    return next(
        name for name, arrow in chart.arrows.items()
        if chart.nodes[arrow.head].function is None and hasattr(readings.quantity(arrow), "units")
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "words"),
    [("quantity", "with units it is"), ("number", "with units it is"), ("symbol", "its formula gives")],
)
def test_a_reading_that_goes_its_own_way_is_found(kind: str, words: str) -> None:
    name = with_units_of_its_own()
    chart = spoiled(flowchart(), name, lambda value: doubled(value) if _reading(value) == kind else value)
    said = doctor_readings.disagreements(chart)
    assert said[0].startswith(f"arrow {name}: {words}"), said
    assert all(line.startswith(f"arrow {name}: ") for line in said)


def test_a_disagreement_is_told_and_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_readings, "disagreements", lambda _: ["arrow a-raises-b: it is in gram"])
    done = doctor()
    assert done.exit_code == 1
    assert "numbers, units and symbols disagree 1 times" in done.stdout
    assert done.stdout.splitlines()[-1] == "wrong: arrow a-raises-b: it is in gram"
    status, report = found()
    assert status == 1
    assert report["well"] is False
    assert report["wrong"] == report["arrows"]["disagree"] == ["arrow a-raises-b: it is in gram"]


def test_without_sympy_symbols_are_left_out_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_readings, "symbols_known", lambda: False)
    done = doctor()
    assert done.exit_code == 0
    assert "numbers and units agree (symbols need sympy)" in done.stdout


# records and foods


def test_a_parameter_without_a_source_is_found() -> None:
    finding = doctor_checks.of_records({"one": "smith2001", "two": "nobody"}, frozenset({"smith2001"}))
    assert finding.facts == {"count": 2, "without_source": ("two",)}
    assert finding.wrong == ("parameter two: the bibliography has no source 'nobody'",)


def test_imported_foods_are_counted() -> None:
    from anagen.intake.foods_store import close_store, new_store, store_path

    with new_store(store_path()) as table:
        table.execute("INSERT INTO food (fdc_id, name, plain, data_type) VALUES (1, 'Oats', 'oats', 'x')")
    try:
        status, report = found()
    finally:
        close_store()
    assert (status, report["foods"]) == (0, {"path": str(store_path()), "imported": 1})


def test_a_table_of_foods_that_cannot_be_read_is_wrong(folders: Path) -> None:
    (folders / "data").mkdir()
    (folders / "data" / "foods.sqlite3").write_bytes(b"no table")
    status, report = found()
    assert status == 1
    assert len(report["wrong"]) == 1
    assert report["wrong"][0].startswith(str(folders / "data"))
    assert report["foods"]["imported"] is None


# engines


def test_without_numba_the_readable_engine_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    without_numba(monkeypatch)
    status, report = found("--warm")
    assert status == 0
    assert report["numba"] is None
    assert report["engine"]["serves"] == "numpy"
    assert report["warm"] is None


def test_kernels_that_cannot_be_kept_are_wrong(monkeypatch: pytest.MonkeyPatch, folders: Path) -> None:
    (folders / "file").write_text("")
    monkeypatch.setenv("ANAGEN_CACHE", str(folders / "file"))
    done = doctor()
    assert done.exit_code == 1
    assert "it cannot be written" in done.stdout.splitlines()[-1]
    assert "set ANAGEN_CACHE" in done.stdout


@pytest.fixture
def old(folders: Path) -> Path:
    """The kernels of another version."""
    folder = folders / "cache" / "kernels" / "0123456789abcdef"
    folder.mkdir(parents=True)
    (folder / "kernel.nbc").write_bytes(b"old")
    return folder


def test_old_kernels_are_told_and_stay(old: Path) -> None:
    assert "(1 older there)" in doctor().stdout
    assert old.is_dir()


def test_warm_makes_kernels_ready_and_removes_old_ones(monkeypatch: pytest.MonkeyPatch, old: Path) -> None:
    monkeypatch.setattr(doctor_engine, "_run_small", lambda: kernel_cache.mark_warm("follicle"))
    monkeypatch.setattr(doctor_engine, "_run_one_course", compiled.mark_ready)
    monkeypatch.setattr(doctor_engine, "_solve_small", lambda: kernel_cache.mark_warm("oxygen"))
    monkeypatch.setattr(doctor_engine, "_usable_device", lambda: False)
    assert found()[1]["engine"]["warm"] is False
    status, report = found("--warm")
    assert status == 0
    assert report["engine"]["warm"] is True
    assert report["warm"]["kernels"] == 3
    assert report["warm"]["old_versions_removed"] == 1
    assert report["warm"]["seconds"] >= 0
    assert not old.exists()


@pytest.mark.parametrize(
    ("run", "words"),
    [
        (lambda: None, "it was compiled but cannot be kept in"),
        (lambda: 1 / 0, "it cannot be compiled (division by zero)"),
    ],
)
def test_a_kernel_that_does_not_get_ready_is_wrong(
    monkeypatch: pytest.MonkeyPatch, run: Callable[[], object], words: str
) -> None:
    monkeypatch.setattr(doctor_engine, "_run_small", run)
    monkeypatch.setattr(doctor_engine, "_run_one_course", run)
    monkeypatch.setattr(doctor_engine, "_solve_small", run)
    monkeypatch.setattr(doctor_engine, "_usable_device", lambda: False)
    done = doctor("--warm")
    assert done.exit_code == 1
    assert f"wrong: kernel follicle: {words}" in done.stdout
    assert f"wrong: kernel {compiled.kernel_name()}: {words}" in done.stdout


def test_one_course_readies_the_flowchart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANAGEN_CACHE")  # the kernels of this computer: compiled at most once
    monkeypatch.setattr(kernel_cache, "MARK", "tried")
    mark = kernel_cache.folder() / f"tried-{compiled.kernel_name()}"
    mark.unlink(missing_ok=True)
    doctor_engine._run_one_course()
    assert compiled.is_ready()
    mark.unlink()


def test_the_small_run_readies_the_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANAGEN_CACHE")  # the kernels of this computer: compiled at most once
    monkeypatch.setattr(kernel_cache, "MARK", "tried")
    mark = kernel_cache.folder() / "tried-follicle"
    mark.unlink(missing_ok=True)
    doctor_engine._run_small()
    assert kernel_cache.is_warm("follicle")
    mark.unlink()


@pytest.mark.parametrize(
    ("name", "reason", "says"),
    [
        (None, "no CUDA device is found", "none; everything runs on the processor"),
        ("Card 9", None, "Card 9, ready"),
        ("Card 9", "numba-cuda is not installed", "Card 9, numba-cuda is not installed"),
    ],
)
def test_the_device_is_told(monkeypatch: pytest.MonkeyPatch, name: str | None, reason: str | None, says: str) -> None:
    monkeypatch.setattr("anagen.cuda_device.device", lambda: Device(name, 1) if name else None)
    monkeypatch.setattr("anagen.cuda_device.why_not", lambda: reason)
    finding = doctor_engine.device()
    assert finding.says == says
    assert finding.wrong == ()
    assert isinstance(finding.facts, dict)
    assert (finding.facts["name"], finding.facts["ready"]) == (name, reason is None)
