"""Whether a CUDA device is here, asked of its driver alone: nothing is compiled and numba is not loaded."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
from functools import cache

DRIVER = "nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1"
LONGEST_NAME = 256


@cache
def device_name() -> str | None:
    """The name of the first CUDA device, None where there is none or no driver."""
    try:
        driver = ctypes.CDLL(DRIVER)
    except OSError:
        return None
    count, device, name = ctypes.c_int(0), ctypes.c_int(0), ctypes.create_string_buffer(LONGEST_NAME)
    if driver.cuInit(0) or driver.cuDeviceGetCount(ctypes.byref(count)) or not count.value:
        return None
    if driver.cuDeviceGet(ctypes.byref(device), 0) or driver.cuDeviceGetName(name, LONGEST_NAME, device):
        return None
    return name.value.decode(errors="replace")


def simulated() -> bool:
    """Whether numba's simulator stands in for a device: the same code as plain Python, for a few follicles."""
    return os.environ.get("NUMBA_ENABLE_CUDASIM") == "1"


def why_not() -> str | None:
    """Why the engine on a device cannot serve, None where it can."""
    if importlib.util.find_spec("numba_cuda") is None:
        return "numba-cuda is not installed (pip install 'anagen[gpu]')"
    return None if simulated() or device_name() is not None else "no CUDA device is found"
