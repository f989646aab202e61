"""Calcium beside magnesium: every cell typed a second time, totals, and what is unknown."""

from __future__ import annotations

import json
from typing import Any

import pytest

from anagen.evidence.parameters import STATUS_WORDS
from anagen.evidence.sources import bibliography
from anagen.intake.calcium import Calcium, calcium_findings, calcium_of, table
from anagen.intake.ledger import tally
from anagen.routine import Person

from .cells import Cell, cells, never_overlap
from .routines import codes, intake, scenario

UPPER = {
    "US": "0-0.5:1000 0.5-1:1500 1-9:2500 9-19:3000 19-51:2500 51-:2000",
    "EU": "18-:2500",
    "DE": "18-:2500",
    "NO": "18-:2500",
    "WHO": "19-:3000",
    "ANZ": "1-:2500",
    "JP": "18-:2500",
}
REFERENCE = {
    "US": "0-0.5:200 0.5-1:260 1-4:700 4-9:1000 9-19:1300 19-51:1000 51-71M:1000 51-71F:1200 71-:1200",
    "EU": "0.583-1:280 1-4:450 4-11:800 11-18:1150 18-25:1000 25-:950",
    "UK": "0-1:525 1-4:350 4-7:450 7-11:550 11-19M:1000 11-19F:800 19-:700 11-19Fl:1350 19-51Fl:1250",
    "DE": "0-0.333:220 0.333-1:330 1-4:600 4-7:750 7-10:900 10-13:1100 13-19:1200 19-:1000",
    "NO": "0.583-1:310 1-4:450 4-11:800 11-18:1150 18-25:1000 25-:950",
    "WHO": (
        "0-0.5:300 0.5-1:400 1-4:500 4-7:600 7-10:700 10-19:1300 19-51F:1000 51-F:1300 19-66M:1000 "
        "66-M:1300 15-51Fp:1200"
    ),
    "ANZ": "0-0.5:210 0.5-1:270 1-4:500 4-9:700 9-12:1000 12-19:1300 19-51:1000 51-71M:1000 51-71F:1300 71-:1300",
    "JP": (
        "0-0.5:200 0.5-1:250 1-3M:450 1-3F:400 3-6M:600 3-6F:550 6-8M:600 6-8F:550 8-10M:650 8-10F:750 "
        "10-12M:700 10-12F:750 12-15M:1000 12-15F:800 15-18M:800 15-18F:650 18-30M:800 18-30F:650 "
        "30-75M:750 30-75F:650 75-M:700 75-F:600"
    ),
}
BEANS = intake("food", "black beans, boiled", "1 cup")


@pytest.mark.parametrize("cell", cells(UPPER), ids=lambda cell: cell.text)
def test_a_cell_of_the_upper_level(cell: Cell) -> None:
    for person in cell.people():
        assert calcium_of(person, []).ul_mg_per_day == cell.mg


@pytest.mark.parametrize("cell", cells(REFERENCE), ids=lambda cell: cell.text)
def test_a_cell_of_the_reference_intake(cell: Cell) -> None:
    for person in cell.people():
        assert calcium_of(person, []).rda_mg_per_day == cell.mg


def test_no_cell_is_left_untested_and_none_overlap() -> None:
    for part, typed in (("upper_level", UPPER), ("reference_intake", REFERENCE)):
        assert len(table()[part]) == len(cells(typed))
        assert never_overlap(table()[part])
        for row in table()[part]:
            assert row["source"] in bibliography()
            assert row["status"] in STATUS_WORDS


def test_pregnancy_leaves_the_american_need() -> None:
    assert calcium_of(Person(30, "female", pregnant=True), []).rda_mg_per_day == 1000
    assert calcium_of(Person(17, "female", pregnant=True), []).rda_mg_per_day == 1300


def test_totals_of_food_and_what_is_unknown() -> None:
    water = intake("water", "Gerolsteiner", "1 L", "108 mg/L")
    both = intake("supplement", "calcium and magnesium", "100 mg")
    later = intake("food", "black beans, boiled", "1 cup", from_age=60.0)
    ledger = tally(scenario(BEANS, water, both, later, intake("supplement", "magnesium", "50 mg")))
    assert ledger.calcium.food_mg_per_day == pytest.approx(172 * 0.27)
    assert ledger.calcium.supplement_mg_per_day == 0
    assert ledger.calcium.unknown == ("Gerolsteiner", "calcium and magnesium")


def test_the_json_of_calcium() -> None:
    whole: dict[str, Any] = json.loads(json.dumps(tally(scenario(BEANS)).to_dict(), allow_nan=False))
    assert list(whole["calcium"])[:4] == ["rda_mg_per_day", "ul_mg_per_day", "food_mg_per_day", "status"]
    assert whole["calcium"]["status"] in STATUS_WORDS.values()
    british: dict[str, Any] = tally(scenario(BEANS, jurisdiction="UK")).calcium.to_dict()
    assert british["ul_mg_per_day"] is None
    assert british["note"]


def test_too_much_calcium() -> None:
    cheese = intake("food", "cheddar cheese", "400 g")
    ledger = tally(scenario(cheese))
    assert ledger.calcium.food_mg_per_day > 2500
    assert "calcium-over-limit" in codes(ledger)
    assert ledger.verdict == "within_margin"  # the verdict is magnesium's
    assert calcium_findings(Calcium(ul_mg_per_day=None, food_mg_per_day=9000.0)) == []
