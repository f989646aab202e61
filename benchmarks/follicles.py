"""The follicle engine against rivals, the processor's floor and itself at other sizes, measured in one run.

The case is that of rivals/reference.py: bald-prone follicles over fifty years, recorded every month, four draws a cycle
of 1.94 years. Everything takes its turn in rounds, and the quickest turn counts. One thread is measured in processor
time, so that what else the machine does counts little; two threads in wall time, which needs a machine at rest: the
load average is kept with the figures. Writes results/follicles.json; `--quick` measures less and writes nothing. Mesa
and JAX are left out where they are not installed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rivals import reference, scaling
from rivals.contenders import (
    FIVE,
    SHARES,
    Contender,
    Seconds,
    check_engines,
    engine,
    jax_workers,
    mesa_contender,
    own_contenders,
    timed,
)
from rivals.floor import PARTS, Floor
from rivals.report import NANO, floor_report, machine, rounded, significant, speeds

from anagen.follicle.census import Census
from anagen.kernel_cache import sources_hash

RESULTS = Path(__file__).parent / "results" / "follicles.json"
MOST_GAP = 4.0  # standard errors
MOST_MB = 200


@dataclass(frozen=True)
class Effort:
    """How much is measured."""

    rounds: int
    follicles: int
    readable: int  # follicles in the readable engine
    lanes: int  # follicles in JAX
    agents: int
    agent_years: int
    sizes: tuple[int, ...]  # of the runs in a process of their own
    doubled: int  # follicles on one thread and on two
    repeats: int


FULL = Effort(
    10, 200_000, 20_000, 1 << 16, 1000, reference.YEARS, (10_000, 100_000, 1_000_000, 10_000_000), 1_000_000, 3
)
QUICK = Effort(4, 50_000, 5000, 1 << 14, 500, 10, (10_000, 100_000), 100_000, 2)


def gaps(ours: Census, our_count: int, theirs: dict[str, Any], their_count: int) -> dict[str, float]:
    """The largest distance of each share at whole years, in standard errors; refuses one that is too large."""
    found: dict[str, float] = {}
    for name, share in theirs.items():
        yearly = slice(0, len(share), 12)
        known = getattr(ours, name)[0, yearly] / our_count
        found[name] = significant(reference.largest_gap(known, share[yearly], our_count, their_count))
        if found[name] > MOST_GAP:
            raise SystemExit(f"{name}: a rival is {found[name]} standard errors away; it does not run the same process")
    return found


def in_rounds(rounds: int, runs: list[Callable[[], Seconds]]) -> list[Seconds]:
    """The least wall time and the least processor time of several turns of each."""
    best = np.full((len(runs), 2), np.inf)
    for turn in range(rounds):
        best = np.minimum(best, [run() for run in runs])
        print(f"round {turn + 1} of {rounds}", file=sys.stderr)
    return [(float(wall), float(own)) for wall, own in best]


def measure(effort: Effort) -> dict[str, Any]:
    """Everything, in one run."""
    load = os.getloadavg()
    check_engines(effort.readable)
    floor, contenders, agreement = Floor(), own_contenders(effort.follicles, effort.readable), {}
    census = engine(effort.follicles, FIVE, 2)()
    with jax_workers(effort.lanes) as workers:
        for cores, worker in workers.items():
            shares = {
                name: np.array(row) / effort.lanes for name, row in zip(SHARES, worker.told["levels"], strict=True)
            }
            agreement["jax"] = gaps(census, effort.follicles, shares, effort.lanes)
            contenders.append(Contender("jax, five outputs", cores, effort.lanes, worker.run))
        agents = mesa_contender(effort.agents, effort.agent_years, effort.repeats)
        if agents is not None:
            contenders.append(agents[0])
            agreement["mesa"] = gaps(census, effort.follicles, agents[1], effort.agents)
        passes = [timed(lambda part=part: floor.run(part)) for part in PARTS]
        best = in_rounds(effort.rounds, [one.run for one in contenders] + passes)
    report = speeds(contenders, best)
    parts = {part: floor.nanoseconds(own) for part, (_, own) in zip(PARTS, best[len(contenders) :], strict=True)}
    report["floor, nanoseconds of processor time a cycle"] = floor_report(
        parts, report["nanoseconds of processor time a cycle, one thread"]["numba, five outputs"]
    )
    report["largest distance of shares of follicles, standard errors"] = {"most it may be": MOST_GAP, **agreement}
    return report | {"scaling": measure_scaling(effort), "machine": machine(load)}


def measure_scaling(effort: Effort) -> dict[str, Any]:
    """Time and memory by the number of follicles, and a cold process; each run in a process of its own."""
    runs = {count: scaling.child(count, 1, max(1, min(effort.repeats, 4_000_000 // count))) for count in effort.sizes}
    # in turn, so that a busy machine slows both
    turns = [[scaling.child(effort.doubled, threads, 1) for threads in (1, 2)] for _ in range(effort.repeats)]
    one, two = (min((turn[place] for turn in turns), key=lambda run: run["seconds"]) for place in (0, 1))

    def by_size(what: str, each: bool = False) -> dict[str, float]:
        return rounded({f"{count:,}": run[what] / (count / NANO if each else 1) for count, run in runs.items()}, 4)

    return {
        "processor nanoseconds a follicle, one thread": by_size("processor seconds", each=True),
        "wall seconds, one thread": by_size("seconds"),
        f"two threads over one, wall time, {effort.doubled:,} follicles": significant(one["seconds"] / two["seconds"]),
        "share of two processors that two threads got": significant(two["processor seconds"] / two["seconds"] / 2),
        "peak memory MB": by_size("peak"),
        "most peak memory MB may be": MOST_MB,
        "memory MB held after": rounded(runs[effort.sizes[-1]]["held"], 4),
        "wall seconds of a cold process, 100,000 follicles, kernel cached": rounded(cold(effort.repeats)),
    }


def cold(repeats: int) -> dict[str, float]:
    """The quickest of several fresh processes, and what of it Python and numba take to load."""

    def least(work: Callable[[], object]) -> float:
        return min(timed(work)()[0] for _ in range(repeats))

    def python(code: str) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, "-c", code], check=True)

    return {
        "all": least(lambda: scaling.child(100_000, 2, 1)),
        "empty python": least(python("pass")),
        "import numba alone": least(python("import numba")),
    }


def main() -> None:
    """Measure, print and, unless quick, keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="measure less, under a minute; writes nothing")
    quick = parser.parse_args().quick
    measured = sources_hash()
    text = json.dumps(measure(QUICK if quick else FULL), indent=2)
    print(text)
    if sources_hash.__wrapped__() != measured:
        raise SystemExit(
            "the engine's sources changed while it was measured, so parts of this belong to others; run again"
        )
    if not quick:
        RESULTS.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
