"""Experiments that grow hair under a plan: magnesium, early or late, and a loosened scalp."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from anagen.outlook.experiments_bench import EVERY, GROWN_UP, HIGH, LOW, Grown, grown, lived, total_of
from anagen.outlook.experiments_plans import BRINE, PILL, SEEDS, plan, taken_from, treated
from anagen.outlook.experiments_records import ASSUMED, PEOPLE, Number, Result, experiment, under_each
from anagen.scenario import Scenario

START, LATER, OLD = 35.0, 55.0, 65.0  # years of age
AROUND = range(-5, 6)  # years
EARLY, LATE = 25.0, 45.0
MASSAGE, BOTULINUM = "20 min", "150 U"
NO_WAY = (
    "Nothing is known by which magnesium would act on hair in another way; if there is one, it is not in the model."
)


@dataclass(frozen=True)
class Gains:
    """Hairs that a plan saves of every 100, by hypothesis, and how far chance alone moves such a number."""

    numbers: dict[str, Number]
    chance: float

    @property
    def words(self) -> str:
        """The gains in words."""
        return under_each({name: one.signed for name, one in self.numbers.items()})


def ages_of(start: float, later: float) -> tuple[float, ...]:
    """The first age, and the years around the later one: their mean says more than one count."""
    return (start, *(later + year for year in AROUND))


def grow_plan(scenario: Scenario, ages: tuple[float, ...], seed: int, alone: bool = False) -> Grown:
    """Hair at some ages under each hypothesis, without a plan (unless `alone`) and with it."""
    return grown(lived(scenario, max(ages), seed, alone=alone), ages)


def gains_of(nothing: Grown, planned: Grown, name: str, says: str) -> Gains:
    """Hairs that a plan saves at the later ages of every 100 that stood at the first, with the range over people."""
    numbers: dict[str, Number] = {}
    chances: list[float] = []
    for place, hypothesis in enumerate(EVERY):
        stood = nothing.hairs[place, 0, 0, :, 0]
        saved = (planned.hairs[place, -1, 0, :, 1:] - nothing.hairs[place, 0, 0, :, 1:]).mean(axis=1)
        share = 100 * saved / stood.mean()
        low, high = np.quantile(share, (LOW, HIGH))
        key, in_words = f"{name}-{hypothesis}", f"{says}, {hypothesis}"
        numbers[hypothesis] = Number(key, in_words, total_of(saved, stood), "percent", float(low), float(high))
        chances.append(2 * float(share.std()) / np.sqrt(share.size))
    return Gains(numbers, max(chances))


def _chance(*gains: Gains) -> Number:
    """How far chance moves a gain: twice its standard error, the largest of some."""
    most = max(one.chance for one in gains)
    return Number("chance", "how far chance alone moves such a number (twice its standard error)", most, "percent")


@experiment
def magnesium_and_hair(seed: int) -> Result:
    """What do a pill of 300 mg a day, or brine over the whole scalp, add to a man's vertex hair in twenty years?"""
    ages = ages_of(START, LATER)
    nothing = grow_plan(plan(taken_from(PILL, START)), ages, seed)
    pill = gains_of(nothing, nothing, "pill", "hairs the pill saves of every 100")
    with_brine = grow_plan(plan(taken_from(BRINE, START)), ages, seed, alone=True)
    brine = gains_of(nothing, with_brine, "brine", "hairs the brine saves of every 100")
    start = Number("from", "age from which they are used", START, "year", kind="set")
    age, dose = (
        Number("age", "about the age", LATER, "year", kind="set"),
        Number("dose", "pill", 300.0, "mg/day", kind="set"),
    )
    laid, chance = Number("volume", "brine of 31 % a day, for 8 h", 4.0, "mL/day", kind="set"), _chance(pill, brine)
    sentence = (
        f"From {start.shown} to about {age.shown} a pill of {dose.shown} mg a day changes every 100 vertex hairs by"
        f" {pill.words}; {laid.shown} mL of brine on the scalp by {brine.words}. Chance alone moves such a number by"
        f" {chance.shown}."
    )
    numbers = (start, age, dose, laid, *pill.numbers.values(), *brine.numbers.values(), chance)
    return Result(numbers, sentence, (NO_WAY, ASSUMED, PEOPLE), nothing.hairs.shape[3])


@experiment
def magnesium_rich_diet(seed: int) -> Result:
    """What does a diet with almost twice the magnesium, from childhood on, do for a man's vertex hair?"""
    from anagen.intake.ledger import tally

    scenario = plan(SEEDS)
    hair = grow_plan(scenario, ages_of(GROWN_UP, LATER), seed)
    saved = gains_of(hair, hair, "saved", "hairs saved of every 100")
    chance = _chance(saved)
    more = Number("more", "more magnesium a day, as pumpkin seeds", tally(scenario).totals.food, "mg/day")
    start = Number("from", "age from which hair is followed", GROWN_UP, "year", kind="set")
    age = Number("age", "about the age", LATER, "year", kind="set")
    sentence = (
        f"{more.shown} mg a day more in food, lifelong, changes what is left at about {age.shown} of every 100 vertex"
        f" hairs by {saved.words}. Chance alone moves such a number by {chance.shown}."
    )
    caveats = (NO_WAY, ASSUMED, "The rest of the diet stays as it is.", PEOPLE)
    return Result((more, start, age, *saved.numbers.values(), chance), sentence, caveats, hair.hairs.shape[3])


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
    ages = ages_of(START, LATER)
    nothing = grow_plan(plan(treated("massage", START, dose=MASSAGE)), ages, seed)
    massage = gains_of(nothing, nothing, "massage", "hairs massage saves of every 100")
    with_toxin = grow_plan(plan(treated("botulinum", START, dose=BOTULINUM)), ages, seed, alone=True)
    toxin = gains_of(nothing, with_toxin, "botulinum", "hairs botulinum toxin saves of every 100")
    minutes = Number("minutes", "massage a day", float(MASSAGE.split()[0]), "min/day", kind="set")
    units = Number("units", "botulinum toxin, kept up", float(BOTULINUM.split()[0]), "allergan_unit", kind="set")
    start = Number("from", "age from which they are used", START, "year", kind="set")
    age, chance = Number("age", "about the age", LATER, "year", kind="set"), _chance(massage, toxin)
    sentence = (
        f"From {start.shown} to about {age.shown}, {minutes.shown} minutes of massage a day change every 100 vertex"
        f" hairs by {massage.words}; {units.shown} units of botulinum toxin by {toxin.words}. Chance alone moves such a"
        f" number by {chance.shown}."
    )
    caveats = (
        "How far either lowers tension was never measured; the model draws anything from nothing up.",
        "Other ways in which massage may act (stretching cells, more flow for a while) are not in the model.",
        ASSUMED,
        PEOPLE,
    )
    numbers = (start, age, minutes, units, *massage.numbers.values(), *toxin.numbers.values(), chance)
    return Result(numbers, sentence, caveats, nothing.hairs.shape[3])
