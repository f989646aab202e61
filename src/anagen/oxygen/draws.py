"""Random draws for a block: Philox's, keyed by a seed and a part, so that no part changes when another does."""

from __future__ import annotations

import numpy as np

from anagen.errors import AnagenError

SUPERFICIAL_PART, DEEP_PART, DERMAL_PART, FOLLICLE_PART, BULB_PART = range(5)
"""The two meshes, the forks, the vessels of the follicles, and where bulbs stand."""
SEEDS = 2**63
"""Seeds are below this."""


def draws_of(seed: int, part: int) -> np.random.Generator:
    """A generator for one part; raises AnagenError for what is no seed."""
    if not 0 <= seed < SEEDS or seed % 1:
        raise AnagenError(f"seed = {seed}: give a whole number from 0 to {SEEDS - 1}")
    return np.random.Generator(np.random.Philox(key=np.array([seed, part], dtype=np.uint64)))
