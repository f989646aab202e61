"""The mean field against a million drawn follicles; run as a script it draws both.

The mean field pushes flows through the phases on a grid of times (`anagen.follicle.mean_field`); the engine draws
follicle by follicle. They share the laws and nothing else, so each checks the other: the difference has to be that of
chance, whose standard error is sqrt(p (1 - p) / N), plus an error of the grid that falls with the square of its step.
"""

from __future__ import annotations

import sys
import time
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent))

from pictures import Panel, figure, save

from anagen.follicle.census import Census, Wanted
from anagen.follicle.clock import Clock
from anagen.follicle.grow import grow
from anagen.follicle.laws import CycleLaws
from anagen.follicle.mean_field import MeanField, mean_field
from anagen.follicle.patches import Follicles, Patches

Floats = NDArray[np.float64]

FOLLICLES = 1_000_000
MONTHS = 600
TIMES = np.arange(0.0, MONTHS + 1, 4)
NODES, FINEST = (1, 2, 4), 8  # a month
SHOWN = ("in_anagen", "in_telogen", "empty", "hairs", "terminal", "vellus")
NAMES = {"in_anagen": "anagen", "in_telogen": "telogen", "empty": "kenogen", "hairs": "counted", "terminal": "terminal",
         "vellus": "vellus"}  # fmt: skip


def drives() -> dict[str, Floats]:
    """The miniaturizing drive at each month: none, slowly rising, and rising with a drug for ten years."""
    month = np.arange(MONTHS + 1)
    rising = 0.8 * np.clip((month - 100) / 200, 0, 1)
    early = 0.8 * np.clip((month - 30) / 130, 0, 1)
    return {
        "no loss": 0 * rising,
        "miniaturizing": rising,
        "drug": np.where((month > 240) & (month <= 360), early / 10, early),
    }


def patches(drive: Floats) -> Patches:
    """A patch under a drive, with about the gains of the flowchart."""
    met, flat = drive[np.newaxis], np.ones((1, drive.size))
    speed = Clock.from_speeds(flat, 0.55 * met)
    return Patches(speed, flat, 0.56 * met, 0 * flat, 0.12 * met, 0.01 * met, CycleLaws.central(1))


@cache
def field(case: str, nodes: int = 2) -> MeanField:
    """Worked out."""
    return mean_field(patches(drives()[case]), 1.0, TIMES, nodes_a_month=nodes)


@cache
def census(case: str) -> Census:
    """Drawn."""
    where, who = patches(drives()[case]), Follicles.in_one_patch(FOLLICLES)
    return grow(where, who, 1, TIMES, Wanted(sums=False), countable_only=False, engine="numba")


def difference(case: str, name: str, nodes: int = 2) -> Floats:
    """The mean field less the engine, at each time."""
    return getattr(field(case, nodes), name) - getattr(census(case), name)[0] / FOLLICLES


def grid_error(case: str, nodes: int) -> float:
    """Root mean square over the phases and times, against a fine grid."""
    errors = [getattr(field(case, nodes), name) - getattr(field(case, FINEST), name) for name in SHOWN[:3]]
    return float(np.sqrt(np.mean(np.square(errors))))


def draw() -> str:
    """Both over time, their difference, and the error of the grid."""
    return figure(
        "The mean field against a million drawn follicles",
        (
            "Lines: mean field. Dots: the engine. As it should be: dots lie on lines; the difference is of the size",
            "of the band, 3 standard errors of the engine's largest scatter to each side; the error of the grid falls",
            "with the square of its step, as the dashed line does.",
        ),
        [_levels("miniaturizing"), _levels("drug"), _differences(), _steps()],
    )  # fmt: skip


def _levels(case: str) -> Panel:
    head = (
        "Under a slowly rising drive" if case == "miniaturizing" else "The same earlier, with a drug in years 20 to 30"
    )
    panel = Panel(head, "months", "share of follicles", (0, MONTHS), (0, 1))
    every = np.arange(0, TIMES.size, 4)
    for color, name in enumerate(("in_anagen", "hairs", "terminal", "vellus", "empty")):
        panel.curve(TIMES, getattr(field(case), name), color)
        panel.dots(TIMES[every], getattr(census(case), name)[0, every] / FOLLICLES, color, NAMES[name], 2.0)
    return panel


def _differences() -> Panel:
    panel = Panel(
        "Mean field less engine, slowly rising drive", "months", "share of follicles", (0, MONTHS), (-3e-3, 3e-3)
    )
    widest = 3 * 0.5 / np.sqrt(FOLLICLES)
    panel.band((0, MONTHS), (-widest, -widest), (widest, widest))
    for color, name in enumerate(("in_anagen", "hairs", "terminal", "vellus", "empty")):
        panel.curve(TIMES, difference("miniaturizing", name), color, NAMES[name])
    return panel


def _steps() -> Panel:
    panel = Panel(
        "Error of the grid in shares of phases", "nodes a month", "root mean square", (0.8, 10), (1e-7, 1e-2), log=True
    )
    first = grid_error("miniaturizing", 1)
    panel.curve((1, 4), (first, first / 16), 4, "step squared", "5 4")
    for color, case in enumerate(drives()):
        panel.dots(NODES, [grid_error(case, nodes) for nodes in NODES], color, case, 3.0)
    return panel


if __name__ == "__main__":
    for case in drives():
        begin = time.perf_counter()
        field(case)
        took = time.perf_counter() - begin
        largest = {NAMES[name]: f"{np.abs(difference(case, name)).max():.4f}" for name in SHOWN}
        print(f"{case}: {took:.1f} s; largest difference", largest)
    print(save("mean_field", draw()))
