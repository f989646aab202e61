"""Plasma magnesium after a dose: the curve as a drawing, and the answer for the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from htpy import Element
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from anagen.show.numbers import coordinate, mg, nice_step, percent, whole
from anagen.show.svg import Point, closed, desc, g, line, path, points, svg, text, thinned

WIDTH, HEIGHT = 560.0, 300.0
LEFT, RIGHT, TOP, BOTTOM = 44.0, 118.0, 30.0, 40.0
LABEL_GAP = 15.0
HOUR_STEPS = (1, 2, 6, 12, 24, 48)
MOST_TICKS = 8
LEVELS = " .:-=+*#"
SPARKS = "".join(chr(0x2581 + i) for i in range(8))
SPARK_CELLS = 48
STYLE = (
    ".fan{font-family:system-ui,sans-serif}.axis-title,.tick{fill:#575049;font-size:12px}.grid{stroke:#e2ddd3}"
    ".tick-line{stroke:#8a8279}.band80{fill:#0b6670;opacity:.17}.plan-line{fill:none;stroke:#0b6670;stroke-width:3}"
    ".baseline-line{fill:none;stroke:#1f1c18;stroke-width:1.75;stroke-dasharray:6 4}"
    ".horizon{stroke:#7a3b00;stroke-dasharray:2 4}.end{font-size:12px;font-weight:600;fill:#1f1c18}"
    ".end.plan{fill:#0b6670}"
)
"""For a drawing that stands alone; in a page the page's own style does the same."""


@dataclass(frozen=True)
class Curve:
    """Plasma (mmol/L) of 1, 5 and 9 in 10 draws by hour."""

    p10: Sequence[float]
    p50: Sequence[float]
    p90: Sequence[float]


@dataclass(frozen=True)
class Meal:
    """A line of the absorption view: clock, what, mg in, factors in words, mg taken up."""

    clock: str
    items: str
    mg_in: float
    factors: str
    mg_absorbed: float


@dataclass(frozen=True)
class Level:
    """A band of plasma magnesium: its name, what has been seen in it, its edges in words, source and status."""

    name: str
    words: str
    edges: str
    source: str
    status: str


@dataclass(frozen=True)
class AcuteView:
    """What is shown of an answer, read from its JSON."""

    says: str
    doses: tuple[str, ...]
    days: int
    hours: Sequence[float]
    plasma: Curve
    healthy: Curve
    without: Curve
    gfr: float
    healthy_gfr: float
    peak: tuple[float, float, float]
    peak_h: float
    peak_clock: str
    rise: float
    healthy_peak: float
    healthy_rise: float
    band: Level
    high_band: Level
    healthy_band: str
    raised: float | None
    levels: tuple[Level, ...]
    purpose: str
    meals: tuple[Meal, ...]
    notes: tuple[str, ...]
    draws: int
    seed: int


def _curve(found: Mapping[str, Any]) -> Curve:
    return Curve(found["p10"], found["p50"], found["p90"])


def _level(found: Mapping[str, Any]) -> Level:
    above, below = found["from_mmol_l"], found["to_mmol_l"]
    if above is None:
        edges = f"below {below:.2f}"
    else:
        edges = f"{above:.2f} and more" if below is None else f"{above:.2f} to {below:.2f}"
    return Level(found["name"], found["words"], edges, found["source"], found["status"])


def _meal(found: Mapping[str, Any]) -> Meal:
    factors = cast("dict[str, float]", found["factors"])
    words = ", ".join(f"{factor:g}" for factor in factors.values())
    return Meal(found["clock"], ", ".join(factors), found["mg_in"], words, found["mg_absorbed"])


def view_of(found: Mapping[str, Any]) -> AcuteView:
    """Read the JSON object of an answer."""
    healthy = found["healthy"]
    own = found["at_gfr"] or healthy
    peak = found["peak"]["mmol_l"]
    levels = tuple(_level(band) for band in found["bands"])
    raised = next((band["from_mmol_l"] for band in found["bands"] if band["name"] == "raised"), None)
    return AcuteView(
        says=found["says"],
        doses=tuple(f"{mg(dose['elemental_mg'])} mg from {dose['name']} at {dose['clock']}" for dose in found["doses"]),
        days=found["days"],
        hours=found["hours"],
        plasma=_curve(found["plasma_mmol_l"]),
        healthy=_curve(healthy["plasma_mmol_l"]),
        without=_curve(own["without_doses_mmol_l"]),
        gfr=own["gfr_ml_min"],
        healthy_gfr=healthy["gfr_ml_min"],
        peak=(peak["p10"], peak["p50"], peak["p90"]),
        peak_h=found["peak"]["hours_after_first_dose"],
        peak_clock=found["peak"]["clock"],
        rise=own["rise_mmol_l"]["p50"],
        healthy_peak=healthy["peak"]["p50"],
        healthy_rise=healthy["rise_mmol_l"]["p50"],
        band=_level(found["band"]),
        high_band=_level(found["band_of_highest_tenth"]),
        healthy_band=healthy["band"],
        raised=raised,
        levels=levels,
        purpose=found["absorption"]["purpose"],
        meals=tuple(_meal(meal) for meal in found["absorption"]["meals"]),
        notes=tuple(found["notes"]),
        draws=found["provenance"]["draws"],
        seed=found["provenance"]["seed"],
    )


def peak_sentence(view: AcuteView) -> str:
    """The peak, when, and what such a level goes with."""
    low, middle, high = view.peak
    worse = ""
    if view.high_band.name != view.band.name:
        worse = f" In 1 of 10 runs it is {view.high_band.name}: {view.high_band.words}."
    return (
        f"Plasma magnesium peaks at {middle:.2f} mmol/L ({low:.2f} to {high:.2f} in 8 of 10 runs), "
        f"{_hours(view.peak_h)} after the first dose (about {view.peak_clock}), at a GFR of {whole(view.gfr)} mL/min: "
        f"{view.band.name}, {view.band.words}.{worse}"
    )


def rise_sentence(view: AcuteView) -> str:
    """What the doses add, beside healthy kidneys."""
    own = f"The doses add up to {view.rise:.2f} mmol/L"
    if view.gfr == view.healthy_gfr:
        return f"{own}."
    return (
        f"{own}; with healthy kidneys (GFR {whole(view.healthy_gfr)}) {view.healthy_rise:.2f}, "
        f"to a peak of {view.healthy_peak:.2f} ({view.healthy_band})."
    )


def _hours(hours: float) -> str:
    return f"{hours:g} h"


@dataclass(frozen=True)
class Frame:
    """Where hours and levels stand in the drawing."""

    last: float
    low: float
    high: float

    def x(self, hour: float) -> float:
        """From left to right."""
        return LEFT + hour / self.last * (WIDTH - LEFT - RIGHT)

    def y(self, level: float) -> float:
        """From the bottom up."""
        return HEIGHT - BOTTOM - (level - self.low) / (self.high - self.low) * (HEIGHT - TOP - BOTTOM)


def frame_of(view: AcuteView) -> Frame:
    """A frame around every curve, its edges on round levels."""
    curves = (view.plasma, view.healthy, view.without)
    low = min(min(curve.p10) for curve in curves)
    high = max(max(curve.p90) for curve in curves)
    step = nice_step(high - low)
    return Frame(view.hours[-1], step * (int(low / step)), step * (int(high / step) + 1))


def _axes(frame: Frame) -> list[Element]:
    """Lines and numbers of both axes."""
    drawn = [text(".axis-title", x="0", y="13")["plasma magnesium, mmol/L"]]
    step = nice_step(frame.high - frame.low)
    for place in range(round((frame.high - frame.low) / step) + 1):
        level = frame.low + step * place
        y = coordinate(frame.y(level))
        drawn += [
            line(".grid", x1=coordinate(LEFT), x2=coordinate(WIDTH - RIGHT), y1=y, y2=y),
            text(".tick", x=coordinate(LEFT - 6), y=coordinate(frame.y(level) + 4), text_anchor="end")[f"{level:.2f}"],
        ]
    apart = next((step for step in HOUR_STEPS if frame.last / step <= MOST_TICKS), HOUR_STEPS[-1])
    bottom = HEIGHT - BOTTOM
    for hour in range(0, int(frame.last) + 1, apart):
        x = coordinate(frame.x(hour))
        drawn += [
            line(".tick-line", x1=x, x2=x, y1=coordinate(bottom), y2=coordinate(bottom + 4)),
            text(".tick", x=x, y=coordinate(bottom + 17), text_anchor="middle")[str(hour)],
        ]
    words = "hours after the first dose"
    drawn.append(text(".axis-title", x=coordinate(WIDTH - RIGHT), y=coordinate(HEIGHT - 4), text_anchor="end")[words])
    return drawn


def _line(frame: Frame, hours: Sequence[float], levels: Sequence[float]) -> str:
    return points((frame.x(hours[i]), frame.y(levels[i])) for i in thinned(len(hours), 200))


def _area(frame: Frame, hours: Sequence[float], curve: Curve) -> str:
    chosen = thinned(len(hours), 100)
    there: list[Point] = [(frame.x(hours[i]), frame.y(curve.p90[i])) for i in chosen]
    back: list[Point] = [(frame.x(hours[i]), frame.y(curve.p10[i])) for i in reversed(chosen)]
    return closed(there + back)


def _ends(frame: Frame, view: AcuteView) -> list[Element]:
    """Labels at the ends of the lines, set apart where they would touch."""
    beside, level = ("healthy kidneys", view.healthy) if view.gfr != view.healthy_gfr else ("no dose", view.without)
    own = f"GFR {whole(view.gfr)}"
    heights = [frame.y(view.plasma.p50[-1]) + 4, frame.y(level.p50[-1]) + 4]
    push = max(0.0, LABEL_GAP - abs(heights[1] - heights[0])) / 2 * (1 if heights[1] >= heights[0] else -1)
    x = coordinate(WIDTH - RIGHT + 7)
    return [
        text(".end.plan", x=x, y=coordinate(heights[0] - push))[own],
        text(".end.baseline", x=x, y=coordinate(heights[1] + push))[beside],
    ]


def _edge(frame: Frame, view: AcuteView) -> list[Element]:
    """The upper edge of the usual range, where it is in the picture."""
    if view.raised is None or not frame.low <= view.raised <= frame.high:
        return []
    y = coordinate(frame.y(view.raised))
    return [
        line(".horizon", x1=coordinate(LEFT), x2=coordinate(WIDTH - RIGHT), y1=y, y2=y),
        text(".tick.halo", x=coordinate(LEFT + 4), y=coordinate(frame.y(view.raised) - 4))["above the usual range"],
    ]


def acute_svg(view: AcuteView) -> Element:
    """The curve: this person's as a line in its band, healthy kidneys (or no dose) dashed."""
    frame = frame_of(view)
    beside = view.healthy if view.gfr != view.healthy_gfr else view.without
    says = f"{peak_sentence(view)} {rise_sentence(view)} {view.says}"
    drawn = [
        *_axes(frame),
        *_edge(frame, view),
        path(".band80", d=_area(frame, view.hours, view.plasma)),
        path(".baseline-line", d=_line(frame, view.hours, beside.p50)),
        path(".plan-line", d=_line(frame, view.hours, view.plasma.p50)),
        *_ends(frame, view),
    ]
    box_words = f"0 0 {WIDTH:.0f} {HEIGHT:.0f}"
    return svg(class_="fan", viewBox=box_words, role="img", aria_label=says, xmlns="http://www.w3.org/2000/svg")[
        desc[says], Element("style")[STYLE], g[drawn]
    ]


def spark(levels: Sequence[float], low: float, high: float, unicode: bool = True) -> str:
    """A curve in one line of text.

    Examples
    --------
    >>> spark([0.0, 1.0, 2.0], 0.0, 2.0, unicode=False)
    ' =#'
    """
    marks = SPARKS if unicode else LEVELS
    span = high - low or 1.0
    chosen = thinned(len(levels), SPARK_CELLS)
    return "".join(marks[min(int((levels[i] - low) / span * len(marks)), len(marks) - 1)] for i in chosen)


def print_acute(view: AcuteView, console: Console) -> None:
    """Print the peak, the curve, the absorption of each meal, and the bands."""

    def say(words: str, style: str = "") -> None:
        console.print(Text(words, style))

    repeated = f", on {view.days} days" if view.days > 1 else ""
    say(f"{'; '.join(view.doses)}{repeated}.")
    say(peak_sentence(view), "bold")
    say(rise_sentence(view))
    _sparks(view, console)
    _meals(view, console)
    _levels(view, console)
    for note in view.notes:
        say(note)
    say(f"{view.draws} draws of what is uncertain, seed {view.seed}. {view.says}")


def _sparks(view: AcuteView, console: Console) -> None:
    """The curves in text, on one scale."""
    rows = [(f"GFR {whole(view.gfr)}", view.plasma), ("no dose", view.without)]
    if view.gfr != view.healthy_gfr:
        rows.insert(1, ("healthy", view.healthy))
    low = min(min(curve.p50) for _, curve in rows)
    high = max(max(curve.p50) for _, curve in rows)
    grid = Table.grid(padding=(0, 2))
    for name, curve in rows:
        drawn = spark(curve.p50, low, high, not console.options.ascii_only)
        grid.add_row(name, Text(drawn, "cyan"), f"{min(curve.p50):.2f}-{max(curve.p50):.2f}")
    console.print(grid)
    console.print(Text(f"0 to {_hours(view.hours[-1])} after the first dose, medians", "dim"))


def _meals(view: AcuteView, console: Console) -> None:
    """What is taken up of each meal of the first day."""
    table = Table(box=box.SIMPLE_HEAD, title=f"Absorption, {view.purpose}", title_justify="left", pad_edge=False)
    for name, right in (("At", False), ("What", False), ("Factor", False), ("In, mg", True), ("Taken up, mg", True)):
        table.add_column(name, justify="right" if right else "left")
    for meal in view.meals:
        share = percent(meal.mg_absorbed / meal.mg_in) if meal.mg_in > 0 else ""
        taken = f"{mg(meal.mg_absorbed)} ({share})"
        table.add_row(meal.clock, Text(meal.items), meal.factors, mg(meal.mg_in), taken)
    console.print(table)


def _levels(view: AcuteView, console: Console) -> None:
    """The bands, the one of the peak marked."""
    title = "Plasma magnesium, mmol/L, and what has been seen"
    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", pad_edge=False)
    for name in ("", "Level", "Seen", "Source, status"):
        table.add_column(name)
    for level in view.levels:
        here = ">" if level.name == view.band.name else ""
        table.add_row(here, level.edges, Text(f"{level.name}: {level.words}"), Text(f"{level.source}, {level.status}"))
    console.print(table)
