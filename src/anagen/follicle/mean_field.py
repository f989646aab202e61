"""The mean field: what the automaton shows on average, from flows between phases, without follicles and draws.

Follicles of one patch and one sensitivity make a renewal process: what a follicle does from a new anagen on depends
only on when that was and on its size then. With b_n(t) the flow into the n-th anagen, e_n(t) the flow out of it, f_p
the densities of the phases' lengths on their clocks, and * for what a phase makes of a flow:

    e_n    = b_n * f_anagen(size)
    b_n+1  = e_n * f_catagen * f_telogen * f_kenogen
    share in a phase at t = share at month 0 + all that has flowed in - all that has flowed out

At month 0 phases are looked in on: shares go by mean lengths, and what is left of each has the density (1 - F) / mean.

Time is an even grid; lengths are shared between its nodes so that every mean stays exact (`mean_field_law.py`), which
adds at most step^2 / 4 to the variance of a phase: the error is of second order in the step. Sizes: follicles that
begin their n-th anagen at one node differ only in when they began earlier ones. Their number, and means, variances and
covariance of log size and log ceiling are carried along (`mean_field_sizes.py`); where the length of anagen depends on
size, half of them have a log size one sd above the mean and half one below; where a diameter is held against a limit,
log size is normal. Where losses change at once (a drug begins), that would not hold; then those who have begun
different numbers of anagens since, or had different sizes then, are kept apart.

Errors, the largest at any month of 50 years, measured against 4 to 10 million drawn follicles: with two nodes a month
0.0008 in shares of phases (0.0015 just after an abrupt change), 0.0003 in hairs without loss, 0.0025 under losses of up
to 0.17 of log size a cycle; with four nodes a month 0.0008 and 0.002. Right after losses have changed in the course of
half a year, thick hairs are off by up to 0.012. A phase not longer than a step is blurred over it: its share can be off
by 0.02 within a month of a sudden change. It takes 0.2 to 2 s, and 13 times that with a spread of sensitivities.

All follicles are followed for ever (as by `grow` with `countable_only=False`); interventions, grafts and follicles lost
with age are not part of it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from anagen.follicle.mean_field_flows import Flows
from anagen.follicle.mean_field_grid import Grid
from anagen.follicle.mean_field_scene import KINDS, Scene
from anagen.follicle.patches import FollicleError, Follicles, Patches, check, check_follicles

Floats = NDArray[np.float64]

NODES_A_MONTH = 2
MOST_NODES_A_MONTH = 64
SENSITIVITIES = 13
SPAN = 3.2  # sd to each side of the median


@dataclass(frozen=True)
class MeanField:
    """What one follicle shows on average at each time: the fields of `Census`, each of shape (times,).

    Attributes
    ----------
    times : months.
    in_anagen, in_catagen, in_telogen, empty : share of the follicles in each phase, kenogen last.
    hairs : counted hairs of a follicle.
    terminal, anagen : those of them that are thick, and that grow.
    vellus : hairs long enough, but too thin to be counted.
    shed : counted hairs shed a month, over the time since the time before.
    """

    times: Floats
    in_anagen: Floats
    in_catagen: Floats
    in_telogen: Floats
    empty: Floats
    hairs: Floats
    terminal: Floats
    anagen: Floats
    vellus: Floats
    shed: Floats

    @property
    def phase_fractions(self) -> dict[str, Floats]:
        """Share of the follicles in each phase."""
        return {"anagen": self.in_anagen, "catagen": self.in_catagen, "telogen": self.in_telogen, "kenogen": self.empty}


def mean_field(
    patches: Patches,
    sensitivity: float,
    times: Floats,
    *,
    patch: int = 0,
    origin: int | None = None,
    spread: float = 0.0,
    nodes_a_month: int = NODES_A_MONTH,
) -> MeanField:
    """What the follicles of a patch show on average; `grow` tends to it as their number rises.

    Parameters
    ----------
    patches : as for `grow`, without interventions.
    sensitivity : of the follicles; their median where `spread` is given.
    times : months to count at, rising.
    patch, origin : where the follicles stand, and whose androgen signal they carry (the same unless given).
    spread : sd of the logarithm of sensitivity, which is normal; averaged over by 13 even steps.
    nodes_a_month : of the grid of times; the error falls with its square.

    Raises
    ------
    FollicleError
        With every reason why this cannot be worked out.
    """
    times = np.ascontiguousarray(times, dtype=np.float64)
    origin = patch if origin is None else origin
    normal = np.linspace(-SPAN, SPAN, SENSITIVITIES) if spread > 0 else np.zeros(1)
    sensitivities = sensitivity * np.exp(spread * normal)
    _check(patches, sensitivities, times, patch, origin, spread, nodes_a_month)
    grid = Grid(1 / nodes_a_month, patches.months * nodes_a_month + 1)
    found = [_one(Scene.of(patches, patch, origin, float(one), grid), times) for one in sensitivities]
    density = np.exp(-(normal**2) / 2)
    shares = density / density.sum()
    return MeanField(
        times=times,
        **{
            field.name: np.tensordot(shares, [getattr(one, field.name) for one in found], axes=1)
            for field in fields(MeanField)
            if field.name != "times"
        },
    )


def _check(
    patches: Patches, sensitivities: Floats, times: Floats, patch: int, origin: int, spread: float, nodes_a_month: int
) -> None:
    found: list[str] = []
    if patches.interventions:
        found.append("interventions: the mean field has none; leave them out, or use grow")
    if not 1 <= nodes_a_month <= MOST_NODES_A_MONTH:
        found.append(f"nodes_a_month: {nodes_a_month} is outside 1 to {MOST_NODES_A_MONTH}")
    if not 0 <= spread < np.inf:
        found.append(f"spread: {spread:g} must be a number from 0 on")
    if found:
        raise FollicleError("\n".join(found))
    check(patches, times)
    for place in (patch, origin):
        check_follicles(patches, Follicles.in_one_patch(sensitivities.size, sensitivities, patch=place))


def _one(scene: Scene, times: Floats) -> MeanField:
    """For one sensitivity."""
    levels, nodes = Flows(scene).levels(), scene.grid.times[: scene.grid.nodes]
    counted, terminal, vellus = range(len(KINDS))

    def at(level: Floats) -> Floats:
        return np.interp(times, nodes, level)

    spans = np.diff(times, prepend=0)
    spans[spans <= 0] = 1
    return MeanField(
        times=times,
        in_anagen=at(levels.phases["anagen"]),
        in_catagen=at(levels.phases["catagen"]),
        in_telogen=at(levels.phases["telogen"]),
        empty=at(levels.phases["kenogen"]),
        hairs=at(levels.hairs[:, counted]),
        terminal=at(levels.hairs[:, terminal]),
        anagen=at(levels.growing[:, counted]),
        vellus=at(levels.hairs[:, vellus]),
        shed=np.diff(at(levels.shed[:, counted]), prepend=0) / spans,
    )
