"""Experiments that grow hair under a plan: magnesium, early or late, and a loosened scalp."""

from __future__ import annotations

import numpy as np

from anagen.outlook.experiments_bench import EVERY, GROWN_UP, HIGH, LOW, Grown, grown, lived, total_of
from anagen.outlook.experiments_plans import BRINE, PILL, SEEDS, plan, taken_from, treated
from anagen.outlook.experiments_records import ASSUMED, PEOPLE, Number, Result, experiment, under_each
from anagen.scenario import Scenario

START, LATER, OLD = 35.0, 55.0, 65.0  # years of age
EARLY, LATE = 25.0, 45.0
MASSAGE, BOTULINUM = "20 min", "150 U"
NO_WAY = (
    "Nothing is known by which magnesium would act on hair in another way; if there is one, it is not in the model."
)


def grow_plan(scenario: Scenario, ages: tuple[float, ...], seed: int, alone: bool = False) -> Grown:
    """Hair at some ages under each hypothesis, without a plan (unless `alone`) and with it."""
    return grown(lived(scenario, max(ages), seed, alone=alone), ages)


def _gains(nothing: Grown, planned: Grown, ages: tuple[float, float], name: str, says: str) -> dict[str, Number]:
    """Hairs that a plan saves of every 100 that stood at the first age, by hypothesis, with the range over people."""
    gains: dict[str, Number] = {}
    start, age = ages
    for place, hypothesis in enumerate(EVERY):
        stood, saved = nothing.at(start, 0, place), planned.at(age, -1, place) - nothing.at(age, 0, place)
        low, high = np.quantile(100 * saved / stood.mean(), (LOW, HIGH))
        key, in_words = f"{name}-{hypothesis}", f"{says}, {hypothesis}"
        gains[hypothesis] = Number(key, in_words, total_of(saved, stood), "percent", float(low), float(high))
    return gains


def _words(gains: dict[str, Number]) -> str:
    return under_each({name: one.signed for name, one in gains.items()})


@experiment
def magnesium_and_hair(seed: int) -> Result:
    """What do a pill of 300 mg a day, or brine over the whole scalp, add to a man's vertex hair in twenty years?"""
    ages = (START, LATER)
    pill = grow_plan(plan(taken_from(PILL, START)), ages, seed)
    brine = grow_plan(plan(taken_from(BRINE, START)), ages, seed, alone=True)
    by_pill = _gains(pill, pill, ages, "pill", "hairs the pill saves of every 100")
    by_brine = _gains(pill, brine, ages, "brine", "hairs the brine saves of every 100")
    age, dose = Number("age", "age", LATER, "year", kind="set"), Number("dose", "pill", 300.0, "mg/day", kind="set")
    laid = Number("volume", "brine of 31 % a day, for 8 h", 4.0, "mL/day", kind="set")
    start = Number("from", "age from which they are used", START, "year", kind="set")
    sentence = (
        f"From {start.shown} to {age.shown} a pill of {dose.shown} mg a day changes every 100 vertex hairs by"
        f" {_words(by_pill)}; {laid.shown} mL of brine on the scalp by {_words(by_brine)}."
    )
    numbers = (start, age, dose, laid, *by_pill.values(), *by_brine.values())
    return Result(numbers, sentence, (NO_WAY, ASSUMED, PEOPLE), pill.hairs.shape[3])


@experiment
def magnesium_rich_diet(seed: int) -> Result:
    """What does a diet with almost twice the magnesium, from childhood on, do for a man's vertex hair?"""
    from anagen.intake.ledger import tally

    scenario = plan(SEEDS)
    hair = grow_plan(scenario, (GROWN_UP, LATER), seed)
    gains = _gains(hair, hair, (GROWN_UP, LATER), "saved", "hairs saved of every 100")
    more = Number("more", "more magnesium a day, as pumpkin seeds", tally(scenario).totals.food, "mg/day")
    age, start = Number("age", "age", LATER, "year", kind="set"), Number("from", "age", GROWN_UP, "year", kind="set")
    sentence = (
        f"{more.shown} mg a day more in food, lifelong, changes every 100 vertex hairs of a man of {start.shown} by"
        f" {age.shown} by {_words(gains)}."
    )
    caveats = (NO_WAY, ASSUMED, "The rest of the diet stays as it is.", PEOPLE)
    return Result((more, start, age, *gains.values()), sentence, caveats, hair.hairs.shape[3])


@experiment
def early_or_late(seed: int) -> Result:
    """How much more does a treatment that acts keep when it is begun early?"""
    drug = {"dose": "1 mg"}
    early = grow_plan(plan(treated("finasteride", EARLY, **drug)), (GROWN_UP, OLD), seed)
    late = grow_plan(plan(treated("finasteride", LATE, **drug)), (GROWN_UP, OLD), seed, alone=True)
    numbers = [
        Number("early", "age at which it is begun early", EARLY, "year", kind="set"),
        Number("late", "age at which it is begun late", LATE, "year", kind="set"),
        Number("age", "age at which hair is counted", OLD, "year", kind="set"),
    ]
    arms = {"early": (early, 1), "late": (late, 0), "never": (early, 0)}
    words: dict[str, str] = {}
    for place, name in enumerate(EVERY):
        left: list[str] = []
        for arm, (hair, of) in arms.items():
            kept = total_of(hair.at(OLD, of, place), hair.at(GROWN_UP, 0, place))
            number = Number(f"{arm}-{name}", f"vertex hairs of every 100 at 20, begun {arm}, {name}", kept, "percent")
            numbers.append(number)
            left.append(number.shown)
        words[name] = "/".join(left)
    sentence = (
        f"Of every 100 vertex hairs, a man who begins finasteride at {numbers[0].shown}, at {numbers[1].shown} or never"
        f" has left at {numbers[2].shown}: {under_each(words)}."
    )
    caveats = ("Finasteride stands for a treatment that acts; for magnesium see magnesium-and-hair.", ASSUMED, PEOPLE)
    return Result(tuple(numbers), sentence, caveats, early.hairs.shape[3])


@experiment
def loosening_and_hair(seed: int) -> Result:
    """What do daily massage, or botulinum toxin, do for a man's vertex hair if tension matters as the theory says?"""
    ages = (START, LATER)
    massage = grow_plan(plan(treated("massage", START, dose=MASSAGE)), ages, seed)
    toxin = grow_plan(plan(treated("botulinum", START, dose=BOTULINUM)), ages, seed, alone=True)
    by_massage = _gains(massage, massage, ages, "massage", "hairs massage saves of every 100")
    by_toxin = _gains(massage, toxin, ages, "botulinum", "hairs botulinum toxin saves of every 100")
    minutes = Number("minutes", "massage a day", float(MASSAGE.split()[0]), "min/day", kind="set")
    units = Number("units", "botulinum toxin, kept up", float(BOTULINUM.split()[0]), "allergan_unit", kind="set")
    start, age = Number("from", "age", START, "year", kind="set"), Number("age", "age", LATER, "year", kind="set")
    sentence = (
        f"From {start.shown} to {age.shown}, {minutes.shown} minutes of massage a day change every 100 vertex hairs by"
        f" {_words(by_massage)}; {units.shown} units of botulinum toxin by {_words(by_toxin)}."
    )
    caveats = (
        "How far either lowers tension was never measured; the model draws anything from nothing up.",
        "Other ways in which massage may act (stretching cells, more flow for a while) are not in the model.",
        ASSUMED,
        PEOPLE,
    )
    numbers = (start, age, minutes, units, *by_massage.values(), *by_toxin.values())
    return Result(numbers, sentence, caveats, massage.hairs.shape[3])
