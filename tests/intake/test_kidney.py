"""Kidneys and conditions: what they lower, what they forbid, and what they can excrete."""

from __future__ import annotations

from typing import Any

import pytest

from anagen.intake.kidney import excretion_ceiling, filtration_rate, limit_share
from anagen.intake.ledger import Ledger, tally

from .routines import brine, codes, intake, scenario

PILL = intake("supplement", "multivitamin", "50 mg")
LAXATIVE = intake("medicine", "milk of magnesia", "60 mL")
BEANS = intake("food", "black beans, boiled", "1 cup")


def severity_of(ledger: Ledger, code: str) -> str | None:
    return next((finding.severity for finding in ledger.findings if finding.code == code), None)


@pytest.mark.parametrize(
    ("egfr", "most"), [(120, 1870), (90, 1410), (60, 940), (45, 700), (30, 470), (15, 230), (10, 156)]
)
def test_what_the_kidneys_can_excrete(egfr: float, most: float) -> None:
    assert excretion_ceiling(egfr) == pytest.approx(most, rel=0.02)


@pytest.mark.parametrize(("egfr", "share"), [(None, 1), (60, 1), (59, 0.5), (45, 0.5), (44, 0.5), (30, 0.5), (29, 0)])
def test_the_share_of_the_limit_that_is_left(egfr: float | None, share: float) -> None:
    ledger = tally(scenario(PILL, egfr=egfr))
    assert ledger.limits.supplemental_ul_mg_per_day == 350 * share
    assert ledger.limits.table_ul_mg_per_day == 350


def test_bands_from_60_down() -> None:
    assert [limit_share(band) for band in ("unknown", "normal", "half", "clinician", "stop")] == [1, 1, 0.5, 0.5, 0]
    for egfr, words in ((50.0, "ask a clinician"), (40.0, "only with a clinician")):
        (finding,) = [one for one in tally(scenario(PILL, egfr=egfr)).findings if one.code == "kidney-caution"]
        assert words in finding.message


def test_below_30_one_stop_says_it_all() -> None:
    ledger = tally(scenario(PILL, egfr=20.0))
    assert ledger.verdict == "do_not_use"
    assert "over-limit" not in codes(ledger)


def test_creatinine_leads_to_the_same_stop() -> None:
    assert filtration_rate(3.5, 70, "male") < 30
    assert tally(scenario(PILL, age=70.0, sex="male", creatinine_mg_dl=3.5)).verdict == "do_not_use"


@pytest.mark.parametrize(
    "condition",
    [
        "myasthenia gravis", "Lambert-Eaton syndrome", "heart block", "complete AV block", "myocardial damage",
        "heart attack last month", "bowel obstruction", "bowel perforation", "fecal impaction", "faecal impaction",
        "appendicitis", "acute renal failure", "dialysis", "on haemodialysis", "end-stage renal disease",
    ],
)  # fmt: skip
def test_a_condition_that_forbids(condition: str) -> None:
    assert tally(scenario(PILL, conditions=(condition,))).verdict == "do_not_use"
    assert tally(scenario(brine("1 mL"), conditions=(condition,))).verdict == "do_not_use"
    assert tally(scenario(BEANS, conditions=(condition,))).verdict == "within_margin"


@pytest.mark.parametrize("condition", ["gout", "migraine", "high blood pressure", "heartburn"])
def test_a_condition_that_does_not(condition: str) -> None:
    assert tally(scenario(PILL, conditions=(condition,))).verdict == "within_margin"


@pytest.mark.parametrize(
    ("one", "person", "severity"),
    [
        (LAXATIVE, {}, "caution"), (LAXATIVE, {"egfr": 120.0}, "caution"),
        (intake("medicine", "milk of magnesia", "30 mL"), {"egfr": 120.0}, "note"),
        (intake("medicine", "milk of magnesia", "30 mL"), {"egfr": 50.0}, "caution"),
        (intake("supplement", "magnesium", "350 mg"), {"egfr": 60.0}, None), (PILL, {"egfr": 35.0}, None),
        (brine("10 mL"), {"egfr": 50.0}, None),
    ],
)  # fmt: skip
def test_the_dose_by_mouth_against_what_can_be_excreted(one: Any, person: Any, severity: str | None) -> None:
    assert severity_of(tally(scenario(one, **person)), "excretion-ceiling") == severity


def test_water_by_mouth_is_excreted_too() -> None:
    strong = intake("water", "Donat", "1 L", "1000 mg/L")
    assert severity_of(tally(scenario(strong)), "excretion-ceiling") == "note"


def test_past_65_an_egfr_is_asked_for() -> None:
    assert severity_of(tally(scenario(PILL, age=70.0)), "older-kidneys") == "note"
    assert severity_of(tally(scenario(PILL, age=70.0, egfr=80.0)), "older-kidneys") is None
    assert severity_of(tally(scenario(PILL, age=60.0)), "older-kidneys") is None
    assert severity_of(tally(scenario(BEANS, age=70.0)), "older-kidneys") is None


def test_constipation_holds_magnesium_in_the_gut() -> None:
    assert severity_of(tally(scenario(LAXATIVE, conditions=("chronic constipation",))), "constipation") == "caution"
    assert severity_of(tally(scenario(PILL, conditions=("constipated",))), "constipation") == "note"
    assert severity_of(tally(scenario(brine(), conditions=("constipation",))), "constipation") is None


@pytest.mark.parametrize(
    ("name", "amount", "days"),
    [("milk of magnesia", "15 mL", "7"), ("magnesium citrate laxative", "30 mL", "7"), ("epsom salt", "1 tsp", "7"),
     ("antacid", "10 mL", "14"), ("maximum strength antacid", "10 mL", "14")],
)  # fmt: skip
def test_medicines_for_a_few_days(name: str, amount: str, days: str) -> None:
    (finding,) = [one for one in tally(scenario(intake("medicine", name, amount))).findings if one.code == "short-use"]
    assert f"at most {days} days" in finding.message


def test_skin_in_pregnancy_has_no_data() -> None:
    assert severity_of(tally(scenario(brine("1 mL"), pregnant=True)), "no-data-in-pregnancy") == "note"
    assert severity_of(tally(scenario(PILL, pregnant=True)), "no-data-in-pregnancy") is None
