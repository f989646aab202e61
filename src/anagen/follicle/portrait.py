"""The hairs that stand at one moment: thickness, length and place, for a picture of the scalp."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anagen.follicle.automaton import Automaton, double
from anagen.follicle.chance import Purpose, uniforms

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Portrait:
    """Hairs of one patch at one month, thin ones too; `place` is (hairs, 2) in the unit square."""

    diameter_um: Floats
    length_mm: Floats
    place: Floats


def portraits(automaton: Automaton, patch: int, months: tuple[int, ...]) -> list[Portrait]:
    """The hairs that stand in one patch at each of `months`; a follicle keeps its place through life."""
    own, visible = automaton.follicles, double(automaton.laws.visible_length[patch])
    found: list[list[tuple[Floats, Floats, Floats]]] = [[] for _ in months]
    for turn in automaton.cycles():
        here = own.patch[turn.who] == patch
        who = turn.who[here]
        start, anagen_end = turn.start[here], turn.anagen_end[here]
        shed = np.minimum(turn.telogen_end[here], own.lost[who])
        place = np.stack(
            uniforms(automaton.seed, Purpose.PLACE, own.person[who], own.region[who], own.number[who])[:2], 1
        )
        for held, month in zip(found, months, strict=True):
            length = double(turn.growth[here]) * (np.minimum(month, anagen_end) - start)
            stands = (start + visible / double(turn.growth[here]) <= np.minimum(month, anagen_end)) & (month < shed)
            held.append((double(turn.diameter[here][stands]), length[stands], place[stands]))
    return [Portrait(*(np.concatenate(parts) for parts in zip(*held, strict=True))) for held in found]
