"""Counting on a device: what a cycle changes, added to the rows of its patch; as `census.py` does.

All threads add whole numbers to tables in the device's memory, so that order changes nothing. Many add to the same few
rows (the first and the last), so there are several tables, which blocks of threads take by turns, added up at the end.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from anagen.follicle.census import DIAMETER_UNITS, LENGTH_UNITS, MASS_UNITS, WIDTH, Column
from anagen.follicle.gpu_device import cuda, floor, kernel, on_device
from anagen.follicle.laws import LAID

(HAIRS, TERMINAL, VELLUS, GROWING, SHED, KENOGEN, ANAGEN, CATAGEN, TELOGEN, DIAMETER, REACH, LENGTH_SLOPE, LENGTH,
 MASS_SLOPE, MASS, PLUCKED) = (int(column) for column in Column)  # fmt: skip
HALF = 1 / 2
COUNTED, THICK, VISIBLE, SQUARE = (
    LAID["counted"], LAID["terminal"], LAID["visible_length"], LAID["mass_per_square"]
)  # fmt: skip


@on_device
def add(table: Any, record: Any, column: Any, amount: Any) -> None:
    """Add to one cell of a patch's rows (a table laid flat, and where the patch begins in it)."""
    rows, base = table
    cuda.atomic.add(rows, base + record * WIDTH + column, amount)


@on_device
def record_at(time: Any, grid: Any) -> Any:
    """The first record at or after a time; as `Times.record`."""
    first, times = grid
    record = first[np.uint64(min(max(time, 0.0), np.float64(first.size - 1)))]
    while times[np.uint64(record)] < time:
        record += 1
    return record


@on_device
def whole(amount: Any, units: Any) -> Any:
    """As `census.in_units`."""
    return np.int64(floor(amount * units + HALF))


@on_device
def bin_of(wide: Any, edges: Any) -> Any:
    """The bin a diameter falls in, the outer ones without end."""
    low, high = 0, edges.size - 1
    while high - low > 1:
        middle = (low + high) // 2
        if edges[np.uint64(middle)] <= wide:
            low = middle
        else:
            high = middle
    return low


@on_device
def add_bins(bins: Any, wide: Any, first: Any, last: Any) -> None:
    """A hair that stands from one record to another, in the histogram of its patch."""
    counts, base, edges = bins
    if edges.size > 1:
        place = bin_of(wide, edges)
        cuda.atomic.add(counts, base + first * (edges.size - 1) + place, 1)
        cuda.atomic.add(counts, base + last * (edges.size - 1) + place, -1)


@on_device
def add_sums(table: Any, law: Any, wide: Any, growth: Any, rows: Any, moments: Any) -> None:
    """Diameter, length and mass of a hair, at the records where it comes, stops growing and goes."""
    first, turns, last = rows
    start, anagen_end, begin, grown = moments
    diameter = np.float64(wide)
    linear = np.float64(law[SQUARE]) * diameter * diameter * growth
    reach, across = whole(growth * (anagen_end - start), LENGTH_UNITS), whole(diameter, DIAMETER_UNITS)
    length_slope, mass_slope = whole(growth, LENGTH_UNITS), whole(linear, MASS_UNITS)
    length_begin, mass_begin = whole(growth * begin, LENGTH_UNITS), whole(linear * begin, MASS_UNITS)
    length_end, mass_end = whole(growth * grown, LENGTH_UNITS), whole(linear * grown, MASS_UNITS)
    add(table, first, DIAMETER, across)
    add(table, first, REACH, reach)
    add(table, first, LENGTH_SLOPE, length_slope)
    add(table, first, LENGTH, -length_begin)
    add(table, first, MASS_SLOPE, mass_slope)
    add(table, first, MASS, -mass_begin)
    add(table, turns, LENGTH_SLOPE, -length_slope)
    add(table, turns, LENGTH, length_end)
    add(table, turns, MASS_SLOPE, -mass_slope)
    add(table, turns, MASS, mass_end)
    add(table, last, DIAMETER, -across)
    add(table, last, REACH, -reach)
    add(table, last, LENGTH, length_begin - length_end)
    add(table, last, MASS, mass_begin - mass_end)


@on_device
def add_stretch(
    table: Any, bins: Any, grid: Any, sums: Any, law: Any, hair: Any, start: Any, anagen_end: Any, begin: Any,
    stop: Any, last: Any,
) -> None:  # fmt: skip
    """Count hair that grows from `begin` on and is gone at `stop`, by the record `last`; as `census._add_stretch`."""
    wide, growth = hair[0], np.float64(hair[1])
    seen = begin + np.float64(law[VISIBLE]) / growth
    if seen > anagen_end:
        return
    first = record_at(seen, grid)
    if first >= last:
        return
    add_bins(bins, wide, first, last)
    if wide < law[COUNTED]:
        add(table, first, VELLUS, 1)
        add(table, last, VELLUS, -1)
        return
    grown = min(anagen_end, stop)
    turns = max(record_at(grown, grid), first)
    add(table, first, HAIRS, 1)
    add(table, first, GROWING, 1)
    add(table, turns, GROWING, -1)
    add(table, last, HAIRS, -1)
    if wide >= law[THICK]:
        add(table, first, TERMINAL, 1)
        add(table, last, TERMINAL, -1)
    if sums:
        add_sums(table, law, wide, growth, (first, turns, last), (start, anagen_end, begin, grown))


@on_device
def add_phases(table: Any, grid: Any, turn: Any, lost: Any, fallen: Any, from_nowhere: Any, leaves: Any) -> None:
    """Where the follicle is in its cycle; as `census._add_phases`."""
    start, anagen_end, catagen_end, _, end = turn
    record = record_at(min(start, lost), grid)
    add(table, record, ANAGEN, 1)
    if not from_nowhere:
        add(table, record, KENOGEN, -1)
    record = record_at(min(anagen_end, lost), grid)
    add(table, record, ANAGEN, -1)
    add(table, record, CATAGEN, 1)
    record = record_at(min(catagen_end, lost), grid)
    add(table, record, CATAGEN, -1)
    add(table, record, TELOGEN, 1)
    add(table, fallen, TELOGEN, -1)
    add(table, fallen, KENOGEN, 1)
    if leaves:
        add(table, record_at(min(end, lost), grid), KENOGEN, -1)


@kernel
def add_up(tables: Any, total: Any) -> None:
    """Add tables laid end to end into one."""
    place = cuda.grid(1)
    if place < total.size:
        found = total[place]
        for cell in range(place, tables.size, total.size):
            found += tables[cell]
        total[place] = found
