"""What a routine's doses do to plasma magnesium within days: at the person's kidneys, and at healthy ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from anagen.body.absorption_view import PURPOSE, MealRow, rows_of
from anagen.body.acute import Laws
from anagen.body.acute_bands import PlasmaBand, band_of, plasma_bands
from anagen.body.acute_run import LEAD_IN_DAYS, STEP_H, drawn, every_day, laws_from, meals, record_names, simulate
from anagen.body.takings import HOURS_PER_DAY, Taking, clock, takings_by_mouth, with_usual_diet
from anagen.errors import AnagenError, UnknownName
from anagen.evidence.parameters import parameters, value
from anagen.intake.catalogue import known, plain
from anagen.intake.kidney import egfr_of
from anagen.nearest import nearest
from anagen.quantities import QuantityError, read_amount
from anagen.routine import Intake
from anagen.scenario import Scenario

Floats = NDArray[np.float64]

LOWEST_GFR, HIGHEST_GFR = 5.0, 200.0
LONGEST_H, MOST_DAYS = 336.0, 14
USUAL_HOURS, USUAL_DRAWS = 48.0, 100
LARGEST_MEASURED_MG = 1000.0  # the largest meal of Fine 1991
ADULT_YEARS = 18
SAYS = "A model for learning, never medical advice."
PERCENTILES = (10, 50, 90)


class AcuteError(AnagenError):
    """A question the acute view cannot answer; the text says why."""


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


@dataclass(frozen=True)
class Acute:
    """The answer: the doses, the hours, plasma at the person's kidneys and at healthy ones, and how sure it is.

    `arm` is the person's; `at_gfr` is the same where their GFR is known, and None where it was taken as healthy.
    """

    doses: tuple[Taking, ...]
    days: int
    hours: Floats
    start_clock: str
    arm: Arm
    healthy: Arm
    at_gfr: Arm | None
    meals: tuple[MealRow, ...]
    notes: tuple[str, ...]
    draws: int
    seed: int
    imbalance: float

    @property
    def peak_clock(self) -> str:
        """The clock time of the peak."""
        first = min(dose.hour for dose in self.doses)
        return clock(first + self.arm.peak_h)

    def to_dict(self) -> dict[str, object]:
        """The JSON object that `anagen acute --json` prints, without the version."""
        band = self.arm.band
        return {
            "says": SAYS,
            "doses": [
                {"clock": clock(dose.hour), "name": dose.name, "elemental_mg": dose.mg, "solubility": dose.solubility}
                for dose in self.doses
            ],
            "days": self.days,
            "start_clock": self.start_clock,
            "hours": self.hours.tolist(),
            "plasma_mmol_l": self.arm.plasma.to_dict(),
            "healthy": self.healthy.to_dict(),
            "at_gfr": None if self.at_gfr is None else self.at_gfr.to_dict(),
            "peak": {
                "mmol_l": self.arm.peak.to_dict(),
                "hours_after_first_dose": self.arm.peak_h,
                "clock": self.peak_clock,
            },
            "band": band.to_dict(),
            "band_of_highest_tenth": self.arm.high_band.to_dict(),
            "bands": [one.to_dict() for one in plasma_bands()],
            "absorption": {"purpose": PURPOSE, "meals": [row.to_dict() for row in self.meals]},
            "notes": list(self.notes),
            "provenance": {
                "seed": self.seed,
                "draws": self.draws,
                "band_is": "8 in 10 draws of the uncertain records; the model itself may be wrong",
                "solver": "scipy solve_ivp, LSODA",
                "mass_balance_error_mmol": self.imbalance,
                "sources": sorted({parameters()[name].source for name in record_names()} - {"assumed"}),
            },
        }


def one_dose(scenario: Scenario, item: str | None, dose: str | None) -> Scenario:
    """The scenario with one thing by mouth: an intake of the file by its name, or a product; `dose` is one taking.

    Raises
    ------
    AcuteError
        Where the dose cannot be read, or it is not clear of what.
    UnknownName
        Where neither the file nor a table holds the item.
    """
    if item is None and dose is None:
        return scenario
    pills = [intake for intake in scenario.intakes if intake.kind in ("supplement", "medicine")]
    if item is None:
        if len(pills) != 1:
            raise AcuteError(f"--dose needs --item: {scenario.source} lists {len(pills)} supplements and medicines")
        chosen = pills[0]
    else:
        chosen = _named(item, pills)
    if dose is not None:
        try:
            amount = read_amount(dose)
        except QuantityError as error:
            raise AcuteError(f"--dose {dose!r}: {error}") from None
        chosen = replace(chosen, amount=amount, times=1.0, per="day", at=chosen.at[:1])
    elif chosen.amount.magnitude == 0:
        raise AcuteError(f"--item {item!r} is not in {scenario.source}: give a --dose of it, such as --dose '30 mL'")
    diet = tuple(intake for intake in scenario.intakes if intake.kind in ("food", "water"))
    return replace(scenario, intakes=(*diet, replace(chosen, from_age=None, to_age=None)))


def _named(item: str, pills: Sequence[Intake]) -> Intake:
    """An intake of the file by its product's name, else an empty one of a product in the tables."""
    for intake in pills:
        if plain(intake.product) == plain(item):
            return intake
    for kind in ("medicine", "supplement"):
        if plain(item) in known(kind):
            return Intake(kind, item, read_amount("0 mg"))
    names = {intake.product for intake in pills} | set(known("medicine")) | set(known("supplement"))
    raise UnknownName("supplement or medicine", item, nearest(item, names))


def _checked(gfr: float | None, hours: float, days: int) -> None:
    """Refuse what lies outside the model."""
    if gfr is not None and not LOWEST_GFR <= gfr <= HIGHEST_GFR:
        raise AcuteError(
            f"a GFR of {gfr:g} mL/min is outside {LOWEST_GFR:g} to {HIGHEST_GFR:g}: the model knows no dialysis"
            " and no kidneys that have stopped"
        )
    if not STEP_H <= hours <= LONGEST_H:
        raise AcuteError(f"--hours {hours:g}: give {STEP_H:g} to {LONGEST_H:g}")
    if not 1 <= days <= MOST_DAYS:
        raise AcuteError(f"--days {days}: give 1 to {MOST_DAYS}")


def _notes(scenario: Scenario, doses: Sequence[Taking], gfr: float | None) -> tuple[str, ...]:
    """What the answer leaves out, where that matters here."""
    found: list[str] = []
    if gfr is None:
        found.append(f"No GFR is known; kidneys are taken as healthy ({value('acute_gfr_healthy'):g} mL/min).")
    if scenario.person.age < ADULT_YEARS:
        found.append("The pools are an adult's; for a child this is a guess.")
    if scenario.person.pregnant:
        found.append("Pregnancy is left out of the model.")
    if any(dose.mg > LARGEST_MEASURED_MG for dose in doses):
        found.append(
            f"Uptake was measured up to {LARGEST_MEASURED_MG:g} mg a meal; above that the curve is carried on."
        )
        found.append("Diarrhea (a shorter stay in the gut) and constipation (a longer one) are left out.")
    if any(intake.kind in ("topical", "bath") for intake in scenario.intakes):
        found.append("What is on the skin or in a bath is left out here.")
    return tuple(found)


def acute(
    scenario: Scenario,
    gfr: float | None = None,
    hours: float = USUAL_HOURS,
    days: int = 1,
    draws: int = USUAL_DRAWS,
    seed: int = 0,
) -> Acute:
    """What the scenario's supplements and medicines by mouth do to plasma magnesium.

    Parameters
    ----------
    scenario : its food and water belong to every day, made up to a usual diet; its supplements and medicines by mouth
        are taken on `days` days, at their clock times or else at meals. What is on the skin plays no part.
    gfr : mL/min; else the person's eGFR, else a healthy one.
    hours : how far to look from the first dose on.
    draws, seed : people like this one; the same seed gives the same answer. `draws` 0 runs the central values once.

    Raises
    ------
    AcuteError
        Where nothing is taken by mouth, or a number lies outside the model.

    Examples
    --------
    >>> from anagen.quantities import Amount
    >>> from anagen.routine import Person
    >>> laxative = Intake("medicine", "milk of magnesia", Amount("60 mL", 60.0, "volume"))
    >>> found = acute(Scenario(Person(age=50, sex="male"), (laxative,)), gfr=20, draws=0)
    >>> found.arm.band.name, found.healthy.band.name
    ('raised', 'usual')
    """
    person = scenario.person
    gfr = egfr_of(person) if gfr is None else gfr
    _checked(gfr, hours, days)
    takings = takings_by_mouth(scenario)
    diet, doses = [t for t in takings if t.is_diet], [t for t in takings if not t.is_diet]
    if not doses:
        raise AcuteError(f"{scenario.source}: no supplement or medicine by mouth in use; give --item and --dose")
    values = drawn(draws, seed)
    normal_gfr = value("acute_gfr_healthy")
    first = min(dose.hour for dose in doses)
    kept = first + np.arange(0, hours + STEP_H / 2, STEP_H)
    runner = _Runner(values, diet, doses, days, kept)
    measured = person.plasma_magnesium_mmol_l
    healthy = runner.arm(normal_gfr, laws_from(values, normal_gfr, diet, person.mass_kg))
    arm = healthy
    if gfr is not None or measured is not None:
        own = normal_gfr if gfr is None else gfr
        arm = runner.arm(own, laws_from(values, own, diet, person.mass_kg, measured))
    return Acute(
        doses=tuple(doses),
        days=days,
        hours=kept - first,
        start_clock=clock(first),
        arm=arm,
        healthy=healthy,
        at_gfr=None if gfr is None else arm,
        meals=rows_of(with_usual_diet(takings, value("acute_usual_diet"))),
        notes=_notes(scenario, doses, gfr),
        draws=max(draws, 1),
        seed=seed,
        imbalance=runner.imbalance,
    )


class _Runner:
    """Runs of one routine at any laws, on one grid of hours."""

    def __init__(
        self, values: dict[str, Floats], diet: list[Taking], doses: list[Taking], days: int, kept: Floats
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
