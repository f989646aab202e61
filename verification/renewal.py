"""The follicle automaton against renewal theory, check by check, as z-scores; run as a script it draws them.

An untreated follicle is an alternating renewal process: independent lengths of four phases with means m_1 ... m_4,
whose sum has the mean M. Whatever the laws of the lengths, to somebody who looks in at a random moment

    share in phase i            = m_i / M, at every later moment
    events (say, hairs shed) within W months: mean W / M,
    their variance              = W/M (1 - W/M) + (2/M) * integral of H from 0 to W,
                                  H(u) = mean number of events in the u months after one
    what is left of a phase, and what has gone of it, have the density (1 - F_i(x)) / m_i
    the phase he finds is length-biased: its length has the density x f_i(x) / m_i

N follicles are independent, so each check has a known standard error and z = (seen - expected) / standard error.
The laws here come from scipy, not from the tables that the engine draws from.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import scipy.stats
from numpy.typing import NDArray
from scipy.signal import fftconvolve

sys.path.insert(0, str(Path(__file__).parent))

from pictures import Panel, figure, save

from anagen.follicle.census import Census, Wanted
from anagen.follicle.clock import Clock
from anagen.follicle.grow import grow
from anagen.follicle.histories import Histories, histories
from anagen.follicle.laws import CycleLaws, Shapes
from anagen.follicle.patches import Follicles, Patches
from anagen.follicle.shapes import exponential, lognormal, shape_from_quantiles

Floats = NDArray[np.float64]

FOLLICLES = 100_000
TIMES = (0, 1, 3, 6, 12, 24, 48, 96, 180, 300, 600)  # months at which phases are counted
YEARS = (1, 2, 3, 5, 8, 12, 20, 30, 40, 50)  # in which shed hairs are counted
ORDER = ("anagen", "catagen", "telogen", "kenogen")
BINS = 10
STEP = 0.02  # months, of the renewal function
SEEDS = (1, 2)
ORDERS = {"anagen": 4.0, "catagen": 9.0, "telogen": 6.0, "kenogen": 2.0}  # of the gamma laws


def _gamma(order: float) -> Any:
    return shape_from_quantiles(f"gamma {order:g}", scipy.stats.gamma(order, scale=1 / order).ppf)


SHAPES = {
    "lognormal": Shapes.usual(),
    "exponential": Shapes(**dict.fromkeys(ORDER, exponential())),
    "gamma": Shapes(**{phase: _gamma(order) for phase, order in ORDERS.items()}),
    "mixed": Shapes(anagen=_gamma(4), telogen=exponential(), kenogen=lognormal(), catagen=lognormal()),
}


@dataclass(frozen=True)
class Check:
    """One comparison with theory."""

    law: str
    group: str
    name: str
    z: float


def exact(law: str, phase: str) -> Any:
    """The law of a phase's length, months, as scipy has it."""
    laws = CycleLaws.central(1)
    mean, spread = float(laws.mean(phase)[0]), float(getattr(laws, f"{phase}_spread")[0])
    kind = {"anagen": "gamma", "telogen": "exponential"}.get(phase, "lognormal") if law == "mixed" else law
    if kind == "exponential":
        return scipy.stats.expon(scale=mean)
    if kind == "gamma":
        order = ORDERS[phase]
        return scipy.stats.gamma(order, scale=mean / order)
    s = np.sqrt(np.log1p(spread**2))
    return scipy.stats.lognorm(s, scale=mean * np.exp(-(s**2) / 2))


def patches(law: str, months: int) -> Patches:
    """A patch where nothing drives the follicles."""
    flat = np.ones((1, months + 1))
    still = Clock.from_speeds(flat, 0 * flat)
    return Patches(still, flat, *(0 * flat for _ in range(4)), CycleLaws.central(1), SHAPES[law])


@cache
def census(law: str, seed: int) -> Census:
    """What the engine counts, each month."""
    who = Follicles.in_one_patch(FOLLICLES, 0.0)
    return grow(patches(law, TIMES[-1]), who, seed, np.arange(TIMES[-1] + 1.0), Wanted(sums=False), engine="numba")


@cache
def events(law: str, seed: int) -> Histories:
    """Every event of two years."""
    return histories(patches(law, 24), Follicles.in_one_patch(FOLLICLES, 0.0), seed)


def means(law: str) -> Floats:
    """Mean lengths of the phases, in order."""
    return np.array([exact(law, phase).mean() for phase in ORDER])


def _z(seen: float, expected: float, variance: float) -> float:
    return float((seen - expected) / np.sqrt(variance))


def phase_checks(law: str, seed: int) -> list[Check]:
    """Shares of the phases at many times."""
    found, share = census(law, seed), means(law) / means(law).sum()
    counts = (found.in_anagen, found.in_catagen, found.in_telogen, found.empty)
    return [
        Check(law, "phases", f"{phase} at month {month}",
              _z(float(count[0, month]), FOLLICLES * p, FOLLICLES * p * (1 - p)))
        for month in TIMES for phase, count, p in zip(ORDER, counts, share, strict=True)
    ]  # fmt: skip


@cache
def count_variance(law: str, window: float) -> float:
    """Variance of the number of events of one follicle in a window, by the renewal function on a fine grid."""
    edges = np.arange(0, window + STEP / 2, STEP)
    cycle = np.array([1.0])
    for phase in ORDER:
        # mass within half a step of each node
        mass = np.diff(exact(law, phase).cdf(np.concatenate([[0.0], edges + STEP / 2])))
        cycle = fftconvolve(cycle, mass)[: edges.size]
    ever, again = np.zeros(edges.size), cycle
    while again.sum() > 1e-9:
        ever, again = ever + again, fftconvolve(again, cycle)[: edges.size]
    renewals = np.cumsum(ever) - ever / 2
    expected = window / means(law).sum()
    return float(expected * (1 - expected) + 2 / means(law).sum() * (renewals.sum() - renewals[-1] / 2) * STEP)


def _count_check(law: str, name: str, seen: float, window: float) -> Check:
    expected = FOLLICLES * window / means(law).sum()
    return Check(law, "events", name, _z(seen, expected, FOLLICLES * count_variance(law, window)))


def event_checks(law: str, seed: int) -> list[Check]:
    """Hairs shed in a month and in a year, and every kind of event in each of the first two years."""
    shed = census(law, seed).shed[0]
    checks = [_count_check(law, f"shed in year {year}", float(shed[12 * year - 11 : 12 * year + 1].sum()), 12.0)
              for year in YEARS]  # fmt: skip
    checks += [_count_check(law, f"shed in month {month}", float(shed[month]), 1.0) for month in (1, 2, 30, 300)]
    found = events(law, seed)
    kinds = {"anagens begun": found.start, "anagens ended": found.anagen_end, "catagens ended": found.catagen_end,
             "telogens ended": found.telogen_end}  # fmt: skip
    for name, time in kinds.items():
        for year in (1, 2):
            within = (time > 12 * year - 12) & (time <= 12 * year)
            checks.append(_count_check(law, f"{name} in year {year}", float(within.sum()), 12.0))
    return checks


def residual_cdf(law: str, phase: str, length: Floats) -> Floats:
    """Share of residual lives up to a length: the integral of 1 - F over the mean."""
    fine = np.linspace(0, float(length.max()), 20_001)
    survival = exact(law, phase).sf(fine)
    summed = np.concatenate([[0.0], np.cumsum((survival[1:] + survival[:-1]) / 2) * (fine[1] - fine[0])])
    return np.interp(length, fine, summed) / exact(law, phase).mean()


def biased_cdf(law: str, phase: str, length: Floats) -> Floats:
    """Share of length-biased lengths up to a length: (x F - integral of F) / mean."""
    return residual_cdf(law, phase, length) - length * exact(law, phase).sf(length) / exact(law, phase).mean()


def looked_in_on(law: str, seed: int) -> dict[str, tuple[Floats, Floats]]:
    """For each phase, what had gone of it and what was left of it at month 0, of the follicles in it then."""
    first = events(law, seed)
    first = Histories(**{name: values[first.cycle == 0] for name, values in vars(first).items()})
    edges = (first.start, first.anagen_end, first.catagen_end, first.telogen_end, first.end)
    found: dict[str, tuple[Floats, Floats]] = {}
    for place, phase in enumerate(ORDER):
        inside = (edges[place] <= 0) & (edges[place + 1] > 0)
        found[phase] = (-edges[place][inside], edges[place + 1][inside])
    return found


def residual_checks(law: str, seed: int) -> list[Check]:
    """What has gone and what is left of the phase at month 0, and its whole length, in bins."""
    checks: list[Check] = []
    for phase, (gone, left) in looked_in_on(law, seed).items():
        checks += _bin_checks(law, f"left of {phase}", left, residual_cdf, phase)
        checks += _bin_checks(law, f"gone of {phase}", gone, residual_cdf, phase)
        checks += _bin_checks(law, f"whole {phase}", gone + left, biased_cdf, phase)
    return checks


def _bin_checks(law: str, name: str, lengths: Floats, cdf: Any, phase: str) -> list[Check]:
    """Counts in bins that theory holds to be equally likely."""
    fine = np.linspace(0, 12 * exact(law, phase).mean(), 40_001)
    edges = np.interp(np.arange(1, BINS) / BINS, cdf(law, phase, fine), fine)
    counts = np.bincount(np.searchsorted(edges, lengths), minlength=BINS)
    n, p = lengths.size, 1 / BINS
    return [Check(law, "lengths", f"{name}, tenth {place + 1}", _z(float(count), n * p, n * p * (1 - p)))
            for place, count in enumerate(counts)]  # fmt: skip


@cache
def all_checks(seed: int) -> tuple[Check, ...]:
    """Every check of one seed."""
    parts = (phase_checks, event_checks, residual_checks)
    return tuple(check for law in SHAPES for part in parts for check in part(law, seed))


def of_group(checks: tuple[Check, ...], group: str) -> Floats:
    """The z-scores of one group."""
    return np.array([check.z for check in checks if check.group == group])


def draw() -> str:
    """Ordered z-scores against the normal law, shares over time, and what is left of anagen at month 0."""
    return figure(
        "The follicle automaton against renewal theory",
        (
            f"{FOLLICLES:,} untreated follicles, two seeds, four sets of laws of phases. Theory has no free number.",
            "As it should be: the z-scores lie along the line, in the band that holds 99 % of a true engine's points;",
            "shares and lengths lie on their lines. A wrong engine bends away from the line or runs off its ends.",
        ),
        [_ordered(), _shares(), _left("lognormal"), _left("mixed")],
    )  # fmt: skip


def _ordered() -> Panel:
    panel = Panel("z-scores of all checks", "z that theory expects", "z seen", (-3.6, 3.6), (-4.5, 4.5))
    for color, seed in enumerate(SEEDS):
        z = np.sort([check.z for check in all_checks(seed)])
        rank = np.arange(1, z.size + 1)
        normal = scipy.stats.norm.ppf((rank - 0.5) / z.size)
        if color == 0:
            low, high = (scipy.stats.norm.ppf(scipy.stats.beta(rank, z.size + 1 - rank).ppf(p)) for p in (0.005, 0.995))
            panel.band(normal, low, high, "99 % band")
            panel.curve((-3.6, 3.6), (-3.6, 3.6), 5)
        panel.dots(normal, z, color, f"seed {seed}, {z.size} checks", 1.8)
    return panel


def _shares() -> Panel:
    panel = Panel("Follicles outside anagen (lognormal laws)", "months", "share of all follicles", (0, 600), (0, 0.1))
    found, share = census("lognormal", SEEDS[0]), means("lognormal") / means("lognormal").sum()
    times = np.arange(0, 601, 20)
    for color, (phase, count) in enumerate(
        (("catagen", found.in_catagen), ("telogen", found.in_telogen), ("kenogen", found.empty))
    ):
        p = share[ORDER.index(phase)]
        panel.curve((0, 600), (p, p), color)
        panel.dots(times, count[0, times] / FOLLICLES, color, phase)
    return panel


def _left(law: str) -> Panel:
    _, left = looked_in_on(law, SEEDS[0])["anagen"]
    mean = exact(law, "anagen").mean()
    edges = np.linspace(0, 2.5 * mean, 41)
    middle, width = (edges[1:] + edges[:-1]) / 2, edges[1]
    density = np.histogram(left, edges)[0] / left.size / width
    top = 1.25 / mean
    panel = Panel(f"Anagen left at month 0 ({law} laws)", "months left", "density per month", (0, 2.5 * mean), (0, top))
    panel.curve(edges, exact(law, "anagen").sf(edges) / mean, 0, "theory: (1 - F) / mean")
    panel.curve(edges, exact(law, "anagen").pdf(edges), 4, "all begun at month 0", "5 4")
    return panel.dots(middle, density, 1, "engine")


if __name__ == "__main__":
    for seed in SEEDS:
        checks = all_checks(seed)
        for group in ("phases", "events", "lengths"):
            z = of_group(checks, group)
            rms, largest = np.sqrt((z**2).mean()), np.abs(z).max()
            print(f"seed {seed} {group:8} {z.size:4} checks  rms z {rms:.2f}  largest {largest:.2f}")
    print(save("renewal", draw()))
