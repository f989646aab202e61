"""Patches of scalp, who the follicles in them are, and what is done to their hair: all that an engine is given."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import IntEnum
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from anagen.errors import AnagenError
from anagen.follicle.clock import Clock
from anagen.follicle.laws import CycleLaws, Shapes

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

NEVER = 1e9
"""The month of what does not happen."""
LARGEST_NAME = 2**32 - 1
LARGEST_REGION = 255
LONGEST_MONTHS = 100_000
POSITIVE = ("anagen_mean", "catagen_length", "telogen_mean", "kenogen_mean", "growth_rate", "diameter_per_size")
Deed: TypeAlias = Literal["shock", "pluck", "shave", "release"]


class FollicleError(AnagenError):
    """Patches or follicles that cannot be simulated; the text lists every reason, one to a line."""


class Act(IntEnum):
    """What an intervention does, as the engines know it."""

    SHOCK = 0
    PLUCK = 1
    SHAVE = 2
    RELEASE = SHAVE + 1


@dataclass(frozen=True)
class Intervention:
    """Something done at one moment to the hairs of a patch, or of all.

    Attributes
    ----------
    kind : `shock` sends growing follicles into catagen at once (telogen effluvium); `pluck` takes hairs out, and the
        follicle stays empty for `wait` months before it grows again; `shave` cuts every hair to nothing and changes
        no cycle; `release` lets resting hairs fall, and their follicles grow again at once (`wait` 0) or later.
    month : when.
    share : of the follicles it meets, 0 to 1 (each by its own draw), one number or one for each of its patches; for a
        shave 1.
    wait : months a plucked or released follicle stays empty; one number or one for each of its patches.
    patches : which patches; None is all.
    """

    kind: Deed
    month: float
    share: float | Floats = 1.0
    wait: float | Floats = 0.0
    patches: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Patches:
    """Patches of scalp and what acts on them, at whole months; each array of shape (patches, months + 1).

    A follicle of sensitivity s meets `stretch + s * stretch_sensitive`, and so on; between months all is linear.

    Attributes
    ----------
    clock : speed of anagen.
    stretch : how much longer kenogen lasts.
    stretch_sensitive : what sensitivity adds to it.
    loss : of log size at a new anagen.
    loss_sensitive : what sensitivity adds to it.
    drop : how far below its ceiling a size recovers to (logarithm).
    laws : of the cycle.
    shapes : of the laws of the phases' lengths.
    interventions : in any order.
    """

    clock: Clock
    stretch: Floats
    stretch_sensitive: Floats
    loss: Floats
    loss_sensitive: Floats
    drop: Floats
    laws: CycleLaws
    shapes: Shapes = field(default_factory=Shapes.usual)
    interventions: tuple[Intervention, ...] = ()

    @property
    def count(self) -> int:
        """How many patches there are."""
        return self.drop.shape[0]

    @property
    def months(self) -> int:
        """How many months are simulated."""
        return self.clock.months

    def ordered(self) -> tuple[Intervention, ...]:
        """The interventions by time."""
        return tuple(sorted(self.interventions, key=lambda one: one.month))

    def shares(self) -> Floats:
        """The share of each intervention in each patch, shape (interventions, patches)."""
        return self._by_patch([one.share for one in self.ordered()])

    def waits(self) -> Floats:
        """The wait after each intervention in each patch, months, shape (interventions, patches)."""
        return self._by_patch([one.wait for one in self.ordered()])

    def _by_patch(self, values: list[float | Floats]) -> Floats:
        table = np.zeros((len(values), self.count))
        for row, one, told in zip(table, self.ordered(), values, strict=True):
            row[list(range(self.count) if one.patches is None else one.patches)] = told
        return table


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

    @property
    def count(self) -> int:
        """How many there are."""
        return self.patch.size

    def part(self, begin: int, end: int) -> Follicles:
        """Those from one place to before another."""
        return Follicles(**{one.name: getattr(self, one.name)[begin:end] for one in fields(self)})

    @staticmethod
    def in_one_patch(count: int, sensitivity: float | Floats = 1.0, first: int = 0, patch: int = 0) -> Follicles:
        """A number of follicles of one patch and person, numbered from `first` on, that live for ever."""
        zeros = np.zeros(count, dtype=np.int64)
        return Follicles(
            patch=zeros + patch,
            origin=zeros + patch,
            person=zeros,
            region=zeros,
            number=np.arange(first, first + count),
            sensitivity=np.broadcast_to(np.asarray(sensitivity, dtype=np.float64), (count,)).copy(),
            born=np.zeros(count),
            lost=np.full(count, NEVER),
        )


def check(patches: Patches, times: Floats) -> None:
    """Refuse patches and times that no engine can run, with every reason.

    Raises
    ------
    FollicleError
        For times that are none or unsorted, speeds and means that are not positive numbers, and interventions outside
        the simulated months.
    """
    found = [*_wrong_arrays(patches), *_wrong_laws(patches.laws, patches.count)]
    if not times.size:
        found.append("times: there are none; give at least one month to count at")
    elif not np.isfinite(times).all() or (np.diff(times) <= 0).any() or times[0] < 0 or times[-1] > patches.months:
        found.append(f"times: they must rise and lie within 0 to {patches.months} months")
    for one in patches.interventions:
        found += _wrong_intervention(one, patches)
    _refuse(found)


def check_follicles(patches: Patches, follicles: Follicles) -> None:
    """Refuse follicles that no engine can run, with every reason.

    Raises
    ------
    FollicleError
        For none at all, names too large for the random numbers, and sensitivities that would stop a clock.
    """
    _refuse(_wrong_follicles(patches, follicles))


def _refuse(found: list[str]) -> None:
    if found:
        raise FollicleError("\n".join(found))


def _wrong_arrays(patches: Patches) -> list[str]:
    shape = patches.drop.shape
    found = [f"months: {patches.months} is outside 1 to {LONGEST_MONTHS}"] * (not 0 < patches.months <= LONGEST_MONTHS)
    arrays = {"clock.plain": patches.clock.plain, "clock.sensitive": patches.clock.sensitive}
    arrays |= {
        name: getattr(patches, name) for name in ("stretch", "stretch_sensitive", "loss", "loss_sensitive", "drop")
    }
    for name, array in arrays.items():
        if array.shape != shape:
            found.append(f"{name}: its shape {array.shape} is not that of the other arrays, {shape}")
        elif not np.isfinite(array).all():
            found.append(f"{name}: holds something that is not a finite number")
    for name in ("clock.plain", "stretch"):
        lowest = np.nanmin(arrays[name], initial=np.inf)
        if not lowest >= np.finfo(np.float32).tiny:
            found.append(f"{name}: {lowest:g} is not a positive speed; a phase would never end")
    return found


def _wrong_laws(laws: CycleLaws, count: int) -> list[str]:
    found: list[str] = []
    for one in fields(laws):
        array = np.asarray(getattr(laws, one.name), dtype=np.float64)
        lowest = float(np.nanmin(array, initial=np.inf))
        if array.shape != (count,):
            found.append(f"laws.{one.name}: its shape {array.shape} is not one value for each of {count} patches")
        elif not np.isfinite(array).all():
            found.append(f"laws.{one.name}: holds something that is not a finite number")
        elif one.name in POSITIVE and lowest < np.finfo(np.float32).tiny:
            found.append(f"laws.{one.name}: {lowest:g} must be more than 0")
        elif lowest < 0:
            found.append(f"laws.{one.name}: {lowest:g} must not be negative")
    return found


def _wrong_follicles(patches: Patches, follicles: Follicles) -> list[str]:
    if not follicles.count:
        return ["follicles: there are none; give at least one"]
    found: list[str] = []
    for name, highest in (
        ("patch", patches.count - 1), ("origin", patches.count - 1), ("region", LARGEST_REGION),
        ("person", LARGEST_NAME), ("number", LARGEST_NAME),
    ):  # fmt: skip
        array = getattr(follicles, name)
        if array.shape != follicles.patch.shape:
            found.append(f"follicles.{name}: its shape {array.shape} is not {follicles.patch.shape}")
        elif array.min() < 0 or array.max() > highest:
            found.append(f"follicles.{name}: {array.min()} to {array.max()} is outside 0 to {highest}")
    if np.abs(follicles.born).max() > NEVER:
        found.append(f"follicles.born: a month beyond {NEVER:g} is never; leave such follicles out")
    for name in ("sensitivity", "born", "lost"):
        array = getattr(follicles, name)
        if array.shape != follicles.patch.shape:
            found.append(f"follicles.{name}: its shape {array.shape} is not {follicles.patch.shape}")
        elif np.isnan(array).any():
            found.append(f"follicles.{name}: holds something that is not a number")
    if not found:
        found += _wrong_speeds(patches, follicles)
    return found


def _wrong_speeds(patches: Patches, follicles: Follicles) -> list[str]:
    """Speeds are linear in sensitivity, so the largest and the smallest tell all."""
    found: list[str] = []
    low, high = float(follicles.sensitivity.min()), float(follicles.sensitivity.max())
    if low < 0 or not np.isfinite(high):
        return [f"follicles.sensitivity: {low:g} to {high:g}; it must be a number from 0 on"]
    for name, plain, added in (
        ("clock", patches.clock.plain, patches.clock.sensitive),
        ("stretch", patches.stretch, patches.stretch_sensitive),
    ):  # fmt: skip
        if plain.shape == added.shape and float(plain.min() + high * min(float(added.min()), 0)) <= 0:
            found.append(f"{name}: a follicle of sensitivity {high:g} would have a speed of 0 or below")
    return found


def _wrong_intervention(one: Intervention, patches: Patches) -> list[str]:
    where = f"intervention {one.kind!r} at month {one.month:g}"
    found: list[str] = []
    if one.kind not in get_args(Deed):
        found.append(f"{where}: the kind must be shock, pluck, shave or release")
    if not 0 < one.month <= patches.months:
        found.append(f"{where}: it must lie after 0 and within {patches.months} months")
    shares, waits = np.atleast_1d(one.share), np.atleast_1d(one.wait)
    met = patches.count if one.patches is None else len(one.patches)
    for values, name in ((shares, "shares"), (waits, "waits")):
        if values.size not in (1, met):
            found.append(f"{where}: {values.size} {name} are not one for each of {met} patches")
    for share in shares[~((shares >= 0) & (shares <= 1))][:1]:
        found.append(f"{where}: a share of {share:g} is outside 0 to 1")
    for wait in waits[~((waits >= 0) & (waits <= LONGEST_MONTHS))][:1]:
        found.append(f"{where}: a wait of {wait:g} months is outside 0 to {LONGEST_MONTHS}")
    for patch in one.patches or ():
        if not 0 <= patch < patches.count:
            found.append(f"{where}: there is no patch {patch}")
    return found
