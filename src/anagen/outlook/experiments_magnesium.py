"""Experiments on the way of magnesium from pill, food, skin and bath into plasma, and from there to calcification."""

from __future__ import annotations

from typing import Any

from anagen.evidence.parameters import value
from anagen.intake.ledger import tally
from anagen.intake.skin import Flux
from anagen.outlook.experiments_bench import at_once, central, lived, spread
from anagen.outlook.experiments_plans import BATH, BRINE, PILL, SHORT_BRINE, plan, taken_from
from anagen.outlook.experiments_records import ASSUMED, CENTRAL, PEOPLE, Number, Result, experiment, published

START, LATER = 30.0, 60.0  # years of age
MG_PER_G = 1000.0
SKIN = "How much crosses a human scalp was never measured; the range is that of excised pig skin."


def _plasma(**intake: float) -> dict[str, Any]:
    """Absorbed magnesium (mg/day) and plasma magnesium (mmol/L) with a daily intake, in the long run."""
    return at_once(central(), intake)


def _rise(name: str, says: str, **intake: float) -> Number:
    """How far an intake raises plasma magnesium."""
    rise = _plasma(**intake)["plasma_magnesium"] - _plasma()["plasma_magnesium"]
    return Number(name, says, float(rise), "mmol/L")


def _columns(name: str, flux: Flux, says: str) -> list[Number]:
    """What could cross: low, middle and high."""
    columns = {"low": flux.low, "mid": flux.mid, "high": flux.high}
    return [Number(f"{name}-{column}", f"{says}, {column}", mg, "mg/day") for column, mg in columns.items()]


@experiment
def magnesium_on_calcification(seed: int) -> Result:
    """What do thirty years of 300 mg a day do to plasma, to the serum's resistance (T50) and to calcification?"""
    from anagen.flowchart.chart import flowchart

    scalp = lived(plan(taken_from(PILL, START)), LATER, seed, ("hybrid",))
    levels = [scalp.tissue("plasma_magnesium", arm) for arm in (0, 1)]
    arrow = flowchart().arrows["magnesium-raises-t50"]
    gains = [scalp.drawn[name][0, 0, 0] for name in arrow.parameters]
    resisting = [arrow.equation(level, 1, *gains) for level in levels]
    calcium = [100 * scalp.tissue("calcification", arm) for arm in (0, 1)]
    numbers = (
        published("serum-rise"),
        Number("dose", "magnesium swallowed a day, as citrate", 300.0, "mg/day", kind="set"),
        Number("years", "years of it", LATER - START, "year", kind="set"),
        spread("plasma", "rise of plasma magnesium", levels[1] - levels[0], "mmol/L"),
        spread("t50", "rise of T50 by it", 100 * (resisting[1] / resisting[0] - 1), "percent"),
        spread("without", "calcification without it, of its worst", calcium[0], "percent"),
        spread("with", "calcification with it, of its worst", calcium[1], "percent"),
    )
    found = {one.name: one for one in numbers}
    sentence = (
        f"{found['years'].shown} years of {found['dose'].shown} mg a day raise plasma magnesium by"
        f" {found['plasma'].shown} mmol/L (trials: {found['serum-rise'].shown}) and T50 by {found['t50'].shown} %, and"
        f" leave calcification at {found['with'].shown} instead of {found['without'].shown} % of its worst, if every"
        " arrow holds."
    )
    caveats = (
        "No arrow leads into bone: where calcium would go is not in the model.",
        "T50 was shown to rise in kidney patients; that a longer T50 keeps tissue free of calcium was not.",
        ASSUMED,
        PEOPLE,
    )
    return Result(numbers, sentence, caveats, levels[0].size)


@experiment
def skin_against_mouth(seed: int) -> Result:
    """The same magnesium on the scalp or swallowed with meals: how much gets in, and what does plasma do?"""
    item = tally(plan(BRINE)).items[0]
    laid, flux = item.known_mg_per_day, item.flux_mg_per_day
    swallowed = _plasma(oral_magnesium=laid)["absorbed_magnesium"] - _plasma()["absorbed_magnesium"]
    numbers = [
        Number("laid", "magnesium in 4 mL of brine, on the scalp for 8 h or swallowed", laid, "mg/day"),
        *_columns("crossing", flux, "what could cross the skin of it"),
        Number("absorbed", "what the gut takes up of it", float(swallowed), "mg/day"),
        _rise("skin-mid", "rise of plasma by the middle of what could cross", skin_magnesium=flux.mid),
        _rise("skin-high", "rise of plasma by the most that could cross", skin_magnesium=flux.high),
        _rise("mouth", "rise of plasma by what is swallowed", oral_magnesium=laid),
    ]
    found = {one.name: one for one in numbers}
    sentence = (
        f"Of {found['laid'].shown} mg on the scalp {found['crossing-low'].shown} to {found['crossing-high'].shown} mg"
        f" could cross the skin, {found['crossing-mid'].shown} in the middle; swallowed, {found['absorbed'].shown} mg"
        f" are taken up. Plasma rises by {found['skin-mid'].shown} (at most {found['skin-high'].shown}) or by"
        f" {found['mouth'].shown} mmol/L."
    )
    caveats = (SKIN, "What it does on the spot, before it reaches the blood, is not in the model.", CENTRAL)
    return Result(tuple(numbers), sentence, caveats)


@experiment
def skin_range(seed: int) -> Result:
    """How wide is the range of what could cross the scalp, and what does washing it off after an hour change?"""
    long, short = (tally(plan(part)).items[0] for part in (BRINE, SHORT_BRINE))
    flux = long.flux_mg_per_day
    numbers = [
        Number("laid", "magnesium in 4 mL of brine on the scalp", long.known_mg_per_day, "mg/day"),
        *_columns("long", flux, "what could cross in 8 h"),
        *_columns("short", short.flux_mg_per_day, "what could cross in 1 h"),
        Number("fold", "times that high is of low", flux.high / flux.low, ""),
        Number(
            "share", "the most that could cross, of what is laid on", 100 * flux.high / long.known_mg_per_day, "percent"
        ),
    ]
    found = {one.name: one for one in numbers}
    sentence = (
        f"Of {found['laid'].shown} mg on the scalp {found['long-low'].shown} to {found['long-high'].shown} mg could"
        f" cross overnight, a range of {found['fold'].shown} times and at most {found['share'].shown} % of it; washed"
        f" off after an hour, {found['short-low'].shown} to {found['short-high'].shown} mg."
    )
    return Result(tuple(numbers), sentence, (SKIN, "A scalp with many follicles may let more through than pig skin."))


@experiment
def epsom_bath(seed: int) -> Result:
    """How much of the magnesium in a daily Epsom bath could cross the skin, and what would plasma do?"""
    item = tally(plan(BATH)).items[0]
    flux = item.flux_mg_per_day
    numbers = [
        Number("water", "magnesium in the water of one bath, 500 g in 150 L", item.known_mg_per_day / MG_PER_G, "g"),
        *_columns("crossing", flux, "what could cross in a bath of 20 min"),
        _rise("plasma", "rise of plasma by the most that could cross, every day", skin_magnesium=flux.high),
        Number("usual", "usual plasma magnesium", value("plasma_magnesium_reference"), "mmol/L", kind="set"),
        _rise("pill", "rise of plasma by a pill of 300 mg a day", oral_magnesium=tally(plan(PILL)).totals.supplement),
    ]
    found = {one.name: one for one in numbers}
    sentence = (
        f"Of {found['water'].shown} g of magnesium in the water {found['crossing-low'].shown} to"
        f" {found['crossing-high'].shown} mg could cross in 20 minutes; that raises plasma by at most"
        f" {found['plasma'].shown} mmol/L of {found['usual'].shown}, a daily pill by {found['pill'].shown}."
    )
    caveats = (SKIN, "Hot water may open skin; by how much is unknown.", CENTRAL)
    return Result(tuple(numbers), sentence, caveats)
