"""The follicle engine against rivals, the processor's floor and itself at other sizes, measured in one run.

The case is that of rivals/reference.py: bald-prone follicles over fifty years, recorded every month, four draws a cycle
of 1.94 years. Everything takes its turn in rounds, and the quickest turn counts, so that a busy machine slows all alike.
Writes results/follicles.json; `--quick` takes under a minute and writes nothing. Mesa and JAX are optional.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import importlib.util
import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from rivals import reference, scaling
from rivals.floor import PARTS, Floor

from anagen.follicle.census import Census
from anagen.follicle.grow import Wanted, grow

HERE = Path(__file__).parent
RESULTS = HERE / "results" / "follicles.json"
FIVE, ALL = Wanted(sums=False, phases=False), Wanted()
MILLION, NANO = 1e6, 1e9
MOST_GAP = 4.0  # standard errors
MOST_MB = 200
SHARES = ("hairs", "terminal", "anagen", "empty")


@dataclass(frozen=True)
class Effort:
    """How much is measured."""

    rounds: int = 12
    follicles: int = 200_000
    readable: int = 20_000
    chunks: int = 1 << 16  # follicles in JAX
    agents: int = 1000
    agent_years: int = reference.YEARS
    largest: tuple[int, ...] = (10_000, 100_000, 1_000_000, 10_000_000)


QUICK = Effort(rounds=3, follicles=50_000, readable=5000, chunks=1 << 15, agents=500, agent_years=10,
               largest=(10_000, 100_000, 1_000_000))  # fmt: skip


@dataclass
class JaxWorker:
    """A process of its own that has the JAX model compiled."""

    cores: int
    count: int
    told: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        arguments = [sys.executable, "-m", "rivals.jax_model", str(self.cores), str(self.count)]
        self.process = subprocess.Popen(arguments, cwd=HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.told = self._answer()

    def _answer(self) -> Any:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("the JAX model stopped; run `python -m rivals.jax_model 1 512` in benchmarks/ to see why")
        return json.loads(line)

    def run(self) -> float:
        """Seconds of one warm run."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self._answer()

    def close(self) -> None:
        """Let the process end."""
        self.process.communicate()


def timed(work: Callable[[], object]) -> Callable[[], float]:
    """Seconds of one run."""

    def run() -> float:
        begin = perf_counter()
        work()
        return perf_counter() - begin

    return run


def engine(count: int, wanted: Wanted, threads: int, which: Any = "numba") -> Callable[[], Census]:
    """A run of one of our engines; every follicle is followed to the end, as the rivals do."""
    patches, follicles, times = reference.patches(), reference.follicles(count), reference.times()
    return lambda: grow(patches, follicles, reference.SEED, times, wanted, False, which, threads)


def check_engines(count: int) -> None:
    """Both engines count the same."""
    fast, readable = engine(count, ALL, 2)(), engine(count, ALL, 1, "numpy")()
    for name, array in vars(readable).items():
        assert array is None or np.array_equal(array, getattr(fast, name), equal_nan=True), (
            f"the engines differ in {name}"
        )


def gaps(ours: Census, our_count: int, theirs: dict[str, Any], their_count: int) -> dict[str, float]:
    """The largest distance of each share at whole years, in standard errors; refuses one that is too large."""
    found: dict[str, float] = {}
    for name, share in theirs.items():
        yearly = slice(0, len(share), 12)
        known = getattr(ours, name)[0, yearly] / our_count
        gap = reference.largest_gap(known, share[yearly], our_count, their_count)
        found[name] = round(gap, 2)
        if gap > MOST_GAP:
            raise SystemExit(f"{name}: a rival is {gap:.1f} standard errors away; it does not run the same process")
    return found


def in_rounds(rounds: int, runs: dict[str, Callable[[], float]]) -> dict[str, float]:
    """The quickest of several turns of each."""
    best = dict.fromkeys(runs, float("inf"))
    for turn in range(rounds):
        for name, run in runs.items():
            best[name] = min(best[name], run())
        print(f"round {turn + 1} of {rounds}", file=sys.stderr)
    return best


def measure_scaling(effort: Effort) -> dict[str, Any]:
    """Time and memory from ten thousand follicles on, and a cold process; each run in a process of its own."""
    runs = {
        count: scaling.child(count, 2, runs=max(1, min(5, 3_000_000 // count)), trace=True) for count in effort.largest
    }
    nano = {f"{count:,}": round(run["seconds"] / count * NANO) for count, run in runs.items()}
    peaks = {f"{count:,}": round(run["peak"], 1) for count, run in runs.items()}
    single, double = (min(scaling.child(1_000_000, threads, 1)["seconds"] for _ in range(3)) for threads in (1, 2))
    return {
        "nanoseconds a follicle, two threads": nano,
        "seconds, two threads": {f"{count:,}": round(run["seconds"], 4) for count, run in runs.items()},
        "peak memory MB": peaks,
        "most peak memory MB may be": MOST_MB,
        "memory MB held after each step": {name: round(mb, 1) for name, mb in runs[effort.largest[-1]]["held"].items()},
        "two threads over one, a million follicles": round(single / double, 2),
        "seconds, cold process, 100,000 follicles, kernel cached": round(
            min(scaling.whole_process(100_000, 2) for _ in range(5)), 2
        ),
        "seconds, python that imports numba and stops": round(min(timed(_only_import)() for _ in range(5)), 2),
    }


def _only_import() -> None:
    subprocess.run([sys.executable, "-c", "import numba"], check=True)


def has(package: str) -> bool:
    """Whether a rival is there to be measured; says so where it is not."""
    found = importlib.util.find_spec(package) is not None
    if not found:
        print(f"{package} is not installed: measured without it (pip install {package})", file=sys.stderr)
    return found


def machine(load_before: tuple[float, ...]) -> dict[str, Any]:
    """What it ran on."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    name = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    versions = {
        one: importlib.metadata.version(one)
        for one in ("numpy", "numba", "jax", "mesa")
        if importlib.util.find_spec(one)
    }
    return {
        "cores": os.cpu_count(), "processor": name, "python": platform.python_version(), **versions,
        "load average before": round(load_before[0], 2), "load average after": round(os.getloadavg()[0], 2),
    }  # fmt: skip


def measure(effort: Effort) -> dict[str, Any]:
    """Everything, in one run."""
    load = os.getloadavg()
    years = reference.YEARS
    cycles = reference.cycles_per_follicle()
    check_engines(effort.readable)
    floor = Floor()
    counts: dict[str, int] = {}
    runs: dict[str, Callable[[], float]] = {}
    for what, wanted in (("five outputs", FIVE), ("all outputs", ALL)):
        for threads, name in ((1, "one thread"), (2, "two threads")):
            key = f"numba, {what}, {name}"
            counts[key], runs[key] = effort.follicles, timed(engine(effort.follicles, wanted, threads))
            runs[key]()
    counts["numpy, five outputs, one thread"] = effort.readable
    runs["numpy, five outputs, one thread"] = timed(engine(effort.readable, FIVE, 1, "numpy"))
    agreement: dict[str, Any] = {}
    workers: list[JaxWorker] = []
    ours = engine(effort.follicles, FIVE, 2)()
    if has("jax"):
        for cores, name in ((1, "one core"), (2, "two cores")):
            worker = JaxWorker(cores, effort.chunks)
            shares = {
                one: np.array(level) / effort.chunks for one, level in zip(SHARES, worker.told["levels"], strict=True)
            }
            agreement[f"jax, {name}"] = gaps(ours, effort.follicles, shares, effort.chunks)
            counts[f"jax, five outputs, {name}"], runs[f"jax, five outputs, {name}"] = effort.chunks, worker.run
            workers.append(worker)
    passes = {f"floor, {part}": (lambda part=part: floor.nanoseconds(part)) for part in PARTS}
    best = in_rounds(effort.rounds, runs | passes)
    for worker in workers:
        worker.close()
    speeds = {name: counts[name] * years / best[name] / MILLION for name in counts}
    if has("mesa"):
        from rivals import mesa_model

        both = [mesa_model.run(effort.agents, effort.agent_years) for _ in range(2)]
        agreement["mesa"] = gaps(ours, effort.follicles, both[0][1], effort.agents)
        seconds = min(seconds for seconds, _ in both)
        speeds["mesa, five outputs, a week a step"] = effort.agents * effort.agent_years / seconds / MILLION
    cycle = {name: years / cycles / speed / MILLION * NANO for name, speed in speeds.items()}
    return {
        "case": {
            "years": years, "records a year": 12, "draws a cycle": 4, "events a cycle": reference.EVENTS,
            "years a cycle, mean": round(years / cycles, 3), "follicles": effort.follicles,
        },
        "million follicle-years a second": {name: significant(speed) for name, speed in speeds.items()},
        "nanoseconds a cycle": {name: significant(nano) for name, nano in cycle.items()},
        "nanoseconds an event": {name: significant(nano / reference.EVENTS) for name, nano in cycle.items()},
        "ratios": ratios(speeds),
        "largest distance of shares of follicles, standard errors": {"most it may be": MOST_GAP, **agreement},
        "floor": floor_report(best, cycle["numba, five outputs, one thread"]),
        "scaling": measure_scaling(effort),
        "machine": machine(load),
    }  # fmt: skip


def ratios(speeds: dict[str, float]) -> dict[str, float]:
    """How many times as fast the compiled engine is, at five outputs and as many cores."""
    one, two = (speeds[f"numba, five outputs, {threads}"] for threads in ("one thread", "two threads"))
    found = {"numba, two threads over one": two / one}
    for name, speed in speeds.items():
        if not name.startswith("numba"):
            found[f"numba over {name}"] = (two if "two" in name else one) / speed
    return {name: significant(ratio) for name, ratio in found.items()}


def floor_report(best: dict[str, float], cycle: float) -> dict[str, float]:
    """The floor of a cycle and how far above it the engine is."""
    parts = {part: best[f"floor, {part}"] for part in PARTS}
    total = sum(nano for part, nano in parts.items() if part != "together")
    return {
        **{f"nanoseconds a cycle, {part}": significant(nano) for part, nano in parts.items()},
        "nanoseconds a cycle, the sum of the parts": significant(total),
        "engine over the sum of the parts": significant(cycle / total),
        "engine over the parts together": significant(cycle / parts["together"]),
    }


def significant(number: float, digits: int = 3) -> float:
    """A number to some digits."""
    return float(f"{number:.{digits}g}")


def main() -> None:
    """Measure, print and, unless quick, keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="less of everything; writes nothing")
    quick = parser.parse_args().quick
    text = json.dumps(measure(QUICK if quick else Effort()), indent=2)
    print(text)
    if not quick:
        RESULTS.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
