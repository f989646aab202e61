"""Calcium by supplements and medicines with weak kidneys, high calcium, stones, and two medicines."""

from __future__ import annotations

from typing import Any

import pytest

from anagen.errors import ScenarioError
from anagen.evidence.sources import bibliography
from anagen.intake.calcium import table
from anagen.intake.findings import Finding
from anagen.intake.ledger import tally
from anagen.routine import Intake, Medicine

from .routines import intake, scenario

PILLS = intake("supplement", "calcium citrate", "500 mg", label="elemental")
ANTACID = intake("medicine", "calcium antacid", "2 tablets")
DOLOMITE = intake("supplement", "dolomite", "1 g")
MILK = intake("food", "milk", "3 cups")
MAGNESIUM = intake("supplement", "magnesium citrate", "50 mg", label="elemental")
MULTIVITAMIN = intake("supplement", "multivitamin", "50 mg")


def told(*intakes: Intake, **person: Any) -> list[Finding]:
    """The cautions about calcium."""
    return [one for one in tally(scenario(*intakes, **person)).findings if one.code == "calcium-caution"]


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("hypercalcemia", "high blood calcium"), ("mild hypercalcaemia", "high blood calcium"),
        ("high calcium", "high blood calcium"), ("hypercalciuria", "calcium in the urine"),
        ("kidney stones", "kidney stones"), ("nephrolithiasis 2019", "kidney stones"),
        ("primary hyperparathyroidism", "parathyroid"), ("vitamin D overdose", "vitamin D"),
        ("multiple myeloma", "out of bone"), ("bone metastases", "out of bone"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("one", [PILLS, ANTACID, DOLOMITE], ids=lambda one: one.product)
def test_a_condition_asks_for_care(one: Intake, condition: str, words: str) -> None:
    (caution,) = told(one, conditions=(condition,), egfr=90.0)
    assert caution.severity == "caution"
    assert words in caution.message
    assert "Only with a clinician." in caution.message


@pytest.mark.parametrize("condition", ["gout", "hypocalcemia", "high blood pressure", "gallstones", "adrenal adenoma"])
def test_another_condition_does_not(condition: str) -> None:
    assert told(PILLS, conditions=(condition,)) == []


@pytest.mark.parametrize("condition", ["no hypercalcemia", "gout, no kidney stones", "hypercalcemia ruled out"])
def test_a_denied_condition_is_refused(condition: str) -> None:
    with pytest.raises(ScenarioError, match="list only what is there"):
        tally(scenario(PILLS, conditions=(condition,)))


@pytest.mark.parametrize(
    ("egfr", "words"),
    [
        (90.0, ""), (60.0, ""), (59.0, "800 to 1,000 mg a day from everything, food too, and at most 2,000"),
        (35.0, "500 mg is known here. Ask a clinician."), (20.0, "labels forbid it in severe kidney failure"),
    ],
)  # fmt: skip
def test_weak_kidneys(egfr: float, words: str) -> None:
    found = told(PILLS, egfr=egfr)
    assert len(found) == bool(words)
    assert all(words in one.message for one in found)


def test_food_is_added_to_what_is_known() -> None:
    (caution,) = told(PILLS, MILK, egfr=50.0)
    assert "500 mg of calcium a day by supplements or medicines" in caution.message
    assert "1,378.4 mg is known here" in caution.message


def test_unknown_kidneys_with_a_reason_to_ask() -> None:
    (caution,) = told(PILLS, conditions=("chronic kidney disease",))
    assert "No eGFR is given" in caution.message
    assert len(told(PILLS, conditions=("kidney stones",))) == 1, "stones are told of once"
    assert told(PILLS) == []


@pytest.mark.parametrize("name", ["hydrochlorothiazide 25 mg", "Indapamide", "digoxin"])
def test_two_kinds_of_medicine(name: str) -> None:
    (caution,) = told(PILLS, medicines=(Medicine(name),))
    assert caution.message.startswith("500 mg of calcium a day")
    assert name in caution.message
    assert told(PILLS, medicines=(Medicine("metformin"),)) == []


@pytest.mark.parametrize("one", [MILK, MAGNESIUM, MULTIVITAMIN, intake("supplement", "CaCO3", "0 mg")])
def test_what_is_known_to_bring_none_by_pills_says_nothing(one: Intake) -> None:
    assert told(one, conditions=("hypercalcemia",), egfr=40.0, medicines=(Medicine("digoxin"),)) == []


def test_the_verdict_stays_that_of_magnesium() -> None:
    ledger = tally(scenario(PILLS, conditions=("hypercalcemia",), egfr=20.0))
    assert (ledger.verdict, ledger.exit_status) == ("within_margin", 0)


def test_every_row_has_its_source() -> None:
    rows = [*table()["condition"], *table()["with_medicine"]]
    assert {row["source"] for row in rows} | set(table()["kidney"]["sources"]) <= set(bibliography())
    assert all(row["aliases"] for row in rows)
