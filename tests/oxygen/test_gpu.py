"""The solver on a device: its bodies in loops on this processor, its launches in numba's simulator, and a device."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from anagen.cli import app
from anagen.cuda_device import Device
from anagen.errors import AnagenError
from anagen.oxygen import system
from anagen.oxygen.chains import Mixing
from anagen.oxygen.compiled import Team
from anagen.oxygen.gpu_device import zeros
from anagen.oxygen.gpu_found import BYTES_OF_CELL, NoDevice, on_gpu, why_not
from anagen.oxygen.gpu_solve import solve_there
from anagen.oxygen.gpu_sums import FEW, Sums
from anagen.oxygen.gpu_system import System
from anagen.oxygen.gpu_tissue import TissueThere
from anagen.oxygen.gpu_vessels import turns_of
from anagen.oxygen.grid import INSIDE
from anagen.oxygen.solve import Settings, solve
from anagen.oxygen.tissue import Tissue
from anagen.oxygen.vessels import Vessels, unfed

from .device_in_loops import InLoops
from .patches import BLOOD, forked, in_layers, random_vessels, tissue_of

ROOT = Path(__file__).parents[2]
BENCHMARK = ROOT / "benchmarks" / "gpu_oxygen.py"
DEEP = Settings(tolerance=1e-9)
CLOSE = 1e-8  # mmHg; the two do the same sums in another order
NONE = Vessels(np.zeros((0, 3)), np.zeros((0, 3)), *(np.zeros(0),) * 4, unfed(0), np.zeros(0))
needs_compiler = pytest.mark.skipif(
    importlib.util.find_spec("numba_cuda") is None, reason="numba-cuda is not installed"
)
needs_device = pytest.mark.skipif(why_not() is not None, reason=f"GPU: {why_not()}")


def layered() -> tuple[Tissue, Vessels]:
    """Jumps of permeability that are mended and such that are not, and vessels that share cells."""
    tissue = in_layers((16, 16, 32), 40.0)
    return tissue, random_vessels(3, 40, tissue.grid.size, 0.004)


def case(name: str) -> tuple[Tissue, Vessels]:
    """A patch by its name."""
    plain = tissue_of((16, 16, 32), 40.0)
    odd, closed = tissue_of((15, 13, 30), 40.0), tissue_of((16, 12, 20), 40.0, surface=0.0)
    few, uneven = tissue_of((4, 4, 4), 40.0), tissue_of((16, 16, 16), 40.0)
    uneven = Tissue(uneven.grid, uneven.permeability, uneven.demand, uneven.half_uptake * 3, 6e-5, 163.0)
    uneven.half_uptake[3:5, 2:, :] = 0.5
    cases = {
        "forked vessels": (plain, forked(plain.grid.size, 0.005)),
        "little flow": (plain, forked(plain.grid.size, 0.0002)),
        "odd sides": (odd, random_vessels(3, 20, odd.grid.size, 0.004)),
        "no air": (closed, forked(closed.grid.size, 0.005)),
        "no vessels": (plain, NONE),
        "one level": (few, forked(few.grid.size, 0.005)),
        "uneven half uptake": (uneven, forked(uneven.grid.size, 0.005)),
        "jumps": layered(),
    }
    return cases[name]


@pytest.mark.parametrize(
    "name",
    [
        "forked vessels", "little flow", "odd sides", "no air", "no vessels", "one level", "uneven half uptake",
        "jumps",
    ],
)  # fmt: skip
def test_the_device_solves_as_the_processor(name: str) -> None:
    tissue, vessels = case(name)
    here, there = solve(tissue, vessels, BLOOD, DEEP), solve_there(InLoops(), tissue, vessels, BLOOD, DEEP)
    assert here.po2.min() > 0
    assert np.ptp(here.po2) > 1
    assert np.abs(there.po2 - here.po2).max() < CLOSE
    assert there.blood_po2.shape == here.blood_po2.shape
    assert np.abs(there.blood_po2 - here.blood_po2).max(initial=0) < CLOSE
    assert (there.steps, there.cycles, there.device) == (here.steps, here.cycles, "gpu")
    assert there.balance.burned == pytest.approx(here.balance.burned, rel=1e-10)
    assert there.balance.from_surface == pytest.approx(here.balance.from_surface, rel=1e-8, abs=1e-12)
    assert abs(there.balance.error) < 1e-7


def test_a_first_guess_is_taken_and_the_course_is_told() -> None:
    tissue, vessels = case("forked vessels")
    done = solve(tissue, vessels, BLOOD, DEEP)
    told: list[tuple[int, int, float]] = []
    again = solve_there(InLoops(), tissue, vessels, BLOOD, DEEP, done.po2, lambda *said: told.append(said))
    assert again.steps <= 1
    assert [step for step, _, _ in told] == list(range(again.steps + 1))
    assert told[-1][-1] == again.residual


def test_the_parts_do_as_those_of_the_processor() -> None:
    """Residual, its linear form and a cycle, at a state that is no answer."""
    tissue, vessels = layered()
    rng = np.random.default_rng(0)
    po2, change = 40 * rng.random(tissue.grid.shape), rng.standard_normal(tissue.grid.shape)
    device = InLoops()
    there = System(device, TissueThere.of(device, tissue), vessels, BLOOD, tissue.permeability)
    with Team() as team:
        here = system.System(tissue, vessels, BLOOD, team)
        u = here.s.copy()
        u[INSIDE] *= po2
        f, out = tissue.grid.zeros(), tissue.grid.zeros()
        single, answer = tissue.grid.filled(change, np.float32), tissue.grid.zeros(np.float32)
        balance = here.residual(u, f)
        here.linearize()
        here.apply(single, out)
        here.multigrid.cycle(single, answer)
    f_there, out_there = zeros(device, f.size), zeros(device, f.size)
    answer_there = zeros(device, f.size, np.float32)
    told = there.residual(device.send(u), f_there)
    there.linearize()
    there.apply(device.send(single), out_there)
    there.multigrid.cycle(device.send(single), answer_there)
    assert np.abs(f_there - f.ravel()).max() < 1e-12 * np.abs(f).max()
    assert told.burned == pytest.approx(balance.burned, rel=1e-12)
    assert told.from_blood == pytest.approx(balance.from_blood, rel=1e-10)
    assert told.from_surface == pytest.approx(balance.from_surface, rel=1e-10)
    assert np.abs(out_there - out.ravel()).max() < 1e-12 * np.abs(out).max()
    assert np.abs(answer_there - answer.ravel()).max() < 1e-5 * np.abs(answer).max()


@pytest.mark.parametrize("size", [5, FEW, 100_003])
def test_sums_hold_every_number_once(size: int) -> None:
    device, rng = InLoops(), np.random.default_rng(1)
    basis, w = rng.standard_normal((6, size)).astype(np.float32), rng.standard_normal(size)
    sums = Sums(device, size, 6)
    less = w - basis[2]
    assert sums.norm(w) == pytest.approx(np.linalg.norm(w), rel=1e-13)
    assert sums.total(w, size - 1) == pytest.approx(w[:-1].sum(), rel=1e-11, abs=1e-11)
    assert sums.products(basis.ravel(), 6, w, 2, 1) == pytest.approx(basis.astype(float) @ less, rel=1e-11, abs=1e-9)
    assert sums.products(basis.ravel(), 5, w, 2, 0) == pytest.approx(basis[:5].astype(float) @ w, rel=1e-11, abs=1e-9)
    low, high = sums.extremes(np.abs(w))
    assert (low, high) == (np.abs(w).min(), np.abs(w).max())
    factors, flat = np.array([0.5, -1.0, 2.0, 0, 0, 0]), basis.ravel().copy()
    left = w - factors[:3] @ basis[:3].astype(float)
    assert sums.take_out(flat, 3, w, factors, 3) == pytest.approx(left @ left, rel=1e-12)
    assert flat.reshape(6, -1)[3] == pytest.approx(left.astype(np.float32))
    rest = left - w
    assert sums.less_of(w, left) == pytest.approx(np.linalg.norm(rest), rel=1e-13)
    assert np.array_equal(w, rest)


def test_a_vessel_comes_in_a_later_turn_than_what_feeds_it() -> None:
    mixing = Mixing(np.array([0, 0, 1, 1, 3, 4]), np.array([0, 1, 2, 3]), np.ones(4))
    order, first = turns_of(mixing)
    turn = np.empty(5, dtype=int)
    turn[order] = np.repeat(np.arange(first.size - 1), np.diff(first))
    assert turn.tolist() == [0, 1, 0, 2, 3]
    order, first = turns_of(unfed(3))
    assert (order.tolist(), first.tolist()) == ([0, 1, 2], [0, 3])


def test_the_bytes_of_a_cell_are_those_that_are_held() -> None:
    tissue, device = tissue_of((48, 48, 48), 40.0), InLoops()
    solve_there(device, tissue, NONE, BLOOD, Settings())
    held = device.most / np.prod(tissue.grid.padded)
    assert 0.9 * BYTES_OF_CELL < held < BYTES_OF_CELL
    assert device.held < device.most / 100, "all is let go at the end"


LAUNCHES = """
import numpy as np
from anagen.oxygen import gpu_cells, gpu_chains, gpu_sums
from anagen.oxygen.gpu_device import Flat
from anagen.oxygen.grid import Grid
grid = Grid((3, 5, 6), 1.0)
flat, rng = Flat.of(grid), np.random.default_rng(2)
u, f, e = (grid.filled(rng.random(grid.shape)).ravel() for _ in range(3))
order, first = np.arange(9), np.array([0, 4, 5, 9])
mixing = np.r_[np.zeros(5, dtype=int), 1:5, 5], np.array([0, 4, 4, 4, 4]), np.ones(5) / 3
def run(device, there, back):
    out, w, inflow, outlet = (there(np.zeros(n)) for n in (flat.size, flat.size, 9, 9))
    device.over_cells(gpu_cells.sweep, flat, out, there(u), there(f), there(e), np.float64(0.5))
    device.over_items(gpu_sums.scaled, flat.size, w, there(f), np.float64(3))
    given = there(np.ones(9)), there(rng.permutation(9) * 1.0), *map(there, mixing), inflow, outlet
    device.in_turns(gpu_chains.mix, there(first), 3, there(order), *given)
    return [back(one) for one in (out, w, inflow, outlet)]
"""
SIMULATE = (
    LAUNCHES
    + """
from anagen.oxygen.gpu_cuda import Cuda, opened
rng = np.random.default_rng(3)
device = Cuda((4, 2, 1), 64, 4)
found = run(device, device.send, device.fetch)
assert isinstance(opened(1000), Cuda)
kept = device.send(np.zeros(4))
device.write(kept[1:3], np.array([1.0, 2.0]))
assert device.fetch(kept).tolist() == [0, 1, 2, 0]
np.savez({out!r}, *found)
"""
)


@needs_compiler
def test_the_launches_reach_every_place_in_the_simulator(tmp_path: Path) -> None:
    out = str(tmp_path / "found.npz")
    environment = {**os.environ, "NUMBA_ENABLE_CUDASIM": "1"}
    subprocess.run([sys.executable, "-c", SIMULATE.format(out=out)], check=True, env=environment)
    names: dict[str, Any] = {}
    exec(LAUNCHES, names)
    names["rng"] = np.random.default_rng(3)
    expected = names["run"](InLoops(), np.copy, np.copy)
    with np.load(out) as found:
        for mine, theirs in zip(expected, found.values(), strict=True):
            assert mine.any()
            assert np.array_equal(mine, theirs)


def launched() -> dict[Any, tuple[str, tuple[Any, ...]]]:
    """Every body a solve runs, with its form and, of one of its calls, the types of what it is given."""
    device = InLoops()
    for name in ("jumps", "odd sides", "uneven half uptake"):
        tissue, vessels = case(name)
        solve_there(device, tissue, vessels, BLOOD, Settings())
    return {body: (form, kinds) for body, form, kinds in device.run}


@needs_compiler
def test_every_body_compiles_for_a_device_and_adds_without_haste() -> None:
    """By numba-cuda, up to the code it would hand to NVIDIA's compiler: no sum in it depends on who comes first."""
    import numba.cuda.dispatcher
    from numba import types
    from numba.cuda import compiler

    from anagen.oxygen import gpu_cuda

    whole, unsigned = types.int64, types.uint64
    leading = {
        "CELLS": (whole, whole, whole, unsigned, unsigned), "ITEMS": (whole,),
        "TURNS": (types.Array(whole, 1, "C"), whole),
    }  # fmt: skip
    with pytest.MonkeyPatch.context() as patched:
        capable = SimpleNamespace(compute_capability=(9, 0))
        patched.setattr(numba.cuda.dispatcher, "get_current_device", lambda: capable)
        bodies = launched()
        for body, (form, kinds) in bodies.items():
            kernel = gpu_cuda.kernel_of(body, getattr(gpu_cuda, form)).py_func
            assert kernel.__code__.co_filename == body.__code__.co_filename
            made, _ = compiler._compile_pyfunc_with_fixup(
                kernel, leading[form] + kinds, device=False, abi="numba", cc=(9, 0)
            )
            code = "\n".join(made.llvm_strs)
            assert body.__name__ in code
            assert "atomic" not in code
    assert len(bodies) > 40


def test_where_a_device_cannot_serve_the_reason_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NUMBA_ENABLE_CUDASIM", raising=False)
    monkeypatch.setattr("anagen.cuda_device.device", lambda: None)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: object())
    assert why_not() == "no CUDA device is found"
    with pytest.raises(NoDevice, match=r"^device: gpu: no CUDA device is found; write cpu, or auto"):
        on_gpu("gpu", 1)
    assert not on_gpu("auto", 10**9)
    assert not on_gpu("cpu", 10**9)
    with pytest.raises(NoDevice, match="device: 'tpu' is not one of auto, cpu, gpu"):
        on_gpu("tpu", 1)
    monkeypatch.setattr("anagen.cuda_device.device", lambda: Device("Card 9", 8_000_000_000))
    assert on_gpu("gpu", 1000)
    assert not on_gpu("auto", 1000), "not worth the waking"
    assert on_gpu("auto", 10_000_000)
    assert not on_gpu("auto", 100_000_000)
    with pytest.raises(NoDevice, match=r"100,000,000 cells take 13\.0 GB .* there are 8\.0 GB"):
        on_gpu("gpu", 100_000_000)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert why_not() == "numba-cuda is not installed (pip install 'anagen[gpu]')"


@pytest.mark.skipif(why_not() is None, reason="there is a device")
def test_the_same_call_says_that_there_is_no_device() -> None:
    tissue, vessels = case("one level")
    with pytest.raises(AnagenError, match="device: gpu: "):
        solve(tissue, vessels, BLOOD, Settings(device="gpu"))
    assert solve(tissue, vessels, BLOOD, Settings(device="auto")).device == "cpu"
    example = str(ROOT / "examples" / "oxygen" / "bald.toml")
    for device, sentence in (("gpu", "device: gpu: "), ("abacus", "device: 'abacus' is not one of auto, cpu, gpu")):
        result = CliRunner().invoke(app, ["oxygen", example, "--json", "--device", device])
        assert result.exit_code == 2
        assert result.output.startswith(sentence)
        assert result.output.count("\n") == 1


@pytest.mark.skipif(why_not() is None, reason="there is a device: the benchmark would run")
def test_the_benchmark_says_that_there_is_no_device() -> None:
    done = subprocess.run([sys.executable, str(BENCHMARK)], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Nothing measured: ")
    assert done.stdout.count("\n") == 1


@needs_device
@pytest.mark.parametrize("name", ["forked vessels", "little flow", "odd sides", "no vessels", "one level", "jumps"])
def test_a_device_solves_as_the_processor(name: str) -> None:
    tissue, vessels = case(name)
    here, there, again = (
        solve(tissue, vessels, BLOOD, Settings(tolerance=1e-9, device=device)) for device in ("cpu", "gpu", "gpu")
    )
    assert np.abs(there.po2 - here.po2).max() < 1e-6
    assert there.po2.tobytes() == again.po2.tobytes(), "the same bits every run"
    assert there.device == "gpu"
