"""Flat cuts through a solved patch: upright through its bulbs, and level at the depth of the bulbs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from anagen.oxygen.anatomy import Anatomy
from anagen.oxygen.grid import Floats
from anagen.oxygen.scene_answer import Answer
from anagen.oxygen.vessels import Vessels

REACH = 60.0
"""um to either side of a cut: vessels so near are part of it."""
ON_A_FACE = 1e-6


@dataclass(frozen=True)
class Slice:
    """One cut.

    Attributes
    ----------
    po2 : of its cells (mmHg), rows down and columns across; spacing : of them (um).
    vessels : rows of x, y at the begin, x, y at the end, and radius (um), those within `reach` of the cut.
    bulbs, sheaths : circles as x, y, radius (um); uprights : of the sheaths, as x and the y they end at, from the top.
    reach : um.
    """

    po2: Floats
    spacing: float
    vessels: Floats
    bulbs: tuple[tuple[float, float, float], ...]
    sheaths: tuple[tuple[float, float, float], ...] = ()
    uprights: tuple[tuple[float, float], ...] = ()
    reach: float = REACH


def upright(found: Answer) -> Slice:
    """Width across and depth down, through the bulb nearest to the middle, and so through every bulb of a row."""
    anatomy, grid = found.built.patch.anatomy, found.built.grid
    middle = np.array([anatomy.width, anatomy.width]) / 2
    nearest = np.square(anatomy.centers[:, :2] - middle).sum(axis=1).argmin() if anatomy.bulbs else 0
    at = float(anatomy.centers[nearest, 1]) if anatomy.bulbs else anatomy.width / 2
    uprights = [
        (x + side * half, anatomy.bulb_depth)
        for x, half, _ in _cut(anatomy, at, anatomy.sheath_radius)
        for side in (-1, 1)
    ]
    return Slice(
        _plane(found.outcome.field.po2, 1, at / grid.spacing).T,
        grid.spacing,
        _near(found.built.vessels, 1, at),
        tuple((x, depth, half) for x, half, depth in _cut(anatomy, at, anatomy.bulb_radius)),
        uprights=tuple((float(x), z) for x, z in uprights),
    )


def level(found: Answer) -> Slice:
    """Width across and the other width down, at the depth of the bulbs."""
    anatomy, grid = found.built.patch.anatomy, found.built.grid
    return Slice(
        _plane(found.outcome.field.po2, 2, anatomy.bulb_depth / grid.spacing).T,
        grid.spacing,
        _near(found.built.vessels, 2, anatomy.bulb_depth),
        tuple((float(x), float(y), anatomy.bulb_radius) for x, y, _ in anatomy.centers),
    )


def _cut(anatomy: Anatomy, at: float, radius: float) -> Iterator[tuple[float, float, float]]:
    """What an upright plane cuts of things so wide around every bulb's axis: place across, half width and depth."""
    for x, y, depth in anatomy.centers.tolist():
        if abs(y - at) < radius:
            yield x, (radius**2 - (y - at) ** 2) ** (1 / 2), depth


def _plane(po2: Floats, axis: int, place: float) -> Floats:
    """The cells a plane passes; the mean of two layers where it lies on the face between them."""
    whole = round(place)
    if abs(place - whole) < ON_A_FACE and 0 < whole < po2.shape[axis]:
        return po2.take([whole - 1, whole], axis).mean(axis=axis)
    return po2.take([min(int(place), po2.shape[axis] - 1)], axis).mean(axis=axis)


def _near(vessels: Vessels, axis: int, at: float) -> Floats:
    """The parts of vessels within reach of a plane, seen from straight above it."""
    begin, end = vessels.begin, vessels.end
    from_plane, step = begin[:, axis] - at, end[:, axis] - begin[:, axis]
    with np.errstate(divide="ignore", invalid="ignore"):
        first, second = (-REACH - from_plane) / step, (REACH - from_plane) / step
    flat = step == 0
    inside = np.abs(from_plane) <= REACH
    low = np.where(flat, 0.0, np.clip(np.fmin(first, second), 0, 1))
    high = np.where(flat, inside.astype(np.float64), np.clip(np.fmax(first, second), 0, 1))
    kept = high > low
    others = [one for one in range(begin.shape[1]) if one != axis]
    a = begin + low[:, None] * (end - begin)
    b = begin + high[:, None] * (end - begin)
    return np.column_stack([a[kept][:, others], b[kept][:, others], vessels.radius[kept]])
