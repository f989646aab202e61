"""Whose scalp is looked at when it is measured what a name of the model moves, and what is read from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from anagen.flowchart.hypotheses import HYPOTHESES
from anagen.outlook.experiments_plans import BRINE, PILL, plan, taken_from, treated
from anagen.outlook.simulate import EARLIEST_AGE, MONTHS
from anagen.routine import Region
from anagen.scenario import Scenario

EVERY = tuple(HYPOTHESES)
WHOLE = ("hybrid",)
"""Where a scene is looked at only with every arrow on."""

MAN = '[person]\nname = "a man"\nage = 20\nsex = "male"\n'
WOMAN = '[person]\nname = "a woman"\nage = 20\nsex = "female"\n'
START, YEAR_LATER, MIDDLE, OLD = 40.0, 41.0, 50.0, 60.0  # years of age
PERCENT = 100.0
MINOXIDIL = treated("minoxidil", START, dose="1 mL", strength="5 %", times=2.0)


@dataclass(frozen=True)
class Scene:
    """A person with a plan, looked at from puberty on.

    Attributes
    ----------
    plan : the person and what is done; region : where one looks.
    until : the last age (years). counts : the ages at which hair is counted; none where hair is not grown.
    hypotheses : under which of them.
    given : inputs of the flowchart that no plan sets, which an outlook draws for each person.
    """

    name: str
    plan: Scenario
    until: float
    counts: tuple[float, ...] = ()
    hypotheses: tuple[str, ...] = WHOLE
    region: Region = "vertex"
    given: tuple[tuple[str, float], ...] = ()

    @property
    def months(self) -> int:
        """How many months are lived through: half a year more where hair is counted around the last age."""
        return round((self.until - EARLIEST_AGE) * MONTHS) + (MONTHS // 2 if self.counts else 0)


@dataclass(frozen=True)
class Reading:
    """One output: a number read from a scene at an age, or how far it is from the same of another scene.

    Attributes
    ----------
    name, says, unit : kebab-case; in words, fit to follow "raises" or "lowers"; in pint's spelling.
    scene : its name; age : when (years).
    node : of the flowchart; "" is counted hairs in 1 cm2.
    against : name of the scene that is subtracted, or "".
    times : what the number is multiplied by (100 for a share told in hundredths).
    """

    name: str
    says: str
    unit: str
    scene: str
    age: float
    node: str = ""
    against: str = ""
    times: float = 1.0


def _year_of(name: str, *parts: str, hypotheses: tuple[str, ...] = WHOLE) -> Scene:
    return Scene(name, plan(*parts, person=MAN), YEAR_LATER, (YEAR_LATER,), hypotheses)


def _long(name: str, *parts: str) -> Scene:
    """A man who goes on with something from 40 on; hair is not grown."""
    return Scene(name, plan(*parts, person=MAN), MIDDLE)


def _man(name: str, more: str, counts: tuple[float, ...] = ()) -> Scene:
    """A man of whom something is known."""
    return Scene(name, plan(person=MAN + more), MIDDLE, counts)


def _lucky(name: str, node: str) -> Scene:
    """A man with one standard deviation more of an input that is drawn."""
    return Scene(name, plan(person=MAN), MIDDLE, given=((node, 1.0),))


@cache
def scenes() -> Mapping[str, Scene]:
    """Every scene by its name."""
    found = (
        Scene("man", plan(person=MAN), MIDDLE, (YEAR_LATER, MIDDLE), EVERY),
        Scene("woman", plan(person=WOMAN), OLD, (YEAR_LATER, OLD), EVERY, "mid-scalp"),
        _year_of("finasteride", treated("finasteride", START, dose="1 mg"), hypotheses=EVERY),
        _year_of("minoxidil", MINOXIDIL, hypotheses=EVERY),
        Scene("pill", plan(taken_from(PILL, START / 2), person=MAN), MIDDLE, (MIDDLE,), EVERY),
        _year_of("oral-minoxidil", treated("minoxidil", START, dose="2.5 mg", route="oral")),
        _year_of("dutasteride", treated("dutasteride", START, dose="0.5 mg")),
        _year_of("massage", treated("massage", START, dose="10 min")),
        _year_of("botulinum", treated("botulinum", START, dose="150 U")),
        _year_of("needling", treated("microneedling", START, per="week")),
        _year_of("castration", treated("castration", START)),
        _year_of("topical-finasteride", treated("finasteride", START, dose="0.2 mL", strength="0.25 %")),
        _year_of("clascoterone", treated("clascoterone", START, dose="1 mL", strength="5 %", times=2.0)),
        Scene("spironolactone", plan(treated("spironolactone", START, dose="100 mg"), person=WOMAN), YEAR_LATER,
              (YEAR_LATER,), WHOLE, "mid-scalp"),
        _man("genes", "genetic_risk = 1\n", (MIDDLE,)),
        Scene("brine", plan(taken_from(BRINE, START), person=MAN), MIDDLE),
        _man("burdened", 'smoker = true\ncrp_mg_l = 5\nmass_kg = 110\nstress = "high"\n'),
        _man("whole-food", 'diet = "whole-food"\n'),
        _man("kidney", "egfr = 30\n"),
        _long("long-massage", treated("massage", START, dose="10 min")),
        _long("long-botulinum", treated("botulinum", START, dose="150 U")),
        _long("long-minoxidil", MINOXIDIL),
        _long("long-oral-minoxidil", treated("minoxidil", START, dose="2.5 mg", route="oral")),
        _lucky("skull", "skull_shape"),
        _lucky("vessels", "network_luck"),
    )  # fmt: skip
    return MappingProxyType({one.name: one for one in found})


VERTEX_40, VERTEX_50 = (f"at the vertex of a man of {age:g}" for age in (START, MIDDLE))
PILL_DAY = "300 mg of magnesium a day"
COUNT, FROM_100, MMOL = "1/cm**2", "percent", "mmol/L"


def _gain(scene: str, what: str, where: str = VERTEX_40, against: str = "man") -> Reading:
    """Hairs that a year of something adds."""
    says = f"what a year of {what} adds {where}"
    return Reading(f"{scene}-gain", says, COUNT, scene, YEAR_LATER, against=against)


def _level(name: str, says: str, node: str, unit: str = FROM_100) -> Reading:
    """A node of an untreated man of 50; a share, or what is relative to a healthy 20-year-old, in hundredths."""
    return Reading(name, says, unit, "man", MIDDLE, node, times=PERCENT if unit == FROM_100 else 1)


def _change(name: str, says: str, scene: str, node: str, unit: str = FROM_100, sign: float = 1) -> Reading:
    """How far a node of a man of 50 stands from that of the untreated one; a fall with the sign -1."""
    return Reading(name, says, unit, scene, MIDDLE, node, "man", sign * (PERCENT if unit == FROM_100 else 1))


def _dht_fall(scene: str, what: str) -> Reading:
    """How far a drug lowers serum DHT."""
    says = f"the fall of serum DHT under {what}"
    return Reading(f"{scene}-dht", says, FROM_100, scene, YEAR_LATER, "serum_dht", "man", -PERCENT)


@cache
def readings() -> Mapping[str, Reading]:
    """Every output by its name, in the order they are told."""
    found = (
        Reading("hairs-man", f"hairs {VERTEX_50}", COUNT, "man", MIDDLE),
        Reading("hairs-woman", f"hairs at the mid-scalp of a woman of {OLD:g}", COUNT, "woman", OLD),
        _gain("finasteride", "1 mg of finasteride"),
        _gain("minoxidil", "5 % minoxidil twice a day"),
        Reading("magnesium-hairs", f"the gain of hairs under {PILL_DAY} {VERTEX_50}", COUNT, "pill", MIDDLE, "", "man"),
        _change("magnesium-calcification", f"the fall of calcification under {PILL_DAY}", "pill", "calcification",
                sign=-1),
        _change("magnesium-plasma", f"the rise of plasma magnesium under {PILL_DAY}", "pill", "plasma_magnesium", MMOL),
        _level("bulb-po2", f"oxygen at the bulb {VERTEX_50}", "bulb_po2", "mmHg"),
        _level("blood-flow", f"blood flow {VERTEX_50}", "blood_flow", "mL/hg/min"),
        _level("vessels", f"vessel density {VERTEX_50}", "vessel_density"),
        _level("serum-dht", f"serum DHT of a man of {MIDDLE:g}", "serum_dht"),
        _level("scalp-dht", f"DHT in the scalp {VERTEX_50}", "scalp_dht"),
        _level("fibrosis", f"fibrosis {VERTEX_50}", "fibrosis"),
        _level("calcification", f"calcification {VERTEX_50}", "calcification"),
        _level("inflammation", f"scalp inflammation {VERTEX_50}", "scalp_inflammation"),
        _level("plasma-magnesium", f"plasma magnesium of a man of {MIDDLE:g}", "plasma_magnesium", MMOL),
        _level("calcifying-resistance", f"resistance to calcifying of a man of {MIDDLE:g}", "t50", "min"),
        _dht_fall("finasteride", "1 mg of finasteride"),
        _dht_fall("dutasteride", "0.5 mg of dutasteride"),
        _gain("oral-minoxidil", "2.5 mg of minoxidil by mouth"),
        _gain("dutasteride", "0.5 mg of dutasteride"),
        _gain("massage", "10 minutes of massage a day"),
        _gain("botulinum", "botulinum toxin"),
        _gain("needling", "microneedling every week"),
        _gain("castration", "life after castration"),
        _gain("topical-finasteride", "0.25 % finasteride on the scalp"),
        _gain("clascoterone", "5 % clascoterone twice a day"),
        _gain("spironolactone", "100 mg of spironolactone", f"at the mid-scalp of a woman of {START:g}", "woman"),
        Reading("genes-hairs", f"the loss of hairs with one step (sd) of genetic risk {VERTEX_50}", COUNT, "genes",
                MIDDLE, "", "man", -1),
        _change("brine-plasma", "the rise of plasma magnesium under 4 mL of brine on the scalp", "brine",
                "plasma_magnesium", MMOL),
        _change("massage-inflammation", "the fall of scalp inflammation under 10 minutes of massage a day",
                "long-massage", "scalp_inflammation", sign=-1),
        _change("botulinum-inflammation", "the fall of scalp inflammation under botulinum toxin", "long-botulinum",
                "scalp_inflammation", sign=-1),
        _change("minoxidil-flow", "the rise of blood flow under 5 % minoxidil twice a day", "long-minoxidil",
                "blood_flow", "mL/hg/min"),
        _change("oral-minoxidil-flow", "the rise of blood flow under 2.5 mg of minoxidil by mouth",
                "long-oral-minoxidil", "blood_flow", "mL/hg/min"),
        _change("minoxidil-release", "the share of resting hairs let go where 5 % minoxidil twice a day is begun",
                "long-minoxidil", "telogen_release"),
        _change("oral-minoxidil-release", "the share of resting hairs let go where 2.5 mg of minoxidil are begun",
                "long-oral-minoxidil", "telogen_release"),
        _change("burden-inflammation", "the rise of scalp inflammation with smoking, 110 kg, stress and a high CRP",
                "burdened", "scalp_inflammation"),
        _change("diet-inflammation", "the fall of scalp inflammation with a whole-food diet", "whole-food",
                "scalp_inflammation", sign=-1),
        _change("kidney-plasma", "the rise of plasma magnesium at a kidney filtration of 30 mL/min", "kidney",
                "plasma_magnesium", MMOL),
        _change("kidney-resistance", "the rise of resistance to calcifying at a kidney filtration of 30 mL/min",
                "kidney", "t50", "min"),
        _change("skull-inflammation", "the rise of scalp inflammation with one step (sd) of skull shape", "skull",
                "scalp_inflammation"),
        _change("luck-po2", "the rise of oxygen at the bulb with one step (sd) of luck with vessels", "vessels",
                "bulb_po2", "mmHg"),
    )  # fmt: skip
    return MappingProxyType({one.name: one for one in found})
