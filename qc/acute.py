"""Blind second version: hour-scale magnesium pools, or what a dose does to plasma magnesium within days.

Written from the description alone, by someone who had not read the package. The solver is this file's own. Nothing here
is shared with the package, so agreement speaks against slips of the pen in either; it says nothing about the body.

The model, in mmol, hours and liters; doses in mg of elemental magnesium, 24.305 mg per mmol.

Gut. What is swallowed is parted at once into what will be taken up and what will pass. Both leave the stomach
(half-time 0.75 h), then the gut (half-time 2 h), each by first order. What is taken up enters the extracellular water,
what passes ends in the feces. The curve of one meal of x mg is

    A(x) = min(x, V x / (K + x) + p x),    V = 40.2 mg, K = 32.9 mg, p = 0.07

V and K are a two-point fit to the meals of Fine 1991 (65 % of the least, 11 % of the largest); p is Fine's own.
If q mg that will be taken up still wait in the stomach, A(T) = q gives T, the meal that would stand for them, and x mg
more with factor f add f (A(T + x) - A(T)). Of things swallowed at the same hour the highest factor goes first, those of
equal factor count as one portion, and each next one comes after q has grown by what was just taken up. Food has
factor 0.95.
A stay w >= 1 makes the gut's half-time w times as long and p into p w / (1 + p (w - 1)): a first-order uptake racing a
first-order passage, given w times the time. V and K stay.

Pools. The extracellular water, 15.5 L, holds E; plasma C = E / 15.5. With rest at C0 and normal Cn = 0.85 mmol/L, a
pool of size Q0 that follows plasma by the share s has at rest Q0' = Q0 (1 + s (C0/Cn - 1)) and moves by

    dQ/dt = k (Q0' (1 + s (C/C0 - 1)) - Q),    k = ln 2 / half-time

and its net gain is taken from E. Half-times 1, 3 and 24 h (Silver 1960 saw 1, 3 and 14 to 35 h), 45 days (from the slow
rise that Zhang 2016 found under supplements) and 1000 days (Avioli and Berman 1966, the unit recalled). Sizes 3, 3, 84,
100 and 900 mmol: the total of about 1100 mmol is the body's; their split and the shares (1, 1, 0.5, 0.5, 0.5) are
assumed.

Kidney. Urine = GFR u C FE(C) with u = 0.75 of plasma magnesium filterable and

    FE(C) = low + (high - low) r / (1 + r),    r = r0 (C/Cn)^n,    FE(Cn) = usual

low 0.005 and high 0.70 (Oliveira 2018); usual = 0.035 (110/GFR)^0.8 and n = 10 (GFR/110), of which 0.035 lies in the
usual 3 to 5 % and the rest is assumed. Digestive juices lose 25 mg/day x C/Cn from E into the feces (assumed).

Rest. C0 is where loss meets the mean daily uptake of 350 mg in three equal meals at 8, 13 and 19 h, with the usual gut
(w = 1) and with what one meal leaves in the stomach for the next (third day of a repeated day). A run starts at rest,
with stomach and gut empty, three days before the midnight of the dose day; a slow gut is slow
from the first of those hours.

Readings chosen where the description leaves a choice: `meal_uptake_mg` is A(x) of the body's own stay with no factor;
without meals the lead-in is without them too; `every_day` repeats the doses after the dose day, never before; a dose at
the very last hour is not swallowed any more; at a GFR so low or so high that `usual` leaves low..high it refuses.

`python qc/acute.py` prints its checks: balance, order of the solver, closed forms in linear limits, and the magnesium
loading test (Gullestad 1994) and the supplement trials (Zhang 2016) beside what the model gives.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise

MG_PER_MMOL = 24.305
LN2 = math.log(2.0)
DAY = 24.0

# places in the state; the pools follow from POOLS on
WATER, UP_STOMACH, UP_GUT, PASS_STOMACH, PASS_GUT, URINE, FECES, POOLS = range(8)

State = list[float]
Dose = tuple[float, float, float]
Drip = tuple[float, float, float]


@dataclass(frozen=True)
class Body:
    """Every constant of the model, so that a limit can be reached by changing one."""

    gfr_ml_min: float = 110.0
    stay: float = 1.0
    food_mg_day: float = 350.0
    fe_low: float = 0.005
    fe_usual: float = 0.035
    fe_high: float = 0.70
    steepness: float = 10.0
    adaptation: float = 0.8
    reserve: float = 1.0
    extracellular_l: float = 15.5
    normal_mmol_l: float = 0.85
    pools: tuple[tuple[float, float, float], ...] = (
        (3.0, 1.0, 1.0),
        (3.0, 3.0, 1.0),
        (84.0, 24.0, 0.5),
        (100.0, 45.0 * DAY, 0.5),
        (900.0, 1000.0 * DAY, 0.5),
    )
    filterable: float = 0.75
    healthy_gfr: float = 110.0
    endogenous_mg_day: float = 25.0
    stomach_half_h: float = 0.75
    gut_half_h: float = 2.0
    curve: tuple[float, float, float] = (40.2, 32.9, 0.07)
    food_factor: float = 0.95
    meal_hours: tuple[float, ...] = (8.0, 13.0, 19.0)


@dataclass
class Run:
    """Plasma (mmol/L) and urine (mmol since hour 0) on the solver's grid, and the balance from hour 0 on (mmol)."""

    hours: list[float] = field(default_factory=list)
    plasma: list[float] = field(default_factory=list)
    urine: list[float] = field(default_factory=list)
    taken_in: float = 0.0
    held_before: float = 0.0
    held_after: float = 0.0
    lost: float = 0.0


def passive_share(body: Body) -> float:
    """Return p_w = p w / (1 + p (w - 1)), the passive share of a gut that keeps its load w times as long."""
    if body.stay < 1.0:
        raise ValueError(f"stay is {body.stay}; it must be 1 (usual) or more.")
    p = body.curve[2]
    return p * body.stay / (1.0 + p * (body.stay - 1.0))


def meal_uptake_mg(x: float, body: Body) -> float:
    """Return A(x) = min(x, V x / (K + x) + p_w x), mg, before any factor."""
    v, k, _ = body.curve
    return min(x, v * x / (k + x) + passive_share(body) * x)


def meal_standing_for(q: float, body: Body) -> float:
    """Return T with A(T) = q: the larger of the two branches' inverses, since A is the smaller of two rising curves."""
    if q <= 0.0:
        return 0.0
    v, k, _ = body.curve
    p = passive_share(body)
    b = v + p * k - q  # p T^2 + b T - q K = 0
    root = math.sqrt(b * b + 4.0 * p * q * k)
    bent = 2.0 * q * k / (b + root) if b >= 0.0 else (root - b) / (2.0 * p)
    return max(q, bent)


def taken_up_mg(waiting: float, portions: list[tuple[float, float]], body: Body) -> float:
    """Return the mg that will be taken up of (mg, factor) swallowed at one hour upon `waiting` mg in the stomach."""
    by_factor: dict[float, float] = defaultdict(float)
    for mg, factor in portions:
        by_factor[factor] += mg
    gained = 0.0
    for factor in sorted(by_factor, reverse=True):
        before = meal_standing_for(waiting + gained, body)
        gained += factor * (meal_uptake_mg(before + by_factor[factor], body) - meal_uptake_mg(before, body))
    return gained


def fractional_excretion(c: float, body: Body) -> float:
    """Return FE(C), the share of filtered magnesium that is passed in urine."""
    relative = body.gfr_ml_min / body.healthy_gfr
    if relative <= 0.0:
        raise ValueError(f"gfr_ml_min is {body.gfr_ml_min}; it must be above 0.")
    usual = body.fe_usual * relative**-body.adaptation
    if not body.fe_low < usual < body.fe_high:
        raise ValueError(
            f"at gfr_ml_min {body.gfr_ml_min} the usual excretion {usual:.3g} is not between low and high."
        )
    odds = (usual - body.fe_low) / (body.fe_high - usual) * (c / body.normal_mmol_l) ** slope(body)
    return body.fe_low + (body.fe_high - body.fe_low) * odds / (1.0 + odds)


def slope(body: Body) -> float:
    """Return n = steepness (GFR / healthy GFR)^reserve."""
    return body.steepness * (body.gfr_ml_min / body.healthy_gfr) ** body.reserve


def urine_rate(c: float, body: Body) -> float:
    """Return GFR u C FE(C), mmol/h, with GFR from mL/min to L/h."""
    return body.gfr_ml_min * 60.0 / 1000.0 * body.filterable * c * fractional_excretion(c, body)


def juice_rate(c: float, body: Body) -> float:
    """Return the loss with digestive juices, mmol/h."""
    return body.endogenous_mg_day / MG_PER_MMOL / DAY * c / body.normal_mmol_l


def usual_meals(body: Body) -> dict[float, float]:
    """Return mg of the usual diet by clock hour."""
    meals: dict[float, float] = defaultdict(float)
    for hour in body.meal_hours:
        meals[hour] += body.food_mg_day / len(body.meal_hours)
    return dict(meals)


def diet_uptake_mg(body: Body) -> float:
    """Return the mg taken up on the third day of a repeated day of the usual diet with the usual gut."""
    usual = replace(body, stay=1.0)
    meals = usual_meals(body)
    waiting, last, today = 0.0, 0.0, 0.0
    for day in range(3):
        today = 0.0
        for hour in sorted(meals):
            now = day * DAY + hour
            waiting *= 0.5 ** ((now - last) / body.stomach_half_h)
            part = taken_up_mg(waiting, [(meals[hour], body.food_factor)], usual)
            waiting, last, today = waiting + part, now, today + part
    return today


def steady_plasma(body: Body) -> float:
    """Return C0, mmol/L, where urine and juices lose in a day what the usual diet brings; 0 for no diet."""
    uptake = diet_uptake_mg(body) / MG_PER_MMOL / DAY
    if uptake == 0.0:
        return 0.0

    def surplus(c: float) -> float:
        return urine_rate(c, body) + juice_rate(c, body) - uptake

    low, high = 0.0, body.normal_mmol_l
    while surplus(high) < 0.0:
        low, high = high, 2.0 * high
    while True:
        middle = 0.5 * (low + high)
        if middle in (low, high):
            return middle
        low, high = (middle, high) if surplus(middle) < 0.0 else (low, middle)


def derivative(body: Body, rest: float) -> Callable[[State, float], State]:
    """Return f(state, drip) -> d state / dt, mmol/h."""
    from_stomach = LN2 / body.stomach_half_h
    from_gut = LN2 / (body.gut_half_h * body.stay)
    pools = [(LN2 / half, size * (1.0 + s * (rest / body.normal_mmol_l - 1.0)), s) for size, half, s in body.pools]

    def rates(state: State, drip: float) -> State:
        c = state[WATER] / body.extracellular_l
        gains = [
            k * (at_rest * (1.0 + s * (c / rest - 1.0)) - held)
            for (k, at_rest, s), held in zip(pools, state[POOLS:], strict=True)
        ]
        urine, juice = urine_rate(c, body), juice_rate(c, body)
        up_out, pass_out = from_stomach * state[UP_STOMACH], from_stomach * state[PASS_STOMACH]
        entering, leaving = from_gut * state[UP_GUT], from_gut * state[PASS_GUT]
        water = entering + drip - urine - juice - sum(gains)
        return [water, -up_out, up_out - entering, -pass_out, pass_out - leaving, urine, leaving + juice, *gains]

    return rates


def runge_kutta(rates: Callable[[State, float], State], state: State, drip: float, h: float) -> State:
    """Return the state one step of h hours later, by the classical method of fourth order."""
    a = rates(state, drip)
    b = rates([x + 0.5 * h * d for x, d in zip(state, a, strict=True)], drip)
    c = rates([x + 0.5 * h * d for x, d in zip(state, b, strict=True)], drip)
    d = rates([x + h * e for x, e in zip(state, c, strict=True)], drip)
    return [x + h / 6.0 * (p + 2.0 * q + 2.0 * r + s) for x, p, q, r, s in zip(state, a, b, c, d, strict=True)]


def swallowed_by_hour(
    body: Body, doses: list[Dose], first_day: int, hours: float, every_day: bool, meals: bool
) -> dict[float, list[tuple[float, float]]]:
    """Return (mg, factor) by hour from midnight of the dose day, meals from the first day of the lead-in on."""
    found: dict[float, list[tuple[float, float]]] = defaultdict(list)
    days = math.ceil(hours / DAY)
    if meals:
        for day in range(first_day, days):
            for hour, mg in usual_meals(body).items():
                found[round(day * DAY + hour, 9)].append((mg, body.food_factor))
    for hour, mg, factor in doses:
        if hour < 0.0 or mg < 0.0 or not 0.0 <= factor <= 1.0:
            raise ValueError(f"dose {(hour, mg, factor)}: hour and mg must be 0 or more, the factor from 0 to 1.")
        for day in range(days if every_day else 1):
            found[round(day * DAY + hour, 9)].append((mg, factor))
    return {hour: portions for hour, portions in found.items() if hour < hours}


def swallow(state: State, portions: list[tuple[float, float]], body: Body) -> float:
    """Part what is swallowed between the two waiting heaps of the stomach, in place; return it in mmol."""
    whole = sum(mg for mg, _ in portions)
    part = taken_up_mg(state[UP_STOMACH] * MG_PER_MMOL, portions, body)
    state[UP_STOMACH] += part / MG_PER_MMOL
    state[PASS_STOMACH] += (whole - part) / MG_PER_MMOL
    return whole / MG_PER_MMOL


def held(state: State) -> float:
    """Return all magnesium inside, stomach and gut included, mmol."""
    return math.fsum(state) - state[URINE] - state[FECES]


def simulate(
    body: Body,
    doses: list[Dose],
    hours: float = 48.0,
    lead_in_days: int = 3,
    drip: Drip | None = None,
    step: float = 0.02,
    every_day: bool = False,
    meals: bool = True,
) -> Run:
    """Run from rest through the lead-in and on to `hours`; steps of at most `step`, cut to end at every event."""
    if hours <= 0.0 or step <= 0.0 or lead_in_days < 0:
        raise ValueError("hours and step must be above 0 and lead_in_days 0 or more.")
    hours = float(hours)
    rest = steady_plasma(body)
    if rest <= 0.0:
        raise ValueError("food_mg_day is 0: a body that takes nothing up has no plasma magnesium to rest at.")
    if drip is not None and not 0.0 <= drip[0] < drip[1]:
        raise ValueError(f"drip {drip}: it must start at hour 0 or later and end after its start.")
    start = -lead_in_days * DAY
    swallowed = swallowed_by_hour(body, doses, -lead_in_days, hours, every_day, meals)
    edges = {start, 0.0, hours, *swallowed, *(edge for edge in (drip or ())[:2] if edge < hours)}
    rates = derivative(body, rest)
    ratio = rest / body.normal_mmol_l
    state = [rest * body.extracellular_l, *[0.0] * (POOLS - 1)]
    state += [size * (1.0 + s * (ratio - 1.0)) for size, _, s in body.pools]
    run = Run()

    def note(hour: float) -> None:
        run.hours.append(hour)
        run.plasma.append(state[WATER] / body.extracellular_l)
        run.urine.append(state[URINE])

    ordered = sorted(edges)
    for here, there in pairwise(ordered):
        if here == 0.0:
            state[URINE] = state[FECES] = 0.0
            run.held_before = held(state)
            note(0.0)
        if here in swallowed:
            eaten = swallow(state, swallowed[here], body)
            run.taken_in += eaten if here >= 0.0 else 0.0
        flow = drip[2] if drip is not None and drip[0] <= here < drip[1] else 0.0
        run.taken_in += flow * (there - here)
        count = max(1, math.ceil((there - here) / step - 1e-9))
        h = (there - here) / count
        for i in range(1, count + 1):
            state = runge_kutta(rates, state, flow, h)
            if here >= 0.0:
                note(there if i == count else here + i * h)
    run.held_after = held(state)
    run.lost = state[URINE] + state[FECES]
    return run


# ---------------------------------------------------------------------------------------------------------------------
# checks, printed
# ---------------------------------------------------------------------------------------------------------------------


def balance_error(run: Run) -> float:
    """Return held before + taken in - held after - lost, mmol."""
    return run.held_before + run.taken_in - run.held_after - run.lost


def check_balance() -> None:
    """Print the balance error of runs of several kinds."""
    kinds = {
        "plain": simulate(Body(), []),
        "dose with meals": simulate(Body(), [(8.0, 400.0, 0.9), (8.0, 100.0, 0.5), (21.37, 250.0, 1.0)]),
        "slow gut, weak kidney": simulate(Body(gfr_ml_min=15.0, stay=6.0), [(9.0, 5000.0, 1.0)], hours=96.0),
        "drip": simulate(Body(), [], drip=(9.0, 17.0, 30.0 / 8.0)),
        "daily": simulate(Body(), [(13.0, 300.0, 1.0)], hours=240.0, every_day=True, meals=False, step=0.1),
    }
    for name, run in kinds.items():
        error = balance_error(run)
        print(
            f"balance, {name:22s} {error:+.1e} mmol of {run.held_before:.1f}  {'ok' if abs(error) < 1e-10 else 'OFF'}"
        )


def check_order() -> None:
    """Print how errors of plasma and urine at 24 h fall when the step is halved; order 4 means 16."""
    doses, drip = [(9.0, 800.0, 1.0)], (10.0, 14.0, 5.0)

    def end(step: float) -> tuple[float, float]:
        run = simulate(Body(), doses, hours=24.0, drip=drip, step=step)
        return run.plasma[run.hours.index(16.0)], run.urine[-1]

    exact = end(0.005)
    last: tuple[float, ...] | None = None
    for step in (1.0, 0.5, 0.25, 0.125):
        errors = tuple(abs(a - b) for a, b in zip(end(step), exact, strict=True))
        gain = (
            ""
            if last is None
            else "  halving gains " + ", ".join(f"{a / b:.1f}" for a, b in zip(last, errors, strict=True))
        )
        print(f"order: step {step:5.3f} h, error of plasma {errors[0]:.1e}, of urine {errors[1]:.1e}{gain}")
        last = errors
    plasma, urine = (abs(a - b) for a, b in zip(end(0.02), exact, strict=True))
    print(f"order: step 0.020 h, error of plasma {plasma:.1e}, of urine {urine:.1e}")


def check_rest() -> None:
    """Print that a drip of the diet's mean uptake holds rest, and rest against GFR."""
    for gfr in (110.0, 15.0):
        body = Body(gfr_ml_min=gfr)
        rest = steady_plasma(body)
        flow = diet_uptake_mg(body) / MG_PER_MMOL / DAY
        run = simulate(body, [], hours=240.0, lead_in_days=0, drip=(0.0, 240.0, flow), meals=False, step=0.1)
        drift = max(abs(c - rest) for c in run.plasma)
        print(f"rest: GFR {gfr:.0f}, the diet's uptake dripped in for 10 days moves plasma by {drift:.1e} mmol/L")
    for gfr in (150.0, 110.0, 90.0, 60.0, 45.0, 30.0, 15.0, 10.0):
        body = Body(gfr_ml_min=gfr)
        c0 = steady_plasma(body)
        urine = urine_rate(c0, body) * DAY * MG_PER_MMOL
        fe = fractional_excretion(c0, body)
        print(f"rest: GFR {gfr:5.0f}  C0 {c0:.6f} mmol/L  FE {fe:.4f}  urine {urine:6.2f} mg/day")
    print(f"rest: uptake of the diet {diet_uptake_mg(Body()):.4f} mg/day")
    small = steady_plasma(Body(food_mg_day=1e-6))
    print(f"rest: diet to zero, C0 of 1e-6 mg/day {small:.1e}, of none {steady_plasma(Body(food_mg_day=0.0))}")
    try:
        simulate(Body(food_mg_day=0.0), [])
    except ValueError as refused:
        print(f"rest: no diet is refused: {refused}")


def check_gut() -> None:
    """Print the identities of the gut curve."""
    for stay in (1.0, 3.0, 1e9):
        body = Body(stay=stay)
        worst = max(abs(meal_uptake_mg(meal_standing_for(q, body), body) - q) for q in (0.1, 5, 20, 41, 90, 400))
        a = ", ".join(f"{meal_uptake_mg(x, body):.4f}" for x in (5.0, 70.0, 350.0))
        print(f"gut: stay {stay:g}: p {passive_share(body):.4f}; A(5, 70, 350) = {a}; inverse off by {worst:.1e}")
    body = Body()
    one = taken_up_mg(0.0, [(300.0, 1.0)], body)
    waiting = 0.0
    for _ in range(30):
        waiting += taken_up_mg(waiting, [(10.0, 1.0)], body)
    print(f"gut: 300 mg at once {one:.6f}, in 30 gulps with no time between {waiting:.6f}")
    mixed = taken_up_mg(0.0, [(100.0, 0.5), (116.0, 0.95), (50.0, 0.95), (34.0, 1.0)], body)
    turned = taken_up_mg(0.0, [(34.0, 1.0), (166.0, 0.95), (100.0, 0.5)], body)
    print(f"gut: a mixed hour {mixed:.6f} whatever the order {turned:.6f}; all of it with factor 0.95 {0.95 * one:.6f}")


def linear_closed_form(body: Body, up: float, t: float) -> tuple[float, float]:
    """Return (E above the decaying rest, urine from the dose) of a three-step chain, mmol; FE fixed, no pools."""
    ks, kg = LN2 / body.stomach_half_h, LN2 / (body.gut_half_h * body.stay)
    ke = body.gfr_ml_min * 0.06 * body.filterable * fractional_excretion(1.0, body) / body.extracellular_l
    terms = [(ks, kg, ke), (kg, ks, ke), (ke, ks, kg)]
    e = up * ks * kg * sum(math.exp(-a * t) / ((b - a) * (c - a)) for a, b, c in terms)
    u = up * ks * kg * ke * sum(-math.expm1(-a * t) / (a * (b - a) * (c - a)) for a, b, c in terms)
    return e, u


def check_linear() -> None:
    """Print the solver against closed forms: constant FE (steepness 0), no juices, no pools; then with a huge GFR."""
    for gfr in (110.0, 1e6):
        body = Body(
            gfr_ml_min=gfr, healthy_gfr=gfr, steepness=0.0, endogenous_mg_day=0.0, pools=(), stay=2.0, fe_usual=0.3
        )
        step = 0.01 if gfr < 1e3 else 0.00005
        t = 12.0 if gfr < 1e3 else 2.0
        doses = [(0.0, 400.0, 0.8)]
        ran = simulate(body, doses, hours=t, lead_in_days=0, meals=False, step=step)
        bare = simulate(body, [], hours=t, lead_in_days=0, meals=False, step=step)
        up = 0.8 * meal_uptake_mg(400.0, body) / MG_PER_MMOL
        e, u = linear_closed_form(body, up, t)
        off_e = (ran.plasma[-1] - bare.plasma[-1]) * body.extracellular_l - e
        off_u = ran.urine[-1] - bare.urine[-1] - u
        print(f"linear: GFR {gfr:g}, one chain: E {e:.3e} off by {off_e:.1e}, urine {u:.6f} off by {off_u:.1e} mmol")
        arrived = up - up * sum_waiting(body, t)
        print(f"linear: GFR {gfr:g}, share of what has entered that is in urine {u / arrived:.6f}")
    check_linear_pools()


def sum_waiting(body: Body, t: float) -> float:
    """Return the share of a dose still in stomach or gut after t hours."""
    ks, kg = LN2 / body.stomach_half_h, LN2 / (body.gut_half_h * body.stay)
    return math.exp(-ks * t) + ks / (kg - ks) * (math.exp(-ks * t) - math.exp(-kg * t))


def check_linear_pools() -> None:
    """Print the whole model at constant FE against the eigenvalues of its matrix, where numpy is there."""
    try:
        import numpy as np
    except ImportError:
        print("linear: numpy is not there, eigenvalues left out")
        return
    body = Body(steepness=0.0)
    c0 = steady_plasma(body)
    rows = len(body.pools) + 3
    m = np.zeros((rows, rows))  # E, stomach, gut, pools: what a dose adds to the run without it
    ks, kg = LN2 / body.stomach_half_h, LN2 / body.gut_half_h
    m[1, 1], m[2, 1], m[2, 2], m[0, 2] = -ks, ks, -kg, kg
    m[0, 0] = -(urine_rate(1.0, body) + juice_rate(1.0, body)) / body.extracellular_l
    for i, (size, half, s) in enumerate(body.pools, start=3):
        k = LN2 / half
        pull = k * size * (1.0 + s * (c0 / body.normal_mmol_l - 1.0)) * s / (c0 * body.extracellular_l)
        m[i, i], m[i, 0] = -k, pull
        m[0, i] += k
        m[0, 0] -= pull
    start = np.zeros(rows)
    start[1] = meal_uptake_mg(500.0, body) / MG_PER_MMOL
    values, vectors = np.linalg.eig(m)
    weights = np.linalg.solve(vectors, start)
    ran = simulate(body, [(0.0, 500.0, 1.0)], hours=48.0, lead_in_days=0, meals=False)
    bare = simulate(body, [], hours=48.0, lead_in_days=0, meals=False)
    for hour in (2.0, 6.0, 24.0, 48.0):
        at = min(range(len(ran.hours)), key=lambda i: abs(ran.hours[i] - hour))
        rise = ((vectors @ (weights * np.exp(values * hour)))[0]).real / body.extracellular_l
        found = ran.plasma[at] - bare.plasma[at]
        print(f"linear: all pools, {hour:4.0f} h: plasma +{rise:.9f} by eigenvalues, off by {found - rise:+.1e} mmol/L")


def extra_urine(run: Run, bare: Run) -> float:
    """Return the urine of a run above that of the run without the dose, mmol."""
    return run.urine[-1] - bare.urine[-1]


def show_anchors() -> None:
    """Print what the model gives where people were measured."""
    for gfr in (110.0, 60.0, 30.0, 15.0):
        body = Body(gfr_ml_min=gfr)
        bare = simulate(body, [], hours=33.0)
        ran = simulate(body, [], hours=33.0, drip=(9.0, 17.0, 30.0 / 8.0))
        kept = 1.0 - extra_urine(ran, bare) / 30.0
        print(
            f"loading test: GFR {gfr:3.0f}: 30 mmol over 8 h, plasma up to {max(ran.plasma):.3f} mmol/L, "
            f"{100 * kept:.0f} % kept 24 h from its start (Gullestad 1994's test: above 20 to 30 % speaks for a lack)"
        )
    weeks, body = 20, Body()
    doses = [(hour, 100.0, 1.0) for hour in (8.0, 13.0, 19.0)]
    for name, taken in (("3 x 100 mg with meals", doses), ("300 mg at bedtime", [(23.0, 300.0, 1.0)])):
        fed = simulate(body, taken, hours=weeks * 168.0, step=0.1, every_day=True)
        bare = simulate(body, [], hours=weeks * 168.0, step=0.1)
        day = [last_day(run) for run in (fed, bare)]
        print(
            f"supplement, {name}, week {weeks}: plasma {day[0][0] - day[1][0]:+.3f} mmol/L, "
            f"urine {day[0][1] - day[1][1]:+.2f} mmol/day (Zhang 2016: +0.04 and +1.52)"
        )
    for mg in (100.0, 300.0, 1000.0, 5000.0, 20000.0):
        line = []
        for gfr, stay in ((110.0, 1.0), (110.0, 8.0), (15.0, 1.0), (15.0, 8.0)):
            ran = simulate(Body(gfr_ml_min=gfr, stay=stay), [(9.0, mg, 1.0)], step=0.05)
            top = max(ran.plasma)
            line.append(f"GFR {gfr:.0f} stay {stay:.0f}: {top:.4f} at {ran.hours[ran.plasma.index(top)]:.1f} h")
        print(f"one dose of {mg:5.0f} mg at 9 h, highest plasma (mmol/L): " + "; ".join(line))


def last_day(run: Run) -> tuple[float, float]:
    """Return (mean plasma, urine) of the last 24 hours."""
    end = run.hours[-1]
    first = min(range(len(run.hours)), key=lambda i: abs(run.hours[i] - (end - DAY)))
    area = 0.0
    for i in range(first, len(run.hours) - 1):
        area += (run.hours[i + 1] - run.hours[i]) * 0.5 * (run.plasma[i + 1] + run.plasma[i])
    return area / (end - run.hours[first]), run.urine[-1] - run.urine[first]


if __name__ == "__main__":
    check_balance()
    check_order()
    check_rest()
    check_gut()
    check_linear()
    show_anchors()
