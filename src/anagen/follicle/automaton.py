"""The follicle automaton: anagen, catagen, telogen, kenogen, and round again, one event at a time.

Every follicle has an androgen sensitivity, kept for life (also if it is transplanted), a size and a size
ceiling. The lengths of its phases are drawn; anagen is longer in larger follicles and runs on the clock of its patch,
and so does kenogen on a clock of its own (`clock.py`). At each new anagen the size falls by what the patch takes, part
of it for good (the ceiling falls), and then recovers part of the way to its ceiling:

    ceiling <- ceiling - irreversible * max(0, loss)          (logarithms of size; 0 is full size)
    size    <- size - loss
    size    <- size + recovery * (ceiling - drop - size)

This is the readable engine: numpy, all follicles a cycle at a time. `kernel.py` does the same to the bit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anagen.follicle.chance import Purpose, words
from anagen.follicle.clock import Carried, Clock, after_stretched
from anagen.follicle.elementary import WORD, exp32, log32, quantile_of
from anagen.follicle.laws import PHASES, lay_out, phase_means
from anagen.follicle.months import blend, month_of
from anagen.follicle.patches import Act, Follicles, Patches

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Indices = NDArray[np.int64]
Flags = NDArray[np.bool_]

MOST_CYCLES = 4000
IN_LIFE = ("anagen", "catagen", "telogen", "kenogen")


@dataclass
class _State:
    """The follicles still cycling."""

    who: Indices
    start: Floats
    log_size: Singles
    log_ceiling: Singles
    cycle: int = 0


@dataclass(frozen=True)
class Cycle:
    """One cycle of every follicle still cycling; times in months.

    Anagen runs from `start` to `anagen_end`, then catagen to `catagen_end` and telogen to `telogen_end`, when the hair
    is shed (or, where `plucked`, taken out); the empty phase, kenogen, ends at `end`. `leaves`: the last cycle that is
    followed. Diameter in um, growth in mm a month.
    """

    number: int
    who: Indices
    start: Floats
    anagen_end: Floats
    catagen_end: Floats
    telogen_end: Floats
    end: Floats
    diameter: Singles
    growth: Singles
    log_size: Singles
    plucked: Flags
    leaves: Flags


def double(values: Any) -> Floats:
    """In double precision."""
    return np.asarray(values, dtype=np.float64)


class Automaton:
    """The automaton over a set of patches and follicles.

    Parameters
    ----------
    patches, follicles : where and who.
    seed : of every draw.
    countable_only : stop following a follicle once its ceiling is so low that its hair can never be counted
        again (its ceiling never rises); what is counted stays the same, and bald scalp costs no time.
    """

    def __init__(self, patches: Patches, follicles: Follicles, seed: int, countable_only: bool = True) -> None:
        self.patches = patches
        self.follicles = follicles
        self.seed = seed
        self.months = patches.months
        self.laws = lay_out(patches.laws, patches.shapes.all)
        self.countable_only = countable_only
        self._tables = patches.shapes.tables()
        self._rows: dict[str, int] = dict(zip(PHASES, patches.shapes.rows(), strict=True))
        self._stretch = Clock.from_speeds(patches.stretch, patches.stretch_sensitive)
        self._loss = Clock.from_speeds(patches.loss, patches.loss_sensitive)
        self._interventions = patches.ordered()
        self._shares, self._waits = patches.shares(), patches.waits()

    def cycles(self) -> Iterator[Cycle]:
        """Every cycle of every follicle up to the last month, one `Cycle` for each turn."""
        first, state = self._start()
        yield first
        while state.who.size and state.cycle < MOST_CYCLES:
            yield self._turn(state)

    def law(self, name: str, who: Indices) -> Singles:
        """One of the laws laid out, for each of the follicles `who`."""
        return getattr(self.laws, name)[self.follicles.patch[who]]

    def _words(self, purpose: Purpose, who: Indices, cycle: int) -> tuple[NDArray[np.uint32], ...]:
        own = self.follicles
        return words(self.seed, purpose, own.person[who], own.region[who], own.number[who], cycle)

    def _carried(self, clock: Clock, who: Indices) -> Carried:
        own = self.follicles
        return clock.carried(own.patch[who], own.origin[who], own.sensitivity[who])

    def _at(self, quantity: Clock, who: Indices, time: Floats) -> Floats:
        """A monthly quantity of the patch at a time, for each follicle."""
        carried = self._carried(quantity, who)
        month = month_of(time, self.months)
        later = quantity.speed(carried, np.minimum(month + 1, self.months))
        return blend(quantity.speed(carried, month), later, time - month)

    def _plain_at(self, quantity: Floats, who: Indices, time: Floats) -> Floats:
        """A monthly quantity that is the same for every sensitivity, at a time."""
        here = self.follicles.patch[who] * (self.months + 1)
        month = month_of(time, self.months)
        flat = quantity.ravel()
        return blend(flat[here + month], flat[here + np.minimum(month + 1, self.months)], time - month)

    def _log_length(self, phase: str, who: Indices, word: NDArray[np.uint32], biased: bool = False) -> Singles:
        """Logarithm of a phase's length (months) at full size and plain speed; `biased` where it is looked in on."""
        table = self._tables[self._rows[phase] + biased]
        shift = self.law(f"biased_{phase}" if biased else f"shift_{phase}", who)
        return self.law(f"log_{phase}", who) + (self.law(f"scale_{phase}", who) * quantile_of(word, table) + shift)

    def _length(self, phase: str, who: Indices, word: NDArray[np.uint32], inside: Flags | None = None) -> Floats:
        """The length of a phase, months; `inside`: which follicles are looked in on during it."""
        drawn = self._log_length(phase, who, word)
        if inside is not None:
            drawn = np.where(inside, self._log_length(phase, who, word, biased=True), drawn)
        return double(exp32(drawn))

    def _hair(self, who: Indices, log_size: Singles) -> tuple[Singles, Singles]:
        """Diameter (um) and growth (mm a month) of the hair a follicle of this size makes."""
        diameter = self.law("smallest", who) + self.law("per_size", who) * exp32(log_size)
        return diameter, exp32(self.law("log_growth", who) + self.law("growth_power", who) * log32(diameter))

    def _turn(self, state: _State) -> Cycle:
        """One cycle of everyone still cycling; moves `state` on to the next."""
        who = state.who
        anagen, telogen, kenogen, catagen = self._words(Purpose.CYCLE, who, state.cycle)
        longer = self.law("anagen_power", who) * state.log_size
        run = double(exp32(self._log_length("anagen", who, anagen) + longer))
        anagen_end = self.patches.clock.after(self._carried(self.patches.clock, who), state.start, run)
        anagen_end = self._shocked(who, state.start, anagen_end)
        catagen_end = anagen_end + self._length("catagen", who, catagen)
        telogen_end = catagen_end + self._length("telogen", who, telogen)
        empty = self._length("kenogen", who, kenogen)
        end = after_stretched(self._stretch, self._carried(self._stretch, who), telogen_end, empty)
        return self._close(state, state.start, np.stack([anagen_end, catagen_end, telogen_end, end]))

    def _close(self, state: _State, start: Floats, ends: Floats) -> Cycle:
        """A cycle from its start and the four ends of its phases; moves `state` on to the next."""
        who, number, log_size = state.who, state.cycle, state.log_size
        ends, plucked = self._plucked(who, start, ends)
        diameter, growth = self._hair(who, log_size)
        leaves = self._renew(state, ends[-1])
        return Cycle(
            number, who, start, ends[0], ends[1], ends[2], ends[-1], diameter, growth, log_size, plucked, leaves
        )

    def _met(self, acts: tuple[Act, ...], who: Indices) -> Iterator[tuple[Act, float, Floats, Flags]]:
        """The interventions of some kinds: which, when, the wait after it, and which follicles it meets."""
        own = self.follicles
        for place, one in enumerate(self._interventions):
            if (act := Act[one.kind.upper()]) in acts:
                word = self._words(Purpose.INTERVENTION, who, place)[0]
                patch = own.patch[who]
                yield act, one.month, self._waits[place][patch], double(word) * WORD < self._shares[place][patch]

    def _shocked(self, who: Indices, start: Floats, anagen_end: Floats) -> Floats:
        """The end of anagen where a shock cuts it short."""
        for _, month, _, met in self._met((Act.SHOCK,), who):
            anagen_end = np.where(met & (start <= month) & (month < anagen_end), month, anagen_end)
        return anagen_end

    def _plucked(self, who: Indices, start: Floats, ends: Floats) -> tuple[Floats, Flags]:
        """The ends of the phases where a hair is plucked, or let go from its rest: the first time ends its cycle."""
        plucked = np.zeros(who.size, dtype=bool)
        for act, month, wait, met in self._met((Act.PLUCK, Act.RELEASE), who):
            since = start if act is Act.PLUCK else ends[1]
            taken = met & (since < month) & (month < ends[-2])
            cut = np.minimum(ends, month)
            cut[-2], cut[-1] = month, month + wait
            ends = np.where(taken, cut, ends)
            plucked |= taken & (act is Act.PLUCK)
        return ends, plucked

    def _renew(self, state: _State, end: Floats) -> Flags:
        """Sizes at the new anagen; follicles past the last month, or lost, leave: returns which."""
        who = state.who
        loss = self._at(self._loss, who, end).astype(np.float32)
        drop = self._plain_at(self.patches.drop, who, end).astype(np.float32)
        ceiling = state.log_ceiling - self.law("irreversible", who) * np.maximum(loss, np.float32(0))
        size = state.log_size - loss
        size = size + self.law("recovery", who) * ((ceiling - drop) - size)
        stay = (end <= self.months) & (end < self.follicles.lost[who])
        if self.countable_only:
            stay &= ceiling > self.law("too_small", who)
        state.who, state.start = who[stay], end[stay]
        state.log_size, state.log_ceiling = size[stay].astype(np.float32), ceiling[stay].astype(np.float32)
        state.cycle += 1
        return ~stay

    def _start(self) -> tuple[Cycle, _State]:
        """Everyone in the middle of a cycle at month 0, as a looker-in would find them (length-biased)."""
        own = self.follicles
        who = np.arange(own.count)
        pick, gone, _, _ = self._words(Purpose.START, who, 0)
        drawn = dict(zip(PHASES, self._words(Purpose.START, who, 1), strict=True))
        month = np.zeros(who.size, dtype=np.int64)
        slowness = {
            "anagen": 1 / self.patches.clock.speed(self._carried(self.patches.clock, who), month),
            "kenogen": self._stretch.speed(self._carried(self._stretch, who), month),
        }
        phase = self._phase_met(double(pick), slowness)
        share = (double(gone) + 1 / 2) * WORD
        lengths = [self._length(name, who, drawn[name], phase == place) for place, name in enumerate(IN_LIFE)]
        # of each phase: what a looker-in finds spent of it, and what is left (on its own clock)
        spent = [
            np.where(phase < place, 0.0, np.where(phase == place, share, 1.0) * length * slowness.get(name, 1.0))
            for place, (name, length) in enumerate(zip(IN_LIFE, lengths, strict=True))
        ]
        left = [np.where(phase == place, (1 - share) * length, length) for place, length in enumerate(lengths)]
        start = -(spent[0] + spent[1] + spent[2] + spent[-1])
        growing = self.patches.clock.after(self._carried(self.patches.clock, who), np.zeros(who.size), left[0])
        anagen_end = self._shocked(who, start, np.where(phase == 0, growing, start + spent[0]))
        catagen_end = np.where(phase == 1, left[1], anagen_end + lengths[1])
        telogen_end = np.where(phase == 2, left[2], catagen_end + lengths[2])
        empty_from = np.where(phase > 2, 0.0, telogen_end)
        end = after_stretched(self._stretch, self._carried(self._stretch, who), empty_from, left[-1])
        end = np.where(own.born > 0, own.born, end)  # a graft waits empty, then begins a new anagen
        full = np.zeros(who.size, dtype=np.float32)
        state = _State(who, start, full, full.copy())
        cycle = self._close(state, start, np.stack([anagen_end, catagen_end, telogen_end, end]))
        return _of(cycle, own.born <= 0), state

    def _phase_met(self, pick: Floats, slowness: dict[str, Floats]) -> Indices:
        """The phase (its place in IN_LIFE) a looker-in finds each follicle in: by its share of a mean cycle."""
        means = dict(zip(PHASES, phase_means(self.laws)[:, self.follicles.patch], strict=True))
        edges = np.cumsum(np.stack([means[name] * slowness.get(name, 1.0) for name in IN_LIFE]), axis=0)
        return ((pick + 1 / 2) * WORD * edges[-1] > edges[:-1]).sum(axis=0)


def _of(cycle: Cycle, which: Flags) -> Cycle:
    """The cycle of some of the follicles."""
    arrays = {one.name: getattr(cycle, one.name) for one in fields(cycle)}
    return Cycle(**{name: array if name == "number" else array[which] for name, array in arrays.items()})
