"""One routine of doses run at any kidneys: plasma with the doses and without, and what there is to say of the two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anagen.body.acute import Laws
from anagen.body.acute_bands import PlasmaBand, band_of
from anagen.body.acute_meals import LEAD_IN_DAYS, every_day, meals
from anagen.body.acute_run import simulate
from anagen.body.takings import HOURS_PER_DAY, Taking
from anagen.evidence.parameters import value

Floats = NDArray[np.float64]

STEP_H = 0.25  # of the curve that is kept
PERCENTILES = (10, 50, 90)


@dataclass(frozen=True)
class Fan:
    """A quantity over the draws: what 1, 5 and 9 in 10 of them lie below."""

    p10: Floats
    p50: Floats
    p90: Floats

    @staticmethod
    def of(runs: Floats) -> Fan:
        """From runs whose last axis is the draws."""
        return Fan(*(np.asarray(one) for one in np.percentile(runs, PERCENTILES, axis=-1)))

    def to_dict(self) -> dict[str, object]:
        """As it stands in the JSON."""
        return {"p10": self.p10.tolist(), "p50": self.p50.tolist(), "p90": self.p90.tolist()}


@dataclass(frozen=True)
class Arm:
    """Plasma magnesium at one GFR.

    Attributes
    ----------
    gfr : mL/min.
    plasma, without : mmol/L by hour, with the doses and on the diet alone.
    peak : the highest of each run, mmol/L; peak_h : hours from the first dose to the peak of the median.
    rise : the most that the doses add to each run, mmol/L.
    above_h : hours of each run above the usual range.
    urine : mmol a run excretes over the hours, with the doses.
    """

    gfr: float
    plasma: Fan
    without: Fan
    peak: Fan
    peak_h: float
    rise: Fan
    above_h: Fan
    urine: Fan

    @property
    def band(self) -> PlasmaBand:
        """The band of the middle run's peak."""
        return band_of(float(self.peak.p50))

    @property
    def high_band(self) -> PlasmaBand:
        """The band that 1 run in 10 reaches or passes."""
        return band_of(float(self.peak.p90))

    def to_dict(self) -> dict[str, object]:
        """As it stands in the JSON."""
        return {
            "gfr_ml_min": self.gfr,
            "plasma_mmol_l": self.plasma.to_dict(),
            "without_doses_mmol_l": self.without.to_dict(),
            "peak": {**self.peak.to_dict(), "hours_after_first_dose": self.peak_h},
            "rise_mmol_l": self.rise.to_dict(),
            "hours_above_usual": self.above_h.to_dict(),
            "urine_mmol": self.urine.to_dict(),
            "band": self.band.name,
        }


class Runner:
    """Runs of one routine at any laws, on one grid of hours."""

    def __init__(
        self, values: dict[str, Floats], diet: Sequence[Taking], doses: Sequence[Taking], days: int, kept: Floats
    ) -> None:
        self.mass = float(values["acute_magnesium_mass"][0])
        begin = -float(HOURS_PER_DAY * LEAD_IN_DAYS)
        last_day = int(kept[-1] // HOURS_PER_DAY) + 1
        plain_day = meals(diet, values, usual_diet=True)
        dose_day = meals([*diet, *doses], values, usual_diet=True)
        before, after = every_day(plain_day, -LEAD_IN_DAYS, 0), every_day(plain_day, days, max(days, last_day))
        self.with_doses = [*before, *every_day(dose_day, 0, days), *after]
        self.without = [*before, *every_day(plain_day, 0, max(days, last_day))]
        self.grid = np.append(begin, kept)
        self.imbalance = 0.0

    def arm(self, gfr: float, laws: Laws) -> Arm:
        """Both runs, with the doses and without, and what there is to say of them."""
        runs = [simulate(laws, events, self.grid, self.mass) for events in (self.with_doses, self.without)]
        self.imbalance = max(self.imbalance, *(float(np.abs(run.imbalance()).max()) for run in runs))
        dosed, plain_run = (run.plasma[1:] for run in runs)
        urine = runs[0].of("urine")
        fan = Fan.of(dosed)
        return Arm(
            gfr=gfr,
            plasma=fan,
            without=Fan.of(plain_run),
            peak=Fan.of(dosed.max(axis=0)),
            peak_h=float(np.argmax(fan.p50)) * STEP_H,
            rise=Fan.of((dosed - plain_run).max(axis=0)),
            above_h=Fan.of((dosed > value("acute_band_raised")).sum(axis=0) * STEP_H),
            urine=Fan.of(urine[-1] - urine[1]),
        )
