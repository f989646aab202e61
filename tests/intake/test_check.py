"""What a file is refused for."""

from __future__ import annotations

from typing import Any

import pytest

from anagen.errors import ScenarioError
from anagen.intake.check import check_intake
from anagen.intake.ledger import tally
from anagen.routine import Intake

from .routines import brine, epsom_bath, intake, scenario

GOOD = [
    brine(),
    brine("10 sprays", spray_volume_ml=0.15),
    brine("4 g"),
    brine(strength="35 % w/w"),
    brine(strength="1 : 1 flakes : water by mass"),
    epsom_bath(),
    epsom_bath(per="day", times=1.0),
    intake("topical", "magnesium lotion", "4 mL"),
    intake("topical", "magnesium chloride flakes", "5 g"),
    intake("food", "almonds", "1 serving"),
    intake("water", "tap", "2 L", "10 mg/L"),
    intake("supplement", "magnesium oxide", "400 mg"),
    intake("supplement", "MgO", "2 tablets", unit_mass_mg=500.0),
    intake("supplement", "magnesium citrate", "1 sachet", unit_mass_mg=5000.0),
    intake("medicine", "milk of magnesia", "2 tbsp"),
    intake("medicine", "epsom salt", "2 tsp"),
    intake("medicine", "magnesium oxide tablets", "1 tablet"),
    intake("medicine", "milk of magnesia", "15 mL", "8 % w/v"),
    intake("medicine", "magnesium citrate laxative", "10 fl oz"),
    intake("bath", "epsom salt", "2 cups", volume_l=150.0, duration_h=0.3),
]


@pytest.mark.parametrize("one", GOOD)
def test_good_intakes_pass_and_are_weighed(one: Intake) -> None:
    assert check_intake(one) == []
    assert tally(scenario(one)).items[0].elemental_mg_per_day is not None


BAD: list[tuple[Intake, str]] = [
    (brine(strength="40 % w/w"), "strength"),
    (brine(strength="130 mg/mL"), "strength"),
    (brine(strength="10 : 1 flakes : water by mass"), "strength"),
    (brine(strength="60 % w/v"), "strength"),
    (intake("topical", "epsom salt solution", "4 mL", "50 % w/w"), "strength"),
    (intake("topical", "magnesium chloride brine", "4 mL"), "strength"),
    (intake("topical", "magnesium chloride flakes", "4 mL"), "strength"),
    (brine("10 sprays"), "spray_volume"),
    (brine("10 sprays", spray_volume_ml=50.0), "spray_volume"),
    (brine("2 tablets"), "amount"),
    (brine(contact_h=30.0), "contact"),
    (brine(area_cm2=1e6), "area"),
    (brine(times=80.0), "times"),
    (brine("5 L"), "amount"),
    (epsom_bath(volume_l=None), "volume"),
    (epsom_bath(duration_h=None), "duration"),
    (epsom_bath(volume_l=0.0), "volume"),
    (epsom_bath(volume_l=0.5), "volume"),
    (epsom_bath(duration_h=48.0), "duration"),
    (intake("bath", "epsom salt", "10 sprays", volume_l=150.0, duration_h=0.3), "amount"),
    (intake("bath", "magnesium flakes", "2 cups", volume_l=150.0, duration_h=0.3), "amount"),
    (intake("bath", "epsom salt", "5000 kg", volume_l=9e3, duration_h=0.3), "amount"),
    (intake("water", "tap", "2 L"), "strength"),
    (intake("water", "tap", "2 L", "5 % w/w"), "strength"),
    (intake("water", "tap", "2 L", "50 mg/mL"), "strength"),
    (intake("water", "tap", "200 g", "10 mg/L"), "amount"),
    (intake("water", "tap", "50 L", "10 mg/L"), "amount"),
    (intake("food", "rye bread", "1 cup"), "amount"),
    (intake("food", "almonds", "6 kg"), "amount"),
    (intake("food", "almonds", "3 tablets"), "amount"),
    (intake("supplement", "magnesium oxide", "2 tablets"), "unit_mass"),
    (intake("supplement", "magnesium oxide", "1 tablet", unit_mass_mg=5e6), "unit_mass"),
    (intake("supplement", "magnesium glycinate", "1 tablet", unit_mass_mg=2000.0, label="elemental"), "unit_mass"),
    (intake("supplement", "magnesium oxide", "1 kg"), "amount"),
    (intake("supplement", "magnesium oxide", "5 mL"), "amount"),
    (intake("supplement", "magnesium oxide", "5 sprays"), "amount"),
    (intake("medicine", "magnesium oxide", "5 mL"), "strength"),
    (intake("medicine", "milk of magnesia", "2 L"), "amount"),
    (intake("medicine", "milk of magnesia", "15 mL", "8 % w/w"), "strength"),
    (intake("medicine", "milk of magnesia", "15 mL", "900 mg/mL"), "strength"),
    (brine(contact_h=float("nan")), "contact"),
    (brine(times=-1.0), "times"),
]


@pytest.mark.parametrize(("one", "key"), BAD)
def test_bad_intakes_are_refused_at_the_key(one: Intake, key: str) -> None:
    found = check_intake(one)
    assert key in [problem[0] for problem in found]
    for _, _, mend in found:
        assert mend
        assert "\n" not in mend


def test_the_reason_names_the_physical_maximum() -> None:
    ((_, shown, mend),) = check_intake(brine("1 tsp", "210 mg/mL"))
    assert shown == "210 mg/mL"
    assert "121" in mend
    assert "saturated" in mend


def test_an_unknown_product_is_left_to_the_catalogue() -> None:
    assert check_intake(intake("food", "zzzz", "1 g")) == []


def test_tally_refuses_what_cannot_be_weighed() -> None:
    keys: dict[str, Any] = {"volume_l": None, "duration_h": None}
    with pytest.raises(ScenarioError) as error:
        tally(scenario(brine(), epsom_bath(**keys)))
    assert [problem.key for problem in error.value.problems] == ["intake[2].duration", "intake[2].volume"]
