"""The flows of the mean field for one sensitivity, cycle after cycle (`mean_field.py` has the equations)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anagen.follicle.automaton import MOST_CYCLES
from anagen.follicle.mean_field_grid import carry, first_out_of, phase_matrix, runs_from, width_of
from anagen.follicle.mean_field_scene import KINDS, Scene
from anagen.follicle.mean_field_sizes import SQUARE, Lot, epochs_of, lots, of_full_size, renewed

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
ByPhase = dict[str, Floats]
BySize = dict[float, Floats]

REST = (("anagen", "catagen"), ("catagen", "telogen"), ("telogen", "kenogen"))
"""The phases after anagen, each with the one before it."""
BINS = 16  # of log size, in a factor e
SMALLEST = -4.0  # log size: smaller ones go together
LEAST_MASS = 1e-9  # less, at one node, is not followed
PIECES = 32  # of the time until all hairs are seen whose anagen began before month 0


@dataclass(frozen=True)
class Levels:
    """What stands at each node, for one follicle.

    Attributes
    ----------
    phases : shares of the phases, each of shape (nodes,).
    hairs, growing : hairs in sight, and those of them in anagen, by kind, shape (nodes, kinds).
    shed : hairs shed since month 0, also those never in sight, shape (nodes, kinds).
    """

    phases: ByPhase
    hairs: Floats
    growing: Floats
    shed: Floats


class Flows:
    """Pushes follicles through their phases, from month 0 to the last node.

    Attributes
    ----------
    begun, ended : flows into and out of anagen, shape (nodes,).
    ended_by_kind, seen, seen_ended : by kind of hair, those who end anagen, those whose hair comes into sight, and
        those who end anagen with a hair in sight, shape (nodes, kinds).
    """

    def __init__(self, scene: Scene) -> None:
        self.scene, self.grid = scene, scene.grid
        times = scene.grid.times
        self.run = {
            "anagen": scene.anagen_run(times), "catagen": times, "telogen": times, "kenogen": scene.kenogen_run(times)
        }  # fmt: skip
        self.matrix = {
            phase: phase_matrix(scene.tabled[phase], self.run[phase], scene.laws[f"{phase}_mean"]) for _, phase in REST
        }
        self.rest = self.matrix["kenogen"] @ self.matrix["telogen"] @ self.matrix["catagen"]
        self.shares = scene.phase_shares()
        self.first = {phase: share * first_out_of(scene.tabled[phase], self.run[phase], scene.laws[f"{phase}_mean"])
                      for phase, share in self.shares.items()}  # fmt: skip
        self.epoch = epochs_of(scene.update, scene.grid.step)
        self.begun, self.ended = np.zeros(self.grid.nodes), self.first["anagen"].copy()
        shape = (self.grid.nodes, len(KINDS))
        self.ended_by_kind, self.seen, self.seen_ended = np.zeros(shape), np.zeros(shape), np.zeros(shape)

    def levels(self) -> Levels:
        """Everything, from month 0 on: epoch after epoch, and in each cycle after cycle."""
        entering: list[BySize] = [{} for _ in range(int(self.epoch[-1]) + 1)]
        self._enter(entering, renewed(of_full_size(self._rest_ends()["kenogen"]), self.scene.update))
        for epoch, beginning in enumerate(entering):
            cycle = 0
            while beginning and cycle < MOST_CYCLES:
                beginning = self._next(entering, epoch, beginning)
                cycle += 1
        return self._levels()

    def _next(self, entering: list[BySize], epoch: int, beginning: BySize) -> BySize:
        """Those who begin the next cycle in the same epoch; others enter a later one."""
        staying: BySize = {}
        for size, carried in beginning.items():
            again = renewed(self.rest @ self._cycle(carried), self.scene.update)
            same = self.epoch == epoch
            if again[same, 0].max() > LEAST_MASS:
                staying[size] = np.where(same[:, np.newaxis], again, 0)
            again[same] = 0
            self._enter(entering, again)
        return staying

    def _enter(self, entering: list[BySize], carried: Floats) -> None:
        """Add those who begin their first anagen of an epoch; but for the first epoch, by their mean log size."""
        rows = np.flatnonzero(carried[:, 0] > LEAST_MASS)
        size = np.floor(np.maximum(carried[rows, 1] / carried[rows, 0], SMALLEST) * BINS)
        size[self.epoch[rows] == 0] = 0
        for epoch, one in sorted({*zip(self.epoch[rows].tolist(), size.tolist(), strict=True)}):
            own = rows[(self.epoch[rows] == epoch) & (size == one)]
            entering[epoch].setdefault(one, np.zeros_like(carried))[own] += carried[own]

    def _cycle(self, carried: Floats) -> Floats:
        """The anagen of those who begin it; returns when they end it."""
        self.begun += carried[:, 0]
        rows = np.flatnonzero(carried[:, 0] > LEAST_MASS)
        ended = np.zeros_like(carried)
        for lot in lots(carried[rows]):
            ended += self._push(rows, lot)
        self.ended += ended[:, 0]
        return ended

    def _push(self, rows: Indices, lot: Lot) -> Floats:
        scene, law, run, nodes = self.scene, self.scene.tabled["anagen"], self.run["anagen"], self.grid.nodes
        kinds, mean = scene.by_kind(lot), scene.anagen_mean(lot.log_size)
        width = width_of(run, rows, mean * law.reach)
        weights = law.weights(runs_from(run, rows, width), mean[:, np.newaxis])
        ended = carry(weights, rows, np.hstack([lot.carried, kinds]), nodes)

        seen = self.grid.times[rows] + scene.seen_after(lot.log_size)
        limit = scene.anagen_run(seen) - run[rows]
        narrow = min(width_of(run, rows, limit), width)
        unseen = law.weights_until(runs_from(run, rows, narrow), mean[:, np.newaxis], limit[:, np.newaxis])
        self.ended_by_kind += ended[:, SQUARE:]
        self.seen += self.grid.place(seen, kinds * (1 - law.ended_by(limit / mean))[:, np.newaxis])
        self.seen_ended += ended[:, SQUARE:] - carry(unseen, rows, kinds, nodes)
        return ended[:, :SQUARE]

    def _rest_ends(self) -> ByPhase:
        """The ends of the phases after anagen, also of those who are in them at month 0."""
        ends: ByPhase = {"anagen": self.ended}
        for before, phase in REST:
            ends[phase] = self.matrix[phase] @ ends[before] + self.first[phase]
        return ends

    def _levels(self) -> Levels:
        """What has flowed into a phase and not out of it is in it; and so for hairs."""
        level, ends = self.grid.levels, self._rest_ends()
        begins = {"anagen": self.begun} | {phase: ends[before] for before, phase in REST}
        old = _old_hairs(self.scene, self.shares["anagen"], self.first["anagen"], self.run["anagen"])
        kinds = self.scene.by_kind(next(lots(of_full_size(np.ones(1)))))
        resting = old.resting * (self.shares["catagen"] + self.shares["telogen"])
        seen, seen_ended = self.seen + old.seen * kinds, self.seen_ended + old.seen_ended * kinds
        shed = self._shed(seen_ended, old.resting * kinds)
        all_shed = self._shed(self.ended_by_kind + self.first["anagen"][:, np.newaxis] * kinds, kinds)
        return Levels(
            phases={phase: level(share, begins[phase], ends[phase]) for phase, share in self.shares.items()},
            hairs=level((old.growing + resting) * kinds[0], seen, shed),
            growing=level(old.growing * kinds[0], seen, seen_ended),
            shed=level(0 * kinds[0], all_shed, 0 * all_shed),
        )

    def _shed(self, ended: Floats, resting: Floats) -> Floats:
        """When the hairs are shed whose anagen ends, and those of follicles that rest at month 0."""
        first = {phase: self.first[phase][:, np.newaxis] * resting for phase in ("catagen", "telogen")}
        return self.matrix["telogen"] @ (self.matrix["catagen"] @ ended + first["catagen"]) + first["telogen"]


@dataclass(frozen=True)
class _OldHairs:
    """Hairs whose anagen began before month 0.

    Attributes
    ----------
    growing : share of follicles whose hair is in sight and grows at month 0.
    resting : the share in sight of the hairs that rest then.
    seen, seen_ended : as in `Flows`, of one kind, shape (nodes, 1).
    """

    growing: float
    resting: float
    seen: Floats
    seen_ended: Floats


def _old_hairs(scene: Scene, share: float, first: Floats, run: Floats) -> _OldHairs:
    """A follicle in anagen at month 0 has run a and will run b more with the density f(a + b) / mean."""
    law, mean, grid = scene.tabled["anagen"], scene.laws["anagen_mean"], scene.grid
    speed, after = float(scene.anagen_clock.plain[0, 0]), float(scene.seen_after(np.zeros(1))[0])

    def left(length: Floats) -> Floats:
        return 1 - law.ended_by(length / mean)

    def had_run(time: Floats) -> Floats:
        """What a follicle whose hair comes into sight at a time had run by month 0."""
        return speed * np.maximum(after - time, 0)

    needed = had_run(np.zeros(1))
    piece = after / PIECES
    middles = np.linspace(piece / 2, after - piece / 2, PIECES)
    seen = share * speed * piece / mean * left(had_run(middles) + scene.anagen_run(middles))
    times, run = grid.times[: grid.nodes], run[: grid.nodes]
    in_sight = left(run + had_run(times)) / np.maximum(left(run), np.finfo(np.float64).tiny)
    return _OldHairs(
        growing=share * float(1 - law.residual().ended_by(needed / mean)[0]),
        resting=float(left(needed)[0]),
        seen=grid.place(middles, seen[:, np.newaxis]),
        seen_ended=(first * in_sight)[:, np.newaxis],
    )
