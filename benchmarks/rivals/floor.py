"""The processor's floor under a cycle: what cannot be left out, alone, with nothing waiting for anything else.

A cycle needs four random words (Philox 4x32-10), four lengths (a quantile and an exponential each), the diameter and
growth of a hair (two exponentials and a logarithm), and at least four changes of a row of counts: eight whole numbers
of 64 bits, one line of the nearest memory, at a random one of 600 months. The passes are the engine's own, over 256
lanes in the nearest memory. What the engine does besides (clocks, sizes, closing ranks, deciding what to count) is
above the floor.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite.ir import IntType, VectorType
from numba import njit, types
from numba.extending import intrinsic

from anagen.follicle.chance import Purpose
from anagen.follicle.compiled_draws import draw_all_lengths, draw_words, make_hair
from anagen.follicle.lanes import CHUNK, Buffers
from anagen.follicle.laws import lay_out
from rivals import reference

ROW, UPDATES, LINE = 8, 4, 64
CYCLE = int(Purpose.CYCLE)
TURNS = 2000
PARTS = ("words", "lengths", "hair", "rows", "together")


@intrinsic
def add_to_row(_context: Any, rows: Any, place: Any, amounts: Any) -> Any:
    """Add eight whole numbers to a row: one load, one sum and one store of 64 bytes (numba makes eight of each)."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        def row_at(kind: Any, array: Any, index: Any) -> Any:
            start = context.make_array(kind)(context, builder, array).data
            return builder.bitcast(builder.gep(start, [index]), VectorType(IntType(64), ROW).as_pointer())

        target = row_at(signature.args[0], arguments[0], arguments[1])
        source = row_at(signature.args[2], arguments[2], IntType(64)(0))
        builder.store(builder.add(builder.load(target, align=8), builder.load(source, align=8)), target, align=8)
        return context.get_dummy_value()

    return types.none(rows, place, amounts), generate


@njit(error_model="numpy", nogil=True)
def update_rows(rows: Any, places: Any, amounts: Any) -> None:
    """Four rows of 64 bytes for every lane."""
    for place in places:
        add_to_row(rows, place, amounts)


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
def rows_alone(rows: Any, places: Any, amounts: Any, turns: int) -> None:
    """The changes of the rows."""
    for turn in range(turns):
        update_rows(rows, places[turn % len(places)], amounts)


@njit(error_model="numpy", nogil=True)
def together(
    words: Any, singles: Any, tables: Any, table_rows: Any, law: Any, rows: Any, places: Any, amounts: Any, turns: int
) -> None:
    """All four, a chunk after the other."""
    for turn in range(turns):
        draw_words(words, CHUNK, turn, CYCLE, np.uint64(1), np.uint64(2))
        draw_all_lengths(words, singles, CHUNK, tables, table_rows, law)
        make_hair(singles, CHUNK, law)
        update_rows(rows, places[turn % len(places)], amounts)


class Floor:
    """The passes over one chunk, ready to be timed."""

    def __init__(self) -> None:
        patches = reference.patches()
        words, singles, _, _ = Buffers.new()
        words[:CHUNK] = np.arange(CHUNK)
        law = np.stack(lay_out(patches.laws, patches.shapes.all)).T[0].copy()
        tables = patches.shapes.tables(), np.array(patches.shapes.rows(), dtype=np.int64)
        room = np.zeros((reference.MONTHS + 1) * ROW, dtype=np.int64)
        skipped = -room.ctypes.data % LINE // room.itemsize  # so that every row is one line of memory
        rows = room[skipped : skipped + reference.MONTHS * ROW]
        where = np.random.default_rng(0).integers(0, reference.MONTHS, (64, UPDATES * CHUNK))
        places, amounts = (where * ROW).astype(np.uint64), np.ones(ROW, dtype=np.int64)
        self.work: dict[str, Callable[[int], None]] = {
            "words": lambda turns: words_alone(words, turns),
            "lengths": lambda turns: lengths_alone(words, singles, *tables, law, turns),
            "hair": lambda turns: hair_alone(singles, law, turns),
            "rows": lambda turns: rows_alone(rows, places, amounts, turns),
            "together": lambda turns: together(words, singles, *tables, law, rows, places, amounts, turns),
        }
        for one in self.work.values():  # compiles
            one(1)

    def run(self, part: str) -> None:
        """One part, for many cycles."""
        self.work[part](TURNS)

    def nanoseconds(self, seconds: float) -> float:
        """A cycle's share of a run."""
        return seconds / TURNS / CHUNK * 1e9
