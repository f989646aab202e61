"""Several plans of one person, for the same drawn people with the same luck, so that one can be taken from another.

Which drawn people stand for a person is chosen by their past (see `live`). Plans that are compared may tell of
different pasts; the people are then those of what all of them tell of it, so that they are the same throughout.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from anagen.flowchart.hypotheses import Hypothesis
from anagen.outlook.dataset import grown, span_of
from anagen.outlook.live import (
    BLOCK,
    FOLLICLES,
    REGION,
    frame_of,
    people_of,
    regions_of,
    scalp_ready,
)
from anagen.outlook.simulate import person_parameters
from anagen.scenario import Scenario
from anagen.stopping import Stopped, never

Floats = NDArray[np.float64]
T = TypeVar("T")


@dataclass(frozen=True)
class Hair:
    """Counted hairs per cm2 of the vertex with a plan, shape (draw, age), at the ages (years)."""

    age: Floats
    hairs: Floats


def _shared(lists: Sequence[tuple[T, ...]]) -> tuple[T, ...]:
    """What stands in every one of some lists, in the order of the first."""
    first, *others = lists
    return tuple(one for one in first if all(one in other for other in others))


def shared_plan(scenarios: Sequence[Scenario]) -> Scenario:
    """What all plans hold: whoever is compared has this past. The person must be the same in all of them."""
    intakes, treatments = _shared([one.intakes for one in scenarios]), _shared([one.treatments for one in scenarios])
    return replace(scenarios[0], intakes=intakes, treatments=treatments)


def hair_of(
    scenario: Scenario,
    of: Scenario,
    hypothesis: Hypothesis,
    draws: int,
    seed: int = 0,
    stopped: Callable[[], bool] = never,
) -> Hair:
    """Hair by age with one plan.

    Parameters
    ----------
    scenario : the person with this plan.
    of : the person with what all plans that are compared share; it chooses the drawn people.
    draws : how many people, in blocks of `live.BLOCK`.
    stopped : asked before every block; True ends it.

    Raises
    ------
    Stopped
        Where `stopped` said so.
    """
    span = span_of(scenario.person.age)
    parts: list[Floats] = []
    for begin in range(0, draws, BLOCK):
        if stopped():
            raise Stopped
        people = people_of(of, hypothesis, np.arange(begin, min(begin + BLOCK, draws)), seed)
        frame = replace(frame_of(scenario, hypothesis, people.persons, FOLLICLES, seed), arms=1)
        same_regions = regions_of(scenario) == regions_of(of)
        drawn = people.drawn if same_regions else person_parameters(frame)
        found = grown(frame, scalp_ready(frame, drawn), span)["hairs_per_cm2"]
        parts.append(found[0, frame.regions.index(REGION)])
    return Hair(span.begin + span.records / 12, np.concatenate(parts))
