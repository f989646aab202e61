"""Plans side by side: the same numbers as a look of its own, and the same people in every plan."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from anagen.flowchart.hypotheses import HYPOTHESES
from anagen.outlook.live import BLOCK, look
from anagen.outlook.side_by_side import hair_of, shared_plan
from anagen.scenario import Scenario
from anagen.stopping import Stopped

HYBRID = HYPOTHESES["hybrid"]
PERSON = '[person]\nage = 32\nsex = "male"\npattern = "III vertex"\nonset_age = 27\n'
EARLY = '[[treatment]]\nkind = "finasteride"\ndose = "1 mg"\nfrom_age = 28\n'
LATER = '[[treatment]]\nkind = "minoxidil"\ndose = "1 mL"\ntimes = 2\nstrength = "5 %"\n'
NOTHING, PLAN, TWO = (Scenario.loads(PERSON + text) for text in ("", LATER, EARLY + LATER))


def test_a_plan_alone_has_the_numbers_of_the_first_screen_bit_for_bit() -> None:
    found = look(PLAN, (HYBRID,), BLOCK)
    data, age = found["hairs_per_cm2"], np.asarray(found["age"].values)
    for scenario, arm in ((PLAN, "plan"), (NOTHING, "baseline")):
        alone = hair_of(scenario, PLAN, HYBRID, BLOCK)
        seen = data.sel({"hypothesis": "hybrid", "arm": arm, "region": "vertex"}).values
        assert np.isin(alone.age, age).all(), "a look holds more ages where a plan changes"
        assert np.array_equal(alone.hairs, seen[:, np.isin(age, alone.age)])


def test_plans_with_different_pasts_are_for_the_same_people() -> None:
    shared = shared_plan([TWO, PLAN])
    assert shared.treatments == PLAN.treatments
    # without what was begun earlier the people of a plan would be others
    own, compared = hair_of(TWO, TWO, HYBRID, BLOCK), hair_of(TWO, shared, HYBRID, BLOCK)
    assert not np.array_equal(own.hairs, compared.hairs)
    # begun at 28, it is the same plan for these people as for those it is compared with: a year more never harms
    other = hair_of(PLAN, shared, HYBRID, BLOCK)
    assert np.median(compared.hairs[:, -1] - other.hairs[:, -1]) >= 0


def test_more_people_leave_the_first_as_they_were() -> None:
    few, more = (hair_of(PLAN, PLAN, HYBRID, draws) for draws in (BLOCK, BLOCK + 5))
    assert more.hairs.shape[0] == BLOCK + 5
    assert np.array_equal(more.hairs[:BLOCK], few.hairs)


def test_a_transplant_grows_in_the_regions_it_needs() -> None:
    grafted = Scenario.loads(f'{PERSON}[[treatment]]\nkind = "transplant"\ndose = "40 grafts/cm2"\n')
    shared = shared_plan([grafted, NOTHING])
    assert shared.treatments == ()
    with_grafts, without = (hair_of(one, shared, HYBRID, BLOCK) for one in (grafted, NOTHING))
    gained = with_grafts.hairs[:, -1] - without.hairs[:, -1]
    assert (gained >= 0).all()
    assert gained.mean() > 0, "under hybrid moved hair thins too, in most to nothing by 80"


def test_it_stops_when_nobody_waits() -> None:
    with pytest.raises(Stopped):
        hair_of(replace(PLAN, treatments=()), PLAN, HYBRID, BLOCK, stopped=lambda: True)
