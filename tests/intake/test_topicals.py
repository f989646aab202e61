"""What is on the skin: areas, rinsing, the film in room air, and how it is borne."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anagen.evidence.parameters import parameters, value
from anagen.evidence.sources import bibliography
from anagen.intake.applied import dissolved, topical_item
from anagen.intake.catalogue import product_of
from anagen.intake.findings import FINDING_CODES
from anagen.intake.ledger import tally
from anagen.intake.products import Product
from anagen.intake.salts import salts_by_formula
from anagen.intake.skin import AREAS, area_of, equilibrium_fraction, film_strength, flux_bound, ideal_osmolality
from anagen.intake.tolerability import tolerability
from anagen.routine import Intake
from anagen.rules import NAMED_AREAS

from .routines import brine, codes, epsom_bath, intake, scenario

CHLORIDE, SULFATE = salts_by_formula()["MgCl2"], salts_by_formula()["MgSO4"]


def flux(one: Intake):
    product = product_of(one)
    assert isinstance(product, Product)
    return topical_item(one, product).flux_mg_per_day


@pytest.mark.parametrize(
    ("strength", "low", "mid", "high", "mid_8h", "high_8h"),
    [(25, 0.05, 0.5, 2.1, 3.9, 16), (50, 0.11, 1.0, 4.1, 7.8, 33), (101, 0.22, 2.0, 8.3, 15.7, 66),
     (120, 0.26, 2.3, 9.9, 18.7, 79)],
)  # fmt: skip
def test_the_table_of_bounds_at_the_strength_laid_on(
    strength: float, low: float, mid: float, high: float, mid_8h: float, high_8h: float
) -> None:
    """Per 600 cm2, worked out by hand from the permeabilities; no film argument: as laid on."""
    an_hour, eight = flux_bound(1e4, strength, 600, 1), flux_bound(1e4, strength, 600, 8)
    assert an_hour.low == pytest.approx(low, abs=0.006)
    assert an_hour.mid == pytest.approx(mid, abs=0.06)
    assert an_hour.high == pytest.approx(high, abs=0.06)
    assert eight.mid == pytest.approx(mid_8h, abs=0.15)
    assert eight.high == pytest.approx(high_8h, abs=0.6)


def test_a_saturated_film_can_be_asked_for() -> None:
    assert flux_bound(1e4, 25, 600, 8, film=120).high == pytest.approx(79, abs=0.6)
    assert flux_bound(1e4, 25, 600, 8, film=120).mid == flux_bound(1e4, 25, 600, 8).mid


def test_the_film_in_room_air() -> None:
    assert equilibrium_fraction(value("saturated_humidity")) == pytest.approx(0.354, abs=0.002)
    assert equilibrium_fraction(0.5) == pytest.approx(0.30, abs=0.005)
    assert film_strength(CHLORIDE) == pytest.approx(97, abs=2)
    assert film_strength(SULFATE) == 70


@settings(deadline=None)
@given(st.floats(0.31, 0.8), st.floats(0.31, 0.8))
def test_drier_air_makes_a_stronger_film(one: float, other: float) -> None:
    drier, damper = sorted((one, other))
    assert equilibrium_fraction(drier) >= equilibrium_fraction(damper)


def test_a_diluted_film_dries_down_unless_rinsed() -> None:
    weak, strong = brine("4 mL", "5 % w/w", contact_h=8.0), brine("4 mL", "31 % w/w", contact_h=8.0)
    assert flux(weak).mid < flux(strong).mid / 4
    assert flux(weak).high == pytest.approx(min(53.1, 63.9), rel=0.01), "capped at what was applied"
    rinsed = brine("4 mL", "5 % w/w", contact_h=0.2, rinse=True, contact_stated=True)
    left = brine("4 mL", "5 % w/w", contact_h=0.2)
    assert flux(rinsed).high < flux(left).high / 5
    assert flux(rinsed).mid == flux(left).mid
    slow = brine("4 mL", "5 % w/w", contact_h=1.0, rinse=True, contact_stated=True)
    assert flux(slow).high == flux(brine("4 mL", "5 % w/w", contact_h=1.0)).high


def test_a_shorter_contact_lowers_the_bound() -> None:
    assert flux(brine(contact_h=0.5)).high == pytest.approx(flux(brine(contact_h=8.0)).high / 16)


def test_rinsing_needs_a_contact() -> None:
    with pytest.raises(Exception, match="contact"):
        tally(scenario(brine(rinse=True)))


@pytest.mark.parametrize("name", NAMED_AREAS)
def test_every_named_area_has_a_record(name: str) -> None:
    assert area_of(brine(area_name=name)) == value(AREAS[name])
    assert set(AREAS) == set(NAMED_AREAS)


def test_areas_lie_in_order() -> None:
    sizes = [value(AREAS[name]) for name in ("thinning area", "scalp", "feet", "arms", "legs", "limbs", "whole body")]
    assert sizes == sorted(sizes)


@pytest.mark.parametrize("skin", ["broken", "shaved"])
def test_shaved_skin_is_treated_as_broken(skin: str) -> None:
    ledger = tally(scenario(brine(skin=skin)))
    assert ledger.totals.counted_evidence == ledger.totals.counted
    assert "broken-skin" in codes(ledger)
    assert "film-dries-down" not in codes(ledger)


def test_flakes_in_water() -> None:
    """10 g of hexahydrate in 10 mL of water is the 1 : 1 brine of 72 mg/mL."""
    assert dissolved(10, 10, salts_by_formula()["MgCl2.6H2O"]) == pytest.approx(72, rel=0.015)
    assert dissolved(100, 5, CHLORIDE) == dissolved(1, 0, CHLORIDE) == 121
    mixed = flux(intake("topical", "magnesium chloride flakes", "2 g", mixed_with=("water 10 mL",), contact_h=1.0))
    neat = flux(intake("topical", "magnesium chloride flakes", "2 g", contact_h=1.0))
    assert mixed.mid < neat.mid / 4


def test_density_is_told_with_its_error() -> None:
    (note,) = [one for one in tally(scenario(brine())).findings if one.code == "density-curve"]
    assert "4.05 mg" in note.message
    by_element = brine(strength="101 mg/mL")
    by_mass = brine("5 g")  # grams of so many percent by mass need no density
    assert all("density-curve" not in codes(tally(scenario(one))) for one in (by_element, by_mass))
    for one in (brine("5 g", "101 mg/mL"), brine("5 g", "31 % w/v")):
        assert "density-curve" in codes(tally(scenario(one)))


# --- how it is borne ---


@pytest.mark.parametrize(("percent", "osmolality"), [(0.01, 0.3), (0.03, 1.0), (0.05, 1.7), (0.10, 3.5), (0.31, 14.2)])
def test_ideal_osmolality(percent: float, osmolality: float) -> None:
    assert ideal_osmolality(CHLORIDE, percent) == pytest.approx(osmolality, rel=0.07)


def test_sulfate_falls_into_two() -> None:
    assert ideal_osmolality(SULFATE, 0.10) == pytest.approx(2 * 0.1 / 0.9 * 1000 / 120.36, rel=1e-3)


@pytest.mark.parametrize(
    ("strength", "source"),
    [("3 % w/w", "proksch2005"), ("10 % w/w", "johnson2018"), ("20 % w/w", "johnson2018"), ("31 % w/w", "engen2015")],
)
def test_the_ladder(strength: str, source: str) -> None:
    (note,) = [one for one in tolerability(brine(strength=strength)) if one.topic == "strength"]
    assert source in note.sources


def test_what_is_said_is_sourced_graded_and_no_advice() -> None:
    for one in (brine(), brine(strength="3 % w/w"), brine(skin="shaved"), brine(area_name="legs")):
        notes = tolerability(one)
        assert [note.topic for note in notes] == ["strength", "osmolality", "place", "habit", "stop signs"]
        for note in notes:
            assert set(note.sources) <= set(bibliography())
            assert ("Unproven" in str(note)) == (note.grade in ("D", "E"))
            assert "should" not in str(note)
    assert tolerability(epsom_bath()) == ()
    assert tolerability(intake("supplement", "magnesium oxide", "400 mg")) == ()
    assert tolerability(brine("0 mL")) == ()


def test_they_are_notes_and_stand_last() -> None:
    ledger = tally(scenario(brine("20 mL", "31 %", skin="broken", mixed_with=("olive oil",))))
    notes = [finding for finding in ledger.findings if finding.code == "tolerability"]
    assert notes
    assert {finding.severity for finding in notes} == {"note"}
    assert list(ledger.findings[-len(notes) :]) == notes
    assert set(codes(ledger)) <= set(FINDING_CODES)
    for finding in ledger.findings:
        assert set(finding.sources) <= set(bibliography())


def test_a_bath_says_what_stays_in_the_water() -> None:
    (note,) = [one for one in tally(scenario(epsom_bath())).findings if one.code == "bath-not-counted"]
    assert "49,300 mg" in note.message
    assert "0.27 mg" in note.message


def test_records_are_used() -> None:
    names = [record.name for record in parameters().values() if record.file in ("intake_skin", "intake_labels")]
    assert len(names) >= 25
