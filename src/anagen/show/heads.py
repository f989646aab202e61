"""Heads, stems and small labels: what a line of the flowchart is drawn with."""

from __future__ import annotations

from htpy import Element, Node

from anagen.mechanism import Effect
from anagen.show.geometry import Rect
from anagen.show.numbers import coordinate
from anagen.show.svg import Point, path, points, rect, rounded, text

HEAD, TEE = 9.0, 7.0


def head(corners: list[Point], effect: Effect) -> Element:
    """A triangle for "raises", a bar for "lowers", at the end of a line."""
    (x0, y0), (x, y) = corners[-2], corners[-1]
    length = abs(x - x0) + abs(y - y0) or 1.0
    dx, dy = (x - x0) / length, (y - y0) / length
    if effect == "lowers":
        bx, by = x - 3 * dx, y - 3 * dy
        return path(".tee", d=points([(bx - TEE * dy, by + TEE * dx), (bx + TEE * dy, by - TEE * dx)]))
    base = (x - HEAD * dx, y - HEAD * dy)
    wings = [(base[0] - 0.55 * HEAD * dy, base[1] + 0.55 * HEAD * dx), (x, y),
             (base[0] + 0.55 * HEAD * dy, base[1] - 0.55 * HEAD * dx)]  # fmt: skip
    return path(".triangle", d=points(wings) + "Z")


def stem(corners: list[Point], effect: Effect) -> str:
    """The line itself, ending short of where its head ends."""
    (x0, y0), (x, y) = corners[-2], corners[-1]
    length, short = abs(x - x0) + abs(y - y0) or 1.0, 3.0 if effect == "lowers" else HEAD - 1
    return rounded([*corners[:-1], (x - short * (x - x0) / length, y - short * (y - y0) / length)])


def pill(place: Rect, words: Node, kind: str) -> list[Element]:
    """Words on a small plate."""
    left, top, right, bottom = place
    return [
        rect(class_=kind, x=coordinate(left), y=coordinate(top), width=coordinate(right - left),
             height=coordinate(bottom - top), rx="4"),
        text(class_=f"{kind}-words", x=coordinate((left + right) / 2), y=coordinate((top + bottom) / 2 + 4),
             text_anchor="middle")[words],
    ]  # fmt: skip


def dash(grades: str) -> str:
    """The class of a grade's dash: solid for A and B, long dashes for C, short ones for D and E (dots are for off)."""
    return "solid" if grades[0] in "AB" else "dashed" if grades[0] == "C" else "short-dashed"
