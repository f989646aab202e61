"""One scene lived through at every point at once: the flowchart from puberty on, and the follicles under it.

The axis of people of a frame holds the points here. Every point has the same follicles: their sensitivities stand at
even steps of the distribution over people and follicles, and their luck is the same. So what differs between two points
is what was changed, and chance enters only where a change makes anagen begin or end at other times. To see how far that
goes, everything is grown several times, each time with other luck.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from anagen.flowchart.chart import flowchart
from anagen.flowchart.courses import Request, courses
from anagen.flowchart.hypotheses import HYPOTHESES
from anagen.follicle.census import Wanted
from anagen.follicle.grow import grow
from anagen.follicle.laws import CycleLaws
from anagen.follicle.patches import NEVER, Follicles
from anagen.outlook.exposure import Exposure
from anagen.outlook.moves_points import HAIRS_PER_AREA, SENSITIVITY, Points
from anagen.outlook.moves_scenes import Scene
from anagen.outlook.simulate import DRIVES, EARLIEST_AGE, MONTHS, Course, Frame, between, knots_of, patches_of
from anagen.routine import REGIONS

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

WINDOW = np.arange(-MONTHS // 2, MONTHS // 2 + 1)  # months around an age at which hair is counted
PLAIN = ("ceiling_drop", "follicle_loss", "telogen_release")
BATCH = 1 << 15  # follicles handed to the engine at once


@dataclass(frozen=True)
class Lived:
    """What the scalps of every point go through in a scene.

    Attributes
    ----------
    nodes : the wanted nodes of the flowchart at the month of each knot, by name, shape (knots, points).
    """

    scene: Scene
    frame: Frame
    drawn: dict[str, Floats]
    course: Course
    nodes: dict[str, Floats]

    def at(self, node: str, age: float) -> Floats:
        """A node at an age, shape (points,)."""
        return between(self.course.knots, self.nodes[node], _months(age))[0]


def _months(age: float) -> Indices:
    return np.array([round((age - EARLIEST_AGE) * MONTHS)])


def lived(scene: Scene, hypothesis: str, points: Points, wanted: tuple[str, ...], follicles: int, seed: int) -> Lived:
    """Run the flowchart of a scene through life at every point; `wanted` nodes can be read from it."""
    chart = flowchart()
    frame = Frame(
        scenario=scene.plan,
        hypotheses=(HYPOTHESES[hypothesis],),
        regions=(scene.region,),
        persons=np.arange(points.count),
        begin=EARLIEST_AGE,
        months=scene.months,
        arms=1,
        follicles=follicles,
        seed=seed,
    )
    drawn = {name: array[np.newaxis, np.newaxis, np.newaxis] for name, array in points.in_region(scene.region).items()}
    always = HYPOTHESES[hypothesis].gates(chart)
    gates = {name: gate * points.gates[name] if name in points.gates else gate for name, gate in always.items()}
    exposure = Exposure(scene.plan, np.zeros(1, dtype=np.int64), seed, 1)
    exposure.rates = [np.full(1, dose.rate) for dose in exposure.doses]  # an uncertain one at its middle
    knots = knots_of(frame, exposure.changes())
    ages = EARLIEST_AGE + knots / MONTHS
    given = [{**exposure.at(float(age)), **dict(scene.given)} for age in ages]
    # what an exposure does not tell is 0: the usual vessels, nothing known of genes, follicles deaf to androgen
    unsaid = {name: 0.0 for name in chart.inputs if name not in given[0]}
    found = courses(
        Request(
            shape=frame.shape,
            gates=gates,
            parameters=drawn,
            fixed=unsaid,
            moving=[{name: one for name, one in inputs.items() if name != "age"} for inputs in given],
            ages=ages,
            wanted=tuple(dict.fromkeys((*wanted, *DRIVES, *PLAIN))),
            raised=DRIVES,
        )
    )
    course = Course(
        knots, {}, {name: (found.values[name], found.added[name]) for name in DRIVES},
        *(found.values[name] for name in PLAIN),
    )  # fmt: skip
    return Lived(
        scene, frame, drawn, course, {name: array.reshape(knots.size, -1) for name, array in found.values.items()}
    )


def sensitivities(count: int, median: Floats, between_people: Floats, within_person: Floats) -> Floats:
    """Androgen sensitivity of that many follicles of all people: even steps of its distribution.

    log s = log median + sd z, with the variance between people and within one; shape (points, count).
    """
    usual = NormalDist()
    z = np.array([usual.inv_cdf((place + 1 / 2) / count) for place in range(count)])
    spread = np.hypot(between_people, within_person)
    return median[:, np.newaxis] * np.exp(spread[:, np.newaxis] * z)


def _batches(run: Lived, luck: int, each: int) -> Iterator[Follicles]:
    """The follicles of every point with one luck, some points at a time."""
    points, region = run.frame.persons.size, REGIONS.index(run.scene.region)
    felt = sensitivities(each, *(np.broadcast_to(run.drawn[name].reshape(-1), (points,)) for name in SENSITIVITY))
    step = max(BATCH // each, 1)
    for begin in range(0, points, step):
        which = np.arange(begin, min(begin + step, points))
        patch, count = np.repeat(which, each), which.size * each
        yield Follicles(
            patch=patch,
            origin=patch,
            person=np.full(count, luck),
            region=np.full(count, region),
            number=np.tile(np.arange(each), which.size),
            sensitivity=felt[which].reshape(-1),
            born=np.zeros(count),
            lost=np.full(count, NEVER),
        )


def hairs(run: Lived, lucks: int, threads: int | None) -> dict[float, Floats]:
    """Counted hairs in 1 cm2 by age, shape (lucks, points): the mean of the counts half a year before to half after.

    Follicles lost with age are taken off as a share:

    hairs = density x counted share x exp(-integral of the hazard of loss)
    """
    ages, count = run.scene.counts, run.frame.persons.size
    alone, again = _different(run)
    each = run.frame.follicles // lucks
    patches = patches_of(alone.frame, alone.course, alone.drawn)
    times = np.unique(np.concatenate([_months(age) + WINDOW for age in ages])).astype(np.float64)
    wanted = Wanted(sums=False, phases=False)
    share = np.zeros((lucks, count, times.size))
    for luck in range(lucks):
        census = grow(patches, _batches(alone, luck, each), run.frame.seed, times, wanted, threads=threads)
        share[luck] = (census.hairs / each)[again]
    density = np.broadcast_to(run.drawn[HAIRS_PER_AREA].reshape(-1), (count,))
    found: dict[float, Floats] = {}
    for age in ages:
        near = np.isin(times, _months(age) + WINDOW)
        found[age] = density * share[:, :, near].mean(axis=2) * _left(run, age)
    return found


def _different(run: Lived) -> tuple[Lived, Indices]:
    """Only the points at which follicles meet something different, and the place of each point among them."""
    count, course = run.frame.persons.size, run.course
    own = [run.drawn[name] for name in (*(one.name for one in fields(CycleLaws)), *SENSITIVITY)]
    rows = [*(part for pair in course.drives.values() for part in pair), course.drop, course.release, *own]
    table = np.concatenate([np.broadcast_to(row, (*row.shape[:-1], count)).reshape(-1, count) for row in rows])
    _, first, again = np.unique(table, axis=1, return_index=True, return_inverse=True)

    def some(array: Floats) -> Floats:
        return array if array.shape[-1] == 1 else array[..., first]

    alone = Lived(
        run.scene,
        replace(run.frame, persons=np.arange(first.size)),
        {name: some(array) for name, array in run.drawn.items()},
        Course(
            course.knots,
            {},
            {name: (some(plain), some(added)) for name, (plain, added) in course.drives.items()},
            some(course.drop),
            some(course.loss),
            some(course.release),
        ),
        {},
    )
    return alone, again.reshape(-1)


def _left(run: Lived, age: float) -> Floats:
    """The share of follicles not lost with age by then, shape (points,)."""
    months = np.arange(_months(age)[0] + 1)
    hazard = between(run.course.knots, run.course.loss, months).reshape(months.size, -1) / MONTHS
    return np.exp(-((hazard[:-1] + hazard[1:]) / 2).sum(axis=0))
