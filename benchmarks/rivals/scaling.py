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
from time import perf_counter, process_time
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


def child(count: int, threads: int, runs: int) -> dict[str, Any]:
    """What `main` tells from a fresh process."""
    arguments = [sys.executable, "-m", "rivals.scaling", str(count), str(threads), str(runs)]
    return json.loads(subprocess.run(arguments, cwd=HERE, check=True, capture_output=True, text=True).stdout)


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
    from anagen.follicle.grow import Wanted, grow
    from rivals import reference

    wanted = Wanted(sums=False, phases=False)
    patches, follicles, times = reference.patches(), reference.stream(count), reference.times()
    census = grow(patches, follicles, reference.SEED, times, wanted, False, "numba", threads)
    return int(census.hairs[0, -1])


def main() -> None:
    """Run, and tell seconds and memory."""
    count, threads, runs = (int(one) for one in sys.argv[1:4])
    steps = {
        "numpy": lambda: __import__("numpy"),
        "the model's modules": import_model,
        "numba and LLVM": import_kernel,
        "what numba loads for a first call, and the kernel": lambda: simulate(1, threads),
    }
    told: dict[str, Any] = {"held": held_after(steps)}
    seconds, own_seconds = [], []
    for _ in range(runs):
        wall, own = perf_counter(), process_time()
        told["hairs"] = simulate(count, threads)
        seconds.append(perf_counter() - wall)
        own_seconds.append(process_time() - own)
    told |= {"seconds": min(seconds), "processor seconds": min(own_seconds), "peak": memory_mb("VmHWM")}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
