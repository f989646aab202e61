"""One follicle on one thread of a device: its start, its cycles, and what was done to its hair; as `automaton.py`.

A follicle's name is its number, person and region. The times of a cycle are five: its start, then the ends of anagen,
catagen, telogen and kenogen. What acts in its patch comes as `scalp`: the months of `gpu_clocks.py` here and where its
androgen signal comes from, and the last month.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from anagen.follicle.elementary import WORD
from anagen.follicle.gpu_clocks import SPEED, STRETCH, anagen_after, coursed, kenogen_after, paced
from anagen.follicle.gpu_device import on_device
from anagen.follicle.gpu_draws import (
    ANAGEN,
    BIASED,
    CATAGEN,
    CYCLE,
    INTERVENTION,
    KENOGEN,
    OF_ANAGEN,
    OF_CATAGEN,
    OF_KENOGEN,
    OF_TELOGEN,
    PLAIN,
    POWER,
    START,
    TELOGEN,
    ZERO,
    length_of,
    words_of,
)  # fmt: skip
from anagen.follicle.patches import Act

HALF = 1 / 2
SHOCK, PLUCK, RELEASE = int(Act.SHOCK), int(Act.PLUCK), int(Act.RELEASE)


@on_device
def met(name: Any, keys: Any, place: Any, share: Any) -> Any:
    """Whether an intervention meets this follicle; as `Automaton._met`."""
    return np.float64(words_of(name, INTERVENTION, place, keys)[0]) * WORD < share


@on_device
def shocked(name: Any, keys: Any, deeds: Any, patch: Any, start: Any, anagen_end: Any) -> Any:
    """The end of anagen where a shock cuts it short; as `Automaton._shocked`."""
    months, kinds, _, shares = deeds
    for place in range(kinds.size):
        month = months[place]
        if kinds[place] != SHOCK or start > month or month >= anagen_end:
            continue
        if met(name, keys, place, shares[patch, place]):
            anagen_end = month
    return anagen_end


@on_device
def plucked(name: Any, keys: Any, deeds: Any, patch: Any, turn: Any) -> Any:
    """The times of a cycle, cut short where its hair is plucked or let go, and whether it was plucked.

    As `Automaton._plucked`.
    """
    months, kinds, waits, shares = deeds
    start, anagen_end, catagen_end, telogen_end, _ = turn
    for place in range(kinds.size):
        month = months[place]
        if kinds[place] != PLUCK and kinds[place] != RELEASE:
            continue
        since = start if kinds[place] == PLUCK else catagen_end
        if since >= month or month >= telogen_end:
            continue
        if met(name, keys, place, shares[patch, place]):
            turn = (start, min(anagen_end, month), min(catagen_end, month), month, month + waits[patch, place])
            return turn, kinds[place] == PLUCK
    return turn, False


@on_device
def later_turn(
    name: Any,
    keys: Any,
    s: Any,
    cycle: Any,
    start: Any,
    size: Any,
    law: Any,
    shapes: Any,
    scalp: Any,
    deeds: Any,
    patch: Any,
) -> Any:
    """The times of a cycle that begins with its anagen; as `Automaton._turn`."""
    tables, rows = shapes
    pace, pace_there, course, course_there, last = scalp
    word_0, word_1, word_2, word_3 = words_of(name, CYCLE, cycle, keys)
    run = length_of(word_0, tables, rows[OF_ANAGEN], law, ANAGEN, PLAIN, law[POWER] * size)
    anagen_end = anagen_after(pace, pace_there, s, last, start, run)
    anagen_end = shocked(name, keys, deeds, patch, start, anagen_end)
    catagen_end = anagen_end + length_of(word_3, tables, rows[OF_CATAGEN], law, CATAGEN, PLAIN, ZERO)
    telogen_end = catagen_end + length_of(word_1, tables, rows[OF_TELOGEN], law, TELOGEN, PLAIN, ZERO)
    left = length_of(word_2, tables, rows[OF_KENOGEN], law, KENOGEN, PLAIN, ZERO)
    end = kenogen_after(course, course_there, s, last, telogen_end, left)
    return start, anagen_end, catagen_end, telogen_end, end


@on_device
def first_turn(
    name: Any, keys: Any, s: Any, born: Any, means: Any, law: Any, shapes: Any, scalp: Any, deeds: Any, patch: Any
) -> Any:
    """The times of the cycle a follicle is in at month 0, as a looker-in finds it; as `Automaton._start`."""
    tables, rows = shapes
    pace, pace_there, course, course_there, last = scalp
    pick, gone, _, _ = words_of(name, START, 0, keys)
    word_0, word_1, word_2, word_3 = words_of(name, START, 1, keys)
    speed = paced(pace, pace_there, s, 0, SPEED)
    stretch = coursed(course, course_there, s, 0, STRETCH)
    edge_0 = means[OF_ANAGEN] * (1 / speed)
    edge_1 = edge_0 + means[OF_CATAGEN]
    edge_2 = edge_1 + means[OF_TELOGEN]
    at = (np.float64(pick) + HALF) * WORD * (edge_2 + means[OF_KENOGEN] * stretch)
    in_0, in_1, in_2, in_3 = at <= edge_0, edge_0 < at <= edge_1, edge_1 < at <= edge_2, at > edge_2
    share = (np.float64(gone) + HALF) * WORD
    anagen = length_of(word_0, tables, rows[OF_ANAGEN] + int(in_0), law, ANAGEN, BIASED if in_0 else PLAIN, ZERO)
    catagen = length_of(word_3, tables, rows[OF_CATAGEN] + int(in_1), law, CATAGEN, BIASED if in_1 else PLAIN, ZERO)
    telogen = length_of(word_1, tables, rows[OF_TELOGEN] + int(in_2), law, TELOGEN, BIASED if in_2 else PLAIN, ZERO)
    kenogen = length_of(word_2, tables, rows[OF_KENOGEN] + int(in_3), law, KENOGEN, BIASED if in_3 else PLAIN, ZERO)
    spent_0 = (share if in_0 else 1.0) * anagen * (1 / speed)
    spent_1 = 0.0 if in_0 else (share if in_1 else 1.0) * catagen
    spent_2 = 0.0 if in_0 or in_1 else (share if in_2 else 1.0) * telogen
    spent_3 = share * kenogen * stretch if in_3 else 0.0
    start = -(spent_0 + spent_1 + spent_2 + spent_3)
    anagen_end = start + spent_0
    if in_0:
        anagen_end = anagen_after(pace, pace_there, s, last, 0.0, (1 - share) * anagen)
    anagen_end = shocked(name, keys, deeds, patch, start, anagen_end)
    catagen_end = (1 - share) * catagen if in_1 else anagen_end + catagen
    telogen_end = (1 - share) * telogen if in_2 else catagen_end + telogen
    left = (1 - share) * kenogen if in_3 else kenogen
    end = kenogen_after(course, course_there, s, last, 0.0 if in_3 else telogen_end, left)
    return start, anagen_end, catagen_end, telogen_end, born if born > 0 else end
