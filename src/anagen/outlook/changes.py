"""Starts and stops to come: the months around them, counted one by one, and the sheds that the counts show there."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from anagen.outlook.dataset import Span, span_of
from anagen.outlook.sheet import Data
from anagen.outlook.simulate import MONTHS, SMALLEST_PART
from anagen.scenario import Scenario

Floats = NDArray[np.float64]

FINE_MONTHS = 18
"""Months after a start or stop that are recorded one by one."""
SETTLED_MONTHS = 24
"""By when hair that is only shed is back."""
SHORTEST_LOOK = 6
"""Months that must be seen after a change to say anything of it."""
SURE_FALL, SURE_RETURN = 3.0, 2.0
"""Standard errors of the mean over runs; more of them for the fall, which is the deepest of many months."""
SMALLEST_FALL = 2.0
"""Hairs per cm2 below which a fall is not worth naming."""
BEGUN = 0.1
"""Share of a fall by which it has begun."""


@dataclass(frozen=True)
class Change:
    """The start or the stop of a treatment, today or later."""

    kind: str
    age: float
    starts: bool


@dataclass(frozen=True)
class Shed:
    """Hairs that go after a change, in the mean over the runs, each held against itself doing nothing.

    Attributes
    ----------
    first, last : months after the change in which they go.
    fall : hairs per cm2 that are gone by then; back : of them, back two years after the change.
    passes : whether the return is more than chance.
    """

    change: Change
    first: int
    last: int
    fall: float
    back: float
    passes: bool


def changes(scenario: Scenario) -> tuple[Change, ...]:
    """Every start and stop of a treatment from today on, by age."""
    today = scenario.person.age
    found = [
        Change(one.kind, max(today, age), starts)
        for one in scenario.treatments
        for age, starts in ((today if one.from_age is None else one.from_age, True), (one.to_age, False))
        if age is not None and age >= today
    ]
    return tuple(sorted(found, key=lambda one: (one.age, one.kind, one.starts)))


def _month(age: float, today: float) -> int:
    """The first whole month after today by which an age has come."""
    return max(ceil((age - today) * MONTHS - SMALLEST_PART), 0)


def fine_span(scenario: Scenario) -> Span:
    """The records of `simulate`, and around every start and stop to come every month, from the one before on."""
    span = span_of(scenario.person.age)
    now, last = int(span.records[0]), int(span.records[-1])
    months = set(span.records.tolist())
    for one in changes(scenario):
        at = now + _month(one.age, span.begin + now / MONTHS)
        months |= {month for month in range(at - 1, at + FINE_MONTHS + 1) if now <= month <= last}
    return Span(span.begin, np.array(sorted(months), dtype=np.int64))


def _mean_and_error(values: Floats) -> tuple[float, float]:
    """The mean over runs and its standard error."""
    return float(values.mean()), float(values.std(ddof=1) / np.sqrt(values.size)) if values.size > 1 else np.inf


def shed_after(change: Change, until: float, ages: Floats, gained: Floats) -> Shed | None:
    """The shed after a change; None where the counts show none beyond chance.

    Parameters
    ----------
    until : the age of the next change, which ends what can be laid to this one.
    ages : of the records, years; gained : hairs/cm2 with the plan less those without, shape (runs, ages).
    """
    months = np.rint((ages - ages[0]) * MONTHS).astype(np.int64)
    at = _month(change.age, float(ages[0]))
    end = min(at + SETTLED_MONTHS, _month(until, float(ages[0])) - 1 if np.isfinite(until) else int(months[-1]))
    seen = np.flatnonzero((months >= at) & (months <= end))
    before = int(np.searchsorted(months, max(at - 1, 0)))
    if seen.size == 0 or months[seen[-1]] < at + SHORTEST_LOOK:
        return None
    moved = gained[:, seen] - gained[:, [before]]
    early = np.flatnonzero(months[seen] <= at + MONTHS)
    mean = moved.mean(axis=0)
    deepest = int(early[np.argmin(mean[early])])
    fall, error = _mean_and_error(moved[:, deepest])
    if fall > -SMALLEST_FALL or fall > -SURE_FALL * error:
        return None
    begun = int(np.flatnonzero(mean[: deepest + 1] > BEGUN * fall).max(initial=-1)) + 1
    back, unsure = _mean_and_error(moved[:, -1] - moved[:, deepest])
    first, last = (int(months[seen[place]]) - at for place in (begun, deepest))
    return Shed(change, max(first, 1), max(last, 1), -fall, max(back, 0.0), back > SURE_RETURN * unsure)


def sheds(scenario: Scenario, data: Data) -> tuple[Shed, ...]:
    """The sheds after every start and stop to come, in a look of one hypothesis and one region."""
    every = changes(scenario)
    if not every:
        return ()
    hairs = data["hairs_per_cm2"].isel(hypothesis=0, region=0)
    arms = {arm: np.asarray(hairs.sel(arm=arm).transpose("draw", "age").values) for arm in ("plan", "baseline")}
    ages = np.asarray(data["age"].values, dtype=np.float64)
    later = [min((other.age for other in every if other.age > one.age), default=np.inf) for one in every]
    alone = {one.age: sum(other.age == one.age for other in every) == 1 for one in every}
    found = (
        shed_after(one, until, ages, arms["plan"] - arms["baseline"])
        for one, until in zip(every, later, strict=True)
        if alone[one.age]  # of two that come together, neither can be named
    )
    return tuple(one for one in found if one is not None)
