"""Every step of every line, for the terminal and as JSON; and what else the ledger says beside its sums."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

from anagen.cli import app
from anagen.evidence.sources import bibliography
from anagen.intake.ledger import tally
from anagen.scenario import Scenario
from anagen.show.account import account
from anagen.show.explain import Explanation, explain, print_explanation
from anagen.show.ledger_words import calcium_sentence, limits_sentence
from anagen.show.tally import beside

ONE_PILL = '[person]\n{person}\n[[intake]]\nkind = "supplement"\nproduct = "magnesium"\namount = "50 mg"\n'
ROOT = Path(__file__).parents[2]
EVERYTHING = """
[person]
age = 70
sex = "female"
creatinine_mg_dl = 0.8
jurisdiction = "UK"

[[intake]]
kind = "topical"
product = "magnesium chloride brine"
strength = "31 % w/w"
amount = "4 mL"
contact = "8 h"
mixed_with = ["aloe gel 4 mL"]

[[intake]]
kind = "topical"
product = "magnesium chloride brine"
strength = "101 mg/mL"
amount = "10 sprays"
spray_volume = "0.15 mL"
skin = "broken"

[[intake]]
kind = "topical"
product = "magnesium chloride flakes"
amount = "2 g"

[[intake]]
kind = "supplement"
product = "magnesium oxide"
amount = "2 tablets"
unit_mass = "400 mg"
label = "compound"
times = 2

[[intake]]
kind = "supplement"
product = "magnesium citrate"
amount = "500 mg"

[[intake]]
kind = "medicine"
product = "milk of magnesia"
amount = "15 mL"
per = "week"

[[intake]]
kind = "medicine"
product = "antacid"
amount = "10 mL"
strength = "8 % w/v"

[[intake]]
kind = "water"
product = "Gerolsteiner"
amount = "1 L"
strength = "108 mg/L"

[[intake]]
kind = "food"
product = "black beans, boiled"
amount = "1 cup"

[[intake]]
kind = "food"
product = "goat meat, raw"
amount = "100 g"

[[intake]]
kind = "bath"
product = "epsom salt"
amount = "500 g"
volume = "150 L"
duration = "20 min"

[[intake]]
kind = "supplement"
product = "magnesium"
amount = "50 mg"
from_age = 80
"""


@pytest.fixture
def whole() -> tuple[Scenario, Explanation]:
    scenario = Scenario.loads(EVERYTHING)
    return scenario, explain(scenario, tally(scenario))


def said(steps: Any) -> str:
    return " | ".join(f"{step.name}: {step.says}" for step in steps)


def test_every_line_goes_from_amount_to_count(whole: tuple[Scenario, Explanation]) -> None:
    scenario, explanation = whole
    assert len(explanation.lines) == len(scenario.intakes)
    for (name, steps), item in zip(explanation.lines, tally(scenario).items, strict=True):
        names = [step.name for step in steps]
        assert names[:2] == ["written", "taken for"]
        assert item.name in name
        assert item.arithmetic in said(steps)
        if item.active:
            assert names[-1] == "counted"
        for step in steps:
            assert step.source in {*bibliography(), ""}
            assert step.says


def test_the_steps_of_some_lines(whole: tuple[Scenario, Explanation]) -> None:
    brine, spray, flakes, oxide, citrate, *_ = (said(steps) for _, steps in whole[1].lines)
    assert "31 % MgCl2 by mass, 1.28 g/mL, 101 mg of magnesium in 1 mL" in brine
    assert "with aloe gel 4 mL: 50.6 mg/mL on the skin, the milligrams unchanged" in brine
    assert "600 cm2 for 8 h" in brine
    assert "the skin is broken, so all of it" in spray
    assert "24.305 g of magnesium in 203.3" in flakes
    assert "one taking is 800 mg" in oxide
    assert "24.305 g of magnesium in 40.30" in oxide
    assert "60.3 % of its mass" in oxide
    assert "x 2 a day" in oxide
    assert "leaves open" in citrate


def test_limits_and_what_is_left_out(whole: tuple[Scenario, Explanation]) -> None:
    limits, left_out = said(whole[1].limits), said(whole[1].left_out)
    for words in (
        "limit: 400 mg a day (UK); a guidance level",
        "guards against: diarrhea",
        "CKD-EPI 2021",
        "excretion: at most",
        "margin: 35 % of 400 mg = 140 mg",
        "need: 270 mg a day",
        "verdict:",
    ):
        assert words in limits
    assert any(step.status == "recalled, unchecked" for step in whole[1].limits)
    for words in (
        "food: ",
        "water: 108 mg",
        "bath: ",
        "goat meat, raw: its magnesium is unknown",
        "not in use at this age",
    ):
        assert words in left_out


def test_the_terminal_lists_its_sources(whole: tuple[Scenario, Explanation]) -> None:
    out = io.StringIO()
    print_explanation(whole[1], Console(file=out, width=80))
    text = out.getvalue()
    assert all(len(line) <= 80 for line in text.splitlines())
    assert "not in the bibliography" not in text
    assert "Institute of Medicine" not in text  # a British person
    assert "you should" not in text


def test_the_command(tmp_path: Path) -> None:
    file = tmp_path / "all.toml"
    file.write_text(EVERYTHING, encoding="utf-8")
    runner = CliRunner()
    told = runner.invoke(app, ["check", str(file), "--explain"])
    assert told.exit_code == 1
    assert "not counted" in told.output
    found = json.loads(runner.invoke(app, ["check", str(file), "--explain", "--json"]).output)
    assert list(found["explanation"]) == ["lines", "limits", "left_out"]
    plain = json.loads(runner.invoke(app, ["check", str(file), "--json"]).output)
    assert "explanation" not in plain
    assert found["verdict"] == plain["verdict"]


@pytest.mark.parametrize("example", sorted((ROOT / "examples").glob("*.toml")), ids=lambda path: path.stem)
def test_every_example_is_explained(example: Path) -> None:
    scenario = Scenario.load(example)
    explanation = explain(scenario, tally(scenario))
    assert len(explanation.lines) == len(scenario.intakes)
    json.dumps(explanation.to_dict(), allow_nan=False)


def test_calcium_and_recalled_cells_are_told(whole: tuple[Scenario, Explanation]) -> None:
    read = account(tally(whole[0]))
    calcium = calcium_sentence(read)
    assert "need 700 mg" in calcium
    assert "guidance level" in calcium
    assert "Not known: Gerolsteiner" in calcium
    assert "the need (UK): recalled, unchecked" in str(beside(read))
    nowhere = Scenario.loads(ONE_PILL.format(person='age = 34\nsex = "female"\njurisdiction = "JP"'))
    assert "(recalled, unchecked)" in limits_sentence(account(tally(nowhere)))


def test_no_limit_is_left_where_the_kidneys_stop() -> None:
    stopped = Scenario.loads(ONE_PILL.format(person='age = 60\nsex = "male"\negfr = 20'))
    assert "with these kidneys nothing of the US limit is left: food alone." in limits_sentence(account(tally(stopped)))
