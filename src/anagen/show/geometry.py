"""Boxes and lines of a drawn flowchart: ports, routes of horizontal and vertical pieces, and what touches what."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from anagen.mechanism import Effect
from anagen.show.svg import Point

LINE_HEIGHT, CHIP_HEIGHT, PADDING = 16.0, 19.0, 8.0
Rect = tuple[float, float, float, float]


@dataclass(frozen=True)
class Chip:
    """One or more small arrows, drawn as a line of words in the box they enter or leave; none is a mere remark."""

    words: str
    arrows: tuple[str, ...] = ()
    effect: Effect | None = None
    leaves: bool = False


@dataclass(frozen=True)
class Box:
    """A box of the picture: one node, or a few that are drawn as one; `x` is its left, `y` its middle."""

    nodes: tuple[str, ...]
    words: tuple[str, ...]
    x: float
    y: float
    width: float
    chips: tuple[Chip, ...] = ()
    least_height: float = 0.0

    @property
    def height(self) -> float:
        """As high as its words and chips need."""
        chips = len(self.chips) * CHIP_HEIGHT + (4 if self.chips else 0)
        return max(self.least_height, 2 * PADDING + len(self.words) * LINE_HEIGHT + chips)

    @property
    def rect(self) -> Rect:
        """Left, top, right, bottom."""
        return self.x, self.y - self.height / 2, self.x + self.width, self.y + self.height / 2

    def port(self, side: str, shift: float) -> Point:
        """A point on one side, `shift` from its middle (right or down)."""
        left, top, right, bottom = self.rect
        across, down = (left + right) / 2 + shift, self.y + shift
        return {"left": (left, down), "right": (right, down), "top": (across, top), "bottom": (across, bottom)}[side]


@dataclass(frozen=True)
class Line:
    """A drawn line that stands for one or more arrows of one effect and one grade.

    Attributes
    ----------
    arrows : names; empty for the lines into the hair, which are the follicle automaton and cannot be switched.
    start, end : ports, "box:side" or "box:side+shift".
    bends : coordinates at which the line turns, by turns x and y, beginning as its first piece runs.
    badge : where along the line its grade stands, 0 to 1.
    tag : where the words "off in ..." stand, relative to the badge.
    """

    arrows: tuple[str, ...]
    start: str
    end: str
    bends: tuple[float, ...] = ()
    badge: float = 0.5
    tag: Point = (0.0, 0.0)
    tag_anchor: str = "middle"


def _port(boxes: dict[str, Box], text: str) -> tuple[Point, bool]:
    """A port as a point, and whether a line leaves it horizontally."""
    name, _, place = text.partition(":")
    side = place.rstrip("+-.0123456789")
    return boxes[name].port(side, float(place[len(side) :] or 0)), side in ("left", "right")


def ends_of(line: Line) -> tuple[str, str]:
    """The boxes a line runs from and to."""
    return line.start.partition(":")[0], line.end.partition(":")[0]


def route(boxes: dict[str, Box], line: Line) -> list[Point]:
    """The corners of a line, its ends among them."""
    (here, horizontal), (end, _) = _port(boxes, line.start), _port(boxes, line.end)
    corners = [here]
    for bend in line.bends:
        here = (bend, here[1]) if horizontal else (here[0], bend)
        corners.append(here)
        horizontal = not horizontal
    last = (end[0], here[1]) if horizontal else (here[0], end[1])
    return [*corners, end] if last == end else [*corners, last, end]


def along(corners: list[Point], share: float) -> Point:
    """The point a share of the way along a route."""
    pieces = list(pairwise(corners))
    lengths = [abs(b[0] - a[0]) + abs(b[1] - a[1]) for a, b in pieces]
    left = share * sum(lengths)
    for (a, b), length in zip(pieces, lengths, strict=True):
        if left <= length and length > 0:
            part = left / length
            return a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part
        left -= length
    return corners[-1]


def overlap(one: Rect, other: Rect, gap: float = 0.0) -> bool:
    """Whether two rectangles come nearer than `gap`."""
    return one[0] < other[2] + gap and other[0] < one[2] + gap and one[1] < other[3] + gap and other[1] < one[3] + gap


def pieces(corners: list[Point]) -> list[Rect]:
    """The straight pieces of a route as flat rectangles."""
    return [(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])) for a, b in pairwise(corners)]
