"""Working the flowchart out: every node at one moment, and the slow states through time.

Values are floats or numpy arrays that broadcast against each other; the caller chooses the axes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anagen.flowchart.chart import Flowchart, function_arguments

Values = Mapping[str, Any]

SMALLEST_RUN = 1e-12  # below it a state has no rate of its own to speak of


class Evaluator:
    """The flowchart bound to parameter values and gates, ready to be evaluated at many moments.

    Parameters
    ----------
    chart : the flowchart.
    parameters : value (or array) of every parameter record the chart uses.
    gates : 1 or 0 (or an array of them) by arrow name; an arrow left out is on.
    """

    def __init__(self, chart: Flowchart, parameters: Values, gates: Values) -> None:
        self.chart = chart
        self._steps: dict[str, Callable[[dict[str, Any]], Any]] = {
            name: self._compile(name, parameters, gates) for name in (*chart.order, *chart.states)
        }
        self.start: dict[str, Any] = {
            name: parameters[base] if (base := chart.nodes[name].base) else 0.0 for name in chart.states
        }

    def _compile(self, name: str, parameters: Values, gates: Values) -> Callable[[dict[str, Any]], Any]:
        """One node as a function of the values of the other nodes."""
        node = self.chart.nodes[name]
        entering = [
            (one, one.equation, one.nodes, (gates.get(one.name, 1), *(parameters[key] for key in one.parameters)))
            for one in self.chart.into(name)
        ]

        def arrow_values(values: dict[str, Any]) -> list[Any]:
            return [equation(*(values[key] for key in reads), *rest) for _, equation, reads, rest in entering]

        if node.function is not None:
            function = node.function
            own, names = function_arguments(node, {one.role for one, *_ in entering})
            fixed = {key: parameters[key] for key in names}
            roles = [one.role for one, *_ in entering]

            def by_function(values: dict[str, Any]) -> Any:
                mine = {key: values[key] for key in own}
                return function(**mine, **fixed, **dict(zip(roles, arrow_values(values), strict=True)))

            return by_function
        product = node.combine == "product"
        neutral = 1.0 if product else 0.0
        base = parameters[node.base] if node.base and node.combine != "rate" else neutral

        def by_combining(values: dict[str, Any]) -> Any:
            total = base
            for part in arrow_values(values):
                total = total * part if product else total + part
            return total

        return by_combining

    def nodes(self, inputs: Values, states: Values, only: tuple[str, ...] | None = None) -> dict[str, Any]:
        """Every node at one moment, given the inputs and the slow states."""
        values = {**inputs, **states}
        for name in only if only is not None else self.chart.order:
            values[name] = self._steps[name](values)
        return values

    def rates(self, inputs: Values, states: Values, only: tuple[str, ...] | None = None) -> dict[str, Any]:
        """The rate of change (1/year) of every slow state."""
        values = self.nodes(inputs, states, only)
        return {name: self._steps[name](values) for name in self.chart.states}

    def linear_rates(self, inputs: Values, states: Values, only: tuple[str, ...]) -> dict[str, tuple[Any, Any]]:
        """The rate of every slow state as `a - b state` (1/year): all of them are linear in themselves."""
        values = self.nodes(inputs, states, only)
        parts: dict[str, tuple[Any, Any]] = {}
        for name in self.chart.states:
            rate = self._steps[name]
            begin = rate({**values, name: 0.0})
            parts[name] = (begin, begin - rate({**values, name: 1.0}))
        return parts

    def needed_for_states(self) -> tuple[str, ...]:
        """The nodes, in order, that the slow states depend on; the rest need not be worked out at every step."""
        wanted = set(self.chart.states)
        for name in reversed((*self.chart.order, *self.chart.states)):
            if name in wanted:
                wanted |= {key for one in self.chart.into(name) for key in one.nodes}
        return tuple(name for name in self.chart.order if name in wanted)


def integrate(
    evaluator: Evaluator, inputs_at: Callable[[float], Values], times: NDArray[np.float64]
) -> list[dict[str, Any]]:
    """The slow states at each of `times` (years), from the start values of their records.

    Exponential midpoint rule: over a step every state relaxes with the a and b of the middle of the step,

        state <- state + (1 - exp(-b h)) / b * (a - b state),

    which is of order two, stable for any rate, and never leaves the range between the state and its equilibrium.

    Parameters
    ----------
    inputs_at : the inputs at a time; between two of `times` they should be smooth.
    """
    only = evaluator.needed_for_states()
    current = dict(evaluator.start)
    path = [current]
    for now, then in pairwise(times):
        step = float(then - now)
        first = evaluator.linear_rates(inputs_at(float(now)), current, only)
        middle = {name: relaxed(current[name], *first[name], step / 2) for name in current}
        second = evaluator.linear_rates(inputs_at(float(now) + step / 2), middle, only)
        current = {name: relaxed(current[name], *second[name], step) for name in current}
        path.append(current)
    return path


def relaxed(state: Any, a: Any, b: Any, step: float) -> Any:
    """A state after `step` years of the rate a - b state: state + h phi(b h) (a - b state), phi(x) = (1 - e^-x) / x."""
    run = b * step
    small = np.abs(run) < SMALLEST_RUN
    share = np.where(small, 1.0, -np.expm1(-run) / np.where(small, 1.0, run))
    return state + step * share * (a - b * state)
