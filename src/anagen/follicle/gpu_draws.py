"""Draws on a device: the random words, lengths of phases and hair of one follicle."""

from __future__ import annotations

from typing import Any

import numpy as np

from anagen.follicle.chance import LOW, MULTIPLIER_0, MULTIPLIER_1, REGION_ROOM, ROUNDS, WEYL_0, WEYL_1, Purpose
from anagen.follicle.gpu_device import exp32, log32, on_device, quantile_of, wide_product
from anagen.follicle.laws import LAID, PER_PHASE, PHASES

FACTOR_0, FACTOR_1 = np.uint32(MULTIPLIER_0), np.uint32(MULTIPLIER_1)
STEP_0, STEP_1 = np.uint64(WEYL_0), np.uint64(WEYL_1)
CYCLE, START, INTERVENTION = (
    np.uint64(REGION_ROOM * purpose) for purpose in (Purpose.CYCLE, Purpose.START, Purpose.INTERVENTION)
)
ANAGEN, TELOGEN, KENOGEN, CATAGEN = (len(PER_PHASE) * PHASES.index(phase) for phase in PHASES)
OF_ANAGEN, OF_TELOGEN, OF_KENOGEN, OF_CATAGEN = range(len(PHASES))  # their rows and means
LOG, SCALE, PLAIN, BIASED = range(len(PER_PHASE))
POWER, SMALLEST, PER_SIZE = LAID["anagen_power"], LAID["smallest"], LAID["per_size"]
LOG_GROWTH, GROWTH_POWER = LAID["log_growth"], LAID["growth_power"]
ZERO, ONE = np.float32(0), np.uint64(1)


@on_device
def words_of(name: Any, purpose: Any, cycle: Any, keys: Any) -> Any:
    """Four random words of a follicle (its number, person and region): Philox 4x32-10, as in `chance.py`."""
    w0, w1, w2, w3 = np.uint32(name[0]), np.uint32(cycle), np.uint32(name[1]), np.uint32(np.uint64(name[2]) + purpose)
    k0, k1 = keys
    for _ in range(ROUNDS):
        high_0, low_0 = wide_product(FACTOR_0, w0)
        high_1, low_1 = wide_product(FACTOR_1, w2)
        w0, w1 = np.uint32(high_1 ^ w1 ^ k0), low_1
        w2, w3 = np.uint32(high_0 ^ w3 ^ k1), low_0
        k0, k1 = (k0 + STEP_0) & LOW, (k1 + STEP_1) & LOW
    return w0, w1, w2, w3


@on_device
def length_of(word: Any, tables: Any, row: Any, law: Any, phase: Any, shift: Any, longer: Any) -> Any:
    """The length of one phase, months; as `Automaton._length`. `shift` is PLAIN, or BIASED where it is looked in on."""
    drawn = quantile_of(word, tables[row])
    return np.float64(exp32((law[phase + LOG] + (law[phase + SCALE] * drawn + law[phase + shift])) + longer))


@on_device
def hair_of(size: Any, law: Any) -> Any:
    """Diameter (um) and growth (mm a month) of the hair of a follicle of this size; as `Automaton._hair`."""
    diameter = law[SMALLEST] + law[PER_SIZE] * exp32(size)
    return diameter, exp32(law[LOG_GROWTH] + law[GROWTH_POWER] * log32(diameter))
