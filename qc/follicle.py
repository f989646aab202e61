"""Blind second version of the follicle rule: one follicle at a time, one phase at a time, standard library only.

The rule is assumed and fitted by hand. What it stands on: phases and kenogen (Rebora and Guarrera, Dermatology 2002,
205:108 and 2005, 210:18), independent follicles with lognormal stays (Halloy and co-workers, PNAS 2000, 97:8328),
anagen shortening before thinning (Rushton and co-workers, Clin Exp Dermatol 1991, 16:188; Courtois and co-workers,
Skin Pharmacol 1994, 7:84), the 1.75-fold dihydrotestosterone of bald scalp (Dallob and co-workers, JCEM 1994, 79:703)
and the trichogram trial of finasteride (Van Neste and co-workers, Br J Dermatol 2000, 143:804).

Time is in months. With a the local androgen signal, x = sensitivity * max(0, a - 0.33).
Anagen runs on a clock of speed 1 + 0.55 x, kenogen on one of speed 1/(1 + 0.56 x); catagen and telogen keep plain time.
A phase ends when its clock reaches a draw made at its start. Size changes only when anagen is entered again.

Points the description leaves open, and how they are settled:
- the start (month 0) is drawn from the resting cycle of a follicle that feels no androgen: phase by its share of the
  cycle, stay length-biased, a uniform part of it gone;
- the visible hair's "one month after anagen start" is a calendar month, not a clock month;
- x at re-entry is the value at that moment; the recovery step comes after both falls and uses the lowered ceiling;
- the record "mean log size" is over all follicles, empty ones too.
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

Signal = Callable[[float], float]

THRESHOLD: Final = 0.33
ANAGEN_MEAN: Final = 34.7
ANAGEN_POWER: Final = 1.72
ANAGEN_CV: Final = 0.4
ANAGEN_SPEED: Final = 0.55
CATAGEN: Final = 0.6
TELOGEN_MEAN: Final = 3.2
TELOGEN_CV: Final = 0.3
KENOGEN_MEAN: Final = 1.1
KENOGEN_CV: Final = 0.6
KENOGEN_DRAG: Final = 0.56
LOSS: Final = 0.12
CEILING_SHARE: Final = 0.68
RECOVERY: Final = 0.50
SD_PEOPLE: Final = 0.6
SD_FOLLICLES: Final = 0.18
VISIBLE_AFTER: Final = 1.0
COUNTED_UM: Final = 30.0
FOLLICLES_PER_CM2: Final = 260.0
STEP: Final = 0.05

PHASES: Final = ("anagen", "catagen", "telogen", "kenogen")


@dataclass(frozen=True)
class Counts:
    """One record of a person's follicles."""

    month: float
    hairs: int
    anagen_hairs: int
    mean_log_size: float


@dataclass
class _Tally:
    hairs: int = 0
    anagen_hairs: int = 0
    sum_log_size: float = 0.0


def diameter_um(size: float) -> float:
    """Return the hair diameter for a follicle size (1 is full size)."""
    return 15.0 + 65.0 * size


def _lognormal(rng: random.Random, mean: float, cv: float, *, length_biased: bool = False) -> float:
    """Draw a lognormal of given mean and coefficient of variation; length-biased shifts the log by its variance."""
    variance = math.log(1.0 + cv * cv)
    mu = math.log(mean) - variance / 2.0 + (variance if length_biased else 0.0)
    return math.exp(rng.gauss(mu, math.sqrt(variance)))


def phase_means(size: float) -> dict[str, float]:
    """Return the mean stays in months without androgen."""
    return {
        "anagen": ANAGEN_MEAN * size**ANAGEN_POWER,
        "catagen": CATAGEN,
        "telogen": TELOGEN_MEAN,
        "kenogen": KENOGEN_MEAN,
    }


def renewal_fractions(size: float) -> dict[str, float]:
    """Return the resting share of each phase, and of follicles that show a hair, without androgen.

    Each phase's share is its mean stay over the mean cycle. A hair shows from one month after anagen begins to the end
    of telogen; "visible" assumes that this never falls after the end of telogen, true but for very small follicles.
    "counted" is the same where the hair is at least 30 um thick, else 0.
    """
    means = phase_means(size)
    cycle = sum(means.values())
    shares = {phase: mean / cycle for phase, mean in means.items()}
    shares["visible"] = (cycle - means["kenogen"] - VISIBLE_AFTER) / cycle
    shares["counted"] = shares["visible"] if diameter_um(size) >= COUNTED_UM else 0.0
    return shares


def _clock_end(start: float, draw: float, speed: Callable[[float], float], horizon: float) -> float:
    """Return when the speed, integrated from ``start``, reaches ``draw`` (midpoint steps); stops past the horizon."""
    t, clock = start, 0.0
    while t <= horizon:
        rate = speed(t + STEP / 2.0)
        if clock + rate * STEP >= draw:
            return t + (draw - clock) / rate
        clock += rate * STEP
        t += STEP
    return t


def _run_follicle(
    rng: random.Random,
    signal: Signal,
    sensitivity: float,
    months: float,
    times: Sequence[float],
    tallies: Sequence[_Tally],
    log_size: float,
) -> None:
    """Follow one follicle to the end and add what it shows at each recording time (rising) to the tallies."""
    log_ceiling = log_size

    def drive(t: float) -> float:
        return sensitivity * max(0.0, signal(t) - THRESHOLD)

    def anagen_speed(t: float) -> float:
        return 1.0 + ANAGEN_SPEED * drive(t)

    def kenogen_speed(t: float) -> float:
        return 1.0 / (1.0 + KENOGEN_DRAG * drive(t))

    def draw_stay(phase: str, *, length_biased: bool = False) -> float:
        if phase == "anagen":
            mean = ANAGEN_MEAN * math.exp(ANAGEN_POWER * log_size)
            return _lognormal(rng, mean, ANAGEN_CV, length_biased=length_biased)
        if phase == "telogen":
            return _lognormal(rng, TELOGEN_MEAN, TELOGEN_CV, length_biased=length_biased)
        if phase == "kenogen":
            return _lognormal(rng, KENOGEN_MEAN, KENOGEN_CV, length_biased=length_biased)
        return CATAGEN

    means = phase_means(math.exp(log_size))
    phase = rng.choices(PHASES, weights=[means[p] for p in PHASES])[0]
    stay = draw_stay(phase, length_biased=True)
    gone = rng.random() * stay
    stay -= gone
    # month at which the present hair began to grow; only an anagen under way can be younger than a month,
    # save for tiny follicles, so the other phases start with a hair that shows
    anagen_start = -gone if phase == "anagen" else -math.inf

    now, i = 0.0, 0
    while True:
        if phase == "anagen":
            end = _clock_end(now, stay, anagen_speed, months)
        elif phase == "kenogen":
            end = _clock_end(now, stay, kenogen_speed, months)
        else:
            end = now + stay
        thick = diameter_um(math.exp(log_size)) >= COUNTED_UM
        while i < len(times) and times[i] < end:
            tally = tallies[i]
            if thick and phase != "kenogen" and times[i] - anagen_start >= VISIBLE_AFTER:
                tally.hairs += 1
                tally.anagen_hairs += phase == "anagen"
            tally.sum_log_size += log_size
            i += 1
        if i == len(times):
            return
        now = end
        phase = PHASES[(PHASES.index(phase) + 1) % len(PHASES)]
        if phase == "anagen":
            loss = LOSS * drive(now)
            log_size -= loss
            log_ceiling -= CEILING_SHARE * loss
            log_size += RECOVERY * (log_ceiling - log_size)
            anagen_start = now
        stay = draw_stay(phase)


def simulate_person(
    rng: random.Random,
    signal: Signal,
    sensitivity_person: float,
    n_follicles: int,
    months: float,
    record_at: Sequence[float],
    log_size: float = 0.0,
) -> list[Counts]:
    """Return one record per recording month, in rising order.

    Every follicle gets its own stream, seeded in turn from ``rng``: two calls with equal seeds and signals that differ
    only from some month on share everything before it.
    """
    times = sorted(record_at)
    if not times or times[0] < 0.0 or times[-1] > months:
        raise ValueError("recording times must lie between 0 and the last month")
    tallies = [_Tally() for _ in times]
    for _ in range(n_follicles):
        own = random.Random(rng.getrandbits(64))
        sensitivity = sensitivity_person * math.exp(own.gauss(0.0, SD_FOLLICLES))
        _run_follicle(own, signal, sensitivity, months, times, tallies, log_size)
    return [
        Counts(t, tally.hairs, tally.anagen_hairs, tally.sum_log_size / n_follicles)
        for t, tally in zip(times, tallies, strict=True)
    ]


# --- a small trial ----------------------------------------------------------------------------------------------------

ADULT_MONTH: Final = 14.0 * 12.0
WEEKS_48: Final = 48.0 * 7.0 / (365.25 / 12.0)


def scalp_signal(start_month: float, inhibition: float, level: float = 1.75) -> Signal:
    """Return a scalp signal: 0.3 as a boy, ``level`` from 14 years on, lowered from ``start_month`` on."""

    def signal(month: float) -> float:
        if month < ADULT_MONTH:
            return 0.3
        return level * (1.0 - inhibition) if month >= start_month else level

    return signal


def trial(men: int, follicles: int, inhibitions: Sequence[float], seed: int) -> dict[str, tuple[float, float]]:
    """Enroll men of 20 to 41 years with 110 to 235 hairs per cm2 and compare arms on the same men and follicles.

    Returns each figure with its standard error over men. Percentages are of the group's mean count.
    """
    rng = random.Random(seed)
    scale = FOLLICLES_PER_CM2 / follicles
    untreated: list[list[Counts]] = []
    treated: dict[float, list[Counts]] = {u: [] for u in inhibitions}
    screened = 0
    while len(untreated) < men:
        screened += 1
        age = 12.0 * rng.uniform(20.0, 41.0)
        sensitivity = math.exp(rng.gauss(0.0, SD_PEOPLE))
        own_seed = rng.getrandbits(64)
        week48 = age + WEEKS_48
        plain = scalp_signal(age, 0.0)
        start = simulate_person(random.Random(own_seed), plain, sensitivity, follicles, age, [age])[0]
        if not 110.0 <= start.hairs * scale <= 235.0:
            continue
        points = [age, week48, age + 24.0, age + 60.0]
        person = random.Random(own_seed)
        untreated.append(simulate_person(person, plain, sensitivity, follicles, age + 60.0, points))
        for u in inhibitions:
            arm = scalp_signal(age, u)
            person = random.Random(own_seed)
            treated[u].append(simulate_person(person, arm, sensitivity, follicles, week48, [week48])[0])

    def mean(values: Sequence[float]) -> tuple[float, float]:
        m = sum(values) / len(values)
        return m, math.sqrt(sum((v - m) ** 2 for v in values) / (len(values) - 1) / len(values))

    hairs = [r[0].hairs * scale for r in untreated]
    start_mean = mean(hairs)[0]
    anagen = [r[0].anagen_hairs * scale for r in untreated]
    share = sum(anagen) / sum(hairs)
    spread = mean([a - share * h for a, h in zip(anagen, hairs, strict=True)])[1]
    out = {
        "screened": (float(screened), 0.0),
        "hairs at start": mean(hairs),
        "anagen % of hairs at start": (100.0 * share, 100.0 * spread / start_mean),
        "anagen % of follicles at start": mean([100.0 * a / FOLLICLES_PER_CM2 for a in anagen]),
    }
    for label, k in (("48 weeks", 1), ("2 years", 2), ("5 years", 3)):
        m, se = mean([(r[k].hairs - r[0].hairs) * scale for r in untreated])
        out[f"% change untreated, {label}"] = (100.0 * m / start_mean, 100.0 * se / start_mean)
    for u in inhibitions:
        pairs = list(zip(treated[u], untreated, strict=True))
        out[f"net hairs at 48 weeks, inhibition {u}"] = mean([(t.hairs - r[1].hairs) * scale for t, r in pairs])
        out[f"net anagen at 48 weeks, inhibition {u}"] = mean(
            [(t.anagen_hairs - r[1].anagen_hairs) * scale for t, r in pairs]
        )
    return out


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Run a small finasteride-like trial of the follicle rule.")
    parser.add_argument("--men", type=int, default=150)
    parser.add_argument("--follicles", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--inhibition", type=float, nargs="*", default=[0.6, 0.65])
    args = parser.parse_args()
    for key, (value, error) in trial(args.men, args.follicles, args.inhibition, args.seed).items():
        print(f"{key:42s} {value:9.2f} +- {error:.2f}")
