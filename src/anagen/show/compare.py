"""Plans side by side: hairs for every 100 of today in numbers and as ranges on one scale, and what each entry adds.

Places along the scale are in percent of the width, so that a drawing narrows with its column while its words keep
their size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from htpy import (
    Element,
    Node,
    caption,
    div,
    figcaption,
    figure,
    li,
    span,
    strong,
    table,
    tbody,
    td,
    th,
    thead,
    tr,
    ul,
)

from anagen.show.bands import REGION, Array, Band, Spread
from anagen.show.fan import fan_chart, shared_top
from anagen.show.numbers import signed, whole
from anagen.show.svg import circle, line, rect, svg

HEIGHT, MIDDLE, THICK = 18, 9, 8
ROOM = 1.04
TODAY = 100.0
LITTLE = 0.5
"""Hairs in a hundred that round to none."""


@dataclass(frozen=True)
class Range:
    """A median, what half of the runs and what 8 in 10 runs lie between."""

    low: float
    lower: float
    median: float
    upper: float
    high: float

    @classmethod
    def of(cls, drawn: Array) -> Range:
        """The range of some runs; runs without a value are left out."""
        known = drawn[~np.isnan(drawn)]
        if known.size == 0:
            return cls(0.0, 0.0, 0.0, 0.0, 0.0)
        return cls(*(float(one) for one in np.quantile(known, (0.10, 0.25, 0.50, 0.75, 0.90))))


@dataclass(frozen=True)
class Horizon:
    """A time ahead: years from today, and the age then."""

    years: int
    age: float

    @property
    def words(self) -> str:
        """As the head of a column."""
        return f"In {self.years} {'year' if self.years == 1 else 'years'}"


@dataclass(frozen=True)
class Added:
    """What one entry adds at each horizon: the plan less the plan without it, run by run."""

    title: str
    at: tuple[Spread, ...]


@dataclass(frozen=True)
class Expected:
    """What one plan leads to.

    Attributes
    ----------
    name : of the plan; at : hairs for every 100 of today, at each horizon.
    change : what it adds to doing nothing, run by run; None for doing nothing itself.
    band : hairs per cm2 along age; added : by entry.
    """

    name: str
    at: tuple[Range, ...]
    change: tuple[Spread, ...] | None
    band: Band
    added: tuple[Added, ...] = ()


def place(value: float, low: float, high: float) -> str:
    """A value on a scale as percent of the width; what lies beyond an end is drawn at it."""
    return f"{100 * (min(max(value, low), high) - low) / (high - low):.2f}%"


def range_drawing(one: Range, top: float, says: str) -> Element:
    """One range: thin where 8 in 10 runs lie, thick where half of them do, a dot at the median, a mark at today."""
    at = {name: place(getattr(one, name), 0.0, top) for name in ("low", "lower", "median", "upper", "high")}
    today = place(TODAY, 0.0, top)
    width = f"{100 * (min(one.upper, top) - min(one.lower, top)) / top:.2f}%"
    return svg(class_="range", width="100%", height=str(HEIGHT), role="img", aria_label=says)[
        line(class_="ground-line", x1="0", x2="100%", y1=str(MIDDLE), y2=str(MIDDLE)),
        line(class_="today", x1=today, x2=today, y1="2", y2=str(HEIGHT - 2)),
        line(class_="range80", x1=at["low"], x2=at["high"], y1=str(MIDDLE), y2=str(MIDDLE)),
        rect(class_="range50", x=at["lower"], width=width, y=str(MIDDLE - THICK / 2), height=str(THICK), rx="2"),
        circle(class_="middle-run", cx=at["median"], cy=str(MIDDLE), r="4.5"),
    ]


def _cell(one: Range, change: Spread | None, top: float, says: str) -> Node:
    """One plan at one horizon: the number, its drawing, its ranges, and what it adds to doing nothing."""
    numbers = f"{whole(one.median)} of 100: half of the runs {whole(one.lower)} to {whole(one.upper)}, 8 in 10 "
    numbers += f"{whole(one.low)} to {whole(one.high)}."
    return [
        strong(".kept")[whole(one.median)],
        range_drawing(one, top, f"{says}: {numbers}"),
        span(".ranges")[f"half {whole(one.lower)} to {whole(one.upper)}"],
        span(".ranges")[f"8 in 10 {whole(one.low)} to {whole(one.high)}"],
        span(".against")[
            strong[signed(change.median)], f" ({signed(change.low)} to {signed(change.high)}) against nothing"
        ]
        if change
        else None,
    ]  # fmt: skip


def plans_table(plans: Sequence[Expected], horizons: Sequence[Horizon]) -> Element:
    """Every plan at every horizon, on one scale."""
    top = ROOM * max(TODAY, *(one.high for plan in plans for one in plan.at))
    title = f"Hairs on the {REGION} for every 100 of today"
    return div(".scroll", tabindex="0", role="region", aria_label=title)[
        table(".numbers.side-by-side")[
            caption[
                span[f"{title}. Dot: the median run; thick: half of the runs; thin: 8 in 10; upright line: today."]
            ],
            thead[
                tr[(th(scope="col")[f"{one.words}, ", span(".ranges")[f"age {whole(one.age)}"]] for one in horizons)]
            ],
            (
                tbody[
                    tr(".plan-row")[th(scope="rowgroup", colspan=str(len(horizons)))[plan.name]],
                    tr[
                        (
                            td[_cell(one, plan.change[i] if plan.change else None, top, f"{plan.name}, {when.words}")]
                            for i, (one, when) in enumerate(zip(plan.at, horizons, strict=True))
                        )
                    ],
                ]
                for plan in plans
            ),
        ]
    ]


def fans(plans: Sequence[Expected], nothing: Expected, age: float) -> Element:
    """Hair by age, a fan for each plan on one scale, each against doing nothing."""
    top = shared_top([one.band for one in (*plans, nothing)])
    return div(".fans.plans-fans")[
        (
            figure[
                figcaption[strong[one.name]],
                fan_chart(one.band, nothing.band, top, age, _fan_says(one, nothing)),
            ]
            for one in plans
        )
    ]


def _fan_says(one: Expected, nothing: Expected) -> str:
    ages, there = one.band.age, one.band.p50
    return (
        f"Hairs per square centimeter with {one.name}: the median run goes from {whole(float(there[0]))} at age "
        f"{whole(float(ages[0]))} to {whole(float(there[-1]))} at age {whole(float(ages[-1]))}; doing nothing, to "
        f"{whole(float(nothing.band.p50[-1]))}."
    )


def apart(one: str, other: str, spread: Spread) -> str:
    """Two plans in a sentence, run by run."""
    first, second = f"\u201c{one}\u201d", f"\u201c{other}\u201d"
    lie = f"(8 in 10 runs: {signed(spread.low)} to {signed(spread.high)})"
    if abs(spread.median) < LITTLE:
        return f"{first} keeps as many as {second} {lie}."
    more = "more" if spread.median > 0 else "fewer"
    return f"{first} keeps {whole(abs(spread.median))} {more} of 100 than {second} {lie}."


def apart_list(sentences: Sequence[str]) -> Node:
    """The sentences about pairs of plans."""
    return ul(".apart")[(li[one] for one in sentences)] if sentences else None
