"""A chunk of follicles in the nearest memory: where each quantity of its lanes stands in four flat buffers.

Distances between rows are known when the kernel is compiled, so the compiler can tell that they do not overlap and turn
loops over lanes into vector instructions.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

CHUNK = 256
"""Lanes: follicles in the nearest memory at once."""

# words of 32 bits
NUMBER, PERSON, REGION, WHO, WORDS, KNOT, PICK, GONE = (CHUNK * row for row in (0, 1, 2, 3, 4, 8, 9, 10))
WORD_ROWS = 11
# single precision
SIZE, CEILING, WIDE, GROWTH, LENGTHS = (CHUNK * row for row in (0, 1, 2, 3, 4))
SHARE, BELOW, ABOVE, NEW_SIZE, NEW_CEILING = (CHUNK * row for row in (8, 9, 10, 11, 12))
SINGLE_ROWS = 13
# double precision
BEGIN, SENSITIVITY, LOST, ANAGEN_END, CATAGEN_END, TELOGEN_END, END = (CHUNK * row for row in range(7))
TARGET, LEFT, SPEED, SLOPE = (CHUNK * row for row in range(7, 11))
DOUBLE_ROWS = 11
# whole numbers
PLACE, STAYS, PLUCKED, SEEN, FROM_NOWHERE = (CHUNK * row for row in range(5))
WHOLE_ROWS = 5


class Buffers(NamedTuple):
    """The four buffers of one thread."""

    words: NDArray[np.uint32]
    singles: NDArray[np.float32]
    doubles: NDArray[np.float64]
    wholes: NDArray[np.int64]

    @staticmethod
    def new() -> Buffers:
        """Empty ones."""
        return Buffers(
            np.zeros(WORD_ROWS * CHUNK, dtype=np.uint32),
            np.zeros(SINGLE_ROWS * CHUNK, dtype=np.float32),
            np.zeros(DOUBLE_ROWS * CHUNK, dtype=np.float64),
            np.zeros(WHOLE_ROWS * CHUNK, dtype=np.int64),
        )
