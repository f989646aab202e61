"""Oxygen pressure as colors: from dark blue to yellow, lighter with every step, told apart by all readers."""

from __future__ import annotations

import numpy as np
from htpy import Element
from numpy.typing import NDArray

from anagen.show.numbers import coordinate
from anagen.show.svg import line, rect, text

STEP, BANDS = 5.0, 14
TOP = STEP * (BANDS - 1)
"""mmHg: the last band holds all that is above."""
HYPOXIC = 10.0
ANCHORS = ((8, 22, 68), (58, 74, 112), (112, 113, 118), (168, 155, 106), (214, 195, 82), (255, 236, 110))
"""Red, green and blue at even steps of the scale: the way from blue to yellow by gray needs no red-green sense."""
ROW, WIDTH = 17.0, 18.0
STYLE = (
    ":root{--paper:#fbfaf6;--ink:#1f1c18;--soft:#575049;--rule:#8a8279}"
    "@media (prefers-color-scheme:dark){:root{--paper:#161513;--ink:#ece7df;--soft:#b9b1a6;--rule:#8f877c}}"
    "text{font:12.5px system-ui,-apple-system,'Segoe UI',Roboto,Arial,'DejaVu Sans',sans-serif;fill:var(--soft)}"
    ".title{font-weight:600;font-size:14px;fill:var(--ink)}.paper{fill:var(--paper)}"
    ".frame{fill:none;stroke:var(--rule)}.tick-line{stroke:var(--rule)}.axis{stroke:var(--rule)}"
)
"""For a drawing that stands alone, on light paper and on dark."""


TITLE_LETTER, LETTER = 9.5, 8.1
"""About the width of a letter of a title, and of other words, in the widest of the fonts."""


def in_line(words: str, wide: float) -> str:
    """The words, or as much of them as a line so wide has room for."""
    most = int(wide / LETTER)
    return words if len(words) <= most else words[: most - 1] + "…"


def colors() -> list[str]:
    """One for each band, from the lowest."""
    places = np.linspace(0, 1, BANDS)
    anchors = np.linspace(0, 1, len(ANCHORS))
    channels = [np.interp(places, anchors, [one[channel] for one in ANCHORS]) for channel in range(3)]
    return ["#" + "".join(f"{round(float(channel[i])):02x}" for channel in channels) for i in range(BANDS)]


def band_of(po2: NDArray[np.float64]) -> NDArray[np.int64]:
    """The band of each pressure."""
    return np.clip(np.floor(po2 / STEP), 0, BANDS - 1).astype(np.int64)


def scale(x: float, y: float) -> list[Element]:
    """The scale as a column of colors with ticks; y is its top."""
    drawn: list[Element] = [text(".title", x=coordinate(x), y=coordinate(y - 9))["pO2, mmHg"]]
    for band, color in enumerate(reversed(colors())):
        drawn.append(
            rect(x=coordinate(x), y=coordinate(y + band * ROW), width=coordinate(WIDTH), height=coordinate(ROW + 0.4),
                 fill=color)
        )  # fmt: skip
    drawn.append(
        rect(".frame", x=coordinate(x), y=coordinate(y), width=coordinate(WIDTH), height=coordinate(ROW * BANDS))
    )
    for number in range(0, int(TOP) + 1, int(HYPOXIC)):
        at = y + ROW * (BANDS - number / STEP)
        drawn += [
            line(".tick-line", x1=coordinate(x + WIDTH), x2=coordinate(x + WIDTH + 5), y1=coordinate(at),
                 y2=coordinate(at)),
            text(x=coordinate(x + WIDTH + 9), y=coordinate(at + 4))[str(number)],
        ]  # fmt: skip
    drawn.append(text(x=coordinate(x + WIDTH + 9), y=coordinate(y + 8))[f"over {TOP:g}"])
    return drawn
