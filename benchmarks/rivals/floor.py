"""The processor's floor under a cycle: what cannot be left out, alone, with nothing waiting for anything else.

A cycle needs four random words (Philox 4x32-10), four lengths (a quantile and an exponential each), the diameter and
growth of a hair (two exponentials and a logarithm), and at least four changes of a row of counts: eight whole numbers of
64 bits, one line of the nearest memory, at a random one of 600 months. The passes are the engine's own, over 256 lanes
in the nearest memory. What the engine does besides (clocks, sizes, closing ranks, deciding what to count) is above
the floor.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np
from numba import njit
from rivals import reference

from anagen.follicle.chance import Purpose
from anagen.follicle.compiled_draws import draw_all_lengths, draw_words, make_hair
from anagen.follicle.lanes import CHUNK, Buffers
from anagen.follicle.laws import lay_out

ROW, UPDATES = 8, 4
CYCLE = int(Purpose.CYCLE)
TURNS = 2000
PARTS = ("words", "lengths", "hair", "rows", "together")


@njit(error_model="numpy", nogil=True)
def update_rows(rows: Any, places: Any, amount: Any) -> None:
    """Four rows of 64 bytes for every lane; one amount for all columns, so that a row is one vector's sum."""
    for place in places:
        for column in range(ROW):
            rows[place + np.uint64(column)] += amount


@njit(error_model="numpy", nogil=True)
def words_alone(words: Any, turns: int) -> None:
    """The random words."""
    for turn in range(turns):
        draw_words(words, CHUNK, turn, CYCLE, np.uint64(1), np.uint64(2))


@njit(error_model="numpy", nogil=True)
def lengths_alone(words: Any, singles: Any, tables: Any, table_rows: Any, law: Any, turns: int) -> None:
    """The lengths of the phases."""
    for _ in range(turns):
        draw_all_lengths(words, singles, CHUNK, tables, table_rows, law)


@njit(error_model="numpy", nogil=True)
def hair_alone(singles: Any, law: Any, turns: int) -> None:
    """Diameter and growth."""
    for _ in range(turns):
        make_hair(singles, CHUNK, law)


@njit(error_model="numpy", nogil=True)
def rows_alone(rows: Any, places: Any, amount: Any, turns: int) -> None:
    """The changes of the rows."""
    for turn in range(turns):
        update_rows(rows, places[turn % len(places)], amount)


@njit(error_model="numpy", nogil=True)
def together(
    words: Any, singles: Any, tables: Any, table_rows: Any, law: Any, rows: Any, places: Any, amount: Any, turns: int
) -> None:
    """All four, a chunk after the other."""
    for turn in range(turns):
        draw_words(words, CHUNK, turn, CYCLE, np.uint64(1), np.uint64(2))
        draw_all_lengths(words, singles, CHUNK, tables, table_rows, law)
        make_hair(singles, CHUNK, law)
        update_rows(rows, places[turn % len(places)], amount)


class Floor:
    """The passes over one chunk, ready to be timed."""

    def __init__(self) -> None:
        patches = reference.patches()
        words, singles, _, _ = Buffers.new()
        words[:CHUNK] = np.arange(CHUNK)
        law = np.stack(lay_out(patches.laws, patches.shapes.all)).T[0].copy()
        tables = patches.shapes.tables(), np.array(patches.shapes.rows(), dtype=np.int64)
        rows = np.zeros((reference.MONTHS + 1) * ROW, dtype=np.int64)
        where = np.random.default_rng(0).integers(0, reference.MONTHS, (64, UPDATES * CHUNK))
        places, amount = (where * ROW).astype(np.uint64), np.int64(1)
        self.work: dict[str, Callable[[int], None]] = {
            "words": lambda turns: words_alone(words, turns),
            "lengths": lambda turns: lengths_alone(words, singles, *tables, law, turns),
            "hair": lambda turns: hair_alone(singles, law, turns),
            "rows": lambda turns: rows_alone(rows, places, amount, turns),
            "together": lambda turns: together(words, singles, *tables, law, rows, places, amount, turns),
        }
        for one in self.work.values():  # compiles
            one(1)

    def nanoseconds(self, part: str) -> float:
        """A cycle's share of a run of one part."""
        begin = perf_counter()
        self.work[part](TURNS)
        return (perf_counter() - begin) / TURNS / CHUNK * 1e9
