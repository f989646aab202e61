"""What the model expects of this person's scalp, as a severity that the oxygen screen can solve."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anagen.evidence.parameters import value
from anagen.outlook.dataset import ARMS
from anagen.outlook.live import BLOCK, REGION, frame_of, people_of
from anagen.outlook.simulate import MONTHS, between, course
from anagen.stopping import Stopped
from anagen.web.found import FEW, find
from anagen.web.oxygen_asked import PERCENT, Asked
from anagen.web.state import State

Floats = NDArray[np.float64]
SEED = 0
PEOPLE = 3 * BLOCK
ARROWS = {
    "flow": "flow-raises-oxygen",
    "loss": "vessels-raise-oxygen",
    "calcium": "calcification-lowers-oxygen",
    "scar": "fibrosis-lowers-oxygen",
}
"""The arrow by which each number reaches the bulb; switched off, the number is as in health."""


@dataclass(frozen=True)
class Expected:
    """Of the median drawn person at an age: with the plan, and doing nothing; `off` are arrows that are switched off.

    `po2` and `po2_nothing` are what the model itself has at the bulb (mmHg, median).
    """

    name: str
    age: float
    plan: Asked
    nothing: Asked
    po2: float
    po2_nothing: float
    off: tuple[str, ...]
    has_plan: bool


def expected_of(state: State, stopped: Callable[[], bool]) -> Expected:
    """The severity that the model expects at the age the scalp is drawn at, else at the age the answer names."""
    scenario, hypothesis = state.scenario, state.belief.hypothesis()
    found = find(state, FEW, stopped)
    first, last = float(found.mine.baseline.age[0]), float(found.mine.baseline.age[-1])
    age = min(max(state.at or found.age, first), last)
    tissue: dict[str, list[Floats]] = {}
    for begin in range(0, PEOPLE, BLOCK):
        if stopped():
            raise Stopped
        people = people_of(scenario, hypothesis, np.arange(begin, begin + BLOCK), SEED)
        frame = frame_of(scenario, hypothesis, people.persons, 1, SEED)
        run, month = course(frame, people.drawn), np.array([round((age - frame.begin) * MONTHS)])
        for name, values in run.tissue.items():
            at = between(run.knots, values, month)[0, 0, :, frame.regions.index(REGION)]
            tissue.setdefault(name, []).append(at)
    middle = {name: np.median(np.concatenate(parts, axis=-1), axis=-1) for name, parts in tissue.items()}
    off = tuple(name for name in ARROWS.values() if name in hypothesis.off)
    arms = [ARMS.index(arm) for arm in ("plan", "baseline")]
    plan, nothing = (_asked(middle, arm, off) for arm in arms)
    po2, po2_nothing = (float(middle["bulb_po2"][arm]) for arm in arms)
    return Expected(scenario.person.name, age, plan, nothing, po2, po2_nothing, off, found.has_plan)


def _asked(middle: dict[str, Floats], arm: int, off: tuple[str, ...]) -> Asked:
    loss = value("rarefaction_share") * (1 - float(middle["vessel_density"][arm]))
    numbers = {
        "flow": float(middle["blood_flow"][arm]),
        "loss": PERCENT * loss,
        "calcium": PERCENT * float(middle["calcification"][arm]),
        "scar": PERCENT * float(middle["fibrosis"][arm]),
    }
    health = {"flow": value("flow_at_rest"), "loss": 0.0, "calcium": 0.0, "scar": 0.0}
    chosen = {key: health[key] if ARROWS[key] in off else one for key, one in numbers.items()}
    return Asked.rounded(**chosen)
