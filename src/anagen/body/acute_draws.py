"""The records of the hour-scale pools, drawn from how uncertain they are."""

from __future__ import annotations

import zlib

import numpy as np
from numpy.typing import NDArray

from anagen.evidence.parameters import parameters

Floats = NDArray[np.float64]

SHARED = ("gut_capacity", "gut_half_saturation", "gut_passive_share", "plasma_magnesium_reference")
FACTORS = tuple(f"meal_multiplier_{name}" for name in ("soluble", "hydroxide", "oxide", "enteric"))


def record_names() -> tuple[str, ...]:
    """Every record the pools use: their own, the curve of a meal, the set point, the factors of the salts."""
    own = tuple(record.name for record in parameters().values() if record.file == "acute")
    return (*own, *SHARED, *FACTORS)


def drawn(draws: int, seed: int) -> dict[str, Floats]:
    """Every record `draws` times from its distribution, or (`draws` 0) once at its central value; shape (draws,).

    Each name has a stream of its own (Philox, keyed by the seed and the name), so that no draw depends on the others.
    """
    found: dict[str, Floats] = {}
    for name in record_names():
        record = parameters()[name]
        spread = record.distribution
        if draws == 0 or spread.law == "fixed":
            found[name] = np.full(max(draws, 1), record.value)
            continue
        stream = np.random.Generator(np.random.Philox(key=[seed, zlib.crc32(name.encode())]))
        if spread.law == "uniform":
            found[name] = stream.uniform(spread.low, spread.high, draws)
            continue
        z = stream.standard_normal(draws)
        found[name] = (
            record.value * np.exp(spread.sd * z) if spread.law == "lognormal" else record.value + spread.sd * z
        )
    return found
