"""Plasma magnesium after a dose as a drawing: the curve, and under it the same doses in other cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from htpy import Element

from anagen.show.acute_view import AcuteView, Curve, days_words, peak_sentence, rise_sentence, scenes_sentence
from anagen.show.numbers import coordinate, nice_step, whole
from anagen.show.svg import Point, closed, desc, g, line, path, points, svg, text, thinned

WIDTH, HEIGHT = 560.0, 300.0
LEFT, RIGHT, TOP, BOTTOM = 44.0, 118.0, 30.0, 40.0
LABEL_GAP = 15.0
HOUR_STEPS = (1, 2, 6, 12, 24, 48)
MOST_TICKS = 8
CELLS, ROW, GAP = (0.0, 36.0, 114.0, 328.0), 17.0, 10.0  # of the table: left edges, height of a row, space above
STYLE = (
    ".fan{font-family:system-ui,sans-serif}.axis-title,.tick{fill:#575049;font-size:12px}.grid{stroke:#e2ddd3}"
    ".tick-line{stroke:#8a8279}.band80{fill:#0b6670;opacity:.17}.plan-line{fill:none;stroke:#0b6670;stroke-width:3}"
    ".baseline-line{fill:none;stroke:#1f1c18;stroke-width:1.75;stroke-dasharray:6 4}"
    ".horizon{stroke:#7a3b00;stroke-dasharray:2 4}.end{font-size:12px;font-weight:600;fill:#1f1c18}"
    ".end.plan{fill:#0b6670}"
)
"""For a drawing that stands alone; in a page the page's own style does the same."""


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


def _table(view: AcuteView) -> list[Element]:
    """The same doses in other cases, as rows of text under the curve."""
    days = [days_words(case.days) for case in view.scenes[0].cases]
    rows = [("GFR", "gut", *(f"doses on {words}: peak, mmol/L" for words in days))]
    for scene in view.scenes:
        rows.append((whole(scene.gfr), scene.gut, *(f"{case.words}, {case.band}" for case in scene.cases)))
    return [
        text(
            ".axis-title" if number == 0 else ".tick",
            x=coordinate(left),
            y=coordinate(HEIGHT + GAP + ROW * (number + 1)),
        )[cell]
        for number, row in enumerate(rows)
        for left, cell in zip(CELLS, row, strict=True)
    ]


def acute_svg(view: AcuteView) -> Element:
    """The curve: this person's as a line in its band, healthy kidneys (or no dose) dashed; and the other cases."""
    frame = frame_of(view)
    beside = view.healthy if view.gfr != view.healthy_gfr else view.without
    says = f"{peak_sentence(view)} {rise_sentence(view)} {scenes_sentence(view)} {view.says}"
    drawn = [
        *_axes(frame),
        *_edge(frame, view),
        path(".band80", d=_area(frame, view.hours, view.plasma)),
        path(".baseline-line", d=_line(frame, view.hours, beside.p50)),
        path(".plan-line", d=_line(frame, view.hours, view.plasma.p50)),
        *_ends(frame, view),
        *_table(view),
    ]
    box_words = f"0 0 {WIDTH:.0f} {HEIGHT + GAP + ROW * (len(view.scenes) + 2):.0f}"
    return svg(class_="fan", viewBox=box_words, role="img", aria_label=says, xmlns="http://www.w3.org/2000/svg")[
        desc[says], Element("style")[STYLE], g[drawn]
    ]
