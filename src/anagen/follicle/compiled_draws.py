"""Draws in the compiled engine: random words, lengths of phases and hair, for all lanes of a chunk at once."""

from __future__ import annotations

from typing import Any

import numpy as np

from anagen.follicle.chance import MULTIPLIER_0, MULTIPLIER_1, REGION_ROOM, ROUNDS, WEYL_0, WEYL_1, Purpose
from anagen.follicle.compiled import compiled, exp32, knot_of, lane_pass, log32, quantile
from anagen.follicle.lanes import (
    ABOVE,
    BELOW,
    CHUNK,
    GROWTH,
    KNOT,
    LENGTHS,
    NUMBER,
    PERSON,
    REGION,
    SHARE,
    SIZE,
    WIDE,
    WORDS,
)  # fmt: skip
from anagen.follicle.laws import LAID

KEY_MASK, SHIFT = np.uint64(0xFFFFFFFF), np.uint64(32)
STEP_0, STEP_1 = np.uint64(WEYL_0), np.uint64(WEYL_1)
INTERVENTION = int(Purpose.INTERVENTION)
POWER, SMALLEST, PER_SIZE = LAID["anagen_power"], LAID["smallest"], LAID["per_size"]
LOG_GROWTH, GROWTH_POWER = LAID["log_growth"], LAID["growth_power"]
LOG, SCALE, SHIFT_OF, BIASED, PER_PHASE = range(5)
ANAGEN, TELOGEN, KENOGEN, CATAGEN = range(4)
"""The phases in the order of a cycle's four words."""
WORD_0, WORD_1, WORD_2, WORD_3 = (WORDS + CHUNK * place for place in range(4))
ONE = np.uint64(1)


@lane_pass
def draw_words(words: Any, lanes: int, cycle: int, purpose: int, key_0: Any, key_1: Any) -> None:
    """Four random words for every lane: Philox 4x32-10, as in `chance.py`."""
    for i in range(lanes):
        w0, w1 = np.uint64(words[NUMBER + i]), np.uint64(cycle)
        w2, w3 = np.uint64(words[PERSON + i]), np.uint64(words[REGION + i]) + np.uint64(REGION_ROOM * purpose)
        k0, k1 = np.uint64(key_0), np.uint64(key_1)
        for _ in range(ROUNDS):
            product_0, product_1 = MULTIPLIER_0 * w0, MULTIPLIER_1 * w2
            w0 = (product_1 >> SHIFT) ^ w1 ^ k0
            w1 = product_1 & KEY_MASK
            w2 = (product_0 >> SHIFT) ^ w3 ^ k1
            w3 = product_0 & KEY_MASK
            k0, k1 = (k0 + STEP_0) & KEY_MASK, (k1 + STEP_1) & KEY_MASK
        words[WORD_0 + i] = np.uint32(w0)
        words[WORD_1 + i] = np.uint32(w1)
        words[WORD_2 + i] = np.uint32(w2)
        words[WORD_3 + i] = np.uint32(w3)


@compiled
def word_of(number: Any, person: Any, region: Any, place: Any, key_0: Any, key_1: Any) -> Any:
    """The first word of a follicle's draw for an intervention."""
    w0, w1, w2 = np.uint64(number), np.uint64(place), np.uint64(person)
    w3 = np.uint64(region) + np.uint64(REGION_ROOM * INTERVENTION)
    k0, k1 = np.uint64(key_0), np.uint64(key_1)
    for _ in range(ROUNDS):
        product_0, product_1 = MULTIPLIER_0 * w0, MULTIPLIER_1 * w2
        w0, w1 = (product_1 >> SHIFT) ^ w1 ^ k0, product_1 & KEY_MASK
        w2, w3 = (product_0 >> SHIFT) ^ w3 ^ k1, product_0 & KEY_MASK
        k0, k1 = (k0 + STEP_0) & KEY_MASK, (k1 + STEP_1) & KEY_MASK
    return w0


@compiled
def draw_lengths(words: Any, singles: Any, lanes: int, place: int, table: Any, law: Any) -> None:
    """The length of one phase for every lane: knots, then the table, then the exponential, each its own loop."""
    log, scale, shift = law[PER_PHASE * place + LOG], law[PER_PHASE * place + SCALE], law[PER_PHASE * place + SHIFT_OF]
    power = law[POWER] if place == ANAGEN else np.float32(0)
    word, length = WORDS + place * CHUNK, LENGTHS + place * CHUNK
    for i in range(lanes):
        knot, share = knot_of(words[word + i])
        words[KNOT + i] = knot
        singles[SHARE + i] = share
    for i in range(lanes):
        knot = np.uint64(words[KNOT + i])
        singles[BELOW + i] = table[knot]
        singles[ABOVE + i] = table[knot + ONE]
    for i in range(lanes):
        below = singles[BELOW + i]
        drawn = below + (singles[ABOVE + i] - below) * singles[SHARE + i]
        singles[length + i] = exp32((log + (scale * drawn + shift)) + power * singles[SIZE + i])


@lane_pass
def draw_all_lengths(words: Any, singles: Any, lanes: int, tables: Any, rows: Any, law: Any) -> None:
    """The lengths of all four phases; places are spelled out, so that the compiler knows where each row stands."""
    draw_lengths(words, singles, lanes, ANAGEN, tables[rows[ANAGEN]], law)
    draw_lengths(words, singles, lanes, TELOGEN, tables[rows[TELOGEN]], law)
    draw_lengths(words, singles, lanes, KENOGEN, tables[rows[KENOGEN]], law)
    draw_lengths(words, singles, lanes, CATAGEN, tables[rows[CATAGEN]], law)


@lane_pass
def make_hair(singles: Any, lanes: int, law: Any) -> None:
    """Diameter and growth of every lane's hair."""
    smallest, per_size, log_growth, power = law[SMALLEST], law[PER_SIZE], law[LOG_GROWTH], law[GROWTH_POWER]
    for i in range(lanes):
        diameter = smallest + per_size * exp32(singles[SIZE + i])
        singles[WIDE + i] = diameter
        singles[GROWTH + i] = exp32(log_growth + power * log32(diameter))


@compiled
def length_of(word: Any, tables: Any, row: Any, law: Any, place: int, biased: bool) -> Any:
    """One length of one follicle at full size, as `Automaton._length`; `biased` where it is looked in on."""
    shift = law[PER_PHASE * place + BIASED] if biased else law[PER_PHASE * place + SHIFT_OF]
    drawn = quantile(word, tables[row + 1] if biased else tables[row])
    return np.float64(exp32(law[PER_PHASE * place + LOG] + (law[PER_PHASE * place + SCALE] * drawn + shift)))
