"""Reading a scenario file: what is accepted, and what is refused in which words."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from anagen.errors import Problem, ScenarioError
from anagen.intake.ledger import Ledger, tally
from anagen.reading import LONGEST_SHOWN
from anagen.routine import Intake, Medicine, Treatment
from anagen.scenario import Scenario
from anagen.toml_files import LARGEST_FILE

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.toml"))
PERSON = '[person]\nage = 34\nsex = "female"\n'
SECONDS_ALLOWED = 2.0


def intake(**keys: str) -> str:
    """The text of one [[intake]]; every value is written as TOML."""
    return "[[intake]]\n" + "".join(f"{key} = {value}\n" for key, value in keys.items())


def brine(**keys: str) -> str:
    plain = {
        "kind": '"topical"',
        "product": '"magnesium chloride brine"',
        "strength": '"31 % w/w"',
        "amount": '"4 mL"',
    }
    return intake(**{**plain, **keys})


def food(**keys: str) -> str:
    return intake(**{"kind": '"food"', "product": '"black beans, boiled"', "amount": '"1 cup"', **keys})


def problems(text: str) -> tuple[Problem, ...]:
    """What a text is refused for."""
    with pytest.raises(ScenarioError) as caught:
        Scenario.loads(text, "file.toml")
    return caught.value.problems


def only(text: str) -> Problem:
    """The one thing a text is refused for."""
    found = problems(text)
    assert len(found) == 1, [str(problem) for problem in found]
    return found[0]


def codes(ledger: Ledger) -> set[str]:
    return {finding.code for finding in ledger.findings}


# what is accepted


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_loads_and_can_be_weighed(path: Path) -> None:
    scenario = Scenario.load(path)
    assert scenario.source == str(path)
    assert len(tally(scenario).items) == len(scenario.intakes)


def test_there_are_the_four_examples() -> None:
    assert {path.stem for path in EXAMPLES} >= {"thread", "thread_revised", "finasteride_man", "nothing"}


EVERYTHING = """
[person]
name = "sample"
age = 34
sex = "female"
mass_kg = 62
egfr = 95
creatinine_mg_dl = 0.8
jurisdiction = "EU"
margin = 0.5
pregnant = true
lactating = true
family_history = "maternal grandfather bald"
genetic_risk = 0.8
pattern = "III vertex"
onset_age = 27
hairs_per_cm2 = { vertex = 150, mid-scalp = 180.5 }
smoker = true
crp_mg_l = 1.2
testosterone_nmol_l = 1
plasma_magnesium_mmol_l = 0.85
diet = "mediterranean"
conditions = ["myasthenia gravis"]
medicines = [{ name = "levothyroxine", at = "7:00" }, { name = "alendronate" }]

[[intake]]
kind = "topical"
product = "magnesium chloride brine"
strength = "31 % w/w"
amount = "10 sprays"
spray_volume = "0.15 mL"
per = "week"
times = 3
at = ["21:00", "7:30"]
area = "600 cm2"
contact = "8 h"
skin = "broken"
mixed_with = ["aloe gel 4 mL"]
from_age = 34
to_age = 40

[[intake]]
kind = "supplement"
product = "magnesium oxide"
amount = "2 tablets"
unit_mass = "500 mg"
coating = "enteric"
label = "compound"
at = ["07:00"]
per = "day"

[[intake]]
kind = "food"
product = "black beans, boiled"
amount = "1 cup"

[[intake]]
kind = "water"
product = "the tap"
amount = "1.5 L"
strength = "110 mg/L"

[[intake]]
kind = "medicine"
product = "milk of magnesia"
amount = "15 mL"
strength = "8 % w/v"
label = "compound"

[[intake]]
kind = "bath"
product = "epsom salt"
amount = "500 g"
volume = "150 L"
duration = "20 min"

[[treatment]]
kind = "finasteride"
dose = "1 mg"
per = "day"
from_age = 34
to_age = 60

[[treatment]]
kind = "minoxidil"
dose = "1 mL"
strength = "5 %"
times = 2
route = "topical"

[[treatment]]
kind = "transplant"
dose = "40 grafts/cm2"
region = "frontal"
per = "year"
"""


def test_every_key_of_the_contract_is_read() -> None:
    scenario = Scenario.loads(EVERYTHING)
    person = scenario.person
    assert (person.name, person.age, person.sex, person.mass_kg) == ("sample", 34.0, "female", 62.0)
    assert (person.egfr, person.creatinine_mg_dl, person.jurisdiction, person.margin) == (95.0, 0.8, "EU", 0.5)
    assert (person.pregnant, person.lactating, person.smoker) == (True, True, True)
    assert (person.family_history, person.genetic_risk) == ("maternal grandfather bald", 0.8)
    assert (person.pattern, person.onset_age, person.diet) == ("III vertex", 27.0, "mediterranean")
    assert person.hairs_per_cm2 == {"vertex": 150.0, "mid-scalp": 180.5}
    assert (person.crp_mg_l, person.testosterone_nmol_l, person.plasma_magnesium_mmol_l) == (1.2, 1.0, 0.85)
    assert person.conditions == ("myasthenia gravis",)
    assert person.medicines == (Medicine("levothyroxine", "07:00"), Medicine("alendronate"))

    topical, tablets, beans, water, milk, bath = scenario.intakes
    assert topical.amount.counted == "spray"
    assert (topical.spray_volume_ml, topical.area_cm2, topical.area_name) == (0.15, pytest.approx(600), "600 cm2")
    assert (topical.contact_h, topical.contact_stated, topical.skin) == (8.0, True, "broken")
    assert (topical.per, topical.times, topical.takings_per_day) == ("week", 3.0, pytest.approx(3 / 7))
    assert (topical.at, topical.mixed_with) == (("21:00", "07:30"), ("aloe gel 4 mL",))
    assert (topical.from_age, topical.to_age) == (34.0, 40.0)
    assert (tablets.unit_mass_mg, tablets.coating, tablets.label) == (pytest.approx(500), "enteric", "compound")
    assert (beans.per, beans.times, beans.label, beans.contact_stated) == ("day", 1.0, None, False)
    assert water.strength is not None
    assert water.strength.value == pytest.approx(0.11)
    assert milk.strength is not None
    assert milk.strength.kind == "w/v"
    assert (bath.volume_l, bath.duration_h) == (pytest.approx(150), pytest.approx(1 / 3))

    finasteride, minoxidil, transplant = scenario.treatments
    assert finasteride == Treatment("finasteride", 1.0, from_age=34.0, to_age=60.0, text="1 mg")
    assert (minoxidil.dose, minoxidil.per_day, minoxidil.route) == (pytest.approx(50), 2.0, "topical")
    assert (transplant.dose, transplant.region) == (pytest.approx(40), "frontal")
    assert len(tally(scenario).items) == 6


def test_only_age_and_sex_are_needed() -> None:
    scenario = Scenario.loads(PERSON)
    assert (scenario.intakes, scenario.treatments) == ((), ())
    assert (scenario.person.jurisdiction, scenario.person.margin, scenario.person.egfr) == ("US", 0.35, None)
    assert {found.key for found in problems("[person]\n")} == {"person.age", "person.sex"}


def test_ages_may_have_a_unit() -> None:
    assert Scenario.loads('[person]\nage = "18 months"\nsex = "male"\n').person.age == pytest.approx(1.5)


@pytest.mark.parametrize(("written", "stands_for"), [("scalp", None), ("Thinning area", None), ("50 cm2", 50.0)])
def test_areas(written: str, stands_for: float | None) -> None:
    one = Scenario.loads(PERSON + brine(area=f'"{written}"')).intakes[0]
    assert one.area_name == written.lower()
    assert one.area_cm2 == (None if stands_for is None else pytest.approx(stands_for))


@pytest.mark.parametrize(
    ("kind", "dose", "found"),
    [
        ("finasteride", "1000 ug", 1.0),
        ("dutasteride", "0.5 mg", 0.5),
        ("massage", "240 s", 4.0),
        ("botulinum", "150 U", 150.0),
        ("minoxidil", "2.5 mg", 2.5),
    ],
)
def test_doses_are_in_the_unit_of_their_kind(kind: str, dose: str, found: float) -> None:
    treatment = Scenario.loads(f'{PERSON}[[treatment]]\nkind = "{kind}"\ndose = "{dose}"\n').treatments[0]
    assert (treatment.dose, treatment.text) == (pytest.approx(found), dose)


@pytest.mark.parametrize("kind", ["microneedling", "castration"])
def test_treatments_without_a_dose(kind: str) -> None:
    treatment = Scenario.loads(f'{PERSON}[[treatment]]\nkind = "{kind}"\nper = "week"\n').treatments[0]
    assert (treatment.dose, treatment.per_day) == (0.0, pytest.approx(1 / 7))


def test_an_ambiguous_label_is_counted_the_larger_way() -> None:
    text = PERSON + intake(kind='"supplement"', product='"magnesium oxide"', amount='"400 mg"')
    open_label = tally(Scenario.loads(text))
    assert "ambiguous-label" in codes(open_label)
    assert open_label.totals.counted == pytest.approx(400)
    compound = tally(Scenario.loads(text + 'label = "compound"\n'))
    assert "ambiguous-label" not in codes(compound)
    assert compound.totals.counted == pytest.approx(400 * 24.305 / 40.304, rel=1e-4)
    assert tally(Scenario.loads(text + 'label = "elemental"\n')).totals.counted == pytest.approx(400)


def test_a_bare_percentage_is_ambiguous_and_counted_the_larger_way() -> None:
    by_mass = tally(Scenario.loads(PERSON + brine()))
    bare = tally(Scenario.loads(PERSON + brine(strength='"31 %"')))
    assert bare.totals.counted == by_mass.totals.counted
    assert "ambiguous-label" in codes(bare) - codes(by_mass)


# what is refused: every problem at once, in the order of the file


def test_every_problem_is_reported_at_once() -> None:
    text = """
[person]
agee = 34
sex = "femal"
age = 134
egfr = nan
diet = "westren"

[[intake]]
kind = "supplement"
product = "magnesum oxide"
amount = "4 hour"
per = "month"

[[intake]]
product = "magnesium oxide"
amount = "400 mg"

[[intake]]
kind = "topical"
product = "magnesium chloride brine"
strength = "45 % w/w"
amount = "-4 mL"
spray_volum = "1 mL"

[[treatment]]
kind = "finasterid"

[[treatment]]
kind = "finasteride"
dose = "1 mL"
from_age = 50
to_age = 40

[persons]
"""
    assert [str(problem) for problem in problems(text)] == [
        'file.toml: persons: unknown key; did you mean "person"?',
        "file.toml: person.age = 134: it must be from 1 to 110 years",
        'file.toml: person.sex = "femal": it must be one of female, male; did you mean "female"?',
        "file.toml: person.egfr = nan: it must be from 0 to 200 mL/min/1.73 m2",
        'file.toml: person.diet = "westren": it must be one of western, mixed, mediterranean, whole-food; '
        'did you mean "western"?',
        'file.toml: person.agee = 34: unknown key; did you mean "age"?',
        'file.toml: intake[1].amount = "4 hour": an amount is a mass, a volume or a count, such as "400 mg", "4 mL" '
        'or "2 tablets"',
        'file.toml: intake[1].per = "month": it must be one of day, week',
        'file.toml: intake[1].product = "magnesum oxide": no supplement of this name is known; did you mean '
        '"magnesium oxide", "magnesium oxide complex" or "magnesium hydroxide"?',
        "file.toml: intake[2].kind: it must be one of food, water, supplement, medicine, topical, bath",
        'file.toml: intake[3].amount = "-4 mL": an amount cannot be negative',
        'file.toml: intake[3].spray_volum = "1 mL": unknown key; did you mean "spray_volume"?',
        'file.toml: treatment[1].kind = "finasterid": it must be one of finasteride, dutasteride, minoxidil, '
        "spironolactone, clascoterone, massage, botulinum, microneedling, castration, transplant; did you mean "
        '"finasteride"?',
        "file.toml: treatment[2].to_age = 40: it must be later than from_age (50)",
        'file.toml: treatment[2].dose = "1 mL": a volume of finasteride needs its strength, such as '
        'strength = "0.25 %"',
    ]


@pytest.mark.parametrize(("said", "meant"), [("man", "male"), ("mal", "male"), ("femal", "female"), ("f", "female")])
def test_a_word_like_one_from_end_to_end_is_what_was_meant(said: str, meant: str) -> None:
    assert (
        only(PERSON.replace('"female"', f'"{said}"')).mend == f'it must be one of female, male; did you mean "{meant}"?'
    )


@pytest.mark.parametrize("said", ['"woman"', '""', "1"])
def test_a_word_like_none_gets_no_guess(said: str) -> None:
    assert only(PERSON.replace('"female"', said)).mend == "it must be one of female, male"


def test_a_problem_holds_its_file_key_value_and_mend() -> None:
    assert only(PERSON + "mas_kg = 62\n") == Problem(
        "file.toml", "person.mas_kg", "62", 'unknown key; did you mean "mass_kg"?'
    )


def test_a_brine_stronger_than_saturation_is_refused_with_the_reason() -> None:
    found = only(PERSON + brine(strength='"45 % w/w"'))
    assert (found.key, found.value) == ("intake[1].strength", "45 % w/w")
    assert "mg of magnesium in 1 mL, and a saturated brine, the strongest there can be, holds at most" in found.mend
    assert "holds at most about 121 mg" in found.mend
    assert Scenario.loads(PERSON + brine(strength='"35 % w/w"'))


def test_a_tablet_of_five_kilograms_is_refused() -> None:
    tablet = intake(kind='"supplement"', product='"magnesium oxide"', amount='"1 tablet"', unit_mass='"5 kg"')
    found = problems(PERSON + tablet)
    assert "intake[1].unit_mass" in {problem.key for problem in found}
    assert any("a tablet weighs less than" in problem.mend for problem in found)
    by_mass = only(PERSON + intake(kind='"supplement"', product='"magnesium oxide"', amount='"5 kg"'))
    assert (by_mass.key, by_mass.value) == ("intake[1].amount", "5 kg")
    assert "mend the amount" in by_mass.mend


@pytest.mark.parametrize(
    ("keys", "key", "part"),
    [
        ({"amount": "4"}, "amount", "write it as text with a unit"),
        ({"amount": "nan"}, "amount", "write it as text with a unit"),
        ({"amount": '"nan mL"'}, "amount", "it must begin with a number"),
        ({"amount": '"1e999 mL"'}, "amount", "the number is too large to mean anything"),
        ({"amount": '"4 blobs"'}, "amount", 'no unit is called "blobs"'),
        ({"amount": '"5 L"'}, "amount", "anyone uses; mend the amount"),
        ({"amount": '"10 sprays"'}, "spray_volume", "write the volume of one spray"),
        ({"contact": '"25 h"'}, "contact", "it must be from 0 to 24 hour"),
        ({"contact": '"8 mL"'}, "contact", 'a contact is a time, such as "8 h"'),
        ({"contact": '"-1 h"'}, "contact", "it must be from 0 to 24 hour"),
        ({"area": '"head"'}, "area", "it must begin with a number"),
        ({"area": '"3 m"'}, "area", '"whole body" or an area, such as "600 cm2"'),
        ({"times": "-1"}, "times", "it must be from 0 to 100"),
        ({"times": "inf"}, "times", "it must be from 0 to 100"),
        ({"times": "true"}, "times", "it must be a plain number"),
        ({"times": '"twice"'}, "times", "it must be a plain number"),
        ({"at": '"07:00"'}, "at", "it must be a list of clock times"),
        ({"at": '["25:00"]'}, "at", "it must be a clock time"),
        ({"at": '["07:00\\n"]'}, "at", "it must be a clock time"),
        ({"at": "[7]"}, "at", "it must be a clock time"),
        ({"skin": '"brokn"'}, "skin", 'did you mean "broken"?'),
        ({"mixed_with": '["a", 3]'}, "mixed_with", "it must be a text"),
        ({"from_age": "0"}, "from_age", "it must be from 1 to 110 years"),
        ({"from_age": "50", "to_age": "50"}, "to_age", "it must be later than from_age (50)"),
        ({"label": '"compound"'}, "label", "unknown key"),
        ({"volume": '"150 L"'}, "volume", "unknown key"),
        ({"kind": '"topicl"'}, "kind", 'did you mean "topical"?'),
        ({"kind": "[1]"}, "kind", "it must be one of food, water"),
        ({"kind": "{ a = 1 }"}, "kind", "it must be one of food, water"),
        ({"product": '""'}, "product", "it must be a text in quotation marks"),
        ({"product": '"chloride brime"'}, "product", '"magnesium chloride brine"'),
        ({"strength": '"31 mg"'}, "strength", "a strength is like"),
        ({"strength": '"1 : 0"'}, "strength", "without water there is no brine"),
    ],
)
def test_intakes_are_refused_at_the_key(keys: dict[str, str], key: str, part: str) -> None:
    found = only(PERSON + brine(**keys))
    assert found.key == f"intake[1].{key}"
    assert part in found.mend


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("age = 0.5", "it must be from 1 to 110 years"),
        ("age = 111", "it must be from 1 to 110 years"),
        ("age = nan", "it must be from 1 to 110 years"),
        ("age = true", "it must be a plain number"),
        ('age = "34"', "a unit is missing"),
        ('age = "34 kg"', "an age is a time"),
        ("age = 2024-01-01", "it must be a plain number"),
        ("sex = 1", "it must be one of female, male"),
        ("mass_kg = -60", "it must be from 2 to 400 kg"),
        ("egfr = inf", "it must be from 0 to 200"),
        ("egfr = 0x" + "f" * 6000, "it must be from 0 to 200"),
        ('egfr = "95"', "it must be a plain number"),
        ('jurisdiction = "USA"', 'did you mean "US"?'),
        ("margin = 35", "it must be from 0 to 1"),
        ('pregnant = "yes"', "it must be true or false"),
        ('pattern = "VIII"', "Hamilton-Norwood"),
        ("onset_age = 40", "it cannot be later than age (34)"),
        ("hairs_per_cm2 = 150", "it must be a table"),
        ("hairs_per_cm2 = { crown = 150 }", "it must be one of frontal"),
        ("hairs_per_cm2 = { vertex = -1 }", "it must be from 0 to 600"),
        ('conditions = "gout"', "it must be a list of conditions"),
        ("conditions = [1]", "it must be a text"),
        ('medicines = ["levothyroxine"]', "each medicine is"),
        ('medicines = [{ at = "07:00" }]', "each medicine is"),
        ('medicines = [{ name = "x", dose = "1 mg" }]', "each medicine is"),
        ('medicines = [{ name = "x", at = "noon" }]', "it must be a clock time"),
        ("name = 2024-01-01", "it must be a text"),
        (f'name = "{"x" * 121}"', "it is too long; use at most 120 characters"),
        ("name = " + "[" * 50 + "]" * 50, "it must be a text"),
    ],
)
def test_persons_are_refused_at_the_key(line: str, part: str) -> None:
    key = line.split(" ")[0]
    others = "".join(f"{one}\n" for one in PERSON.splitlines() if not one.startswith(f"{key} "))
    found = only(f"{others}{line}\n")
    assert found.key == f"person.{key}"
    assert part in found.mend


def test_a_pregnant_man_is_asked_about() -> None:
    assert only('[person]\nage = 34\nsex = "male"\npregnant = true\n').key == "person.pregnant"


@pytest.mark.parametrize(
    ("lines", "key", "part"),
    [
        ('kind = "finasteride"', "dose", 'it is needed, such as "1 mg"'),
        ('kind = "finasteride"\ndose = "5 kg"', "dose", "it must be from 0 to 100 mg"),
        ('kind = "finasteride"\ndose = "-1 mg"', "dose", "it must be from 0 to 100 mg"),
        ('kind = "finasteride"\ndose = "1"', "dose", "a dose of finasteride is a mass"),
        ('kind = "finasteride"\ndose = "1 mg^9^9^9"', "dose", "no unit is called"),
        ('kind = "finasteride"\ndose = 1', "dose", "it must be a text"),
        ('kind = "massage"\ndose = "4 mg"', "dose", "a massage is a time"),
        ('kind = "minoxidil"', "dose", "it is needed"),
        ('kind = "minoxidil"\ndose = "1 mL"', "dose", "needs its strength"),
        ('kind = "minoxidil"\ndose = "1 mL"\nstrength = "5"', "strength", "it must be a percentage"),
        ('kind = "minoxidil"\ndose = "1 mL"\nstrength = "5 % or so"', "strength", "it must be a percentage"),
        ('kind = "minoxidil"\ndose = "1 mL"\nstrength = "5 %"\nroute = "oral"', "dose", 'set route = "topical"'),
        ('kind = "minoxidil"\ndose = "2 tablets"', "dose", "is a volume or a mass"),
        ('kind = "minoxidil"\ndose = "2 kg"', "dose", "it must be from 0 to 1000 mg"),
        ('kind = "transplant"\ndose = "40 grafts/cm2"\nregion = "crown"', "region", "it must be one of frontal"),
        ('kind = "surgery"', "kind", "it must be one of finasteride"),
        ("dose = 1\nkind = []", "dose", "it must be a text"),
        ('dose = "1 mg"', "kind", "this key is needed"),
    ],
)
def test_treatments_are_refused_at_the_key(lines: str, key: str, part: str) -> None:
    found = {problem.key: problem for problem in problems(f"{PERSON}[[treatment]]\n{lines}\n")}
    assert part in found[f"treatment[1].{key}"].mend


@pytest.mark.parametrize(
    ("text", "key", "part"),
    [
        ('[[person]]\nage = 34\nsex = "female"\n', "person", "write [person] on a line of its own"),
        ("person = 3\n", "person", "write [person] on a line of its own"),
        (PERSON + '[intake]\nkind = "food"\n', "intake", "write [[intake]] in double brackets"),
        ("intake = 3\n" + PERSON, "intake", "write [[intake]] in double brackets"),
        ("intake = [3]\n" + PERSON, "intake[1]", "write [[intake]] on a line of its own"),
        ("intake = [[]]\n" + PERSON, "intake[1]", "write [[intake]] on a line of its own"),
        ("treatment = 'x'\n" + PERSON, "treatment", "write [[treatment]] in double brackets"),
        ("treatment = [1979-05-27]\n" + PERSON, "treatment[1]", "write [[treatment]] on a line of its own"),
        (food(), "person", "a scenario needs a [person] table with age and sex"),
        ("", "person", "a scenario needs a [person] table with age and sex"),
        (PERSON + food() * 201, "intake", "201 entries are too many; at most 200 are read"),
    ],
)
def test_tables_of_the_wrong_shape(text: str, key: str, part: str) -> None:
    found = only(text)
    assert found.key == key
    assert part in found.mend


@pytest.mark.parametrize(
    "text",
    [
        "age = ",
        "[person\nage = 34",
        PERSON + "age = 35\n",
        PERSON + '[person]\nname = "again"\n',
        PERSON + "\0",
        PERSON + 'name = "\x1b[31m"\n',
        PERSON + 'name = "\\ud800"\n',
        PERSON + "egfr = " + "9" * 5000,
        PERSON + "egfr = " + "[" * 5000 + "]" * 5000,
        PERSON + "egfr = " + "{ a = " * 2000 + "1" + " }" * 2000,
        PERSON + "onset_age = 2024-13-45\n",
        "\ufeff\ufeff" + PERSON,
        '{"person": {"age": 34}}',
        "<html></html>",
    ],
)
def test_broken_toml_is_one_plain_sentence(text: str) -> None:
    found = only(text)
    assert "this is not valid TOML" in found.mend
    assert str(found).isprintable()


@pytest.mark.parametrize(
    "text",
    [
        PERSON + "a." * 50_000 + "a = 1\n",
        PERSON + "[" + "a." * 50_000 + "a]\n",
        PERSON + ('"\u2028".' * 30_000) + "a = 1\n",
        PERSON + "".join("a." * 95 + f"a{i} = 1\n" for i in range(900)),
        PERSON + "".join(f"k{i} = 1\n" for i in range(10_000)),
        PERSON + "x = [" + "[1, 2]," * 20_000 + "]\n",
        PERSON + food() * 2000,
        "#" * 300_000,
    ],
)
def test_a_file_made_to_choke_a_reader_is_refused_at_once(text: str) -> None:
    begun = time.perf_counter()
    found = problems(text)
    assert time.perf_counter() - begun < SECONDS_ALLOWED
    assert all(problem.mend and len(str(problem)) < 400 for problem in found)


def test_control_characters_are_never_echoed() -> None:
    escape = "\\u001b[2J\\u0007\\u009b31m"
    text = (
        f'"per{escape}son" = 1\n[person]\nage = "{escape}"\nsex = "{escape}"\n"k{escape}" = "{escape}"\n'
        f'name = "{escape}"\nconditions = ["{escape}"]\nhairs_per_cm2 = {{ "{escape}" = 1 }}\n'
        + brine(product=f'"{escape}"', amount=f'"4 mL{escape}"', contact=f'"8 {escape}"', strength=f'"31 %{escape}"')
        + brine(kind=f'"{escape}"')
        + f'[[treatment]]\nkind = "finasteride"\ndose = "1 {escape}"\n'
    )
    found = problems(text)
    assert len(found) == 13
    assert all(str(problem).isprintable() for problem in found)


@pytest.mark.parametrize("escape", ["\\u001b[31m", "\\u0000", "\\u009b31m", "\\u202e", "\\u2066", "\\ufeff", "\\ue000"])
def test_text_that_would_take_over_a_terminal_is_refused(escape: str) -> None:
    assert only(f'{PERSON}name = "a {escape} b"\n').mend == "it holds a character that cannot be shown; type it anew"


def test_lone_surrogates_are_refused() -> None:
    assert only(f'{PERSON}name = "a \ud800 b"\n').key == "person.name"


@pytest.mark.parametrize("name", ["Łucja 李 ٣", "می\u200cخواهم", "🧑\u200d🔬", "naïve  \t name\\nfolded"])  # noqa: RUF001
def test_names_of_any_script_are_kept_on_one_line(name: str) -> None:
    read = Scenario.loads(f'{PERSON}name = "{name}"\n').person.name
    assert read == " ".join(name.replace("\\n", "\n").split())


def test_long_values_and_keys_are_shortened() -> None:
    key, value = "k" * 500, "v" * 500
    found = only(f'{PERSON}{key} = "{value}"\n')
    assert found.key == "person." + "k" * (LONGEST_SHOWN - 1) + "…"
    assert found.value == '"' + "v" * (LONGEST_SHOWN - 2) + "…"
    table = only(f"{PERSON}name = [{'1, ' * 500}]\n")
    assert len(table.value) == LONGEST_SHOWN
    strength = only(PERSON + brine(strength=f'"{"9" * 70} : 1"'))
    assert len(strength.value) == LONGEST_SHOWN


# files


def parts(scenario: Scenario) -> tuple[object, ...]:
    return scenario.person, scenario.intakes, scenario.treatments


def written(folder: Path, content: bytes) -> Path:
    path = folder / "scenario.toml"
    path.write_bytes(content)
    return path


def refused_file(path: Path) -> Problem:
    with pytest.raises(ScenarioError) as caught:
        Scenario.load(path)
    assert len(caught.value.problems) == 1
    return caught.value.problems[0]


def test_a_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "none.toml"
    assert str(refused_file(path)) == f"{path}: there is no such file"


def test_a_folder(tmp_path: Path) -> None:
    assert str(refused_file(tmp_path)) == f"{tmp_path}: this is a folder; name a TOML file in it"


def test_a_file_of_ten_megabytes(tmp_path: Path) -> None:
    path = written(tmp_path, b"# padding\n" * 1_000_000)
    begun = time.perf_counter()
    assert refused_file(path).mend == "the file is larger than 200 kB; a scenario is a few lines"
    assert time.perf_counter() - begun < SECONDS_ALLOWED


def test_the_largest_file_is_read(tmp_path: Path) -> None:
    padding = "#" * (LARGEST_FILE - len(PERSON))
    assert Scenario.load(written(tmp_path, (PERSON + padding).encode())).person.age == 34
    refused_file(written(tmp_path, (PERSON + padding + "#").encode()))


@pytest.mark.parametrize("content", ['name = "é"'.encode("latin-1"), PERSON.encode("utf-16"), b"\x80\x81", b"\x89PNG"])
def test_what_is_not_utf8(tmp_path: Path, content: bytes) -> None:
    assert refused_file(written(tmp_path, content)).mend == "the file is not UTF-8 text; save it as UTF-8"


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_names_no_file_can_have(name: str) -> None:
    assert "the file cannot be read" in refused_file(Path(name)).mend


def test_null_bytes(tmp_path: Path) -> None:
    assert "not valid TOML" in refused_file(written(tmp_path, PERSON.encode() + b"\0\0\0")).mend


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    text = EVERYTHING.replace("\n", "\r\n").encode()
    plain = Scenario.loads(EVERYTHING)
    for content in (text, b"\xef\xbb\xbf" + text, b"\xef\xbb\xbf" + EVERYTHING.encode()):
        assert parts(Scenario.load(written(tmp_path, content))) == parts(plain)


# scenarios made in Python


def test_the_baseline_is_the_same_person_doing_nothing() -> None:
    scenario = Scenario.loads(EVERYTHING)
    assert parts(scenario.without_plan()) == (scenario.person, (), ())
    assert scenario.without_plan().source == scenario.source


def test_an_intake_twice_a_week() -> None:
    one = Scenario.loads(PERSON + food(times="2", per='"week"')).intakes[0]
    assert isinstance(one, Intake)
    assert one.takings_per_day == pytest.approx(2 / 7)


@pytest.mark.parametrize(
    ("keys", "times"),
    [
        ("", 1),
        ('at = ["07:00"]', 1),
        ('at = ["08:00", "21:00"]', 2),
        ('at = ["08:00", "21:00"]\ntimes = 3', 3),
        ("times = 0.5", 0.5),
    ],
)
def test_two_clock_times_are_two_takings(keys: str, times: float) -> None:
    text = f"""{PERSON}
[[intake]]
kind = "supplement"
product = "multivitamin"
amount = "50 mg"
{keys}
"""
    scenario = Scenario.loads(text)
    assert scenario.intakes[0].takings_per_day == times
    assert tally(scenario).totals.counted == pytest.approx(50 * times)
