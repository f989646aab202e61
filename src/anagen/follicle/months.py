"""Speeds that change from month to month: a phase ends when a clock at that speed has run its draw.

Speeds are given at whole months and are linear in between, so what has run is quadratic within a month, and the end of
a phase is the root of a quadratic. Both engines use these very functions.
"""

from __future__ import annotations

from typing import Any

import numpy as np


def month_of(time: Any, last: Any) -> Any:
    """The month a time (not negative) falls in, at most `last`."""
    return np.minimum(np.int64(time), last)


def run_within(speed: Any, slope: Any, time: Any) -> Any:
    """What a clock runs in a time that begins at `speed` and changes by `slope` a month."""
    return (speed + slope * time / 2) * time


def time_for(speed: Any, slope: Any, run: Any) -> Any:
    """How long a clock that begins at `speed` takes for `run`: the root of run = speed t + slope t^2 / 2."""
    return 2 * run / (speed + np.sqrt(np.maximum(speed * speed + 2 * slope * run, 0.0)))


def blend(before: Any, after: Any, share: Any) -> Any:
    """Linear between two whole months."""
    return before + (after - before) * share
