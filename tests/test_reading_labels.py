"""Scenario files with labels, percentages and described products: read, and refused with every problem at once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anagen.errors import ScenarioError
from anagen.intake.ledger import tally
from anagen.quantities import read_amount, read_elemental
from anagen.routine import Intake, OwnProduct, Person
from anagen.scenario import Scenario

HEAD = '[person]\nage = 34\nsex = "female"\n'


def read(text: str, head: str = HEAD) -> Scenario:
    return Scenario.loads(head + text)


def problems(text: str) -> dict[str, str]:
    with pytest.raises(ScenarioError) as error:
        read(text)
    for problem in error.value.problems:
        assert problem.key
        assert problem.mend
    return {problem.key: problem.mend for problem in error.value.problems}


def test_label_text() -> None:
    scenario = read("""
[[intake]]
kind = "supplement"
label_text = "Magnesium (as magnesium citrate) 150 mg 36 % per 2 capsules"
amount = "1 capsule"
times = 2
at = ["08:00"]

[[intake]]
kind = "medicine"
label_text = "Milk of magnesia 30 mL"
per = "week"
""")
    first, second = scenario.intakes
    assert (first.product, first.amount.text, first.unit_mass_mg, first.at) == (
        "magnesium citrate",
        "1 capsule",
        75,
        ("08:00",),
    )
    assert tally(scenario).totals.supplement == 150
    assert (second.per, second.amount.magnitude) == ("week", 30)


def test_servings_and_serving() -> None:
    line = 'kind = "supplement"\nlabel_text = "Magnesium 150 mg"\n'
    assert tally(read(f"[[intake]]\n{line}servings = 2")).totals.counted == 300
    assert tally(read(f'[[intake]]\n{line}serving = "2 capsules"\namount = "1 capsule"')).totals.counted == 75


@pytest.mark.parametrize(
    ("place", "year", "milligrams"),
    [
        ("US", "", 105),
        ("US", "daily_value_year = 2016", 105),
        ("US", "daily_value_year = 2010", 100),
        ("EU", "", 93.75),
    ],
)
def test_daily_value_percent(place: str, year: str, milligrams: float) -> None:
    head = f'{HEAD}jurisdiction = "{place}"\n'
    scenario = read(f'[[intake]]\nkind = "supplement"\ndaily_value_percent = 25\n{year}\n', head)
    assert tally(scenario).totals.counted == pytest.approx(milligrams)
    named = f'[[intake]]\nkind = "supplement"\nproduct = "multivitamin"\ndaily_value_percent = 25\n{year}\n'
    assert tally(read(named, head)).totals.counted == pytest.approx(milligrams)


def test_described_products() -> None:
    scenario = read("""
[[product]]
name = "my spray"
kind = "topical"
salt = "magnesium chloride"
strength = "31 % w/w"
note = "from the market"

[[product]]
name = "my pills"
kind = "supplement"
elemental = "50 mg per tablet"

[[product]]
name = "my crystals"
kind = "bath"
formula = "MgSO4.7H2O"

[[intake]]
kind = "topical"
product = "My  Spray"
amount = "4 mL"

[[intake]]
kind = "supplement"
product = "my pills"
amount = "3 tablets"

[[intake]]
kind = "bath"
product = "my crystals"
amount = "500 g"
volume = "150 L"
duration = "20 min"
""")
    ledger = tally(scenario)
    assert [product.name for product in scenario.products] == ["my spray", "my pills", "my crystals"]
    assert ledger.totals.skin_applied == pytest.approx(405, rel=0.01), "a brine is labeled by the dry salt"
    assert ledger.totals.supplement == 150
    assert ledger.items[2].known_mg_per_day == pytest.approx(49_300, rel=0.01)
    assert scenario.without_plan().products == scenario.products


def test_a_scenario_made_in_python_finds_its_products() -> None:
    own = OwnProduct("my pills", "supplement", elemental=read_elemental("50 mg per tablet"))
    pills = Intake("supplement", "my pills", read_amount("2 tablets"))
    scenario = Scenario(Person(34, "female"), (pills,), products=(own,))
    assert tally(scenario).totals.counted == 100


def test_rinse_skin_and_areas() -> None:
    (one,) = read("""
[[intake]]
kind = "topical"
product = "magnesium oil"
amount = "4 mL"
strength = "10 % w/w"
area = "Whole  Body"
contact = "20 min"
rinse = true
skin = "shaved"
""").intakes
    assert (one.area_name, one.rinse, one.skin) == ("whole body", True, "shaved")


def test_every_problem_at_once() -> None:
    found = problems("""
[[product]]
name = "milk of magnesia"
kind = "medicine"
salt = "unobtainium"

[[product]]
name = "a"
kind = "topical"
formula = "peptide(MgA)"

[[product]]
name = "b"
kind = "topical"
elemental = "12 %"

[[product]]
name = "c"
kind = "food"
elemental = "0 %"

[[product]]
name = "d"
kind = "supplement"

[[product]]
name = "D"
kind = "supplement"
elemental = "3 %"
coulor = "red"

[[product]]
name = "e"
kind = "topical"
formula = "Mg(C3H5O3)2"
strength = "5 % w/w"

[[intake]]
kind = "supplement"

[[intake]]
kind = "supplement"
label_text = "hello"
product = "magnesium oxide"
servings = 2
amount = "1 capsule"
unit_mass = "3 mg"

[[intake]]
kind = "supplement"
label_text = "Magnesium 100 mg"
amount = "2 capsules"

[[intake]]
kind = "supplement"
label_text = "Milk of magnesia 30 mL"

[[intake]]
kind = "supplement"
product = "magnesium oxide"
amount = "400 mg"
daily_value_year = 2010

[[intake]]
kind = "supplement"
daily_value_percent = -3
daily_value_year = 1

[[intake]]
kind = "supplement"
daily_value_percent = 25
label = "compound"

[[intake]]
kind = "topical"
product = "a"
amount = "3 mL"
strength = "5 % w/w"
rinse = "yes"
area = "ears"
""")
    assert {
        "product[1].name",
        "product[1].salt",
        "product[2].formula",
        "product[3].elemental",
        "product[4].kind",
        "product[4].elemental",
        "product[5].elemental",
        "product[6].coulor",
        "product[7].elemental",
        "intake[1].product",
        "intake[1].amount",
        "intake[2].product",
        "intake[2].servings",
        "intake[2].unit_mass",
        "intake[3].label_text",
        "intake[4].label_text",
        "intake[5].daily_value_year",
        "intake[6].daily_value_percent",
        "intake[6].daily_value_year",
        "intake[7].label",
        "intake[8].rinse",
        "intake[8].area",
    } == set(found)
    assert "medicine" in found["intake[4].label_text"]


def test_two_products_of_one_name() -> None:
    one = '[[product]]\nname = "x"\nkind = "supplement"\nelemental = "3 %"\n'
    assert list(problems(one + one)) == ["product[2].name"]


def test_a_label_beyond_any_ceiling_is_refused_at_its_line() -> None:
    text = '[[intake]]\nkind = "supplement"\nlabel_text = "Magnesium (as oxide) 900 g per capsule"\n'
    assert set(problems(text)) == {"intake[1].label_text"}


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=400), st.text(max_size=80))
def test_no_text_breaks_the_file(line: str, name: str) -> None:
    def quoted(text: str) -> str:
        return '"' + "".join(f"\\U{ord(letter):08x}" for letter in text if not 0xD800 <= ord(letter) < 0xE000) + '"'

    text = (
        f'[[product]]\nname = {quoted(name)}\nkind = "topical"\nelemental = {quoted(name)}\nformula = {quoted(name)}\n'
        f'[[intake]]\nkind = "supplement"\nlabel_text = {quoted(line)}\n'
    )
    with pytest.raises(ScenarioError) as error:
        read(text)
    assert all(len(str(problem)) < 800 for problem in error.value.problems)
