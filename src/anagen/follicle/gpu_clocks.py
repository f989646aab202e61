"""Clocks and sizes on a device, for one follicle; as `clock.py` and `Automaton._renew`.

Monthly quantities that are read together stand together: `pace[patch]` holds plain and sensitive speed of the anagen
clock and what both have run, month after month; `course[patch]` stretch, loss (each plain and sensitive) and drop.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from anagen.follicle.gpu_device import blend, floor, on_device, run_within, time_for
from anagen.follicle.laws import LAID

SPEED, RUN, PACE_WIDTH = 0, 2, 4
STRETCH, LOSS, DROP, COURSE_WIDTH = 0, 2, 4, 5
RECOVERY, IRREVERSIBLE, TOO_SMALL = LAID["recovery"], LAID["irreversible"], LAID["too_small"]
ZERO = np.float32(0)


@on_device
def paced(here: Any, there: Any, s: Any, month: Any, what: Any) -> Any:
    """Speed or run of the anagen clock of a follicle of sensitivity s, at a whole month."""
    place = np.uint64(month * PACE_WIDTH + what)
    return here[place] + s * there[np.uint64(month * PACE_WIDTH + what + 1)]


@on_device
def coursed(here: Any, there: Any, s: Any, month: Any, what: Any) -> Any:
    """Stretch or loss of a follicle of sensitivity s, at a whole month."""
    place = np.uint64(month * COURSE_WIDTH + what)
    return here[place] + s * there[np.uint64(month * COURSE_WIDTH + what + 1)]


@on_device
def anagen_after(here: Any, there: Any, s: Any, last: Any, start: Any, run: Any) -> Any:
    """The time at which the anagen clock has run `run` since `start`: a guess of the month, mended, and a root."""
    month = min(np.int64(start), last)
    speed = paced(here, there, s, month, SPEED)
    slope = paced(here, there, s, min(month + 1, last), SPEED) - speed
    begun = paced(here, there, s, month, RUN)
    target = begun + run_within(speed, slope, start - month) + run
    place = min(month + np.int64((target - begun) / speed), last)
    ahead = target - paced(here, there, s, place, RUN)
    place += np.int64(floor(ahead / paced(here, there, s, place, SPEED)))
    place = max(min(place, last), month)
    while place < last and paced(here, there, s, place + 1, RUN) <= target:
        place += 1
    while paced(here, there, s, place, RUN) > target:
        place -= 1
    speed = paced(here, there, s, place, SPEED)
    slope = paced(here, there, s, min(place + 1, last), SPEED) - speed
    return place + time_for(speed, slope, target - paced(here, there, s, place, RUN))


@on_device
def kenogen_after(here: Any, there: Any, s: Any, last: Any, start: Any, run: Any) -> Any:
    """The time at which kenogen has run `run` since `start`, month by month; as `clock.after_stretched`."""
    month = min(np.int64(start), last)
    time, left = start, run
    first = 1 / coursed(here, there, s, month, STRETCH)
    slope = 1 / coursed(here, there, s, min(month + 1, last), STRETCH) - first
    speed = first + slope * (time - month)
    whole = run_within(speed, slope, (month + 1) - time)
    while left > whole and month < last:
        left -= whole
        month += 1
        time = np.float64(month)
        speed = 1 / coursed(here, there, s, month, STRETCH)
        slope = 1 / coursed(here, there, s, min(month + 1, last), STRETCH) - speed
        whole = run_within(speed, slope, (month + 1) - time)
    return time + time_for(speed, slope, left)


@on_device
def renewed(here: Any, there: Any, s: Any, last: Any, end: Any, size: Any, ceiling: Any, law: Any) -> Any:
    """Size and ceiling at the next anagen, and whether its hair may be counted again; as `Automaton._renew`."""
    month = min(np.int64(end), last)
    later, share = min(month + 1, last), end - month
    loss = np.float32(blend(coursed(here, there, s, month, LOSS), coursed(here, there, s, later, LOSS), share))
    now, then = here[np.uint64(month * COURSE_WIDTH + DROP)], here[np.uint64(later * COURSE_WIDTH + DROP)]
    fall = np.float32(blend(now, then, share))
    ceiling = ceiling - law[IRREVERSIBLE] * max(loss, ZERO)
    size = size - loss
    size = size + law[RECOVERY] * ((ceiling - fall) - size)
    return size, ceiling, ceiling > law[TOO_SMALL]
