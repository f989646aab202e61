"""Hair by age as a fan: where half of the runs lie, where 8 in 10 lie, and the median; doing nothing is dashed."""

from __future__ import annotations

import math
from dataclasses import dataclass

from htpy import Element

from anagen.show.bands import Array, Band
from anagen.show.numbers import coordinate, nice_step, whole
from anagen.show.svg import Point, circle, closed, desc, g, line, path, points, svg, text

WIDTH, HEIGHT = 380.0, 262.0
LEFT, RIGHT, TOP, BOTTOM = 38.0, 92.0, 28.0, 36.0
LABEL_GAP = 15.0
MOST_POINTS = 60
"""Points of a line; more where a stretch of it is named."""
MONTH = 1 / 12
AGE_STEPS = (2, 5, 10)
MOST_TICKS = 6


@dataclass(frozen=True)
class Frame:
    """Where ages and numbers stand in the drawing; `top` is shared by the charts that are compared."""

    first: float
    last: float
    top: float

    def x(self, age: float) -> float:
        """From left to right."""
        return LEFT + (age - self.first) / (self.last - self.first) * (WIDTH - LEFT - RIGHT)

    def y(self, number: float) -> float:
        """From the bottom up, zero at the axis."""
        return HEIGHT - BOTTOM - min(number / self.top, 1.0) * (HEIGHT - TOP - BOTTOM)


@dataclass(frozen=True)
class Mark:
    """A stretch of the plan's line that is named: its ages and its words."""

    begin: float
    end: float
    words: str


def shared_top(bands: list[Band]) -> float:
    """A round top of the axis above every band."""
    highest = max(1.0, *(float(band.p90.max()) for band in bands))
    step = nice_step(highest)
    return step * (int(highest / step) + 1)


def spaced(age: Array, marks: tuple[Mark, ...] = ()) -> list[int]:
    """Indices of the ages that are drawn, the first and the last among them.

    Where ages are crowded only some are, for what runs show from month to month is mostly chance; in a stretch that is
    named, all are.
    """
    if len(age) <= MOST_POINTS:
        return list(range(len(age)))
    ages: list[float] = age.tolist()  # plain numbers: an array's own are slow one by one
    apart, chosen = (ages[-1] - ages[0]) / MOST_POINTS, [0]
    for i in range(1, len(ages) - 1):
        named = any(one.begin - MONTH <= ages[i] <= one.end + MONTH for one in marks)
        if named or ages[i] - ages[chosen[-1]] >= apart:
            chosen.append(i)
    return [*chosen, len(age) - 1]


def _along(frame: Frame, age: Array, numbers: Array, chosen: list[int]) -> list[Point]:
    """The points of a line, at the indices that are drawn."""
    return [(frame.x(x), frame.y(y)) for x, y in zip(age[chosen].tolist(), numbers[chosen].tolist(), strict=True)]


def _line(frame: Frame, age: Array, numbers: Array, marks: tuple[Mark, ...] = ()) -> str:
    return points(_along(frame, age, numbers, spaced(age, marks)))


def _area(frame: Frame, age: Array, low: Array, high: Array) -> str:
    chosen = spaced(age)
    return closed(_along(frame, age, high, chosen) + _along(frame, age, low, chosen[::-1]))


def age_step(years: float) -> int:
    """Years between the marks of the age axis: 10, and less where few years are left."""
    return next((step for step in AGE_STEPS if years / step <= MOST_TICKS), AGE_STEPS[-1])


def _axes(frame: Frame) -> list[Element]:
    """Lines and numbers of both axes."""
    drawn = [text(".axis-title", x="0", y="13")["hairs per cm\N{SUPERSCRIPT TWO}"]]
    step, number = nice_step(frame.top, 4), 0.0
    while number <= frame.top * 1.001:
        y = coordinate(frame.y(number))
        drawn += [
            line(".grid", x1=coordinate(LEFT), x2=coordinate(WIDTH - RIGHT), y1=y, y2=y),
            text(".tick", x=coordinate(LEFT - 6), y=coordinate(frame.y(number) + 4), text_anchor="end")[whole(number)],
        ]
        number += step
    apart = age_step(frame.last - frame.first)
    for age in range(apart * math.ceil(frame.first / apart), int(frame.last) + 1, apart):
        x, bottom = coordinate(frame.x(age)), HEIGHT - BOTTOM
        drawn += [
            line(".tick-line", x1=x, x2=x, y1=coordinate(bottom), y2=coordinate(bottom + 4)),
            text(".tick", x=x, y=coordinate(bottom + 17), text_anchor="middle")[str(age)],
        ]
    drawn.append(text(".axis-title", x=coordinate(WIDTH - RIGHT), y=coordinate(HEIGHT - 4), text_anchor="end")["age"])
    return drawn


def end_labels(frame: Frame, plan: float | None, baseline: float) -> list[tuple[str, str, float]]:
    """Class, words and height of the labels at the ends of the medians, set apart where they would touch."""
    if plan is None:
        return [("baseline", f"nothing {whole(baseline)}", frame.y(baseline) + 4)]
    heights = {"plan": frame.y(plan) + 4, "baseline": frame.y(baseline) + 4}
    apart = heights["baseline"] - heights["plan"]
    push = max(0.0, LABEL_GAP - abs(apart)) / 2 * (1 if apart >= 0 else -1)
    return [
        ("plan", f"plan {whole(plan)}", heights["plan"] - push),
        ("baseline", f"nothing {whole(baseline)}", heights["baseline"] + push),
    ]


def _fan(frame: Frame, band: Band) -> list[Element]:
    return [
        path(".band80", d=_area(frame, band.age, band.p10, band.p90)),
        path(".band50", d=_area(frame, band.age, band.p25, band.p75)),
    ]


def _horizon(frame: Frame, age: float) -> list[Element]:
    """The age the answer is about."""
    x = coordinate(frame.x(age))
    late = age > (frame.first + 3 * frame.last) / 4
    anchor, aside = ("end", -4) if late else ("start", 4)
    return [
        line(".horizon", x1=x, x2=x, y1=coordinate(TOP - 6), y2=coordinate(HEIGHT - BOTTOM)),
        text(".tick.halo", x=coordinate(frame.x(age) + aside), y=coordinate(TOP + 3), text_anchor=anchor)[
            f"age {whole(age)}"
        ],
    ]


def _counted(frame: Frame, counted: float | None) -> list[Element]:
    """What was counted on this person, where it was."""
    if counted is None:
        return []
    x, y = frame.x(frame.first), frame.y(counted)
    return [circle(".counted", cx=coordinate(x), cy=coordinate(y), r="4"),
            text(".tick.halo", x=coordinate(x + 2), y=coordinate(y + 22))["counted"]]  # fmt: skip


def _mark(frame: Frame, plan: Band, mark: Mark) -> list[Element]:
    """A bracket below the plan's line, with its words."""
    among = [float(plan.p50[i]) for i in range(len(plan.age)) if mark.begin <= plan.age[i] <= mark.end]
    left, right = frame.x(mark.begin), max(frame.x(mark.end), frame.x(mark.begin) + 3)
    y = min(frame.y(min(among, default=0.0)) + 7, HEIGHT - BOTTOM - 20)
    anchor, x = ("end", right) if left > (LEFT + WIDTH - RIGHT) / 2 else ("start", left)
    return [
        path(".shed-mark", d=points([(left, y), (left, y + 4), (right, y + 4), (right, y)])),
        text(".shed-words.halo", x=coordinate(x), y=coordinate(y + 17), text_anchor=anchor)[mark.words],
    ]


def _usual(frame: Frame, plan: Band | None, baseline: Band) -> list[Element]:
    """The median runs under other arrows, as thin lines behind the reader's own."""
    drawn = [path(".usual-baseline", d=_line(frame, baseline.age, baseline.p50))]
    return drawn if plan is None else [*drawn, path(".usual-plan", d=_line(frame, plan.age, plan.p50))]


def fan_chart(
    plan: Band | None,
    baseline: Band,
    top: float,
    horizon: float,
    says: str,
    counted: float | None = None,
    usual: tuple[Band | None, Band] | None = None,
    marks: tuple[Mark, ...] = (),
) -> Element:
    """One chart.

    Parameters
    ----------
    plan : None where there is no plan; the fan is then that of doing nothing.
    top : of the axis, shared by the charts it is compared with.
    horizon : the age the answer is about, years.
    says : the chart in a sentence, for those who do not see it.
    counted : hairs per cm2 counted on the person.
    usual : plan and baseline with every arrow on, where the chart is of other arrows.
    marks : stretches of the plan's line that are named.
    """
    frame = Frame(float(baseline.age[0]), float(baseline.age[-1]), top)
    drawn = [*_axes(frame), *_horizon(frame, horizon), *_fan(frame, plan or baseline)]
    drawn += _usual(frame, *usual) if usual is not None else []
    if plan is not None:
        drawn.append(path(".plan-line", d=_line(frame, plan.age, plan.p50, marks)))
        drawn += [path(".baseline-edge", d=_line(frame, baseline.age, edge)) for edge in (baseline.p10, baseline.p90)]
    drawn.append(path(".baseline-line", d=_line(frame, baseline.age, baseline.p50)))
    drawn += [element for one in marks if plan is not None for element in _mark(frame, plan, one)]
    drawn += _counted(frame, counted)
    ends = end_labels(frame, None if plan is None else float(plan.p50[-1]), float(baseline.p50[-1]))
    drawn += [
        text(class_=f"end {kind}", x=coordinate(WIDTH - RIGHT + 7), y=coordinate(height))[words]
        for kind, words, height in ends
    ]
    return svg(class_="fan", viewBox=f"0 0 {WIDTH:.0f} {HEIGHT:.0f}", role="img", aria_label=says)[desc[says], g[drawn]]
