"""Experiments of arithmetic: what a routine holds, what counts of it where, and how salty a brine is."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from anagen.evidence.parameters import value
from anagen.intake.applied import application, salt_of, strength_of
from anagen.intake.brine import mass_fraction_of
from anagen.intake.catalogue import product_of
from anagen.intake.foods import Food
from anagen.intake.ledger import Ledger, tally
from anagen.intake.skin import film_strength, ideal_osmolality
from anagen.outlook.experiments_plans import (
    BEANS_AND_RICE,
    BRINE,
    LAXATIVE,
    VITAMIN,
    WATER,
    WITH_ALOE,
    plan,
    routine,
)
from anagen.outlook.experiments_records import Number, Result, experiment
from anagen.routine import Intake, Jurisdiction
from anagen.scenario import Scenario

COUNTING = (
    "No authority has said whether magnesium on the skin counts; that all of it does is this ledger's cautious rule."
)
HEALTHY = "For a healthy adult by the limit of the United States; kidneys, age and place change it."


def _limit(ledger: Ledger) -> Number:
    """The limit of a ledger."""
    limit = ledger.limits.supplemental_ul_mg_per_day
    return Number("limit", "limit for magnesium beyond food", limit, "mg/day", kind="set")


def _beyond(counted: Number, limit: Number) -> str:
    """Whether what counts is over a limit, in words."""
    return "over" if counted.of > limit.of else "within"


@experiment
def thread_routine_sum(seed: int) -> Result:
    """What does the thread's own routine come to, counted in full and by what could cross the skin?"""
    ledger = tally(routine())
    totals, limit = ledger.totals, _limit(ledger)
    numbers = [
        limit,
        Number("brine", "magnesium in the brine on the scalp", totals.skin_applied, "mg/day"),
        Number("vitamin", "magnesium in the multivitamin", totals.supplement, "mg/day"),
        Number("counted", "what counts if all on the skin does", totals.counted, "mg/day"),
        Number("evidence", "what counts if only the most that could cross does", totals.counted_evidence, "mg/day"),
        Number("food", "magnesium of the beans and rice, which does not count", totals.food, "mg/day"),
    ]
    found = {one.name: one for one in numbers}
    sentence = (
        f"{found['brine'].shown} mg of brine and {found['vitamin'].shown} mg of vitamins count {found['counted'].shown}"
        f" mg, {_beyond(found['counted'], limit)} the limit of {limit.shown}; by the most that could cross the skin it"
        f" is {found['evidence'].shown} mg, {_beyond(found['evidence'], limit)} it."
    )
    return Result(tuple(numbers), sentence, (COUNTING, HEALTHY))


@experiment
def everything_adds_up(seed: int) -> Result:
    """What do a vitamin, one dose of a laxative and the brine come to together?"""
    ledger = tally(plan(VITAMIN, LAXATIVE, BRINE))
    limit, by_name = _limit(ledger), {item.kind: item.counted_mg_per_day for item in ledger.items}
    numbers = [
        limit,
        Number("vitamin", "the multivitamin", by_name["supplement"], "mg/day"),
        Number("laxative", "30 mL of milk of magnesia", by_name["medicine"], "mg/day"),
        Number("brine", "4 mL of brine on the scalp, counted in full", by_name["topical"], "mg/day"),
        Number("counted", "all of it", ledger.totals.counted, "mg/day"),
        Number("times", "times the limit that this is", ledger.totals.counted / limit.of, ""),
    ]
    found = {one.name: one for one in numbers}
    sentence = (
        f"{found['vitamin'].shown} mg in a vitamin, {found['laxative'].shown} in one dose of a laxative and"
        f" {found['brine'].shown} in the brine come to {found['counted'].shown} mg on that day, {found['times'].shown}"
        f" times the limit of {limit.shown}."
    )
    return Result(tuple(numbers), sentence, (COUNTING, HEALTHY, "A laxative is for a few days; its label says so."))


@experiment
def where_food_counts(seed: int) -> Result:
    """Of beans, rice and mineral water, what counts against the limit, and where?"""
    places = get_args(Jurisdiction)
    eaten = plan(BEANS_AND_RICE, WATER)
    ledgers = {place: tally(Scenario(replace(eaten.person, jurisdiction=place), eaten.intakes)) for place in places}
    first = ledgers[places[0]].totals
    food = [sum(item.counted_mg_per_day for item in one.items if item.kind == "food") for one in ledgers.values()]
    water = {
        place: sum(item.counted_mg_per_day for item in one.items if item.kind == "water")
        for place, one in ledgers.items()
    }
    counting = [place for place, counted in water.items() if counted > 0]
    numbers = (
        Number("places", "places whose rules are known", float(len(places)), ""),
        Number("food", "magnesium in the beans and rice", first.food, "mg/day"),
        Number("food-counted", "the most that counts of it anywhere", max(food), "mg/day"),
        Number("water", "magnesium in 1.5 L of mineral water", first.water, "mg/day"),
        Number("water-places", "places in which it counts", float(len(counting)), ""),
    )
    found = {one.name: one for one in numbers}
    where = f" ({', '.join(counting)})" if counting else ""
    sentence = (
        f"Of {found['food'].shown} mg in food {found['food-counted'].shown} count in any of {found['places'].shown}"
        f" places; the {found['water'].shown} mg in water count in {found['water-places'].shown} of them{where}."
    )
    caveats = ("What a rule counts was mostly read in secondary sources.", "Magnesium added to food is not food here.")
    return Result(numbers, sentence, caveats)


def _salt(intake: Intake) -> tuple[float, float, float]:
    """A brine as it is laid on, and the film it comes to: mass fraction, times plasma, and the film's times plasma."""
    product = product_of(intake)
    assert not isinstance(product, Food)
    one, salt = application(intake, product, strength_of(intake, product)), salt_of(product)
    assert one is not None
    laid, film = (mass_fraction_of(salt, mg) for mg in (one.concentration, film_strength(salt)))
    times = [ideal_osmolality(salt, fraction) / value("plasma_osmolality") for fraction in (laid, film)]
    return laid, times[0], times[1]


@experiment
def aloe_dilution(seed: int) -> Result:
    """What does as much aloe gel as brine do to the strength, in the bottle and on the skin?"""
    plain, mixed = (_salt(plan(part).intakes[0]) for part in (BRINE, BRINE + WITH_ALOE))
    numbers = (
        Number("brine", "strength of the brine, by mass", 100 * plain[0], "percent"),
        Number("mixed", "strength with as much aloe gel, by mass", 100 * mixed[0], "percent"),
        Number("brine-salty", "times the body's own saltiness, brine", plain[1], ""),
        Number("mixed-salty", "times the body's own saltiness, mixed", mixed[1], ""),
        Number("film-salty", "times the body's own saltiness, a film of either after it has dried down", mixed[2], ""),
    )
    found = {one.name: one for one in numbers}
    sentence = (
        f"Aloe gel takes the brine from {found['brine'].shown} to {found['mixed'].shown} %, from"
        f" {found['brine-salty'].shown} to {found['mixed-salty'].shown} times the saltiness of the body; in room air"
        f" the film of either comes to {found['film-salty'].shown} times."
    )
    caveats = (
        "Saltiness is counted as if every ion acted alone; a strong brine is in truth saltier.",
        "How a sting goes with saltiness was never measured, nor what else aloe does.",
    )
    return Result(numbers, sentence, caveats)


@experiment
def brine_strength(seed: int) -> Result:
    """How much saltier than the body is the brine that stings?"""
    share, times, _ = _salt(plan(BRINE).intakes[0])
    numbers = (
        Number("brine", "strength of the brine, by mass", 100 * share, "percent"),
        Number("salty", "times the body's own saltiness", times, ""),
        Number("plasma", "saltiness of plasma", value("plasma_osmolality"), "mol/kg", kind="set"),
    )
    found = {one.name: one for one in numbers}
    sentence = (
        f"A brine of {found['brine'].shown} % is {found['salty'].shown} times as salty as the body, whatever it holds."
    )
    caveats = (
        "Saltiness is counted as if every ion acted alone; a strong brine is in truth saltier.",
        "Who is stung, and how much, the model does not say.",
    )
    return Result(numbers, sentence, caveats)
