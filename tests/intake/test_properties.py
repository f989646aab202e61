"""What holds for every routine a file could hold: the ledger as arithmetic."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anagen.intake.ledger import Ledger, tally
from anagen.quantities import read_amount
from anagen.routine import Intake, Person
from anagen.scenario import Scenario

from .routines import intake

ORDER = ("within_margin", "within_limit", "ask_clinician", "over_limit")
DIGITS = {"rel": 1e-9, "abs": 1e-7}
MASS_MG, VOLUME_ML, TIMES = st.floats(1, 2000), st.floats(0.1, 20), st.floats(0.2, 4)
ORAL = st.sampled_from(["magnesium oxide", "magnesium citrate", "magnesium glycinate", "magnesium", "multivitamin"])
LABEL: st.SearchStrategy[Any] = st.sampled_from([None, "compound", "elemental"])
PLACES: st.SearchStrategy[Any] = st.sampled_from(["US", "EU", "UK", "DE", "NO", "WHO", "ANZ", "JP"])
FOODS = ["black beans, boiled", "brown rice, cooked", "oats, cooked"]


@st.composite
def supplements(draw: st.DrawFn) -> Intake:
    return intake("supplement", draw(ORAL), f"{draw(MASS_MG)} mg", label=draw(LABEL), times=draw(TIMES))


@st.composite
def medicines(draw: st.DrawFn) -> Intake:
    name = draw(st.sampled_from(["milk of magnesia", "antacid", "magnesium citrate laxative", "epsom salt"]))
    return intake("medicine", name, f"{draw(VOLUME_ML)} mL", times=draw(TIMES))


@st.composite
def brines(draw: st.DrawFn) -> Intake:
    strength = f"{draw(st.floats(1, 34))} % {draw(st.sampled_from(['w/w', 'w/v']))}"
    contact = draw(st.floats(0.1, 24))
    amount = f"{draw(VOLUME_ML)} mL"
    return intake("topical", "magnesium chloride brine", amount, strength, times=draw(TIMES), contact_h=contact)


@st.composite
def baths(draw: st.DrawFn) -> Intake:
    keys: dict[str, Any] = {"volume_l": draw(st.floats(50, 300)), "duration_h": draw(st.floats(0.1, 1))}
    return intake("bath", "epsom salt", f"{draw(st.floats(50, 2000))} g", times=draw(TIMES), **keys)


@st.composite
def waters(draw: st.DrawFn) -> Intake:
    return intake("water", "spring", f"{draw(st.floats(0.1, 3))} L", f"{draw(st.floats(1, 500))} mg/L")


@st.composite
def meals(draw: st.DrawFn) -> Intake:
    return intake("food", draw(st.sampled_from(FOODS)), f"{draw(st.floats(1, 500))} g")


SUPPLEMENTAL = st.one_of(supplements(), medicines(), brines(), baths())
ANY = st.one_of(SUPPLEMENTAL, waters(), meals())
PEOPLE = st.builds(
    Person, age=st.floats(19, 90), sex=st.sampled_from(["female", "male"]), jurisdiction=PLACES,
    margin=st.floats(0, 1), egfr=st.none() | st.floats(31, 130), pregnant=st.booleans(),
)  # fmt: skip


def weigh(person: Person, *routine: Intake) -> Ledger:
    return tally(Scenario(person, routine))


def scaled(one: Intake, share: float) -> Intake:
    return replace(one, amount=replace(one.amount, magnitude=one.amount.magnitude * share))


@settings(max_examples=150, deadline=None)
@given(PEOPLE, st.lists(ANY, max_size=3), st.lists(ANY, max_size=3))
def test_additive_over_items(person: Person, some: list[Intake], others: list[Intake]) -> None:
    one, two, both = weigh(person, *some), weigh(person, *others), weigh(person, *some, *others)
    for total in ("food", "water", "supplement", "medicine", "skin_applied", "counted", "counted_evidence"):
        parts = getattr(one.totals, total) + getattr(two.totals, total)
        assert getattr(both.totals, total) == pytest.approx(parts, **DIGITS)
    assert both.totals.skin_flux.high == pytest.approx(one.totals.skin_flux.high + two.totals.skin_flux.high, **DIGITS)
    assert both.calcium.food_mg_per_day == pytest.approx(
        one.calcium.food_mg_per_day + two.calcium.food_mg_per_day, **DIGITS
    )


@settings(max_examples=150, deadline=None)
@given(PEOPLE, ANY, st.floats(0.01, 1))
def test_linear_in_the_amount(person: Person, one: Intake, share: float) -> None:
    whole, part = weigh(person, one).items[0], weigh(person, scaled(one, share)).items[0]
    assert part.known_mg_per_day == pytest.approx(share * whole.known_mg_per_day, **DIGITS)
    assert part.counted_mg_per_day == pytest.approx(share * whole.counted_mg_per_day, **DIGITS)


@settings(max_examples=100, deadline=None)
@given(PEOPLE, meals(), waters())
def test_food_never_counts_and_water_only_where_it_does(person: Person, meal: Intake, water: Intake) -> None:
    ledger = weigh(person, meal, water)
    assert ledger.items[0].counted_mg_per_day == 0
    if not ledger.limits.counts_water:
        assert ledger.totals.counted == 0
    assert weigh(replace(person, jurisdiction="US"), meal, water).totals.counted == 0


@settings(max_examples=100, deadline=None)
@given(PEOPLE, st.lists(ANY, max_size=3), SUPPLEMENTAL)
def test_never_lower_with_one_thing_more(person: Person, routine: list[Intake], more: Intake) -> None:
    before, after = weigh(person, *routine), weigh(person, *routine, more)
    assert after.totals.counted >= before.totals.counted - 1e-9
    assert after.totals.counted_evidence >= before.totals.counted_evidence - 1e-9


@settings(max_examples=100, deadline=None)
@given(PEOPLE, st.lists(SUPPLEMENTAL, max_size=3), SUPPLEMENTAL)
def test_the_verdict_never_eases_with_one_thing_more(person: Person, routine: list[Intake], more: Intake) -> None:
    before, after = weigh(person, *routine).verdict, weigh(person, *routine, more).verdict
    assert ORDER.index(before) <= ORDER.index(after)


@settings(max_examples=100, deadline=None)
@given(PEOPLE, supplements(), st.floats(0, 1), st.floats(0, 1))
def test_the_verdict_never_eases_with_a_smaller_margin(person: Person, one: Intake, low: float, high: float) -> None:
    low, high = sorted((low, high))
    strict, loose = (weigh(replace(person, margin=margin), one).verdict for margin in (low, high))
    assert ORDER.index(loose) <= ORDER.index(strict)


@settings(max_examples=100, deadline=None)
@given(PEOPLE, st.one_of(supplements(), medicines(), brines(), waters()), st.floats(0.05, 0.95))
def test_splitting_changes_nothing(person: Person, one: Intake, share: float) -> None:
    """Of the count by the cautious rule: what could cross the skin depends on how long each part lies on it."""
    whole, split = weigh(person, one), weigh(person, scaled(one, share), scaled(one, 1 - share))
    assert split.totals.counted == pytest.approx(whole.totals.counted, **DIGITS)


@settings(max_examples=100, deadline=None)
@given(PEOPLE, SUPPLEMENTAL, st.integers(2, 4))
def test_one_thing_twice_is_the_thing_two_times(person: Person, one: Intake, times: int) -> None:
    once = replace(one, times=1.0, contact_h=min(one.contact_h, 24 / times))
    many, repeated = weigh(person, replace(once, times=float(times))), weigh(person, *[once] * times)
    assert many.totals.counted == pytest.approx(repeated.totals.counted, **DIGITS)
    assert many.totals.counted_evidence == pytest.approx(repeated.totals.counted_evidence, **DIGITS)


@settings(max_examples=100, deadline=None)
@given(PEOPLE, SUPPLEMENTAL, st.floats(0.2, 3))
def test_a_day_and_a_week_are_the_same(person: Person, one: Intake, times: float) -> None:
    daily = replace(one, per="day", times=times, contact_h=1.0)
    weekly = replace(daily, per="week", times=7 * times)
    assert weigh(person, weekly).totals.counted == pytest.approx(weigh(person, daily).totals.counted, **DIGITS)


SPELLINGS = [
    ("supplement", "magnesium oxide", ("400 mg", "0.4 g", "400000 ug", "0.0004 kg"), {"label": "compound"}),
    ("medicine", "milk of magnesia", ("15 mL", "0.015 L", "1.5 cL"), {}),
    ("topical", "magnesium chloride flakes", ("2 g", "2000 mg", "0.002 kg"), {}),
    ("bath", "epsom salt", ("500 g", "0.5 kg"), {"volume_l": 150.0, "duration_h": 0.5}),
]


@pytest.mark.parametrize(("kind", "product", "amounts", "keys"), SPELLINGS)
def test_units_change_nothing(kind: Any, product: str, amounts: tuple[str, ...], keys: dict[str, Any]) -> None:
    counts = [weigh(Person(34, "female"), intake(kind, product, text, **keys)).totals.counted for text in amounts]
    assert counts == [pytest.approx(counts[0], rel=1e-9)] * len(amounts)


@settings(max_examples=60, deadline=None)
@given(st.floats(0.001, 5))
def test_grams_and_milligrams_are_one(grams: float) -> None:
    in_g, in_mg = read_amount(f"{grams:.9f} g"), read_amount(f"{grams * 1000:.6f} mg")
    assert in_g.magnitude == pytest.approx(in_mg.magnitude, rel=1e-9)


@settings(max_examples=60, deadline=None)
@given(PEOPLE, st.lists(ANY, max_size=4), st.randoms())
def test_the_order_of_lines_changes_nothing(person: Person, routine: list[Intake], luck: Any) -> None:
    mixed = list(routine)
    luck.shuffle(mixed)
    one, other = weigh(person, *routine), weigh(person, *mixed)
    assert one.totals.counted == pytest.approx(other.totals.counted, **DIGITS)
    assert one.verdict == other.verdict
