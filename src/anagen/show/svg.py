"""The few elements and path spellings the drawings are made of."""

from __future__ import annotations

from collections.abc import Iterable

import htpy
from htpy import Element

from anagen.show.numbers import coordinate

circle, g, line, path, rect, text, tspan = (
    Element(name) for name in ("circle", "g", "line", "path", "rect", "text", "tspan")
)
title, desc, pattern, defs = Element("title"), Element("desc"), Element("pattern"), Element("defs")
svg = htpy.svg

Point = tuple[float, float]
MOST_POINTS = 120


def points(pairs: Iterable[Point]) -> str:
    """Points as an open path."""
    return "M" + "L".join(f"{coordinate(x)} {coordinate(y)}" for x, y in pairs)


def closed(pairs: Iterable[Point]) -> str:
    """Points as a closed path."""
    return points(pairs) + "Z"


def thinned(count: int, most: int = MOST_POINTS) -> list[int]:
    """At most `most` of `count` indices, evenly spread, the first and the last among them."""
    if count <= most:
        return list(range(count))
    return sorted({round(i * (count - 1) / (most - 1)) for i in range(most)})


def rounded(pairs: list[Point], radius: float = 9.0) -> str:
    """A line of horizontal and vertical pieces with its corners rounded."""
    out = [f"M{coordinate(pairs[0][0])} {coordinate(pairs[0][1])}"]
    for before, corner, after in zip(pairs, pairs[1:], pairs[2:], strict=False):
        reach = min(radius, _length(before, corner) / 2, _length(corner, after) / 2)
        into, out_of = _towards(corner, before, reach), _towards(corner, after, reach)
        out.append(f"L{coordinate(into[0])} {coordinate(into[1])}")
        out.append(f"Q{coordinate(corner[0])} {coordinate(corner[1])} {coordinate(out_of[0])} {coordinate(out_of[1])}")
    out.append(f"L{coordinate(pairs[-1][0])} {coordinate(pairs[-1][1])}")
    return "".join(out)


def _length(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _towards(start: Point, end: Point, by: float) -> Point:
    """The point `by` from `start` on the way to `end`, along a horizontal or vertical piece."""
    length = _length(start, end) or 1.0
    return start[0] + (end[0] - start[0]) * by / length, start[1] + (end[1] - start[1]) * by / length
