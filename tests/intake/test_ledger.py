"""The ledger: the thread's routine, the contract of its JSON, and what holds for every routine."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anagen.errors import ScenarioError
from anagen.intake.absorption import absorbed, salt_multiplier
from anagen.intake.check import check_intake
from anagen.intake.foods import foods
from anagen.intake.ledger import Ledger, tally
from anagen.intake.products import products
from anagen.quantities import Amount, Strength
from anagen.routine import Intake, Kind, Medicine, Person
from anagen.scenario import Scenario
from anagen.show.account import account
from anagen.show.explain import explain
from anagen.show.ledger_words import limits_sentence, verdict_words

from .routines import brine, epsom_bath, intake, scenario

MULTIVITAMIN = intake("supplement", "multivitamin", "50 mg")
BEANS = intake("food", "black beans, boiled", "1 cup")
RICE = intake("food", "brown rice, cooked", "1 cup")


def test_the_thread() -> None:
    ledger = tally(scenario(brine(contact_h=8.0), MULTIVITAMIN, BEANS, RICE, epsom_bath()))
    totals = ledger.totals
    assert totals.skin_applied == pytest.approx(405, rel=0.01)
    assert totals.supplement == 50
    assert totals.food == pytest.approx(199, abs=1)
    assert totals.counted == pytest.approx(455 + 0.08, rel=0.01)
    assert totals.counted_evidence == pytest.approx(116, rel=0.02)
    assert ledger.verdict == "over_limit"
    assert ledger.exit_status == 1


def test_the_thread_revised() -> None:
    ledger = tally(scenario(MULTIVITAMIN, BEANS, RICE))
    assert ledger.verdict == "within_margin"
    assert ledger.exit_status == 0


@pytest.mark.parametrize(
    ("amount", "verdict"),
    [("122.5 mg", "within_margin"), ("123 mg", "within_limit"), ("350 mg", "within_limit"), ("351 mg", "over_limit")],
)
def test_verdict_at_the_edges(amount: str, verdict: str) -> None:
    assert tally(scenario(intake("supplement", "magnesium", amount))).verdict == verdict


@pytest.mark.parametrize(
    ("egfr", "amount", "verdict", "status"),
    [
        (45.0, "50 mg", "within_margin", 0), (44.9, "50 mg", "ask_clinician", 1), (30.0, "1 mg", "ask_clinician", 1),
        (40.0, "175 mg", "ask_clinician", 1), (40.0, "176 mg", "over_limit", 1), (29.9, "1 mg", "do_not_use", 1),
        (40.0, "0 mg", "within_margin", 0),
    ],
)  # fmt: skip
def test_what_is_only_for_a_clinician_is_never_within_the_margin(
    egfr: float, amount: str, verdict: str, status: int
) -> None:
    for kind in ("supplement", "topical"):
        one = brine(f"{float(amount.split()[0]) / 101:.9f} mL", "101 mg/mL") if kind == "topical" else None
        ledger = tally(scenario(one or intake("supplement", "magnesium", amount), egfr=egfr, margin=1.0))
        assert (ledger.verdict, ledger.exit_status) == (verdict, status)
        assert ledger.limits.allowance_mg_per_day == (0 if egfr < 30 else 175)
        assert ledger.limits.unasked_mg_per_day == (175 if egfr >= 45 else 0)


def test_a_clinician_is_asked_for_where_no_limit_is_known_either() -> None:
    ledger = tally(scenario(intake("supplement", "magnesium", "20 mg"), age=3.0, jurisdiction="EU", egfr=40.0))
    assert ledger.limits.supplemental_ul_mg_per_day is None
    assert ledger.verdict == "ask_clinician"
    assert tally(scenario(BEANS, egfr=40.0)).verdict == "within_margin"


def test_the_verdict_in_words() -> None:
    ledger = tally(scenario(MULTIVITAMIN, egfr=40.0))
    assert verdict_words(account(ledger)) == "Only with a clinician"
    assert "for a clinician to decide" in limits_sentence(account(ledger))
    steps = {step.name: step.says for step in explain(scenario(MULTIVITAMIN, egfr=40.0), ledger).limits}
    assert steps["verdict"] == "50 mg counted: only with a clinician"
    assert "only with a clinician" in steps["kidneys"]


@pytest.mark.parametrize(
    ("one", "arithmetic"),
    [
        (brine(), "4 mL x 101 mg/mL = 405 mg on the skin a day"),
        (brine(per="week", times=2.0), "4 mL x 101 mg/mL = 405 mg on the skin, twice a week = 116 mg a day"),
        (
            intake("supplement", "magnesium oxide", "400 mg", label="compound"),
            "400 mg magnesium oxide x 60.3 % = 241 mg",
        ),
        (BEANS, "1 cup black beans, boiled (172 g) x 70 mg/100 g = 120 mg"),
        (intake("medicine", "milk of magnesia", "30 mL"), "30 mL milk of magnesia x 33.3 mg/mL = 1,000 mg"),
        (
            intake("medicine", "magnesium oxide tablets", "1 tablet"),
            "1 tablet x 400 mg magnesium oxide tablets, 400 mg x 60.3 % = 241 mg",
        ),
        (intake("water", "Gerolsteiner", "1.5 L", "108 mg/L"), "1.5 L Gerolsteiner x 108 mg/L = 162 mg"),
        (
            epsom_bath(),
            "500 g Epsom salt puts 49,300 mg in the water; at most 0.27 mg could cross the skin in 20 min,"
            " twice a week = 0.0771 mg a day",
        ),
    ],
)
def test_arithmetic_in_words(one: Intake, arithmetic: str) -> None:
    assert tally(scenario(one)).items[0].arithmetic == arithmetic


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (intake("medicine", "milk of magnesia", "15 mL"), 500),
        (intake("medicine", "magnesium citrate laxative", "10 fl oz"), 2900),
        (intake("medicine", "epsom salt", "1 tsp"), 495),
        (intake("medicine", "antacid", "10 mL"), 175),
        (intake("medicine", "maximum strength antacid", "10 mL"), 350),
        (intake("medicine", "magnesium oxide tablets", "1 tablet"), 241.2),
        (intake("medicine", "milk of magnesia", "5 mL", "8 % w/v"), 166.7),
        (intake("supplement", "magnesium citrate", "2 tablets", unit_mass_mg=500.0, label="compound"), 161.6),
        (intake("supplement", "magnesium citrate", "2 tablets", unit_mass_mg=100.0, label="elemental"), 200),
    ],
)
def test_labels(one: Intake, expected: float) -> None:
    assert tally(scenario(one)).totals.counted == pytest.approx(expected, rel=1e-3)


def test_a_bath_never_counts_its_mass() -> None:
    ledger = tally(scenario(epsom_bath(per="day", times=1.0)))
    assert ledger.items[0].elemental_mg_per_day == pytest.approx(49300, rel=0.01)
    assert ledger.totals.counted == pytest.approx(0.27, rel=0.02)
    assert ledger.totals.counted == ledger.totals.counted_evidence
    assert ledger.totals.skin_applied == 0
    assert ledger.verdict == "within_margin"


def test_the_json_contract() -> None:
    ledger = tally(scenario(brine(), MULTIVITAMIN, BEANS, epsom_bath()))
    result: dict[str, Any] = json.loads(json.dumps(ledger.to_dict(), allow_nan=False))
    assert list(result) == [
        "limits",
        "totals_mg_per_day",
        "items",
        "findings",
        "verdict",
        "calcium",
        "clock",
    ]
    assert list(result["limits"])[:6] == [
        "jurisdiction",
        "supplemental_ul_mg_per_day",
        "margin",
        "allowance_mg_per_day",
        "rda_mg_per_day",
        "table_ul_mg_per_day",
    ]
    assert list(result["totals_mg_per_day"]) == [
        "food",
        "water",
        "supplement",
        "medicine",
        "skin_applied",
        "skin_flux",
        "counted",
        "counted_evidence",
    ]
    assert list(result["totals_mg_per_day"]["skin_flux"]) == ["low", "mid", "high"]
    for item in result["items"]:
        assert list(item)[:5] == ["name", "kind", "elemental_mg_per_day", "counted_mg_per_day", "arithmetic"]
    for finding in result["findings"]:
        assert list(finding) == ["code", "severity", "item", "message", "sources"]


# --- what holds for every routine ---

MIXED = ["aloe gel 4 mL", "water 2 mL", "jojoba oil", "tea"]
POSITIVE = st.floats(0.01, 100)


@st.composite
def intakes(draw: st.DrawFn) -> Intake:
    """Any intake a file could hold, sensible or not."""
    kind: Kind = draw(st.sampled_from(["food", "water", "supplement", "medicine", "topical", "bath"]))
    if kind == "food":
        name = draw(st.sampled_from([food.name for food in foods()]))
    else:
        name = "spring" if kind == "water" else draw(st.sampled_from([product.name for product in products(kind)]))
    measure: Any = draw(st.sampled_from(["mass", "volume", "count"]))
    counted = draw(st.sampled_from(["spray", "tablet", "sachet", "serving", "piece"])) if measure == "count" else ""
    scale = 1000.0 if measure == "mass" else 1.0
    amount = Amount("some", draw(POSITIVE) * scale, measure, counted)
    strength_kind: Any = draw(st.sampled_from([None, "w/w", "w/v", "mg/mL", "parts"]))
    strength = None
    if strength_kind is not None:
        top = 200.0 if strength_kind == "mg/mL" else 1.0
        strength = Strength("some", strength_kind, draw(st.floats(0, top)), draw(st.booleans()))
    return Intake(
        kind,
        name,
        amount,
        per=draw(st.sampled_from(["day", "week"])),
        times=draw(st.floats(0.1, 60)),
        at=draw(st.sampled_from([(), ("07:00",), ("07:00", "19:30")])),
        label=draw(st.sampled_from([None, "compound", "elemental"])),
        strength=strength,
        unit_mass_mg=draw(st.none() | st.floats(1, 2e4)),
        coating=draw(st.sampled_from(["enteric", "none"])),
        spray_volume_ml=draw(st.none() | st.floats(0.01, 8)),
        area_cm2=draw(st.none() | st.floats(1, 3e4)),
        area_name=draw(st.sampled_from(["scalp", "thinning area"])),
        contact_h=draw(st.floats(0, 30)),
        skin=draw(st.sampled_from(["intact", "broken"])),
        mixed_with=tuple(draw(st.lists(st.sampled_from(MIXED), max_size=2))),
        volume_l=draw(st.none() | st.floats(0, 2000)),
        duration_h=draw(st.none() | st.floats(0, 30)),
        from_age=draw(st.none() | st.floats(20, 60)),
        to_age=draw(st.none() | st.floats(20, 60)),
    )


PEOPLE = st.builds(
    Person,
    age=st.floats(0, 110),
    sex=st.sampled_from(["female", "male"]),
    mass_kg=st.none() | st.floats(3, 200),
    egfr=st.none() | st.floats(1, 150),
    creatinine_mg_dl=st.none() | st.floats(0.1, 10),
    jurisdiction=st.sampled_from(["US", "EU", "UK", "DE", "NO", "WHO", "ANZ", "JP"]),
    margin=st.floats(0.05, 1),
    pregnant=st.booleans(),
    lactating=st.booleans(),
    conditions=st.sampled_from([(), ("myasthenia gravis",), ("gout",), ("kidney stones",)]),
    medicines=st.sampled_from([(), (Medicine("levothyroxine", "07:00"),), (Medicine("zork"),)]),
)


def usable(one: Intake) -> bool:
    return check_intake(one) == []


@settings(max_examples=300, deadline=None)
@given(intakes(), st.floats(0, 1e300) | st.none())
def test_checking_never_raises(one: Intake, size: float | None) -> None:
    if size is not None:
        one = replace(one, amount=replace(one.amount, magnitude=size))
    for key, _, mend in check_intake(one):
        assert key
        assert mend


@settings(max_examples=200, deadline=None)
@given(PEOPLE, st.lists(intakes().filter(usable), max_size=4))
def test_sums_and_bounds(person: Person, routine: list[Intake]) -> None:
    ledger = tally(Scenario(person, tuple(routine)))
    check_sums(ledger)
    json.dumps(ledger.to_dict(), allow_nan=False)
    if ledger.verdict in ("within_margin", "within_limit") and ledger.limits.supplemental_ul_mg_per_day is not None:
        assert ledger.totals.counted <= ledger.limits.supplemental_ul_mg_per_day


def check_sums(ledger: Ledger) -> None:
    """The totals are the sums of the lines, and no bound is broken."""
    totals = ledger.totals
    by_kind = {kind: sum(i.known_mg_per_day for i in ledger.items if i.kind == kind) for kind in ("food", "topical")}
    assert totals.food == by_kind["food"]
    assert totals.skin_applied == by_kind["topical"]
    assert totals.counted == pytest.approx(sum(item.counted_mg_per_day for item in ledger.items), abs=1e-6)
    water = totals.water if ledger.limits.counts_water else 0.0
    bath = sum(item.flux_mg_per_day.high for item in ledger.items if item.kind == "bath")
    swallowed = totals.supplement + totals.medicine + water
    assert totals.counted == pytest.approx(swallowed + totals.skin_applied + bath, abs=1e-6)
    assert totals.counted_evidence == pytest.approx(swallowed + totals.skin_flux.high, rel=1e-9, abs=1e-6)
    assert totals.counted_evidence <= totals.counted + 1e-6
    for item in ledger.items:
        flux = item.flux_mg_per_day
        assert 0 <= flux.low <= flux.mid <= flux.high <= item.known_mg_per_day * (1 + 1e-12)
        assert item.kind != "food" or item.counted_mg_per_day == 0


@settings(deadline=None)
@given(intakes())
def test_an_impossible_intake_stops_and_one_that_cannot_be_weighed_is_refused(one: Intake) -> None:
    one = replace(one, from_age=None, to_age=None)
    try:
        ledger = tally(Scenario(Person(30, "female"), (one,)))
    except ScenarioError:
        assert not usable(one)
    else:
        assert (ledger.verdict == "do_not_use") != usable(one)


@settings(deadline=None)
@given(intakes().filter(usable), st.floats(0.1, 0.9))
def test_less_of_a_thing_never_counts_more(one: Intake, share: float) -> None:
    less = replace(one, amount=replace(one.amount, magnitude=one.amount.magnitude * share))
    person = Person(30, "female")
    smaller, whole = tally(Scenario(person, (less,))), tally(Scenario(person, (one,)))
    assert smaller.totals.counted <= whole.totals.counted + 1e-6
    assert smaller.totals.counted_evidence <= whole.totals.counted_evidence + 1e-6
    if one.kind != "bath":
        assert smaller.totals.counted == pytest.approx(share * whole.totals.counted, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize(
    ("dose", "share"), [(70, 0.46), (100, 0.37), (150, 0.29), (200, 0.24), (350, 0.175), (973, 0.11)]
)
def test_gut_absorption_falls_with_the_dose(dose: float, share: float) -> None:
    assert absorbed(dose, 40.2, 32.9, 0.07) / dose == pytest.approx(share, abs=0.01)


def test_salt_multipliers() -> None:
    assert salt_multiplier("soluble") == salt_multiplier("food") == salt_multiplier("water") == 1
    assert salt_multiplier("oxide") < salt_multiplier("hydroxide") < 1
    assert salt_multiplier("soluble", "enteric") < 1
    assert salt_multiplier("skin") == salt_multiplier("bath") == 0
