"""Courses of life: the flowchart through time for many lanes (a person in a region, in an arm, under a hypothesis).

The compiled engine takes lane after lane; where numba is not installed, the readable one in `evaluate` takes all lanes
at once. Both step by the same rule and agree to rounding.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from anagen.flowchart.assemble import AGE, SENSITIVITY, Layout, layout_of
from anagen.flowchart.chart import flowchart
from anagen.flowchart.evaluate import Evaluator, integrate
from anagen.flowchart.stepping import WORK_ROWS
from anagen.flowchart.steps import steps_between

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
Engine = Literal["auto", "numba", "numpy"]

AGES_OF_A_STEP = 3  # its beginning, middle and end


@dataclass(frozen=True)
class Request:
    """What the lanes go through, and what is asked of them.

    Every array broadcasts to `shape`, the axes of the lanes.

    Attributes
    ----------
    gates : 1 or 0 by arrow name; an arrow left out is on.
    parameters : every parameter record the chart uses.
    fixed : the inputs that never change.
    moving : the other inputs, at each of `ages`; all but age itself are held up to the next.
    ages : the knots, years, rising.
    wanted : nodes and states asked for; `raised` : nodes of which it is asked what sensitivity 1 adds to sensitivity 0.
    steps : from each knot to the next, shape (ages - 1,); as `flowchart.steps` says, unless given.
    """

    shape: tuple[int, ...]
    gates: Mapping[str, Any]
    parameters: Mapping[str, Any]
    fixed: Mapping[str, Any]
    moving: Sequence[Mapping[str, Any]]
    ages: Floats
    wanted: tuple[str, ...]
    raised: tuple[str, ...] = ()
    steps: Indices | None = None

    @property
    def steps_in_use(self) -> Indices:
        """How many steps lead from each knot to the next."""
        return steps_between(self.ages) if self.steps is None else self.steps


@dataclass(frozen=True)
class Courses:
    """The wanted values, and what sensitivity adds, by name; arrays of shape (knots, *shape)."""

    values: dict[str, Floats]
    added: dict[str, Floats]


def courses(request: Request, engine: Engine = "auto") -> Courses:
    """Run the flowchart through life; the result depends on neither order nor number of the lanes."""
    if engine == "auto":
        engine = "numba" if importlib.util.find_spec("numba") is not None else "numpy"
    return _compiled(request) if engine == "numba" else _readable(request)


@cache
def _layout() -> Layout:
    return layout_of(flowchart())


def _table(arrays: Sequence[Any], shape: tuple[int, ...], knots: int | None = None) -> tuple[Floats, Indices]:
    """Arrays side by side in rows that differ, and the row of every lane; behind a first axis of knots, where given."""
    lead = () if knots is None else (knots,)
    full = [np.asarray(array, dtype=np.float64) for array in arrays]
    common = np.broadcast_shapes(lead + (1,) * len(shape), *(array.shape for array in full))
    rows = common[len(lead) :]
    count = int(np.prod(rows))
    table = np.empty((*common, len(full)))
    for place, array in enumerate(full):
        table[..., place] = array
    lanes = np.broadcast_to(np.arange(count).reshape(rows), shape).ravel()
    return table.reshape(*lead, count, len(full)), lanes


def _compiled(request: Request) -> Courses:
    """Lane after lane, by the assembled module."""
    from anagen.flowchart.compiled import assembled, mark_ready

    chart, layout, knots = flowchart(), _layout(), request.ages.size
    gates, gate_rows = _table([request.gates.get(name, 1) for name in layout.gates], request.shape)
    parameters, parameter_rows = _table([request.parameters[name] for name in layout.parameters], request.shape)
    fixed = {**_held_throughout(request), SENSITIVITY: 0.0}
    moving = [name for name in layout.inputs if name not in fixed and name != AGE]
    held, held_rows = _table(list(fixed.values()), request.shape)
    by_knot = [_at_every_knot([one[name] for one in request.moving]) for name in moving]
    given, given_rows = _table(
        [array.reshape(knots, *(1,) * (len(request.shape) + 1 - array.ndim), *array.shape[1:]) for array in by_knot],
        request.shape,
        knots,
    )
    starts = [chart.nodes[name].base for name in layout.states]
    lanes = int(np.prod(request.shape))
    out, more = np.empty((len(request.wanted), knots, lanes)), np.empty((len(request.raised), knots, lanes))
    assembled().courses(
        np.stack([gate_rows, parameter_rows, held_rows, given_rows], axis=1),
        gates, parameters,
        held, _places(tuple(fixed), layout.inputs), given, _places(tuple(moving), layout.inputs),
        layout.inputs.index(AGE), request.ages, request.steps_in_use,
        np.array([-1 if base is None else layout.parameters.index(base) for base in starts], dtype=np.int64),
        _places(request.wanted, layout.values), _places(request.raised, layout.values), out, more,
        np.zeros(len(layout.inputs)), *_scratch(layout),
    )  # fmt: skip
    mark_ready()

    def shaped(names: tuple[str, ...], array: Floats) -> dict[str, Floats]:
        return {name: array[place].reshape(knots, *request.shape) for place, name in enumerate(names)}

    return Courses(shaped(request.wanted, out), shaped(request.raised, more))


def _at_every_knot(values: Sequence[Any]) -> Floats:
    """One input at every knot, behind a first axis of knots."""
    found = np.empty((len(values), *np.broadcast_shapes(*{np.shape(one) for one in values})))
    for knot, one in enumerate(values):
        found[knot] = one
    return found


def _held_throughout(request: Request) -> dict[str, Any]:
    """The fixed inputs, and of the moving ones those that are the same at every knot."""
    first, *later = request.moving
    still = {
        name: value
        for name, value in first.items()
        if name != AGE and all(one[name] is value or _one_number(one[name], value) for one in later)
    }
    return {**still, **request.fixed}


def _one_number(one: Any, other: Any) -> bool:
    return isinstance(one, float) and isinstance(other, float) and one == other


def _places(names: tuple[str, ...], among: tuple[str, ...]) -> Indices:
    return np.array([among.index(name) for name in names], dtype=np.int64)


def _scratch(layout: Layout) -> tuple[Floats, ...]:
    """Space the kernel works in: states, values, values with sensitivity, what is kept, a and b, a step's own."""
    states, values = len(layout.states), len(layout.values)
    return (
        np.zeros(states), np.zeros(values), np.zeros(values), np.zeros(len(layout.kept)),
        np.zeros((AGES_OF_A_STEP, len(layout.now))), np.zeros(states), np.zeros(states), np.zeros((WORK_ROWS, states)),
    )  # fmt: skip


def _readable(request: Request) -> Courses:
    """All lanes at once, by numpy."""
    evaluator = Evaluator(flowchart(), request.parameters, request.gates)
    fixed = {**request.fixed, SENSITIVITY: 0.0}
    inputs = [{**fixed, **given, AGE: float(age)} for given, age in zip(request.moving, request.ages, strict=True)]
    path = integrate(evaluator, inputs, request.ages, request.steps_in_use)
    values: dict[str, list[Floats]] = {name: [] for name in request.wanted}
    added: dict[str, list[Floats]] = {name: [] for name in request.raised}

    def full(array: Any) -> Floats:
        return np.broadcast_to(np.asarray(array, dtype=np.float64), request.shape)

    for given, states in zip(inputs, path, strict=True):
        plain = evaluator.nodes(given, states)
        sensitive = evaluator.nodes({**given, SENSITIVITY: 1.0}, states)
        for name in request.wanted:
            values[name].append(full(plain[name]))
        for name in request.raised:
            added[name].append(full(sensitive[name] - plain[name]))
    return Courses(
        {name: np.stack(arrays) for name, arrays in values.items()},
        {name: np.stack(arrays) for name, arrays in added.items()},
    )
