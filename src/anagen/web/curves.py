"""Hair by age on the page: the fan of the plan, the dashed baseline, and both with every arrow on, with numbers."""

from __future__ import annotations

import json
from typing import Any

import htpy
from htpy import Element, Node, div, li, p, ul
from markupsafe import Markup

from anagen.show import fan
from anagen.show.bands import REGION, Array, Band
from anagen.show.fan import fan_chart, shared_top
from anagen.show.hair import numbers_table
from anagen.show.numbers import whole
from anagen.show.svg import line, rect, svg
from anagen.web.found import Found, Side
from anagen.web.shed_words import marks, sentences, sheds_of


def _bands(found: Found, side: Side) -> tuple[Band | None, Band]:
    return (side.plan if found.has_plan else None), side.baseline


def _says(found: Found) -> str:
    """The chart in a sentence."""
    plan, baseline = _bands(found, found.mine)
    first, last = whole(float(baseline.age[0])), whole(float(baseline.age[-1]))
    start, nothing = whole(float(baseline.p50[0])), whole(float(baseline.p50[-1]))
    with_plan = "" if plan is None else f"{whole(float(plan.p50[-1]))} with the plan and "
    return (
        f"Hairs per square centimeter on the {REGION}: the median run goes from {start} at age {first} to "
        f"{with_plan}{nothing} doing nothing at age {last}."
    )


def _listed(numbers: Array) -> list[float]:
    return [round(float(number), 1) for number in numbers]


def readings(found: Found) -> dict[str, Any]:
    """What the crosshair reads: ages, every curve's quantiles, and where they stand in the drawing."""
    plan, baseline = _bands(found, found.mine)
    curves: dict[str, Any] = {}
    if plan is not None:
        curves["plan"] = [_listed(getattr(plan, name)) for name in ("p10", "p25", "p50", "p75", "p90")]
    curves["nothing"] = [_listed(getattr(baseline, name)) for name in ("p10", "p25", "p50", "p75", "p90")]
    if found.usual is not None:
        usual, usual_baseline = _bands(found, found.usual)
        if usual is not None:
            curves["plan, every arrow on"] = [_listed(usual.p50)]
        curves["nothing, every arrow on"] = [_listed(usual_baseline.p50)]
    frame = fan.Frame(float(baseline.age[0]), float(baseline.age[-1]), 1.0)
    return {
        "age": [round(float(age), 3) for age in baseline.age],
        "curves": curves,
        "x": [round(frame.x(float(age)), 1) for age in baseline.age],
        "top": fan.TOP,
        "bottom": fan.HEIGHT - fan.BOTTOM,
        "width": fan.WIDTH,
    }


def data_block(name: str, value: Any) -> Element:
    """Numbers for the script of the page: data, never run; "<" is written so that no tag can end it."""
    text = json.dumps(value, separators=(",", ":"), allow_nan=False).replace("<", "\\u003c")
    return htpy.script(type="application/json", id=name)[Markup(text)]


def _swatch(kind: str, is_line: bool) -> Element:
    drawn = line(class_=kind, x1="0", x2="30", y1="7", y2="7")
    return svg(".swatch", width="30", height="14", aria_hidden="true")[
        drawn if is_line else rect(class_=kind, width="30", height="14")
    ]


def key(found: Found) -> Element:
    """What shades and lines are."""
    rows = [("band50", "half of the runs", False), ("band80", "8 in 10 runs", False)]
    if found.has_plan:
        rows.append(("plan-line", "plan, the median run", True))
    rows.append(("baseline-line", "doing nothing", True))
    if found.usual is not None:
        rows += [("usual-plan", "plan, every arrow on", True)] if found.has_plan else []
        rows.append(("usual-baseline", "nothing, every arrow on", True))
    return ul(".key.bands")[(li[_swatch(kind, is_line), words] for kind, words, is_line in rows)]


def chart(found: Found) -> Node:
    """The chart, what it shows around starts and stops, and the numbers behind it."""
    plan, baseline = _bands(found, found.mine)
    usual = None if found.usual is None else _bands(found, found.usual)
    every = [band for band in (plan, baseline, *(usual or ())) if band is not None]
    counted = {str(place): number for place, number in found.scenario.person.hairs_per_cm2.items()}.get(REGION)
    shown = sheds_of(found)
    return [
        fan_chart(plan, baseline, shared_top(every), found.age, _says(found), counted, usual, marks(shown)),
        data_block("readings", readings(found)),
    ]


def notes(found: Found) -> Element:
    """What shades and lines are, and what the chart shows around starts and stops."""
    return div[key(found), (p(".caption.shed")[one] for one in sentences(found, sheds_of(found)))]


def table(found: Found) -> Node:
    """The numbers of the chart, every five years."""
    pairs = {"your arrows" if found.usual is not None else "every arrow on": _bands(found, found.mine)}
    if found.usual is not None:
        pairs["every arrow on"] = _bands(found, found.usual)
    return div[
        numbers_table(REGION, pairs),
        p(".caption")[
            f"{found.draws} runs. A band holds uncertain values of the model and what is not known of the person; it "
            "leaves out errors in the equations, effects without an arrow, illness, and changes of the routine."
        ],
    ]
