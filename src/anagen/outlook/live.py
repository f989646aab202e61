"""A look ahead at one region, quick enough to follow a moving hand, and fit to be stopped between blocks of people.

The people, their luck and the equations are those of `simulate`. Which drawn people stand for a person is chosen by
their past alone, so that a plan that is moved about is always moved about for the same people; without a plan the
numbers of a region are those of `simulate`, bit for bit. Around starts and stops every month is recorded besides. Who
the people are is kept: a change of plan costs nothing but the courses and the follicles.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from anagen.flowchart.hypotheses import Hypothesis
from anagen.follicle.patches import Follicles
from anagen.outlook.changes import fine_span
from anagen.outlook.dataset import ARMS, VARIABLES, grown, span_of, weights
from anagen.outlook.grafts import DONOR
from anagen.outlook.kept import Kept
from anagen.outlook.sheet import Sheet
from anagen.outlook.simulate import (
    Course,
    Frame,
    Scalp,
    all_follicles,
    course,
    patches_of,
    person_parameters,
    with_losses,
)
from anagen.outlook.standing import choose
from anagen.routine import REGIONS, Region
from anagen.scenario import Scenario
from anagen.stopping import Stopped, never

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

REGION: Region = "vertex"
BLOCK = 12
FOLLICLES = 64
SHOWN = (
    "hairs_per_cm2", "terminal_per_cm2", "diameter_um", "longest_cm", "shed_per_day_cm2", "blood_flow",
    "bulb_po2_mmhg", "fibrosis", "calcification",
)  # fmt: skip


@dataclass(frozen=True)
class People:
    """The drawn people that stand for a person under a hypothesis: numbers, mean log fits, and their parameters."""

    persons: Indices
    fits: Floats
    drawn: dict[str, Floats]


_people: Kept[People] = Kept(most=96)
_follicles: Kept[Follicles] = Kept(most=24)


def _past(scenario: Scenario) -> Scenario:
    """What of a scenario bears on who the person is: what was begun before today, and grafts, which move follicles."""
    age = scenario.person.age
    intakes = tuple(one for one in scenario.intakes if one.from_age is not None and one.from_age < age)
    treatments = tuple(
        one
        for one in scenario.treatments
        if one.kind == "transplant" or (one.from_age is not None and one.from_age < age)
    )
    return replace(scenario, intakes=intakes, treatments=treatments)


def regions_of(scenario: Scenario) -> tuple[Region, ...]:
    """The vertex; where grafts are moved, the sites they come from and go to besides."""
    grafts = [one for one in scenario.treatments if one.kind == "transplant"]
    needed = {REGION, *(one.region for one in grafts), *({DONOR} if grafts else ())}
    return tuple(one for one in REGIONS if one in needed)


def frame_of(scenario: Scenario, hypothesis: Hypothesis, persons: Indices, follicles: int, seed: int) -> Frame:
    """What is run: both arms, in the regions that bear on the vertex."""
    span = span_of(scenario.person.age)
    regions = regions_of(scenario)
    return Frame(scenario, (hypothesis,), regions, persons, span.begin, span.months, len(ARMS), follicles, seed)


def people_of(scenario: Scenario, hypothesis: Hypothesis, block: Indices, seed: int) -> People:
    """The people of a block of draws, worked out once for every person and hypothesis."""
    past = _past(scenario)
    key = (
        repr((past.person, past.intakes, past.treatments)),
        tuple(sorted(hypothesis.off)),
        regions_of(scenario),
        block.tobytes(),
        seed,
    )

    def work() -> People:
        persons, fits = choose(past, hypothesis, block, seed)
        return People(persons, fits, person_parameters(frame_of(scenario, hypothesis, persons, 1, seed)))

    return _people.get(key, work)


def _follicles_in(frame: Frame, run: Course) -> Follicles:
    """The follicles of a frame: who they are is kept, for no plan changes it; when each is lost is found anew."""
    person = repr(frame.scenario.person)
    key = (person, frame.regions, frame.shape, frame.persons.tobytes(), frame.follicles, frame.seed)
    return with_losses(frame, run, _follicles.get(key, lambda: all_follicles(frame)))


def scalp_ready(frame: Frame, drawn: dict[str, Floats]) -> Scalp:
    """A frame made ready to grow, of parameters drawn before."""
    run = course(frame, drawn)
    return Scalp(patches_of(frame, run, drawn), _follicles_in(frame, run), run, drawn)


def look(
    scenario: Scenario,
    hypotheses: tuple[Hypothesis, ...],
    draws: int,
    seed: int = 0,
    stopped: Callable[[], bool] = never,
    names: tuple[str, ...] = SHOWN,
) -> Sheet:
    """Look ahead at the vertex, with the plan and without.

    Parameters
    ----------
    draws : people like this one, in blocks of `BLOCK`.
    stopped : asked before every block; True ends the look.
    names : the variables that are worked out.

    Returns
    -------
    Sheet
        As of `simulate`, of one region and of the variables in `names`, at its ages and at those of `fine_span`.

    Raises
    ------
    Stopped
        Where `stopped` said so.
    """
    span = fine_span(scenario)
    parts: list[dict[str, Floats]] = []
    fits: list[Floats] = []
    for hypothesis in hypotheses:
        blocks: list[dict[str, Floats]] = []
        fit: list[Floats] = []
        for begin in range(0, draws, BLOCK):
            if stopped():
                raise Stopped
            people = people_of(scenario, hypothesis, np.arange(begin, min(begin + BLOCK, draws)), seed)
            if stopped():
                raise Stopped
            frame = frame_of(scenario, hypothesis, people.persons, FOLLICLES, seed)
            found = grown(frame, scalp_ready(frame, people.drawn), span, names)
            at = frame.regions.index(REGION)
            blocks.append({name: found[name][:, at : at + 1] for name in names})
            fit.append(people.fits)
        parts.append({name: np.concatenate([one[name] for one in blocks], axis=2) for name in names})
        fits.append(np.concatenate(fit))
    axes = ("hypothesis", "arm", "region", "draw", "age")
    return Sheet.of(
        {
            name: (axes, np.stack([one[name] for one in parts]), {"units": VARIABLES[name][0], "long_name": says})
            for name, says in ((name, VARIABLES[name][1]) for name in names)
        },
        coords={
            "hypothesis": (("hypothesis",), np.array([one.name for one in hypotheses]), {}),
            "arm": (("arm",), np.array(ARMS), {}),
            "region": (("region",), np.array([REGION]), {}),
            "draw": (("draw",), np.arange(draws), {}),
            "age": (("age",), span.begin + span.records / 12, {"units": "year"}),
            "weight": (("hypothesis",), weights(fits), {}),
        },
        attrs={"seed": seed, "draws": draws, "follicles": FOLLICLES},
    )
