"""A picture of the scalp: every hair of a simulated patch at its place, in its own width, drawn to scale.

Hairs longer than a few millimeters are drawn as if cut there, as is done before hairs are counted under a lens.
"""

from __future__ import annotations

import math

import numpy as np
from htpy import Element, Node, div, figcaption, figure, p, strong

from anagen.evidence.parameters import value
from anagen.outlook.records import Hairs
from anagen.show.numbers import coordinate, whole
from anagen.show.svg import Point, path, rect, svg

SIDE = 300.0
MOST_AREA_CM2 = 0.5
CUT_MM = 3.0
MM_PER_CM = 10.0
UM_PER_MM = 1000.0
FINE_UM, THIN_UM = 30.0, 50.0
LEAN = 1.05
"""The way the hairs lie, radians from the horizontal, downwards."""
TIP = 0.7
"""Width of a cut hair's end as a share of its root's."""


def _shade(diameter_um: float) -> str:
    """Fine hairs hold less pigment."""
    return "fine" if diameter_um < FINE_UM else "thin" if diameter_um < THIN_UM else "thick"


def _scatter(x: float, y: float, salt: float) -> float:
    """A number between -1 and 1 that belongs to a place, so that a follicle's hair lies alike in every picture."""
    return 2 * math.modf(abs(math.sin(x * 127.1 + y * 311.7 + salt) * 43758.5453))[0] - 1


def _hair(x: float, y: float, root: Point, length: float, width: float) -> str:
    """One hair as a slender closed shape: a bent blade from its root to its tip."""
    lean = LEAN + 0.34 * math.sin(3.1 * x + 1.3) + 0.22 * math.cos(2.7 * y) + 0.18 * _scatter(x, y, 0.0)
    bend = 0.20 + 0.22 * _scatter(x, y, 7.0)
    tip = (root[0] + length * math.cos(lean), root[1] + length * math.sin(lean))
    normal = (-math.sin(lean), math.cos(lean))
    middle = tuple((root[i] + tip[i]) / 2 - normal[i] * length * bend for i in (0, 1))
    half, end = width / 2, width / 2 * TIP

    def at(place: tuple[float, ...], aside: float) -> str:
        return f"{coordinate(place[0] + normal[0] * aside)} {coordinate(place[1] + normal[1] * aside)}"

    there = f"M{at(root, half)}Q{at(middle, half)} {at(tip, end)}"
    return f"{there}L{at(tip, -end)}Q{at(middle, -half)} {at(root, -half)}Z"


def _places(root: Point, length: float) -> list[Point]:
    """Where a hair is drawn: at its place, and once more beyond an edge that it would reach in from.

    The scalp around the patch is taken to be like it, so hairs that leave on one side come in on the other.
    """
    across = [root[0], *([root[0] - SIDE] if root[0] + length > SIDE else []), *([root[0] + SIDE] * (root[0] < length))]
    down = [root[1], *([root[1] - SIDE] if root[1] + length > SIDE else [])]
    return [(x, y) for x in across for y in down]


def picture(hairs: Hairs, says: str) -> Element:
    """One patch of scalp, at most half a square centimeter of it."""
    area = min(hairs.area_cm2, MOST_AREA_CM2)
    crop = math.sqrt(area / hairs.area_cm2)
    per_mm = SIDE / (math.sqrt(area) * MM_PER_CM)
    blades: dict[str, list[str]] = {"fine": [], "thin": [], "thick": []}
    pores: list[str] = []
    order: list[int] = np.lexsort((hairs.place[:, 0], hairs.place[:, 1])).tolist()
    for i in order:
        x, y = float(hairs.place[i, 0]), float(hairs.place[i, 1])
        if x > crop or y > crop:
            continue
        diameter = float(hairs.diameter_um[i])
        length = min(float(hairs.length_mm[i]), CUT_MM) * per_mm
        for root in _places((x / crop * SIDE, y / crop * SIDE), length):
            blades[_shade(diameter)].append(_hair(x, y, root, length, diameter / UM_PER_MM * per_mm))
            pores.append(f"M{coordinate(root[0])} {coordinate(root[1])}h0")
    return svg(class_="patch", viewBox=f"0 0 {SIDE:.0f} {SIDE:.0f}", role="img", aria_label=says)[
        rect(".skin", width=f"{SIDE:.0f}", height=f"{SIDE:.0f}"),
        path(".pores", d="".join(pores)) if pores else None,
        (path(class_=f"blade {shade}", d="".join(drawn)) for shade, drawn in blades.items() if drawn),
    ]


def density(hairs: Hairs) -> float:
    """Visible hairs per cm2 of a patch."""
    return len(hairs.diameter_um) / hairs.area_cm2


def mean_diameter(hairs: Hairs) -> float:
    """Mean diameter, micrometers; 0 where there is no hair."""
    return float(np.mean(hairs.diameter_um)) if len(hairs.diameter_um) else 0.0


def mean_length(hairs: Hairs) -> float:
    """Mean length had none been cut, cm; 0 where there is no hair."""
    return float(np.mean(hairs.length_mm)) / MM_PER_CM if len(hairs.length_mm) else 0.0


def counted(hairs: Hairs) -> float:
    """Hairs per cm2 that are thick enough to be counted."""
    return float(np.sum(hairs.diameter_um >= value("counted_diameter"))) / hairs.area_cm2


def _numbers(hairs: Hairs) -> str:
    every, thick = whole(density(hairs)), whole(counted(hairs))
    of_them = "" if every == thick else f", {thick} of them counted"
    lengths = f"mean length uncut {whole(mean_length(hairs))} cm"
    return f"{every} hairs per cm\N{SUPERSCRIPT TWO}{of_them}; mean width {whole(mean_diameter(hairs))} µm, {lengths}"


def _figure(hairs: Hairs) -> Element:
    arm = "with the plan" if hairs.arm == "plan" else "doing nothing"
    says = f"A patch of {hairs.region} scalp at age {whole(hairs.age)}, {arm}: {_numbers(hairs)}."
    return figure[picture(hairs, says), figcaption[strong[f"Age {whole(hairs.age)}, {arm}"], " ", _numbers(hairs)]]


def scalp_pictures(patches: tuple[Hairs, ...], plan: bool) -> Node:
    """All patches by age, doing nothing beside the plan; without a plan only doing nothing."""
    if not patches:
        return p["This outlook holds no patch to draw."]
    shown = [one for one in patches if plan or one.arm == "baseline"]
    shown.sort(key=lambda one: (one.age, one.arm != "baseline"))
    first = shown[0]
    area = min(first.area_cm2, MOST_AREA_CM2)
    return [
        div(".patches.breakout")[(_figure(one) for one in shown)],
        p(".caption")[
            f"One simulated patch of the {first.region}, {math.sqrt(area) * MM_PER_CM:.1f} mm wide, if "
            f"{first.hypothesis} holds: one run, not an average. Widths are to scale. Every hair is drawn as if cut at "
            f"{CUT_MM:.0f} mm, as is done before hairs are counted under a lens; the same follicles stand in every "
            f"picture. Hairs thinner than {whole(value('counted_diameter'))} µm are drawn but not counted."
        ],
    ]
