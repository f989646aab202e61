"""Counting: what a set of patches shows at given months, from the cycles of its follicles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anagen.follicle.automaton import Automaton, Cycle

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True)
class Census:
    """Counts in every patch at every recorded month; each array of shape (patches, records).

    Attributes
    ----------
    hairs : counted hairs; terminal : thick ones among them; anagen : growing ones among them.
    empty : follicles without a hair.
    diameter : mean over counted hairs (um); final_length : the mean length they reach (mm).
    shed : hairs shed a month, over the time since the record before.
    """

    hairs: Floats
    terminal: Floats
    anagen: Floats
    empty: Floats
    diameter: Floats
    final_length: Floats
    shed: Floats


class _Tally:
    """Adds intervals of time to a (patches, records) table of differences."""

    def __init__(self, patches: int, months: Indices) -> None:
        self.width = months.size + 1
        self.patches = patches
        # first[m]: the first record at or after month m
        self.first = np.searchsorted(months, np.arange(int(months[-1]) + 2), side="left")
        self.tables: dict[str, Floats] = {}

    def record(self, time: Floats) -> Indices:
        """The first record at or after a time."""
        month = np.ceil(np.clip(time, 0, self.first.size - 1)).astype(np.int64)
        return self.first[month]

    def add(self, name: str, patch: Indices, at: Indices, weight: Floats | None = None) -> None:
        """Add at one record (from there on, once summed up)."""
        flat = np.bincount(patch * self.width + at, weights=weight, minlength=self.patches * self.width)
        self.tables[name] = self.tables.get(name, np.zeros(self.patches * self.width)) + flat

    def table(self, name: str) -> Floats:
        return self.tables.get(name, np.zeros(self.patches * self.width)).reshape(self.patches, self.width)


def _add_turn(tally: _Tally, automaton: Automaton, turn: Cycle) -> None:
    own = automaton.follicles
    patch = own.patch[turn.who]
    shed_at = np.minimum(turn.telogen_end, own.lost[turn.who])
    counted = turn.diameter >= automaton.law("counted_diameter", turn.who)
    seen_from = turn.start + automaton.law("visible_after", turn.who)

    begin, end = tally.record(seen_from), tally.record(shed_at)
    some = counted & (begin < end)
    where, begin, end = patch[some], begin[some], end[some]
    diameter = turn.diameter[some]
    length = turn.growth[some] * (turn.anagen_end - turn.start)[some]
    thick = (diameter >= automaton.law("terminal_diameter", turn.who[some])).astype(np.float64)
    for name, weight in (("hairs", None), ("terminal", thick), ("diameter", diameter), ("final_length", length)):
        tally.add(name, where, begin, weight)
        tally.add(f"{name} gone", where, end, weight)

    grown = tally.record(np.minimum(turn.anagen_end, shed_at))[some]
    growing = begin < grown
    tally.add("anagen", where[growing], begin[growing])
    tally.add("anagen gone", where[growing], grown[growing])

    # a follicle is empty from the shedding of its hair until it grows again
    first, last = tally.record(turn.telogen_end), tally.record(turn.end)
    gap = first < last
    tally.add("empty", patch[gap], first[gap])
    tally.add("empty gone", patch[gap], last[gap])
    falls = counted & (turn.telogen_end > 0) & (turn.telogen_end <= automaton.months)
    tally.add("shed", patch[falls], tally.record(turn.telogen_end[falls]))


def census(automaton: Automaton, months: Indices) -> Census:
    """Run the automaton and count at each of `months` (whole, increasing).

    A hair that is too thin to be counted is neither counted nor empty, nor is a follicle too small for good.
    """
    tally = _Tally(automaton.patches.count, months)
    for turn in automaton.cycles():
        _add_turn(tally, automaton, turn)

    def level(name: str) -> Floats:
        return np.cumsum(tally.table(name) - tally.table(f"{name} gone"), axis=1)[:, :-1]

    hairs = level("hairs")
    some = np.maximum(hairs, 1)
    spans = np.diff(months, prepend=0)
    return Census(
        hairs=hairs,
        terminal=level("terminal"),
        anagen=level("anagen"),
        empty=level("empty"),
        diameter=np.where(hairs > 0, level("diameter") / some, np.nan),
        final_length=np.where(hairs > 0, level("final_length") / some, np.nan),
        shed=tally.table("shed")[:, :-1] / np.maximum(spans, 1),
    )
