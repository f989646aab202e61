"""The follicle engine on a CUDA device: the same counts as on the processor, how fast, and how near to its bounds.

The case is that of rivals/reference.py. To bring over who the follicles are would take longer than to grow them: the
arrays of `Follicles` hold 64 bytes for each. So what is the same for all goes as one value, numbers as the first of
them (`Crowd`), and one block of sensitivities stays on the device and serves every block of follicles. The last line of
speeds has them made on the processor and brought over after all.

Bounds, all measured or asked in the same run: how fast the device adds to random rows of the same tables and does
nothing else; how fast it can issue the instructions of the kernel's assembly, were each passed once a cycle (which is
too many: no cycle passes all); how fast it copies memory. Writes results/gpu.json; without a device it says so.
"""

from __future__ import annotations

import json
import os
import platform
import re
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from rivals import reference

from anagen.cuda_device import device, why_not
from anagen.follicle.census import Tables, Times, Wanted
from anagen.follicle.patches import Follicles, Intervention

RESULTS = Path(__file__).parent / "results" / "gpu.json"
FIVE, ALL = Wanted(sums=False, phases=False), Wanted()
SIZES = (1_000_000, 10_000_000, 100_000_000)
BROUGHT = 10_000_000
BLOCK = 1 << 22
COMPARED = 1_000_000
COMPARED_ALL = 50_000
ADDS = 9  # of a cycle where five outputs are counted: 2 empty, 2 hairs, 2 terminal, 2 growing, 1 shed
THREADS = 1 << 20  # that add to rows and do nothing else
COPIED = 1 << 30  # bytes
LANES = 32  # threads that one instruction serves
SCHEDULERS = 4  # of a multiprocessor, each of which issues one instruction a clock
DEEDS = (
    Intervention("shock", 250.0, 0.5), Intervention("pluck", 300.5, 0.7, 2.0), Intervention("shave", 350.25),
)  # fmt: skip


def grid() -> Times:
    """Every month."""
    return Times(reference.times(), reference.MONTHS)


def equal(follicles: int, wanted: Wanted, deeds: tuple[Intervention, ...] = ()) -> bool:
    """Whether device and processor count the same, every cell of every table."""
    from anagen.follicle.gpu_call import GpuKernel
    from anagen.follicle.kernel_call import Kernel

    patches, who = replace(reference.patches(), interventions=deeds), reference.follicles(follicles)

    def tables(kernel: Any) -> Tables:
        return kernel(patches, reference.SEED, grid(), wanted, False).run([who])

    one, other = tables(GpuKernel), tables(Kernel)
    same = np.array_equal(one.rows, other.rows)
    if one.histogram is None or other.histogram is None:
        return same and one.histogram is other.histogram
    return same and np.array_equal(one.histogram, other.histogram)


def on_device_blocks(count: int, block: int) -> list[Any]:
    """Follicles in blocks; sensitivities are brought to the device here, once."""
    from anagen.follicle.gpu_call import to_device
    from anagen.follicle.gpu_crowd import Crowd

    spread = reference.sensitivities(block)
    kept, blocks = to_device(spread), []
    for first in range(0, count, block):
        size = min(block, count - first)
        own = kept if size == block else to_device(spread[:size])
        crowd = Crowd.numbered(size, first)
        blocks.append(Crowd(size, (*crowd.arrays[:5], own, *crowd.arrays[6:])))
    return blocks


def speeds(sizes: tuple[int, ...], block: int, brought: int) -> dict[str, dict[str, float]]:
    """Follicle-years a second."""
    from rivals.gpu_floor import quickest

    from anagen.follicle.gpu_call import GpuKernel

    found: dict[str, dict[str, float]] = {}
    for name, wanted in (("five outputs", FIVE), ("all outputs", ALL)):
        kernel = GpuKernel(reference.patches(), reference.SEED, grid(), wanted, False)
        for size in sizes:
            blocks = on_device_blocks(size, block)
            kernel.run(blocks[:1])
            seconds = quickest(lambda kernel=kernel, blocks=blocks: kernel.run(blocks))
            found[f"{size:.0e} follicles, {name}"] = speed(size, seconds)
    kernel = GpuKernel(reference.patches(), reference.SEED, grid(), FIVE, False)
    seconds = quickest(lambda: kernel.run(brought_over(brought, block)), 1)
    found[f"{brought:.0e} follicles, five outputs, made on the processor"] = speed(brought, seconds)
    return found


def brought_over(count: int, block: int) -> Any:
    """Follicles made on the processor."""
    for first in range(0, count, block):
        size = min(block, count - first)
        yield Follicles.in_one_patch(size, reference.sensitivities(size, first), first)


def speed(count: int, seconds: float) -> dict[str, float]:
    return {"seconds": round(seconds, 4), "follicle_years_per_s": count * reference.YEARS / seconds}


def instructions() -> int:
    """How many instructions the kernel's assembly (PTX) has."""
    from anagen.follicle.gpu_kernel import grow_follicles

    text = next(iter(grow_follicles.inspect_asm().values()))
    return len(re.findall(r"^\s+(?:@!?%p\d+ )?[a-z]+[a-z0-9_.]*\s[^;]*;", text, flags=re.MULTILINE))


def bounds(cycles_per_second: float) -> dict[str, Any]:
    """What limits the device, and how near the engine comes."""
    from rivals.gpu_floor import adds_per_second, bytes_per_second

    from anagen.follicle.gpu_device import cuda

    device = cuda.get_current_device()
    adds, copied, written = adds_per_second(THREADS, reference.MONTHS), bytes_per_second(COPIED), instructions()
    issued = device.MULTIPROCESSOR_COUNT * SCHEDULERS * LANES * device.CLOCK_RATE * 1000  # its clock is in kHz
    sensitivity = 8 * cycles_per_second / reference.cycles_per_follicle()  # the one array that is read, bytes a second
    return {
        "cycles_per_s": cycles_per_second,
        "adds_per_s_alone": adds,
        "share_of_adding": ADDS * cycles_per_second / adds,
        "instructions_in_assembly": written,
        "instructions_issued_per_s": issued,
        "share_of_issue_at_most": written * cycles_per_second / issued,
        "bytes_copied_per_s": copied,
        "share_of_bandwidth": sensitivity / copied,
    }


def main() -> None:
    """Compare, measure, print and keep."""
    if (reason := why_not()) is not None:
        print(f"Nothing measured: {reason}.")
        return
    same = {
        "five outputs": equal(COMPARED, FIVE),
        "all outputs, a histogram and interventions": equal(
            COMPARED_ALL, replace(ALL, edges=np.arange(0, 100, 5.0)), DEEDS
        ),
    }
    if not all(same.values()):
        raise SystemExit(f"the device does not count as the processor: {same}")
    found = speeds(SIZES, BLOCK, BROUGHT)
    years = found[f"{SIZES[-1]:.0e} follicles, five outputs"]["follicle_years_per_s"]
    report = {
        "device": getattr(device(), "name", None),
        "machine": {"processor": platform.processor() or platform.machine(), "cores": os.cpu_count()},
        "versions": {name: version(name) for name in ("numba-cuda", "numba", "numpy")},
        "counts_equal": same,
        "speeds": found,
        "bounds": bounds(years / reference.YEARS * reference.cycles_per_follicle()),
    }
    text = json.dumps(report, indent=2)
    RESULTS.write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
