"""The engine on a CUDA device: its code in numba's simulator, compiled for this processor, and on a device itself."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from dataclasses import fields, replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from anagen.cuda_device import device, why_not
from anagen.follicle.gpu_crowd import BATCH, Crowd, batches
from anagen.follicle.patches import Follicles

HERE = Path(__file__).parent
BENCHMARK = HERE.parents[1] / "benchmarks" / "gpu_follicles.py"
needs_compiler = pytest.mark.skipif(
    importlib.util.find_spec("numba_cuda") is None, reason="numba-cuda is not installed"
)
needs_device = pytest.mark.skipif(why_not() is not None, reason=f"GPU: {why_not()}")

SIMULATE = """
import sys
sys.path.insert(0, {here!r})
import numpy as np
np.seterr(over="ignore")  # numpy tells where words of 32 bits wrap around, as they should
from device_on_processor import cases
from anagen.follicle.automaton import Automaton
from anagen.follicle.census import Times, rows_of
from anagen.follicle.gpu_call import GpuKernel
for name, patches, who, wanted, countable_only in cases(9):
    grid = Times(np.array([0.0, 0.5, 7.7, *range(10, 360, 10)]), patches.months)
    tables = GpuKernel(patches, 5, grid, wanted, countable_only).run([who.part(0, 4), who.part(4, who.count)])
    automaton = Automaton(patches, who, 5, countable_only)
    expected = rows_of(automaton, automaton.cycles(), grid, wanted)
    assert np.abs(expected.rows).sum() > 0
    assert np.array_equal(tables.rows, expected.rows), name
    assert (tables.histogram is None) == (expected.histogram is None), name
    assert expected.histogram is None or np.array_equal(tables.histogram, expected.histogram), name
    print("same", name)
"""


def output(*arguments: str, **environment: str) -> str:
    """What a Python process prints; its error where it fails."""
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@needs_compiler
def test_the_simulated_device_counts_as_the_numpy_engine() -> None:
    said = output("-c", SIMULATE.format(here=str(HERE)), NUMBA_ENABLE_CUDASIM="1")
    assert said.count("same") == 4, said


@cache
def on_this_processor() -> list[str]:
    """What the device's code does here, line by line."""
    return output(str(HERE / "device_on_processor.py"), "800").splitlines()


@needs_compiler
def test_the_code_of_the_device_counts_the_same_on_this_processor() -> None:
    lines = on_this_processor()
    assert lines[-1] == "equal", lines
    assert sum(line.endswith(", same") for line in lines) == 8, lines


@needs_compiler
def test_no_product_and_sum_are_merged_on_the_device() -> None:
    told = on_this_processor()[-2]
    if told.startswith("no assembly"):
        pytest.skip("NVIDIA's compiler is not installed, so there is no assembly to look through")
    merged = re.fullmatch(r"merged: (\d+) within exactly: (\d+)", told)
    assert merged is not None, told
    assert int(merged[1]) > 0, "nothing would be merged: the guard is no longer needed"
    assert int(merged[2]) == 0


@needs_device
def test_a_device_counts_as_the_numba_engine() -> None:
    from anagen.follicle.census import Times, Wanted
    from anagen.follicle.gpu_call import GpuKernel
    from anagen.follicle.kernel_call import Kernel

    from .test_engines import TIMES, patches, people

    where, who = patches(), people(20_000)
    for wanted in (Wanted(), Wanted(sums=False, phases=False), Wanted(edges=np.arange(0, 100, 5.0))):
        one, other = (
            kernel(where, 3, Times(TIMES, where.months), wanted, True).run([who]) for kernel in (GpuKernel, Kernel)
        )
        assert np.array_equal(one.rows, other.rows)
        assert one.histogram is None or np.array_equal(one.histogram, other.histogram)


def test_a_crowd_holds_what_differs_and_nothing_else() -> None:
    who = Follicles.in_one_patch(5, np.linspace(0.5, 1.5, 5), first=40)
    crowd = Crowd.of(who)
    assert [array.size for array in crowd.arrays] == [1, 1, 1, 1, 1, 5, 1, 1]
    assert crowd.steps.tolist() == [0, 0, 0, 0, 0, 1, 0, 0]
    assert crowd.arrays[4].tolist() == [40]
    moved = replace(who, patch=np.array([0, 0, 1, 1, 2]), number=np.array([3, 4, 5, 6, 8]))
    crowd = Crowd.of(moved)
    assert crowd.steps.tolist() == [1, 0, 0, 0, 1, 1, 0, 0]
    assert crowd.arrays[0].tolist() == [0, 0, 1, 1, 2]
    assert crowd.arrays[4].tolist() == [3, 4, 5, 6, 8]


def test_numbered_follicles_are_those_of_one_patch() -> None:
    one, other = Crowd.numbered(7, 100, 0.8, 3), Crowd.of(Follicles.in_one_patch(7, 0.8, 100, 3))
    assert one.count == other.count == 7
    for mine, theirs in zip(one.arrays, other.arrays, strict=True):
        assert mine.dtype == theirs.dtype
        assert np.array_equal(mine, theirs)


def test_small_blocks_go_to_the_device_together() -> None:
    size = BATCH // 2 + 1
    blocks = [Follicles.in_one_patch(size, first=size * place) for place in range(3)]
    ready = Crowd.numbered(9, 0)
    found = list(batches([*blocks, ready]))
    assert sorted(one.count for one in found) == [9, size, 2 * size]
    assert sum(one.count for one in found) == 3 * size + 9
    first = next(one for one in found if one.count == 2 * size)
    assert first.steps.tolist() == [0] * len(fields(Follicles)), "numbers go on from block to block"


def test_where_there_is_no_device_the_reason_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NUMBA_ENABLE_CUDASIM", raising=False)
    monkeypatch.setattr("anagen.cuda_device.device", lambda: None)
    assert why_not() in ("no CUDA device is found", "numba-cuda is not installed (pip install 'anagen[gpu]')")
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert why_not() == "numba-cuda is not installed (pip install 'anagen[gpu]')"


@pytest.mark.skipif(device() is not None, reason="there is a device: the benchmark would run")
def test_the_benchmark_says_that_there_is_no_device() -> None:
    said = output(str(BENCHMARK))
    assert said.startswith("Nothing measured: ")
    assert said.count("\n") == 1
