"""A person, what they take in or put on, and what they do about their hair: the records every stage reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from anagen.quantities import Amount, Elemental, Strength

Sex = Literal["female", "male"]
Jurisdiction = Literal["US", "EU", "UK", "DE", "NO", "WHO", "ANZ", "JP"]
Diet = Literal["western", "mixed", "mediterranean", "whole-food"]
Stress = Literal["low", "usual", "high"]
Kind = Literal["food", "water", "supplement", "medicine", "topical", "bath"]
Skin = Literal["intact", "broken", "shaved"]
Region = Literal["frontal", "mid-scalp", "vertex", "temporal", "occipital"]
REGIONS: tuple[Region, ...] = ("frontal", "mid-scalp", "vertex", "temporal", "occipital")


@dataclass(frozen=True)
class Medicine:
    """A medicine a person takes for something else; `at` is a clock time, "07:00"."""

    name: str
    at: str | None = None


@dataclass(frozen=True)
class Person:
    """Who the scenario is about. Every field but `age` and `sex` may be left unknown (None).

    Attributes
    ----------
    age : years.
    mass_kg : body mass; egfr : mL/min/1.73 m2; creatinine_mg_dl : serum creatinine, used where egfr is unknown.
    margin : share of the limit the person wants to stay within.
    genetic_risk : a z-score; pattern : Hamilton-Norwood or Ludwig stage; onset_age : years.
    hairs_per_cm2 : counted hairs by region.
    """

    age: float
    sex: Sex
    name: str = "this person"
    mass_kg: float | None = None
    egfr: float | None = None
    creatinine_mg_dl: float | None = None
    jurisdiction: Jurisdiction = "US"
    margin: float = 0.35
    pregnant: bool = False
    lactating: bool = False
    family_history: str | None = None
    genetic_risk: float | None = None
    pattern: str | None = None
    onset_age: float | None = None
    hairs_per_cm2: dict[Region, float] = field(default_factory=dict[Region, float])
    smoker: bool = False
    crp_mg_l: float | None = None
    testosterone_nmol_l: float | None = None
    plasma_magnesium_mmol_l: float | None = None
    diet: Diet = "western"
    stress: Stress = "usual"
    conditions: tuple[str, ...] = ()
    medicines: tuple[Medicine, ...] = ()


@dataclass(frozen=True)
class Remark:
    """What the reading of an intake had to say: it becomes a finding of the same code (see `intake.findings`)."""

    code: str
    severity: Literal["caution", "note"]
    message: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class OwnProduct:
    """A product that the person describes, used by its name in intakes.

    Attributes
    ----------
    name, kind : what it is called, and where it is used.
    formula : of the salt it is made of, None where only the element is known.
    elemental : how much magnesium it holds, where it says so.
    unit_mass_mg : mass of one tablet; strength : of a liquid.
    note : anything worth remembering about it.
    calcium : how much calcium it holds, None where nobody has said. A thing counted may be left open ("").
    """

    name: str
    kind: Kind
    formula: str | None = None
    elemental: Elemental | None = None
    unit_mass_mg: float | None = None
    strength: Strength | None = None
    note: str = ""
    calcium: Elemental | None = None


@dataclass(frozen=True)
class Intake:
    """One thing taken in or put on, at a steady rate.

    Attributes
    ----------
    kind, product : what it is; amount : of one taking.
    per, times : `times` takings each day or week.
    at : clock times ("07:00"), where given.
    label : whether `amount` is of the compound or of elemental magnesium; None where not said.
    unit_mass_mg : mass of one tablet; spray_volume_ml : volume of one spray.
    area_cm2 : skin covered (topical), None for the whole scalp; area_name : how it was written.
    contact_h : hours on the skin; rinse : True where it is washed off then.
    skin : "intact", "broken" or "shaved"; mixed_with : other things in the mixture.
    volume_l, duration_h : the water of a bath and the time in it.
    from_age, to_age : years; None is always.
    own : the product, where the person described it; a `Scenario` fills it in by name.
    label_text, remarks : the line of a label it was read from, and what there was to say about it.
    calcium_per_amount : mg of calcium in one mg, mL or thing of `amount`, where the person or a label said so; None
        where the product alone tells.
    """

    kind: Kind
    product: str
    amount: Amount
    per: Literal["day", "week"] = "day"
    times: float = 1.0
    at: tuple[str, ...] = ()
    label: Literal["compound", "elemental"] | None = None
    strength: Strength | None = None
    unit_mass_mg: float | None = None
    coating: Literal["enteric", "none"] = "none"
    spray_volume_ml: float | None = None
    area_cm2: float | None = None
    area_name: str = "scalp"
    contact_h: float = 24.0
    contact_stated: bool = False
    skin: Skin = "intact"
    mixed_with: tuple[str, ...] = ()
    volume_l: float | None = None
    duration_h: float | None = None
    from_age: float | None = None
    to_age: float | None = None
    rinse: bool = False
    own: OwnProduct | None = None
    label_text: str | None = None
    remarks: tuple[Remark, ...] = ()
    calcium_per_amount: float | None = None

    @property
    def takings_per_day(self) -> float:
        """How many times a day, on average: twice a week is 2/7."""
        return self.times / (7.0 if self.per == "week" else 1.0)


TreatmentKind = Literal[
    "finasteride", "dutasteride", "minoxidil", "spironolactone", "clascoterone", "massage", "botulinum",
    "microneedling", "castration", "transplant",
]  # fmt: skip
ON_THE_SCALP_ONLY: tuple[TreatmentKind, ...] = ("clascoterone",)


@dataclass(frozen=True)
class Treatment:
    """Something done for the hair.

    Attributes
    ----------
    kind : one of the treatments the flowchart knows.
    dose : in the unit of its kind (mg a day; minutes of massage a day; units of toxin a session; grafts/cm2).
    per_day : takings or sessions a day, on average.
    route : "oral" or "topical" (minoxidil and finasteride; clascoterone is always laid on the scalp).
    strength : fraction w/v of a topical.
    region : where, for a transplant.
    from_age, to_age : years; None is from today on, and for good.
    text : the dose as written.
    """

    kind: TreatmentKind
    dose: float = 0.0
    per_day: float = 1.0
    route: Literal["oral", "topical"] = "oral"
    strength: float | None = None
    region: Region | None = None
    from_age: float | None = None
    to_age: float | None = None
    text: str = ""


def in_use(one: Intake | Treatment, age: float) -> bool:
    """Whether it is taken or done at an age (years): from `from_age` on, until `to_age`."""
    begun = one.from_age is None or one.from_age <= age
    return begun and (one.to_age is None or age < one.to_age)
