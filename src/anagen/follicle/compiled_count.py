"""Counting in the compiled engine: what a cycle changes, added to the rows of its patch; as `census.py` does."""

from __future__ import annotations

from typing import Any

import numpy as np

from anagen.follicle.census import DIAMETER_UNITS, LENGTH_UNITS, MASS_UNITS, WIDTH
from anagen.follicle.compiled import compiled
from anagen.follicle.laws import LAID

ROW = np.uint64(WIDTH)
# unsigned, so that an index needs no look at its sign
HAIRS, TERMINAL, VELLUS, GROWING, SHED, KENOGEN, ANAGEN, CATAGEN = (np.uint64(column) for column in range(8))
TELOGEN, DIAMETER, REACH, LENGTH_SLOPE, LENGTH, MASS_SLOPE, MASS, PLUCKED_COLUMN = (np.uint64(8 + n) for n in range(8))
COUNTED, THICK, VISIBLE, SQUARE = (
    LAID["counted"], LAID["terminal"], LAID["visible_length"], LAID["mass_per_square"]
)  # fmt: skip


@compiled
def record_at(time: Any, first: Any, times: Any) -> Any:
    """The first record at or after a time; as `Times.record`."""
    month = np.uint64(min(max(time, 0.0), np.float64(first.size - 1)))
    record = first[month]
    while times[np.uint64(record)] < time:
        record += 1
    return np.uint64(record)


@compiled
def whole(amount: Any, units: Any) -> Any:
    """As `census.in_units`."""
    return np.int64(np.floor(amount * units + 1 / 2))


@compiled
def add_stretch(
    rows: Any, bins: Any, edges: Any, first_of: Any, times: Any, sums: Any, law: Any,
    wide: Any, grows: Any, start: Any, anagen_end: Any, begin: Any, stop: Any, last: Any,
) -> None:  # fmt: skip
    """Count hair that grows from `begin` on and is gone at `stop`, by the record `last`; as `census._add_stretch`."""
    growth = np.float64(grows)
    seen = begin + np.float64(law[VISIBLE]) / growth
    if seen > anagen_end:
        return
    first = record_at(seen, first_of, times)
    if first >= last:
        return
    if edges.size > 1:
        place = np.searchsorted(edges, wide, side="right") - 1
        place = min(max(place, 0), edges.size - 2)
        bins[first, place] += 1
        bins[last, place] -= 1
    if wide < law[COUNTED]:
        rows[first * ROW + VELLUS] += 1
        rows[last * ROW + VELLUS] -= 1
        return
    grown = min(anagen_end, stop)
    turns = max(record_at(grown, first_of, times), first)
    thick = np.int64(wide >= law[THICK])
    rows[first * ROW + HAIRS] += 1
    rows[first * ROW + TERMINAL] += thick
    rows[first * ROW + GROWING] += 1
    rows[turns * ROW + GROWING] -= 1
    rows[last * ROW + HAIRS] -= 1
    rows[last * ROW + TERMINAL] -= thick
    if not sums:
        return
    diameter = np.float64(wide)
    linear = np.float64(law[SQUARE]) * diameter * diameter * growth
    reach, across = whole(growth * (anagen_end - start), LENGTH_UNITS), whole(diameter, DIAMETER_UNITS)
    length_slope, mass_slope = whole(growth, LENGTH_UNITS), whole(linear, MASS_UNITS)
    length_begin, mass_begin = whole(growth * begin, LENGTH_UNITS), whole(linear * begin, MASS_UNITS)
    length_end, mass_end = whole(growth * grown, LENGTH_UNITS), whole(linear * grown, MASS_UNITS)
    rows[first * ROW + DIAMETER] += across
    rows[first * ROW + REACH] += reach
    rows[first * ROW + LENGTH_SLOPE] += length_slope
    rows[first * ROW + LENGTH] -= length_begin
    rows[first * ROW + MASS_SLOPE] += mass_slope
    rows[first * ROW + MASS] -= mass_begin
    rows[turns * ROW + LENGTH_SLOPE] -= length_slope
    rows[turns * ROW + LENGTH] += length_end
    rows[turns * ROW + MASS_SLOPE] -= mass_slope
    rows[turns * ROW + MASS] += mass_end
    rows[last * ROW + DIAMETER] -= across
    rows[last * ROW + REACH] -= reach
    rows[last * ROW + LENGTH] += length_begin - length_end
    rows[last * ROW + MASS] += mass_begin - mass_end


@compiled
def add_phases(
    rows: Any, first_of: Any, times: Any, from_nowhere: bool, leaves: bool, lost: Any,
    start: Any, anagen_end: Any, catagen_end: Any, fallen: Any, end: Any,
) -> None:  # fmt: skip
    """Where the follicle is in its cycle; as `census._add_phases`."""
    record = record_at(min(start, lost), first_of, times)
    rows[record * ROW + ANAGEN] += 1
    if not from_nowhere:
        rows[record * ROW + KENOGEN] -= 1
    record = record_at(min(anagen_end, lost), first_of, times)
    rows[record * ROW + ANAGEN] -= 1
    rows[record * ROW + CATAGEN] += 1
    record = record_at(min(catagen_end, lost), first_of, times)
    rows[record * ROW + CATAGEN] -= 1
    rows[record * ROW + TELOGEN] += 1
    rows[fallen * ROW + TELOGEN] -= 1
    rows[fallen * ROW + KENOGEN] += 1
    if leaves:
        rows[record_at(min(end, lost), first_of, times) * ROW + KENOGEN] -= 1
