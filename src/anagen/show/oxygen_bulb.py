"""The oxygen of the bulbs as a histogram: what share of their tissue lies in each band of pressure."""

from __future__ import annotations

from math import ceil

import numpy as np
from htpy import Element
from numpy.typing import NDArray

from anagen.show.numbers import coordinate, nice_step
from anagen.show.oxygen_scale import BANDS, HYPOXIC, STEP, STYLE, TOP, band_of, colors, in_line
from anagen.show.oxygen_words import pressure
from anagen.show.svg import desc, g, line, rect, svg, text

WIDTH, HEIGHT = 600.0, 340.0
LEFT, RIGHT, ABOVE, BELOW = 92.0, 24.0, 84.0, 52.0
WORDS, LINE = 120.0, 16.0
"""Room for the words beside a line, and from one row of them to the next."""
OWN_STYLE = (
    ".bar{stroke:var(--rule);stroke-width:1}.grid{stroke:var(--rule);opacity:.35}"
    ".want{stroke:var(--ink);stroke-width:1.5;stroke-dasharray:6 4}.mean{stroke:var(--ink);stroke-width:2.5}"
    ".words{fill:var(--ink);font-weight:600}"
)


def shares(po2: NDArray[np.float64]) -> list[float]:
    """Of the bulbs' tissue in each band of the color scale (percent)."""
    counted = np.bincount(band_of(po2), minlength=BANDS)
    return (100 * counted / po2.size).tolist()


def histogram_svg(po2: NDArray[np.float64], title: str, says: str, alone: bool = True, below: str = "") -> Element:
    """The histogram as a drawing; bars have the colors of the cuts. `alone`, it brings its own style.

    `below` is a line under the title.
    """
    found = shares(po2)
    step = nice_step(max(found), 4)
    top = step * ceil(max(found) / step)
    bottom, wide = HEIGHT - BELOW, WIDTH - LEFT - RIGHT

    def x(po2_here: float) -> float:
        return LEFT + po2_here / (STEP * BANDS) * wide

    def y(share: float) -> float:
        return bottom - share / top * (bottom - ABOVE)

    drawn: list[Element] = [
        rect(".paper", width=coordinate(WIDTH), height=coordinate(HEIGHT)),
        text(".title", x="12", y="22")[title],
        text(transform=f"translate(16 {coordinate((ABOVE + bottom) / 2)}) rotate(-90)", text_anchor="middle")[
            "share of the bulbs' tissue, %"
        ],
    ]
    if below:
        drawn.append(text(x="12", y="41")[in_line(below, WIDTH - 12)])
    for number in range(int(top / step) + 1):
        at = coordinate(y(number * step))
        drawn += [
            line(".grid", x1=coordinate(LEFT), x2=coordinate(WIDTH - RIGHT), y1=at, y2=at),
            text(x=coordinate(LEFT - 8), y=coordinate(y(number * step) + 4), text_anchor="end")[f"{number * step:g}"],
        ]
    for band, (share, color) in enumerate(zip(found, colors(), strict=True)):
        if share > 0:
            drawn.append(
                rect(".bar", x=coordinate(x(band * STEP) + 1), y=coordinate(y(share)), fill=color,
                     width=coordinate(wide / BANDS - 2), height=coordinate(bottom - y(share)))
            )  # fmt: skip
    for tick in range(0, int(TOP) + 1, int(HYPOXIC)):
        drawn.append(text(x=coordinate(x(tick)), y=coordinate(bottom + 18), text_anchor="middle")[str(tick)])
    low = po2.mean() < HYPOXIC
    mean = min(float(po2.mean()), STEP * BANDS)
    drawn += [
        line(".axis", x1=coordinate(LEFT), x2=coordinate(WIDTH - RIGHT), y1=coordinate(bottom), y2=coordinate(bottom)),
        text(x=coordinate(LEFT + wide / 2), y=coordinate(HEIGHT - 12), text_anchor="middle")[
            f"oxygen pressure, mmHg (the last bar: {TOP:g} and more)"
        ],
        *_mark(x(HYPOXIC), ".want", f"hypoxic < {HYPOXIC:g} mmHg", bottom, right=low),
        *_mark(
            x(mean),
            ".mean",
            f"mean {pressure(float(po2.mean()))} mmHg",
            bottom,
            right=x(mean) < WIDTH - WORDS,
            lift=LINE if low else 0.0,
        ),
    ]
    box = f"0 0 {coordinate(WIDTH)} {coordinate(HEIGHT)}"
    return svg(
        viewBox=box, width=coordinate(WIDTH), height=coordinate(HEIGHT), role="img", aria_label=says,
        xmlns="http://www.w3.org/2000/svg",
    )[desc[says], Element("style")[STYLE + OWN_STYLE] if alone else None, g[drawn]]  # fmt: skip


def _mark(x: float, kind: str, words: str, bottom: float, right: bool, lift: float = 0.0) -> list[Element]:
    """An upright line with words beside its top, which may be lifted above the words of another."""
    at = coordinate(x)
    shift, anchor = (5, "start") if right else (-5, "end")
    return [
        line(kind, x1=at, x2=at, y1=coordinate(ABOVE - 22 - lift), y2=coordinate(bottom)),
        text(".words", x=coordinate(x + shift), y=coordinate(ABOVE - 13 - lift), text_anchor=anchor)[words],
    ]
