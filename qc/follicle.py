"""Blind second version of the follicle automaton: one follicle at a time, one phase at a time, plain Python.

Written from a description of the model in words and equations alone, without sight of the package's code, so that an
error of the one is not likely to be repeated by the other. Only the law of growth (80 um, power 0.7) was read from the
table of parameters follicle_cycle.toml, seen whole, and the self-test of the version before this one had been seen.
Time in months, length in mm, diameter in um, mass in mg.

The model. A follicle goes through anagen, catagen, telogen and kenogen; each stay is one lognormal draw at the start
of its phase. With x(t) = sensitivity * max(0, a(t) - 0.33), the anagen draw runs on a clock of speed 1 + 0.55 x and
the kenogen draw on one of speed 1 / (1 + 0.56 x); the others run by plain time. At each new anagen the log size falls
by 0.12 x, the ceiling by 0.68 of that, and the size goes half of the way back to the ceiling.

Sources: the four phases and kenogen (Rebora and Guarrera, Dermatology 2002 205:108 and 2005 210:18); independent
follicles with lognormal stays (Halloy and co-workers, PNAS 2000 97:8328); anagen shortens before hair thins (Rushton
1991; Courtois 1994); 1.75-fold dihydrotestosterone of bald scalp (Dallob 1994) and the trichogram trial of finasteride
(Van Neste 2000) stand behind the strength of the two androgen effects.

Points the description leaves open, and how they are settled here:

 1. One instant: a phase that ends at month t ends first, then the interventions of month t act in the order given,
    then the count of month t is taken (so a shave at t is seen in the count at t).
 2. Before month 0 the signal is held at its value of month 0, so a hair that stands at the start has grown for the
    part gone of its anagen clock divided by that speed. In catagen or telogen its whole anagen is an unbiased draw:
    each cycle brings one such hair, whatever its anagen was.
 3. Each follicle starts at log size 0 and ceiling 0, its shares and stays made with its own sensitivity.
 4. A plucked follicle that waits is counted as empty, so that the four phase counts always add up to the follicles.
    A plucked hair is not shed hair. Every hair before the end of telogen can be plucked, also one not yet seen.
 5. Shed is what was a counted hair at the end of telogen; the first time counts from month 0, exclusive.
 6. After a shave a hair is seen again once it has grown 3 mm anew; a resting hair stays at length 0 and is not counted
    as shed when it falls. A follicle that a shock sends to catagen draws its catagen then; its hair keeps its length.
 7. Mean length and mass are of the counted hairs (seen, 30 um or more); both are 0 where there are none.
 8. Log size is that of the last anagen start, and the mean is over all follicles, empty ones too.
 9. max(0, loss) is the loss, as x is never negative: nothing in this text raises the ceiling.
10. Each follicle has one stream of chance for its stays and one for interventions, so runs from one seed share all that
    comes before the first difference in signal or intervention.
11. A group of follicles with its own signal stands in the count from month 0. The wait of a graft is a pluck of that
    group alone, with share 1.
12. The release was added later, from its description in words alone. It meets the follicles in telogen after the phases
    that end at that month have ended; its draw is made whatever the phase (point 10). The hair is shed at that month if
    it was a counted hair then, so not if it was shaved or is too thin; at month 0 it is in the count of month 0, or of
    the first time after it (the one exception to point 5). The empty follicle draws no kenogen; its wait runs by plain
    time and no intervention meets it. At month + wait it begins anagen with the size change and signal of that moment;
    with wait 0 that is before the next intervention of the month, so a shock given after the release can meet it.
"""

from __future__ import annotations

import math
import random
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

Signal = Callable[[float], float]
Intervention = tuple[Any, ...]  # ("shock", month, share), ("pluck" or "release", month, share, wait), ("shave", month)

PHASES = ("anagen", "catagen", "telogen", "kenogen")
MEAN = {"anagen": 34.7, "catagen": 0.6, "telogen": 3.2, "kenogen": 1.1}  # month, anagen at full size
SPREAD = {"anagen": 0.4, "catagen": 0.2, "telogen": 0.3, "kenogen": 0.6}  # coefficient of variation
ANAGEN_SIZE_POWER = 1.72
SIGNAL_THRESHOLD = 0.33
ANAGEN_HASTE = 0.55  # anagen clock: 1 + 0.55 x
KENOGEN_DELAY = 0.56  # kenogen clock: 1 / (1 + 0.56 x)
LOSS = 0.12  # of log size, per cycle and x
IRREVERSIBLE = 0.68
RECOVERY = 0.5
WITHIN_PERSON = 0.18  # sd of the log of sensitivity
SMALLEST, PER_SIZE = 15.0, 65.0  # um
GROWTH, REFERENCE, GROWTH_POWER = 11.2, 80.0, 0.7  # mm/month at 80 um, and its power of the diameter
COUNTED, TERMINAL = 30.0, 60.0  # um
SEEN = 3.0  # mm
DENSITY = 1.32  # mg/mm3

CELLS_PER_MONTH = 64
HALVINGS = 9  # of a cell around a jump of the signal: 1 / (64 * 512) month
STRAIGHT = 1e-4  # a cell is halved where the signal leaves the straight line by more


@dataclass
class Counts:
    month: float
    hairs: int = 0
    anagen_hairs: int = 0
    terminal: int = 0
    vellus: int = 0
    empty: int = 0
    in_anagen: int = 0
    in_catagen: int = 0
    in_telogen: int = 0
    mean_length: float = 0.0
    mass_mg: float = 0.0
    shed: int = 0
    mean_log_size: float = 0.0


@dataclass(frozen=True)
class Group:
    """Follicles that share one signal, as those of one origin do; log_size is that of the start, and the ceiling's."""

    signal: Signal
    sensitivity: float
    follicles: int
    interventions: Sequence[Intervention] = ()
    log_size: float = 0.0


# --- laws of one follicle ---------------------------------------------------------------------------------------------


def diameter_of(log_size: float) -> float:
    return SMALLEST + PER_SIZE * math.exp(log_size)


def growth_of(diameter: float) -> float:
    return GROWTH * (diameter / REFERENCE) ** GROWTH_POWER


def mean_stay(phase: str, log_size: float) -> float:
    scale = math.exp(ANAGEN_SIZE_POWER * log_size) if phase == "anagen" else 1.0
    return MEAN[phase] * scale


def log_spread(phase: str) -> float:
    return math.sqrt(math.log(1.0 + SPREAD[phase] ** 2))


def draw_stay(rng: random.Random, phase: str, log_size: float, length_biased: bool = False) -> float:
    """Lognormal of given mean and coefficient of variation; weighting it by length moves its log mean by sigma^2."""
    sigma = log_spread(phase)
    shift = 0.5 * sigma**2 if length_biased else -0.5 * sigma**2
    return mean_stay(phase, log_size) * math.exp(shift + sigma * rng.gauss(0.0, 1.0))


def renewed(log_size: float, ceiling: float, x: float, drop: float = 0.0) -> tuple[float, float]:
    """Log size and ceiling after the change at a new anagen."""
    loss = LOSS * x
    ceiling -= IRREVERSIBLE * max(0.0, loss)
    log_size -= loss
    return log_size + RECOVERY * (ceiling - drop - log_size), ceiling


class Clock:
    """When the clocks have run: the signal's excess over 0.33, and its integral, on cells fine where it bends.

    The anagen clock is linear in the excess e, so t + 0.55 s E(t) with one table of E serves every sensitivity s. The
    kenogen clock is not, and goes from cell to cell. Each cell holds its mean excess by Simpson's rule.
    """

    def __init__(self, signal: Signal, months: float) -> None:
        self.signal = signal
        self.nodes, self.area, self.mean = [0.0], [0.0], []
        before = self.excess(0.0)
        for cell in range(math.ceil(months * CELLS_PER_MONTH)):
            right = min((cell + 1) / CELLS_PER_MONTH, months)
            after = self.excess(right)
            self._add(self.nodes[-1], right, before, after, HALVINGS)
            before = after

    def excess(self, month: float) -> float:
        return max(0.0, self.signal(month) - SIGNAL_THRESHOLD)

    def _add(self, left: float, right: float, at_left: float, at_right: float, halvings: int) -> None:
        middle = 0.5 * (left + right)
        at_middle = self.excess(middle)
        if halvings and abs(at_middle - 0.5 * (at_left + at_right)) > STRAIGHT:
            self._add(left, middle, at_left, at_middle, halvings - 1)
            self._add(middle, right, at_middle, at_right, halvings - 1)
            return
        mean = (at_left + 4.0 * at_middle + at_right) / 6.0
        self.nodes.append(right)
        self.mean.append(mean)
        self.area.append(self.area[-1] + mean * (right - left))

    def _cell(self, month: float) -> int:
        return bisect_right(self.nodes, month) - 1

    def anagen_end(self, month: float, stay: float, sensitivity: float) -> float:
        """Month at which a clock of speed 1 + 0.55 x has run the stay; infinite if after the last month."""
        haste, cell = ANAGEN_HASTE * sensitivity, self._cell(month)
        if cell == len(self.mean):
            return math.inf
        passed = self.area[cell] + self.mean[cell] * (month - self.nodes[cell])
        goal = month + haste * passed + stay
        nodes, area = self.nodes, self.area
        low, high = cell, len(nodes)  # the last node whose clock is not past the goal
        while high - low > 1:
            half = (low + high) // 2
            if nodes[half] + haste * area[half] <= goal:
                low = half
            else:
                high = half
        if low == len(self.mean):
            return math.inf
        return nodes[low] + (goal - nodes[low] - haste * area[low]) / (1.0 + haste * self.mean[low])

    def kenogen_end(self, month: float, stay: float, sensitivity: float) -> float:
        """Month at which a clock of speed 1 / (1 + 0.56 x) has run the stay; infinite if after the last month."""
        delay, left = KENOGEN_DELAY * sensitivity, stay
        for cell in range(self._cell(month), len(self.mean)):
            slowness = 1.0 + delay * self.mean[cell]
            run = (self.nodes[cell + 1] - month) / slowness
            if run >= left:
                return month + left * slowness
            left -= run
            month = self.nodes[cell + 1]
        return math.inf


# --- one follicle -----------------------------------------------------------------------------------------------------


class Follicle:
    """State of one follicle; `phase` is one of PHASES, "plucked" or "released", and `end` its last month."""

    def __init__(self, clock: Clock, sensitivity: float, stays: random.Random, log_size: float = 0.0) -> None:
        self.clock, self.sensitivity, self.stays = clock, sensitivity, stays
        self.log_size = self.ceiling = log_size
        self._set_hair(0.0)
        self._look_in()

    def _draw(self, phase: str, length_biased: bool = False) -> float:
        return draw_stay(self.stays, phase, self.log_size, length_biased)

    def _set_hair(self, month: float) -> None:
        self.diameter = diameter_of(self.log_size)
        self.growth = growth_of(self.diameter)
        self.grows_from, self.grows_to = month, math.inf  # the hair's length is what grew between the two

    def _look_in(self) -> None:
        """The state found by one who looks in at a random moment of a cycle with the speeds of month 0."""
        x = self.sensitivity * self.clock.excess(0.0)
        speed = {"anagen": 1.0 + ANAGEN_HASTE * x, "kenogen": 1.0 / (1.0 + KENOGEN_DELAY * x)}
        months = [mean_stay(phase, self.log_size) / speed.get(phase, 1.0) for phase in PHASES]
        self.phase = self.stays.choices(PHASES, months)[0]
        stay = self._draw(self.phase, length_biased=True)
        gone = stay * self.stays.random()
        if self.phase == "anagen":
            self.grows_from = -gone / speed["anagen"]
        else:  # only the difference matters for the length of a resting hair
            self.grows_to = 0.0
            self.grows_from = -self._draw("anagen") / speed["anagen"]
        self.end = self._end_of(0.0, stay - gone)

    def _end_of(self, month: float, stay: float) -> float:
        if self.phase == "anagen":
            return self.clock.anagen_end(month, stay, self.sensitivity)
        if self.phase == "kenogen":
            return self.clock.kenogen_end(month, stay, self.sensitivity)
        return month + stay

    def _enter(self, phase: str, month: float) -> None:
        self.phase = phase
        self.end = self._end_of(month, self._draw(phase))

    def _new_anagen(self, month: float) -> None:
        x = self.sensitivity * self.clock.excess(month)
        self.log_size, self.ceiling = renewed(self.log_size, self.ceiling, x)
        self._set_hair(month)
        self._enter("anagen", month)

    def _stop_growing(self, month: float) -> None:
        self.grows_to = month
        self._enter("catagen", month)

    def turn(self) -> bool:
        """End the phase; true if a counted hair fell."""
        month, phase = self.end, self.phase
        if phase == "anagen":
            self._stop_growing(month)
        elif phase == "catagen":
            self._enter("telogen", month)
        elif phase == "telogen":
            fell = self.counted(month)
            self._enter("kenogen", month)
            return fell
        else:
            self._new_anagen(month)
        return False

    def meet(self, intervention: Intervention, chance: random.Random) -> bool:
        """Undergo the intervention; true if a counted hair fell."""
        kind, month = intervention[0], intervention[1]
        if kind == "shave":
            self.grows_from = max(self.grows_from, month)
            return False
        met = chance.random() < intervention[2]  # drawn whatever the phase, so that the stream keeps step
        if kind == "shock" and met and self.phase == "anagen":
            self._stop_growing(month)
        elif kind == "pluck" and met and self.has_hair():
            self.phase, self.end = "plucked", month + intervention[3]
        elif kind == "release" and met and self.phase == "telogen":
            fell = self.counted(month)
            self.phase, self.end = "released", month + intervention[3]
            return fell
        return False

    def has_hair(self) -> bool:
        return self.phase in ("anagen", "catagen", "telogen")

    def length(self, month: float) -> float:
        return self.growth * max(0.0, min(month, self.grows_to) - self.grows_from)

    def seen(self, month: float) -> bool:
        return self.has_hair() and self.length(month) >= SEEN

    def counted(self, month: float) -> bool:
        return self.diameter >= COUNTED and self.seen(month)


def follow(
    follicle: Follicle, marks: Sequence[tuple[float, Intervention | None]], chance: random.Random
) -> Iterator[tuple[Follicle, int]]:
    """The follicle at each time of counting (mark None), with the counted hairs it shed since the time before."""
    shed = 0
    for month, intervention in marks:
        while follicle.end <= month:
            shed += follicle.turn()
        if intervention is not None:
            shed += follicle.meet(intervention, chance)
            continue
        yield follicle, shed
        shed = 0


# --- many follicles ---------------------------------------------------------------------------------------------------


def _check_interventions(interventions: Sequence[Intervention]) -> None:
    sizes = {"shock": 3, "pluck": 4, "shave": 2, "release": 4}
    for item in interventions:
        if not item or item[0] not in sizes or len(item) != sizes[item[0]]:
            raise ValueError(f"not an intervention: {item!r}")
        if not item[1] >= 0.0:
            raise ValueError(f"month of {item!r} must not be before 0")
        if len(item) > 2 and not 0.0 <= item[2] <= 1.0:
            raise ValueError(f"share of {item!r} must lie between 0 and 1")
        if len(item) > 3 and not item[3] >= 0.0:
            raise ValueError(f"wait of {item!r} must not be negative")


def _marks(times: Sequence[float], interventions: Sequence[Intervention]) -> list[tuple[float, Intervention | None]]:
    """Interventions and times of counting by month; the sort keeps the order given, interventions first."""
    _check_interventions(interventions)
    acts = [(float(item[1]), item) for item in interventions]
    return sorted([*acts, *((float(month), None) for month in times)], key=lambda mark: mark[0])


def _count(record: Counts, follicle: Follicle, shed: int) -> None:
    month = record.month
    record.shed += shed
    record.mean_log_size += follicle.log_size
    if follicle.phase == "anagen":
        record.in_anagen += 1
    elif follicle.phase == "catagen":
        record.in_catagen += 1
    elif follicle.phase == "telogen":
        record.in_telogen += 1
    else:
        record.empty += 1
    if not follicle.seen(month):
        return
    if follicle.diameter < COUNTED:
        record.vellus += 1
        return
    record.hairs += 1
    record.anagen_hairs += follicle.phase == "anagen"
    record.terminal += follicle.diameter >= TERMINAL
    length = follicle.length(month)
    record.mean_length += length
    record.mass_mg += DENSITY * math.pi * (follicle.diameter / 1000.0) ** 2 / 4.0 * length


def simulate(
    rng: random.Random,
    groups: Sequence[Group],
    months: float,
    times: Sequence[float],
    interventions: Sequence[Intervention] = (),
) -> list[Counts]:
    """Counts of all groups together at each time; `interventions` meet every group, a group's own only that group."""
    if list(times) != sorted(times) or any(not 0.0 <= month <= months for month in times):
        raise ValueError("times must rise and lie between 0 and months")
    records = [Counts(float(month)) for month in times]
    for group in groups:
        clock = Clock(group.signal, float(months))
        marks = [mark for mark in _marks(times, [*interventions, *group.interventions]) if mark[0] <= months]
        for _ in range(group.follicles):
            stays, chance = random.Random(rng.getrandbits(64)), random.Random(rng.getrandbits(64))
            own = group.sensitivity * math.exp(WITHIN_PERSON * stays.gauss(0.0, 1.0))
            follicle = Follicle(clock, own, stays, group.log_size)
            for record, (state, shed) in zip(records, follow(follicle, marks, chance), strict=True):
                _count(record, state, shed)
    follicles = sum(group.follicles for group in groups)
    for record in records:
        record.mean_length /= max(1, record.hairs)
        record.mean_log_size /= max(1, follicles)
    return records


def simulate_person(
    rng: random.Random,
    signal: Signal,
    sensitivity: float,
    follicles: int,
    months: float,
    times: Sequence[float],
    interventions: Sequence[Intervention] = (),
) -> list[Counts]:
    """One person under one signal: each follicle's own sensitivity is sensitivity * exp(0.18 gauss)."""
    return simulate(rng, [Group(signal, sensitivity, follicles)], months, times, interventions)


# --- closed forms without androgen ------------------------------------------------------------------------------------


def partial_moment(power: int, above: float, log_size: float) -> float:
    """E[A^power; A > above] of the lognormal anagen draw A."""
    sigma = log_spread("anagen")
    mu = math.log(mean_stay("anagen", log_size)) - 0.5 * sigma**2
    z = (mu + power * sigma**2 - math.log(above)) / sigma
    return math.exp(power * mu + 0.5 * (power * sigma) ** 2) * 0.5 * math.erfc(-z / math.sqrt(2.0))


def renewal_fractions(size: float) -> dict[str, float]:
    """Shares of the cycle without androgen: the four phases, a counted hair, and a counted hair that grows."""
    log_size = math.log(size)
    means = {phase: mean_stay(phase, log_size) for phase in PHASES}
    cycle = sum(means.values())
    shares = {phase: mean / cycle for phase, mean in means.items()}
    diameter = diameter_of(log_size)
    if diameter < COUNTED:
        return {**shares, "counted": 0.0, "counted_anagen": 0.0}
    age = SEEN / growth_of(diameter)
    reach = partial_moment(0, age, log_size)
    growing = (partial_moment(1, age, log_size) - age * reach) / cycle
    resting = reach * (means["catagen"] + means["telogen"]) / cycle
    return {**shares, "counted": growing + resting, "counted_anagen": growing}


def shed_rate(size: float) -> float:
    """Counted hairs a follicle sheds in a month without androgen: those that were ever seen, one a cycle."""
    log_size = math.log(size)
    age = SEEN / growth_of(diameter_of(log_size))
    return partial_moment(0, age, log_size) / sum(mean_stay(phase, log_size) for phase in PHASES)


def mean_length(size: float) -> float:
    """Of counted hairs without androgen: growth times the mean of their anagen so far, E[(A^2 - age^2)+]/2 growing."""
    log_size = math.log(size)
    growth = growth_of(diameter_of(log_size))
    age = SEEN / growth
    rest = mean_stay("catagen", log_size) + mean_stay("telogen", log_size)
    growing = 0.5 * (partial_moment(2, age, log_size) - age**2 * partial_moment(0, age, log_size))
    total = growth * (growing + rest * partial_moment(1, age, log_size))
    return total / (sum(mean_stay(phase, log_size) for phase in PHASES) * renewal_fractions(size)["counted"])


def log_size_after(cycles: int, x: float) -> float:
    """Solution of the size change under x held, from full size."""
    loss = LOSS * x
    return -loss * (IRREVERSIBLE * cycles + (1.0 - IRREVERSIBLE) * (1.0 - 0.5**cycles))


# --- checks -----------------------------------------------------------------------------------------------------------


def _line(name: str, got: float, expected: float, z: float | None = None) -> None:
    print(f"  {name:<44}{got:>14.5f}{expected:>14.5f}" + (f"   z {z:+.2f}" if z is not None else ""))


def _share_line(name: str, count: int, follicles: int, share: float) -> None:
    z = (count - follicles * share) / math.sqrt(follicles * share * (1.0 - share))
    _line(name, count / follicles, share, z)


def _check_stationary(size: float, follicles: int = 4000) -> None:
    print(f"no androgen, size {size}, {follicles} follicles: simulated, closed form")
    group = Group(lambda _: 0.2, 1.0, follicles, log_size=math.log(size))
    shares = renewal_fractions(size)
    for record in simulate(random.Random(11), [group], 300.0, [0.0, 97.0, 300.0]):
        print(f" month {record.month:g}")
        named = zip(PHASES, (record.in_anagen, record.in_catagen, record.in_telogen, record.empty), strict=True)
        for name, count in [*named, ("counted", record.hairs), ("counted_anagen", record.anagen_hairs)]:
            _share_line(name, count, follicles, shares[name])
        _line("mean length, mm", record.mean_length, mean_length(size))
        area = math.pi * (diameter_of(math.log(size)) / 1000.0) ** 2 / 4.0
        expected = DENSITY * area * mean_length(size) * shares["counted"]
        _line("mass, mg a follicle", record.mass_mg / follicles, expected)
    records = simulate(random.Random(12), [group], 300.0, [0.0, 300.0])
    _line("shed, a follicle and month", records[1].shed / follicles / 300.0, shed_rate(size))


def _check_start(follicles: int = 20000) -> None:
    """The closed shares at each sensitivity, averaged over its spread on an even grid of z weighted by the normal."""
    print("x near 1 held (signal 1.33, sensitivity 1), month 0")
    grid = [-5.0 + 0.01 * k for k in range(1001)]
    weights = [math.exp(-0.5 * z * z) for z in grid]
    expected = dict.fromkeys(PHASES, 0.0)
    for z, weight in zip(grid, weights, strict=True):
        x = math.exp(WITHIN_PERSON * z)
        months = [34.7 / (1.0 + 0.55 * x), 0.6, 3.2, 1.1 * (1.0 + 0.56 * x)]
        for phase, month in zip(PHASES, months, strict=True):
            expected[phase] += weight * month / sum(months) / sum(weights)
    record = simulate_person(random.Random(5), lambda _: 1.33, 1.0, follicles, 0.0, [0.0])[0]
    counts = (record.in_anagen, record.in_catagen, record.in_telogen, record.empty)
    for phase, count in zip(PHASES, counts, strict=True):
        _share_line(phase, count, follicles, expected[phase])


def _check_clock() -> None:
    print("clock: found end, exact end")
    ramp = Clock(lambda t: SIGNAL_THRESHOLD + t / 10.0, 100.0)
    anagen = ramp.anagen_end(2.0, 20.0, 1.5)
    haste = 0.55 * 1.5 / 10.0  # t + haste t^2 / 2 has run
    _line("anagen, rising signal", anagen, (math.sqrt(1.0 + 2.0 * haste * (22.0 + haste * 2.0)) - 1.0) / haste)
    delay = 0.56 * 1.5 / 10.0  # ln(1 + delay t) / delay has run
    exact = ((1.0 + delay * 2.0) * math.exp(delay * 1.3) - 1.0) / delay
    _line("kenogen, rising signal", ramp.kenogen_end(2.0, 1.3, 1.5), exact)
    jump = math.pi
    step = Clock(lambda t: 1.33 if t < jump else 0.33, 100.0)
    _line("anagen, jump at pi, x 3 to 0", step.anagen_end(0.0, 20.0, 3.0), 20.0 - 0.55 * 3.0 * jump)
    _line("kenogen, jump at pi, x 3 to 0", step.kenogen_end(3.0, 1.0, 3.0), jump + 1.0 - (jump - 3.0) / 2.68)
    wave = Clock(lambda t: 0.83 + 0.4 * math.sin(2.0 * math.pi * t / 12.0), 100.0)
    end = wave.anagen_end(1.0, 25.0, 2.0)
    run = end + 1.1 * (0.5 * end - 2.4 / math.pi * math.cos(2.0 * math.pi * end / 12.0))
    run -= 1.0 + 1.1 * (0.5 - 2.4 / math.pi * math.cos(math.pi / 6.0))
    _line("anagen, yearly wave: clock at the end", run, 25.0)


def _check_size() -> None:
    print("log size under x = 1 held")
    log_size = ceiling = 0.0
    for cycle in range(1, 11):
        log_size, ceiling = renewed(log_size, ceiling, 1.0)
        if cycle in (1, 2, 10):
            _line(f"after {cycle} cycles", log_size, log_size_after(cycle, 1.0))


def _check_interventions_act(follicles: int = 4000) -> None:
    print("interventions without androgen, at month 10: simulated, expected")
    n, shares = follicles, renewal_fractions(1.0)

    def run(*acts: Intervention, times: Sequence[float]) -> list[Counts]:
        return simulate_person(random.Random(8), lambda _: 0.0, 1.0, n, 40.0, times, acts)

    plain = run(times=[10.0])[0]
    shocked = run(("shock", 10.0, 0.4), times=[10.0])[0]
    moved = plain.in_anagen - shocked.in_anagen
    _line("shock: share of growing", moved / plain.in_anagen, 0.4)
    _line("shock: gain of catagen", shocked.in_catagen - plain.in_catagen, moved)
    bare, blind, again = run(("shave", 10.0), times=[10.0, 10.2, 12.0])
    _line("shave: hairs at once", bare.hairs, 0)
    _line("shave: hairs before 3 mm", blind.hairs, 0)
    _share_line("shave: growing hairs after 2 months", again.anagen_hairs, n, shares["counted_anagen"])
    full = run(("pluck", 10.0, 1.0, 2.5), times=[10.0, 12.4, 12.5, 13.5])
    _line("pluck: hairs at once", full[0].hairs, 0)
    _line("pluck: empty at once", full[0].empty, n)
    had_hair = n - plain.empty
    _line("pluck: least growing when the wait is over", full[2].in_anagen, had_hair)
    _line("pluck: not shed", sum(record.shed for record in full[1:]), 0)
    held = Group(lambda _: 0.0, 2.0, 500, [("pluck", 0.0, 1.0, 3.0)])
    bald = Group(lambda _: 1.0, 2.0, 500)
    graft = simulate(random.Random(2), [held], 240.0, [240.0])[0]
    local = simulate(random.Random(2), [bald], 240.0, [240.0])[0]
    both = simulate(random.Random(2), [held, bald], 240.0, [240.0])[0]
    _line("graft: mean log size after 20 years", graft.mean_log_size, 0.0)
    print(f"  beside it, local follicles: {local.mean_log_size:.3f}; both: {both.mean_log_size:.3f}")


def _check_release(follicles: int = 4000) -> None:
    print("release without androgen, at month 10, size 0.3: simulated, expected")
    n, shares = follicles, renewal_fractions(0.3)

    def run(*acts: Intervention, times: Sequence[float], size: float = 0.3) -> list[Counts]:
        return simulate(random.Random(9), [Group(lambda _: 0.0, 1.0, n, acts, math.log(size))], 40.0, times)

    plain = run(times=[10.0])[0]
    full = run(("release", 10.0, 1.0, 2.5), times=[10.0])[0]
    _line("resting follicles at once, share 1", full.in_telogen, 0)
    _line("growing follicles at once", full.in_anagen, plain.in_anagen)
    _line("catagen follicles at once", full.in_catagen, plain.in_catagen)
    _line("empty follicles at once", full.empty, plain.empty + plain.in_telogen)
    _line("shed by it: the hairs lost", full.shed - plain.shed, plain.hairs - full.hairs)
    reach = partial_moment(0, SEEN / growth_of(diameter_of(math.log(0.3))), math.log(0.3))
    _share_line("shed by it, a follicle", full.shed - plain.shed, n, shares["telogen"] * reach)
    _share_line("empty at once, a follicle", full.empty, n, shares["telogen"] + shares["kenogen"])
    part = run(("release", 10.0, 0.4, 2.5), times=[10.0])[0]
    _share_line("share 0.4 of the resting", plain.in_telogen - part.in_telogen, plain.in_telogen, 0.4)
    none = run(("release", 10.0, 0.0, 2.5), times=[10.0, 40.0])
    _line("share 0: records that differ", sum(a != b for a, b in zip(none, run(times=[10.0, 40.0]), strict=True)), 0)
    swift = run(("release", 10.0, 1.0, 0.0), times=[10.0])[0]
    _line("wait 0: growing follicles at once", swift.in_anagen, plain.in_anagen + plain.in_telogen)
    _line("wait 0: empty follicles at once", swift.empty, plain.empty)
    _line("wait 0: shed by it", swift.shed - plain.shed, full.shed - plain.shed)
    moved = run(("release", 10.0, 1.0, 0.0), ("shock", 10.0, 1.0), times=[10.0])[0]
    _line("wait 0, then shock: growing follicles", moved.in_anagen, 0)
    shaved = run(("shave", 10.0), ("release", 10.0, 1.0, 1.0), times=[10.0])[0]
    _line("after a shave: shed by it", shaved.shed - plain.shed, 0)
    first = run(("release", 0.0, 1.0, 1.0), times=[0.0])[0]
    _line("month 0: shed, the hairs lost", first.shed, run(times=[0.0])[0].hairs - first.hairs)
    thin = run(("release", 10.0, 1.0, 1.0), times=[10.0], size=0.2)[0]
    _line("thin hairs: shed and resting", thin.shed + thin.in_telogen, 0)
    wrong: list[Intervention] = [("release", 1.0, 0.5), ("release", -1.0, 0.5, 1.0), ("release", 1.0, 1.5, 1.0)]
    wrong += [("release", 1.0, 0.5, -1.0), ("release", 1.0, 0.5, 1.0, 1.0)]
    refused = 0
    for item in wrong:
        try:
            _check_interventions([item])
        except ValueError:
            refused += 1
    _line("wrong spellings refused", refused, len(wrong))
    _check_released_follicles()


def _check_released_follicles(follicles: int = 4000) -> None:
    """Each follicle beside its twin that meets no release; the signal rises after the release, x from 0 to 1."""
    print("release at month 10, wait 2.5, x from 0 to 1 at month 11: follicle by follicle, expected")
    clock = Clock(lambda t: 0.33 if t < 11.0 else 1.33, 40.0)
    release: Intervention = ("release", 10.0, 1.0, 2.5)
    pluck: Intervention = (
        "pluck",
        11.0,
        1.0,
        20.0,
    )  # meets the released ones alone: an empty follicle must not heed it
    met = rested = waiting = begun = strange = 0
    change = 0.0
    for seed in range(follicles):
        twin, other = (Follicle(clock, 1.0, random.Random(seed)) for _ in range(2))
        next(follow(twin, _marks([10.0], []), random.Random(seed)))
        resting, size = twin.phase == "telogen", twin.log_size
        acts = [release, pluck] if resting else [release]
        states = follow(other, _marks([10.0, 12.499, 12.5, 40.0], acts), random.Random(seed))
        next(states)
        if resting:
            rested += 1
            met += other.phase == "released"
            next(states)
            waiting += other.phase == "released"
            next(states)
            begun += other.phase == "anagen" and other.grows_from == 12.5
            change += other.log_size - size
        else:
            strange += vars(other) != {**vars(twin), "stays": other.stays}
            for _ in states:
                pass
            next(follow(twin, _marks([40.0], []), random.Random(seed)))
            strange += vars(other) != {**vars(twin), "stays": other.stays}
    _line("resting follicles met", met, rested)
    _line("still empty just before the wait is over", waiting, rested)
    _line("growing from the moment it is over", begun, rested)
    _line("change of log size then", change / rested, log_size_after(1, 1.0))
    _line("other follicles that differ from their twins", strange, 0)


def _check_pace() -> None:
    from time import perf_counter

    begin = perf_counter()
    months = [float(month) for month in range(0, 241, 12)]
    records = simulate_person(random.Random(1), lambda t: 0.9 - 0.001 * t, 1.0, 1500, 240.0, months)
    print(f"1500 follicles, 20 years: {perf_counter() - begin:.2f} s")
    for record in records[::5]:
        print("  " + ", ".join(f"{field.name} {getattr(record, field.name):.4g}" for field in fields(record)))


if __name__ == "__main__":
    _check_clock()
    _check_size()
    _check_start()
    for full_or_small in (1.0, 0.5, 0.3):
        _check_stationary(full_or_small)
    _check_interventions_act()
    _check_release()
    _check_pace()
