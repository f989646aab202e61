"""The follicle engine against rivals, the processor's floor and itself at other sizes, measured in one run.

The case is that of rivals/reference.py: bald-prone follicles over fifty years, recorded every month, four draws a cycle
of 1.94 years. Everything takes its turn in rounds, and the quickest turn counts. One thread is measured in processor
time, so that what else the machine does counts little; two threads in wall time, which needs a machine at rest: the
load average is kept with the figures. Writes results/follicles.json; `--quick` measures less and writes nothing. Mesa
and JAX are left out where they are not installed.
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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, Literal

import numpy as np
from rivals import reference, scaling
from rivals.floor import PARTS, Floor

from anagen.follicle.census import Census
from anagen.follicle.grow import Wanted, grow
from anagen.follicle.kernel_cache import sources_hash

HERE = Path(__file__).parent
RESULTS = HERE / "results" / "follicles.json"
FIVE, ALL = Wanted(sums=False, phases=False), Wanted()
MILLION, NANO = 1e6, 1e9
MOST_GAP = 4.0  # standard errors
MOST_MB = 200
SHARES = ("hairs", "terminal", "anagen", "empty")
Seconds = tuple[float, float]  # of wall time and of processor time


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


@dataclass(frozen=True)
class Contender:
    """Something that simulates the reference case."""

    name: str
    threads: int
    follicles: int
    run: Callable[[], Seconds]


class JaxWorker:
    """A process of its own that has the JAX model compiled."""

    def __init__(self, cores: int, count: int) -> None:
        arguments = [sys.executable, "-m", "rivals.jax_model", str(cores), str(count)]
        self.process = subprocess.Popen(arguments, cwd=HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.told: dict[str, Any] = self._answer()

    def _answer(self) -> Any:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("the JAX model stopped; run `python -m rivals.jax_model 1 512` in benchmarks/ to see why")
        return json.loads(line)

    def run(self) -> Seconds:
        """Seconds of one warm run."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self._answer()


@contextmanager
def jax_workers(count: int) -> Iterator[dict[int, JaxWorker]]:
    """A worker on one core and one on two, or none where JAX is not installed."""
    workers = {cores: JaxWorker(cores, count) for cores in (1, 2)} if has("jax") else {}
    try:
        yield workers
    finally:
        for worker in workers.values():
            worker.process.communicate()


def timed(work: Callable[[], object]) -> Callable[[], Seconds]:
    """Seconds of one run."""

    def run() -> Seconds:
        wall, own = perf_counter(), process_time()
        work()
        return perf_counter() - wall, process_time() - own

    return run


def engine(
    count: int, wanted: Wanted, threads: int, which: Literal["numba", "numpy"] = "numba"
) -> Callable[[], Census]:
    """A run of one of our engines; every follicle is followed to the end, as the rivals do."""
    patches, follicles, times = reference.patches(), reference.follicles(count), reference.times()
    return lambda: grow(patches, follicles, reference.SEED, times, wanted, False, which, threads)


def own_contenders(effort: Effort) -> list[Contender]:
    """Both of our engines."""
    many, few = effort.follicles, effort.readable
    return [
        *(
            Contender(f"numba, {what}", threads, many, timed(engine(many, wanted, threads)))
            for what, wanted in (("five outputs", FIVE), ("all outputs", ALL))
            for threads in (1, 2)
        ),
        Contender("numpy, five outputs", 1, few, timed(engine(few, FIVE, 1, "numpy"))),
    ]


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


def has(package: str) -> bool:
    """Whether a rival is there to be measured; says so where it is not."""
    found = importlib.util.find_spec(package) is not None
    if not found:
        print(f"{package} is not installed: measured without it (pip install {package})", file=sys.stderr)
    return found


def mesa_contender(effort: Effort) -> tuple[Contender, dict[str, Any]] | None:
    """The agents, where Mesa is installed, and the shares they showed; already run, as they are slow."""
    if not has("mesa"):
        return None
    from rivals import mesa_model

    runs = [mesa_model.run(effort.agents, effort.agent_years) for _ in range(effort.repeats)]
    # as long as it would take for all the years
    whole = min(seconds for seconds, _ in runs) * reference.YEARS / effort.agent_years
    return Contender("mesa, five outputs, a step a week", 1, effort.agents, lambda: (whole, whole)), runs[0][1]


def measure(effort: Effort) -> dict[str, Any]:
    """Everything, in one run."""
    load = os.getloadavg()
    check_engines(effort.readable)
    floor, contenders, agreement = Floor(), own_contenders(effort), {}
    census = engine(effort.follicles, FIVE, 2)()
    with jax_workers(effort.lanes) as workers:
        for cores, worker in workers.items():
            shares = {
                name: np.array(row) / effort.lanes for name, row in zip(SHARES, worker.told["levels"], strict=True)
            }
            agreement["jax"] = gaps(census, effort.follicles, shares, effort.lanes)
            contenders.append(Contender("jax, five outputs", cores, effort.lanes, worker.run))
        agents = mesa_contender(effort)
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


def speeds(contenders: list[Contender], best: list[Seconds]) -> dict[str, Any]:
    """Speeds, times of a cycle and an event, and ratios of our compiled engine to the others."""
    years, cycles = reference.YEARS, reference.cycles_per_follicle()
    both = [(one, *seconds) for one, seconds in zip(contenders, best[: len(contenders)], strict=True)]

    def by_name(threads: int, of: Callable[[float, float, float], float]) -> dict[str, float]:
        """Something of million follicle-years, wall and processor seconds of everything on so many threads."""
        return {
            one.name: of(one.follicles * years / MILLION, wall, own)
            for one, wall, own in both
            if one.threads == threads
        }

    own = {threads: by_name(threads, lambda done, _, used: done / used) for threads in (1, 2)}
    wall = {threads: by_name(threads, lambda done, passed, _: done / passed) for threads in (1, 2)}
    cycle = {name: years / cycles / speed / MILLION * NANO for name, speed in own[1].items()}
    event = {name: nano / reference.EVENTS for name, nano in cycle.items()}
    ours = "numba, five outputs"
    ratios = {
        f"over {name}, {count}, processor time": own[threads][ours] / speed
        for threads, count in ((1, "one thread"), (2, "two threads"))
        for name, speed in own[threads].items()
        if not name.startswith("numba")
    }
    ratios["processor time of two threads over that of one"] = own[1][ours] / own[2][ours]
    ratios["two threads over one, wall time"] = wall[2][ours] / wall[1][ours]
    return {
        "case": {
            "years": years, "records a year": 12, "draws a cycle": 4, "events a cycle": reference.EVENTS,
            "years a cycle, mean": significant(years / cycles, 4),
        },
        "million follicle-years a second of processor time, one thread": rounded(own[1]),
        "million follicle-years a second of wall time, one thread": rounded(wall[1]),
        "million follicle-years a second of wall time, two threads": rounded(wall[2]),
        "share of two processors that two threads got": rounded(by_name(2, lambda _, passed, used: used / passed / 2)),
        "nanoseconds of processor time a cycle, one thread": rounded(cycle),
        "nanoseconds of processor time an event, one thread": rounded(event),
        "ratios, numba with five outputs": rounded(ratios),
    }  # fmt: skip


def floor_report(parts: dict[str, float], cycle: float) -> dict[str, float]:
    """The floor of a cycle and how far above it the engine is."""
    total = sum(nano for part, nano in parts.items() if part != "together")
    return rounded({
        **parts, "sum of the parts": total, "engine over the sum of the parts": cycle / total,
        "engine over the parts together": cycle / parts["together"],
    })  # fmt: skip


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


def machine(load_before: tuple[float, float, float]) -> dict[str, Any]:
    """What it ran on."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    name = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    there = (one for one in ("numpy", "numba", "jax", "mesa") if importlib.util.find_spec(one))
    return {
        "cores": os.cpu_count(), "processor": name, "python": platform.python_version(),
        **{one: importlib.metadata.version(one) for one in there},
        "load average before": significant(load_before[0]), "load average after": significant(os.getloadavg()[0]),
    }  # fmt: skip


def significant(number: float, digits: int = 3) -> float:
    """A number to some digits."""
    return float(f"{number:.{digits}g}")


def rounded(numbers: dict[str, float], digits: int = 3) -> dict[str, float]:
    """Numbers to some digits."""
    return {name: significant(number, digits) for name, number in numbers.items()}


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
