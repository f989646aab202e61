"""Runs of the hour-scale magnesium pools: the routine's doses as events, and a stiff solver between them.

Between two events the pools follow `acute.derivatives`; at an event something is swallowed. The solver is LSODA of
scipy, which turns to backward differentiation where the pools are stiff (half-times from an hour to years). All draws
are one banded system, so they share every step. Plasma starts at rest on the usual diet, and the diet goes on.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from anagen.body.acute import (
    AT,
    INSIDE,
    POOLS,
    STATES,
    Laws,
    Pool,
    adapted_excretion,
    adapted_steepness,
    at_rest,
    derivatives,
    losses,
    newly_absorbed,
)
from anagen.body.takings import HOURS_PER_DAY, Taking, meal_hours
from anagen.evidence.parameters import parameters
from anagen.intake.salts import Solubility

Floats = NDArray[np.float64]

SHARED = ("gut_capacity", "gut_half_saturation", "gut_passive_share", "plasma_magnesium_reference")
FACTORS = tuple(f"meal_multiplier_{name}" for name in ("soluble", "hydroxide", "oxide", "enteric"))
LEAD_IN_DAYS = 3  # days of the usual diet before the first dose, for the daily rhythm of the fast pools
TOLERANCE, SMALLEST = 1e-8, 1e-10  # relative; mmol
STEP_H = 0.25  # of the curve that is kept
HALVINGS = 80
LOWEST_PLASMA, HIGHEST_PLASMA = 0.01, 50.0  # mmol/L: where a level at rest is looked for
LITERS_PER_HOUR = 0.06  # of 1 mL/min


def record_names() -> tuple[str, ...]:
    """Every record the pools use: their own, the curve of a meal, the set point, the factors of the salts."""
    own = tuple(record.name for record in parameters().values() if record.file == "acute")
    return (*own, *SHARED, *FACTORS)


def drawn(draws: int, seed: int) -> dict[str, Floats]:
    """Every record `draws` times from its distribution, or (`draws` 0) once at its central value; shape (draws,).

    Each name has a stream of its own (Philox, keyed by the seed and the name), so that no draw depends on the others.
    """
    found: dict[str, Floats] = {}
    for name in record_names():
        record = parameters()[name]
        spread = record.distribution
        if draws == 0 or spread.law == "fixed":
            found[name] = np.full(max(draws, 1), record.value)
            continue
        stream = np.random.Generator(np.random.Philox(key=[seed, zlib.crc32(name.encode())]))
        if spread.law == "uniform":
            found[name] = stream.uniform(spread.low, spread.high, draws)
            continue
        z = stream.standard_normal(draws)
        found[name] = (
            record.value * np.exp(spread.sd * z) if spread.law == "lognormal" else record.value + spread.sd * z
        )
    return found


class Swallowed(NamedTuple):
    """What is swallowed at one hour: mg and factor of each part, the highest factor first; axes (part, draw)."""

    hour: float
    mg: Floats
    factor: Floats

    @property
    def total(self) -> Floats:
        """mg, per draw."""
        return self.mg.sum(axis=0)


def factor(solubility: Solubility, coating: str, values: dict[str, Floats]) -> Floats:
    """The factor of a salt or of food, per draw."""
    if solubility == "food":
        return values["acute_food_factor"]
    name = solubility if solubility in ("oxide", "hydroxide") else "soluble"
    found = values[f"meal_multiplier_{name}"]
    return np.minimum(found, values["meal_multiplier_enteric"]) if coating == "enteric" else found


def meals(takings: Sequence[Taking], values: dict[str, Floats], usual_diet: bool) -> list[Swallowed]:
    """One day's takings by the hour; with `usual_diet`, what listed food lacks of it is added at the usual meals.

    Takings of one hour that are absorbed alike are one part of the meal.
    """
    parts: dict[float, dict[tuple[Solubility, str], Floats]] = {}

    def add(hour: float, kind: tuple[Solubility, str], mg: Any) -> None:
        meal = parts.setdefault(hour, {})
        meal[kind] = meal.get(kind, np.zeros_like(values["acute_food_factor"])) + mg

    for taking in takings:
        add(taking.hour, (taking.solubility, taking.coating), taking.mg)
    if usual_diet:
        eaten = sum(taking.mg for taking in takings if taking.is_diet)
        for hour in meal_hours():
            add(hour, ("food", "none"), np.maximum(values["acute_usual_diet"] - eaten, 0) / len(meal_hours()))
    found: list[Swallowed] = []
    for hour in sorted(parts):
        mg = np.array(list(parts[hour].values()))
        factors = np.array([factor(*kind, values) for kind in parts[hour]])
        order = np.argsort(-factors, axis=0, kind="stable")
        found.append(Swallowed(hour, np.take_along_axis(mg, order, 0), np.take_along_axis(factors, order, 0)))
    return found


def curve_of(laws: Laws) -> tuple[Any, Any, Any]:
    """The three figures of the curve of a meal."""
    return laws.capacity, laws.half_saturation, laws.passive


def parted(waiting: Floats, meal: Swallowed, laws: Laws) -> Floats:
    """What of a meal will be taken up, mg, while `waiting` mg wait in the stomach to be taken up."""
    got = np.zeros_like(waiting)
    for mg, share in zip(meal.mg, meal.factor, strict=True):
        got = got + newly_absorbed(waiting + got, mg, share, *curve_of(laws))
    return got


def daily_uptake(day: Sequence[Swallowed], laws: Laws) -> Floats:
    """What the gut takes up of a day that is like the days before it, mg."""
    waiting, clock, got = np.zeros_like(laws.start), 0.0, np.zeros_like(laws.start)
    for repeat in range(LEAD_IN_DAYS):
        got = np.zeros_like(waiting)
        for meal in day:
            now = HOURS_PER_DAY * repeat + meal.hour
            waiting, clock = waiting * np.exp(-laws.stomach_rate * (now - clock)), now
            more = parted(waiting, meal, laws)
            waiting, got = waiting + more, got + more
    return got


def _halved(too_low: Any, low: Floats, high: Floats) -> Floats:
    """Where a rising function crosses: `too_low` says of each guess whether it lies below."""
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        below = too_low(middle)
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return (low + high) / 2


def laws_from(
    values: dict[str, Floats],
    gfr: float,
    diet: Sequence[Taking] = (),
    mass_kg: float | None = None,
    plasma: float | None = None,
) -> Laws:
    """The laws of a body, per draw, at rest on its usual diet.

    Parameters
    ----------
    values : drawn records.
    gfr : mL/min.
    diet : listed food and drink of every day.
    mass_kg : sizes grow with it; None is the reference.
    plasma : measured at rest, mmol/L; the kidney's set point is then moved so that the body rests there.
    """
    scale = 1 if mass_kg is None else mass_kg / values["acute_reference_mass"]
    relative_gfr = gfr / values["acute_gfr_healthy"]
    normal, rate = values["plasma_magnesium_reference"], np.log(2)
    hours = {"rapid": 1, "brisk": 1, "cell": 1, "middle": HOURS_PER_DAY, "slow": HOURS_PER_DAY}
    laws = Laws(
        stomach_rate=rate / values["acute_stomach_half_time"],
        gut_rate=rate / values["acute_gut_half_time"],
        volume=values["acute_extracellular_volume"] * scale,
        start=normal,
        normal=normal,
        pools=tuple(
            Pool(
                values[f"acute_{name}_pool"] * scale,
                rate / (values[f"acute_{name}_half_time"] * hours[name]),
                values["acute_cell_following"] if name in ("cell", "middle", "slow") else np.ones_like(normal),
            )
            for name in POOLS
        ),
        filtrate=gfr * LITERS_PER_HOUR * values["acute_ultrafilterable"],
        low=values["acute_excretion_low"],
        usual=adapted_excretion(values["acute_excretion_usual"], relative_gfr, values["acute_adaptation"]),
        high=values["acute_excretion_high"],
        steepness=adapted_steepness(values["acute_excretion_steepness"], relative_gfr, values["acute_reserve"]),
        endogenous=values["acute_endogenous_loss"] / values["acute_magnesium_mass"] / HOURS_PER_DAY,
        capacity=values["gut_capacity"],
        half_saturation=values["gut_half_saturation"],
        passive=values["gut_passive_share"],
    )
    gain = daily_uptake(meals(diet, values, usual_diet=True), laws)
    gain = gain / values["acute_magnesium_mass"] / HOURS_PER_DAY
    low, high = np.full_like(normal, LOWEST_PLASMA), np.full_like(normal, HIGHEST_PLASMA)
    if plasma is None:
        start = _halved(lambda level: sum(losses(level, laws)) < gain, low, high)
    else:
        start = np.full_like(normal, plasma)
        normal = _halved(lambda level: sum(losses(start, laws._replace(normal=level))) > gain, low, high)
    relative = start / normal
    sized = tuple(pool._replace(size=pool.size * (1 + pool.following * (relative - 1))) for pool in laws.pools)
    return laws._replace(start=start, normal=normal, pools=sized)


@dataclass(frozen=True)
class Course:
    """A run: hours of the grid, the states at each (axes: hour, state, draw), plasma (hour, draw), mmol swallowed.

    `swallowed` and `infused` count from the first hour of the run, as the sums among the states do.
    """

    hours: Floats
    states: Floats
    plasma: Floats
    swallowed: Floats
    infused: float

    def of(self, name: str) -> Floats:
        """One state through time, mmol; axes (hour, draw)."""
        return self.states[:, AT[name]]

    def imbalance(self) -> Floats:
        """What is missing at the end: in the body then and lost, less in the body before and taken in; mmol a draw."""
        last, first = self.states[-1], self.states[0]
        lost = last[INSIDE.stop :] - first[INSIDE.stop :]
        return (last[INSIDE] - first[INSIDE]).sum(axis=0) + lost.sum(axis=0) - self.swallowed - self.infused


def simulate(
    laws: Laws,
    events: Sequence[Swallowed],
    grid: Floats,
    magnesium_mass: float,
    drip: tuple[float, float, float] | None = None,
    tolerance: float = TOLERANCE,
) -> Course:
    """Run the pools from rest through the events.

    Parameters
    ----------
    laws : per draw.
    events : what is swallowed; those before the first hour of the grid or after its last play no part.
    grid : hours to keep, rising.
    magnesium_mass : mg in a mmol.
    drip : from hour, to hour, mmol/h: straight into the blood.
    tolerance : of the solver, relative.
    """
    begin, end = float(grid[0]), float(grid[-1])
    state = at_rest(laws)
    within = [event for event in events if begin <= event.hour < end]
    edges = {begin, end, *(event.hour for event in within)}
    edges |= {hour for hour in (drip[:2] if drip is not None else ()) if begin < hour < end}
    ordered = sorted(edges)
    kept = [state]
    swallowed = np.zeros_like(laws.start)
    infused = 0.0
    for first, last in pairwise(ordered):
        for event in within:
            if event.hour == first:
                state = _swallow(state, event, laws, magnesium_mass)
                swallowed = swallowed + event.total / magnesium_mass
        flow = drip[2] if drip is not None and drip[0] <= first < drip[1] else 0.0
        infused += flow * (last - first)
        wanted = grid[(grid > first) & (grid <= last)]
        found, state = _solve(laws, state, first, last, wanted, flow, tolerance)
        kept.extend(found)
    states = np.array(kept)
    return Course(grid, states, states[:, AT["extracellular"]] / laws.volume, swallowed, infused)


def _swallow(state: Floats, event: Swallowed, laws: Laws, magnesium_mass: float) -> Floats:
    """The states just after something was swallowed."""
    kept, passing = AT["stomach_kept"], AT["stomach_passing"]
    taken_up = parted(state[kept] * magnesium_mass, event, laws)
    after = state.copy()
    after[kept] += taken_up / magnesium_mass
    after[passing] += (event.total - taken_up) / magnesium_mass
    return after


def _solve(
    laws: Laws, state: Floats, first: float, last: float, wanted: Floats, flow: float, tolerance: float
) -> tuple[list[Floats], Floats]:
    """From one event to the next: the states at the wanted hours, and at the end."""
    from scipy.integrate import solve_ivp

    draws = state.shape[1]

    def rates(_: float, flat: Floats) -> Floats:
        return derivatives(flat.reshape(draws, len(STATES)).T, laws, flow).T.ravel()

    wide = len(STATES) - 1
    hours = wanted if wanted.size and wanted[-1] == last else np.append(wanted, last)
    solution = solve_ivp(
        rates, (first, last), state.T.ravel(), method="LSODA", t_eval=hours, rtol=tolerance,
        atol=min(SMALLEST, tolerance), lband=wide, uband=wide,
    )  # fmt: skip
    if not solution.success:
        raise ArithmeticError(f"the solver stopped at {solution.t[-1] if solution.t.size else first} h")
    found = [column.reshape(draws, len(STATES)).T for column in solution.y.T]
    return found[: wanted.size], found[-1]


def every_day(day: Sequence[Swallowed], from_day: int, to_day: int) -> list[Swallowed]:
    """The same day's meals on each day from `from_day` up to, not with, `to_day`."""
    return [meal._replace(hour=meal.hour + HOURS_PER_DAY * n) for n in range(from_day, to_day) for meal in day]
