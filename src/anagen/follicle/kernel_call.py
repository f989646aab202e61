"""From patches and follicles to what the kernel is given."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from anagen.follicle import kernel
from anagen.follicle.census import Tables, Times, Wanted, new_tables
from anagen.follicle.lanes import Buffers
from anagen.follicle.laws import lay_out, phase_means
from anagen.follicle.patches import Act, Follicles, Patches
from anagen.kernel_cache import mark_warm

Floats = NDArray[np.float64]
KEY_MASK, KEY_BITS = 0xFFFFFFFF, 32
NO_EDGES = np.zeros(0)


class Kernel:
    """The kernel over a set of patches, ready for follicles."""

    def __init__(self, patches: Patches, seed: int, grid: Times, wanted: Wanted, countable_only: bool) -> None:
        laid = lay_out(patches.laws, patches.shapes.all)
        deeds = patches.ordered()
        self.patches, self.grid, self.wanted = patches, grid, wanted
        self.edges = NO_EDGES if wanted.edges is None else np.ascontiguousarray(wanted.edges, dtype=np.float64)
        clock = patches.clock

        def laid_flat(array: Floats) -> Floats:
            return np.ascontiguousarray(array, dtype=np.float64)

        self.scalp = (
            (clock.plain, clock.sensitive, clock.plain_run, clock.sensitive_run),
            (laid_flat(patches.stretch), laid_flat(patches.stretch_sensitive)),
            (laid_flat(patches.loss), laid_flat(patches.loss_sensitive)),
            laid_flat(patches.drop),
            np.ascontiguousarray(np.stack(laid).T),
            np.ascontiguousarray(phase_means(laid).T),
            patches.shapes.tables(),
            np.array(patches.shapes.rows(), dtype=np.int64),
        )
        self.deeds = (
            np.array([one.month for one in deeds], dtype=np.float64),
            np.array([int(Act[one.kind.upper()]) for one in deeds], dtype=np.int64),
            patches.waits(),
            patches.shares(),
        )
        self.keys = np.uint64(seed & KEY_MASK), np.uint64(seed >> KEY_BITS)
        self.countable_only = countable_only

    def run(self, blocks: Iterable[Follicles]) -> Tables:
        """What the follicles of some blocks change; lets go of the lock, so that threads run side by side."""
        tables, buffers = new_tables(self.patches.count, self.grid, self.wanted), Buffers.new()
        bins = np.zeros((self.patches.count, 1, 1), np.int64) if tables.histogram is None else tables.histogram
        flat = tables.rows.reshape(self.patches.count, -1)
        for block in blocks:
            names = (block.patch, block.origin, block.person, block.region, block.number)
            measures = (block.sensitivity, block.born, block.lost)
            who = (
                *(np.ascontiguousarray(array, dtype=np.int64) for array in names),
                *(np.ascontiguousarray(array, dtype=np.float64) for array in measures),
            )
            kernel.run_block(
                who, *self.scalp, self.deeds, self.grid.first, self.grid.padded, flat, bins, self.edges, *self.keys,
                self.wanted.sums, self.wanted.phases, self.countable_only, *buffers,
            )  # fmt: skip
        mark_warm("follicle")
        return tables
