"""Whether a CUDA device is here, asked of its driver alone: nothing is compiled and numba is not loaded."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
from dataclasses import dataclass
from functools import cache

DRIVER = "nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1"
LONGEST_NAME = 256


@dataclass(frozen=True)
class Device:
    """A device as its driver tells it: its name, and its memory in bytes."""

    name: str
    memory: int


@cache
def device() -> Device | None:
    """The first CUDA device, None where there is none or no driver."""
    try:
        driver = ctypes.CDLL(DRIVER)
    except OSError:
        return None
    count, first = ctypes.c_int(0), ctypes.c_int(0)
    name, memory = ctypes.create_string_buffer(LONGEST_NAME), ctypes.c_size_t(0)
    if driver.cuInit(0) or driver.cuDeviceGetCount(ctypes.byref(count)) or not count.value:
        return None
    if driver.cuDeviceGet(ctypes.byref(first), 0) or driver.cuDeviceGetName(name, LONGEST_NAME, first):
        return None
    if driver.cuDeviceTotalMem_v2(ctypes.byref(memory), first):
        return None
    return Device(name.value.decode(errors="replace"), memory.value)


def simulated() -> bool:
    """Whether numba's simulator stands in for a device: the same code as plain Python, for very small work."""
    return os.environ.get("NUMBA_ENABLE_CUDASIM") == "1"


def why_not() -> str | None:
    """Why no device can serve, None where one can."""
    if importlib.util.find_spec("numba_cuda") is None:
        return "numba-cuda is not installed (pip install 'anagen[gpu]')"
    return None if simulated() or device() is not None else "no CUDA device is found"
