"""Predictions at the vertex itself: DHT in bald and in haired scalp, what finasteride leaves of it, and blood flow."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from anagen.evidence.parameters import parameters, value
from anagen.evidence.studies import studies
from anagen.flowchart.chart import flowchart
from anagen.flowchart.evaluate import Evaluator
from anagen.flowchart.hypotheses import HYPOTHESES
from anagen.outlook.experiments_bench import EVERY, HEALTHY, lived, usual_inputs
from anagen.outlook.experiments_plans import plan
from anagen.outlook.experiments_records import ASSUMED, Number
from anagen.outlook.people import draw_parameters
from anagen.outlook.predictions_men import BALD, FEWEST, KEPT, around, left_around
from anagen.outlook.predictions_records import (
    HIGH,
    INPUT,
    LOW,
    Forecast,
    Held,
    Prediction,
    endpoint,
    error_of,
    nobody,
    number_verdict,
    over_people,
    ratio_error,
    verdict_of,
)
from anagen.routine import Region

Floats = NDArray[np.float64]

PATTERN, DRUG, FLOW = "dallob1994_pattern", "dallob1994_finasteride", "klemp1989"
BOTH: tuple[Region, ...] = ("vertex", "occipital")
PEOPLE = 300
AGE = 45.0
NO_CHANGE = 100.0  # percent


def _mean(name: str, says: str, values: Floats, unit: str) -> Number:
    low, high = np.quantile(values, (LOW, HIGH))
    return Number(name, says, float(values.mean()), unit, float(low), float(high))


def _published(study: str, what: str, first: tuple[str, str], second: tuple[str, str]) -> tuple[float, float]:
    """The ratio of two published means (each an arm and a measure) and its standard error."""
    record = studies()[study]
    top, bottom = (endpoint(study, what, *one) for one in (first, second))
    errors = [error_of(record, one) for one in (top, bottom)]
    return top.center / bottom.center, ratio_error(top.center, errors[0] or 0.0, bottom.center, errors[1] or 0.0)


# DHT


def dht(hypothesis: str, dose: float, people: int, seed: int) -> Floats:
    """DHT of vertex and occipital scalp, relative, in drawn men under a dose of finasteride; shape (2, people)."""
    chart, drawn = flowchart(), draw_parameters(parameters(), BOTH, np.arange(people), seed)
    evaluator = Evaluator(chart, drawn, HYPOTHESES[hypothesis].gates(chart))
    inputs = {**usual_inputs(), "finasteride_dose": dose}
    return np.broadcast_to(evaluator.nodes(inputs, HEALTHY)["scalp_dht"], (len(BOTH), people))


def dht_pattern(seed: int, people: int = PEOPLE) -> Prediction:
    """What is the DHT of bald scalp against haired? An input."""
    seen, error = _published(PATTERN, "scalp DHT", ("bald", "level"), ("haired", "level"))
    forecasts: list[Forecast] = []
    for name in EVERY:
        vertex, back = dht(name, 0.0, people, seed)
        ratio = _mean("ratio", "DHT of the vertex, of that of the back of the head", 100 * vertex / back, "percent")
        held = (Held(ratio, f"{100 * seen:.0f} ± {100 * error:.0f} % (standard error)", INPUT),)
        sentence = f"Under {name} the vertex has {ratio.shown} % of the DHT of the back of the head: this was put in."
        forecasts.append(Forecast(name, held, (), people, INPUT, sentence))
    return Prediction(
        name="dht-of-bald-scalp",
        title="DHT in bald and in haired scalp",
        asks="How much more DHT has bald scalp than haired scalp of the same men?",
        studies=(PATTERN,),
        seen=f"In ten men bald scalp held {seen:.2f} times the DHT of haired scalp; testosterone was the same.",
        set_up="Men of 35 without drugs, the vertex against the back of the head.",
        forecasts=tuple(forecasts),
        caveats=(
            "The pattern over the scalp is put into the model from this very study (`scalp_dht_pattern`), for every"
            " hypothesis; that it comes out again says nothing. Why DHT differs over the scalp the model does not say.",
            "In the model the vertex has this DHT before any hair is lost; the study compared scalp that was bald.",
        ),
    )


def dht_under_finasteride(seed: int, people: int = PEOPLE) -> Prediction:
    """How much of the DHT of bald scalp does finasteride leave?"""
    treatment = studies()[DRUG].arms[0].treatments[0]
    dose = treatment.dose or 0.0
    arm = studies()[DRUG].arms[0].name
    before, after = (endpoint(DRUG, "scalp DHT", arm, measure).center for measure in ("baseline", "level"))
    seen, error = _published(DRUG, "scalp DHT", (arm, "level"), (arm, "baseline"))
    trial = endpoint("drake1999", "scalp DHT", arm, "change").center
    forecasts: list[Forecast] = []
    for name in EVERY:
        without, with_drug = dht(name, 0.0, people, seed)[0], dht(name, dose, people, seed)[0]
        leaves = over_people("left", "DHT of the vertex under the drug, of that before", with_drug, without)
        verdict = number_verdict(leaves.of, 100 * seen, 100 * error, NO_CHANGE)
        held = (Held(leaves, f"{100 * seen:.0f} ± {100 * error:.0f} % (standard error)", verdict),)
        sentence = f"Under {name}, {dose:g} mg of finasteride leave {leaves.shown} % of the DHT of the vertex."
        forecasts.append(Forecast(name, held, (), people, verdict_of(held), sentence))
    return Prediction(
        name="finasteride-on-bald-scalp",
        title="What finasteride leaves of the DHT in bald scalp",
        asks=f"How much of the DHT of bald scalp do {dose:g} mg of finasteride leave?",
        studies=(DRUG,),
        seen=f"In eight men the DHT of bald scalp fell from {before:.2f} to {after:.2f} pmol/g in 28 days.",
        set_up="Men of 35, the vertex, with the drug and without it, once the drug has come to its full effect.",
        forecasts=tuple(forecasts),
        caveats=(
            f"The enzymes were set to another trial of the same dose (Drake and others, 1999: {trial:g} %), so this"
            " number tells how far two studies of one drug differ. The hypotheses hardly do.",
            "The error of the ratio takes the two means as independent; in the same men it is likely to be smaller.",
        ),
    )


# blood flow


def flow(seed: int, people: int = PEOPLE) -> Prediction:
    """What is the blood flow at the vertex of men who have lost half of their hair, and of men who have not?"""
    scalp = lived(plan(), AGE, seed, people=people)
    later = lived(plan(), around(AGE)[-1], seed, people=people)
    share = left_around(later, AGE)[:, 0]
    record = studies()[FLOW]
    bald_seen, kept_seen = (endpoint(FLOW, "blood flow", arm, "level") for arm in ("pattern loss", "no loss"))
    seen, error = _published(FLOW, "blood flow", ("pattern loss", "level"), ("no loss", "level"))
    forecasts: list[Forecast] = []
    for place, name in enumerate(EVERY):
        values = np.broadcast_to(scalp.tissue("blood_flow", 0, place), (people,))
        bald, whole = values[share[place] <= BALD], values[share[place] >= KEPT]
        if min(bald.size, whole.size) < FEWEST:
            who = "bald at the vertex" if bald.size < whole.size else "without loss"
            forecasts.append(nobody(name, who, min(bald.size, whole.size), people))
            continue
        unit = bald_seen.unit
        levels = (
            _mean("bald", "blood flow of men who have lost half of their vertex hair or more", bald, unit),
            _mean("whole", "blood flow of men of that age who have lost a tenth at most", whole, unit),
        )
        ratio = Number(
            "ratio",
            "blood flow of men who have lost their hair, of that of men who have kept it",
            100 * levels[0].of / levels[1].of,
            "percent",
        )
        told = f"{100 * seen:.0f} ± {100 * error:.0f} % (standard error)"
        held = [Held(ratio, told, number_verdict(ratio.of, 100 * seen, 100 * error, NO_CHANGE))]
        for one, published in zip(levels, (bald_seen, kept_seen), strict=True):
            spread = error_of(record, published)
            verdict = number_verdict(one.of, published.center, spread, 0.0)
            held.append(Held(one, f"{published.center:g} ± {spread:.1f} mL/100 g/min (standard error)", verdict))
        sentence = (
            f"Under {name}, blood flow is {levels[0].shown} mL/100 g/min in men of {AGE:g} with half of their vertex"
            f" hair gone and {levels[1].shown} in men who have kept it: {ratio.shown} %."
        )
        forecasts.append(Forecast(name, tuple(held), (), bald.size + whole.size, verdict_of(held), sentence))
    return Prediction(
        name="flow-of-bald-scalp",
        title="Blood flow in bald and in haired scalp",
        asks="How much blood flows through the vertex of men who have lost their hair there, and of men who have not?",
        studies=(FLOW,),
        seen=(
            f"{bald_seen.center:g} mL/100 g/min in 14 men with early loss, {kept_seen.center:g} in 14 men of the same"
            " age without."
        ),
        set_up=f"Men of {AGE:g} at the vertex: those with half of their hair gone against those with nine tenths left.",
        forecasts=tuple(forecasts),
        caveats=(
            f"The flow of a healthy man of 20 ({value('blood_flow_healthy'):g} mL/100 g/min) is put in from this study;"
            " that men who keep their hair should still have it at this age is not.",
            "In the model nothing runs from hair to blood flow, so where flow does not act on hair the two are found"
            " together only by what drives both. That bald skin needs less blood would be another arrow.",
            "The study measured men with early loss, of ages that were not read, on skin without hair.",
            ASSUMED,
        ),
    )
