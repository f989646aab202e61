"""From the seconds that were measured to speeds, ratios and the distance from the floor."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import platform
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rivals import reference
from rivals.contenders import Contender, Seconds

MILLION, NANO = 1e6, 1e9


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
