"""What a routine's doses do to plasma magnesium within days: at the person's kidneys, and at healthy ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from anagen.body.absorption_view import PURPOSE, MealRow, rows_of
from anagen.body.acute import Laws
from anagen.body.acute_arms import STEP_H, Arm, Fan, Runner
from anagen.body.acute_bands import plasma_bands
from anagen.body.acute_dose import AcuteError, check_question
from anagen.body.acute_draws import drawn, record_names
from anagen.body.acute_gut import slowed, stay_in
from anagen.body.acute_laws import laws_from
from anagen.body.acute_meals import meals, uptakes
from anagen.body.acute_notes import gut_words, notes_on
from anagen.body.acute_scenes import LOOKED_AT_H, MOST_DRAWS, TOLERANCE, Kidneys, Scene, scenes_of
from anagen.body.takings import Taking, clock, takings_by_mouth, with_usual_diet
from anagen.evidence.parameters import parameters, value
from anagen.intake.conditions import Gut, gut_of
from anagen.intake.kidney import band_of as kidney_band_of
from anagen.intake.kidney import egfr_of
from anagen.scenario import Scenario

Floats = NDArray[np.float64]

USUAL_HOURS, USUAL_DRAWS = 48.0, 100
WEAK_GFR = 20.0  # mL/min, an example of weak kidneys where the person's are healthy or not known
SAYS = "A model for learning, never medical advice."


@dataclass(frozen=True)
class Acute:
    """The answer: the doses, the hours, plasma at the person's kidneys and at healthy ones, and how sure it is.

    `arm` is the person's; `at_gfr` is the same where their GFR is known, and None where it was taken as healthy.
    `gut` and `stay` are the state of the gut in both, and how many times as long as usual things stay in it;
    `scenes` are the same doses in other cases.
    """

    doses: tuple[Taking, ...]
    days: int
    hours: Floats
    start_clock: str
    gut: Gut
    gut_from: str
    stay: Fan
    arm: Arm
    healthy: Arm
    at_gfr: Arm | None
    scenes: tuple[Scene, ...]
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
        return {
            "says": SAYS,
            "doses": [
                {"clock": clock(dose.hour), "name": dose.name, "elemental_mg": dose.mg, "solubility": dose.solubility}
                for dose in self.doses
            ],
            "days": self.days,
            "start_clock": self.start_clock,
            "gut": {"name": self.gut, "from": self.gut_from, "stay_times_usual": self.stay.to_dict()},
            "hours": self.hours.tolist(),
            "plasma_mmol_l": self.arm.plasma.to_dict(),
            "healthy": self.healthy.to_dict(),
            "at_gfr": None if self.at_gfr is None else self.at_gfr.to_dict(),
            "peak": {
                "mmol_l": self.arm.peak.to_dict(),
                "hours_after_first_dose": self.arm.peak_h,
                "clock": self.peak_clock,
            },
            "band": self.arm.band.to_dict(),
            "band_of_highest_tenth": self.arm.high_band.to_dict(),
            "bands": [one.to_dict() for one in plasma_bands()],
            "scenes": [scene.to_dict() for scene in self.scenes],
            "absorption": {"purpose": PURPOSE, "gut": self.gut, "meals": [row.to_dict() for row in self.meals]},
            "notes": list(self.notes),
            "provenance": self._provenance(),
        }

    def _provenance(self) -> dict[str, object]:
        """How sure the answer is, and what it rests on."""
        return {
            "seed": self.seed,
            "draws": self.draws,
            "band_is": "8 in 10 draws of the uncertain records; the model itself may be wrong",
            "scenes": {
                "draws": min(self.draws, MOST_DRAWS),
                "hours": LOOKED_AT_H,
                "solver_tolerance": TOLERANCE,
                "peak_is": "the highest within these hours of the first dose",
            },
            "solver": "scipy solve_ivp, LSODA",
            "mass_balance_error_mmol": self.imbalance,
            "sources": sorted({parameters()[name].source for name in record_names()} - {"assumed"}),
        }


def acute(
    scenario: Scenario,
    gfr: float | None = None,
    hours: float = USUAL_HOURS,
    days: int = 1,
    draws: int = USUAL_DRAWS,
    seed: int = 0,
    gut: Gut | None = None,
) -> Acute:
    """What the scenario's supplements and medicines by mouth do to plasma magnesium.

    Parameters
    ----------
    scenario : its food and water belong to every day, made up to a usual diet; its supplements and medicines by mouth
        are taken on `days` days, at their clock times or else at meals. What is on the skin plays no part.
    gfr : mL/min; else the person's eGFR, else a healthy one.
    hours : how far to look from the first dose on.
    draws, seed : people like this one; the same seed gives the same answer. `draws` 0 runs the central values once.
    gut : its state; else by the person's conditions.

    Raises
    ------
    AcuteError
        Where nothing is taken by mouth, or a number lies outside the model.

    Examples
    --------
    >>> from anagen.quantities import Amount
    >>> from anagen.routine import Intake, Person
    >>> laxative = Intake("medicine", "milk of magnesia", Amount("60 mL", 60.0, "volume"))
    >>> found = acute(Scenario(Person(age=50, sex="male"), (laxative,)), gfr=20, draws=0)
    >>> found.arm.band.name, found.healthy.band.name
    ('raised', 'usual')
    """
    person = scenario.person
    gfr = egfr_of(person) if gfr is None else gfr
    check_question(gfr, hours, days)
    takings = takings_by_mouth(scenario)
    diet, doses = [t for t in takings if t.is_diet], [t for t in takings if not t.is_diet]
    if not doses:
        raise AcuteError(f"{scenario.source}: no supplement or medicine by mouth in use; give --item and --dose")
    values = drawn(draws, seed)
    state = gut_of(person.conditions) if gut is None else gut

    def body(drawn_values: dict[str, Floats], kidneys: Kidneys) -> Laws:
        return laws_from(drawn_values, kidneys.gfr, diet, person.mass_kg, kidneys.plasma)

    first = min(dose.hour for dose in doses)
    kept = first + np.arange(0, hours + STEP_H / 2, STEP_H)
    runner = Runner(values, diet, doses, days, kept)

    def arm_of(kidneys: Kidneys) -> Arm:
        return runner.arm(kidneys.gfr, slowed(body(values, kidneys), stay_in(state, values)))

    normal = Kidneys("healthy", value("acute_gfr_healthy"))
    own = Kidneys("own", normal.gfr if gfr is None else gfr, person.plasma_magnesium_mmol_l)
    healthy = arm_of(normal)
    arm = healthy if gfr is None and own.plasma is None else arm_of(own)
    weak = own if kidney_band_of(gfr) not in ("unknown", "normal") else Kidneys("example", WEAK_GFR)
    return Acute(
        doses=tuple(doses),
        days=days,
        hours=kept - first,
        start_clock=clock(first),
        gut=state,
        gut_from=gut_words(person.conditions, gut),
        stay=Fan.of(stay_in(state, values)),
        arm=arm,
        healthy=healthy,
        at_gfr=None if gfr is None else arm,
        scenes=scenes_of(values, diet, doses, (normal, weak), body),
        meals=_rows(takings, state),
        notes=notes_on(scenario, doses, gfr, state),
        draws=max(draws, 1),
        seed=seed,
        imbalance=runner.imbalance,
    )


def _rows(takings: Sequence[Taking], gut: Gut) -> tuple[MealRow, ...]:
    """What is taken up of each meal of the first day, at the central values and with this gut."""
    rows = rows_of(with_usual_diet(takings, value("acute_usual_diet")))
    if gut == "usual":
        return rows
    values = drawn(0, 0)
    day = meals(takings, values, usual_diet=True)
    laws = slowed(laws_from(values, value("acute_gfr_healthy")), stay_in(gut, values))
    at = {clock(meal.hour): float(mg[0]) for meal, mg in zip(day, uptakes(day, laws), strict=True)}
    return tuple(replace(row, mg_absorbed=at[row.clock]) for row in rows)
