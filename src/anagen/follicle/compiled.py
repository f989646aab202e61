"""What both compiled engines share: the readable functions of the follicle, as numba compiles them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, types
from numba.extending import intrinsic, overload

from anagen.follicle import elementary, months
from anagen.kernel_cache import use_folder

KEPT = use_folder()


@intrinsic
def _cast_bits(_context: Any, _x: Any) -> Any:
    def generate(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], context.get_value_type(types.uint32))

    return types.uint32(types.float32), generate


@intrinsic
def _cast_float(_context: Any, _x: Any) -> Any:
    def generate(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], context.get_value_type(types.float32))

    return types.float32(types.uint32), generate


def _bits_of(x: Any) -> Any:
    return _cast_bits(x)  # pyright: ignore[reportCallIssue]


def _float_of(bits: Any) -> Any:
    return _cast_float(bits)  # pyright: ignore[reportCallIssue]


def _within(x: Any, low: Any, high: Any) -> Any:
    return min(max(x, low), high)


# numba asks an overload for the function to compile, from the types of its arguments
overload(elementary.bits_of, strict=False)(lambda x: _bits_of)
overload(elementary.float_of, strict=False)(lambda bits: _float_of)
overload(elementary.within, strict=False)(lambda x, low, high: _within)
overload(elementary.knot_of, strict=False)(lambda word: elementary.knot_of)


# what numba is told: no lock; no count of references, as nothing is allocated; kept for the next process
OPTIONS: dict[str, Any] = {"error_model": "numpy", "nogil": True, "cache": KEPT, "_nrt": False}


def compiled(function: Any) -> Any:
    """Compile a small function, to be merged into whatever calls it."""
    return njit(forceinline=True, **OPTIONS)(function)


def lane_pass(function: Any) -> Any:
    """Compile a loop over lanes, as a function of its own: merged into its caller it would no longer be vectorized."""
    return njit(**OPTIONS)(function)


# the readable functions, compiled: one source for both engines
exp32, log32, knot_of = compiled(elementary.exp32), compiled(elementary.log32), compiled(elementary.knot_of)
quantile = compiled(elementary.quantile_of)
run_within, time_for, blend = compiled(months.run_within), compiled(months.time_for), compiled(months.blend)


@compiled
def at_month(plain: Any, sensitive: Any, sensitivity: Any, month: Any) -> Any:
    """A monthly quantity at a whole month."""
    return plain[month] + sensitivity * sensitive[month]


@compiled
def month_and_share(time: Any, last: Any) -> Any:
    """The month a time falls in, the next, and how far between."""
    month = min(np.int64(time), last)
    return np.uint64(month), np.uint64(min(month + 1, last)), time - month
