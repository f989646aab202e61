"""The least that would have to change: the answers, the mixed-integer program, and other ways with one thing."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

from anagen.intake.ledger import tally
from anagen.intake.plan_amounts import (
    NOTHING,
    Target,
    cautions_of,
    counted_with,
    greatest_strength,
    named_target,
    with_amount,
    with_intake,
    written_amount,
)
from anagen.intake.wording import figure, how_often, milligrams
from anagen.quantities import read_strength
from anagen.routine import Intake
from anagen.scenario import Scenario

DAYS_PER_WEEK = 7


@dataclass(frozen=True)
class Step:
    """One thing changed: `to` is None where it is left out."""

    item: str
    number: int
    now: str
    to: str | None
    share: float

    @property
    def words(self) -> str:
        """The change in words."""
        return (
            f"{self.item}: {self.now} left out" if self.to is None else f"{self.item}: {self.to} instead of {self.now}"
        )


@dataclass(frozen=True)
class Change:
    """One way to come within: the steps, and what the ledger counts after them, mg/day."""

    steps: tuple[Step, ...]
    counted: float
    sentence: str
    cautions: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """As it stands in the JSON."""
        return {
            "steps": [
                {"item": one.item, "number": one.number, "now": one.now, "to": one.to, "share_left": one.share}
                for one in self.steps
            ],
            "counted_mg_per_day": self.counted,
            "sentence": self.sentence,
            "cautions": list(self.cautions),
        }


@dataclass(frozen=True)
class Changes:
    """Ways to come within, the least change first; `sentence` says how things stand."""

    sentence: str
    answers: tuple[Change, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """As it stands in the JSON."""
        return {"sentence": self.sentence, "answers": [answer.to_dict() for answer in self.answers]}


def least_shares(parts: dict[int, float], excess: float, most: int) -> list[dict[int, float]]:
    """For each answer, the share left of each thing that changes; the least change first."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    places, count = list(parts), len(parts)
    mg = np.array([parts[place] for place in places])
    eye = np.eye(count)
    rest = float(mg.sum()) - excess
    constraints: list[Any] = [
        LinearConstraint(np.concatenate([mg, np.zeros(count)])[None, :], -np.inf, max(rest, 0.0)),
        LinearConstraint(np.hstack([eye, eye]), 1, np.inf),  # x + y >= 1
    ]
    cost = np.concatenate([-np.ones(count) / (2 * count), np.ones(count)])
    integer, bounds = np.concatenate([np.zeros(count), np.ones(count)]), Bounds(0, 1)
    found: list[dict[int, float]] = []
    while len(found) < most:
        solved = milp(cost, integrality=integer, bounds=bounds, constraints=constraints)
        if solved.x is None:
            break
        changed = solved.x[count:].round().astype(bool)
        found.append(_exact(places, mg, solved.x[:count], changed, excess))
        cut = np.concatenate([np.zeros(count), changed.astype(float)])[None, :]
        constraints.append(LinearConstraint(cut, -np.inf, changed.sum() - 1))
    return found


def _exact(places: list[int], mg: Any, shares: Any, changed: Any, excess: float) -> dict[int, float]:
    """The shares left, so that the sum falls on the target to the last figure: the solver is good to six."""
    left = {places[i]: min(max(float(shares[i]), 0.0), 1.0) for i in range(len(places)) if changed[i]}
    weight = dict(zip(places, (float(one) for one in mg), strict=True))
    for place in left:
        others = sum(weight[one] * (1 - share) for one, share in left.items() if one != place)
        share = 1 - (excess - others) / weight[place]
        if 0 <= share <= 1:
            left[place] = share
            break
    return left


def change_of(scenario: Scenario, shares: dict[int, float], target: float, to: Target) -> Change:
    """One answer, put back into the ledger."""
    steps: list[Step] = []
    after = scenario
    for place, share in sorted(shares.items()):
        intake = scenario.intakes[place]
        amount = written_amount(intake.amount, intake.amount.magnitude * share)
        out = amount.magnitude <= NOTHING * intake.amount.magnitude
        steps.append(Step(intake.product, place + 1, intake.amount.text, None if out else amount.text, share))
        after = with_amount(after, place, replace(amount, magnitude=0.0) if out else amount)
    ledger = tally(after)
    words = "; ".join(step.words for step in steps)
    sentence = (
        f"{words} would make {milligrams(ledger.totals.counted)} mg a day: within the {named_target(target, to)}."
    )
    return Change(tuple(steps), ledger.totals.counted, sentence, cautions_of(ledger))


def other_ways(scenario: Scenario, place: int, target: float, to: Target) -> list[Change]:
    """The same thing changed in another way: less often, or weaker."""
    intake = scenario.intakes[place]
    ways: list[tuple[Intake, str]] = []
    weekly = intake.takings_per_day * DAYS_PER_WEEK
    rarer = _rarer(scenario, place, target)
    if 0 < rarer < weekly:
        words = f"{figure(rarer)} times a week" if rarer > 1 else "once a week"
        ways.append((replace(intake, per="week", times=float(rarer)), f"{intake.amount.text} {words}"))
    weaker = greatest_strength(scenario, place, target)
    if weaker is not None and intake.strength is not None:
        strength = replace(read_strength(weaker), basis_stated=intake.strength.basis_stated)
        ways.append((replace(intake, strength=strength), f"{intake.amount.text} at {weaker}"))
    now = f"{intake.amount.text}, {how_often(intake)}"
    found: list[Change] = []
    for other, words in ways:
        ledger = tally(with_intake(scenario, place, other))
        if ledger.totals.counted <= target:
            share = other.takings_per_day / intake.takings_per_day
            step = Step(intake.product, place + 1, now, words, share)
            total = milligrams(ledger.totals.counted)
            sentence = f"{step.words} would make {total} mg a day: within the {named_target(target, to)}."
            found.append(Change((step,), ledger.totals.counted, sentence, cautions_of(ledger)))
    return found


def _rarer(scenario: Scenario, place: int, target: float) -> int:
    """The most whole times a week of one thing that keep within, its amount as it is."""
    intake = scenario.intakes[place]
    without = counted_with(scenario, place, 0.0)
    a_taking = (tally(scenario).totals.counted - without) / intake.takings_per_day
    return math.floor((target - without) / a_taking * DAYS_PER_WEEK + NOTHING)
