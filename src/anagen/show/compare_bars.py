"""What each entry of a plan adds, as bars on one scale for all plans that are compared."""

from __future__ import annotations

from collections.abc import Sequence

from htpy import Element, div, li, ol, p, span, strong

from anagen.show.bands import Spread
from anagen.show.compare import HEIGHT, LITTLE, MIDDLE, ROOM, THICK, Expected, place
from anagen.show.numbers import signed
from anagen.show.svg import circle, line, rect, svg
from anagen.show.words import change_runs


def _scale(plans: Sequence[Expected], at: int) -> tuple[float, float]:
    """Both ends of the scale of what entries add, shared by all plans; 0 stands within."""
    every = [entry.at[at] for plan in plans for entry in plan.added]
    low = min(0.0, *(one.low for one in every), 0.0)
    high = max(1.0, *(one.high for one in every), 1.0)
    return low - (high - low) * (ROOM - 1), high + (high - low) * (ROOM - 1)


def _bar(one: Spread, low: float, high: float, says: str) -> Element:
    """What an entry adds: a bar from nothing to the median, and a line over what 8 in 10 runs lie between."""
    zero, to = place(0.0, low, high), place(one.median, low, high)
    left = min(0.0, one.median)
    width = f"{100 * abs(one.median) / (high - low):.2f}%"
    kind = "adds" if abs(one.median) >= LITTLE else "adds little"
    return svg(class_="range", width="100%", height=str(HEIGHT), role="img", aria_label=says)[
        line(class_="ground-line", x1="0", x2="100%", y1=str(MIDDLE), y2=str(MIDDLE)),
        rect(class_=kind, x=place(left, low, high), width=width, y=str(MIDDLE - THICK / 2), height=str(THICK)),
        line(class_="whisker", x1=place(one.low, low, high), x2=place(one.high, low, high), y1=str(MIDDLE),
             y2=str(MIDDLE)),
        line(class_="zero", x1=zero, x2=zero, y1="1", y2=str(HEIGHT - 1)),
        circle(class_="middle-run", cx=to, cy=str(MIDDLE), r="3.5"),
    ]  # fmt: skip


def added_bars(plans: Sequence[Expected], at: int) -> Element:
    """What each entry of each plan adds at one horizon, on one scale, the most first."""
    low, high = _scale(plans, at)
    return div(".added-plans")[
        (
            div(".added-plan")[
                p(".bar-heading")[strong[plan.name]],
                ol(".added")[
                    (
                        li[
                            span(".added-title")[entry.title],
                            _bar(entry.at[at], low, high, f"{entry.title} adds {change_runs(entry.at[at])}."),
                            span(".added-number")[
                                strong[signed(entry.at[at].median)],
                                f" ({signed(entry.at[at].low)} to {signed(entry.at[at].high)})",
                            ],
                        ]
                        for entry in sorted(plan.added, key=lambda each: -each.at[at].median)
                    )
                ]
                if plan.added
                else p["Nothing is done or taken."],
            ]
            for plan in plans
        )
    ]
