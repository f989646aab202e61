"""A whole square centimeter of scalp as finely as bounded memory allows; keeps results/oxygen_large.json.

It has 128 bulbs in 84 follicular units and one network over all of it.

    nice python benchmarks/oxygen_large.py --cells 256 600      # cells along a side of the square, one run each
    nice python benchmarks/oxygen_large.py --cells 448 --tiles 7      # a square of 9 mm in cells of 20 um
    python benchmarks/oxygen_large.py --cells 64 --tiles 2 --dry      # a small one, to try; writes nothing

A size that was run before is replaced, others are kept. Each run is a process of its own that may not hold more than
16 GB; one that would is told so and left.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from rivals.oxygen_problem import clocked, peak_gigabytes
from rivals.report import machine, significant

from anagen.oxygen.bulb_places import usual_bulbs
from anagen.oxygen.bundles import bundled
from anagen.oxygen.densities import Densities
from anagen.oxygen.grid import Grid
from anagen.oxygen.grow import grow
from anagen.oxygen.patch import Patch, bulbs_of, patch_of, solve_patch, tissue_of, vessels_of
from anagen.oxygen.solve import SETTINGS, Field, solve

RESULTS = Path(__file__).parent / "results" / "oxygen_large.json"
PER_ML = 1.05 / 6000  # 1 mL/100 g/min in 1/s, for tissue of 1.05 g/mL
FLOW = 13.7  # mL/100 g/min
MOST_GB = 16.0
ASKED = 1.25
"""Memory that may be asked for, against what may be used: arrays that are never filled take none."""
HYPOXIC = 10.0  # mmHg
TILES = 8


def one_run(cells: int, tiles: int, threads: int) -> dict[str, Any]:
    """Grow, prepare and solve, and say how long each took and how much memory."""
    small = patch_of(1)
    solve_patch(small, FLOW * PER_ML, spacing=80.0)  # compiles
    width = small.anatomy.width * tiles
    anatomy = replace(small.anatomy, width=width, bulbs=usual_bulbs(width), seed=1)
    spacing = anatomy.width / cells
    grid = Grid((cells, cells, round(anatomy.depth / spacing)), spacing)
    growing, network = clocked(lambda: grow(anatomy, Densities.of_records(), 1))
    patch = Patch(anatomy, small.demands, network)
    dividing, vessels = clocked(
        lambda: bundled(vessels_of(patch, FLOW * PER_ML * anatomy.volume), grid, patch.permeability)
    )
    preparing, tissue = clocked(lambda: tissue_of(patch, grid))
    before = peak_gigabytes()

    def watch(step: int, cycles: int, residual: float) -> None:
        if peak_gigabytes() > MOST_GB:
            raise MemoryError
        print(f"step {step}, {cycles} cycles, residual {residual:.2g}, {peak_gigabytes():.1f} GB", file=sys.stderr)

    solving, field = clocked(lambda: solve(tissue, vessels, patch.blood, SETTINGS, threads, None, watch))
    seconds = {"network": growing, "flow": dividing, "tissue": preparing, "solve": solving}
    return {
        "cells": grid.cells, "grid": grid.shape, "spacing um": significant(spacing, 4), "threads": threads,
        "width mm": anatomy.width / 1000, "depth mm": anatomy.depth / 1000,
        "vessels": int(network.vessel.max()) + 1, "pieces of vessels": int(field.pieces.length.size),
        "flow mL/100 g/min": FLOW,
        "seconds, wall": {name: significant(times[0]) for name, times in seconds.items()},
        "seconds, processor": {name: significant(times[1]) for name, times in seconds.items()},
        "cells a second of processor time": significant(grid.cells / solving[1]),
        "peak GB": significant(peak_gigabytes()), "GB before the solve": significant(before),
        "bytes a cell": significant(peak_gigabytes() * 1e9 / grid.cells),
        **_found(field, list(bulbs_of(anatomy, grid, field.po2))),
    }  # fmt: skip


def _found(field: Field, bulbs: list[Any]) -> dict[str, Any]:
    means, whole = np.array([one.mean() for one in bulbs]), np.concatenate(bulbs)
    return {
        "Newton steps": field.steps, "cycles": field.cycles, "residual": significant(field.residual, 2),
        "brought but not burned": significant(field.balance.error, 2),
        "bulbs": len(bulbs), "mean of the bulbs mmHg": significant(means.mean()),
        "standard deviation over bulbs mmHg": significant(means.std()),
        "least and largest bulb mmHg": [significant(means.min()), significant(means.max())],
        "part of the bulbs below 10 mmHg": significant(float((whole < HYPOXIC).mean())),
        "median of the tissue mmHg": significant(float(np.median(field.po2[::2, ::2, ::2]))),
    }  # fmt: skip


def child(cells: int, tiles: int, threads: int) -> dict[str, Any] | str:
    """One run in a process of its own, with bounded memory."""
    most = int(MOST_GB * ASKED * 2**30)
    command = [sys.executable, __file__, "--child", "--cells", str(cells), "--tiles", str(tiles)]
    done = subprocess.run(
        [*command, "--threads", str(threads)], stdout=subprocess.PIPE, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (most, most)),
    )  # fmt: skip
    if done.returncode:
        return f"not done within {MOST_GB:g} GB"
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    """Run each size, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cells", type=int, nargs="+", default=[256, 600], help="along a side")
    parser.add_argument("--tiles", type=int, default=TILES, help="usual patches along a side")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        print(json.dumps(one_run(asked.cells[0], asked.tiles, asked.threads)))
        return
    kept: dict[str, Any] = {} if asked.dry or not RESULTS.exists() else json.loads(RESULTS.read_text(encoding="utf-8"))
    for cells in asked.cells:
        load = os.getloadavg()
        kept[f"{cells} cells along {asked.tiles} patches"] = {
            "run": child(cells, asked.tiles, asked.threads),
            "machine": machine(load),
        }
    text = json.dumps({"most GB": MOST_GB, **kept}, indent=2)
    print(text)
    if not asked.dry:
        RESULTS.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
