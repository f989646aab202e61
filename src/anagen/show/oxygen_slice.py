"""A cut through a solved patch as a drawing: oxygen as colored cells, vessels, follicles, and the edge of hypoxia."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from htpy import Element
from numpy.typing import NDArray

from anagen.show.numbers import coordinate, nice_step
from anagen.show.oxygen_contour import contour
from anagen.show.oxygen_scale import BANDS, HYPOXIC, ROW, STYLE, TITLE_LETTER, band_of, colors, in_line, scale
from anagen.show.svg import circle, desc, g, line, path, rect, svg, text

Floats = NDArray[np.float64]

HIGHEST, WIDEST = 860.0, 480.0
LEFT, TOP, RIGHT, BOTTOM = 56.0, 56.0, 196.0, 46.0
GAP, KEY_GAP, KEY_ROW = 22.0, 40.0, 20.0
MM = 1000.0
LEAST_LINE = 1.0
OVERLAP = 0.3
"""Of a cell over the next to its right and below, so that no paper shows between them."""
TICK_ROOM, FEWEST_TICKS, MOST_TICKS = 36.0, 2, 4
"""About the width of a tick with its number."""
OWN_STYLE = (
    ".cells{shape-rendering:crispEdges}.vessel{stroke:#fff;fill:none;stroke-linecap:round}"
    ".casing{stroke:#101010;fill:none;stroke-linecap:round;opacity:.75}"
    ".edge{fill:none;stroke:#ff8c3a;stroke-width:2.2;stroke-linecap:round}"
    ".edge-casing{fill:none;stroke:#101010;stroke-width:4;stroke-linecap:round}"
    ".organ{fill:none;stroke:#fff;stroke-width:1.3;stroke-dasharray:1.5 3}"
    ".organ-casing{fill:none;stroke:#101010;stroke-width:1.5;opacity:.6}"
)


@dataclass(frozen=True)
class SliceView:
    """A cut as it is drawn; lengths in um.

    Attributes
    ----------
    title, says : above the drawing, and for who cannot see it; below : a second line under the title.
    across, down : what the axes are.
    po2 : of its cells (mmHg), rows down and columns across; spacing : of them.
    vessels : rows of x, y, x, y and radius, those within `reach` of the cut.
    bulbs : circles as x, y, radius; uprights : of the sheaths, as x and the y they end at.
    """

    title: str
    says: str
    across: str
    down: str
    po2: Floats
    spacing: float
    vessels: Floats
    bulbs: tuple[tuple[float, float, float], ...]
    uprights: tuple[tuple[float, float], ...]
    reach: float
    below: str = ""

    @property
    def size(self) -> tuple[float, float]:
        """Across and down (um)."""
        down, across = self.po2.shape
        return across * self.spacing, down * self.spacing

    @property
    def per_um(self) -> float:
        """Pixels for each um."""
        across, down = self.size
        return min(HIGHEST / down, WIDEST / across)


def _cells(view: SliceView) -> list[Element]:
    """A path for each color: of every row, the runs of cells of one band."""
    side = view.spacing * view.per_um
    runs: list[list[str]] = [[] for _ in range(BANDS)]
    for row, bands in enumerate(band_of(view.po2)):
        edges = [0, *(np.flatnonzero(np.diff(bands)) + 1).tolist(), bands.size]
        for first, past in pairwise(edges):
            x, y = LEFT + first * side, TOP + row * side
            right, bottom = LEFT + past * side + OVERLAP, TOP + (row + 1) * side + OVERLAP
            runs[int(bands[first])].append(f"M{x:.2f} {y:.2f}H{right:.2f}V{bottom:.2f}H{x:.2f}z")
    return [path(fill=color, d="".join(pieces)) for color, pieces in zip(colors(), runs, strict=True) if pieces]


def _lines(view: SliceView) -> list[Element]:
    """Vessels, white in a dark casing, as wide as they are or just wide enough to be seen."""
    drawn: list[list[Element]] = [[], []]
    for radius in np.unique(view.vessels[:, -1]):
        width = max(LEAST_LINE, 2 * float(radius) * view.per_um)
        chosen = view.vessels[view.vessels[:, -1] == radius]
        d = "".join(
            f"M{LEFT + x * view.per_um:.1f} {TOP + y * view.per_um:.1f}L{LEFT + a * view.per_um:.1f} "
            f"{TOP + b * view.per_um:.1f}"
            for x, y, a, b, _ in chosen.tolist()
        )
        drawn[0].append(path(".casing", d=d, stroke_width=coordinate(width + 1.6)))
        drawn[1].append(path(".vessel", d=d, stroke_width=coordinate(width)))
    return [*drawn[0], *drawn[1]]


def _organs(view: SliceView) -> list[Element]:
    """Bulbs and sheaths, dotted."""
    drawn: list[Element] = []
    for kind in (".organ-casing", ".organ"):
        for x, y, radius in view.bulbs:
            cx, cy = LEFT + x * view.per_um, TOP + y * view.per_um
            drawn.append(circle(kind, cx=coordinate(cx), cy=coordinate(cy), r=coordinate(radius * view.per_um)))
        for x, y in view.uprights:
            at = coordinate(LEFT + x * view.per_um)
            drawn.append(line(kind, x1=at, x2=at, y1=coordinate(TOP), y2=coordinate(TOP + y * view.per_um)))
    return drawn


def _edge(view: SliceView) -> list[Element]:
    """Where oxygen falls below 10 mmHg."""
    side = view.spacing * view.per_um
    # a margin of like cells carries the line on to the frame
    pieces = np.array(contour(np.pad(view.po2, 1, mode="edge"), HYPOXIC)).reshape(-1, 2, 2)
    if not pieces.size:
        return []
    rows, columns = view.po2.shape
    ends = np.clip(pieces - 1 / 2, 0, (columns, rows)) * side + (LEFT, TOP)
    d = "".join(f"M{a:.1f} {b:.1f}L{x:.1f} {y:.1f}" for (a, b), (x, y) in ends.tolist() if (a, b) != (x, y))
    return [path(".edge-casing", d=d), path(".edge", d=d)]


def _axes(view: SliceView) -> list[Element]:
    """Frame, ticks in mm, and what the axes are."""
    across, down = (side * view.per_um for side in view.size)
    drawn: list[Element] = [
        rect(".frame", x=coordinate(LEFT), y=coordinate(TOP), width=coordinate(across), height=coordinate(down)),
        text(x=coordinate(LEFT + across / 2), y=coordinate(TOP + down + 36), text_anchor="middle")[view.across],
        text(
            transform=f"translate(14 {coordinate(TOP + down / 2)}) rotate(-90)", text_anchor="middle"
        )[view.down],
    ]  # fmt: skip
    for place, words in _ticks(view.size[0], across):
        x = coordinate(LEFT + place * view.per_um)
        drawn += [
            line(".tick-line", x1=x, x2=x, y1=coordinate(TOP + down), y2=coordinate(TOP + down + 4)),
            text(x=x, y=coordinate(TOP + down + 17), text_anchor="middle")[words],
        ]
    for place, words in _ticks(view.size[1], down):
        y = TOP + place * view.per_um
        drawn += [
            line(".tick-line", x1=coordinate(LEFT - 4), x2=coordinate(LEFT), y1=coordinate(y), y2=coordinate(y)),
            text(x=coordinate(LEFT - 8), y=coordinate(y + 4), text_anchor="end")[words],
        ]
    return drawn


def _ticks(size: float, pixels: float) -> Iterable[tuple[float, str]]:
    """Places (um) and words, as many as there is room for."""
    step = nice_step(size / MM, max(FEWEST_TICKS, min(MOST_TICKS, int(pixels / TICK_ROOM))))
    return ((number * step * MM, f"{number * step:g}") for number in range(int(size / MM / step + 1e-9) + 1))


def _key(view: SliceView, x: float, y: float) -> list[Element]:
    """What the lines are."""
    lines = (
        (".edge-casing", ".edge", f"{HYPOXIC:g} mmHg", "1", ""),
        (".casing", ".vessel", f"vessels within {view.reach:g} um", "3.6", "2"),
        (".organ-casing", ".organ", "bulb and sheath" if view.uprights else "bulb", "", ""),
    )
    drawn: list[Element] = []
    for row, (casing, kind, words, wide, narrow) in enumerate(lines):
        at = y + row * KEY_ROW
        drawn.append(
            rect(x=coordinate(x), y=coordinate(at - 7), width="26", height="14", fill=colors()[1 if row == 0 else 4])
        )
        for one, stroke in ((casing, wide), (kind, narrow)):
            more = {"stroke_width": stroke} if row == 1 else {}
            drawn.append(
                line(one, x1=coordinate(x + 4), x2=coordinate(x + 22), y1=coordinate(at), y2=coordinate(at), **more)
            )
        drawn.append(text(x=coordinate(x + 33), y=coordinate(at + 4))[words])
    if not contour(view.po2, HYPOXIC):
        drawn.append(text(x=coordinate(x), y=coordinate(y + len(lines) * KEY_ROW + 2))[_no_edge(view)])
    return drawn


def _no_edge(view: SliceView) -> str:
    """Said where no line of 10 mmHg runs through the cut."""
    return f"all of it above {HYPOXIC:g} mmHg" if view.po2.min() > HYPOXIC else f"all of it below {HYPOXIC:g} mmHg"


def slice_svg(view: SliceView, alone: bool = True) -> Element:
    """The cut as a drawing; one that stands `alone` brings its own style, another that of its page."""
    across, down = (side * view.per_um for side in view.size)
    beside = LEFT + across + GAP
    below = TOP + ROW * BANDS + KEY_GAP
    wide = max(beside + RIGHT, LEFT + TITLE_LETTER * len(view.title))
    high = max(TOP + down + BOTTOM, below + 4 * KEY_ROW + BOTTOM / 2)
    drawn = [
        rect(".paper", width=coordinate(wide), height=coordinate(high)),
        text(".title", x=coordinate(LEFT), y="22")[view.title],
        text(x=coordinate(LEFT), y="41")[in_line(view.below, wide - LEFT)] if view.below else None,
        g(".cells")[_cells(view)],
        *_lines(view),
        *_organs(view),
        *_edge(view),
        *_axes(view),
        *scale(beside, TOP + 14),
        *_key(view, beside, below),
    ]
    box = f"0 0 {coordinate(wide)} {coordinate(high)}"
    return svg(
        viewBox=box, width=coordinate(wide), height=coordinate(high), role="img", aria_label=view.says,
        xmlns="http://www.w3.org/2000/svg",
    )[desc[view.says], Element("style")[STYLE + OWN_STYLE] if alone else None, g[drawn]]  # fmt: skip
