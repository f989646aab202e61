"""Each cell of the limits, the kidney bands, and eGFR from creatinine."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from anagen.intake.kidney import band_of, egfr_of, filtration_rate
from anagen.intake.limits import limits_for, table
from anagen.routine import Jurisdiction, Person, Sex

UPPER: list[tuple[Jurisdiction, float, float | None]] = [
    ("US", 0.5, None),
    ("US", 1, 65),
    ("US", 3.9, 65),
    ("US", 4, 110),
    ("US", 8.9, 110),
    ("US", 9, 350),
    ("US", 18, 350),
    ("US", 34, 350),
    ("US", 90, 350),
    ("EU", 3.9, None),
    ("EU", 4, 250),
    ("EU", 34, 250),
    ("DE", 3, None),
    ("DE", 4, 250),
    ("DE", 60, 250),
    ("UK", 34, 400),
    ("UK", 10, None),
    ("NO", 0.9, None),
    ("NO", 2, 85),
    ("NO", 5, 120),
    ("NO", 12, 280),
    ("NO", 16, 280),
    ("NO", 18, 350),
    ("WHO", 2, 65),
    ("WHO", 10, 110),
    ("WHO", 11, 350),
    ("WHO", 34, 350),
    ("ANZ", 2, 65),
    ("ANZ", 5, 110),
    ("ANZ", 34, 350),
    ("JP", 34, 350),
    ("JP", 10, None),
]


@pytest.mark.parametrize(("place", "age", "limit"), UPPER)
@pytest.mark.parametrize("sex", ["female", "male"])
def test_upper_level(place: Jurisdiction, age: float, limit: float | None, sex: Sex) -> None:
    limits = limits_for(Person(age, sex, jurisdiction=place))
    assert limits.supplemental_ul_mg_per_day == limit
    assert (limits.allowance_mg_per_day is None) == (limit is None)


@pytest.mark.parametrize(
    ("state", "place", "limit"), [("pregnant", "US", 350), ("lactating", "US", 350), ("pregnant", "EU", 250)]
)
def test_pregnancy_leaves_the_limit(state: str, place: Jurisdiction, limit: float) -> None:
    keys: dict[str, Any] = {state: True}
    assert limits_for(Person(30, "female", jurisdiction=place, **keys)).supplemental_ul_mg_per_day == limit


REFERENCE: list[tuple[Jurisdiction, float, Sex, str, float | None]] = [
    ("US", 0.2, "male", "", 30),
    ("US", 0.7, "male", "", 75),
    ("US", 2, "female", "", 80),
    ("US", 6, "male", "", 130),
    ("US", 11, "female", "", 240),
    ("US", 16, "male", "", 410),
    ("US", 16, "female", "", 360),
    ("US", 25, "male", "", 400),
    ("US", 25, "female", "", 310),
    ("US", 34, "male", "", 420),
    ("US", 34, "female", "", 320),
    ("US", 80, "female", "", 320),
    ("US", 17, "female", "pregnant", 400),
    ("US", 25, "female", "pregnant", 350),
    ("US", 35, "female", "pregnant", 360),
    ("US", 17, "female", "lactating", 360),
    ("US", 25, "female", "lactating", 310),
    ("US", 35, "female", "lactating", 320),
    ("EU", 34, "male", "", 350),
    ("EU", 34, "female", "", 300),
    ("EU", 34, "female", "pregnant", 300),
    ("EU", 0.8, "male", "", 80),
    ("EU", 2, "male", "", 170),
    ("EU", 7, "female", "", 230),
    ("EU", 14, "male", "", 300),
    ("EU", 14, "female", "", 250),
    ("UK", 34, "male", "", 300),
    ("UK", 34, "female", "", 270),
    ("ANZ", 34, "male", "", 420),
    ("ANZ", 25, "female", "", 310),
    ("JP", 40, "male", "", 370),
    ("JP", 40, "female", "", 290),
    ("WHO", 34, "male", "", 260),
    ("DE", 10, "male", "", 260),
]


@pytest.mark.parametrize(("place", "age", "sex", "state", "rda"), REFERENCE)
def test_reference_intake(place: Jurisdiction, age: float, sex: Sex, state: str, rda: float | None) -> None:
    keys: dict[str, Any] = {state: True} if state else {}
    assert limits_for(Person(age, sex, jurisdiction=place, **keys)).rda_mg_per_day == rda


def test_japanese_children_by_body_mass() -> None:
    child = Person(10, "male", mass_kg=30, jurisdiction="JP")
    assert limits_for(child).supplemental_ul_mg_per_day == 150


def test_allowance_is_the_margin_of_the_limit() -> None:
    assert limits_for(Person(34, "female")).allowance_mg_per_day == 122.5


@pytest.mark.parametrize(
    ("place", "counts"), [("US", False), ("EU", True), ("WHO", True), ("DE", False), ("UK", False)]
)
def test_where_water_counts(place: Jurisdiction, counts: bool) -> None:
    assert limits_for(Person(34, "male", jurisdiction=place)).counts_water is counts


def test_rows_of_one_place_do_not_overlap() -> None:
    for part in ("upper_level", "reference_intake"):
        for place in table()["jurisdiction"]:
            for sex in ("female", "male"):
                for state in (None, "pregnant", "lactating"):
                    rows = [
                        (row["age_from"], row.get("age_to", float("inf")))
                        for row in table()[part]
                        if row["jurisdiction"] == place and row.get("sex", sex) == sex and row.get("state") == state
                    ]
                    rows.sort()
                    assert all(first[1] <= second[0] for first, second in pairwise(rows))


@pytest.mark.parametrize(
    ("egfr", "band", "limit"),
    [
        (95, "normal", 350),
        (60, "normal", 350),
        (59.9, "half", 175),
        (45, "half", 175),
        (44.9, "clinician", 175),
        (30, "clinician", 175),
        (29.9, "stop", 0),
        (None, "unknown", 350),
    ],
)
def test_kidney_bands(egfr: float | None, band: str, limit: float) -> None:
    assert band_of(egfr) == band
    assert limits_for(Person(50, "male", egfr=egfr)).supplemental_ul_mg_per_day == limit


@pytest.mark.parametrize(
    ("creatinine", "age", "sex", "expected"),
    # worked by hand from the published equation
    [
        (1.0, 50, "male", 92),
        (1.0, 50, "female", 69),
        (0.7, 30, "female", 119),
        (2.5, 70, "male", 27),
        (0.6, 30, "male", 133),
    ],
)
def test_egfr_from_creatinine(creatinine: float, age: float, sex: Sex, expected: float) -> None:
    assert filtration_rate(creatinine, age, sex) == pytest.approx(expected, abs=1)
    assert egfr_of(Person(age, sex, creatinine_mg_dl=creatinine)) == pytest.approx(expected, abs=1)
    assert egfr_of(Person(age, sex, egfr=77, creatinine_mg_dl=creatinine)) == 77


def test_no_egfr_for_a_child_or_without_creatinine() -> None:
    assert egfr_of(Person(10, "male", creatinine_mg_dl=0.5)) is None
    assert egfr_of(Person(40, "male")) is None
