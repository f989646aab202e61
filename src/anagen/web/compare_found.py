"""What is worked out to compare plans: each plan for the same drawn people, each of its entries left out in turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from anagen.flowchart.hypotheses import Hypothesis
from anagen.intake.ledger import tally
from anagen.outlook.kept import Kept
from anagen.outlook.side_by_side import Hair, hair_of, shared_plan
from anagen.scenario import Scenario
from anagen.show import bands
from anagen.show.account import Account, account
from anagen.show.bands import Band
from anagen.show.compare import Added, Expected, Horizon, Range
from anagen.show.side_effects import Harms, harms_of
from anagen.web.found import FULL
from anagen.web.levers import title_of
from anagen.web.plans import MOST_PLANS, Plan
from anagen.web.state import State

AHEAD = (1, 5, 20)
"""Years ahead that plans are compared at."""
NOTHING = "Doing nothing"
UNNAMED = "The plan on the page"
WORTH = 10.0
"""Hairs of 100 of today: what a drawn person has to gain to be counted among those who gain."""
GAIN_AT = 1
"""The horizon, by its place, at which those who gain are counted."""

_hairs: Kept[Hair] = Kept(most=160)
Floats = NDArray[np.float64]
Stop = Callable[[], bool]


@dataclass(frozen=True)
class Shown:
    """One plan of the comparison.

    Attributes
    ----------
    plan : as it stands in the address; key : "k1" where it is kept, "" for the one on the page alone.
    here : whether it is the plan on the page.
    scenario, read : checked, and its ledger.
    expected : what it leads to; harms : what is known of its side effects.
    gain : of 100 drawn people, how many keep at least `WORTH` more of 100 hairs than doing nothing.
    """

    plan: Plan
    key: str
    here: bool
    scenario: Scenario
    read: Account
    expected: Expected
    harms: tuple[Harms, ...]
    gain: float


@dataclass(frozen=True)
class Compared:
    """Everything the page of the comparison is made of; `left_out` where the plan on the page found no room."""

    state: State
    plans: tuple[Shown, ...]
    nothing: Expected
    horizons: tuple[Horizon, ...]
    between: tuple[tuple[str, str, bands.Spread], ...]
    left_out: bool


def shown_plans(state: State) -> list[tuple[str, Plan]]:
    """The plans that are kept, and the one on the page where it is not one of them and there is room."""
    kept = [(f"k{place}", one) for place, one in enumerate(state.kept, 1)]
    if any(one.same_as(state.plan) for one in state.kept) or len(kept) >= MOST_PLANS:
        return kept
    name = state.name or UNNAMED
    taken = any(one.name == name for one in state.kept)
    return [*kept, ("", replace(state.plan, name=f"{name}, as on the page" if taken else name))]


def scenario_of(state: State, plan: Plan) -> Scenario:
    """The person with one plan, checked; an error names the plan."""
    return Scenario.loads(replace(state, kept=()).with_plan(plan).toml, f'the plan "{plan.name}"')


@dataclass(frozen=True)
class _Runs:
    """How plans are grown: for whom, under what, and who may stop it."""

    state: State
    shared: Scenario
    hypothesis: Hypothesis
    stopped: Stop

    def hair(self, plan: Plan) -> Hair:
        """Hair by age with a plan, kept by its text."""
        text = replace(self.state, kept=()).with_plan(plan).toml
        shared = repr((self.shared.person, self.shared.intakes, self.shared.treatments))
        key = (text, shared, tuple(sorted(self.hypothesis.off)), FULL)
        scenario = scenario_of(self.state, plan)
        return _hairs.get(key, lambda: hair_of(scenario, self.shared, self.hypothesis, FULL, stopped=self.stopped))


def horizons_of(age: Floats) -> tuple[Horizon, ...]:
    """The times ahead that a look holds; the last is nearer where it ends before."""
    ahead = float(age[-1] - age[0])
    years = dict.fromkeys(int(min(one, ahead)) for one in AHEAD)
    return tuple(Horizon(one, float(age[0]) + one) for one in years)


def _of_today(hair: Hair, today: Floats, horizons: Sequence[Horizon]) -> Floats:
    """Hairs for every 100 of today, shape (draw, horizon); NaN for who has none today."""
    places = [int(np.argmin(np.abs(hair.age - one.age))) for one in horizons]
    return np.where(today > 0, 100 * hair.hairs[:, places].T / np.maximum(today, bands.FEWEST), np.nan).T


def _band(hair: Hair) -> Band:
    return Band(hair.age, *np.quantile(hair.hairs, (0.10, 0.25, 0.50, 0.75, 0.90), axis=0))


def _expected(name: str, hair: Hair, shares: Floats, nothing: Floats | None, added: tuple[Added, ...] = ()) -> Expected:
    ranges = tuple(Range.of(column) for column in shares.T)
    change = None if nothing is None else tuple(bands.spread(column) for column in (shares - nothing).T)
    return Expected(name, ranges, change, _band(hair), added)


def _added(runs: _Runs, plan: Plan, shares: Floats, today: Floats, horizons: Sequence[Horizon]) -> tuple[Added, ...]:
    """What each entry adds: the plan less the plan without it."""
    found: list[Added] = []
    for letter, place, table in plan.entries():
        without = _of_today(runs.hair(plan.without(letter, place)), today, horizons)
        found.append(Added(title_of(letter, table), tuple(bands.spread(one) for one in (shares - without).T)))
    return tuple(found)


def compared(state: State, stopped: Stop) -> Compared:
    """Work the comparison out.

    Raises
    ------
    ScenarioError
        Where a plan cannot be used; it is named.
    Stopped
        Where nobody waits for it any more.
    """
    chosen = shown_plans(state)
    scenarios = [scenario_of(state, plan) for _, plan in chosen]
    runs = _Runs(state, shared_plan(scenarios), state.belief.hypothesis(), stopped)
    empty = runs.hair(Plan(NOTHING))
    today, horizons = empty.hairs[:, 0], horizons_of(empty.age)
    baseline = _of_today(empty, today, horizons)
    shares: list[Floats] = []
    found: list[Shown] = []
    for (key, plan), scenario in zip(chosen, scenarios, strict=True):
        hair = runs.hair(plan)
        mine = _of_today(hair, today, horizons)
        shares.append(mine)
        expected = _expected(plan.name, hair, mine, baseline, _added(runs, plan, mine, today, horizons))
        read = account(tally(scenario))
        gained = (mine - baseline)[:, min(GAIN_AT, len(horizons) - 1)]
        gain = 100 * float(np.mean(gained[~np.isnan(gained)] >= WORTH)) if np.isfinite(gained).any() else 0.0
        here = plan.same_as(state.plan)
        found.append(Shown(plan, key, here, scenario, read, expected, harms_of(scenario, read), gain))
    nothing = _expected(NOTHING, empty, baseline, None)
    left_out = not any(one.here for one in found)
    return Compared(state, tuple(found), nothing, horizons, _between(found, shares), left_out)


def _between(plans: Sequence[Shown], shares: Sequence[Floats]) -> tuple[tuple[str, str, bands.Spread], ...]:
    """The plan that keeps the most at the last horizon against each other one, run by run."""
    if not plans:
        return ()
    order = sorted(range(len(plans)), key=lambda i: -plans[i].expected.at[-1].median)
    best = order[0]
    return tuple(
        (plans[best].plan.name, plans[i].plan.name, bands.spread((shares[best] - shares[i])[:, -1])) for i in order[1:]
    )
