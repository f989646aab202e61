"""What a published study is: who was studied, what was done to them, and what was measured.

Plain records, so that inference, claims and pages read the same numbers. A number stands as its source prints it;
the only arithmetic is in properties.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from anagen.evidence.parameters import Grade, Status
from anagen.evidence.study_words import (
    DAYS,
    Design,
    Flag,
    Found,
    Measure,
    ScalpRegion,
    Sex,
    SpreadKind,
    TreatmentKind,
    Use,
)

AFTER = re.compile(r"(\d+(?:\.\d+)?)(?: to (\d+(?:\.\d+)?))? (day|week|month|year)s?")
Z95 = 1.959963984540054  # half the width of a central 95 % interval of the normal law, in standard errors


@dataclass(frozen=True)
class After:
    """When something was measured, as written ("48 weeks", "8 to 18 years"), and in months (the middle of a range)."""

    text: str

    @property
    def months(self) -> float:
        """Months of 30.4375 days; raises ValueError where the text is no time."""
        written = AFTER.fullmatch(self.text)
        if written is None:
            raise ValueError(f'"{self.text}" is no time; write it like "48 weeks" or "8 to 18 years"')
        low, high, unit = written.groups()
        return (float(low) + float(high or low)) / 2 * DAYS[unit] / DAYS["month"]


@dataclass(frozen=True)
class Ages:
    """Years, from `low` up to and with `high`; None is without end."""

    low: float
    high: float | None = None

    def __str__(self) -> str:
        """For a reader."""
        return f"{self.low:g} and over" if self.high is None else f"{self.low:g} to {self.high:g}"


@dataclass(frozen=True)
class Given:
    """One treatment of an arm, in the terms of `anagen.routine.Treatment`.

    Attributes
    ----------
    kind : a treatment the flowchart knows.
    dose : at one taking, in the unit of its kind; None where the study, or what was read of it, does not say.
    text : the dose as a scenario file would have it ("1 mg").
    times, per : takings or sessions, `times` each `per`; `per` is None where not said.
    route, strength : of minoxidil and other topicals; strength is a fraction, w/v.
    region : where, for a transplant.
    """

    kind: TreatmentKind
    dose: float | None = None
    text: str = ""
    times: float = 1.0
    per: Literal["day", "week", "month"] | None = None
    route: Literal["oral", "topical"] = "oral"
    strength: float | None = None
    region: ScalpRegion | None = None

    @property
    def per_day(self) -> float | None:
        """Takings a day, on average; None where not said."""
        return None if self.per is None else self.times / DAYS[self.per]

    def __str__(self) -> str:
        """For a reader: "minoxidil 5 % topical"."""
        strength = "" if self.strength is None else f"{100 * self.strength:g} %"
        return " ".join(
            part for part in (self.kind, self.text, strength, "topical" * (self.route == "topical")) if part
        )


@dataclass(frozen=True)
class Arm:
    """People who were treated, or are alike, in the same way; `other` is what was done that the flowchart lacks."""

    name: str
    n: int | None = None
    treatments: tuple[Given, ...] = ()
    other: tuple[str, ...] = ()
    sex: Sex | None = None


@dataclass(frozen=True)
class Population:
    """Who was studied; `region` is where on the scalp, None where not one region or not said."""

    sex: Sex
    who: str
    n: int | None = None
    ages: Ages | None = None
    region: ScalpRegion | None = None


@dataclass(frozen=True)
class Spread:
    """How uncertain or how varied a mean is: `value` for sd, se, sem and unstated, `low` and `high` for the others.

    `unstated` is a plus-minus of which the part that was read does not say what it is; it is never used as an error.
    """

    kind: SpreadKind
    value: float | None = None
    low: float | None = None
    high: float | None = None

    def standard_error(self, n: int | None) -> float | None:
        """Of the mean of n people: sd/sqrt(n), or a 95 % interval / (2 z); None where it cannot be known."""
        if self.kind in ("se", "sem"):
            return self.value
        if self.kind == "sd" and self.value is not None and n:
            return self.value / sqrt(n)
        if self.kind in ("ci95", "cri95") and self.low is not None and self.high is not None:
            return (self.high - self.low) / (2 * Z95)
        return None


@dataclass(frozen=True)
class Endpoint:
    """One measured number.

    Attributes
    ----------
    what : a key of `study_words.WHAT`; of : which ones, where that needs saying ("Norwood III or more").
    arm : the arm it is of; net_of : the arm it is relative to (a difference, or a ratio), None where it stands alone.
    measure : a level (at the start: baseline), a change from the start, a rate, a ratio (of `arm` to `net_of`, or to
        the start where there is none) or a standardized difference.
    unit : in pint's spelling; "percent" of a change is of the arm's own start.
    mean : None where the source gives only a range, see `center`.
    after : since the start; None for what has no start.
    area_cm2 : where "hair" is a count in an area.
    n, region, ages : where they differ from the arm's or the study's.
    status : the study's, unless this number was come by in another way.
    """

    what: str
    arm: str
    measure: Measure
    unit: str
    mean: float | None = None
    spread: Spread | None = None
    after: After | None = None
    area_cm2: float | None = None
    net_of: str | None = None
    n: int | None = None
    region: ScalpRegion | None = None
    ages: Ages | None = None
    of: str = ""
    status: Status | None = None
    note: str = ""

    @property
    def center(self) -> float:
        """The mean, or the middle of a range that stands without one."""
        if self.mean is not None:
            return self.mean
        if self.spread is None or self.spread.low is None or self.spread.high is None:
            raise ValueError(f"{self.what} of {self.arm} has neither a mean nor a range")
        return (self.spread.low + self.spread.high) / 2

    @property
    def months(self) -> float | None:
        """Months since the start."""
        return None if self.after is None else self.after.months


@dataclass(frozen=True)
class Comparison:
    """What a study found where no number was read: `arm` has more, less or the same of `what` as `than`.

    `than` is an arm, or "start" for the same arm before. "same" is "no difference was shown".
    """

    what: str
    arm: str
    found: Found
    than: str
    after: After | None = None
    region: ScalpRegion | None = None
    of: str = ""
    status: Status | None = None
    note: str = ""


@dataclass(frozen=True)
class Study:
    """A published study.

    Attributes
    ----------
    key, group : its name, and the file of its kind.
    says : what it is, in one line.
    sources : keys of the bibliography, the study itself first.
    grade, status : as for a parameter; status is that of every number that has none of its own.
    use : "calibration" (models may be fitted to it) or "validation" (it is only ever predicted).
    flags : what weakens it.
    """

    key: str
    group: str
    says: str
    sources: tuple[str, ...]
    population: Population
    design: Design
    grade: Grade
    status: Status
    arms: tuple[Arm, ...]
    endpoints: tuple[Endpoint, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    use: Use = "validation"
    flags: tuple[Flag, ...] = ()
    note: str = ""

    def arm(self, name: str) -> Arm:
        """The arm called `name`."""
        return next(arm for arm in self.arms if arm.name == name)
