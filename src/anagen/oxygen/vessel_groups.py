"""Which vessels feed which, and which have nothing to do with each other: those may be marched at the same time."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anagen.oxygen.grid import Floats, Whole

LEAST_ELEMENTS = 8000
"""Elements a thread must have at least: below, waking it costs more than it saves."""

Small = NDArray[Any]
"""Whole numbers in as few bytes as they need."""


def small(numbers: Whole) -> Small:
    """The same numbers in four bytes each, where they fit."""
    return numbers.astype(np.int32) if numbers.max(initial=0) <= np.iinfo(np.int32).max else numbers


@dataclass(frozen=True)
class Mixing:
    """Which vessels feed a vessel: those of `source[start[v]:start[v + 1]]`, each with its share of the inflow.

    Shares of a vessel that starts at a feeding artery add up to less than 1: the rest does not change.
    """

    start: Whole
    source: Whole
    share: Floats


@dataclass(frozen=True)
class Groups:
    """Vessels that blood passes between, however far, stand in one group; groups are dealt out to a few threads.

    Attributes
    ----------
    order : all vessels, thread by thread, each in order of flow.
    cuts : place in `order` where each thread's part begins, and one past the last.
    """

    order: Whole
    cuts: list[int]

    @staticmethod
    def of(mixing: Mixing, start: Whole, threads: int = 1) -> Groups:
        """From what feeds what; vessel v has the elements start[v] to start[v + 1]. The largest are dealt out first."""
        count = start.size - 1
        if threads < 2 or count < 2:
            return Groups(np.arange(count), [0, count])
        from scipy.sparse import coo_matrix
        from scipy.sparse.csgraph import connected_components

        fed = np.repeat(np.arange(count), np.diff(mixing.start))
        joined = coo_matrix((np.ones(fed.size), (mixing.source, fed)), shape=(count, count))
        groups, label = connected_components(joined, directed=False)
        elements = np.bincount(label, weights=np.diff(start), minlength=groups)
        owner = np.zeros(groups, dtype=np.int64)
        least = [(0.0, thread) for thread in range(threads)]
        for group in np.argsort(-elements, kind="stable").tolist():
            held, thread = heappop(least)
            owner[group] = thread
            heappush(least, (held + float(elements[group]), thread))
        order = np.argsort(owner[label], kind="stable")
        return Groups(order, np.searchsorted(owner[label][order], np.arange(threads + 1)).tolist())

    def edges(self, elements: int) -> list[int]:
        """Where to cut `order` for so many elements in all: not at all, where they are few."""
        return self.cuts if elements >= LEAST_ELEMENTS * (len(self.cuts) - 1) else [0, self.order.size]
