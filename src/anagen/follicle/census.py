"""Counting: what patches show at given times, summed up in whole numbers.

Every change (a hair comes into sight, is shed, ...) adds whole numbers to the row of the first time at or after it;
running sums down the rows give the levels. Diameters, lengths and masses are added as multiples of a small unit, so
sums are exact and the same whatever the order, the blocks or the threads. A length grows while its follicle does, so it
is kept as slope * time + intercept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from anagen.follicle.automaton import Automaton, Cycle, double
from anagen.follicle.patches import Act

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
Counts = NDArray[np.int64]


Column = IntEnum(
    "Column",
    (
        "HAIRS", "TERMINAL", "VELLUS", "GROWING", "SHED", "KENOGEN", "ANAGEN", "CATAGEN",
        "TELOGEN", "DIAMETER", "REACH", "LENGTH_SLOPE", "LENGTH", "MASS_SLOPE", "MASS", "PLUCKED",
    ),
    start=0,
)  # fmt: skip
"""What stands where in a row; the first eight fill one line of a processor's memory."""
WIDTH = len(Column)
DIAMETER_UNITS = 2.0**16  # in a um
LENGTH_UNITS = 2.0**20  # in a mm
MASS_UNITS = 2.0**28  # in a mg


@dataclass(frozen=True)
class Wanted:
    """What to count.

    Attributes
    ----------
    sums : diameters, lengths and masses. phases : follicles in anagen, catagen and telogen.
    edges : of the bins of a histogram of diameters, um, rising; None makes none.
    """

    sums: bool = True
    phases: bool = True
    edges: Floats | None = None


@dataclass(frozen=True)
class Tables:
    """Changes: rows of shape (patches, records + 1, columns); a histogram's, of shape (patches, records + 1, bins)."""

    rows: Counts
    histogram: Counts | None

    def plus(self, other: Tables) -> Tables:
        """Both together, in the place of the first."""
        self.rows.__iadd__(other.rows)
        if self.histogram is not None and other.histogram is not None:
            self.histogram.__iadd__(other.histogram)
        return self


@dataclass(frozen=True)
class Census:
    """What stands in every patch at every time; each array of shape (patches, times).

    Attributes
    ----------
    times : months.
    hairs : counted hairs: thick and long enough.
    terminal : counted hairs that are thick.
    anagen : counted hairs that grow.
    vellus : hairs long enough, but too thin to be counted.
    empty : follicles in kenogen, without a hair.
    shed : counted hairs shed a month, over the time since the record before.
    plucked : counted hairs plucked a month, likewise.
    in_anagen : follicles in anagen, whatever their size.
    in_catagen : follicles in catagen, whatever their size.
    in_telogen : follicles in telogen, whatever their size.
    diameter : mean of counted hairs (um).
    length : mean length of counted hairs (mm), from the scalp or the last shave on.
    final_length : mean length counted hairs reach if nobody cuts them (mm).
    mass : of counted hairs together (mg).
    histogram : counted and vellus hairs by diameter, shape (patches, times, bins), or None.
    edges : of its bins (um).
    """

    times: Floats
    hairs: Counts
    terminal: Counts
    vellus: Counts
    anagen: Counts
    empty: Counts
    shed: Floats
    plucked: Floats
    in_anagen: Counts | None = None
    in_catagen: Counts | None = None
    in_telogen: Counts | None = None
    diameter: Floats | None = None
    length: Floats | None = None
    final_length: Floats | None = None
    mass: Floats | None = None
    histogram: Counts | None = None
    edges: Floats | None = None

    @property
    def phase_fractions(self) -> dict[str, Floats]:
        """Share of the followed follicles in each phase, each of shape (patches, times); needs the phases counted."""
        assert self.in_anagen is not None
        assert self.in_catagen is not None
        assert self.in_telogen is not None
        phases = {
            "anagen": self.in_anagen,
            "catagen": self.in_catagen,
            "telogen": self.in_telogen,
            "kenogen": self.empty,
        }
        followed = np.maximum(sum(phases.values()), 1)
        return {name: count / followed for name, count in phases.items()}


class Times:
    """Finds the first record at or after a time."""

    def __init__(self, times: Floats, months: int) -> None:
        self.times = np.ascontiguousarray(times, dtype=np.float64)
        # first[m]: the first record at or after month m
        self.first = np.searchsorted(self.times, np.arange(months + 2), side="left").astype(np.int64)
        self.padded = np.append(self.times, np.inf)

    def record(self, time: Floats) -> Indices:
        """The first record at or after a time; as many as there are records where none is."""
        month = np.minimum(np.maximum(time, 0), self.first.size - 1).astype(np.int64)
        found = self.first[month]
        while (late := self.padded[found] < time).any():
            found = np.where(late, found + 1, found)
        return found


def new_tables(patches: int, times: Times, wanted: Wanted) -> Tables:
    """Tables without any change yet."""
    records = times.times.size + 1
    bins = None if wanted.edges is None else np.zeros((patches, records, wanted.edges.size - 1), dtype=np.int64)
    return Tables(np.zeros((patches, records, WIDTH), dtype=np.int64), bins)


@dataclass(frozen=True)
class Rows:
    """Adds whole numbers to the rows of a table."""

    times: Times
    table: Counts

    def add(self, patch: Indices, record: Indices, columns: dict[Column, Indices | int]) -> None:
        """Add to the row of each patch and record."""
        flat = self.table.reshape(-1)
        row = (patch * self.table.shape[1] + record) * WIDTH
        for column, amount in columns.items():
            np.add.at(flat, row + int(column), amount)


def in_units(amount: NDArray[np.floating], units: float) -> Indices:
    """An amount as a whole number of small units."""
    return np.floor(double(amount) * units + 1 / 2).astype(np.int64)


def _add_phases(rows: Rows, automaton: Automaton, turn: Cycle, wanted: Wanted) -> None:
    """Where the follicles are in their cycle."""
    own = automaton.follicles
    patch, lost = own.patch[turn.who], own.lost[turn.who]

    def at(time: Floats) -> Indices:
        return rows.times.record(np.minimum(time, lost))

    if not wanted.phases:  # only who is empty
        rows.add(patch, at(turn.telogen_end), {Column.KENOGEN: 1})
        rows.add(patch, at(turn.end), {Column.KENOGEN: -1})
        return
    # a looker-in's first cycle, and a graft's, come from nowhere; what begins later was empty before
    grafted = own.born[turn.who] > 0
    from_nowhere = grafted if turn.number == 1 else np.full(turn.who.size, turn.number == 0)
    rows.add(patch, at(turn.start), {Column.ANAGEN: 1, Column.KENOGEN: np.where(from_nowhere, 0, -1)})
    rows.add(patch, at(turn.anagen_end), {Column.ANAGEN: -1, Column.CATAGEN: 1})
    rows.add(patch, at(turn.catagen_end), {Column.CATAGEN: -1, Column.TELOGEN: 1})
    rows.add(patch, at(turn.telogen_end), {Column.TELOGEN: -1, Column.KENOGEN: 1})
    gone = turn.leaves
    rows.add(patch[gone], at(turn.end)[gone], {Column.KENOGEN: -1})


def _add_fallen(rows: Rows, automaton: Automaton, turn: Cycle) -> None:
    """Hairs thick enough to be counted that are shed or plucked."""
    time = turn.telogen_end
    counted = turn.diameter >= automaton.law("counted", turn.who)
    falls = counted & (time > 0) & (time <= automaton.months) & (time < automaton.follicles.lost[turn.who])
    patch, record = automaton.follicles.patch[turn.who], rows.times.record(time)
    for column, which in ((Column.SHED, falls & ~turn.plucked), (Column.PLUCKED, falls & turn.plucked)):
        rows.add(patch[which], record[which], {column: 1})


def _add_hairs(rows: Rows, automaton: Automaton, turn: Cycle, wanted: Wanted, histogram: Counts | None) -> None:
    """The hairs of a cycle; a shave ends one stretch of hair and begins the next."""
    own = automaton.follicles
    stop = np.minimum(turn.telogen_end, own.lost[turn.who])
    begin = turn.start
    patches = automaton.patches
    for one, share in zip(patches.ordered(), patches.shares(), strict=True):
        if Act[one.kind.upper()] is not Act.SHAVE:
            continue
        month = one.month
        cut = (share[own.patch[turn.who]] > 0) & (begin < month) & (month < stop)
        _add_stretch(rows, automaton, turn, begin, np.where(cut, month, begin), wanted, histogram)
        begin = np.where(cut, month, begin)
    _add_stretch(rows, automaton, turn, begin, stop, wanted, histogram)


def _add_stretch(
    rows: Rows, automaton: Automaton, turn: Cycle, begin: Floats, stop: Floats, wanted: Wanted, histogram: Counts | None
) -> None:
    """Hairs that grow from `begin` on and are gone at `stop`: from the time they are long enough to be seen."""
    growth = double(turn.growth)
    seen = begin + double(automaton.law("visible_length", turn.who)) / growth
    first, last = rows.times.record(seen), rows.times.record(stop)
    stands = (first < last) & (seen <= turn.anagen_end)
    who, begin, stop, first, last = turn.who[stands], begin[stands], stop[stands], first[stands], last[stands]
    growth, diameter = growth[stands], turn.diameter[stands]
    patch = automaton.follicles.patch[who]
    counted = diameter >= automaton.law("counted", who)
    if histogram is not None and wanted.edges is not None:
        place = np.clip(np.searchsorted(wanted.edges, diameter, side="right") - 1, 0, wanted.edges.size - 2)
        np.add.at(histogram, (patch, first, place), 1)
        np.add.at(histogram, (patch, last, place), -1)
    rows.add(patch[~counted], first[~counted], {Column.VELLUS: 1})
    rows.add(patch[~counted], last[~counted], {Column.VELLUS: -1})

    who, patch, first, last = who[counted], patch[counted], first[counted], last[counted]
    growth, diameter = growth[counted], diameter[counted]
    begin, anagen_end = begin[counted], turn.anagen_end[stands][counted]
    grown = np.minimum(anagen_end, stop[counted])
    turns = np.maximum(rows.times.record(grown), first)
    thick = (diameter >= automaton.law("terminal", who)).astype(np.int64)
    rows.add(patch, first, {Column.HAIRS: 1, Column.TERMINAL: thick, Column.GROWING: 1})
    rows.add(patch, turns, {Column.GROWING: -1})
    rows.add(patch, last, {Column.HAIRS: -1, Column.TERMINAL: -thick})
    if not wanted.sums:
        return
    linear = double(automaton.law("mass_per_square", who)) * double(diameter) * double(diameter) * growth
    reach = in_units(growth * (anagen_end - turn.start[stands][counted]), LENGTH_UNITS)
    wide = in_units(diameter, DIAMETER_UNITS)
    length_slope, mass_slope = in_units(growth, LENGTH_UNITS), in_units(linear, MASS_UNITS)
    length_begin, mass_begin = in_units(growth * begin, LENGTH_UNITS), in_units(linear * begin, MASS_UNITS)
    length_end, mass_end = in_units(growth * grown, LENGTH_UNITS), in_units(linear * grown, MASS_UNITS)
    rows.add(patch, first, {
        Column.DIAMETER: wide, Column.REACH: reach, Column.LENGTH_SLOPE: length_slope, Column.LENGTH: -length_begin,
        Column.MASS_SLOPE: mass_slope, Column.MASS: -mass_begin,
    })  # fmt: skip
    rows.add(patch, turns, {
        Column.LENGTH_SLOPE: -length_slope, Column.LENGTH: length_end,
        Column.MASS_SLOPE: -mass_slope, Column.MASS: mass_end,
    })  # fmt: skip
    rows.add(patch, last, {
        Column.DIAMETER: -wide, Column.REACH: -reach,
        Column.LENGTH: length_begin - length_end, Column.MASS: mass_begin - mass_end,
    })  # fmt: skip


def rows_of(automaton: Automaton, turns: Iterable[Cycle], times: Times, wanted: Wanted) -> Tables:
    """What a run of the readable engine changes."""
    tables = new_tables(automaton.patches.count, times, wanted)
    rows = Rows(times, tables.rows)
    for turn in turns:
        _add_phases(rows, automaton, turn, wanted)
        _add_fallen(rows, automaton, turn)
        _add_hairs(rows, automaton, turn, wanted, tables.histogram)
    return tables


def census_of(tables: Tables, times: Floats, wanted: Wanted) -> Census:
    """What stands at each time, from what changes."""
    spans = np.diff(times, prepend=0)
    spans[spans <= 0] = 1
    fallen = {column: tables.rows[:, :-1, column] / spans for column in (Column.SHED, Column.PLUCKED)}
    level = np.cumsum(tables.rows[:, :-1], axis=1)
    return Census(
        times=times,
        hairs=level[..., Column.HAIRS],
        terminal=level[..., Column.TERMINAL],
        vellus=level[..., Column.VELLUS],
        anagen=level[..., Column.GROWING],
        empty=level[..., Column.KENOGEN],
        shed=fallen[Column.SHED],
        plucked=fallen[Column.PLUCKED],
        in_anagen=level[..., Column.ANAGEN] if wanted.phases else None,
        in_catagen=level[..., Column.CATAGEN] if wanted.phases else None,
        in_telogen=level[..., Column.TELOGEN] if wanted.phases else None,
        **(_sums(level, times) if wanted.sums else {}),
        histogram=None if tables.histogram is None else np.cumsum(tables.histogram[:, :-1], axis=1),
        edges=wanted.edges,
    )


def _sums(level: Counts, times: Floats) -> dict[str, Floats]:
    """Mean diameter and lengths, and mass, from sums in small units."""
    hairs = level[..., Column.HAIRS]
    some = np.maximum(hairs, 1)

    def mean(total: Floats) -> Floats:
        return np.where(hairs > 0, total / some, np.nan)

    length = level[..., Column.LENGTH_SLOPE] * times + level[..., Column.LENGTH]
    mass = level[..., Column.MASS_SLOPE] * times + level[..., Column.MASS]
    return {
        "diameter": mean(level[..., Column.DIAMETER] / DIAMETER_UNITS),
        "length": mean(np.maximum(length, 0) / LENGTH_UNITS),
        "final_length": mean(level[..., Column.REACH] / LENGTH_UNITS),
        "mass": np.maximum(mass, 0) / MASS_UNITS,
    }
