"""The outlook: a routine and its baseline, run through the flowchart and the follicles for decades.

For every drawn person the slow states of the scalp are stepped through life (`flowchart.evaluate`), what acts
on follicles is worked out along the way, and a patch of follicles in every region is grown under it
(`follicle.grow`), in both arms and under every hypothesis, with the same luck.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, fields, replace
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anagen.errors import AnagenError
from anagen.evidence.parameters import parameters, value
from anagen.flowchart.chart import flowchart
from anagen.flowchart.courses import Request, courses
from anagen.flowchart.hypotheses import Hypothesis
from anagen.follicle.chance import Purpose, normals, uniforms
from anagen.follicle.clock import Clock
from anagen.follicle.laws import CycleLaws
from anagen.follicle.patches import NEVER, Follicles, Intervention, Patches
from anagen.outlook.exposure import Exposure
from anagen.outlook.overrides import overridden
from anagen.outlook.people import draw_parameters, follicle_sensitivity, log_sensitivity, skull_shape
from anagen.routine import REGIONS, Region
from anagen.scenario import Scenario

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

MONTHS = 12
SMALLEST_PART = 1e-6
EARLIEST_AGE = 12.0  # childhood changes nothing: the androgen signal begins at puberty
GROWING_UP = 20.0
DRIVES = ("anagen_speed", "kenogen_stretch", "size_loss")
TISSUE = ("blood_flow", "bulb_po2", "fibrosis", "calcification", "vessel_density", "plasma_magnesium", "serum_dht")


@dataclass(frozen=True)
class Frame:
    """What is run: who, where, under which hypotheses, over which months of life.

    Attributes
    ----------
    begin : age (years) at month 0; months : how many follow.
    arms : 2 for baseline and plan, 1 for the plan alone.
    persons : which drawn people.
    follicles : how many in each patch.
    """

    scenario: Scenario
    hypotheses: tuple[Hypothesis, ...]
    regions: tuple[Region, ...]
    persons: Indices
    begin: float
    months: int
    arms: int
    follicles: int
    seed: int

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """Axes of every patch: hypothesis, arm, region, person."""
        return len(self.hypotheses), self.arms, len(self.regions), self.persons.size


@dataclass(frozen=True)
class Course:
    """What the scalp goes through, at chosen months; arrays of shape (months, hypothesis, arm, region, person).

    `drives` are given at sensitivity 0 and as what each unit of sensitivity adds.
    """

    knots: Indices
    tissue: dict[str, Floats]
    drives: dict[str, tuple[Floats, Floats]]
    drop: Floats
    loss: Floats
    release: Floats


def month_come(frame: Frame, age: float) -> int:
    """The first whole month by which an age has come."""
    return ceil((age - frame.begin) * MONTHS - SMALLEST_PART)  # a little less: a whole month is not passed over


def knots_of(frame: Frame, changes: Sequence[float]) -> Indices:
    """The months at which the flowchart is worked out: each year (each quarter while growing up), and a month
    before and at every change of dose."""
    step = MONTHS // 4
    young = np.arange(0, max(int((GROWING_UP - frame.begin) * MONTHS), 0), step)
    months = set(np.arange(0, frame.months + 1, MONTHS)) | set(young) | {frame.months}
    for age in changes:
        month = month_come(frame, age)
        months |= {month - 1, month}
    return np.array(sorted(month for month in months if 0 <= month <= frame.months), dtype=np.int64)


MEASURED = "plasma_magnesium_reference"  # what was measured in a person stands under every hypothesis


def person_parameters(frame: Frame) -> dict[str, Floats]:
    """Every parameter by person, shaped to broadcast over (hypothesis, arm, region, person).

    Where a hypothesis sets a parameter, its own stands in place of the draw, under that hypothesis only.
    """
    drawn = draw_parameters(parameters(), frame.regions, frame.persons, frame.seed)
    known = frame.scenario.person.plasma_magnesium_mmol_l
    if known is not None:
        drawn[MEASURED] = np.full((1, frame.persons.size), known)
    shaped = {name: array[np.newaxis, np.newaxis] for name, array in drawn.items()}
    measured = frozenset[str]() if known is None else frozenset({MEASURED})
    return shaped | overridden(frame.hypotheses, drawn, frame.regions, frame.persons, frame.seed, measured)


def course(frame: Frame, drawn: dict[str, Floats]) -> Course:
    """Run the flowchart through life."""
    chart = flowchart()
    under = [one.gates(chart) for one in frame.hypotheses]
    gates = {name: np.array([each[name] for each in under]).reshape(-1, 1, 1, 1) for name in chart.arrows}
    gates = {name: gate if gate.min() < 1 else 1 for name, gate in gates.items()}
    exposure = Exposure(frame.scenario, frame.persons, frame.seed, frame.arms)
    knots = knots_of(frame, exposure.changes())
    ages = frame.begin + knots / MONTHS
    region = np.array([REGIONS.index(one) for one in frame.regions])
    luck = normals(frame.seed, Purpose.NETWORK, frame.persons[np.newaxis, :], region[:, np.newaxis])[0]
    skull = skull_shape(frame.persons, frame.seed)
    steady = {"network_luck": luck[np.newaxis, np.newaxis], "skull_shape": skull}
    given = [exposure.at(float(age)) for age in ages]
    found = courses(
        Request(
            shape=frame.shape,
            gates=gates,
            parameters=drawn,
            fixed=steady,
            moving=given,
            ages=ages,
            wanted=(*TISSUE, *DRIVES, "ceiling_drop", "follicle_loss", "telogen_release"),
            raised=DRIVES,
        )
    )
    return Course(
        knots=knots,
        tissue={name: found.values[name] for name in TISSUE},
        drives={name: (found.values[name], found.added[name]) for name in DRIVES},
        drop=found.values["ceiling_drop"],
        loss=found.values["follicle_loss"],
        release=found.values["telogen_release"],
    )


def between(knots: Indices, values: Floats, months: Indices) -> Floats:
    """Linear interpolation along the first axis, from the knots to `months`."""
    after = np.clip(np.searchsorted(knots, months, side="left"), 1, knots.size - 1)
    share = (months - knots[after - 1]) / (knots[after] - knots[after - 1])
    share = share.reshape(-1, *([1] * (values.ndim - 1)))
    return values[after - 1] * (1 - share) + values[after] * share


def monthly(knots: Indices, values: Floats, months: int) -> Floats:
    """A course at every month, with the patches in one axis: shape (patches, months + 1)."""
    every = between(knots, values, np.arange(months + 1))
    return np.ascontiguousarray(every.reshape(months + 1, -1).T)


def patches_of(frame: Frame, run: Course, drawn: dict[str, Floats]) -> Patches:
    """The patches of scalp of a frame, in the order of its axes."""

    def plain_and_added(name: str) -> tuple[Floats, Floats]:
        plain, added = run.drives[name]
        return monthly(run.knots, plain, frame.months), monthly(run.knots, added, frame.months)

    stretch, stretch_sensitive = plain_and_added("kenogen_stretch")
    loss, loss_sensitive = plain_and_added("size_loss")
    laws = CycleLaws(
        **{one.name: np.broadcast_to(drawn[one.name], frame.shape).reshape(-1).copy() for one in fields(CycleLaws)}
    )
    return Patches(
        clock=Clock.from_speeds(*plain_and_added("anagen_speed")),
        stretch=stretch,
        stretch_sensitive=stretch_sensitive,
        loss=loss,
        loss_sensitive=loss_sensitive,
        drop=monthly(run.knots, run.drop, frame.months),
        laws=laws,
        interventions=releases(
            run.knots,
            run.release.reshape(run.knots.size, -1),
            np.broadcast_to(drawn["release_wait"], frame.shape).reshape(-1),
            value("release_delay"),
        ),
    )


def releases(knots: Indices, release: Floats, wait: Floats, delay: float) -> tuple[Intervention, ...]:
    """The resting hairs that are let go: some time after each rise of their share, as many more as it rose.

    `release` is the share let go in each patch, shape (knots, patches); `wait` how long their follicles then stay
    empty, and `delay` how long after the rise they fall, months.
    """
    rises = np.clip(np.diff(release, axis=0), 0, 1)
    return tuple(
        Intervention("release", float(month + delay), rise, wait)
        for month, rise in zip(knots[1:], rises, strict=True)
        if rise.any() and month + delay <= knots[-1]
    )


def follicles_of(frame: Frame, run: Course) -> Follicles:
    """The follicles of every patch, each where it stands from the beginning on; `grafts` moves those of a plan."""
    return with_losses(frame, run, all_follicles(frame))


def with_losses(frame: Frame, run: Course, whole: Follicles) -> Follicles:
    """Follicles with the month that each is lost for good."""
    return replace(whole, lost=months_lost(monthly(run.knots, run.loss, frame.months), whole, frame.seed))


def all_follicles(frame: Frame) -> Follicles:
    """Who the follicles of every patch are; no plan and no course changes it."""
    patch_count = int(np.prod(frame.shape))
    patch = np.repeat(np.arange(patch_count), frame.follicles)
    _, _, region, person = np.unravel_index(patch, frame.shape)
    persons = frame.persons[person]
    regions = np.array([REGIONS.index(one) for one in frame.regions])[region]
    numbers = np.tile(np.arange(frame.follicles), patch_count)
    log_person = log_sensitivity(frame.scenario.person, frame.persons, frame.seed)[person]
    return Follicles(
        patch=patch,
        origin=patch,
        person=persons,
        region=regions,
        number=numbers,
        sensitivity=follicle_sensitivity(log_person, persons, regions, numbers, frame.seed),
        born=np.zeros(patch.size),
        lost=np.full(patch.size, NEVER),
    )


def months_lost(hazard: Floats, follicles: Follicles, seed: int) -> Floats:
    """The month each follicle is lost for good: its hazard summed up reaches an exponential draw.

    `hazard` is that of each patch at every month (1/year), shape (patches, months + 1).
    """
    each_month = hazard / MONTHS
    summed = np.zeros_like(each_month)
    np.cumsum((each_month[:, :-1] + each_month[:, 1:]) / 2, axis=1, out=summed[:, 1:])
    draw = -np.log(uniforms(seed, Purpose.LOSS, follicles.person, follicles.region, follicles.number)[0])
    lost = np.full(draw.size, NEVER)
    some = draw < summed[follicles.patch, -1]
    rows = summed[follicles.patch[some]]
    lost[some] = (rows < draw[some][:, np.newaxis]).sum(axis=1)
    return lost


@dataclass(frozen=True)
class Scalp:
    """A frame made ready to grow: patches, follicles, what the scalp goes through, and the parameters drawn."""

    patches: Patches
    follicles: Follicles
    course: Course
    drawn: dict[str, Floats]


def _refuse_endless(frame: Frame, run: Course) -> None:
    """Numbers of a hypothesis that no follicle could live under are refused, before any is grown."""
    acting = [run.drop, run.loss, run.release, *(part for parts in run.drives.values() for part in parts)]
    for place, one in enumerate(frame.hypotheses):
        if one.overrides and not all(np.isfinite(part[:, place]).all() for part in acting):
            raise AnagenError(
                f'{one.source or one.name}: with the parameters of "{one.name}" what acts on a follicle is no number in'
                " some people; write some nearer to the records' own"
            )


def scalp_of(frame: Frame) -> Scalp:
    """Run the flowchart of a frame, and lay out its patches and follicles.

    Raises AnagenError where the parameters of a hypothesis lead to what is no number.
    """
    drawn = person_parameters(frame)
    # numbers of one's own may kill every vessel: oxygen is then 0, by a division that would warn
    quiet = "ignore" if any(one.overrides for one in frame.hypotheses) else None
    with np.errstate(divide=quiet, over=quiet, invalid=quiet):
        run = course(frame, drawn)
    _refuse_endless(frame, run)
    return Scalp(patches_of(frame, run, drawn), follicles_of(frame, run), run, drawn)


def in_blocks(
    persons: Indices, block: int, work: Callable[[Indices], Any], threads: int | None, progress: Callable[[int], None]
) -> Iterator[Any]:
    """Run `work` over blocks of people on threads; results in order. numpy lets go of the lock in its loops."""
    blocks = [persons[i : i + block] for i in range(0, persons.size, block)]
    workers = min(len(blocks), threads or os.cpu_count() or 1)
    with ThreadPoolExecutor(workers) if workers > 1 else nullcontext() as pool:
        results = map(work, blocks) if pool is None else pool.map(work, blocks)
        for done, result in zip(blocks, results, strict=True):
            progress(done.size)
            yield result
