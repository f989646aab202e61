"""Follicles packed for the way to a device: what is the same for all of them, or counts up by one, takes no room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from anagen.follicle.patches import NEVER, Follicles

KINDS: dict[str, type[np.generic]] = {
    "patch": np.uint32, "origin": np.uint32, "person": np.uint32, "region": np.uint32, "number": np.uint32,
    "sensitivity": np.float64, "born": np.float64, "lost": np.float64,
}  # fmt: skip
PATCH, ORIGIN, PERSON, REGION, NUMBER, SENSITIVITY, BORN, LOST = range(len(KINDS))
BATCH = 1 << 20
"""Follicles that go to the device at once: enough to fill the largest, in some ten megabytes."""


@dataclass(frozen=True)
class Crowd:
    """Many follicles.

    Attributes
    ----------
    count : how many.
    arrays : one for each of KINDS; of a single value where all have the same (numbers: where they follow on it).
    """

    count: int
    arrays: tuple[NDArray[np.generic], ...]

    @property
    def steps(self) -> NDArray[np.int64]:
        """For each array 1 where every follicle has its own value, else 0."""
        return np.array([int(array.size == self.count > 1) for array in self.arrays], dtype=np.int64)

    @staticmethod
    def of(follicles: Follicles) -> Crowd:
        """The same follicles, packed."""
        return Crowd(follicles.count, tuple(_packed(name, getattr(follicles, name)) for name in KINDS))

    @staticmethod
    def numbered(count: int, first: int, sensitivity: float | NDArray[np.float64] = 1.0, patch: int = 0) -> Crowd:
        """Follicles of one patch and person, numbered from `first` on; as `Follicles.in_one_patch`."""
        values = {
            "patch": patch, "origin": patch, "person": 0, "region": 0, "number": first, "sensitivity": sensitivity,
            "born": 0.0, "lost": NEVER,
        }  # fmt: skip
        return Crowd(count, tuple(np.atleast_1d(np.asarray(values[name], dtype=kind)) for name, kind in KINDS.items()))


def _packed(name: str, array: NDArray[np.generic]) -> NDArray[np.generic]:
    ahead = np.arange(array.size, dtype=np.int64) if name == "number" else 0
    same = bool((array == array[0] + ahead).all())
    return np.ascontiguousarray(array[:1] if same else array, dtype=KINDS[name])


def batches(blocks: Iterable[Follicles | Crowd]) -> Iterator[Crowd]:
    """Blocks gathered until they are worth a launch."""
    waiting: list[Follicles] = []
    for block in blocks:
        if isinstance(block, Crowd):
            yield block
            continue
        waiting.append(block)
        if sum(one.count for one in waiting) >= BATCH:
            yield Crowd.of(_together(waiting))
            waiting = []
    if waiting:
        yield Crowd.of(_together(waiting))


def _together(blocks: list[Follicles]) -> Follicles:
    if len(blocks) == 1:
        return blocks[0]
    return Follicles(
        **{one.name: np.concatenate([getattr(block, one.name) for block in blocks]) for one in fields(Follicles)}
    )
