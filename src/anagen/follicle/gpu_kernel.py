"""The follicle automaton on a CUDA device: one thread to a follicle, its whole life, counted into the same tables."""

from __future__ import annotations

from typing import Any

import numpy as np

from anagen.follicle.automaton import MOST_CYCLES
from anagen.follicle.gpu_clocks import PACE_WIDTH, renewed
from anagen.follicle.gpu_count import (
    COUNTED,
    KENOGEN,
    PLUCKED,
    SHED,
    add,
    add_phases,
    add_stretch,
    record_at,
)  # fmt: skip
from anagen.follicle.gpu_crowd import BORN, LOST, NUMBER, ORIGIN, PATCH, PERSON, REGION, SENSITIVITY
from anagen.follicle.gpu_cycle import first_turn, later_turn, plucked
from anagen.follicle.gpu_device import cuda, kernel, on_device
from anagen.follicle.gpu_draws import ZERO, hair_of
from anagen.follicle.patches import Act

SHAVE = int(Act.SHAVE)


@on_device
def count_cycle(
    table: Any, bins: Any, grid: Any, law: Any, turn: Any, hair: Any, was_plucked: Any, lost: Any, from_nowhere: Any,
    leaves: Any, last: Any, deeds: Any, patch: Any, sums: Any, phases: Any,
) -> None:  # fmt: skip
    """Add what one cycle changes; as `census.rows_of`."""
    start, anagen_end, _, telogen_end, end = turn
    fallen = record_at(min(telogen_end, lost), grid)
    if phases:
        add_phases(table, grid, turn, lost, fallen, from_nowhere, leaves)
    else:
        add(table, fallen, KENOGEN, 1)
        add(table, record_at(min(end, lost), grid), KENOGEN, -1)
    if hair[0] >= law[COUNTED] and 0 < telogen_end <= last and telogen_end < lost:
        add(table, fallen, PLUCKED if was_plucked else SHED, 1)
    begin, stop = start, min(telogen_end, lost)
    months, kinds, _, shares = deeds
    for place in range(kinds.size):
        month = months[place]
        if kinds[place] == SHAVE and shares[patch, place] > 0 and begin < month and month < stop:
            add_stretch(
                table, bins, grid, sums, law, hair, start, anagen_end, begin, month, record_at(month, grid)
            )  # fmt: skip
            begin = month
    add_stretch(table, bins, grid, sums, law, hair, start, anagen_end, begin, stop, fallen)


@on_device
def live(
    name: Any, keys: Any, s: Any, born: Any, lost: Any, patch: Any, means: Any, law: Any, shapes: Any, scalp: Any,
    deeds: Any, table: Any, bins: Any, grid: Any, sums: Any, phases: Any, countable_only: Any,
) -> None:  # fmt: skip
    """Every cycle of one follicle."""
    _, _, course, course_there, last = scalp
    size, ceiling, cycle, seen, from_nowhere, stays = ZERO, ZERO, 0, born <= 0, True, True
    end = 0.0
    turn = first_turn(name, keys, s, born, means, law, shapes, scalp, deeds, patch)
    while stays and cycle < MOST_CYCLES:
        if cycle > 0:
            turn = later_turn(name, keys, s, cycle, end, size, law, shapes, scalp, deeds, patch)
        hair = hair_of(size, law)
        turn, was_plucked = plucked(name, keys, deeds, patch, turn)
        _, _, _, _, end = turn
        size, ceiling, worth = renewed(course, course_there, s, last, end, size, ceiling, law)
        stays = end <= last and end < lost and (worth or not countable_only)
        if seen:
            count_cycle(
                table, bins, grid, law, turn, hair, was_plucked, lost, from_nowhere, not stays, last, deeds, patch,
                sums, phases,
            )  # fmt: skip
        from_nowhere, seen = not seen, True
        cycle += 1


@kernel
def grow_follicles(
    count: Any, patches: Any, origins: Any, persons: Any, regions: Any, numbers: Any, sensitivities: Any, births: Any,
    losses: Any, steps: Any, key_0: Any, key_1: Any, pace: Any, course: Any, laws: Any, means: Any, tables: Any,
    table_rows: Any, deed_months: Any, deed_kinds: Any, deed_waits: Any, deed_shares: Any, first_of: Any, times: Any,
    edges: Any, rows: Any, bins: Any, copies: Any, sums: Any, phases: Any, countable_only: Any,
) -> None:  # fmt: skip
    """Run follicles and add what they change to one of several tables laid end to end."""
    i = cuda.grid(1)
    if i >= count:
        return
    patch, origin = np.int64(patches[i * steps[PATCH]]), np.int64(origins[i * steps[ORIGIN]])
    # where all numbers follow upon one another, only the first is given
    number = numbers[i] if steps[NUMBER] else numbers[0] + i
    name = (np.uint32(number), persons[i * steps[PERSON]], regions[i * steps[REGION]])
    copy = cuda.blockIdx.x % copies
    whole, whole_bins = rows.size // copies, bins.size // copies
    per_patch, bins_per_patch = whole // laws.shape[0], whole_bins // laws.shape[0]
    live(
        name, (key_0, key_1), sensitivities[i * steps[SENSITIVITY]], births[i * steps[BORN]], losses[i * steps[LOST]],
        patch, means[patch], laws[patch], (tables, table_rows),
        (pace[patch], pace[origin], course[patch], course[origin], pace.shape[1] // PACE_WIDTH - 1),
        (deed_months, deed_kinds, deed_waits, deed_shares), (rows, copy * whole + patch * per_patch),
        (bins, copy * whole_bins + patch * bins_per_patch, edges), (first_of, times), sums, phases, countable_only,
    )  # fmt: skip
