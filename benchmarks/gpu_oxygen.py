"""The oxygen solver on a CUDA device against the processor: the same answers, how fast, and how near to its bounds.

Two cases, both in the same run on both. The linear problem is that of rivals/oxygen_problem.py, solved to 1e-8 of its
right-hand side: setup and solve, arrays already where they are worked on. The whole solve is the field of a block of
tissue crossed by vessels, from the call to the answer in this processor's memory, the way there and back counted.
The processor is asked only up to a size it solves in a minute or so; answers are compared wherever both gave one.

Bound: bytes that a V-cycle must move at least, counted array by array, against what the device copies in the same run.
Writes results/gpu_oxygen.json; without a device it says so. `--quick` leaves out the largest size and writes nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from rivals.oxygen_problem import MOST_CYCLES, TOLERANCE, Problem, problem

from anagen.oxygen.blood import Blood
from anagen.oxygen.gpu_found import why_not
from anagen.oxygen.grid import Grid
from anagen.oxygen.solve import SETTINGS, Field, solve
from anagen.oxygen.tissue import Tissue
from anagen.oxygen.vessels import Vessels, unfed

RESULTS = Path(__file__).parent / "results" / "gpu_oxygen.json"
SIZES = (128, 256, 512)
LARGEST_HERE = 256  # for the processor
TURNS = 3
SPACING = 20.0  # um
VESSELS = 100  # in 128^3 cells; as many in each volume of larger blocks
FLOW = 0.0024  # 1/s
CYCLE_BYTES = 72 * 8 / 7
"""A cell of the finest grid, float32, every array moved once a kernel: two steps from 0 in one 12, two more 16 each,
the residual going down 16, the way up 12; an eighth of it on each coarser grid."""
ENOUGH = 1e-6  # mmHg
CLOSE = 1e-7  # of the linear problem's answer, solved to 1e-8 twice


def quickest(work: Any, turns: int = TURNS) -> tuple[float, Any]:
    """Seconds of the quickest of a few runs, and what it gave."""
    best, given = float("inf"), None
    for _ in range(turns):
        del given
        start = perf_counter()
        given = work()
        best = min(best, perf_counter() - start)
    return best, given


class There:
    """The linear problem on the device; with K = 1, s is 1/h and u = P/h."""

    def __init__(self, device: Any, given: Problem) -> None:
        from anagen.oxygen import gpu_border, gpu_cells
        from anagen.oxygen.gpu_device import Flat, zeros
        from anagen.oxygen.gpu_krylov import Gmres
        from anagen.oxygen.gpu_multigrid import Multigrid

        n = given.n
        self.device, self.n = device, n
        self.flat, self.grid = Flat.of(Grid((n, n, n), 1 / n)), Grid((n, n, n), 1 / n)
        self.s, self.e, self.f, self.u, self.uptake = (zeros(device, self.flat.size) for _ in range(5))
        self.cells, self.border = gpu_cells, gpu_border
        device.over_cells(gpu_border.start_even, self.flat, self.s, device.send(np.ones(self.flat.size)), np.float64(n))
        side = np.uint64(n)
        bare = zeros(device, n**3)
        device.write(bare, given.uptake.ravel())
        unit = device.send(np.ones(self.flat.size))
        device.over_cells(gpu_border.start_from, self.flat, self.uptake, unit, bare, side, side)
        device.write(bare, given.right.ravel() / n)
        device.over_cells(gpu_border.start_from, self.flat, self.f, unit, bare, side, side)
        del unit, bare
        self.multigrid = Multigrid(device, self.grid, self.s, None, [], unfed(0))
        self.gmres = Gmres(device, self.flat.size)

    def set_up(self) -> None:
        """Coefficients of every grid."""
        self.device.over_cells(self.cells.diagonal, self.flat, self.e, self.s, self.uptake)
        self.multigrid.set_up(self.uptake)
        self.device.wait()

    def apply(self, u: Any, out: Any) -> None:
        self.device.over_cells(self.cells.apply, self.flat, out, u, self.e)

    def solve(self) -> int:
        """Cycles; the answer stays on the device."""
        from anagen.oxygen.gpu_device import fill

        fill(self.device, self.u, self.flat.size, np.float64(0))
        done = self.gmres.solve(self.apply, self.multigrid.cycle, self.f, self.u, TOLERANCE, MOST_CYCLES)
        self.device.wait()
        return done.cycles

    def cycles(self, count: int) -> None:
        """V-cycles and nothing else."""
        for _ in range(count):
            self.multigrid.cycle(self.gmres.basis[0], self.gmres.directions[0])
        self.device.wait()

    def answer(self) -> Any:
        """On the host."""
        n = self.n
        whole = self.device.fetch(self.u).reshape((n + 2, n + 2, n + 2))
        return whole[1:-1, 1:-1, 1:-1] / n


def linear(device: Any, n: int) -> dict[str, Any]:
    """The linear problem on the device, and on one thread of the processor where that is quick enough."""
    from rivals.oxygen_own import Own

    from anagen.oxygen.compiled import Team

    given = problem(n)
    there = There(device, given)
    there.set_up()
    there.solve()  # compiles, or reads what was kept
    set_up, _ = quickest(there.set_up)
    seconds, cycles = quickest(there.solve)
    many = 10
    one_cycle = quickest(lambda: there.cycles(many))[0] / many
    answer = there.answer()
    report: dict[str, Any] = {
        "gpu": {
            "setup s": set_up, "solve s": seconds, "cycles": cycles, "residual": given.left(answer),
            "V-cycle s": one_cycle, "V-cycle GB/s, at least": CYCLE_BYTES * n**3 / one_cycle / 1e9,
        }
    }  # fmt: skip
    if n <= LARGEST_HERE:
        with Team(1) as team:
            Own(problem(32), team).solve()  # compiles, or reads what was kept
            set_up_here, own = quickest(lambda: Own(given, team), 1)
            seconds_here, (here, cycles_here) = quickest(own.solve, 1)
        apart = float(np.abs(here - answer).max() / np.abs(here).max())
        report["cpu"] = {"setup s": set_up_here, "solve s": seconds_here, "cycles": cycles_here}
        report["apart, of the largest"] = apart
        report["equal"] = apart < CLOSE
        report["times the processor"] = (set_up_here + seconds_here) / (set_up + seconds)
    return report


def block(n: int) -> tuple[Tissue, Vessels]:
    """Tissue with layers of demand, and vessels from side to side, all fed from outside."""
    grid, rng = Grid((n, n, n), SPACING), np.random.default_rng(n)
    count = max(1, VESSELS * n**3 // 128**3)
    begin, end = rng.random((count, 3)) * grid.size, rng.random((count, 3)) * grid.size
    share = rng.random(count) + 0.5
    flow = FLOW * float(np.prod(grid.size)) * share / share.sum()
    same = np.ones(count)
    vessels = Vessels(begin, end, 3.5 * same, flow, 1.44 * same, 0 * same, unfed(count), 65 * same)
    depth = np.where(np.arange(n) % 32 < 8, 6e-5, 2e-5)
    demand = np.ascontiguousarray(np.broadcast_to(depth, grid.shape))
    return Tissue(
        grid, np.broadcast_to(0.042, grid.shape), demand, np.broadcast_to(1.0, grid.shape), 6e-5, 163.0
    ), vessels  # fmt: skip


def whole(n: int) -> dict[str, Any]:
    """The whole solve on both."""
    tissue, vessels = block(n)
    blood = Blood.human()

    def run(device: Any) -> Field:
        return solve(tissue, vessels, blood, replace(SETTINGS, device=device))

    run("gpu")  # compiles, or reads what was kept
    seconds, there = quickest(lambda: run("gpu"))
    report: dict[str, Any] = {
        "vessels": vessels.count, "gpu": {"s": seconds, "steps": there.steps, "cycles": there.cycles,
        "balance error": there.balance.error},
    }  # fmt: skip
    if n <= LARGEST_HERE:
        warm = block(32)
        solve(*warm, blood)
        seconds_here, here = quickest(lambda: run("cpu"), 1)
        apart = float(np.abs(here.po2 - there.po2).max())
        again = run("gpu")
        report["cpu"] = {"s": seconds_here, "steps": here.steps, "cycles": here.cycles}
        report |= {
            "apart, mmHg": apart, "equal": apart < ENOUGH,
            "same bits again": again.po2.tobytes() == there.po2.tobytes(),
            "times the processor": seconds_here / seconds,
        }  # fmt: skip
    return report


def main() -> None:
    """Compare, measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    if (reason := why_not()) is not None:
        print(f"Nothing measured: {reason}.")
        return
    from rivals.gpu_floor import bytes_per_second

    from anagen.oxygen.gpu_cuda import Cuda

    device = Cuda()
    sizes = SIZES[:-1] if quick else SIZES
    report: dict[str, Any] = {
        "device": getattr(device(), "name", None), "device GB": getattr(device(), "memory", 0) / 1e9,
        "machine": {"processor": platform.processor() or platform.machine(), "cores": os.cpu_count()},
        "versions": {name: version(name) for name in ("numba-cuda", "numba", "numpy")},
        "bytes copied per s": bytes_per_second(1 << 30),
        "linear, to 1e-8": {f"{n}^3": linear(device, n) for n in sizes},
        "whole field": {f"{n}^3": whole(n) for n in sizes},
    }  # fmt: skip
    wrong = [
        f"{kind} {size}" for kind in ("linear, to 1e-8", "whole field") for size, one in report[kind].items()
        if not one.get("equal", True)
    ]  # fmt: skip
    text = json.dumps(report, indent=2)
    print(text)
    if wrong:
        raise SystemExit(f"the device does not answer as the processor: {', '.join(wrong)}")
    if not quick:
        RESULTS.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
