"""Working the flowchart out: every node at one moment, and the slow states through time.

Values are floats or numpy arrays that broadcast against each other; the caller chooses the axes.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from anagen.flowchart.chart import Flowchart, function_arguments

Values = Mapping[str, Any]


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

    def needed_for_states(self) -> tuple[str, ...]:
        """The nodes, in order, that the slow states depend on; the rest need not be worked out at every step."""
        wanted = set(self.chart.states)
        for name in reversed((*self.chart.order, *self.chart.states)):
            if name in wanted:
                wanted |= {key for one in self.chart.into(name) for key in one.nodes}
        return tuple(name for name in self.chart.order if name in wanted)


def integrate(
    evaluator: Evaluator, inputs_at: Callable[[float], Values], times: np.ndarray, states: dict[str, Any] | None = None
) -> list[dict[str, Any]]:
    """The slow states at each of `times` (years), by Runge-Kutta of order four between them.

    Parameters
    ----------
    inputs_at : the inputs at a time; it may jump only at the times themselves.
    states : where to start; left out, the start values of the records.
    """
    only = evaluator.needed_for_states()
    current = dict(evaluator.start if states is None else states)
    path = [current]

    def moved(by: float, slopes: dict[str, Any]) -> dict[str, Any]:
        return {name: current[name] + by * slopes[name] for name in current}

    for now, then in itertools.pairwise(times):
        step = float(then - now)
        middle = inputs_at(float(now) + step / 2)
        first = evaluator.rates(inputs_at(float(now)), current, only)
        second = evaluator.rates(middle, moved(step / 2, first), only)
        third = evaluator.rates(middle, moved(step / 2, second), only)
        fourth = evaluator.rates(inputs_at(float(then)), moved(step, third), only)
        current = {
            name: current[name] + step / 6 * (first[name] + 2 * (second[name] + third[name]) + fourth[name])
            for name in current
        }
        path.append(current)
    return path
