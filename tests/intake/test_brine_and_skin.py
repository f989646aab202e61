"""Brine, mixtures, and what could cross the skin."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anagen.intake.applied import topical_item
from anagen.intake.brine import magnesium_per_ml, mass_fraction_of, saturation, solution_density, volume_ml
from anagen.intake.catalogue import find_product
from anagen.intake.item import Item
from anagen.intake.mixture import diluting_volume_ml, ingredient
from anagen.intake.products import Product
from anagen.intake.salts import salts_by_formula
from anagen.intake.skin import flux_bound
from anagen.intake.tolerability import tolerability
from anagen.quantities import read_amount, read_strength
from anagen.routine import Intake

from .routines import brine, intake

CHLORIDE = salts_by_formula()["MgCl2"]
SULFATE = salts_by_formula()["MgSO4"]


def weigh(one: Intake) -> Item:
    product = find_product(one.kind, one.product)
    assert isinstance(product, Product)
    return topical_item(one, product)


@pytest.mark.parametrize(("percent", "density"), [(0, 0.9982), (10, 1.0816), (20, 1.1706), (30, 1.2688), (31, 1.279)])
def test_density_of_chloride_brine(percent: float, density: float) -> None:
    assert solution_density(CHLORIDE, percent / 100) == pytest.approx(density, abs=5e-4)


@pytest.mark.parametrize(
    ("strength", "mg_per_ml"),
    [
        ("31 % w/w", 101), ("31 %", 101), ("31 % w/v", 79), ("1 : 1 flakes : water by mass", 72), ("2 : 1", 102),
        ("1:2", 45), ("1:3", 33), ("101 mg/mL", 101), ("1 % w/w", 2.6), ("5 % w/w", 13.3), ("8 % w/w", 21.7),
        ("10 % w/w", 27.6), ("15 % w/w", 43.1), ("20 % w/w", 59.8), ("25 % w/w", 77.8),
    ],
)  # fmt: skip
def test_magnesium_per_ml(strength: str, mg_per_ml: float) -> None:
    assert magnesium_per_ml(read_strength(strength), CHLORIDE) == pytest.approx(mg_per_ml, rel=0.015)


def test_saturation_lies_just_above_a_saturated_brine() -> None:
    assert 118 < magnesium_per_ml(read_strength("35.4 % w/w"), CHLORIDE) < saturation(CHLORIDE) < 122
    assert magnesium_per_ml(read_strength("26 % w/w"), SULFATE) < saturation(SULFATE)


@settings(deadline=None)
@given(st.floats(0.0, 0.4))
def test_mass_fraction_turns_the_strength_round(fraction: float) -> None:
    per_ml = magnesium_per_ml(read_strength(f"{100 * fraction:.6f} % w/w"), CHLORIDE)
    assert mass_fraction_of(CHLORIDE, per_ml) == pytest.approx(fraction, abs=1e-7)


def test_a_mass_of_brine_by_its_density() -> None:
    assert volume_ml(12.79, 101.2, CHLORIDE) == pytest.approx(10.0, rel=1e-3)
    by_mass, by_volume = weigh(brine("5.117 g")), weigh(brine("4 mL"))
    assert by_mass.known_mg_per_day == pytest.approx(by_volume.known_mg_per_day, rel=1e-3)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (brine("4 mL"), 405), (brine("4 mL", "31 % w/v"), 316.6), (brine("4 mL", "10 % w/w"), 110),
        (brine("4 mL", "5 % w/w"), 53), (brine("1 mL"), 101), (brine("10 sprays", spray_volume_ml=0.15), 152),
        (brine("4 mL", per="week", times=2.0), 115.7),
        (intake("topical", "magnesium chloride flakes", "10 g"), 1196),
        (intake("topical", "magnesium chloride flakes", "4 mL", "1 : 1 flakes : water by mass"), 288),
        (intake("topical", "epsom salt", "1 tsp"), 495),
        (intake("topical", "magnesium chloride flakes", "6 g", "1 : 1 flakes : water by mass"), 358.7),
        (intake("topical", "magnesium chloride flakes", "6 g", "10 % w/w"), 71.7),
        (intake("topical", "magnesium chloride flakes", "6 g"), 717.3),
        (intake("topical", "epsom salt", "10 g", "1 : 3"), 246.5),
        (brine("6 g", "1 : 1 flakes : water by mass"), 358.7),
    ],
)  # fmt: skip
def test_magnesium_on_the_skin(one: Intake, expected: float) -> None:
    assert weigh(one).elemental_mg_per_day == pytest.approx(expected, rel=0.01)


def test_flakes_with_a_strength_are_their_solution_in_grams_as_in_milliliters() -> None:
    by_mass = intake("topical", "magnesium chloride flakes", "10 g", "1 : 1 flakes : water by mass", contact_h=8.0)
    oil = brine("10 g", "1 : 1 flakes : water by mass", contact_h=8.0)
    assert weigh(by_mass).flux_mg_per_day == weigh(oil).flux_mg_per_day
    assert weigh(by_mass).flux_mg_per_day.mid < weigh(replace(by_mass, strength=None)).flux_mg_per_day.mid
    (note,) = [finding for finding in weigh(by_mass).findings if finding.code == "solution-weighed"]
    assert note.severity == "note"
    assert "598 mg" in note.message
    assert "1,200 mg" in note.message
    assert "23.4 % magnesium chloride" in str(tolerability(by_mass)[0])
    for without in (replace(by_mass, strength=None), replace(by_mass, amount=read_amount("4 mL")), oil):
        assert "solution-weighed" not in [finding.code for finding in weigh(without).findings]


def test_thread_flux_over_the_whole_scalp() -> None:
    flux = weigh(brine("4 mL", contact_h=8.0)).flux_mg_per_day
    assert flux.mid == pytest.approx(15.7, rel=0.02)
    assert flux.high == pytest.approx(66, rel=0.02)
    assert weigh(brine("4 mL", contact_h=1.0)).flux_mg_per_day.low == pytest.approx(0.22, rel=0.03)


def test_a_longer_day_than_a_day_is_not_counted_twice() -> None:
    once, four_times = brine("4 mL", contact_h=24.0), brine("4 mL", contact_h=24.0, times=4.0)
    assert weigh(four_times).flux_mg_per_day.high == pytest.approx(weigh(once).flux_mg_per_day.high)


def test_named_areas() -> None:
    whole, thinning = brine(contact_h=8.0), brine(contact_h=8.0, area_name="thinning area")
    measured = brine(contact_h=8.0, area_cm2=200.0)
    assert weigh(thinning).flux_mg_per_day.mid == pytest.approx(weigh(whole).flux_mg_per_day.mid / 3)
    assert weigh(measured).flux_mg_per_day == weigh(thinning).flux_mg_per_day


def test_broken_skin_lets_all_of_it_in() -> None:
    item = weigh(brine(skin="broken"))
    assert item.counted_evidence_mg_per_day == item.counted_mg_per_day
    assert "broken-skin" in [finding.code for finding in item.findings]


def test_water_and_aloe_weaken_but_take_nothing_away() -> None:
    neat, mixed = weigh(brine(contact_h=8.0)), weigh(brine(contact_h=8.0, mixed_with=("aloe gel 4 mL",)))
    assert mixed.known_mg_per_day == neat.known_mg_per_day
    assert mixed.flux_mg_per_day.mid == pytest.approx(neat.flux_mg_per_day.mid / 2)


def test_oil_does_not_mix() -> None:
    neat, oily = weigh(brine(contact_h=8.0)), weigh(brine(contact_h=8.0, mixed_with=("coconut oil 4 mL",)))
    assert [finding.code for finding in oily.findings] == ["does-not-mix-with-oil"]
    assert oily.flux_mg_per_day == neat.flux_mg_per_day


@pytest.mark.parametrize(
    ("text", "volume", "oil"),
    [("aloe gel 4 mL", 4.0, False), ("water 10 mL", 10.0, False), ("jojoba oil 2 mL", 2.0, True), ("aloe", None, False),
     ("shea butter", None, True), ("magnesium oil 2 mL", 2.0, False), ("foil 3 mL", 3.0, False), ("", None, False),
     ("aloe 3 g", None, False), ("aloe 3 zorks", None, False)],
)  # fmt: skip
def test_ingredients(text: str, volume: float | None, oil: bool) -> None:
    assert ingredient(text).volume_ml == volume
    assert ingredient(text).is_oil == oil


@settings(deadline=None)
@given(st.lists(st.text(max_size=90), max_size=5))
def test_no_ingredient_breaks_the_reading(texts: list[str]) -> None:
    assert diluting_volume_ml(tuple(texts)) >= 0


def test_too_much_for_a_film() -> None:
    found = [finding.code for finding in weigh(brine("20 mL")).findings]
    assert found == ["film-limit"]


def test_bare_percentage_is_told_both_ways() -> None:
    (finding,) = weigh(brine("4 mL", "31 %")).findings
    assert finding.code == "ambiguous-label"
    assert "405" in finding.message
    assert "317" in finding.message


def test_lotion_without_strength_counts_the_strongest() -> None:
    item = weigh(intake("topical", "magnesium lotion", "4 mL"))
    assert item.known_mg_per_day == pytest.approx(4 * 43.1, rel=0.01)
    assert item.findings[0].code == "ambiguous-label"


@settings(deadline=None)
@given(st.floats(0, 1e4), st.floats(0, 200), st.floats(0, 2e4), st.floats(0, 24))
def test_flux_is_never_more_than_applied_and_rises(applied: float, strength: float, area: float, hours: float) -> None:
    flux = flux_bound(applied, strength, area, hours)
    assert 0 <= flux.low <= flux.mid <= flux.high <= applied
    assert flux_bound(applied, strength, area, hours / 2).high <= flux.high
