"""Counter-based random numbers: what a follicle draws depends only on who it is, never on what runs beside it.

The generator is Philox 4x32 with ten rounds (Salmon and others, 2011). Its key is the seed; its counter is

    word 0  follicle (or, for a person's parameters, a hash of the parameter's name)
    word 1  cycle
    word 2  person
    word 3  256 * purpose + region

so every (seed, person, region, follicle, purpose, cycle) has four 32-bit words of its own. No result can
depend on the order, the number of threads or how many others run, and two arms share their luck.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint32]
Floats = NDArray[np.float64]

ROUNDS = 10
MULTIPLIER_0, MULTIPLIER_1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
WEYL_0, WEYL_1 = 0x9E3779B9, 0xBB67AE85
LOW = np.uint64(0xFFFFFFFF)
SHIFT = np.uint64(32)
WORD = 2.0**-32
REGION_ROOM = 256


class Purpose(IntEnum):
    """What a draw is for; each has its own stream."""

    CYCLE = 1
    START = 2
    SENSITIVITY = 3
    LOSS = 4
    PLACE = 5
    PARAMETER = 6
    NETWORK = 7
    CHOICE = 8
    SKIN = 9
    INTERVENTION = 10


def philox(seed: int, counter: tuple[NDArray[np.uint64], ...]) -> tuple[NDArray[np.uint64], ...]:
    """Philox 4x32-10: four words (each 32 bits in a uint64) for every counter.

    Parameters
    ----------
    seed : 64 bits; the key.
    counter : four arrays of 32-bit values, of shapes that broadcast.
    """
    word_0, word_1, word_2, word_3 = counter
    key_0, key_1 = seed & 0xFFFFFFFF, (seed >> 32) & 0xFFFFFFFF
    for _ in range(ROUNDS):
        product_0 = MULTIPLIER_0 * word_0
        product_1 = MULTIPLIER_1 * word_2
        word_0 = (product_1 >> SHIFT) ^ word_1 ^ np.uint64(key_0)
        word_1 = product_1 & LOW
        word_2 = (product_0 >> SHIFT) ^ word_3 ^ np.uint64(key_1)
        word_3 = product_0 & LOW
        key_0, key_1 = (key_0 + WEYL_0) & 0xFFFFFFFF, (key_1 + WEYL_1) & 0xFFFFFFFF
    return word_0, word_1, word_2, word_3


def words(
    seed: int, purpose: Purpose, person: object, region: object = 0, follicle: object = 0, cycle: object = 0
) -> tuple[Words, ...]:
    """Four random words of 32 bits for every combination, each of the broadcast shape of the arguments."""
    counter = np.broadcast_arrays(
        np.asarray(follicle, dtype=np.uint64),
        np.asarray(cycle, dtype=np.uint64),
        np.asarray(person, dtype=np.uint64),
        np.asarray(region, dtype=np.uint64) + np.uint64(REGION_ROOM * purpose),
    )
    return tuple(word.astype(np.uint32) for word in philox(seed, tuple(counter)))


def uniforms(
    seed: int, purpose: Purpose, person: object, region: object = 0, follicle: object = 0, cycle: object = 0
) -> tuple[Floats, ...]:
    """Four uniforms in (0, 1) for every combination, each of the broadcast shape of the arguments."""
    found = words(seed, purpose, person, region, follicle, cycle)
    return tuple((word.astype(np.float64) + 1 / 2) * WORD for word in found)


def normals(
    seed: int, purpose: Purpose, person: object, region: object = 0, follicle: object = 0, cycle: object = 0
) -> tuple[Floats, Floats, Floats]:
    """Three standard normals for every combination, by Box and Muller's transform; shape (3, ...)."""
    first, second, third, fourth = uniforms(seed, purpose, person, region, follicle, cycle)
    radius, angle = np.sqrt(-2 * np.log(first)), 2 * np.pi * second
    return radius * np.cos(angle), radius * np.sin(angle), np.sqrt(-2 * np.log(third)) * np.cos(2 * np.pi * fourth)
