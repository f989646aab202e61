"""Speed and memory of what a user waits for, measured in one run; `make benchmark` writes results/latest.json.

Each figure is the median of several runs. Cold start is a whole process, against an empty Python in the same run.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
THREAD = str(ROOT / "examples" / "thread.toml")
RUNS = 5
MOST_SECONDS = {"cold anagen check": 1.0, "warm anagen run, 200 draws, three hypotheses": 10.0, "import anagen": 0.3}


def median_seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """Median wall time of several runs, after one to warm up."""
    work()
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def process(*arguments: str) -> Callable[[], object]:
    """A whole Python process."""
    return lambda: subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=False)


def run_and_report() -> None:
    """What `anagen run` does once Python and its libraries are loaded."""
    import anagen as ag

    ag.report_html(ag.run(ag.Scenario.load(THREAD), draws=200))


def main() -> None:
    """Measure everything, print it, and keep it."""
    empty = median_seconds(process("-c", "pass"))
    figures = {
        "empty python": empty,
        "import anagen": median_seconds(process("-c", "import anagen")) - empty,
        "cold anagen check": median_seconds(process("-m", "anagen", "check", THREAD)),
        "warm anagen run, 200 draws, three hypotheses": median_seconds(run_and_report, runs=3),
    }
    report = {
        "machine": {
            "cores": os.cpu_count(),
            "processor": platform.processor() or platform.machine(),
            "python": platform.python_version(),
        },
        "seconds": {name: round(seconds, 3) for name, seconds in figures.items()},
        "ratio to an empty python": {"cold anagen check": round(figures["cold anagen check"] / empty, 1)},
        "aims in seconds": MOST_SECONDS,
        "peak memory MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    text = json.dumps(report, indent=2)
    print(text)
    (ROOT / "benchmarks" / "results" / "latest.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
