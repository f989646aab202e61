"""The key of the flowchart: what heads, dashes, letters and stars mean."""

from __future__ import annotations

from htpy import Element

from anagen.mechanism import Effect
from anagen.show import layout
from anagen.show.heads import head, stem
from anagen.show.marks import off_in
from anagen.show.numbers import coordinate, listed
from anagen.show.svg import g, path, text

ROW = 24


def _star_note() -> list[str]:
    """What the star on a chip's grade says, where any has one."""
    starred = {off_in(chip.arrows) for box in layout.BOXES.values() for chip in box.chips} - {()}
    return [f"* off in {listed(sorted({name for names in starred for name in names}))}"] if starred else []


def _key_row(x: float, y: float, kind: str, dash: str, effect: Effect, words: str) -> Element:
    corners = [(x, y), (x + 44, y)]
    return g(f".arrow{kind}")[
        path(class_=f"stem {dash}", d=stem(corners, effect)), head(corners, effect),
        text(class_="key-words", x=coordinate(x + 56), y=coordinate(y + 4))[words],
    ]  # fmt: skip


def key() -> Element:
    """What heads, dashes and letters mean."""
    left, top, _, _ = layout.KEY
    rows: tuple[tuple[str, str, Effect, str], ...] = (
        ("", "solid", "raises", "raises: more of one, more of the other"),
        ("", "solid", "lowers", "lowers: more of one, less of the other"),
        ("", "solid", "raises", "A randomized trials in people; B observation"),
        ("", "dashed", "raises", "C cells or organ culture"),
        ("", "dotted", "raises", "D animals; E hypothesis only: unproven"),
        (".fixed", "solid", "raises", "follicles make hairs: never off"),
    )
    notes = ["Lines in a box: smaller arrows into it, or (\u201cto\u201d) out of it.", *_star_note()]
    return g(".flow-key")[
        (_key_row(left, top + ROW * i, *row) for i, row in enumerate(rows)),
        (
            text(class_="key-words", x=coordinate(left), y=coordinate(top + 4 + ROW * (len(rows) + i)))[words]
            for i, words in enumerate(notes)
        ),
    ]
