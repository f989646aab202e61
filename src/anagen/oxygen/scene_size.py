"""How much memory and time a scene will take, told before anything is built, and what would fit instead."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from anagen.errors import AnagenError
from anagen.oxygen.grid import Grid
from anagen.oxygen.patch import grid_of
from anagen.oxygen.scene import Scene

BYTES_OF_PROGRAM = 200_000_000
BYTES_OF_CELL, BYTES_OF_VOLUME = 160, 6e-4
"""For each cell, and for the vessels in each um3 of the patch: measured at 0.13 to 108 million cells of 17 to 80 um."""
SECONDS_OF_CELL, SECONDS_OF_VOLUME = 1.2e-6, 4e-11
"""The same on one core of an EPYC that had other work; the network is drawn within the second."""
KEPT_FREE = 0.9
"""Of the free memory, the part that may be used."""
SPACINGS = (10, 16, 20, 40, 64, 80)
"""um, that are tried for what would fit: neither too fine for the records' vessels nor too coarse for their bulbs."""
KIBI, MEGA, GIGA = 1024, 1e6, 1e9


class TooLarge(AnagenError):
    """A grid that does not fit in memory."""


@dataclass(frozen=True)
class Estimate:
    """Of one scene: cells of the grid, memory (bytes) and time (s) to solve it."""

    cells: int
    memory: float
    seconds: float

    @property
    def words(self) -> str:
        """In a line."""
        memory = f"{self.memory / GIGA:.1f} GB" if self.memory >= GIGA else f"{self.memory / MEGA:.0f} MB"
        return f"{self.cells:,} cells, about {memory} of memory and {max(1, round(self.seconds))} s"


def estimate(scene: Scene, spacing: float | None = None) -> Estimate:
    """What a scene will take, on one core; with another spacing where one is given."""
    grid: Grid = grid_of(scene.anatomy, spacing or scene.spacing)
    seconds = grid.cells * SECONDS_OF_CELL + scene.anatomy.volume * SECONDS_OF_VOLUME
    memory = BYTES_OF_PROGRAM + grid.cells * BYTES_OF_CELL + scene.anatomy.volume * BYTES_OF_VOLUME
    return Estimate(grid.cells, memory, seconds)


def free_memory() -> float | None:
    """Bytes this process may still take, or None where the system does not tell."""
    found = [one for one in (_free_of_system(), _free_of_group()) if one is not None]
    return min(found) if found else None


def _free_of_system() -> float | None:
    try:
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return float(line.split()[1]) * KIBI
    except (OSError, ValueError):
        pass
    try:
        return float(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    except (AttributeError, OSError, ValueError):  # a system without these names
        return None


def _free_of_group() -> float | None:
    """What a container's limit leaves."""
    folder = Path("/sys/fs/cgroup")
    try:
        most = (folder / "memory.max").read_text(encoding="ascii").strip()
        used = (folder / "memory.current").read_text(encoding="ascii")
        return None if most == "max" else float(most) - float(used)
    except (OSError, ValueError):
        return None


def check_fits(scene: Scene, free: float | None) -> Estimate:
    """The estimate of a scene; raises TooLarge, with what would fit, where it needs more than `free` bytes."""
    needed = estimate(scene)
    if free is None or needed.memory <= KEPT_FREE * free:
        return needed
    raise TooLarge(
        f'{scene.source}: spacing = "{scene.spacing:g} um": {needed.words}, and {free / GIGA:.1f} GB are free; '
        + _what_fits(scene, KEPT_FREE * free)
    )


def fits_whole(scene: Scene, spacing: float) -> bool:
    """Whether a grid of this spacing can be made: whole cells on every side."""
    return not any(side % spacing for side in (scene.width, scene.depth))


def _what_fits(scene: Scene, most: float) -> str:
    """The finest spacing that fits, else that none does."""
    for spacing in (one for one in SPACINGS if one > scene.spacing):
        if fits_whole(scene, spacing) and estimate(scene, spacing).memory <= most:
            return f'spacing = "{spacing} um" would fit'
    bytes_of_area = scene.depth * (BYTES_OF_CELL / (scene.spacing * scene.spacing**2) + BYTES_OF_VOLUME)
    across = (max(0.0, most - BYTES_OF_PROGRAM) / bytes_of_area) ** (1 / 2)
    return f"a patch up to {across:.0f} um wide would fit"
