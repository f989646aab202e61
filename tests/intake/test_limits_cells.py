"""Every cell of the two tables of magnesium, typed a second time, and what the output says of them."""

from __future__ import annotations

from typing import Any

import pytest

from anagen.evidence.parameters import STATUS_WORDS
from anagen.evidence.sources import bibliography
from anagen.intake.ledger import tally
from anagen.intake.limits import limits_for, table
from anagen.routine import Person
from anagen.scenario import Scenario

from .cells import Cell, cells, never_overlap
from .routines import codes, intake

UPPER = {
    "US": "1-4:65 4-9:110 9-:350",
    "EU": "4-:250",
    "UK": "18-:400",
    "DE": "4-:250",
    "NO": "1-3:85 3-10:120 10-18:280 18-:350",
    "WHO": "1-4:65 4-11:110 11-:350",
    "ANZ": "1-4:65 4-9:110 9-:350",
    "JP": "1-18:5/kg 18-:350",
}
REFERENCE = {
    "US": (
        "0-0.5:30 0.5-1:75 1-4:80 4-9:130 9-14:240 14-19M:410 14-19F:360 19-31M:400 19-31F:310 31-M:420 "
        "31-F:320 14-19Fp:400 19-31Fp:350 31-51Fp:360 14-19Fl:360 19-31Fl:310 31-51Fl:320"
    ),
    "EU": "0.583-1:80 1-3:170 3-10:230 10-18M:300 10-18F:250 18-M:350 18-F:300",
    "UK": (
        "1-4:85 4-7:120 7-11:200 11-15:280 15-M:300 15-19F:300 19-F:270 15-51Fl:320 0-0.25:55 "
        "0.25-0.5:60 0.5-0.75:75 0.75-1:80"
    ),
    "DE": (
        "19-M:350 19-F:300 0-0.333:24 0.333-1:80 1-4:170 4-7:190 7-10:240 10-13M:260 10-13F:230 "
        "13-15M:280 13-15F:250 15-19M:330 15-19F:260"
    ),
    "NO": "18-M:350 18-F:300 0.583-1:80 1-4:170 4-10:230 10-18M:300 10-18F:250",
    "WHO": (
        "1-4:60 4-7:76 7-10:100 10-19M:230 10-19F:220 19-66M:260 19-66F:220 66-M:224 66-F:190 "
        "10-51Fl:270 0-0.5:36 0.5-1:54"
    ),
    "ANZ": (
        "0-0.5:30 0.5-1:75 1-4:80 4-9:130 9-14:240 14-19M:410 14-19F:360 19-31M:400 19-31F:310 31-M:420 "
        "31-F:320 14-19Fp:400 19-31Fp:350 31-51Fp:360 14-19Fl:360 19-31Fl:310 31-51Fl:320"
    ),
    "JP": (
        "18-30M:340 18-30F:270 30-65M:370 30-65F:290 65-75M:350 65-75F:280 75-M:320 75-F:260 0-0.5:20 "
        "0.5-1:60 1-3M:70 1-3F:70 3-6M:100 3-6F:100 6-8M:130 6-8F:130 8-10M:170 8-10F:160 10-12M:210 "
        "10-12F:220 12-15M:290 12-15F:290 15-18M:360 15-18F:310 18-30Fp:310 30-51Fp:330"
    ),
}
PILL = intake("supplement", "multivitamin", "50 mg")


@pytest.mark.parametrize("cell", cells(UPPER), ids=lambda cell: cell.text)
def test_a_cell_of_the_upper_level(cell: Cell) -> None:
    for person in cell.people():
        assert limits_for(person).supplemental_ul_mg_per_day == cell.mg


@pytest.mark.parametrize("cell", cells(REFERENCE), ids=lambda cell: cell.text)
def test_a_cell_of_the_reference_intake(cell: Cell) -> None:
    for person in cell.people():
        assert limits_for(person).rda_mg_per_day == cell.mg


def test_no_cell_is_left_untested() -> None:
    assert len(table()["upper_level"]) == len(cells(UPPER))
    assert len(table()["reference_intake"]) == len(cells(REFERENCE))


def test_the_table_is_dated_sourced_and_does_not_overlap() -> None:
    assert table()["as_of"]
    for part in ("upper_level", "reference_intake"):
        assert never_overlap(table()[part])
        for row in table()[part]:
            assert row["source"] in bibliography()
            assert row["status"] in STATUS_WORDS
    for place in table()["jurisdiction"].values():
        assert place["counts"]
        assert place["end_point"]
        assert place["source"] in bibliography()


@pytest.mark.parametrize("place", ["US", "EU", "UK", "DE", "NO", "WHO", "ANZ", "JP"])
def test_infants_have_no_limit(place: Any) -> None:
    infant = Person(0.5, "female", jurisdiction=place, mass_kg=7)
    ledger = tally(Scenario(infant, (PILL,)))
    assert ledger.limits.supplemental_ul_mg_per_day is None
    assert ledger.verdict == "no_limit"
    assert "no-limit-for-age" in codes(ledger)


def test_no_body_mass_no_limit_by_mass() -> None:
    ledger = tally(Scenario(Person(10, "male", jurisdiction="JP"), (PILL,)))
    assert ledger.verdict == "no_limit"
    assert any("body mass, which is not given" in finding.message for finding in ledger.findings)


@pytest.mark.parametrize(
    ("place", "recalled"), [("US", False), ("EU", False), ("ANZ", True), ("JP", True), ("UK", True)]
)
def test_recalled_cells_are_marked(place: Any, recalled: bool) -> None:
    ledger = tally(Scenario(Person(34, "female", jurisdiction=place), (PILL,)))
    limits: Any = ledger.to_dict()["limits"]
    assert ("recalled-limit" in codes(ledger)) == recalled
    assert ("recalled, unchecked" in (limits["status"], limits["rda_status"])) == recalled
    for key in ("source", "status", "rda_source", "rda_status", "counts", "end_point", "as_of"):
        assert limits[key]


def test_a_recalled_need_alone_is_named_alone() -> None:
    ledger = tally(Scenario(Person(34, "female", jurisdiction="UK"), (PILL,)))
    (finding,) = [finding for finding in ledger.findings if finding.code == "recalled-limit"]
    assert finding.message.startswith("The reference intake used here (UK) is recalled")
    assert finding.sources == ("dh1991",)
