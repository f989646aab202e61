"""Which engines of flowchart and follicles serve, whether their kernels are ready, and getting them ready."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from anagen import cuda_device
from anagen.commands.doctor_checks import Finding, installed

if TYPE_CHECKING:
    from anagen.follicle.patches import Patches

MONTHS = 12  # of the small runs that make numba compile
PERFUSION, COARSE = 0.0024, 80.0  # 1/s and um, of the small block of scalp that does the same


def engine() -> Finding:
    """Which engine large runs use, and where its kernels are kept."""
    if installed("numba") is None:
        says = "numpy, the readable one, with the same results; numba is not installed"
        return Finding("engine", says, {"serves": "numpy", "warm": False, "kept_in": None, "old_versions": 0})
    from anagen.flowchart.compiled import is_ready
    from anagen.kernel_cache import folder, is_warm

    place = Path(os.environ.get("NUMBA_CACHE_DIR") or folder())
    warm, old = is_warm("follicle") and is_ready(), len(old_folders())
    facts = {"serves": "numba", "warm": warm, "kept_in": str(place), "old_versions": old}
    says = f"numba, its kernels are {'ready' if warm else 'compiled at the first large run'}, kept in {place}"
    if old:
        says += f" ({old} older there)"
    if can_be_written(place):
        return Finding("engine", says, facts)
    wrong = (
        f"{place}: it cannot be written, so kernels are compiled in every process; set ANAGEN_CACHE to another folder"
    )
    return Finding("engine", "numba, its kernels cannot be kept", facts, (wrong,))


def old_folders() -> tuple[Path, ...]:
    """Where kernels of other versions are kept."""
    from anagen.kernel_cache import folder, root

    return tuple(path for path in root().glob("*") if path.is_dir() and path != folder()) if root().is_dir() else ()


def can_be_written(place: Path) -> bool:
    """Whether a folder can be made or written to."""
    there = next((path for path in (place, *place.parents) if path.exists()), None)
    return there is not None and there.is_dir() and os.access(there, os.W_OK)


def device() -> Finding:
    """Whether a CUDA device is here and can be used."""
    found, compiler, reason = cuda_device.device(), installed("numba-cuda"), cuda_device.why_not()
    name = found.name if found else None
    facts = {"name": name, "numba_cuda": compiler, "ready": reason is None}
    if name is None:
        return Finding("device", "none; everything runs on the processor", facts)
    return Finding("device", f"{name}, {'ready' if reason is None else reason}", facts)


def warm() -> Finding:
    """Compile and keep every kernel, and remove those of other versions."""
    if installed("numba") is None:
        return Finding("warm", "nothing to compile: numba is not installed", None)
    from anagen.kernel_cache import clear_old

    begin = time.perf_counter()
    wrong = compile_kernels()
    if _usable_device():
        wrong.append(_fault("gpu", _run_small_on_device))
    seconds, cleared = time.perf_counter() - begin, clear_old()
    facts = {"seconds": round(seconds, 1), "kernels": len(wrong), "old_versions_removed": cleared}
    says = f"{seconds:.1f} s to make the kernels ready; {cleared} older removed"
    return Finding("warm", says, facts, tuple(fault for fault in wrong if fault))


def compile_kernels() -> list[str]:
    """Compile and keep the kernels for the processor; for each, why it is not ready, empty where it is."""
    from anagen.flowchart.compiled import kernel_name

    return [_fault("follicle", _run_small), _fault(kernel_name(), _run_one_course), _fault("oxygen", _solve_small)]


def _usable_device() -> bool:
    return cuda_device.device() is not None and cuda_device.why_not() is None


def _fault(kernel: str, run: Callable[[], None]) -> str:
    """Why a kernel is not ready after a run, empty where it is."""
    from anagen.kernel_cache import folder, is_warm

    try:
        run()
    except Exception as error:  # compilers raise many kinds; each is told, and the other kernels still compiled
        return f"kernel {kernel}: it cannot be compiled ({error})"
    return "" if is_warm(kernel) else f"kernel {kernel}: it was compiled but cannot be kept in {folder()}"


def _run_small() -> None:
    """One follicle over one year, counted in every way the package counts."""
    import numpy as np

    from anagen.follicle.grow import Wanted, grow
    from anagen.follicle.patches import Follicles

    edges = np.array([0.0, 1.0, 2.0])
    for wanted in (Wanted(), Wanted(phases=False), Wanted(sums=False, phases=False), Wanted(edges=edges)):
        grow(_patches(), Follicles.in_one_patch(1), 0, np.arange(MONTHS + 1.0), wanted, engine="numba", threads=1)


def _run_one_course() -> None:
    """The flowchart through one year of one lane."""
    import numpy as np

    from anagen.evidence.parameters import parameters
    from anagen.flowchart.chart import flowchart
    from anagen.flowchart.courses import Request, courses

    chart, ages = flowchart(), np.array([20.0, 21.0])
    values = {name: record.value for name, record in parameters().items()}
    given = dict.fromkeys((name for name in chart.inputs if name not in ("age", "sensitivity")), 1.0)
    courses(Request((1,), {}, values, given, [{}, {}], ages, chart.states), engine="numba")


def _solve_small() -> None:
    """The oxygen of a small block of scalp."""
    from anagen.kernel_cache import mark_warm
    from anagen.oxygen.patch import patch_of, solve_patch

    solve_patch(patch_of(1), PERFUSION, spacing=COARSE)
    mark_warm("oxygen")


def _run_small_on_device() -> None:
    import numpy as np

    from anagen.follicle.census import Times, Wanted
    from anagen.follicle.gpu_call import GpuKernel
    from anagen.follicle.patches import Follicles

    grid = Times(np.arange(MONTHS + 1.0), MONTHS)
    GpuKernel(_patches(), 0, grid, Wanted(), True).run([Follicles.in_one_patch(1)])


def _patches() -> Patches:
    """One patch of healthy scalp."""
    import numpy as np

    from anagen.follicle.clock import Clock
    from anagen.follicle.laws import CycleLaws
    from anagen.follicle.patches import Patches

    one, none = np.ones((1, MONTHS + 1)), np.zeros((1, MONTHS + 1))
    return Patches(Clock.from_speeds(one, none), one, none, none, none, none, CycleLaws.central(1))
