"""Magnesium in the body, over hours: what one dose does to the plasma level.

What is swallowed is parted at once, by the curve of a meal, into what will be taken up and what will pass through;
both leave the stomach and then the gut by first order. The carriers of the gut are held by what still waits in the
stomach to be taken up (q mg), as if an amount T with A(T) = q had been eaten:

    A(x) = min(x, V x / (K + x) + p x)                   mg, x mg in one meal [Fine 1991]
    taken up of x more = f (A(T + x) - A(T))             f the factor of salt or food

So one meal follows its curve exactly, meals hours apart do not touch, and more swallowed never means less taken up.

From the gut it enters the extracellular water (E mmol in L liters, plasma C = E / L), which exchanges with five pools
(half-times 1 h, 3 h, about a day, weeks, years) and loses magnesium by the kidneys and with digestive juices:

    dQ/dt = k (Q0 (1 + s (C / C0 - 1)) - Q)              s: the share of a rise that a pool follows
    urine = GFR u C FE(C)                                u: the ultrafilterable share
    FE(C) = low + (high - low) r / (1 + r),  r = r0 (C / Cn)^n,  FE(Cn) = usual
    usual = usual_h (GFR_h / GFR)^a,  n = n_h (GFR / GFR_h)^b           h: healthy
    digestive juices = e C / Cn

The last line is how a failing kidney holds the plasma level until stage 4: it excretes more of what it filters, and has
so much less left to answer a load with.

Amounts are in mmol, time in hours, plasma in mmol/L. Every function takes numbers or arrays.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from anagen.body.magnesium import absorbed_from_meals

Floats = NDArray[np.float64]

STATES = (
    "stomach_kept",  # in the stomach, to be taken up
    "stomach_passing",  # in the stomach, to pass through
    "gut_kept",
    "gut_passing",
    "extracellular",
    "rapid",
    "brisk",
    "cell",
    "middle",
    "slow",
    "urine",  # running sums from the start on
    "gut_loss",
    "endogenous_loss",
)
POOLS = ("rapid", "brisk", "cell", "middle", "slow")
AT = {name: place for place, name in enumerate(STATES)}
HELD = slice(AT[POOLS[0]], AT[POOLS[-1]] + 1)
"""The states of the pools, in the order of POOLS."""
INSIDE = slice(AT["stomach_kept"], AT["urine"])
"""The states that are in the body; the rest are sums of what has left it."""


class Pools(NamedTuple):
    """The tissues: size at the start (mmol), exchange (1/h), and the share of a rise of plasma that each follows.

    The first axis is that of POOLS.
    """

    size: Any
    rate: Any
    following: Any


class Laws(NamedTuple):
    """All a body needs to be run, each a number or one number for each draw.

    Attributes
    ----------
    stomach_rate, gut_rate : 1/h.
    volume : extracellular, L.
    start : plasma the body is at rest at, mmol/L; normal : that of the kidney's law, mmol/L.
    filtrate : GFR times the ultrafilterable share, L/h.
    low, usual, high, steepness : of fractional excretion.
    endogenous : loss with digestive juices at the normal level, mmol/h.
    capacity, half_saturation (mg), passive : of the curve of a meal.
    """

    stomach_rate: Any
    gut_rate: Any
    volume: Any
    start: Any
    normal: Any
    pools: Pools
    filtrate: Any
    low: Any
    usual: Any
    high: Any
    steepness: Any
    endogenous: Any
    capacity: Any
    half_saturation: Any
    passive: Any


def meal_absorbed(amount: Any, capacity: Any, half_saturation: Any, passive: Any) -> Any:
    """Magnesium a meal of `amount` mg would deliver, mg: the curve, and never more than is there (below some 10 mg)."""
    return np.minimum(amount, absorbed_from_meals(amount, 1, capacity, half_saturation, passive))


def meal_behind(absorbed: Any, capacity: Any, half_saturation: Any, passive: Any) -> Any:
    """The meal (mg) that would deliver `absorbed` mg: the curve read backwards.

    The positive root of p x^2 + (V + p K - a) x - a K = 0, and never less than what it delivers.
    """
    half = (capacity + passive * half_saturation - absorbed) / 2
    root = (np.sqrt(half**2 + passive * absorbed * half_saturation) - half) / passive
    return np.maximum(absorbed, root)


def newly_absorbed(waiting: Any, amount: Any, factor: Any, capacity: Any, half_saturation: Any, passive: Any) -> Any:
    """What will be taken up of `amount` mg swallowed while `waiting` mg wait in the stomach to be taken up, mg."""
    curve = (capacity, half_saturation, passive)
    return factor * (meal_absorbed(meal_behind(waiting, *curve) + amount, *curve) - waiting)


def fractional_excretion(relative_plasma: Any, low: Any, usual: Any, high: Any, steepness: Any) -> Any:
    """The share of filtered magnesium that is not taken back, at plasma relative to normal; `usual` at 1.

    low + (high - low) r / (1 + r), with r = r0 relative^steepness.
    """
    share = (usual - low) / (high - low)
    ratio = share / (1 - share) * relative_plasma**steepness
    return low + (high - low) * ratio / (1 + ratio)


def adapted_excretion(usual: Any, relative_gfr: Any, adaptation: Any) -> Any:
    """The usual fractional excretion at a GFR relative to healthy: usual relative_gfr^-adaptation."""
    return usual * relative_gfr**-adaptation


def adapted_steepness(steepness: Any, relative_gfr: Any, reserve: Any) -> Any:
    """How steeply excretion answers plasma at a GFR relative to healthy: steepness relative_gfr^reserve."""
    return steepness * relative_gfr**reserve


def urinary_excretion(filtrate: Any, plasma: Any, fraction: Any) -> Any:
    """Magnesium in urine, mmol/h: filtrate (L/h, ultrafilterable share of GFR) x plasma x fractional excretion."""
    return filtrate * plasma * fraction


def endogenous_loss(endogenous: Any, relative_plasma: Any) -> Any:
    """Magnesium lost with digestive juices, mmol/h, in step with plasma."""
    return endogenous * relative_plasma


def pool_gain(amount: Any, size: Any, rate: Any, following: Any, relative_plasma: Any) -> Any:
    """Net gain of a tissue, mmol/h: it drifts to its size times what it follows of plasma, relative to the start.

    rate (size (1 + following (plasma / start - 1)) - amount)
    """
    return rate * (size * (1 + following * (relative_plasma - 1)) - amount)


def losses(plasma: Any, laws: Laws) -> tuple[Any, Any]:
    """Urine and digestive juices at a plasma level, mmol/h."""
    relative = plasma / laws.normal
    fraction = fractional_excretion(relative, laws.low, laws.usual, laws.high, laws.steepness)
    return urinary_excretion(laws.filtrate, plasma, fraction), endogenous_loss(laws.endogenous, relative)


def derivatives(state: Floats, laws: Laws, infused: float = 0.0) -> Floats:
    """Rates of change of the states, mmol/h; `state` has the axis of STATES first.

    `infused` flows straight into the blood, mmol/h. The rates of all states add up to it: nothing is lost.
    """
    kept, passing, gut_kept, gut_passing, extracellular = state[: HELD.start]
    plasma = extracellular / laws.volume
    gains = pool_gain(state[HELD], *laws.pools, plasma / laws.start)
    urine, juices = losses(plasma, laws)
    emptied, emptied_passing = laws.stomach_rate * kept, laws.stomach_rate * passing
    taken_up, passed = laws.gut_rate * gut_kept, laws.gut_rate * gut_passing
    rates = np.empty_like(state)
    rates[AT["stomach_kept"]] = -emptied
    rates[AT["stomach_passing"]] = -emptied_passing
    rates[AT["gut_kept"]] = emptied - taken_up
    rates[AT["gut_passing"]] = emptied_passing - passed
    rates[AT["extracellular"]] = taken_up + infused - urine - juices - sum(gains)
    rates[HELD] = gains
    rates[AT["urine"]] = urine
    rates[AT["gut_loss"]] = passed
    rates[AT["endogenous_loss"]] = juices
    return rates


def at_rest(laws: Laws) -> Floats:
    """The states at rest: an empty gut, every tissue in balance with plasma at its start, nothing lost yet."""
    extracellular = np.asarray(laws.start * laws.volume, dtype=np.float64)
    state = np.zeros((len(STATES), *extracellular.shape))
    state[AT["extracellular"]] = extracellular
    state[HELD] = laws.pools.size
    return state
