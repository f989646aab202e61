"""The fast engine: the automaton of `automaton.py`, compiled by numba, to the same bit.

Follicles of one patch go in chunks that stay in the processor's nearest memory. Of each chunk all follicles take one
cycle at a time: draws, clocks and sizes run in plain loops over lanes that the compiler turns into vector
instructions; counting follows, follicle by follicle. All arithmetic is that of `elementary.py` and `months.py`, so the
changes counted are those of the readable engine, number for number.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from anagen.follicle.automaton import MOST_CYCLES
from anagen.follicle.chance import Purpose
from anagen.follicle.compiled import at_month, compiled, lane_pass
from anagen.follicle.compiled_clocks import anagen_after, end_anagen, end_rest, kenogen_after, renew
from anagen.follicle.compiled_count import (
    COUNTED,
    KENOGEN,
    PLUCKED_COLUMN,
    ROW,
    SHED,
    add_phases,
    add_stretch,
    record_at,
)  # fmt: skip
from anagen.follicle.compiled_draws import (
    ANAGEN,
    CATAGEN,
    TELOGEN,
    WORD_0,
    WORD_1,
    WORD_2,
    WORD_3,
    draw_all_lengths,
    draw_words,
    length_of,
    make_hair,
    word_of,
)  # fmt: skip
from anagen.follicle.compiled_draws import KENOGEN as KENOGEN_PHASE
from anagen.follicle.elementary import WORD
from anagen.follicle.lanes import (
    ANAGEN_END,
    BEGIN,
    CATAGEN_END,
    CEILING,
    CHUNK,
    END,
    FROM_NOWHERE,
    GONE,
    GROWTH,
    LOST,
    NEW_CEILING,
    NEW_SIZE,
    NUMBER,
    PERSON,
    PICK,
    PLUCKED,
    REGION,
    SEEN,
    SENSITIVITY,
    SIZE,
    STAYS,
    TELOGEN_END,
    WHO,
    WIDE,
)  # fmt: skip
from anagen.follicle.patches import Act

CYCLE, START = int(Purpose.CYCLE), int(Purpose.START)
IN_ANAGEN, IN_CATAGEN, IN_TELOGEN, IN_KENOGEN = range(4)
"""Phases in the order of life."""
VECTORS = 64  # lanes that the compiler's vector loops take at a step: no step is left half empty
SHOCK, PLUCK, SHAVE, RELEASE = int(Act.SHOCK), int(Act.PLUCK), int(Act.SHAVE), int(Act.RELEASE)


@lane_pass
def load_chunk(words: Any, singles: Any, doubles: Any, wholes: Any, who: Any, begin: int, lanes: int) -> None:
    """Fill the lanes with follicles of full size."""
    _, _, person, region, number, sensitivity, born, lost = who
    for i in range(lanes):
        words[NUMBER + i] = np.uint32(number[begin + i])
        words[PERSON + i] = np.uint32(person[begin + i])
        words[REGION + i] = np.uint32(region[begin + i])
        words[WHO + i] = np.uint32(begin + i)
        singles[SIZE + i] = np.float32(0)
        singles[CEILING + i] = np.float32(0)
        doubles[SENSITIVITY + i] = sensitivity[begin + i]
        doubles[LOST + i] = lost[begin + i]
        wholes[FROM_NOWHERE + i] = 1
        wholes[SEEN + i] = np.int64(born[begin + i] <= 0)


@compiled
def shocked(words: Any, i: int, deeds: Any, patch: Any, key_0: Any, key_1: Any, start: Any, anagen_end: Any) -> Any:
    """The end of anagen where a shock cuts it short; as `Automaton._shocked`."""
    months, kinds, _, shares = deeds
    for place in range(kinds.size):
        if kinds[place] == SHOCK and start <= months[place] and months[place] < anagen_end:
            word = word_of(words[NUMBER + i], words[PERSON + i], words[REGION + i], place, key_0, key_1)
            if np.float64(word) * WORD < shares[place, patch]:
                anagen_end = months[place]
    return anagen_end


@lane_pass
def pluck(words: Any, doubles: Any, wholes: Any, lanes: int, deeds: Any, patch: Any, key_0: Any, key_1: Any) -> None:
    """Cut short the cycles whose hair is plucked, or let go from its rest; as `Automaton._plucked`."""
    months, kinds, waits, shares = deeds
    for i in range(lanes):
        wholes[PLUCKED + i] = 0
    for place in range(kinds.size):
        if kinds[place] != PLUCK and kinds[place] != RELEASE:
            continue
        month, since = months[place], BEGIN if kinds[place] == PLUCK else CATAGEN_END
        for i in range(lanes):
            if doubles[since + i] >= month or doubles[TELOGEN_END + i] <= month:
                continue
            word = word_of(words[NUMBER + i], words[PERSON + i], words[REGION + i], place, key_0, key_1)
            if np.float64(word) * WORD < shares[place, patch]:
                wholes[PLUCKED + i] = np.int64(kinds[place] == PLUCK)
                doubles[ANAGEN_END + i] = min(doubles[ANAGEN_END + i], month)
                doubles[CATAGEN_END + i] = min(doubles[CATAGEN_END + i], month)
                doubles[TELOGEN_END + i] = month
                doubles[END + i] = month + waits[place, patch]


@lane_pass
def look_in(
    words: Any, doubles: Any, i: int, tables: Any, rows: Any, law: Any, means: Any, speeds: Any, stretches: Any,
    last: Any, deeds: Any, patch: Any, key_0: Any, key_1: Any, born: Any,
) -> None:  # fmt: skip
    """The cycle a follicle is in at month 0; as `Automaton._start`."""
    plain, sensitive, plain_run, sensitive_run = speeds
    s, month = doubles[SENSITIVITY + i], np.uint64(0)
    speed = at_month(plain, sensitive, s, month)
    stretch = at_month(stretches[0], stretches[1], s, month)
    edge_0 = means[ANAGEN] * (1 / speed)
    edge_1 = edge_0 + means[CATAGEN]
    edge_2 = edge_1 + means[TELOGEN]
    at = (np.float64(words[PICK + i]) + 1 / 2) * WORD * (edge_2 + means[KENOGEN_PHASE] * stretch)
    phase = np.int64(at > edge_0) + np.int64(at > edge_1) + np.int64(at > edge_2)
    share = (np.float64(words[GONE + i]) + 1 / 2) * WORD
    anagen = length_of(words[WORD_0 + i], tables, rows[ANAGEN], law, ANAGEN, phase == IN_ANAGEN)
    telogen = length_of(words[WORD_1 + i], tables, rows[TELOGEN], law, TELOGEN, phase == IN_TELOGEN)
    kenogen = length_of(words[WORD_2 + i], tables, rows[KENOGEN_PHASE], law, KENOGEN_PHASE, phase == IN_KENOGEN)
    catagen = length_of(words[WORD_3 + i], tables, rows[CATAGEN], law, CATAGEN, phase == IN_CATAGEN)
    spent_0 = (share if phase == IN_ANAGEN else 1.0) * anagen * (1 / speed)
    spent_1 = 0.0 if phase < IN_CATAGEN else (share if phase == IN_CATAGEN else 1.0) * catagen
    spent_2 = 0.0 if phase < IN_TELOGEN else (share if phase == IN_TELOGEN else 1.0) * telogen
    spent_3 = 0.0 if phase < IN_KENOGEN else share * kenogen * stretch
    start = -(spent_0 + spent_1 + spent_2 + spent_3)
    anagen_end = start + spent_0
    if phase == IN_ANAGEN:
        anagen_end = anagen_after(plain, sensitive, plain_run, sensitive_run, s, last, 0.0, (1 - share) * anagen)
    if deeds[1].size:
        anagen_end = shocked(words, i, deeds, patch, key_0, key_1, start, anagen_end)
    catagen_end = (1 - share) * catagen if phase == IN_CATAGEN else anagen_end + catagen
    telogen_end = (1 - share) * telogen if phase == IN_TELOGEN else catagen_end + telogen
    left = (1 - share) * kenogen if phase == IN_KENOGEN else kenogen
    end = kenogen_after(stretches[0], stretches[1], s, last, 0.0 if phase == IN_KENOGEN else telogen_end, left)
    doubles[BEGIN + i], doubles[ANAGEN_END + i] = start, anagen_end
    doubles[CATAGEN_END + i], doubles[TELOGEN_END + i] = catagen_end, telogen_end
    doubles[END + i] = born if born > 0 else end  # a graft waits empty, then begins a new anagen


@compiled
def count_cycle(
    singles: Any, doubles: Any, wholes: Any, i: int, rows: Any, bins: Any, edges: Any, first_of: Any, times: Any,
    law: Any, last: Any, deeds: Any, patch: Any, sums: bool, phases: bool,
) -> None:  # fmt: skip
    """Add what one cycle changes to the rows of its patch; as `census.rows_of`."""
    start, lost = doubles[BEGIN + i], doubles[LOST + i]
    anagen_end, telogen_end, end = doubles[ANAGEN_END + i], doubles[TELOGEN_END + i], doubles[END + i]
    plucked = deeds[1].size > 0 and wholes[PLUCKED + i] > 0
    fallen = record_at(min(telogen_end, lost), first_of, times)
    if phases:
        add_phases(
            rows, first_of, times, wholes[FROM_NOWHERE + i] > 0, wholes[STAYS + i] == 0, lost, start, anagen_end,
            doubles[CATAGEN_END + i], fallen, end,
        )  # fmt: skip
    else:
        rows[fallen * ROW + KENOGEN] += 1
        rows[record_at(min(end, lost), first_of, times) * ROW + KENOGEN] -= 1
    wide, growth = singles[WIDE + i], singles[GROWTH + i]
    if wide >= law[COUNTED] and telogen_end > 0 and telogen_end <= last and telogen_end < lost:
        rows[fallen * ROW + (PLUCKED_COLUMN if plucked else SHED)] += 1
    begin, stop = start, min(telogen_end, lost)
    months, kinds, _, shares = deeds
    for place in range(kinds.size):
        month = months[place]
        if kinds[place] == SHAVE and shares[place, patch] > 0 and begin < month and month < stop:
            cut = record_at(month, first_of, times)
            add_stretch(
                rows, bins, edges, first_of, times, sums, law, wide, growth, start, anagen_end, begin, month, cut
            )
            begin = month
    add_stretch(rows, bins, edges, first_of, times, sums, law, wide, growth, start, anagen_end, begin, stop, fallen)


@lane_pass
def close_ranks(words: Any, singles: Any, doubles: Any, wholes: Any, lanes: int) -> int:
    """Those who stay begin their next cycle, without gaps; returns how many."""
    kept = 0
    for i in range(lanes):
        to = kept
        words[NUMBER + to] = words[NUMBER + i]
        words[PERSON + to] = words[PERSON + i]
        words[REGION + to] = words[REGION + i]
        words[WHO + to] = words[WHO + i]
        singles[SIZE + to] = singles[NEW_SIZE + i]
        singles[CEILING + to] = singles[NEW_CEILING + i]
        doubles[BEGIN + to] = doubles[END + i]
        doubles[SENSITIVITY + to] = doubles[SENSITIVITY + i]
        doubles[LOST + to] = doubles[LOST + i]
        wholes[FROM_NOWHERE + to] = np.int64(wholes[SEEN + i] == 0)
        wholes[SEEN + to] = 1
        kept += wholes[STAYS + i]
    for i in range(kept, lanes):  # loops run on over lanes that are empty: they must hold times a clock can read
        doubles[BEGIN + i] = 0.0
    return kept


@lane_pass
def run_chunk(
    words: Any, singles: Any, doubles: Any, wholes: Any, who: Any, begin: int, lanes: int, speeds: Any, stretches: Any,
    losses: Any, drop: Any, law: Any, last: Any, patch: Any, rows: Any, bins: Any, edges: Any, first_of: Any,
    times: Any, deeds: Any, tables: Any, table_rows: Any, means: Any, key_0: Any, key_1: Any, sums: bool, phases: bool,
    countable_only: bool,
) -> None:  # fmt: skip
    """Every cycle of one chunk of follicles of one patch and origin."""
    plain, sensitive, plain_run, sensitive_run = speeds
    born = who[-2]
    load_chunk(words, singles, doubles, wholes, who, begin, lanes)
    draw_words(words, lanes, 0, START, key_0, key_1)
    for i in range(lanes):
        words[PICK + i], words[GONE + i] = words[WORD_0 + i], words[WORD_1 + i]
    draw_words(words, lanes, 1, START, key_0, key_1)
    cycle = 0
    while lanes > 0 and cycle < MOST_CYCLES:
        whole = (lanes + VECTORS - 1) // VECTORS * VECTORS
        if cycle == 0:
            for i in range(lanes):
                look_in(
                    words, doubles, i, tables, table_rows, law, means, speeds, stretches, last, deeds, patch,
                    key_0, key_1, born[begin + i],
                )  # fmt: skip
        else:
            draw_words(words, whole, cycle, CYCLE, key_0, key_1)
            draw_all_lengths(words, singles, whole, tables, table_rows, law)
            end_anagen(singles, doubles, wholes, whole, plain, sensitive, plain_run, sensitive_run, last)
            if deeds[1].size:
                for i in range(lanes):
                    doubles[ANAGEN_END + i] = shocked(
                        words, i, deeds, patch, key_0, key_1, doubles[BEGIN + i], doubles[ANAGEN_END + i]
                    )
            end_rest(singles, doubles, wholes, whole, stretches[0], stretches[1], last)
        make_hair(singles, whole, law)
        if deeds[1].size:
            pluck(words, doubles, wholes, lanes, deeds, patch, key_0, key_1)
        renew(singles, doubles, wholes, whole, losses[0], losses[1], drop, last, law, countable_only)
        for i in range(lanes):
            if wholes[SEEN + i]:
                count_cycle(
                    singles,
                    doubles,
                    wholes,
                    i,
                    rows,
                    bins,
                    edges,
                    first_of,
                    times,
                    law,
                    last,
                    deeds,
                    patch,
                    sums,
                    phases,
                )
        lanes = close_ranks(words, singles, doubles, wholes, lanes)
        cycle += 1


@lane_pass
def run_block(
    who: Any, speeds: Any, stretches: Any, losses: Any, drops: Any, laws: Any, means: Any, tables: Any, table_rows: Any,
    deeds: Any, first_of: Any, times: Any, table: Any, bins: Any, edges: Any, key_0: Any, key_1: Any, sums: bool,
    phases: bool, countable_only: bool, words: Any, singles: Any, doubles: Any, wholes: Any,
) -> None:  # fmt: skip
    """Run every follicle of a block and add what it changes to `table`, shape (patches, (records + 1) columns)."""
    patch_of, origin_of = who[0], who[1]
    plain, sensitive, plain_run, sensitive_run = speeds
    count, last = patch_of.size, plain.shape[1] - 1
    begin = 0
    while begin < count:
        patch, origin = patch_of[begin], origin_of[begin]
        lanes = 1
        while (
            lanes < CHUNK
            and begin + lanes < count
            and patch_of[begin + lanes] == patch
            and origin_of[begin + lanes] == origin
        ):
            lanes += 1
        run_chunk(
            words, singles, doubles, wholes, who, begin, lanes,
            (plain[patch], sensitive[origin], plain_run[patch], sensitive_run[origin]),
            (stretches[0][patch], stretches[1][origin]), (losses[0][patch], losses[1][origin]), drops[patch],
            laws[patch], last, patch, table[patch], bins[patch], edges, first_of, times, deeds, tables, table_rows,
            means[patch], key_0, key_1, sums, phases, countable_only,
        )  # fmt: skip
        begin += lanes
