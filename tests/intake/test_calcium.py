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
from anagen.show.account import account
from anagen.show.ledger_words import calcium_sentence

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


def test_totals_by_source_and_what_is_unknown() -> None:
    spring = intake("water", "spring", "1.5 L", "30 mg/L", calcium_per_amount=0.08)
    unstated = intake("water", "Gerolsteiner", "1 L", "108 mg/L")
    both = intake("supplement", "calcium and magnesium", "100 mg")
    pills = intake("supplement", "calcium carbonate", "2 tablets", unit_mass_mg=1250.0, label="compound")
    antacid = intake("medicine", "rennie", "2 tablets")
    later = intake("food", "black beans, boiled", "1 cup", from_age=60.0)
    skin = intake("topical", "magnesium oil", "4 mL", "31 % w/w")
    ledger = tally(scenario(BEANS, spring, unstated, both, pills, antacid, later, skin))
    calcium = ledger.calcium
    assert calcium.food_mg_per_day == pytest.approx(172 * 0.27)
    assert calcium.water_mg_per_day == pytest.approx(120)
    assert calcium.medicine_mg_per_day == pytest.approx(2 * 680 * 0.4004, rel=1e-3)
    assert calcium.supplement_mg_per_day == pytest.approx(120 + 544.6 + 2500 * 0.4004, rel=1e-3)
    assert calcium.known_mg_per_day == pytest.approx(46.44 + 120 + 544.6 + 1001, rel=1e-3)
    assert calcium.unknown == ("Gerolsteiner", "calcium and magnesium")


@pytest.mark.parametrize("name", ["magnesium", "magnesium oxide", "ZMA", "milk of magnesia", "epsom salt"])
def test_what_holds_none_is_not_called_unknown(name: str) -> None:
    kind, amount = ("medicine", "15 mL") if "milk" in name else ("supplement", "100 mg")
    ledger = tally(scenario(intake(kind, name, amount)))  # type: ignore[arg-type]
    assert ledger.items[0].calcium_mg_per_day == 0
    assert ledger.calcium.unknown == ()
    assert "calcium" not in ledger.items[0].arithmetic


@pytest.mark.parametrize("name", ["multivitamin", "calcium and magnesium", "electrolyte powder"])
def test_what_often_holds_calcium_is_unknown_until_it_is_stated(name: str) -> None:
    assert tally(scenario(intake("supplement", name, "50 mg"))).calcium.unknown == (name,)
    stated = tally(scenario(intake("supplement", name, "50 mg", calcium_per_amount=4.0))).calcium
    assert (stated.unknown, stated.supplement_mg_per_day) == ((), 200)


def test_the_json_of_calcium() -> None:
    whole: dict[str, Any] = json.loads(json.dumps(tally(scenario(BEANS)).to_dict(), allow_nan=False))
    assert list(whole["calcium"])[:4] == ["rda_mg_per_day", "ul_mg_per_day", "food_mg_per_day", "status"]
    assert set(whole["calcium"]) == {
        "rda_mg_per_day", "ul_mg_per_day", "food_mg_per_day", "status", "supplement_mg_per_day", "unknown", "sources",
        "note", "water_mg_per_day", "medicine_mg_per_day", "known_mg_per_day",
    }  # fmt: skip
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


def test_the_upper_level_takes_in_all_sources() -> None:
    food = intake("food", "cheddar cheese", "100 g")
    water = intake("water", "spring", "1 L", "30 mg/L", calcium_per_amount=0.35)
    pills = intake("supplement", "calcium citrate", "1000 mg", label="elemental")
    older = tally(scenario(food, water, pills, age=60.0))
    assert older.calcium.known_mg_per_day == pytest.approx(710 + 350 + 1000, rel=0.01)
    (finding,) = [one for one in older.findings if one.code == "calcium-over-limit"]
    assert finding.severity == "caution"
    assert "upper level of 2,000 mg" in finding.message
    assert older.verdict == "within_margin"
    for part in ((food, water), (water, pills), (food, pills)):
        assert "calcium-over-limit" not in codes(tally(scenario(*part, age=60.0)))
    assert "calcium-over-limit" not in codes(tally(scenario(food, water, pills)))  # 2,500 mg at 34


def test_the_sentence_of_calcium() -> None:
    pills = intake("supplement", "calcium carbonate", "500 mg", label="elemental")
    told = calcium_sentence(account(tally(scenario(BEANS, pills, intake("supplement", "multivitamin", "50 mg")))))
    assert "546 mg a day is known" in told
    assert "46 mg from food, 500 mg from water, supplements and medicines" in told
    assert "need 1,000 mg (55" in told
    assert told.endswith("Not known: multivitamin.")
