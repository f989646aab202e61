"""Where a field is to be solved: on a CUDA device where one is here and holds it, else on the processor."""

from __future__ import annotations

from typing import Literal

from anagen import cuda_device
from anagen.errors import AnagenError

Choice = Literal["auto", "cpu", "gpu"]
CHOICES: tuple[Choice, ...] = ("auto", "cpu", "gpu")
WORTH_IT = 2_000_000
"""Cells from which "auto" takes the GPU: about where waking it costs less than it saves. Assumed, not measured."""
BYTES_OF_CELL = 130
"""On the device, ghosts counted: 8 float64, 10 float32 of the linear solver and 5 of the cycle, and room for sums."""
KEPT_FREE = 0.95
"""Of a device's memory, the part that may be used: ghosts and vessels take some too."""
GIGA = 1e9


class NoDevice(AnagenError):
    """A GPU is asked for where none can serve."""


def why_not(cells: int = 0) -> str | None:
    """Why a device cannot solve a grid of so many cells, None where it can."""
    reason, found = cuda_device.why_not(), cuda_device.device()
    return reason or (too_large(cells, found.memory) if found and not cuda_device.simulated() else None)


def too_large(cells: int, room: float) -> str | None:
    """Why a grid of so many cells does not fit in so many bytes of a device, None where it does."""
    needed = cells * BYTES_OF_CELL
    if needed <= KEPT_FREE * room:
        return None
    return f"{cells:,} cells take {needed / GIGA:.1f} GB of the device's memory, and there are {room / GIGA:.1f} GB"


def on_gpu(wanted: str, cells: int) -> bool:
    """Whether a grid is to be solved on a device: "auto" takes it only where it can serve and the grid is large.

    Raises NoDevice where "gpu" is wanted and cannot be had.
    """
    if wanted not in CHOICES:
        raise NoDevice(f"device: '{wanted}' is not one of {', '.join(CHOICES)}")
    if wanted == "cpu" or (wanted == "auto" and cells < WORTH_IT):
        return False
    reason = why_not(cells)
    if reason is not None and wanted == "gpu":
        raise NoDevice(f"device: gpu: {reason}; write cpu, or auto to use a GPU only where there is one")
    return reason is None
