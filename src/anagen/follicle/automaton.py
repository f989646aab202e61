"""The follicle automaton: anagen, catagen, telogen, kenogen, and round again, one event at a time.

Every follicle has an androgen sensitivity, kept for life (also if it is transplanted), a size and a size
ceiling. Phase lengths are lognormal; anagen is longer in larger follicles and runs on the clock of its patch
(`clock.py`). At each new anagen the size falls by what the patch takes, part of it for good (the ceiling
falls), and then recovers part of the way to its ceiling:

    ceiling <- ceiling - irreversible * max(0, loss)          (logarithms of size; 0 is full size)
    size    <- size - loss
    size    <- size + recovery * (ceiling - drop - size)

A hair is counted when it is thick enough, from a month after its anagen began until it is shed at the end of
telogen; in kenogen the follicle is empty. This is the readable engine: numpy, all follicles a cycle at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from anagen.evidence.parameters import value
from anagen.follicle.chance import Purpose, normals, uniforms
from anagen.follicle.clock import Clock

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

OUTPUTS = ("hairs", "terminal", "anagen", "empty", "diameter", "final_length", "shed")
MOST_CYCLES = 4000


@dataclass(frozen=True)
class CycleLaws:
    """How long the phases last and how hair follows size; one entry for each patch, shape (patches,).

    Lengths in months, spreads as coefficients of variation, diameters in um, growth in mm a month.
    """

    anagen_mean: Floats
    anagen_size_power: Floats
    anagen_spread: Floats
    catagen_length: Floats
    telogen_mean: Floats
    telogen_spread: Floats
    kenogen_mean: Floats
    kenogen_spread: Floats
    size_recovery: Floats
    irreversible_share: Floats
    diameter_smallest: Floats
    diameter_per_size: Floats
    counted_diameter: Floats
    terminal_diameter: Floats
    visible_after: Floats
    growth_rate: Floats
    growth_diameter_power: Floats
    growth_reference_diameter: Floats


@dataclass(frozen=True)
class Patches:
    """Patches of scalp and what acts on them, at whole months; each array of shape (patches, months + 1).

    A follicle of sensitivity s meets `stretch + s * stretch_sensitive`, and so on.
    """

    clock: Clock
    stretch: Floats
    stretch_sensitive: Floats
    loss: Floats
    loss_sensitive: Floats
    drop: Floats
    laws: CycleLaws

    @property
    def count(self) -> int:
        """How many patches there are."""
        return self.drop.shape[0]


@dataclass(frozen=True)
class Follicles:
    """Who the follicles are; each array of shape (follicles,).

    Attributes
    ----------
    patch : where each stands; origin : the patch whose androgen signal it carries (differs if transplanted).
    person, region, number : its name in the random numbers.
    sensitivity : to androgen.
    born : month it starts in its patch (0 or before: from the start); lost : month it is lost for good.
    """

    patch: Indices
    origin: Indices
    person: Indices
    region: Indices
    number: Indices
    sensitivity: Floats
    born: Floats
    lost: Floats


def lognormal_of(normal: Floats, mean: Floats, spread: Floats) -> Floats:
    """A lognormal of given mean and coefficient of variation, from a standard normal."""
    variance = np.log1p(spread**2)
    return mean * np.exp(np.sqrt(variance) * normal - variance / 2)


def length_biased_of(normal: Floats, mean: Floats, spread: Floats) -> Floats:
    """The same law seen by somebody who looks in at a random moment: longer phases are met more often."""
    variance = np.log1p(spread**2)
    return mean * np.exp(np.sqrt(variance) * normal + variance / 2)


@dataclass
class _State:
    """The follicles still cycling."""

    who: Indices
    start: Floats
    log_size: Floats
    log_ceiling: Floats
    cycle: int = 0


@dataclass(frozen=True)
class Cycle:
    """One cycle of every follicle still cycling; times in months.

    anagen runs from `start` to `anagen_end`; the hair is shed at `telogen_end`; kenogen ends at `end`.
    """

    who: Indices
    start: Floats
    anagen_end: Floats
    telogen_end: Floats
    end: Floats
    diameter: Floats
    growth: Floats


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
        self.months = patches.clock.months
        self._laws = {one.name: getattr(patches.laws, one.name)[follicles.patch] for one in fields(CycleLaws)}
        self.countable_only = countable_only
        laws = self._laws
        thinnest = (laws["counted_diameter"] - laws["diameter_smallest"]) / laws["diameter_per_size"]
        self._smallest = np.log(thinnest) - value("regrowth_room")
        # where each follicle's patch begins in the monthly arrays laid flat
        self._row = follicles.patch * (self.months + 1)
        self._origin_row = follicles.origin * (self.months + 1)

    def cycles(self) -> Iterator[Cycle]:
        """Every cycle of every follicle up to the last month, one `Cycle` for each turn."""
        first, state = self._start()
        yield first
        while state.who.size and state.cycle < MOST_CYCLES:
            yield self._turn(state)

    def law(self, name: str, who: Indices) -> Floats:
        """One of the laws, for each of the follicles `who`."""
        return self._laws[name][who]

    def _drawn(self, purpose: Purpose, who: Indices, cycle: int) -> tuple[Floats, ...]:
        own = self.follicles
        return normals(self.seed, purpose, own.person[who], own.region[who], own.number[who], cycle)

    def _at(self, plain: Floats, sensitive: Floats | None, who: Indices, time: Floats) -> Floats:
        """A monthly quantity of the patch at a time, for each follicle (the month it falls in)."""
        month = np.clip(time.astype(np.int64), 0, self.months)
        value = plain.ravel()[self._row[who] + month]
        if sensitive is None:
            return value
        return value + self.follicles.sensitivity[who] * sensitive.ravel()[self._origin_row[who] + month]

    def _hair(self, who: Indices, log_size: Floats) -> tuple[Floats, Floats]:
        """Diameter (um) and growth (mm a month) of the hair a follicle of this size makes."""
        diameter = self.law("diameter_smallest", who) + self.law("diameter_per_size", who) * np.exp(log_size)
        relative = diameter / self.law("growth_reference_diameter", who)
        return diameter, self.law("growth_rate", who) * relative ** self.law("growth_diameter_power", who)

    def _phases(self, state: _State, anagen_end: Floats, z: tuple[Floats, ...]) -> tuple[Floats, Floats]:
        """Ends of telogen and kenogen, given the end of anagen."""
        who = state.who
        telogen = lognormal_of(z[1], self.law("telogen_mean", who), self.law("telogen_spread", who))
        telogen_end = anagen_end + self.law("catagen_length", who) + telogen
        return telogen_end, telogen_end + self._kenogen(who, telogen_end, z[2])

    def _kenogen(self, who: Indices, begin: Floats, z: Floats) -> Floats:
        kenogen = lognormal_of(z, self.law("kenogen_mean", who), self.law("kenogen_spread", who))
        return kenogen * self._at(self.patches.stretch, self.patches.stretch_sensitive, who, begin)

    def _turn(self, state: _State) -> Cycle:
        """One cycle of everyone still cycling; moves `state` on to the next."""
        own, who = self.follicles, state.who
        z = self._drawn(Purpose.CYCLE, who, state.cycle)
        mean = self.law("anagen_mean", who) * np.exp(self.law("anagen_size_power", who) * state.log_size)
        run = lognormal_of(z[0], mean, self.law("anagen_spread", who))
        anagen_end = self.patches.clock.after(own.patch[who], own.origin[who], own.sensitivity[who], state.start, run)
        telogen_end, end = self._phases(state, anagen_end, z)
        diameter, growth = self._hair(who, state.log_size)
        turn = Cycle(who, state.start, anagen_end, telogen_end, end, diameter, growth)
        self._renew(state, end)
        return turn

    def _renew(self, state: _State, end: Floats) -> None:
        """Sizes at the new anagen; follicles past the last month, or lost, leave."""
        who = state.who
        loss = self._at(self.patches.loss, self.patches.loss_sensitive, who, end)
        ceiling = state.log_ceiling - self.law("irreversible_share", who) * np.maximum(loss, 0)
        size = state.log_size - loss
        target = ceiling - self._at(self.patches.drop, None, who, end)
        size = size + self.law("size_recovery", who) * (target - size)
        stay = (end <= self.months) & (end < self.follicles.lost[who])
        if self.countable_only:
            stay &= ceiling > self._smallest[who]
        state.who, state.start = who[stay], end[stay]
        state.log_size, state.log_ceiling = size[stay], ceiling[stay]
        state.cycle += 1

    def _start(self) -> tuple[Cycle, _State]:
        """Everyone in the middle of a cycle at month 0, as a looker-in would find them (length-biased)."""
        own = self.follicles
        everyone = np.arange(own.patch.size)
        zero = np.zeros(everyone.size)
        state = _State(everyone, zero, zero.copy(), zero.copy())
        u = uniforms(self.seed, Purpose.START, own.person, own.region, own.number, 0)
        z = self._drawn(Purpose.START, everyone, 1)
        names = ("anagen", "telogen", "kenogen")
        means = [self.law(f"{name}_mean", everyone) for name in names]
        spreads = [self.law(f"{name}_spread", everyone) for name in names]
        anagen, telogen, kenogen = (lognormal_of(z[i], means[i], spreads[i]) for i in range(len(names)))
        anagen_mean, telogen_mean, kenogen_mean = means
        catagen = self.law("catagen_length", everyone)
        speed = self.patches.clock.read(own.patch, own.origin, own.sensitivity, zero)[1]
        stretch = self._at(self.patches.stretch, self.patches.stretch_sensitive, everyone, zero)
        lengths = np.stack([anagen_mean / speed, catagen, telogen_mean, kenogen_mean * stretch])
        edges = np.cumsum(lengths, axis=0) / lengths.sum(axis=0)
        phase = (u[0] > edges[:-1]).sum(axis=0)

        biased = [length_biased_of(z[i], means[i], spreads[i]) for i in range(len(names))]
        anagen = np.where(phase == 0, biased[0], anagen) / speed
        telogen = np.where(phase == 2, biased[1], telogen)
        kenogen = np.where(phase > 2, biased[2], kenogen) * stretch
        spent = np.stack([zero, anagen, anagen + catagen, anagen + catagen + telogen])
        current = np.stack([anagen, catagen, telogen, kenogen])
        pick = (phase, everyone)
        begin = -(spent[pick] + u[1] * current[pick])
        grafted = own.born > 0  # a graft waits empty, then begins a new anagen
        running = self.patches.clock.after(own.patch, own.origin, own.sensitivity, zero, (1 - u[1]) * anagen * speed)
        anagen_end = np.where(phase == 0, running, begin + anagen)
        telogen_end = anagen_end + catagen + telogen
        end = np.where(grafted, own.born, telogen_end + kenogen)
        diameter, growth = self._hair(everyone, state.log_size)
        seen = ~grafted
        first = Cycle(
            everyone[seen],
            begin[seen],
            anagen_end[seen],
            telogen_end[seen],
            end[seen],
            diameter[seen],
            growth[seen],
        )
        self._renew(state, end)
        return first, state
