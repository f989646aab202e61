"""How functions of the follicle are compiled for a CUDA device so that every last bit is that of the other engines.

Three things could change a bit, and are kept from it. Products and sums are not merged into one rounding (`exactly`;
`assert_exact` looks through the assembly). The shared functions of `elementary.py` and `months.py` are the very same
code; only the few names they take from numpy (floor, square root, bits of a number) are the device's own, each exact by
IEEE 754. Sums are of whole numbers.

Without a device, numba's simulator (NUMBA_ENABLE_CUDASIM=1) runs the same code as plain Python.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Generator
from contextlib import contextmanager
from threading import Lock
from types import FunctionType, ModuleType
from typing import Any

import numba.cuda
import numpy as np
from numba.core.errors import NumbaPerformanceWarning

from anagen.cuda_device import simulated
from anagen.follicle import elementary, months
from anagen.follicle.chance import LOW, SHIFT
from anagen.follicle.patches import FollicleError
from anagen.kernel_cache import use_folder

cuda: Any = numba.cuda
SIMULATED = simulated()
KEPT = use_folder() and not SIMULATED
# optimizing once more while linking would merge products and sums after all
LINKING: dict[str, Any] = {} if SIMULATED else {"lto": False}
ONE_AT_A_TIME = Lock()
MERGED = "fma."  # a product and a sum in one rounding, in the device's assembly


def on_device(function: Callable[..., Any]) -> Any:
    """Compile for the device, to be called by a kernel."""
    return cuda.jit(device=True)(function)


def kernel(function: Callable[..., Any]) -> Any:
    """Compile for the device, to be launched; kept for the next process."""
    return cuda.jit(cache=KEPT, **LINKING)(function)


@on_device
def _bits_of(x: Any) -> Any:
    return np.uint32(cuda.libdevice.float_as_int(x))


@on_device
def _float_of(bits: Any) -> Any:
    return cuda.libdevice.int_as_float(np.int32(bits))


@on_device
def _within(x: Any, low: Any, high: Any) -> Any:
    return min(max(x, low), high)


@on_device
def _floor_single(x: Any) -> Any:
    return cuda.libdevice.floorf(x)


@on_device
def _floor(x: Any) -> Any:
    return cuda.libdevice.floor(x)


@on_device
def _root(x: Any) -> Any:
    return cuda.libdevice.dsqrt_rn(x)


@on_device
def _wide_product(a: Any, b: Any) -> Any:
    return np.uint32(cuda.libdevice.umulhi(np.int32(a), np.int32(b))), np.uint32(a * b)


def _plain_wide_product(a: Any, b: Any) -> Any:
    """The upper and the lower half of a product of two words of 32 bits."""
    product = np.uint64(a) * np.uint64(b)
    return np.uint32(product >> SHIFT), np.uint32(product & LOW)


@on_device
def _lower(x: Any, y: Any) -> Any:
    return min(x, y)


@on_device
def _higher(x: Any, y: Any) -> Any:
    return max(x, y)


def _names_of_device() -> dict[str, Any]:
    """What the shared functions find under the names they use."""
    numbers = ModuleType("numbers_of_the_device")
    for kind in (np.int32, np.uint32, np.int64, np.float32, np.float64):
        setattr(numbers, kind.__name__, kind)
    for name, own in (("floor", _floor_single), ("sqrt", _root), ("minimum", _lower), ("maximum", _higher)):
        setattr(numbers, name, own)
    return {"np": numbers, "bits_of": _bits_of, "float_of": _float_of, "within": _within}


NAMES: dict[str, Any] = {} if SIMULATED else _names_of_device()


def same_code(function: Any, **others: Any) -> Any:
    """A shared function, compiled for the device from the same code."""
    own = FunctionType(function.__code__, {**function.__globals__, **NAMES, **others}, function.__name__)
    return on_device(own)


floor = np.floor if SIMULATED else _floor
wide_product = _plain_wide_product if SIMULATED else _wide_product
exp32, log32, knot_of = same_code(elementary.exp32), same_code(elementary.log32), same_code(elementary.knot_of)
quantile_of = same_code(elementary.quantile_of, knot_of=knot_of)
run_within, time_for, blend = same_code(months.run_within), same_code(months.time_for), same_code(months.blend)


@contextmanager
def exactly() -> Generator[None, None, None]:
    """Within it the device's compiler rounds every product before it adds it on; numba-cuda has no option for that."""
    if SIMULATED:
        yield
        return
    from numba.cuda.cudadrv import nvvm

    with ONE_AT_A_TIME:
        merging = nvvm.compile_ir
        nvvm.compile_ir = lambda code, **options: merging(code, **{**options, "fma": False})
        try:
            yield
        finally:
            nvvm.compile_ir = merging


@contextmanager
def quietly() -> Generator[None, None, None]:
    """Without numba's advice that a few follicles do not fill a device."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NumbaPerformanceWarning)
        yield


def assert_exact(compiled: Any) -> None:
    """Refuse a kernel whose assembly merges a product and a sum all the same: its bits would be others.

    Raises
    ------
    FollicleError
        Where it does.
    """
    if SIMULATED:
        return
    if any(MERGED in assembly for assembly in compiled.inspect_asm().values()):
        raise FollicleError(
            "engine: this version of numba-cuda merges products and sums on the device, so results would differ in "
            "their last bits; use the numba engine, or another version of numba-cuda"
        )
