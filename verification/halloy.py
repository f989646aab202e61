"""The follicular automaton of Halloy and others (2000, 2002), run on this engine; as a script it draws what comes out.

Theirs has three phases, anagen A, telogen T and latency L (here kenogen), of 3.6, 2.4 and 2.0 months in the published
model file (BioModels MODEL1006230014); catagen is made negligible. A scalp hair grows for years (with 36 months for A
the steady state would be 0.89, 0.06, 0.05), but the numbers are kept as published. Where a phase has no memory
(exponential lengths), the expected shares follow

    dA/dt = L/mu_L - A/mu_A,   dT/dt = A/mu_A - T/mu_T,   dL/dt = T/mu_T - L/mu_L

solved in closed form in `qc/halloy.py`. The file starts at A, T, L = 0.34, 0.33, 0.33, but this engine starts as a
looker-in finds follicles, at 0.45, 0.30, 0.25. What a follicle draws depends on its name alone, so follicles can be
chosen by the phase they are found in at month 0: 34 in a hundred from those in anagen, and so on. Given the phase,
what is left of it is the engine's own draw, and nothing else is changed.

Sharp phases (small coefficient of variation) keep follicles in step. Followed from one moment of new anagens on, the
expected share in anagen is, with F_A and F of anagen and of the cycle, and h the density of all later new anagens,

    p(t) = 1 - F_A(t) + integral of h(u) (1 - F_A(t - u)) du,    h = f + f * h

and its swing dies away by exp(-2 pi^2 s^2 / M^2) a cycle (mean M, sd s). In the engine that moment is either the month
grafts begin (`born`), or a reset from outside: every hair of a scalp at rest is plucked and grows again a moment later.
Follicles in latency have no hair and go on as they were: they join when what is left of their latency is over.
"""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import ModuleType

import numpy as np
import scipy.stats
from numpy.typing import NDArray
from scipy.signal import fftconvolve

sys.path.insert(0, str(Path(__file__).parent))

from pictures import Panel, figure, save

from anagen.follicle.census import Census, Wanted
from anagen.follicle.clock import Clock
from anagen.follicle.grow import grow
from anagen.follicle.histories import histories
from anagen.follicle.laws import CycleLaws, Shapes
from anagen.follicle.patches import Follicles, Intervention, Patches
from anagen.follicle.shapes import exponential

Floats = NDArray[np.float64]

MEANS = (3.6, 2.4, 2.0)  # months: anagen, telogen, latency
START = (0.34, 0.33, 0.33)
NEGLIGIBLE = 1e-6  # months of catagen
STEADY = tuple(mean / sum(MEANS) for mean in MEANS)
MONTHS = 120
SPREADS = (0.05, 0.15, 0.4)
STEP = 0.005  # months, of the integral equation
BORN = 1e-3  # month at which follicles in step begin
RESET, MOMENT = 40.0, 0.01  # months: when all hair is plucked, and until it grows again
CYCLE = sum(MEANS)
SIZES = (10, 30, 100, 300, 1000, 3000, 10_000)
PHASES = ("in_anagen", "in_telogen", "empty")


def blind() -> ModuleType:
    """The closed form, written by somebody who had not seen this engine."""
    spec = importlib.util.spec_from_file_location("blind_halloy", Path(__file__).parents[1] / "qc" / "halloy.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def patches(
    spread: float | None, months: int = MONTHS, count: int = 1, deeds: tuple[Intervention, ...] = ()
) -> Patches:
    """Halloy's three phases; without memory where there is no spread, else lognormal."""
    flat = np.ones((count, months + 1))
    shapes = Shapes.usual()
    if spread is None:
        shapes = replace(shapes, anagen=exponential(), telogen=exponential(), kenogen=exponential())
    every = np.ones(count)
    laws = replace(
        CycleLaws.central(count), anagen_mean=MEANS[0] * every, telogen_mean=MEANS[1] * every,
        kenogen_mean=MEANS[2] * every, catagen_length=NEGLIGIBLE * every,
        **{f"{phase}_spread": (spread or 1.0) * every for phase in ("anagen", "telogen", "kenogen")},
    )  # fmt: skip
    return Patches(Clock.from_speeds(flat, 0 * flat), flat, *(0 * flat for _ in range(4)), laws, shapes, deeds)


def run(where: Patches, who: Follicles, seed: int, times: Floats) -> Census:
    """The engine, without stopping any follicle."""
    return grow(where, who, seed, times, Wanted(sums=False), countable_only=False, engine="numba")


def shares(found: Census, count: int) -> Floats:
    """Shares in anagen, telogen and latency, shape (patches, times, 3)."""
    return np.stack([getattr(found, name) for name in PHASES], axis=-1) / count


def chosen(count: int, start: tuple[float, float, float], seed: int) -> Follicles:
    """Follicles found at month 0 in each phase in the given shares, by name from a larger crowd."""
    crowd = Follicles.in_one_patch(3 * count, 0.0)
    found = histories(patches(None, months=1), crowd, seed)
    first = found.cycle == 0
    phase = np.select([found.anagen_end[first] > 0, found.telogen_end[first] > 0], [0, 1], 2)
    names = [np.flatnonzero(phase == place)[: round(count * share)] for place, share in enumerate(start)]
    number = np.concatenate(names)
    assert number.size == count
    return replace(Follicles.in_one_patch(count, 0.0), number=number)


@cache
def trajectory(count: int, seed: int) -> tuple[Floats, Floats]:
    """Months, and shares of the phases from the start of the model file on, shape (times, 3)."""
    times = np.arange(0.0, 13.0)
    return times, shares(run(patches(None), chosen(count, START, seed), seed, times), count)[0]


def standard_error(months: float, count: int, start: tuple[float, float, float] = START) -> Floats:
    """Of each share: follicles that start in one phase are binomial, those of the three phases add up."""
    fractions = blind().fractions
    from_each = np.array([fractions(months, tuple(float(one == place) for one in range(3))) for place in range(3)])
    return np.sqrt((np.array(start)[:, np.newaxis] * from_each * (1 - from_each)).sum(axis=0) / count)


@cache
def anagen_after_fresh_start(spread: float | None, months: float = 80.0) -> tuple[Floats, Floats]:
    """Months, and the expected share in anagen after all began it at month 0, by the integral equation above."""
    time = np.arange(0, months + STEP / 2, STEP)
    cycle, laws = np.array([1.0]), [_law(mean, spread) for mean in MEANS]
    for law in laws:
        cycle = fftconvolve(cycle, np.diff(law.cdf(np.concatenate([[0.0], time + STEP / 2]))))[: time.size]
    again, ever = cycle, np.zeros(time.size)
    while again.sum() > 1e-9:
        ever, again = ever + again, fftconvolve(again, cycle)[: time.size]
    ever[0] += 1
    return time, fftconvolve(ever, laws[0].sf(time))[: time.size]


def _law(mean: float, spread: float | None) -> object:
    if spread is None:
        return scipy.stats.expon(scale=mean)
    s = np.sqrt(np.log1p(spread**2))
    return scipy.stats.lognorm(s, scale=mean * np.exp(-(s**2) / 2))


@cache
def in_step(spread: float | None, count: int, seed: int) -> tuple[Floats, Floats]:
    """Months, and the share in anagen of follicles that all begin it (as grafts) right after month 0."""
    times = np.arange(0.25, 80.0, 0.25)
    who = replace(Follicles.in_one_patch(count, 0.0), born=np.full(count, BORN))
    return times, run(patches(spread), who, seed, times).in_anagen[0] / count


@cache
def after_reset(spread: float, count: int, seed: int) -> tuple[Floats, Floats]:
    """Months, and the share in anagen of a scalp at rest whose every hair is plucked at one moment."""
    times = np.arange(0.0, 100.0, 0.25)
    where = patches(spread, deeds=(Intervention("pluck", RESET, 1.0, MOMENT),))
    return times, run(where, Follicles.in_one_patch(count, 0.0), seed, times).in_anagen[0] / count


@cache
def anagen_after_reset(spread: float, months: float = 60.0) -> tuple[Floats, Floats]:
    """Months after the reset, and the expected share in anagen: of those with a hair, and of those in latency."""
    time, fresh = anagen_after_fresh_start(spread)
    left = _law(MEANS[2], spread).sf(time) / MEANS[2] * STEP
    joined = fftconvolve(left, fresh)[: time.size] - left * fresh[0] / 2
    inside = time <= months
    return time[inside], ((1 - STEADY[2]) * fresh + STEADY[2] * joined)[inside]


def swing(times: Floats, share: Floats, begin: float) -> float:
    """Amplitude of the wave of one mean cycle in the share, in the cycle from `begin` on."""
    inside = (times >= begin - 1e-9) & (times < begin + CYCLE - 1e-9)
    turn = np.exp(2j * np.pi * times[inside] / CYCLE)
    return float(2 * np.abs((share[inside] * turn).mean()))


def damping(spread: float) -> float:
    """What a cycle leaves of the swing."""
    variance = sum((mean * spread) ** 2 for mean in MEANS)
    return float(np.exp(-2 * np.pi**2 * variance / CYCLE**2))


@cache
def groups(size: int, count: int, seed: int) -> tuple[Floats, Floats]:
    """Months, and shares of the phases in many groups of follicles at rest, shape (groups, times, 3)."""
    times, patch = np.array([0.0, 20.0, 40.0, 60.0, 80.0]), np.repeat(np.arange(count), size)
    who = replace(Follicles.in_one_patch(size * count, 0.0), patch=patch, origin=patch)
    return times, shares(run(patches(None, months=80, count=count), who, seed, times), size)


def scatter(size: int, seed: int) -> float:
    """The sd of the share in anagen between groups of a size."""
    _, found = groups(size, max(40, min(1000, 100_000 // size)), seed)
    return float(found[:, :, 0].std())


def draw() -> str:
    """The trajectory, follicles in step, a reset, and the noise of small numbers."""
    return figure(
        "Halloy's follicular automaton on this engine",
        (
            "Lines are theory: the closed form of the published model file, the renewal equation, the binomial law.",
            "Dots, and the dotted line of 100 follicles, are the engine. As it should be: dots lie on lines; sharp",
            "phases swing on for years, loose ones settle; a scalp at rest begins to swing when all hair is plucked.",
        ),
        [_trajectory(), _in_step(), _reset(), _noise()],
    )


def _trajectory() -> Panel:
    panel = Panel("From 0.34, 0.33, 0.33 to the steady state", "months", "share of follicles", (0, 12), (0.2, 0.5))
    fine = np.linspace(0, 12, 121)
    times, few = trajectory(100, 3)
    _, many = trajectory(100_000, 3)
    closed = np.array([blind().fractions(float(t)) for t in fine])
    for place, name in enumerate(("anagen", "telogen", "latency")):
        panel.curve(times, few[:, place], 4, "100 follicles" if place == 0 else "", "2 3")
        panel.curve(fine, closed[:, place], place)
        panel.dots(times, many[:, place], place, name, 3.0)
    return panel


def _in_step() -> Panel:
    panel = Panel("All begin anagen at month 0", "months", "share in anagen", (0, 60), (0, 1.0))
    for color, spread in ((0, 0.05), (1, 0.15), (2, None)):
        time, expected = anagen_after_fresh_start(spread)
        inside = (time <= 60) & (np.arange(time.size) % 20 == 0)
        panel.curve(time[inside], expected[inside], color)
        times, share = in_step(spread, 100_000, 1)
        inside = (times <= 60) & (np.arange(times.size) % 2 == 0)
        panel.dots(times[inside], share[inside], color, "no memory" if spread is None else f"cv {spread:g}", 1.7)
    return panel


def _reset() -> Panel:
    panel = Panel("At rest, then every hair plucked at month 40", "months", "share in anagen", (20, 100), (0, 1.0))
    for color, spread in ((0, 0.05), (1, 0.4)):
        time, expected = anagen_after_reset(spread)
        every = np.arange(0, time.size, 20)
        panel.curve([20, RESET, *(RESET + time[every])], [STEADY[0], STEADY[0], *expected[every]], color)
        times, share = after_reset(spread, 100_000, 1)
        inside = (times >= 20) & (times != RESET) & (np.arange(times.size) % 2 == 0)
        panel.dots(times[inside], share[inside], color, f"cv {spread:g}", 1.7)
    return panel


def _noise() -> Panel:
    head = "Scatter of the share in anagen between groups"
    panel = Panel(head, "follicles in a group", "sd", (10, 1e4), (1e-3, 1), log=True)
    panel.curve(SIZES, [np.sqrt(STEADY[0] * (1 - STEADY[0]) / size) for size in SIZES], 0, "binomial")
    return panel.dots(SIZES, [scatter(size, 2) for size in SIZES], 1, "engine", 3.0)


if __name__ == "__main__":
    for month in (1.0, 2.0, 5.0, 10.0):
        seen, expected = trajectory(100_000, 3)[1][int(month)], blind().fractions(month)
        z = (seen - expected) / standard_error(month, 100_000)
        print(f"month {month:2.0f}  engine {seen.round(4)}  closed form {np.round(expected, 4)}  z {z.round(1)}")
    for spread in SPREADS:
        kept = swing(*in_step(spread, 100_000, 1), 3 * CYCLE) / swing(*in_step(spread, 100_000, 1), 2 * CYCLE)
        print(f"cv {spread:g}: of the swing a cycle leaves {kept:.3f}, theory {damping(spread):.3f}")
    print(f"sd of the share in anagen of 100 follicles: {scatter(100, 1):.4f}, binomial 0.0497")
    print(save("halloy", draw()))
