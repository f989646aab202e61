"""Runs of the hour-scale magnesium pools: the routine's doses as events, and a stiff solver between them.

Between two events the pools follow `acute.derivatives`; at an event something is swallowed. The solver is LSODA of
scipy, which turns to backward differentiation where the pools are stiff (half-times from an hour to years). All draws
are one banded system, so they share every step. Plasma starts at rest on the usual diet, and the diet goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from anagen.body.acute import AT, INSIDE, STATES, Laws, at_rest, derivatives
from anagen.body.acute_meals import Swallowed, parted

Floats = NDArray[np.float64]

TOLERANCE, SMALLEST = 1e-8, 1e-10  # relative; mmol


@dataclass(frozen=True)
class Course:
    """A run: hours of the grid, the states at each (axes: hour, state, draw), plasma (hour, draw), mmol swallowed.

    `swallowed` and `infused` count from the first hour of the run, as the sums among the states do.
    """

    hours: Floats
    states: Floats
    plasma: Floats
    swallowed: Floats
    infused: float

    def of(self, name: str) -> Floats:
        """One state through time, mmol; axes (hour, draw)."""
        return self.states[:, AT[name]]

    def imbalance(self) -> Floats:
        """What is missing at the end: in the body then and lost, less in the body before and taken in; mmol a draw."""
        last, first = self.states[-1], self.states[0]
        lost = last[INSIDE.stop :] - first[INSIDE.stop :]
        return (last[INSIDE] - first[INSIDE]).sum(axis=0) + lost.sum(axis=0) - self.swallowed - self.infused


def simulate(
    laws: Laws,
    events: Sequence[Swallowed],
    grid: Floats,
    magnesium_mass: float,
    drip: tuple[float, float, float] | None = None,
    tolerance: float = TOLERANCE,
    smallest: float = SMALLEST,
) -> Course:
    """Run the pools from rest through the events.

    Parameters
    ----------
    laws : per draw.
    events : what is swallowed; those before the first hour of the grid or after its last play no part.
    grid : hours to keep, rising.
    magnesium_mass : mg in a mmol.
    drip : from hour, to hour, mmol/h: straight into the blood.
    tolerance, smallest : of the solver, relative and in mmol.
    """
    begin, end = float(grid[0]), float(grid[-1])
    state = at_rest(laws)
    within = [event for event in events if begin <= event.hour < end]
    edges = {begin, end, *(event.hour for event in within)}
    edges |= {hour for hour in (drip[:2] if drip is not None else ()) if begin < hour < end}
    ordered = sorted(edges)
    kept = [state]
    swallowed = np.zeros_like(laws.start)
    infused = 0.0
    for first, last in pairwise(ordered):
        for event in within:
            if event.hour == first:
                state = _swallow(state, event, laws, magnesium_mass)
                swallowed = swallowed + event.total / magnesium_mass
        flow = drip[2] if drip is not None and drip[0] <= first < drip[1] else 0.0
        infused += flow * (last - first)
        wanted = grid[(grid > first) & (grid <= last)]
        found, state = _solve(laws, state, (first, last), wanted, flow, (tolerance, min(smallest, tolerance)))
        kept.extend(found)
    states = np.array(kept)
    return Course(grid, states, states[:, AT["extracellular"]] / laws.volume, swallowed, infused)


def _swallow(state: Floats, event: Swallowed, laws: Laws, magnesium_mass: float) -> Floats:
    """The states just after something was swallowed."""
    kept, passing = AT["stomach_kept"], AT["stomach_passing"]
    taken_up = parted(state[kept] * magnesium_mass, event, laws)
    after = state.copy()
    after[kept] += taken_up / magnesium_mass
    after[passing] += (event.total - taken_up) / magnesium_mass
    return after


def _solve(
    laws: Laws, state: Floats, span: tuple[float, float], wanted: Floats, flow: float, tolerances: tuple[float, float]
) -> tuple[list[Floats], Floats]:
    """From one event to the next: the states at the wanted hours, and at the end."""
    from scipy.integrate import solve_ivp

    draws, last = state.shape[1], span[1]

    def rates(_: float, flat: Floats) -> Floats:
        return derivatives(flat.reshape(draws, len(STATES)).T, laws, flow).T.ravel()

    wide = len(STATES) - 1
    hours = wanted if wanted.size and wanted[-1] == last else np.append(wanted, last)
    solution = solve_ivp(
        rates, span, state.T.ravel(), method="LSODA", t_eval=hours, rtol=tolerances[0], atol=tolerances[1],
        lband=wide, uband=wide,
    )  # fmt: skip
    if not solution.success:
        raise ArithmeticError(f"the solver stopped at {solution.t[-1] if solution.t.size else span[0]} h")
    found = [column.reshape(draws, len(STATES)).T for column in solution.y.T]
    return found[: wanted.size], found[-1]
