"""From patches and follicles to what the kernel on a device is given, and its tables back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anagen.follicle.census import Tables, Times, Wanted, new_tables
from anagen.follicle.gpu_count import add_up
from anagen.follicle.gpu_crowd import Crowd, batches
from anagen.follicle.gpu_device import SIMULATED, assert_exact, cuda, exactly, quietly
from anagen.follicle.gpu_kernel import grow_follicles
from anagen.follicle.laws import lay_out, phase_means
from anagen.follicle.patches import Act, Follicles, Patches
from anagen.kernel_cache import mark_warm

KEY_MASK, KEY_BITS = 0xFFFFFFFF, 32
THREADS = 128  # to a block
MOST_COPIES = 64  # of the tables: the more, the seldomer threads wait for one another
MOST_CELLS = 1 << 24  # of all tables together, 128 MB
NO_EDGES = np.zeros(0)


class GpuKernel:
    """The kernel over a set of patches, laid out on the device, ready for follicles; as `kernel_call.Kernel`."""

    def __init__(self, patches: Patches, seed: int, grid: Times, wanted: Wanted, countable_only: bool) -> None:
        self.patches, self.grid, self.wanted, self.countable_only = patches, grid, wanted, countable_only
        self.keys = np.uint64(seed & KEY_MASK), np.uint64(seed >> KEY_BITS)
        edges = NO_EDGES if wanted.edges is None else wanted.edges
        arrays = (*_scalp(patches), *_deeds(patches), grid.first, grid.padded, np.asarray(edges, dtype=np.float64))
        self.given = tuple(to_device(array) for array in arrays)

    def run(self, blocks: Iterable[Follicles | Crowd]) -> Tables:
        """What the follicles of some blocks change; the device counts while the next are packed."""
        tables = new_tables(self.patches.count, self.grid, self.wanted)
        bins = np.zeros(1, dtype=np.int64) if tables.histogram is None else tables.histogram
        copies = max(1, min(MOST_COPIES, MOST_CELLS // (tables.rows.size + bins.size)))
        counts, counted_bins = (to_device(np.zeros(copies * one.size, dtype=np.int64)) for one in (tables.rows, bins))
        with exactly(), quietly():
            for crowd in batches(blocks):
                grow_follicles[_blocks(crowd.count), THREADS](
                    crowd.count, *(to_device(array) for array in crowd.arrays), to_device(crowd.steps), *self.keys,
                    *self.given, counts, counted_bins, copies, self.wanted.sums, self.wanted.phases,
                    self.countable_only,
                )  # fmt: skip
            assert_exact(grow_follicles)
            rows, histogram = _summed(counts, tables.rows.shape), _summed(counted_bins, bins.shape)
        if not SIMULATED:
            mark_warm("gpu")
        return Tables(rows, None if tables.histogram is None else histogram)


def to_device(array: Any) -> Any:
    """An array in the device's memory; one that is there already stays as it is."""
    return cuda.to_device(np.ascontiguousarray(array)) if isinstance(array, np.ndarray) else array


def _blocks(count: int) -> int:
    return (count + THREADS - 1) // THREADS


def _scalp(patches: Patches) -> tuple[NDArray[Any], ...]:
    """What acts in the patches, month by month, the laws of their cycles and the shapes of the lengths."""
    clock, laid = patches.clock, lay_out(patches.laws, patches.shapes.all)
    pace = np.stack([clock.plain, clock.sensitive, clock.plain_run, clock.sensitive_run], axis=-1)
    course = np.stack(
        [patches.stretch, patches.stretch_sensitive, patches.loss, patches.loss_sensitive, patches.drop], axis=-1
    )
    return (
        *(np.asarray(array, dtype=np.float64).reshape(patches.count, -1) for array in (pace, course)),
        np.stack(laid).T,
        phase_means(laid).T,
        patches.shapes.tables(),
        np.array(patches.shapes.rows(), dtype=np.int64),
    )


def _deeds(patches: Patches) -> tuple[NDArray[Any], ...]:
    """The interventions: months and kinds, and the waits and shares of each patch, shape (patches, interventions)."""
    deeds = patches.ordered()
    return (
        np.array([one.month for one in deeds], dtype=np.float64),
        np.array([int(Act[one.kind.upper()]) for one in deeds], dtype=np.int64),
        patches.waits().T,
        patches.shares().T,
    )


def _summed(copies: Any, shape: tuple[int, ...]) -> NDArray[np.int64]:
    """The tables of all copies added up on the device."""
    total = to_device(np.zeros(int(np.prod(shape)), dtype=np.int64))
    add_up[_blocks(total.size), THREADS](copies, total)
    return total.copy_to_host().reshape(shape)
