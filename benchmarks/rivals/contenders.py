"""Who runs the reference case against whom, and how a run is timed."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, Literal

import numpy as np

from anagen.follicle.census import Census
from anagen.follicle.grow import Wanted, grow
from rivals import reference

HERE = Path(__file__).parents[1]
FIVE, ALL = Wanted(sums=False, phases=False), Wanted()
SHARES = ("hairs", "terminal", "anagen", "empty")
Seconds = tuple[float, float]  # of wall time and of processor time


def timed(work: Callable[[], object]) -> Callable[[], Seconds]:
    """Seconds of one run."""

    def run() -> Seconds:
        wall, own = perf_counter(), process_time()
        work()
        return perf_counter() - wall, process_time() - own

    return run


@dataclass(frozen=True)
class Contender:
    """Something that simulates the reference case."""

    name: str
    threads: int
    follicles: int
    run: Callable[[], Seconds]


def engine(
    count: int, wanted: Wanted, threads: int, which: Literal["numba", "numpy"] = "numba"
) -> Callable[[], Census]:
    """A run of one of our engines; every follicle is followed to the end, as the rivals do."""
    patches, follicles, times = reference.patches(), reference.follicles(count), reference.times()
    return lambda: grow(patches, follicles, reference.SEED, times, wanted, False, which, threads)


def own_contenders(many: int, few: int) -> list[Contender]:
    """The compiled engine on many follicles, and the readable one on a few."""
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


def has(package: str) -> bool:
    """Whether a rival is there to be measured; says so where it is not."""
    found = importlib.util.find_spec(package) is not None
    if not found:
        print(f"{package} is not installed: measured without it (pip install {package})", file=sys.stderr)
    return found


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


def mesa_contender(count: int, years: int, repeats: int) -> tuple[Contender, dict[str, Any]] | None:
    """The agents, where Mesa is installed, and the shares they showed; already run, as they are slow."""
    if not has("mesa"):
        return None
    from rivals import mesa_model

    runs = [mesa_model.run(count, years) for _ in range(repeats)]
    # as long as it would take for all the years
    whole = min(seconds for seconds, _ in runs) * reference.YEARS / years
    return Contender("mesa, five outputs, a step a week", 1, count, lambda: (whole, whole)), runs[0][1]
