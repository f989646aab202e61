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
from dataclasses import dataclass, fields
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anagen.evidence.parameters import parameters, value
from anagen.flowchart.chart import flowchart
from anagen.flowchart.evaluate import Evaluator, integrate
from anagen.flowchart.hypotheses import HYPOTHESES
from anagen.follicle.chance import Purpose, normals, uniforms
from anagen.follicle.clock import Clock
from anagen.follicle.laws import CycleLaws
from anagen.follicle.patches import NEVER, Follicles, Patches
from anagen.outlook.exposure import Exposure
from anagen.outlook.people import draw_parameters, follicle_sensitivity, log_sensitivity
from anagen.routine import REGIONS, Region, Treatment
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
    hypotheses: tuple[str, ...]
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


def knots_of(frame: Frame, changes: Sequence[float]) -> Indices:
    """The months at which the flowchart is worked out: each year (each quarter while growing up), and a month
    before and at every change of dose."""
    step = MONTHS // (2 * 2)
    young = np.arange(0, max(int((GROWING_UP - frame.begin) * MONTHS), 0), step)
    months = set(np.arange(0, frame.months + 1, MONTHS)) | set(young) | {frame.months}
    for age in changes:
        # the first whole month by which the change has come; a little less, so that a whole month is not passed over
        month = ceil((age - frame.begin) * MONTHS - SMALLEST_PART)
        months |= {month - 1, month}
    return np.array(sorted(month for month in months if 0 <= month <= frame.months), dtype=np.int64)


def person_parameters(frame: Frame) -> dict[str, Floats]:
    """Every parameter by person, shaped to broadcast over (hypothesis, arm, region, person)."""
    drawn = draw_parameters(parameters(), frame.regions, frame.persons, frame.seed)
    known = frame.scenario.person.plasma_magnesium_mmol_l
    if known is not None:
        drawn["plasma_magnesium_reference"] = np.full((1, frame.persons.size), known)
    return {name: array[np.newaxis, np.newaxis] for name, array in drawn.items()}


def course(frame: Frame, drawn: dict[str, Floats]) -> Course:
    """Run the flowchart through life."""
    chart = flowchart()
    gates = {
        name: np.array([HYPOTHESES[one].gates(chart)[name] for one in frame.hypotheses]).reshape(-1, 1, 1, 1)
        for name in chart.arrows
    }
    gates = {name: gate if gate.min() < 1 else 1 for name, gate in gates.items()}
    evaluator = Evaluator(chart, drawn, gates)
    exposure = Exposure(frame.scenario, frame.persons, frame.seed, frame.arms)
    knots = knots_of(frame, exposure.changes())
    ages = frame.begin + knots / MONTHS
    region = np.array([REGIONS.index(one) for one in frame.regions])
    luck = normals(frame.seed, Purpose.NETWORK, frame.persons[np.newaxis, :], region[:, np.newaxis])[0]
    steady = {"network_luck": luck[np.newaxis, np.newaxis], "sensitivity": 0.0}
    at_knots = [{**exposure.at(float(age)), **steady} for age in ages]

    def inputs_at(age: float) -> dict[str, Any]:
        after = int(np.clip(np.searchsorted(ages, age), 1, len(ages) - 1))
        share = (age - ages[after - 1]) / (ages[after] - ages[after - 1])
        if share in (0, 1):
            return at_knots[after - 1 + int(share)]
        before, later = at_knots[after - 1], at_knots[after]
        return {name: before[name] + share * (later[name] - before[name]) for name in before}

    path = integrate(evaluator, inputs_at, ages)
    return _collect(frame, evaluator, knots, at_knots, path)


def _collect(
    frame: Frame, evaluator: Evaluator, knots: Indices, inputs: list[dict[str, Any]], path: list[dict[str, Any]]
) -> Course:
    """What the follicles and the results need, at every knot."""
    wanted = ("miniaturizing_drive", *DRIVES)
    tissue: dict[str, list[Floats]] = {name: [] for name in TISSUE}
    drives: dict[str, list[tuple[Floats, Floats]]] = {name: [] for name in DRIVES}
    drop: list[Floats] = []
    loss: list[Floats] = []

    def full(array: Any) -> Floats:
        return np.broadcast_to(np.asarray(array, dtype=np.float64), frame.shape)

    for given, states in zip(inputs, path, strict=True):
        plain = evaluator.nodes(given, states)
        sensitive = evaluator.nodes({**plain, "sensitivity": 1.0}, states, wanted)
        for name in TISSUE:
            tissue[name].append(full(plain[name]))
        for name in DRIVES:
            drives[name].append((full(plain[name]), full(sensitive[name] - plain[name])))
        drop.append(full(plain["ceiling_drop"]))
        loss.append(full(plain["follicle_loss"]))
    return Course(
        knots=knots,
        tissue={name: np.stack(values) for name, values in tissue.items()},
        drives={
            name: (np.stack([one for one, _ in values]), np.stack([two for _, two in values]))
            for name, values in drives.items()
        },
        drop=np.stack(drop),
        loss=np.stack(loss),
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
    )


def grafts_of(frame: Frame) -> list[Treatment]:
    """The transplants of the plan."""
    return [one for one in frame.scenario.treatments if one.kind == "transplant" and one.dose > 0]


def follicles_of(frame: Frame, run: Course, drawn: dict[str, Floats]) -> Follicles:
    """The follicles of every patch, and those moved there: they keep the androgen signal of where they came from."""
    index = np.indices(frame.shape).reshape(len(frame.shape), -1)
    hypothesis, arm, region, person = index
    patch = np.arange(patch_count := index.shape[1])
    region_number = np.array([REGIONS.index(one) for one in frame.regions])
    where, origin = [np.repeat(patch, frame.follicles)], [np.repeat(patch, frame.follicles)]
    number = [np.tile(np.arange(frame.follicles), patch_count)]
    born = [np.zeros(patch_count * frame.follicles)]
    density = value("follicle_density")
    donor = frame.regions.index("occipital") if "occipital" in frame.regions else None
    for order, graft in enumerate(grafts_of(frame), 1):
        if graft.region not in frame.regions or donor is None:
            continue
        count = max(1, round(frame.follicles * graft.dose / density))
        age = frame.scenario.person.age if graft.from_age is None else graft.from_age
        takes = (region == frame.regions.index(graft.region)) & (arm == frame.arms - 1)
        into = np.repeat(patch[takes], count)
        shape = frame.shape
        from_patch = np.ravel_multi_index((hypothesis[into], arm[into], np.full(into.size, donor), person[into]), shape)
        where.append(into)
        origin.append(from_patch)
        number.append(np.tile(np.arange(count), int(takes.sum())) + frame.follicles * (order + 1))
        born.append(np.full(into.size, (age - frame.begin) * MONTHS + value("transplant_wait")))
    at, of, numbers = np.concatenate(where), np.concatenate(origin), np.concatenate(number)
    persons = frame.persons[person[at]]
    log_person = log_sensitivity(frame.scenario.person, frame.persons, frame.seed)[person[at]]
    regions = region_number[region[of]]
    return Follicles(
        patch=at,
        origin=of,
        person=persons,
        region=regions,
        number=numbers,
        sensitivity=follicle_sensitivity(log_person, persons, regions, numbers, frame.seed),
        born=np.concatenate(born),
        lost=_lost(frame, run, persons, regions, numbers, at),
    )


def _lost(frame: Frame, run: Course, persons: Indices, regions: Indices, numbers: Indices, patch: Indices) -> Floats:
    """The month each follicle is lost for good: its hazard summed up reaches an exponential draw."""
    hazard = monthly(run.knots, run.loss, frame.months) / MONTHS
    summed = np.zeros_like(hazard)
    np.cumsum((hazard[:, :-1] + hazard[:, 1:]) / 2, axis=1, out=summed[:, 1:])
    draw = -np.log(uniforms(frame.seed, Purpose.LOSS, persons, regions, numbers)[0])
    lost = np.full(draw.size, NEVER)
    some = draw < summed[patch, -1]
    rows = summed[patch[some]]
    lost[some] = (rows < draw[some][:, np.newaxis]).sum(axis=1)
    return lost


@dataclass(frozen=True)
class Scalp:
    """A frame made ready to grow: patches, follicles, what the scalp goes through, and the parameters drawn."""

    patches: Patches
    follicles: Follicles
    course: Course
    drawn: dict[str, Floats]


def scalp_of(frame: Frame) -> Scalp:
    """Run the flowchart of a frame, and lay out its patches and follicles."""
    drawn = person_parameters(frame)
    run = course(frame, drawn)
    return Scalp(patches_of(frame, run, drawn), follicles_of(frame, run, drawn), run, drawn)


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
