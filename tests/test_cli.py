"""The command line: what it prints, what it writes, and the status it leaves with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from anagen.cli import app
from anagen.flowchart.compiled import is_ready
from anagen.kernel_cache import is_warm

EXAMPLES = Path(__file__).parents[1] / "examples"
THREAD, REVISED, NOTHING = (str(EXAMPLES / f"{name}.toml") for name in ("thread", "thread_revised", "nothing"))
BAD = '[person]\nage = 340\nsex = "femal"\n'
FEW = ["--draws", "2"]
QUANTILES = {"p10", "p25", "p50", "p75", "p90"}


def anagen(*arguments: str) -> Result:
    """One command, without a process of its own; an exception that is no exit fails the test."""
    return CliRunner().invoke(app, list(arguments), catch_exceptions=False)


def no_constant(name: str) -> None:
    raise AssertionError(f"{name} is not JSON")


def json_of(text: str) -> dict[str, Any]:
    """The one JSON object that a text holds."""
    found = json.loads(text, parse_constant=no_constant)
    assert isinstance(found, dict)
    return found


def refused(*arguments: str) -> str:
    """What a command that cannot go on says, on standard error alone."""
    done = anagen(*arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()
    return done.stderr


@pytest.fixture
def bad(tmp_path: Path) -> str:
    path = tmp_path / "bad.toml"
    path.write_text(BAD, encoding="utf-8")
    return str(path)


@pytest.fixture
def no_simulation(monkeypatch: pytest.MonkeyPatch) -> None:
    def simulated(*_: object, **__: object) -> None:
        raise AssertionError("this must be refused before anything is simulated")

    monkeypatch.setattr("anagen.outlook.run.run", simulated)


# check


def test_the_threads_routine_is_over_the_limit() -> None:
    done = anagen("check", THREAD, "--json")
    assert done.exit_code == 1
    assert done.stderr == ""
    found = json_of(done.stdout)
    totals, limits = found["totals_mg_per_day"], found["limits"]
    assert found["verdict"] == "over_limit"
    assert totals["skin_applied"] == pytest.approx(405, rel=0.01)
    assert (limits["supplemental_ul_mg_per_day"], limits["allowance_mg_per_day"]) == (350, 122.5)
    assert totals["supplement"] == 50
    assert totals["counted"] == pytest.approx(455, rel=0.01)
    assert totals["counted_evidence"] < totals["counted"]
    arithmetic = {item["name"]: item["arithmetic"] for item in found["items"]}
    assert arithmetic["magnesium chloride brine"] == "4 mL x 101 mg/mL = 405 mg on the skin a day"


def test_the_second_thoughts_are_within_the_margin() -> None:
    done = anagen("check", REVISED, "--json")
    assert done.exit_code == 0
    found = json_of(done.stdout)
    assert found["verdict"] == "within_margin"
    assert 0 < found["totals_mg_per_day"]["counted"] <= found["limits"]["allowance_mg_per_day"] == 122.5


def test_the_json_of_check_has_every_key_of_the_contract() -> None:
    found = json_of(anagen("check", THREAD, "--json").stdout)
    assert_ledger(found)


def assert_ledger(found: dict[str, Any]) -> None:
    assert set(found) >= {"limits", "totals_mg_per_day", "items", "findings", "verdict"}
    assert set(found["limits"]) >= {
        "jurisdiction",
        "supplemental_ul_mg_per_day",
        "margin",
        "allowance_mg_per_day",
        "rda_mg_per_day",
    }
    totals = found["totals_mg_per_day"]
    routes = {"food", "water", "supplement", "medicine", "skin_applied", "skin_flux", "counted", "counted_evidence"}
    assert set(totals) >= routes
    assert set(totals["skin_flux"]) >= {"low", "mid", "high"}
    assert totals["skin_flux"]["low"] <= totals["skin_flux"]["mid"] <= totals["skin_flux"]["high"]
    assert found["items"]
    for item in found["items"]:
        assert set(item) >= {"name", "kind", "elemental_mg_per_day", "counted_mg_per_day", "arithmetic"}
    assert found["findings"]
    for finding in found["findings"]:
        assert set(finding) >= {"code", "severity", "item", "message", "sources"}
        assert finding["severity"] in ("note", "caution", "stop")
    verdicts = ("within_margin", "within_limit", "over_limit", "do_not_use", "ask_clinician", "no_limit")
    assert found["verdict"] in verdicts


@pytest.mark.parametrize(
    ("changes", "verdict", "status"),
    [
        ({"egfr": "25"}, "do_not_use", 1),
        ({"margin": "0.05"}, "within_limit", 0),
        ({"jurisdiction": '"NO"'}, None, 0),
        ({"age": "2", "jurisdiction": '"EU"'}, "no_limit", 0),
    ],
)
def test_every_verdict_has_its_status(
    tmp_path: Path, changes: dict[str, str], verdict: str | None, status: int
) -> None:
    keys = {"age": "34", "sex": '"female"', **changes}
    person = "".join(f"{key} = {value}\n" for key, value in keys.items())
    path = tmp_path / "scenario.toml"
    path.write_text(
        f'[person]\n{person}[[intake]]\nkind = "supplement"\nproduct = "multivitamin"\namount = "50 mg"\n',
        encoding="utf-8",
    )
    done = anagen("check", str(path), "--json")
    assert done.exit_code == status
    assert verdict is None or json_of(done.stdout)["verdict"] == verdict


def test_check_in_words() -> None:
    done = anagen("check", THREAD)
    assert done.exit_code == 1
    words = " ".join(done.stdout.split())
    for part in ("over the limit", "455 mg", "350 mg", "multivitamin", "black beans"):
        assert part in words
    assert "\x1b" not in done.stdout
    assert anagen("check", REVISED).exit_code == 0


@pytest.mark.parametrize("name", sorted(path.stem for path in EXAMPLES.glob("*.toml")))
def test_every_example_can_be_checked(name: str) -> None:
    assert anagen("check", str(EXAMPLES / f"{name}.toml")).exit_code in (0, 1)


def test_a_missing_file_cannot_be_used(tmp_path: Path) -> None:
    path = tmp_path / "none.toml"
    assert refused("check", str(path)) == f"{path}: there is no such file\n"
    assert refused("check", str(path), "--json") == f"{path}: there is no such file\n"
    assert "this is a folder" in refused("check", str(tmp_path))


@pytest.mark.parametrize("command", ["check", "run"])
@pytest.mark.parametrize("more", [[], ["--json"]])
def test_a_bad_file_cannot_be_used(bad: str, command: str, more: list[str]) -> None:
    assert refused(command, bad, *more).splitlines() == [
        f"{bad}: person.age = 340: it must be from 1 to 110 years",
        f'{bad}: person.sex = "femal": it must be one of female, male; did you mean "female"?',
    ]


def test_a_bracket_in_a_value_is_no_markup(tmp_path: Path) -> None:
    path = tmp_path / "scenario.toml"
    name = "[bold red]tap[/] [/nothing]"
    path.write_text(
        f'[person]\nage = 34\nsex = "male"\nname = "{name}"\n[[intake]]\nkind = "water"\nproduct = "{name}"\n'
        'amount = "1 L"\nstrength = "9 mg/L"\n',
        encoding="utf-8",
    )
    done = anagen("check", str(path))
    assert done.exit_code == 0
    assert "[bold red]" in done.stdout


# run


@pytest.fixture
def warm() -> None:
    """Kernels compiled beforehand, so that a run has nothing to say of compiling; nothing to do in a warmed place."""
    if not (is_ready() and is_warm("follicle")):
        assert anagen("doctor", "--warm").exit_code == 0


@pytest.mark.usefixtures("warm")
def test_run_writes_one_report_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    done = anagen("run", THREAD, *FEW, "--out", str(out))
    assert done.exit_code == 0, "a routine over its limit is an answer, not a failure"
    assert done.stderr == ""
    assert os.listdir(tmp_path) == ["report.html"]
    text = out.read_text(encoding="utf-8")
    assert text.lower().startswith("<!doctype html>")
    assert text.rstrip().endswith("</html>")
    assert f"report: {out}" in done.stdout
    assert "455 mg" in done.stdout


def test_run_writes_report_html_where_nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert anagen("run", NOTHING, *FEW).exit_code == 0
    assert os.listdir(tmp_path) == ["report.html"]


def test_run_prints_one_json_object_and_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = anagen("run", THREAD, *FEW, "--json")
    assert done.exit_code == 0
    assert done.stderr == ""
    assert os.listdir(tmp_path) == []
    found = json_of(done.stdout)
    assert set(found) >= {"ledger", "age", "hypotheses", "baseline", "provenance"}
    assert_ledger(found["ledger"])
    assert found["ledger"] == json_of(anagen("check", THREAD, "--json").stdout)
    assert set(found["hypotheses"]) >= {"androgen-first", "calcification-first", "hybrid"}
    assert set(found["baseline"]["hypotheses"]) == set(found["hypotheses"])
    assert found["age"] == sorted(found["age"])
    for arm in (found["hypotheses"], found["baseline"]["hypotheses"]):
        assert sum(one["weight"] for one in arm.values()) == pytest.approx(1, abs=0.01)
        for one in arm.values():
            assert_regions(one["regions"], len(found["age"]))
    assert set(found["provenance"]) >= {"version", "seed", "scenario", "parameter_set", "sources"}
    assert (found["provenance"]["scenario"], found["provenance"]["draws"]) == (THREAD, 2)


def assert_regions(regions: dict[str, Any], ages: int) -> None:
    assert "vertex" in regions
    for measures in regions.values():
        assert set(measures) >= {"hairs_per_cm2", "terminal_per_cm2", "diameter_um", "blood_flow", "bulb_po2_mmhg"}
        for bands in measures.values():
            assert set(bands) >= QUANTILES
            assert {len(bands[name]) for name in QUANTILES} == {ages}
            for low, middle, high in zip(bands["p10"], bands["p50"], bands["p90"], strict=True):
                assert low is None or low <= middle <= high


def test_json_and_a_report_together(tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    done = anagen("run", NOTHING, *FEW, "--json", "--out", str(out))
    assert done.exit_code == 0
    assert "ledger" in json_of(done.stdout)
    assert out.exists()


def test_the_seed_fixes_every_byte_whatever_the_threads(tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    seen: list[tuple[str, bytes]] = []
    for threads, seed in (("1", "7"), ("2", "7"), ("1", "8")):
        arguments = ["--seed", seed, "--threads", threads, "--json", "--out", str(out)]
        done = anagen("run", THREAD, *FEW, *arguments)
        assert done.exit_code == 0
        seen.append((done.stdout, out.read_bytes()))
    assert seen[0] == seen[1]
    assert seen[0][0] != seen[2][0]
    assert seen[0][1] != seen[2][1]


@pytest.mark.usefixtures("no_simulation")
def test_a_report_that_cannot_be_written_is_refused_first(tmp_path: Path) -> None:
    missing = tmp_path / "none" / "report.html"
    said = refused("run", THREAD, *FEW, "--out", str(missing))
    assert said == f"{missing}: there is no folder {missing.parent}; make it first\n"
    assert refused("run", THREAD, *FEW, "--out", str(tmp_path)) == f"{tmp_path}: this is a folder; name a file in it\n"
    assert "it cannot be written" in refused("run", THREAD, *FEW, "--out", str(tmp_path / ("x" * 300)))
    assert os.listdir(tmp_path) == []


@pytest.mark.usefixtures("no_simulation")
def test_a_bad_scenario_leaves_an_old_report_as_it_was(tmp_path: Path, bad: str) -> None:
    out = tmp_path / "report.html"
    out.write_text("old", encoding="utf-8")
    refused("run", bad, *FEW, "--out", str(out))
    assert out.read_text(encoding="utf-8") == "old"
    assert set(os.listdir(tmp_path)) == {"report.html", "bad.toml"}


def test_stopping_a_run_leaves_an_old_report_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "report.html"
    out.write_text("old", encoding="utf-8")

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("anagen.outlook.run.run", stopped)
    done = anagen("run", THREAD, "--out", str(out))
    assert (done.exit_code, done.stdout, done.stderr) == (130, "", "stopped\n")
    assert out.read_text(encoding="utf-8") == "old"


@pytest.mark.usefixtures("no_simulation")
@pytest.mark.parametrize(
    "option",
    [
        ["--draws", "0"],
        ["--draws", "-3"],
        ["--draws", "1000000"],
        ["--draws", "many"],
        ["--draws", "nan"],
        ["--seed", "-1"],
        ["--seed", str(2**64)],
        ["--threads", "0"],
        ["--threads", "100000"],
        ["--colour"],
    ],
)
def test_options_out_of_range_are_refused(option: list[str]) -> None:
    assert option[0] in refused("run", THREAD, *option)


# help and version


@pytest.mark.parametrize("command", ["check", "run", "plan", "acute", "claims", "doctor", "explain", "serve"])
def test_every_command_shows_an_example(command: str) -> None:
    done = anagen(command, "--help")
    assert done.exit_code == 0
    file = "" if command in ("claims", "doctor", "explain", "serve") else " examples/thread.toml"
    assert f"Example: anagen {command}{file}" in done.stdout
    assert "Exit status" in done.stdout


def test_every_command_is_tested_for_its_help() -> None:
    assert {command.name or command.callback.__name__ for command in app.registered_commands} == {
        "check",
        "run",
        "plan",
        "acute",
        "claims",
        "doctor",
        "explain",
        "serve",
    }


@pytest.mark.parametrize(
    ("command", "example"),
    [("solve", "examples/oxygen/bald.toml"), ("threshold", "threshold"), ("fit", "fit --out closure-fit")],
)
def test_every_command_of_oxygen_shows_an_example(command: str, example: str) -> None:
    done = anagen("oxygen", command, "--help")
    assert done.exit_code == 0
    assert "Example: anagen oxygen" in done.stdout
    assert example in done.stdout


@pytest.mark.parametrize(
    ("command", "example"), [("search", "search black beans"), ("import", "import FoodData_Central")]
)
def test_every_command_of_foods_shows_an_example(command: str, example: str) -> None:
    done = anagen("foods", command, "--help")
    assert done.exit_code == 0
    assert f"Example: anagen foods {example}" in done.stdout


def test_export_sbml_shows_an_example() -> None:
    done = anagen("export", "sbml", "--help")
    assert done.exit_code == 0
    assert "Example: anagen export sbml examples/thread.toml" in done.stdout
    assert "Exit status" in done.stdout


def test_export_sbml_prints_or_writes_the_same_document(tmp_path: Path) -> None:
    pytest.importorskip("libsbml", exc_type=ImportError)
    out = tmp_path / "thread.xml"
    done = anagen("export", "sbml", THREAD, "--out", str(out))
    assert (done.exit_code, done.stdout, done.stderr) == (0, f"sbml: {out}\n", "")
    assert os.listdir(tmp_path) == ["thread.xml"]
    printed = anagen("export", "sbml", THREAD)
    assert printed.exit_code == 0
    assert printed.stdout == out.read_text(encoding="ascii")
    other = anagen("export", "sbml", THREAD, "--hypothesis", "androgen-first", "--region", "occipital")
    assert other.exit_code == 0
    assert "region occipital" in other.stdout
    assert other.stdout != printed.stdout


def test_without_its_library_export_sbml_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from anagen.flowchart.sbml_library import library

    library.cache_clear()
    monkeypatch.setitem(sys.modules, "libsbml", None)
    said = refused("export", "sbml", THREAD)
    assert said == "export sbml needs libsbml, which is not installed; install it: pip install 'anagen[sbml]'\n"
    library.cache_clear()


@pytest.mark.parametrize(
    "words",
    [
        ("plan", "no.toml"),
        ("plan", THREAD, "--item", "gold"),
        ("plan", THREAD, "--energy", "nan"),
        ("plan", THREAD, "--portions", "-3"),
        ("acute", "no.toml"),
        ("acute", THREAD, "--item", "gold", "--dose", "1 g"),
        ("acute", THREAD, "--gfr", "nan"),
        ("acute", THREAD, "--gfr", "1"),
        ("acute", THREAD, "--hours", "-1"),
        ("acute", THREAD, "--item", "magnesium citrate", "--dose", "4 hour"),
        ("foods", "import", "no.zip"),
        ("export", "sbml", "no.toml"),
        ("export", "sbml", THREAD, "--hypothesis", "hybid"),
        ("export", "sbml", THREAD, "--region", "crown"),
        ("export", "sbml", THREAD, "--out", "no/such/folder.xml"),
    ],
)
def test_the_other_commands_refuse_in_one_sentence(words: tuple[str, ...]) -> None:
    done = anagen(*words)
    assert done.exit_code == 2, done.output
    assert done.stderr.strip()
    assert "Traceback" not in done.output
    assert isinstance(done.exception, SystemExit)


def test_plan_and_acute_answer_in_json() -> None:
    plan = json.loads(anagen("plan", THREAD, "--json").stdout)
    assert {"to", "most", "changes", "foods"} <= set(plan)
    acute = json.loads(anagen("acute", THREAD, "--draws", "3", "--json").stdout)
    assert {"hours", "plasma_mmol_l"} <= set(acute)
    found = json.loads(anagen("foods", "search", "black", "beans", "--json").stdout)
    assert found["foods"][0]["magnesium_mg_per_100g"] > 0


def test_help_says_what_it_is_not() -> None:
    done = anagen("--help")
    assert done.exit_code == 0
    assert "not medical advice" in " ".join(done.stdout.split())


def test_version() -> None:
    done = anagen("--version")
    assert done.exit_code == 0
    assert done.stdout.startswith("anagen ")
    assert len(done.stdout.split()) >= 2


@pytest.mark.parametrize("arguments", [[], ["chek", THREAD], ["check"], ["check", THREAD, REVISED]])
def test_a_slip_on_the_command_line(arguments: list[str]) -> None:
    done = anagen(*arguments)
    assert done.exit_code == 2
    assert "Usage" in done.stdout + done.stderr


# as a process of its own


def process(*arguments: str | bytes, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "anagen", *arguments],
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )


def test_the_process_leaves_with_the_status_and_keeps_its_streams_apart(tmp_path: Path) -> None:
    done = process("check", THREAD, "--json")
    assert (done.returncode, done.stderr) == (1, b"")
    assert json_of(done.stdout.decode())["verdict"] == "over_limit"
    missing = process("check", str(tmp_path / "none.toml"))
    assert (missing.returncode, missing.stdout) == (2, b"")
    assert missing.stderr.decode() == f"{tmp_path / 'none.toml'}: there is no such file\n"


def test_a_terminal_that_lacks_letters_gets_an_answer_all_the_same() -> None:
    done = process("check", THREAD, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"455 mg" in done.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="only here may a file name be any bytes")
@pytest.mark.usefixtures("warm")
def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    path, out = os.fsencode(tmp_path) + b"/\xff.toml", tmp_path / "report.html"
    Path(os.fsdecode(path)).write_text(Path(NOTHING).read_text(encoding="utf-8"), encoding="utf-8")
    done = process("run", path, *FEW, "--json", "--out", str(out))
    assert (done.returncode, done.stderr) == (0, b"")
    assert json_of(done.stdout.decode())["provenance"]["draws"] == 2
    assert out.stat().st_size > 0
