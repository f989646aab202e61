"""The keys of a scenario that state calcium, and what is refused about them, each in one sentence."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anagen.errors import ScenarioError
from anagen.intake.calcium_keys import read_calcium, with_calcium
from anagen.intake.ledger import Ledger, tally
from anagen.quantities import QuantityError
from anagen.scenario import Scenario

from .routines import intake

HEAD = '[person]\nage = 34\nsex = "female"\n'


def weigh(text: str, head: str = HEAD) -> Ledger:
    return tally(Scenario.loads(head + text))


def problems(text: str) -> dict[str, str]:
    with pytest.raises(ScenarioError) as error:
        Scenario.loads(HEAD + text)
    return {problem.key: problem.mend for problem in error.value.problems}


def pill(rest: str, amount: str = "2 tablets", kind: str = "supplement") -> str:
    taken = f'[[intake]]\nkind = "{kind}"\nproduct = "mine"\namount = "{amount}"\n'
    return f'[[product]]\nname = "mine"\nkind = "{kind}"\n{rest}\n{taken}'


@pytest.mark.parametrize(
    ("rest", "amount", "magnesium", "calcium"),
    [
        ('elemental = "50 mg per tablet"\ncalcium_mg = 100', "2 tablets", 100, 200),
        ('elemental = "50 mg per sachet"\ncalcium_mg = 100', "2 sachets", 100, 200),
        ('elemental = "50 mg per tablet"\ncalcium = "100 mg per tablet"', "2 tablets", 100, 200),
        ('elemental = "50 mg per tablet"\ncalcium_mg = 0', "2 tablets", 100, 0),
        ("calcium_mg = 500", "2 servings", 0, 1000),
        ("calcium_mg = 500", "3 tablets", 0, 1500),
        ('calcium = "500 mg per piece"', "1 piece", 0, 500),
        ('calcium = "20 mg/mL"', "10 mL", 0, 200),
        ('elemental = "12 %"\ncalcium = "8 %"', "2 g", 240, 160),
        ('salt = "magnesium oxide"\nunit_mass = "500 mg"\ncalcium_mg = 100', "2 tablets", 603, 200),
        ('salt = "calcium carbonate"\nunit_mass = "1250 mg"', "2 tablets", 0, 1001),
        ('salt = "calcium citrate"', "1 g", 0, 210.8),
        ('formula = "CaMg(CO3)2"', "1 g", 131.8, 217.3),
    ],
)
def test_a_described_product(rest: str, amount: str, magnesium: float, calcium: float) -> None:
    ledger = weigh(pill(rest, amount))
    assert ledger.totals.counted == pytest.approx(magnesium, rel=1e-3)
    assert ledger.calcium.known_mg_per_day == pytest.approx(calcium, rel=1e-3)
    assert ledger.calcium.unknown == ()


def test_an_intake_states_its_calcium_and_a_water_its_own() -> None:
    ledger = weigh(
        '[[intake]]\nkind = "supplement"\nproduct = "multivitamin"\namount = "50 mg"\ntimes = 2\ncalcium_mg = 200\n'
        '[[intake]]\nkind = "water"\nproduct = "spring"\namount = "1.5 L"\nstrength = "30 mg/L"\ncalcium = "80 mg/L"\n'
        '[[intake]]\nkind = "supplement"\nlabel_text = "Magnesium 100 mg per tablet"\namount = "2 tablets"\n'
        "calcium_mg = 50\n"
        '[[intake]]\nkind = "supplement"\nproduct = "calcium carbonate"\namount = "2 tablets"\ncalcium_mg = 600\n'
        '[[intake]]\nkind = "supplement"\nproduct = "calcium"\ndaily_value_percent = 10\n'
    )
    assert ledger.calcium.water_mg_per_day == pytest.approx(120)
    assert ledger.calcium.known_mg_per_day == pytest.approx(400 + 120 + 50 + 600 + 130)
    assert ledger.calcium.unknown == ()
    assert ledger.totals.supplement == 300
    assert "80 mg/L" in ledger.items[1].arithmetic


@pytest.mark.parametrize(
    ("text", "key", "mend"),
    [
        (pill('elemental = "50 mg per tablet"\ncalcium = "8 %"'), "product[1].calcium", "what the magnesium"),
        (pill('elemental = "5 mg per tablet"\ncalcium = "9 mg per sachet"'), "product[1].calcium", "what the"),
        (pill('elemental = "12 %"\ncalcium_mg = 9', "1 g"), "product[1].calcium_mg", "what the magnesium is written"),
        (pill('calcium = "8 %"\ncalcium_mg = 9', "1 g"), "product[1].calcium_mg", "not both"),
        (pill("calcium_mg = -1"), "product[1].calcium_mg", "from 0 to 10000"),
        (pill('calcium_mg = "9 mg"'), "product[1].calcium_mg", "a plain number"),
        (pill("calcium_mg = 0"), "product[1].elemental", "write salt"),
        (pill('calcium = "9 mg"'), "product[1].calcium", "write the calcium in it"),
        (pill('calcium = "101 %"'), "product[1].calcium", "100 % calcium"),
        (pill('salt = "calcium carbonate"\nelemental = "12 %"', "1 g"), "product[1].elemental", "no magnesium"),
        (pill('formula = "CaCl2"', "1 g", "bath"), "product[1].formula", "only magnesium is followed"),
        (pill('salt = "calcium chloride"\nstrength = "5 % w/w"', "4 mL", "topical"), "product[1].salt", "only"),
        (pill('elemental = "9 mg/mL"\ncalcium = "9 mg/mL"', "4 mL", "topical"), "product[1].calcium", "swallowed"),
        (pill('formula = "NaCl"', "1 g"), "product[1].formula", "magnesium or calcium"),
        (
            '[[intake]]\nkind = "supplement"\nlabel_text = "Calcium 200 mg Magnesium 100 mg"\ncalcium_mg = 5\n',
            "intake[1].calcium_mg",
            "leave calcium_mg out",
        ),
        (
            '[[intake]]\nkind = "supplement"\nproduct = "multivitamin"\namount = "0 mg"\ncalcium_mg = 5\n',
            "intake[1].calcium_mg",
            "holds no calcium",
        ),
        (
            '[[intake]]\nkind = "water"\nproduct = "x"\namount = "1 L"\nstrength = "9 mg/L"\ncalcium = "9 mg"\n',
            "intake[1].calcium",
            "mass in a volume",
        ),
        (
            '[[intake]]\nkind = "topical"\nproduct = "mag oil"\namount = "1 mL"\nstrength = "9 %"\ncalcium_mg = 9\n',
            "intake[1].calcium_mg",
            "unknown key",
        ),
    ],
)  # fmt: skip
def test_what_is_refused(text: str, key: str, mend: str) -> None:
    found = problems(text)
    assert mend in found[key]


def test_nothing_stated_of_nothing_taken() -> None:
    nothing = with_calcium(intake("supplement", "multivitamin", "0 mg"), 0.0)
    assert nothing.calcium_per_amount == 0
    assert with_calcium(nothing, None) is nothing


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=40) | st.integers() | st.floats() | st.none())
def test_no_value_breaks_the_reading(value: object) -> None:
    with suppress(QuantityError):
        assert read_calcium(value).value > 0


def test_a_refused_amount_speaks_of_calcium() -> None:
    with pytest.raises(QuantityError, match="write the calcium in it"):
        read_calcium("9 mg")
