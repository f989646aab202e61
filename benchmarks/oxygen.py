"""The solver of the oxygen field against rivals, against the memory's speed, and on a patch of scalp, in one run.

Writes results/oxygen.json; `--quick` measures small sizes once and writes nothing. What is not installed is left out
and named. One thread is measured in processor time, two threads in wall time.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import zlib
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from rivals import oxygen_roofline as roofline
from rivals.oxygen_contenders import DOUBLE, MOST_GB, OURS, PYAMG, contenders, run
from rivals.oxygen_problem import TOLERANCE, Seconds, clocked
from rivals.report import machine, significant

from anagen import oxygen
from anagen.oxygen.bundles import bundled
from anagen.oxygen.grid import Grid
from anagen.oxygen.patch import Patch, grid_of, patch_of, solve_patch, tissue_of, vessels_of
from anagen.oxygen.solve import SETTINGS, solve

RESULTS = Path(__file__).parent / "results" / "oxygen.json"
PER_ML = 1.05 / 6000  # 1 mL/100 g/min in 1/s, for tissue of 1.05 g/mL
SLACK = 1.01  # of the tolerance, for rounding
AT_REST = 0.85  # share of two processors below which two threads say nothing


@dataclass(frozen=True)
class Effort:
    """How much is measured."""

    sizes: tuple[int, ...]
    rounds: int  # of the first size; larger ones are done once by rivals
    roofline: int
    roofline_rounds: int
    spacing: float  # of the patch, um
    patch_turns: int


FULL = Effort((128, 256), 2, 256, 24, 20.0, 3)
QUICK = Effort((64,), 1, 96, 3, 40.0, 1)
AIMS = {
    "times PyAMG, setup and solve, 128^3": ("at least", 25.0), "times PyAMG, solve, 128^3": ("at least", 5.0),
    "seconds of the linear solve, 256^3, one thread": ("below", 3.0),
    "V-cycle over triad, one thread, middle round": ("at least", 0.6),
    "two threads over one, linear solve, middle round": ("at least", 1.6),
    "seconds of a patch at 36 mL/100 g/min": ("below", 3.0),
    "seconds of a patch at 1 mL/100 g/min": ("below", 6.0),
}  # fmt: skip


def linear(effort: Effort) -> dict[str, Any]:
    """Every solver on every size: the quickest of its processes, part by part."""
    racing, missing = contenders()
    report: dict[str, Any] = {"left out": missing}
    for n in effort.sizes:
        best: dict[str, Any] = {}
        for turn in range(effort.rounds):
            for one in racing:
                ours, big = one.program == "oxygen_own", n != effort.sizes[0]
                if n > one.largest or (big and turn and not ours) or isinstance(best.get(one.name), str):
                    continue
                told = run(one, n, 3 if ours else 1)
                print(f"{n}^3, {one.name}: {told}", file=sys.stderr)
                best[one.name] = _better(best.get(one.name), told)
        _agree({name: told for name, told in best.items() if not isinstance(told, str)})
        report[f"{n}^3"] = {name: told if isinstance(told, str) else _shown(told) for name, told in best.items()}
        report[f"{n}^3, times ours"] = _ratios(best)
    return report


def _better(known: Any, told: Any) -> Any:
    if known is None or isinstance(told, str):
        return told
    return {**told, **{part: [min(pair) for pair in zip(known[part], told[part], strict=True)]
                       for part in ("setup", "solve")}}  # fmt: skip


def _agree(told: dict[str, Any]) -> None:
    """All solved the same problem, as exactly as asked."""
    assert len({one["fingerprint"] for one in told.values()}) == 1, "not everyone was given the same problem"
    for name, one in told.items():
        assert one["residual"] < SLACK * TOLERANCE, f"{name} stopped at {one['residual']}"


def _shown(told: dict[str, Any]) -> dict[str, float]:
    parts = {f"{part} s": significant(told[part][1]) for part in ("setup", "solve")}
    walls = {f"{part} s, wall": significant(told[part][0]) for part in ("setup", "solve")}
    rest = {"iterations": told["iterations"], "residual": significant(told["residual"], 2)}
    return {**parts, **walls, **rest, "peak GB": significant(told["peak GB"])}


def _ratios(best: dict[str, Any]) -> dict[str, Any]:
    """Processor time of each over each of ours."""
    found: dict[str, Any] = {}
    for ours in (OURS, DOUBLE):
        own = best[ours]
        for name, told in best.items():
            if isinstance(told, str) or name in (OURS, DOUBLE):
                continue
            both = [one["setup"][1] + one["solve"][1] for one in (told, own)]
            alone = [one["solve"][1] for one in (told, own)]
            found[f"{name} over {ours}"] = {
                "setup and solve": significant(both[0] / both[1]), "solve": significant(alone[0] / alone[1])
            }  # fmt: skip
    return found


def memory(effort: Effort) -> dict[str, Any]:
    """The cycle against the triad, and two threads against one."""
    measured = roofline.measure(effort.roofline, effort.roofline_rounds)
    best: dict[tuple[str, int], Seconds] = measured["best"]
    rounds: dict[tuple[str, int], list[Seconds]] = measured["rounds"]
    moved: dict[str, float] = measured["moved"]
    speed = {(what, count): moved[what] / best[what, count][0] / 1e9 for what in ("triad", "cycle") for count in (1, 2)}
    work = moved["steps"] / moved["cycle"]
    report: dict[str, Any] = {
        "n": effort.roofline,
        "bytes a cell in one cycle": significant(moved["cycle"] / effort.roofline**3, 4),
        "GB/s, wall": {f"{what}, threads {count}": significant(value) for (what, count), value in speed.items()},
        "ms, wall": {f"{what}, threads {n}": significant(1e3 * times[0]) for (what, n), times in best.items()},
    }
    for count in (1, 2):
        ratio = speed["cycle", count] / speed["triad", count]
        report[f"cycle over triad, threads {count}"] = significant(ratio)
        report[f"cycle over triad, each step a pass, threads {count}"] = significant(ratio * work)
    report["two threads over one"] = {
        what: significant(best[what, 1][0] / best[what, 2][0]) for what in ("triad", "cycle", "solve")
    }
    bytes_over = moved["cycle"] / moved["triad"]
    report["by rounds"] = {
        "two threads over one": {
            what: _range(rounds[what, 1], rounds[what, 2]) for what in ("triad", "cycle", "solve")
        },
        "cycle over triad, threads 1": _range(
            [(bytes_over * wall, own) for wall, own in rounds["triad", 1]], rounds["cycle", 1]
        ),
    }
    report["share of two processors that two threads got"] = {
        what: significant(best[what, 2][1] / best[what, 2][0] / 2) for what in ("triad", "cycle", "solve")
    }
    report["solve, processor seconds, one thread"] = significant(best["solve", 1][1])
    return report


def _range(times: list[Seconds], others: list[Seconds]) -> dict[str, float]:
    """Of the ratios of wall times, round by round: lowest, middle and highest."""
    ratios = np.array([one[0] / other[0] for one, other in zip(times, others, strict=True)])
    return {
        name: significant(float(np.quantile(ratios, at))) for name, at in (("low", 0), ("middle", 0.5), ("high", 1))
    }


def patches(effort: Effort) -> dict[str, Any]:
    """A patch of scalp in health and at a thirty-sixth of its flow, on one thread and on two."""
    patch = patch_of(1)
    grid = grid_of(patch.anatomy, effort.spacing)
    told = {"cells": grid.cells, "spacing um": effort.spacing, "vessels": int(patch.network.vessel.max()) + 1}
    solve_patch(patch, 36 * PER_ML, spacing=80.0)  # compiles
    return told | {f"{flow} mL/100 g/min": one_patch(patch, flow, grid, effort.patch_turns) for flow in (36, 1)}


def one_patch(patch: Patch, flow: float, grid: Grid, turns: int) -> dict[str, Any]:
    """One patch at one flow; the quickest of some turns."""
    vessels = bundled(vessels_of(patch, flow * PER_ML * patch.anatomy.volume), grid, patch.permeability)
    tissue, best = tissue_of(patch, grid), [(np.inf, np.inf)] * 2
    for _ in range(turns):
        for place, threads in enumerate((1, 2)):
            times, _ = clocked(partial(solve, tissue, vessels, patch.blood, SETTINGS, threads))
            best[place] = min(best[place], times)
    one, two = best
    whole, outcome = clocked(lambda: solve_patch(patch, flow * PER_ML, spacing=grid.spacing))
    field = outcome.field
    return {
        "solve s": significant(one[1]), "solve s, wall": significant(one[0]),
        "two threads over one, wall": significant(one[0] / two[0]),
        "share of two processors that two threads got": significant(two[1] / two[0] / 2),
        "network's flow, tissue and solve s": significant(whole[1]),
        "Newton steps": field.steps, "cycles": field.cycles, "pieces of vessels": int(field.pieces.length.size),
        "residual": significant(field.residual, 2), "brought but not burned": significant(field.balance.error, 2),
        "bulb mean mmHg": significant(outcome.bulb_mean), "bulb min mmHg": significant(outcome.bulb_min),
    }  # fmt: skip


def judged(report: dict[str, Any]) -> list[dict[str, Any]]:
    """The aims, and whether they were met in this run."""
    solved, cycle, patch = report["linear"], report["memory"], report["patch"]
    rounds = cycle["by rounds"]
    pyamg = solved.get("128^3, times ours", {}).get(f"{PYAMG} over {OURS}", {})
    found = {
        "times PyAMG, setup and solve, 128^3": pyamg.get("setup and solve"),
        "times PyAMG, solve, 128^3": pyamg.get("solve"),
        "seconds of the linear solve, 256^3, one thread": solved.get("256^3", {}).get(OURS, {}).get("solve s"),
        "V-cycle over triad, one thread, middle round": rounds["cycle over triad, threads 1"]["middle"],
        "two threads over one, linear solve, middle round": rounds["two threads over one"]["solve"]["middle"],
        "seconds of a patch at 36 mL/100 g/min": patch["36 mL/100 g/min"]["solve s"],
        "seconds of a patch at 1 mL/100 g/min": patch["1 mL/100 g/min"]["solve s"],
    }
    told: list[dict[str, Any]] = [
        {"what": name, "aim": f"{way} {aim:g}", "measured": found[name],
         "met": (found[name] >= aim if way == "at least" else found[name] < aim)}
        for name, (way, aim) in AIMS.items() if found[name] is not None
    ]  # fmt: skip
    if cycle["share of two processors that two threads got"]["solve"] < AT_REST:
        for one in told:
            if one["what"].startswith("two threads"):
                one["met"] = "not to be told: others held a processor"
    return told


PARTS = {"memory": memory, "patch": patches, "linear": linear}
SOURCES = ("blood", "bundles", "chains", "coarsest", "compiled", "grid", "jumps", "krylov", "krylov_method",
           "krylov_sums", "multigrid", "prefetch", "solve", "stencil", "system", "tissue", "transfer", "two_steps",
           "vessel_groups", "vessels")  # fmt: skip


def sources() -> int:
    """A checksum of what decides how fast the solver is."""
    return zlib.crc32(b"".join((Path(oxygen.__path__[0]) / f"{name}.py").read_bytes() for name in SOURCES))


def main() -> None:
    """Measure, print and, unless quick, keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="small sizes, under a minute; writes nothing")
    parser.add_argument("--only", choices=PARTS, nargs="+", default=list(PARTS), help="keep the rest of the last run")
    asked = parser.parse_args()
    effort = QUICK if asked.quick else FULL
    report: dict[str, Any] = {"case": {"tolerance": TOLERANCE, "most GB a solver may take": MOST_GB}}
    if len(asked.only) < len(PARTS):
        report |= json.loads(RESULTS.read_text(encoding="utf-8"))
    for part in asked.only:
        load, measured = os.getloadavg(), sources()
        report[part] = PARTS[part](effort)
        report[part] |= {"machine": machine(load), "sources changed meanwhile": sources() != measured}
    report["aims"] = judged(report)
    text = json.dumps(report, indent=2)
    print(text)
    if effort is FULL:
        RESULTS.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
