"""Blind second version of the hour-scale magnesium pools: what a dose does to plasma magnesium within days.

Written first, from the published figures alone and before the package had any equation of it; by the same hand, so it
guards against slips of the pen and of the solver, not against a shared misreading. Written from: Fine and co-workers
1991 (gut curve of a meal), Avioli and Berman 1966 and Silver and co-workers 1960 (exchangeable pools and half-times),
Oliveira 2018 (fractional excretion from 0.5 % in depletion to over 70 % under a load), Zhang and co-workers 2016 (the
weeks a plateau takes, which asks for a pool of intermediate speed).

A pool of cells follows only a share of a rise of plasma: the loading test of 88 healthy people (30 mmol in 8 hours,
6.3 +/- 10.3 % of it retained at 24 hours; Scand J Clin Lab Invest 1994, 54:23) leaves no room for more. The first
comparison with the package differed by 0.2 % at a low GFR: how full the cells are at rest there had been left open.
They follow the same share of a lasting rise in both now. The rule of the gut was first another (all that lies in the
stomach crowds), in both; it let a poorly absorbed tablet lower the uptake of a meal, and was changed here first.

Plain Python, its own solver: classical Runge-Kutta of fourth order with a small fixed step. mmol, hours and liters
within; doses are in mg of elemental magnesium.

What came later: the adaptation of the kidney at low GFR below, and some of the constants, were changed here and in the
package at the same time, when the first form answered a load at GFR 20 almost like a healthy kidney.

What is swallowed waits in the stomach, then in the gut. When it is swallowed it is parted into what will be taken up
and what will pass through, by the curve of a meal. The carriers are taken by what still waits in the stomach to be
taken up, q mg: as if an amount T, A(T) = q, had been eaten. So a poorly absorbed salt crowds out no more than it brings
in. Of things swallowed together, those with the higher factor go first, and those of one factor go as one.

    A(x) = min(x, 40.2 x / (32.9 + x) + 0.07 x)     taken up of x more: factor (A(T + x) - A(T))
    urine = GFR 0.75 C FE(C)
    FE(C) = low + (high - low) r / (1 + r), r = r0 (C / 0.85)^n, FE(0.85) = usual
    usual = 0.035 (110 / GFR)^0.8, n = 10 GFR / 110

A failing kidney holds plasma until stage 4 (Oliveira 2018) by raising what it excretes of a unit filtered, and has that
much less left to raise: supplements lift serum by some 0.16 mmol/L there (2.4 against 2.0 mg/dL after a year of oxide,
without proteinuria), against 0.04 in healthy people.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

MG_PER_MMOL = 24.305
LN2 = math.log(2)


@dataclass(frozen=True)
class Body:
    """The figures, central values."""

    gfr_ml_min: float = 110.0
    extracellular_l: float = 15.5
    normal_mmol_l: float = 0.85
    # size mmol, half-time h, share of a rise of plasma that the pool follows
    pools: tuple[tuple[float, float, float], ...] = (
        (3.0, 1.0, 1.0),
        (3.0, 3.0, 1.0),
        (84.0, 24.0, 0.5),
        (100.0, 45 * 24.0, 0.5),
        (900.0, 1000 * 24.0, 0.5),
    )
    filterable: float = 0.75
    fe_low: float = 0.005
    fe_usual: float = 0.035
    fe_high: float = 0.70
    steepness: float = 10.0
    healthy_gfr: float = 110.0
    adaptation: float = 0.8
    reserve: float = 1.0
    endogenous_mg_day: float = 25.0
    stomach_half_h: float = 0.75
    gut_half_h: float = 2.0
    curve: tuple[float, float, float] = (40.2, 32.9, 0.07)
    food_factor: float = 0.95
    food_mg_day: float = 350.0
    meal_hours: tuple[float, ...] = (8.0, 13.0, 19.0)


@dataclass
class Run:
    """Plasma (mmol/L) by hour, and the running sums at the end (mmol)."""

    hours: list[float] = field(default_factory=list)
    plasma: list[float] = field(default_factory=list)
    urine: list[float] = field(default_factory=list)
    taken_in: float = 0.0
    held_before: float = 0.0
    held_after: float = 0.0
    lost: float = 0.0


def meal_uptake_mg(x: float, body: Body) -> float:
    top, half, passive = body.curve
    return min(x, top * x / (half + x) + passive * x) if x > 0 else 0.0


def as_if_eaten_mg(waiting: float, body: Body) -> float:
    """T with A(T) = waiting, by halving."""
    low, high = 0.0, waiting / body.curve[2] + 1
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if meal_uptake_mg(middle, body) < waiting else (low, middle)
    return (low + high) / 2


def uptake_together_mg(waiting: float, things: list[tuple[float, float]], body: Body) -> float:
    """What will be taken up of things (mg, factor) swallowed together onto what waits in the stomach."""
    got = 0.0
    for factor in sorted({f for _, f in things}, reverse=True):
        mg = sum(m for m, f in things if f == factor)
        before = as_if_eaten_mg(waiting + got, body)
        got += factor * (meal_uptake_mg(before + mg, body) - meal_uptake_mg(before, body))
    return got


def fractional_excretion(c: float, body: Body) -> float:
    worn = body.healthy_gfr / body.gfr_ml_min
    share = (body.fe_usual * worn**body.adaptation - body.fe_low) / (body.fe_high - body.fe_low)
    r = share / (1 - share) * (c / body.normal_mmol_l) ** (body.steepness / worn**body.reserve)
    return body.fe_low + (body.fe_high - body.fe_low) * r / (1 + r)


def urine_mmol_h(c: float, body: Body) -> float:
    return body.gfr_ml_min * 60 / 1000 * body.filterable * c * fractional_excretion(c, body)


def endogenous_mmol_h(c: float, body: Body) -> float:
    return body.endogenous_mg_day / MG_PER_MMOL / 24 * c / body.normal_mmol_l


def usual_uptake_mmol_h(body: Body) -> float:
    """What the usual meals deliver, hour by hour on average, with what a meal leaves in the stomach for the next."""
    meals, held, clock, got = sorted(body.meal_hours), 0.0, 0.0, 0.0
    portion = body.food_mg_day / len(meals)
    for day in range(3):
        for hour in meals:
            now = 24 * day + hour
            held *= math.exp(-LN2 / body.stomach_half_h * (now - clock))
            clock = now
            more = uptake_together_mg(held, [(portion, body.food_factor)], body)
            held += more
            if day == 2:
                got += more
    return got / MG_PER_MMOL / 24


def steady_plasma(body: Body) -> float:
    """Where loss meets uptake, by halving."""
    gain = usual_uptake_mmol_h(body)
    low, high = 0.05, 20.0
    for _ in range(200):
        middle = (low + high) / 2
        if urine_mmol_h(middle, body) + endogenous_mmol_h(middle, body) < gain:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _rates(y: list[float], body: Body, start: float, drip: float) -> list[float]:
    """Rates of: stomach kept, stomach passing, gut kept, gut passing, plasma side, pools..., urine, feces."""
    ks, kg = LN2 / body.stomach_half_h, LN2 / body.gut_half_h
    c = y[4] / body.extracellular_l
    out, back = [], 0.0
    for amount, (size, half, follows) in zip(y[5:10], body.pools, strict=True):
        k = LN2 / half
        held = size * (1 + follows * (start / body.normal_mmol_l - 1))
        into = k * held * (1 + follows * (c / start - 1))
        out.append(into - k * amount)
        back += k * amount - into
    urine, own = urine_mmol_h(c, body), endogenous_mmol_h(c, body)
    return [
        -ks * y[0],
        -ks * y[1],
        ks * y[0] - kg * y[2],
        ks * y[1] - kg * y[3],
        kg * y[2] + back - urine - own + drip,
        *out,
        urine,
        kg * y[3] + own,
    ]


def simulate(
    body: Body,
    doses: list[tuple[float, float, float]],
    hours: float = 48.0,
    lead_in_days: int = 3,
    drip: tuple[float, float, float] | None = None,
    step: float = 0.02,
    every_day: bool = False,
    meals: bool = True,
) -> Run:
    """Plasma from midnight of the day of the doses.

    doses: (clock hour, mg, factor of the salt). drip: (from hour, to hour, mmol/h) into the blood.
    """
    start = steady_plasma(body)
    y = [0.0] * 4 + [start * body.extracellular_l]
    y += [size * (1 + follows * (start / body.normal_mmol_l - 1)) for size, _, follows in body.pools] + [0.0, 0.0]
    portion = body.food_mg_day / len(body.meal_hours)
    run, first = Run(), -24 * lead_in_days
    events: dict[int, list[tuple[float, float]]] = {}
    for day in range(-lead_in_days, math.ceil(hours / 24) + 1):
        wanted = [(hour, portion, body.food_factor) for hour in body.meal_hours] if meals else []
        if day == 0 or (every_day and day > 0):
            wanted += doses
        for hour, mg, factor in wanted:
            events.setdefault(round((24 * day + hour) / step), []).append((mg, factor))
    for i in range(round(first / step), round(hours / step) + 1):
        if i == 0:
            run.held_before, run.taken_in, y[10], y[11] = sum(y[:10]), 0.0, 0.0, 0.0
        if i >= 0:
            run.hours.append(i * step)
            run.plasma.append(y[4] / body.extracellular_l)
            run.urine.append(y[10])
        if i in events:
            total = sum(mg for mg, _ in events[i])
            kept = uptake_together_mg(y[0] * MG_PER_MMOL, events[i], body)
            y[0] += kept / MG_PER_MMOL
            y[1] += (total - kept) / MG_PER_MMOL
            run.taken_in += total / MG_PER_MMOL
        flow = drip[2] if drip is not None and drip[0] <= (i + 0.5) * step < drip[1] else 0.0
        run.taken_in += flow * step if i >= 0 else 0.0
        y = _runge_kutta(y, body, start, flow, step)
    run.held_after, run.lost = sum(y[:10]), y[10] + y[11]
    return run


def _runge_kutta(y: list[float], body: Body, start: float, drip: float, h: float) -> list[float]:
    one = _rates(y, body, start, drip)
    two = _rates([a + h / 2 * b for a, b in zip(y, one, strict=True)], body, start, drip)
    three = _rates([a + h / 2 * b for a, b in zip(y, two, strict=True)], body, start, drip)
    four = _rates([a + h * b for a, b in zip(y, three, strict=True)], body, start, drip)
    return [a + h / 6 * (p + 2 * q + 2 * r + s) for a, p, q, r, s in zip(y, one, two, three, four, strict=True)]


if __name__ == "__main__":
    for gfr in (110.0, 20.0):
        who = Body(gfr_ml_min=gfr)
        found = simulate(who, [(22.0, 2000.0, 0.7)], hours=70)
        top = max(found.plasma)
        print(f"GFR {gfr:.0f}: steady {steady_plasma(who):.3f}, after 2000 mg {top:.3f} mmol/L")
