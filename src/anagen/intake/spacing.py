"""Hours to keep between magnesium by mouth and a medicine it binds; the table is `spacing.toml`.

What is on the skin or in a bath never meets a medicine in the gut. The same table holds the medicines that make the
body lose or keep magnesium.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

from anagen.intake.findings import Finding
from anagen.intake.wording import figure
from anagen.routine import Intake, Medicine

CLOCK = re.compile(r"^\s*(\d{1,2}):(\d{2})\s*$")
MINUTES_PER_HOUR = 60
HOURS_PER_DAY = 24
HOUR_DECIMALS = 6  # 10:20 and 14:20 are 4 h apart, and not a hair less
BY_MOUTH = ("supplement", "medicine")

Effect = Literal["wasting", "retaining", "additive", "resin"]


@dataclass(frozen=True)
class Gap:
    """A medicine and the hours to keep: after the medicine before magnesium, and after magnesium before it.

    Attributes
    ----------
    avoid : True where its makers advise against magnesium antacids at any hour.
    known : False for the general advice on a medicine that the table does not hold.
    """

    name: str
    aliases: tuple[str, ...]
    medicine_first_h: float
    magnesium_first_h: float
    source: str
    avoid: bool = False
    known: bool = True

    def shortfall(self, medicine_at: float, magnesium_at: float) -> float:
        """Hours lacking between two clock hours, around the clock in both directions; 0 where the gap is kept."""
        after_medicine = (magnesium_at - medicine_at) % HOURS_PER_DAY
        after_magnesium = (medicine_at - magnesium_at) % HOURS_PER_DAY
        lacking = max(self.medicine_first_h - after_medicine, self.magnesium_first_h - after_magnesium, 0.0)
        return round(lacking, HOUR_DECIMALS)

    def kept(self, medicine_at: float, magnesium_at: float) -> bool:
        """Whether two clock hours lie far enough apart."""
        return self.shortfall(medicine_at, magnesium_at) <= 0

    def clear(self, medicine_at: float) -> tuple[float, float]:
        """The clock hours from which, and until which, magnesium keeps the gap."""
        return (medicine_at + self.medicine_first_h) % HOURS_PER_DAY, (
            medicine_at - self.magnesium_first_h
        ) % HOURS_PER_DAY

    @property
    def rule(self) -> str:
        """The rule in words."""
        if self.medicine_first_h == self.magnesium_first_h:
            return f"keep {figure(self.magnesium_first_h)} h between the two"
        first = (
            "" if self.medicine_first_h == 0 else f"magnesium {figure(self.medicine_first_h)} h or more after it, or "
        )
        return f"{first}it {figure(self.magnesium_first_h)} h or more after magnesium"


@dataclass(frozen=True)
class Watched:
    """A medicine that changes how much magnesium the body keeps, or acts with it."""

    effect: Effect
    aliases: tuple[str, ...]
    says: str
    source: str
    by_mouth: bool = True


@dataclass(frozen=True)
class Clash:
    """A medicine and magnesium too near each other; hours of the clock, and hours lacking."""

    medicine: str
    item: str
    medicine_h: float
    magnesium_h: float
    lacking_h: float


@dataclass(frozen=True)
class Guarded:
    """A medicine at an hour of the clock, the hours to keep free of magnesium before and after it, and why.

    `general` is True where only the general advice on any medicine stands behind it.
    """

    name: str
    hour: float
    free_before_h: float
    free_after_h: float
    general: bool


@dataclass(frozen=True)
class Clock:
    """The day as a clock: medicines with the hours to keep free of magnesium, magnesium by mouth, and the clashes.

    Attributes
    ----------
    medicines : those with a time.
    magnesium : (name, hour), by mouth only.
    clashes : the nearest first.
    timeless : names of medicines magnesium hinders, and of magnesium by mouth, without a time.
    """

    medicines: tuple[Guarded, ...] = ()
    magnesium: tuple[tuple[str, float], ...] = ()
    clashes: tuple[Clash, ...] = ()
    timeless: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """As it stands in the JSON; hours of the clock as numbers from 0 to 24."""
        return {
            "medicines": [
                {
                    "name": one.name,
                    "hour": one.hour,
                    "free_before_h": one.free_before_h,
                    "free_after_h": one.free_after_h,
                    "general": one.general,
                }
                for one in self.medicines
            ],
            "magnesium": [{"name": name, "hour": hour} for name, hour in self.magnesium],
            "clashes": [
                {
                    "medicine": clash.medicine,
                    "item": clash.item,
                    "medicine_hour": clash.medicine_h,
                    "magnesium_hour": clash.magnesium_h,
                    "lacking_h": clash.lacking_h,
                }
                for clash in self.clashes
            ],
            "timeless": list(self.timeless),
        }


@cache
def table() -> dict[str, Any]:
    """The whole table, as it stands in the file."""
    return tomllib.loads(files("anagen.intake").joinpath("spacing.toml").read_text(encoding="utf-8"))


@cache
def gaps() -> tuple[Gap, ...]:
    """Every medicine of the table."""
    return tuple(
        Gap(
            str(row["name"]),
            tuple(str(alias) for alias in row["aliases"]),
            float(row["medicine_first_h"]),
            float(row["magnesium_first_h"]),
            str(row["source"]),
            bool(row.get("avoid", False)),
        )
        for row in table()["medicine"]
    )


@cache
def watched() -> tuple[Watched, ...]:
    """Every medicine that changes how much magnesium the body keeps, or acts with it."""
    return tuple(
        Watched(
            cast(Effect, row["effect"]),
            tuple(str(alias) for alias in row["aliases"]),
            str(row["says"]),
            str(row["source"]),
            bool(row.get("by_mouth", True)),
        )
        for row in table()["watch"]
    )


def _named(names: Sequence[str], text: str) -> bool:
    """Whether a text holds one of the names as a word, or as the beginning of one."""
    sought = text.casefold()
    return any(re.search(rf"\b{re.escape(name.casefold())}", sought) for name in names)


def gap_for(medicine: str) -> Gap | None:
    """The gap of a medicine by name ("levothyroxine 50 ug" too), or None where the table does not hold it."""
    return next((gap for gap in gaps() if _named((gap.name, *gap.aliases), medicine)), None)


def watched_for(medicine: str) -> tuple[Watched, ...]:
    """What the table says of a medicine's effect on magnesium."""
    return tuple(row for row in watched() if _named(row.aliases, medicine))


def general_gap(medicine: str) -> Gap | None:
    """The general advice for a medicine that no row of gaps holds; None for one that is not swallowed."""
    if any(not row.by_mouth for row in watched_for(medicine)):
        return None
    general = table()["general"]
    hours = float(general["gap_h"])
    return Gap(medicine, (), hours, hours, str(general["source"]), known=False)


def clock_hours(text: str | None) -> float | None:
    """ "07:30" as 7.5; None where no time is given or it is none."""
    match = CLOCK.match(text) if text is not None else None
    return None if match is None else int(match[1]) + int(match[2]) / MINUTES_PER_HOUR


def clock_text(hours: float) -> str:
    """7.5 as "07:30"."""
    minutes = round(hours % HOURS_PER_DAY * MINUTES_PER_HOUR) % (HOURS_PER_DAY * MINUTES_PER_HOUR)
    return f"{minutes // MINUTES_PER_HOUR:02d}:{minutes % MINUTES_PER_HOUR:02d}"


def _times(intake: Intake) -> list[float]:
    """The clock hours of an intake."""
    return [hours for hours in map(clock_hours, intake.at) if hours is not None]


def by_mouth(intakes: Sequence[Intake]) -> list[Intake]:
    """The intakes that reach the gut as magnesium: supplements and medicines, never skin or bath."""
    return [intake for intake in intakes if intake.kind in BY_MOUTH]


def day_clock(intakes: Sequence[Intake], medicines: Sequence[Medicine]) -> Clock:
    """Medicines and magnesium by mouth around the clock, with what is too near."""
    swallowed = by_mouth(intakes)
    hindered = [(one, gap) for one in medicines if (gap := gap_for(one.name) or general_gap(one.name)) is not None]
    if not swallowed or not hindered:
        return Clock()
    timed = [(one, gap, at) for one, gap in hindered if (at := clock_hours(one.at)) is not None]
    marks = list(dict.fromkeys((intake.product, hours) for intake in swallowed for hours in _times(intake)))
    clashes = [
        Clash(one.name, name, at, hours, lacking)
        for one, gap, at in timed
        for name, hours in marks
        if (lacking := gap.shortfall(at, hours)) > 0
    ]
    timeless = [one.name for one, _ in hindered if clock_hours(one.at) is None]
    timeless += [intake.product for intake in swallowed if not _times(intake)]
    return Clock(
        medicines=tuple(
            Guarded(one.name, at, gap.magnesium_first_h, gap.medicine_first_h, not gap.known) for one, gap, at in timed
        ),
        magnesium=tuple(sorted(marks, key=lambda mark: mark[1])),
        clashes=tuple(sorted(clashes, key=lambda clash: -clash.lacking_h)),
        timeless=tuple(dict.fromkeys(timeless)),
    )


def spacing_findings(intakes: Sequence[Intake], medicines: Sequence[Medicine]) -> list[Finding]:
    """A finding for each intake by mouth and medicine that are too close, or may be.

    The closest stands first, and each medicine once before any a second time.
    """
    swallowed = by_mouth(intakes)
    found: list[tuple[int, float, Finding]] = []
    for medicine in medicines if swallowed else ():
        gap = gap_for(medicine.name) or general_gap(medicine.name)
        if gap is None:
            continue
        if not gap.known:
            pairs = list(_of_unknown(swallowed, medicine, gap))
        elif gap.avoid:
            pairs = [(float(HOURS_PER_DAY), _avoid(medicine, gap))]
        else:
            pairs = [pair for intake in swallowed for pair in _pair(intake, medicine, gap)]
        pairs.sort(key=lambda pair: -pair[0])
        found += [(place, *pair) for place, pair in enumerate(pairs)]
    return [finding for _, _, finding in sorted(found, key=lambda ranked: (ranked[0], -ranked[1]))]


def _avoid(medicine: Medicine, gap: Gap) -> Finding:
    """A medicine that its makers want no magnesium antacid with."""
    message = (
        f"Labels advise against magnesium antacids with {medicine.name} at any hour; ask a pharmacist before any"
        " magnesium by mouth."
    )
    return Finding("spacing", "caution", None, message, (gap.source,))


def _of_unknown(swallowed: list[Intake], medicine: Medicine, gap: Gap) -> Iterator[tuple[float, Finding]]:
    """The general advice for a medicine that the table does not hold; nothing where it is kept already."""
    at, times = clock_hours(medicine.at), [hours for intake in swallowed for hours in _times(intake)]
    timed = at is not None and all(_times(intake) for intake in swallowed)
    if at is not None and timed and all(gap.kept(at, hours) for hours in times):
        return
    lacking = max((gap.shortfall(at, hours) for hours in times), default=0.0) if at is not None else 0.0
    where = (
        "is known to the table, but not as one" if watched_for(medicine.name) else "is not in the table of medicines"
    )
    message = (
        f"{medicine.name} {where} that magnesium hinders; the general advice is"
        f" {figure(gap.magnesium_first_h)} h between magnesium by mouth and any medicine. Ask a pharmacist."
    )
    yield lacking, Finding("spacing", "note", None, message, (gap.source,))


def _pair(intake: Intake, medicine: Medicine, gap: Gap) -> Iterator[tuple[float, Finding]]:
    """What to say of one intake and one medicine; nothing where their times are far enough apart."""
    at, times = clock_hours(medicine.at), _times(intake)
    if at is None or not times:
        unknown = "the time of the medicine" if at is None else f"the time of {intake.product}"
        message = f"Magnesium by mouth hinders {medicine.name}: {gap.rule} ({unknown} is not given)."
        yield 0.0, Finding("spacing", "note", intake.product, message, (gap.source,))
        return
    near = [hours for hours in times if not gap.kept(at, hours)]
    if not near:
        return
    start, end = (clock_text(hours) for hours in gap.clear(at))
    since = "From" if gap.medicine_first_h > 0 else "After"
    message = (
        f"{intake.product} at {', '.join(clock_text(hours) for hours in near)} is too close to {medicine.name} at"
        f" {clock_text(at)}, which magnesium hinders: {gap.rule}. {since} {start} to {end} is clear."
    )
    yield (
        max(gap.shortfall(at, hours) for hours in near),
        Finding("spacing", "caution", intake.product, message, (gap.source,)),
    )


EFFECT_CODES: dict[Effect, str] = {
    "wasting": "magnesium-wasting",
    "retaining": "magnesium-retaining",
    "additive": "additive-effect",
    "resin": "alkalosis",
}


def medicine_findings(intakes: Sequence[Intake], medicines: Sequence[Medicine], counted: float) -> list[Finding]:
    """Notes on medicines that make the body lose or keep magnesium, or that act with it.

    A medicine that wastes magnesium is told of in any case; the others only where something counts, and a resin only
    where magnesium goes by mouth.
    """
    holds = {
        "wasting": True,
        "retaining": counted > 0,
        "additive": counted > 0,
        "resin": bool(by_mouth(intakes)),
    }
    return [
        Finding(EFFECT_CODES[row.effect], "note", None, f"{medicine.name} {row.says}.", (row.source,))
        for medicine in medicines
        for row in watched_for(medicine.name)
        if holds[row.effect]
    ]
