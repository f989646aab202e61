"""What the experiments share: people drawn and grown under a plan, and the flowchart at one moment.

An experiment that asks what an arrow carries runs a hypothesis with that arrow off (`Hypothesis.without`), which leaves
every draw as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anagen.evidence.parameters import parameters
from anagen.flowchart.chart import flowchart
from anagen.flowchart.evaluate import Evaluator
from anagen.flowchart.hypotheses import HYPOTHESES, Hypothesis, chosen
from anagen.follicle.census import Wanted
from anagen.outlook.experiments_records import Number
from anagen.outlook.exposure import Exposure
from anagen.outlook.grafts_count import counted
from anagen.outlook.people import draw_parameters
from anagen.outlook.simulate import (
    EARLIEST_AGE,
    MONTHS,
    Course,
    Frame,
    Scalp,
    course,
    follicles_of,
    patches_of,
    person_parameters,
)
from anagen.routine import Person, Region
from anagen.scenario import Scenario
from anagen.stopping import go_on

Floats = NDArray[np.float64]

EVERY = tuple(HYPOTHESES)
VERTEX: tuple[Region, ...] = ("vertex",)
PEOPLE, FOLLICLES = 160, 28
LOW, HIGH = 0.1, 0.9
GROWN_UP = 20.0
ADULT = Person(age=35.0, sex="male")
HELD_NOWHERE: Mapping[str, Any] = {}
HEALTHY: Mapping[str, float] = {"fibrosis": 0.0, "scar": 0.0, "calcification": 0.0, "vessel_density": 1.0}


@dataclass(frozen=True)
class Lived:
    """What the scalps of drawn people go through, from puberty to an age, in the arms of nothing and of the plan."""

    frame: Frame
    drawn: dict[str, Floats]
    course: Course

    def tissue(self, name: str, arm: int = -1, hypothesis: int = 0, region: int = 0) -> Floats:
        """A tissue node of every person at the last age."""
        return self.course.tissue[name][-1, hypothesis, arm, region]


@dataclass(frozen=True)
class Grown:
    """Hair of drawn people in two arms, of nothing and of the plan; in one where nothing is planned.

    Attributes
    ----------
    hairs : counted hairs in 1 cm2, shape (hypothesis, arm, region, person, age).
    share : the same as a share of the follicles.
    """

    ages: tuple[float, ...]
    hairs: Floats
    share: Floats

    def at(self, age: float, arm: int, hypothesis: int = 0, region: int = 0) -> Floats:
        """Hairs in 1 cm2 of every person at one age."""
        return self.hairs[hypothesis, arm, region, :, self.ages.index(age)]

    def share_at(self, age: float, arm: int, hypothesis: int = 0, region: int = 0) -> Floats:
        """Hairs as a share of the follicles of every person at one age."""
        return self.share[hypothesis, arm, region, :, self.ages.index(age)]


def lived(
    plan: Scenario,
    until: float,
    seed: int,
    hypotheses: tuple[str | Hypothesis, ...] = EVERY,
    regions: tuple[Region, ...] = VERTEX,
    people: int = PEOPLE,
    alone: bool = False,
) -> Lived:
    """Run the scalps of drawn people from puberty to the age `until` (years).

    `alone` leaves out the arm of nothing, where another run has it already.
    """
    months = round((until - EARLIEST_AGE) * MONTHS)
    arms = 2 if (plan.intakes or plan.treatments) and not alone else 1
    frame = Frame(plan, chosen(hypotheses), regions, np.arange(people), EARLIEST_AGE, months, arms, FOLLICLES, seed)
    go_on()
    drawn = person_parameters(frame)
    return Lived(frame, drawn, course(frame, drawn))


def grown(scalp: Lived, ages: tuple[float, ...]) -> Grown:
    """Grow the hair of drawn people and count it at some ages."""
    go_on()
    frame, drawn, run = scalp.frame, scalp.drawn, scalp.course
    laid_out = Scalp(patches_of(frame, run, drawn), follicles_of(frame, run), run, drawn)
    times = np.array([round((age - EARLIEST_AGE) * MONTHS) for age in ages], dtype=np.float64)
    found = counted(frame, laid_out, times, Wanted(sums=False, phases=False))
    share = found["hairs"].reshape(*frame.shape, times.size) / FOLLICLES
    density = np.broadcast_to(drawn["follicle_density"], frame.shape)[..., np.newaxis]
    return Grown(ages, share * density, share)


def spread(name: str, says: str, values: Floats, unit: str) -> Number:
    """The mean over people, and the range of 8 in 10 of them."""
    low, high = np.quantile(values, (LOW, HIGH))
    return Number(name, says, float(values.mean()), unit, float(low), float(high))


def total_of(values: Floats, of: Floats) -> float:
    """What is left of every 100: sums over people, in percent."""
    return float(100 * values.sum() / of.sum())


def central(region: Region = "vertex") -> dict[str, float]:
    """Every parameter at its central value, in one region."""
    return {name: record.by_region.get(region, record.value) for name, record in parameters().items()}


def drawn_values(people: int, seed: int) -> dict[str, Floats]:
    """Every parameter of drawn people at the vertex, shape (1, people)."""
    return draw_parameters(parameters(), VERTEX, np.arange(people), seed)


def usual_inputs(person: Person = ADULT) -> dict[str, Any]:
    """The inputs of the flowchart for a person who does nothing, with the usual network of vessels."""
    inputs = Exposure(Scenario(person), np.array([0]), 0, 1).at(person.age)
    return {**inputs, "network_luck": 0.0, "sensitivity": 0.0}


def at_once(
    values: Mapping[str, Any],
    given: Mapping[str, Any] = HELD_NOWHERE,
    states: Mapping[str, Any] = HEALTHY,
    hypothesis: Hypothesis = HYPOTHESES["hybrid"],
) -> dict[str, Any]:
    """Every node of the flowchart at one moment; `given` inputs and nodes are held as they are."""
    chart = flowchart()
    evaluator = Evaluator(chart, values, hypothesis.gates(chart))
    worked_out = tuple(name for name in chart.order if name not in given)
    return evaluator.nodes({**usual_inputs(), **given}, states, worked_out)
