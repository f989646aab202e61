"""Clocks in the compiled engine: when anagen and kenogen end, for all lanes of a chunk at once; as in `clock.py`."""

from __future__ import annotations

from typing import Any

import numpy as np

from anagen.follicle.compiled import at_month, blend, compiled, lane_pass, month_and_share, run_within, time_for
from anagen.follicle.lanes import (
    ANAGEN_END,
    BEGIN,
    CATAGEN_END,
    CEILING,
    CHUNK,
    END,
    LEFT,
    LENGTHS,
    LOST,
    NEW_CEILING,
    NEW_SIZE,
    PLACE,
    SENSITIVITY,
    SIZE,
    SLOPE,
    SPEED,
    STAYS,
    TARGET,
    TELOGEN_END,
)  # fmt: skip
from anagen.follicle.laws import LAID

RECOVERY, IRREVERSIBLE, TOO_SMALL = LAID["recovery"], LAID["irreversible"], LAID["too_small"]
ANAGEN, TELOGEN, KENOGEN, CATAGEN = (LENGTHS + CHUNK * place for place in range(4))


@compiled
def guess_month(
    plain: Any, sensitive: Any, plain_run: Any, sensitive_run: Any, s: Any, last: Any, start: Any, run: Any
) -> Any:
    """What the clock will have run at the end of a phase, and about which month that is."""
    month, later, share = month_and_share(start, last)
    speed = at_month(plain, sensitive, s, month)
    slope = at_month(plain, sensitive, s, later) - speed
    begun = at_month(plain_run, sensitive_run, s, month)
    target = begun + run_within(speed, slope, share) + run
    place = min(np.int64(month) + np.int64((target - begun) / speed), last)
    ahead = target - at_month(plain_run, sensitive_run, s, np.uint64(place))
    place += np.int64(np.floor(ahead / at_month(plain, sensitive, s, np.uint64(place))))
    return target, max(min(place, last), np.int64(month))


@compiled
def settle_month(plain_run: Any, sensitive_run: Any, s: Any, last: Any, target: Any, place: Any) -> Any:
    """From a guess to the last whole month by which no more than the target has run."""
    while place < last and at_month(plain_run, sensitive_run, s, np.uint64(place + 1)) <= target:
        place += 1
    while at_month(plain_run, sensitive_run, s, np.uint64(place)) > target:
        place -= 1
    return place


@compiled
def end_within(
    plain: Any, sensitive: Any, plain_run: Any, sensitive_run: Any, s: Any, last: Any, target: Any, place: Any
) -> Any:
    """The time within a month at which the target has run."""
    month, later = np.uint64(place), np.uint64(min(place + 1, last))
    speed = at_month(plain, sensitive, s, month)
    slope = at_month(plain, sensitive, s, later) - speed
    return place + time_for(speed, slope, target - at_month(plain_run, sensitive_run, s, month))


@compiled
def anagen_after(
    plain: Any, sensitive: Any, plain_run: Any, sensitive_run: Any, s: Any, last: Any, start: Any, run: Any
) -> Any:
    """The time at which the anagen clock of one follicle has run `run` since `start`; as `Clock.after`."""
    target, place = guess_month(plain, sensitive, plain_run, sensitive_run, s, last, start, run)
    place = settle_month(plain_run, sensitive_run, s, last, target, place)
    return end_within(plain, sensitive, plain_run, sensitive_run, s, last, target, place)


@lane_pass
def end_anagen(
    singles: Any,
    doubles: Any,
    wholes: Any,
    lanes: int,
    plain: Any,
    sensitive: Any,
    plain_run: Any,
    sensitive_run: Any,
    last: Any,
) -> None:
    """The end of anagen of every lane."""
    for i in range(lanes):
        target, place = guess_month(
            plain, sensitive, plain_run, sensitive_run, doubles[SENSITIVITY + i], last, doubles[BEGIN + i],
            np.float64(singles[ANAGEN + i]),
        )  # fmt: skip
        doubles[TARGET + i] = target
        wholes[PLACE + i] = place
    for i in range(lanes):
        wholes[PLACE + i] = settle_month(
            plain_run, sensitive_run, doubles[SENSITIVITY + i], last, doubles[TARGET + i], wholes[PLACE + i]
        )
    for i in range(lanes):
        doubles[ANAGEN_END + i] = end_within(
            plain, sensitive, plain_run, sensitive_run, doubles[SENSITIVITY + i], last, doubles[TARGET + i],
            wholes[PLACE + i],
        )  # fmt: skip


@compiled
def kenogen_after(plain: Any, sensitive: Any, s: Any, last: Any, start: Any, run: Any) -> Any:
    """The time at which kenogen of one follicle has run `run` since `start`; as `clock.after_stretched`."""
    month, later, share = month_and_share(start, last)
    first = 1 / at_month(plain, sensitive, s, month)
    slope = 1 / at_month(plain, sensitive, s, later) - first
    return kenogen_on(plain, sensitive, s, last, np.int64(month), start, run, first + slope * share, slope)


@compiled
def kenogen_on(
    plain: Any, sensitive: Any, s: Any, last: Any, month: Any, time: Any, left: Any, speed: Any, slope: Any
) -> Any:
    """From a time in a month on, month by month, to the end of kenogen."""
    whole = run_within(speed, slope, (month + 1) - time)
    while left > whole and month < last:
        time, left, month = month + 1.0, left - whole, month + 1
        speed = 1 / at_month(plain, sensitive, s, np.uint64(month))
        slope = 1 / at_month(plain, sensitive, s, np.uint64(min(month + 1, last))) - speed
        whole = run_within(speed, slope, (month + 1) - time)
    return time + time_for(speed, slope, left)


@compiled
def next_month(
    plain: Any, sensitive: Any, s: Any, last: Any, month: Any, time: Any, left: Any, speed: Any, slope: Any
) -> Any:
    """One month of kenogen: where it does not end in it, what is left at the beginning of the next."""
    whole = run_within(speed, slope, (month + 1) - time)
    over = left > whole and month < last
    first = 1 / at_month(plain, sensitive, s, np.uint64(min(month + 1, last)))
    then = 1 / at_month(plain, sensitive, s, np.uint64(min(month + 2, last))) - first
    return (
        month + 1 if over else month, month + 1.0 if over else time, left - whole if over else left,
        first if over else speed, then if over else slope,
    )  # fmt: skip


@lane_pass
def end_rest(singles: Any, doubles: Any, wholes: Any, lanes: int, plain: Any, sensitive: Any, last: Any) -> None:
    """The ends of catagen, telogen and kenogen of every lane."""
    for i in range(lanes):
        catagen_end = doubles[ANAGEN_END + i] + np.float64(singles[CATAGEN + i])
        doubles[CATAGEN_END + i] = catagen_end
        doubles[TELOGEN_END + i] = catagen_end + np.float64(singles[TELOGEN + i])
    for i in range(lanes):
        s, time = doubles[SENSITIVITY + i], doubles[TELOGEN_END + i]
        month, later, share = month_and_share(time, last)
        first = 1 / at_month(plain, sensitive, s, month)
        slope = 1 / at_month(plain, sensitive, s, later) - first
        place, time, left, speed, slope = next_month(
            plain,
            sensitive,
            s,
            last,
            np.int64(month),
            time,
            np.float64(singles[KENOGEN + i]),
            first + slope * share,
            slope,
        )
        wholes[PLACE + i], doubles[END + i], doubles[LEFT + i] = place, time, left
        doubles[SPEED + i], doubles[SLOPE + i] = speed, slope
    for i in range(lanes):
        place, time, left, speed, slope = next_month(
            plain, sensitive, doubles[SENSITIVITY + i], last, wholes[PLACE + i], doubles[END + i], doubles[LEFT + i],
            doubles[SPEED + i], doubles[SLOPE + i],
        )  # fmt: skip
        wholes[PLACE + i], doubles[END + i], doubles[LEFT + i] = place, time, left
        doubles[SPEED + i], doubles[SLOPE + i] = speed, slope
    for i in range(lanes):
        doubles[END + i] = kenogen_on(
            plain, sensitive, doubles[SENSITIVITY + i], last, wholes[PLACE + i], doubles[END + i], doubles[LEFT + i],
            doubles[SPEED + i], doubles[SLOPE + i],
        )  # fmt: skip


@lane_pass
def renew(
    singles: Any,
    doubles: Any,
    wholes: Any,
    lanes: int,
    plain: Any,
    sensitive: Any,
    drop: Any,
    last: Any,
    law: Any,
    countable_only: bool,
) -> None:
    """Sizes at the next anagen, and whether the follicle is followed on; as `Automaton._renew`."""
    recovery, irreversible, too_small = law[RECOVERY], law[IRREVERSIBLE], law[TOO_SMALL]
    if not countable_only:
        too_small = np.float32(-np.inf)
    for i in range(lanes):
        end, s = doubles[END + i], doubles[SENSITIVITY + i]
        month, later, share = month_and_share(end, last)
        before, after = at_month(plain, sensitive, s, month), at_month(plain, sensitive, s, later)
        loss = np.float32(blend(before, after, share))
        fall = np.float32(blend(drop[month], drop[later], share))
        ceiling = singles[CEILING + i] - irreversible * max(loss, np.float32(0))
        size = singles[SIZE + i] - loss
        singles[NEW_SIZE + i] = size + recovery * ((ceiling - fall) - size)
        singles[NEW_CEILING + i] = ceiling
        wholes[STAYS + i] = np.int64(end <= last) & np.int64(end < doubles[LOST + i]) & np.int64(ceiling > too_small)
