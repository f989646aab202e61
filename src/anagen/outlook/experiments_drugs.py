"""Experiments with drugs and knives that tell the hypotheses apart: what each predicts, beside what was published."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from anagen.flowchart.hypotheses import HYPOTHESES
from anagen.outlook.experiments_bench import EVERY, GROWN_UP, VERTEX, Grown, grown, lived, total_of
from anagen.outlook.experiments_plans import plan, treated
from anagen.outlook.experiments_records import (
    ASSUMED,
    PEOPLE,
    Number,
    Result,
    experiment,
    published,
    under_each,
)
from anagen.outlook.simulate import MONTHS

Floats = NDArray[np.float64]

START = 35.0  # years of age
WEEKS_48 = 11  # months
FEWEST, MOST = 110.0, 220.0  # hairs in 1 cm2 of those who are enrolled, as thinning men are
THINNED = 0.75  # of the hair at 20: who has less has thinned
CASTRATED, FOLLOWED = 45.0, 60.0
OLD = 55.0
TRIED, MINOXIDIL, CASTRATES = 500, 400, 640  # people, of whom those who have thinned are kept
DEAF = "Follicles that do not hear androgen: the arrow from it is off, the rest of the hypothesis is on."
HYBRID = HYPOTHESES["hybrid"]
PAST_VESSELS = (
    "androgen-drives-miniaturization", "prostaglandin-shortens-anagen", "sebaceous-glands-drive-miniaturization",
)  # fmt: skip
"""The arrows by which androgen acts on a follicle other than through scar, calcium, blood and oxygen."""


def _enrolled(hair: Grown, hypothesis: int = 0) -> NDArray[np.bool_]:
    """Whose counts at the start are those of men with thinning hair."""
    counts = hair.at(START, 0, hypothesis)
    return (counts >= FEWEST) & (counts <= MOST)


def _gains(nothing: Grown, planned: Grown, at: float, who: NDArray[np.bool_], hypothesis: int = 0) -> Floats:
    """Hairs in 1 cm2 that a plan adds to nothing, in each of some people."""
    return (planned.at(at, -1, hypothesis) - nothing.at(at, 0, hypothesis))[who]


def _mean(values: Floats) -> float | None:
    """A mean; None where there is nobody."""
    return float(values.mean()) if values.size else None


def _chance(values: Floats) -> Number:
    """How far chance moves a mean: twice its standard error."""
    says = "how far chance alone moves such a gain (twice its standard error)"
    moved = 2 * float(values.std()) / np.sqrt(values.size) if values.size else None
    return Number("chance", says, moved, "1/cm**2")


@experiment
def finasteride_without_direct_arrow(seed: int) -> Result:
    """What is left of the gain under finasteride when DHT may act only through scar, calcium, blood and oxygen?"""
    at, trial = START + WEEKS_48 / MONTHS, published("finasteride-gain")
    deaf = HYBRID.without(*PAST_VESSELS)
    scalp = lived(plan(treated("finasteride", START, dose="1 mg")), at, seed, (HYBRID, deaf), people=TRIED)
    hair = grown(scalp, (START, at))
    who = _enrolled(hair)
    calcium = scalp.course.tissue["calcification"][-1, 0, :, 0]
    numbers = (
        trial,
        Number("with", "hairs gained at 48 weeks with every arrow on", _mean(_gains(hair, hair, at, who)), "1/cm**2"),
        Number(
            "without",
            "the same without the arrow from androgen to the follicle",
            _mean(_gains(hair, hair, at, who, 1)),
            "1/cm**2",
        ),
        Number(
            "calcium",
            "fall of calcification in that time, of its worst",
            100 * float((calcium[0] - calcium[1]).mean()),
            "percent",
        ),
        Number("enrolled", "men with thinning hair", float(who.sum()), ""),
        _chance(_gains(hair, hair, at, who)),
    )
    found = {one.name: one for one in numbers}
    sentence = (
        f"A trial counted {trial.shown} more hairs in 1 cm2 at 48 weeks; with every arrow on the model gains"
        f" {found['with'].signed}, and {found['without'].signed} where DHT may act only through scar, calcium, blood"
        f" and oxygen; chance alone moves such a number by {found['chance'].shown}. Calcification is then"
        f" {found['calcium'].shown} % of its worst below where it would be."
    )
    return Result(numbers, sentence, (DEAF, ASSUMED, PEOPLE), int(who.sum()))


@experiment
def minoxidil_by_flow(seed: int) -> Result:
    """What is left of the gain under minoxidil when it may act only by blood flow?"""
    at, trial = START + WEEKS_48 / MONTHS, published("minoxidil-gain")
    scenario = plan(treated("minoxidil", START, dose="1 mL", strength="5 %", times=2.0))
    ways = {
        "every way": HYBRID,
        "flow alone": HYBRID.without(
            "topical-minoxidil-slows-anagen",
            "topical-minoxidil-shortens-kenogen",
            "topical-minoxidil-releases-resting-hair",
        ),
        "all but flow": HYBRID.without("topical-minoxidil-raises-flow"),
    }
    arms = {
        name: grown(lived(scenario, at, seed, (way,), people=MINOXIDIL, alone=way is not HYBRID), (START, at))
        for name, way in ways.items()
    }
    nothing = arms["every way"]
    who = _enrolled(nothing)
    numbers = [trial, Number("enrolled", "men with thinning hair", float(who.sum()), "")]
    for name, hair in arms.items():
        says = f"hairs gained at 48 weeks where minoxidil acts by {name}"
        numbers.append(Number(name.replace(" ", "-"), says, _mean(_gains(nothing, hair, at, who)), "1/cm**2"))
    numbers.append(_chance(_gains(nothing, nothing, at, who)))
    found = {one.name: one for one in numbers}
    sentence = (
        f"A trial counted {trial.shown} more hairs in 1 cm2 at 48 weeks with 5 % twice a day; the model gains"
        f" {found['every-way'].signed} by every way, {found['flow-alone'].signed} by flow alone and"
        f" {found['all-but-flow'].signed} without it. Chance alone moves such a number by {found['chance'].shown}."
    )
    caveats = ("The direct way was set to such trials; the rise of flow, a daily mean, is assumed.", PEOPLE)
    return Result(tuple(numbers), sentence, caveats, int(who.sum()))


@experiment
def castration_after_puberty(seed: int) -> Result:
    """What happens to thinning frontal hair when androgen is taken away for good, under each hypothesis?"""
    scenario, ages = plan(treated("castration", CASTRATED)), (GROWN_UP, CASTRATED, FOLLOWED)
    hair = grown(lived(scenario, FOLLOWED, seed, regions=("frontal",), people=CASTRATES), ages)
    numbers = [
        Number("from", "age at which androgen is taken away", CASTRATED, "year", kind="set"),
        Number("age", "age at which hair is counted", FOLLOWED, "year", kind="set"),
    ]
    words: dict[str, str] = {}
    for place, name in enumerate(EVERY):
        who = _thinned(hair, CASTRATED, place)
        numbers.append(Number(f"men-{name}", f"men who had thinned by then, {name}", float(who.sum()), ""))
        then, left = hair.at(CASTRATED, 0, place)[who], {}
        for arm, of in (("castrated", 1), ("intact", 0)):
            says = f"frontal hairs for every 100 at that age, {arm} men who had thinned, {name}"
            left[arm] = Number(f"{arm}-{name}", says, _of_those(hair.at(FOLLOWED, of, place)[who], then), "percent")
        numbers += left.values()
        words[name] = f"{left['castrated'].shown} against {left['intact'].shown}"
    sentence = (
        f"Men whose frontal hair had thinned by {numbers[0].shown} have at {numbers[1].shown}, for every 100 hairs they"
        f" had then, castrated against intact: {under_each(words)}."
    )
    caveats = (
        "Published: bald areas stopped growing, and coarse frontal hair did not come back in 8 to 18 years.",
        "A hair that regrows thick enough is counted here; whether it is coarse is not.",
        ASSUMED,
        PEOPLE,
    )
    return Result(tuple(numbers), sentence, caveats, hair.hairs.shape[3])


def _of_those(now: Floats, then: Floats) -> float | None:
    """What is left of every 100; None where there was nothing."""
    return total_of(now, then) if then.sum() > 0 else None


def _thinned(hair: Grown, age: float, hypothesis: int, region: int = 0) -> NDArray[np.bool_]:
    """Who has lost more than a quarter of the hair at 20 by an age, without any plan."""
    now, then = hair.at(age, 0, hypothesis, region), hair.at(GROWN_UP, 0, hypothesis, region)
    return now < THINNED * then


GRAFTS = 80.0  # in 1 cm2: many, so that their fate is read well


@experiment
def moved_occiput(seed: int) -> Result:
    """What becomes of hair from the back of the head that is moved to a thinning vertex, under each hypothesis?"""
    scenario = plan(treated("transplant", START, dose=f"{GRAFTS:g} grafts/cm2", region="vertex"))
    regions = (*VERTEX, "occipital")
    hair = grown(lived(scenario, OLD, seed, regions=regions), (GROWN_UP, OLD))
    numbers = [
        Number("from", "age at which it is moved", START, "year", kind="set"),
        Number("age", "age at which hair is counted", OLD, "year", kind="set"),
    ]
    words: dict[str, str] = {}
    for place, name in enumerate(EVERY):
        who = _thinned(hair, OLD, place)
        numbers.append(Number(f"men-{name}", f"men whose vertex had thinned by then, {name}", float(who.sum()), ""))
        grafted = (hair.at(OLD, 1, place) - hair.at(OLD, 0, place))[who]
        shares = {
            "moved": _of_those(grafted, np.full(grafted.size, GRAFTS)),
            "home": _of_those(hair.share_at(OLD, 0, place, 1)[who], np.ones(grafted.size)),
        }
        shown: list[str] = []
        for arm, share in shares.items():
            says = f"of every 100 follicles from the back, those with hair, {arm}, {name}"
            numbers.append(Number(f"{arm}-{name}", says, share, "percent"))
            shown.append(numbers[-1].shown)
        words[name] = " against ".join(shown)
    sentence = (
        f"Of every 100 follicles from the back of the head, moved at {numbers[0].shown} to a vertex that thins, show"
        f" hair at {numbers[1].shown}, moved against left at home: {under_each(words)}."
    )
    caveats = (
        "Published: moved hair grows as at home. Only men whose vertex has thinned are looked at.",
        "A graft keeps its size and its own androgen signal, and meets the blood, scar and oxygen of its new place.",
        ASSUMED,
        PEOPLE,
    )
    return Result(tuple(numbers), sentence, caveats, hair.hairs.shape[3])
