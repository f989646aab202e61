"""Histories: every event of every follicle, on request; for teaching, checking and drawing single follicles."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anagen.follicle.automaton import Automaton
from anagen.follicle.patches import FollicleError, Follicles, Patches, check, check_follicles

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
Flags = NDArray[np.bool_]

MOST_FOLLICLES = 1_000_000


@dataclass(frozen=True)
class Histories:
    """A row for each cycle, by follicle and then by cycle; each array of shape (cycles,).

    Attributes
    ----------
    follicle : its place among those given. cycle : its number; 0 is the one a looker-in finds at month 0.
    start, anagen_end, catagen_end, telogen_end, end : months; the hair is shed at `telogen_end`.
    size : relative to full size. diameter : um. growth : mm a month.
    plucked : whether the hair was taken out at `telogen_end`.
    """

    follicle: Indices
    cycle: Indices
    start: Floats
    anagen_end: Floats
    catagen_end: Floats
    telogen_end: Floats
    end: Floats
    size: Floats
    diameter: Floats
    growth: Floats
    plucked: Flags

    def of(self, follicle: int) -> Histories:
        """The cycles of one follicle."""
        mine = self.follicle == follicle
        return Histories(**{one.name: getattr(self, one.name)[mine] for one in fields(self)})


def histories(patches: Patches, follicles: Follicles, seed: int) -> Histories:
    """Every cycle of every follicle up to the last month.

    Raises
    ------
    FollicleError
        Where this cannot be simulated, or there are too many follicles for one table.

    Examples
    --------
    >>> from anagen.follicle.clock import Clock
    >>> from anagen.follicle.laws import CycleLaws
    >>> one, none = np.ones((1, 241)), np.zeros((1, 241))
    >>> scalp = Patches(Clock.from_speeds(one, none), one, none, none, none, none, CycleLaws.central(1))
    >>> first = histories(scalp, Follicles.in_one_patch(3), seed=2).of(0)
    >>> bool((first.start[1:] == first.end[:-1]).all())
    True
    """
    check(patches, np.array([0.0]))
    check_follicles(patches, follicles)
    if follicles.count > MOST_FOLLICLES:
        raise FollicleError(f"follicles: {follicles.count} are too many for one table; give at most {MOST_FOLLICLES}")
    turns = list(Automaton(patches, follicles, seed, countable_only=False).cycles())
    columns: dict[str, NDArray[Any]] = {
        "follicle": np.concatenate([turn.who for turn in turns]),
        "cycle": np.concatenate([np.full(turn.who.size, turn.number) for turn in turns]),
        "size": np.exp(np.concatenate([turn.log_size for turn in turns]).astype(np.float64)),
        "plucked": np.concatenate([turn.plucked for turn in turns]),
    }
    for name in ("start", "anagen_end", "catagen_end", "telogen_end", "end", "diameter", "growth"):
        columns[name] = np.concatenate([getattr(turn, name) for turn in turns]).astype(np.float64)
    order = np.lexsort((columns["cycle"], columns["follicle"]))
    return Histories(**{name: column[order] for name, column in columns.items()})
