"""Charts of the verification scripts: lines, dots and bands in panels, as one SVG file that needs nothing else."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from htpy import Element
from markupsafe import Markup

from anagen.show.numbers import coordinate, nice_step
from anagen.show.svg import Point, circle, closed, g, line, path, points, rect, svg, text

FOLDER = Path(__file__).parent / "pictures"
WIDTH, HEIGHT = 470.0, 320.0
LEFT, RIGHT, TOP, BOTTOM = 62.0, 22.0, 70.0, 50.0
HEAD, CAPTION_LINE, LEGEND_STEP = 52.0, 19.0, 15.0
INK, SOFT, RULE, PAPER = "#1f1c18", "#575049", "#e2ddd3", "#ffffff"
COLORS = ("#0b6670", "#b4541a", "#6a5a9c", "#3f7d3a", "#988b70", "#1f1c18")
STYLE = f"""
text {{ font: 12.5px system-ui, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif; fill: {INK}; }}
.head {{ font-size: 19px; font-weight: 600; }} .title {{ font-size: 14px; font-weight: 600; }}
.soft {{ fill: {SOFT}; }} .caption {{ font-size: 13.5px; fill: {SOFT}; }}
"""


@dataclass
class Panel:
    """One chart; `log` axes take powers of ten."""

    title: str
    across: str
    up: str
    x: tuple[float, float]
    y: tuple[float, float]
    log: bool = False
    drawn: list[Element] = field(default_factory=list)
    legend: list[tuple[str, str, str]] = field(default_factory=list)

    def at(self, x: float, y: float) -> Point:
        """Where a point stands."""
        scale = math.log10 if self.log else float
        (x0, x1), (y0, y1) = (tuple(scale(end) for end in ends) for ends in (self.x, self.y))
        across = (scale(x) - x0) / (x1 - x0)
        up = min(max((scale(y) - y0) / (y1 - y0), -0.02), 1.02)
        return LEFT + across * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM)

    def curve(self, xs: Iterable[float], ys: Iterable[float], color: int, label: str = "", dashes: str = "") -> Panel:
        """A line."""
        there = points(self.at(float(x), float(y)) for x, y in zip(xs, ys, strict=True))
        more = {"stroke_dasharray": dashes} if dashes else {}
        self.drawn.append(path(d=there, fill="none", stroke=COLORS[color], stroke_width="1.6", **more))
        return self._name(label, color, "line" + dashes)

    def dots(self, xs: Iterable[float], ys: Iterable[float], color: int, label: str = "", size: float = 2.4) -> Panel:
        """Points."""
        for x, y in zip(xs, ys, strict=True):
            across, up = self.at(float(x), float(y))
            self.drawn.append(circle(cx=coordinate(across), cy=coordinate(up), r=str(size), fill=COLORS[color]))
        return self._name(label, color, "dot")

    def band(self, xs: Sequence[float], low: Sequence[float], high: Sequence[float], label: str = "") -> Panel:
        """What lies between two lines, under all else."""
        there = [self.at(float(x), float(y)) for x, y in zip(xs, high, strict=True)]
        back = [self.at(float(x), float(y)) for x, y in zip(xs, low, strict=True)]
        self.drawn.insert(0, path(d=closed(there + back[::-1]), fill="#dcebec", stroke="none"))
        return self._name(label, 0, "band")

    def _name(self, label: str, color: int, mark: str) -> Panel:
        if label:
            self.legend.append((label, COLORS[color], mark))
        return self

    def element(self, x: float, y: float) -> Element:
        """The panel at a place of the figure."""
        return g(transform=f"translate({coordinate(x)} {coordinate(y)})")[
            text(".title", x=coordinate(LEFT), y="16")[self.title], self._axes(), g[self.drawn], self._key(),
        ]  # fmt: skip

    def _ticks(self, ends: tuple[float, float]) -> list[float]:
        if self.log:
            return [10.0**power for power in range(math.ceil(math.log10(ends[0])), math.floor(math.log10(ends[1])) + 1)]
        step = nice_step(ends[1] - ends[0], 5)
        first, last = math.ceil(ends[0] / step - 1e-9), math.floor(ends[1] / step + 1e-9)
        return [step * tick for tick in range(first, last + 1)]

    def _axes(self) -> list[Element]:
        right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
        drawn: list[Element] = []
        for tick in self._ticks(self.y):
            up = coordinate(self.at(self.x[0], tick)[1])
            drawn += [line(x1=coordinate(LEFT), x2=coordinate(right), y1=up, y2=up, stroke=RULE),
                      text(".soft", x=coordinate(LEFT - 7), y=up, dy="4", text_anchor="end")[f"{tick:g}"]]  # fmt: skip
        for tick in self._ticks(self.x):
            across = coordinate(self.at(tick, self.y[0])[0])
            drawn += [
                line(x1=across, x2=across, y1=coordinate(bottom), y2=coordinate(bottom + 4), stroke=SOFT),
                text(".soft", x=across, y=coordinate(bottom + 18), text_anchor="middle")[f"{tick:g}"],
            ]
        return [
            *drawn,
            path(d=points([(LEFT, bottom), (right, bottom)]), stroke=SOFT),
            text(".soft", x=coordinate(right), y=coordinate(bottom + 36), text_anchor="end")[self.across],
            text(".soft", x=coordinate(LEFT), y="34")[self.up],
        ]

    def _key(self) -> list[Element]:
        """The legend, in one row above the chart."""
        drawn: list[Element] = []
        left = LEFT
        for label, color, mark in self.legend:
            if mark == "dot":
                drawn.append(circle(cx=coordinate(left + 9), cy="50", r="3", fill=color))
            elif mark == "band":
                drawn.append(rect(x=coordinate(left), y="45", width="18", height="10", fill="#dcebec"))
            else:
                dashes = {"stroke_dasharray": mark[4:]} if mark[4:] else {}
                drawn.append(line(x1=coordinate(left), x2=coordinate(left + 18), y1="50", y2="50", stroke=color,
                                  stroke_width="2", **dashes))  # fmt: skip
            drawn.append(text(x=coordinate(left + 23), y="54")[label])
            left += 36 + 6.2 * len(label)
        return drawn


def figure(head: str, caption: Sequence[str], panels: Sequence[Panel], columns: int = 2) -> str:
    """Panels in rows under a heading, and under them how to read them."""
    rows = math.ceil(len(panels) / columns)
    wide, high = columns * WIDTH, HEAD + rows * HEIGHT + CAPTION_LINE * (len(caption) + 1)
    placed = [
        panel.element(place % columns * WIDTH, HEAD + place // columns * HEIGHT) for place, panel in enumerate(panels)
    ]
    below = HEAD + rows * HEIGHT + CAPTION_LINE / 2
    words = [text(".caption", x=coordinate(LEFT), y=coordinate(below + CAPTION_LINE * row))[one]
             for row, one in enumerate(caption)]  # fmt: skip
    box = f"0 0 {wide:.0f} {high:.0f}"
    drawing = svg(xmlns="http://www.w3.org/2000/svg", viewBox=box, role="img", aria_label=head)[
        Element("style")[Markup(STYLE)],
        rect(width="100%", height="100%", fill=PAPER),
        text(".head", x=coordinate(LEFT), y="30")[head], placed, words,
    ]  # fmt: skip
    return str(drawing) + "\n"


def save(name: str, drawing: str) -> Path:
    """Write a figure to the folder of pictures; returns where."""
    FOLDER.mkdir(exist_ok=True)
    target = FOLDER / f"{name}.svg"
    target.write_text(drawing, encoding="utf-8")
    return target


def thin(xs: np.ndarray, most: int) -> np.ndarray:
    """Places of at most `most` values, evenly spread."""
    return np.unique(np.linspace(0, xs.size - 1, min(most, xs.size)).round().astype(int))
