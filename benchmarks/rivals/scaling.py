"""How time and memory grow with the number of follicles: each run in a process of its own, told as one line of JSON.

As a program: arguments are the number of follicles, the threads, and how many runs (the quickest counts).
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

HERE = Path(__file__).parents[1]
MB = 1 << 10  # of the kilobytes that Linux counts in


def memory_mb(which: str = "VmRSS") -> float:
    """Memory held now (VmRSS) or at the most (VmHWM), MB.

    From /proc where there is one: a child's getrusage also tells the memory of the process that started it.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return float(next(line.split()[1] for line in status.open() if line.startswith(which))) / MB
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / MB / (MB if sys.platform == "darwin" else 1)


def child(count: int, threads: int, runs: int, trace: bool = False) -> dict[str, Any]:
    """What `main` tells from a fresh process."""
    arguments = [sys.executable, "-m", "rivals.scaling", str(count), str(threads), str(runs), *["trace"] * trace]
    return json.loads(subprocess.run(arguments, cwd=HERE, check=True, capture_output=True, text=True).stdout)


def whole_process(count: int, threads: int) -> float:
    """Wall seconds of a fresh process that simulates and ends, from outside; kernels come from the cache."""
    begin = perf_counter()
    child(count, threads, 1)
    return perf_counter() - begin


def held_after(steps: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Memory held after each of a number of steps, MB."""
    held = {"empty python": memory_mb()}
    for name, step in steps.items():
        step()
        held[name] = memory_mb()
    return held


def import_model() -> None:
    """Everything but numba."""
    from rivals import reference

    reference.patches()


def import_kernel() -> None:
    """numba and LLVM."""
    import anagen.follicle.kernel_call  # noqa: F401


def simulate(count: int, threads: int) -> int:
    """One run of the reference case over a stream of follicles; the hairs left at its end."""
    from rivals import reference

    from anagen.follicle.grow import Wanted, grow

    census = grow(
        reference.patches(), reference.stream(count), reference.SEED, reference.times(), Wanted(sums=False, phases=False),
        countable_only=False, engine="numba", threads=threads,
    )  # fmt: skip
    return int(census.hairs[0, -1])


def main() -> None:
    """Run, and tell seconds and memory."""
    count, threads, runs = (int(one) for one in sys.argv[1:4])
    told: dict[str, Any] = {}
    if sys.argv[4:]:
        told["held"] = held_after({
            "numpy": lambda: __import__("numpy"),
            "the model's modules": import_model,
            "numba and LLVM": import_kernel,
            "the kernel, from the cache": lambda: simulate(1, threads),
            "all follicles": lambda: simulate(count, threads),
        })  # fmt: skip
    seconds = []
    for _ in range(runs):
        begin = perf_counter()
        told["hairs"] = simulate(count, threads)
        seconds.append(perf_counter() - begin)
    told |= {"seconds": min(seconds), "peak": memory_mb("VmHWM")}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
