"""Side effects in words and as hundreds of people."""

from __future__ import annotations

import re

import pytest
from htpy import div

from anagen.evidence.side_effects import side_effects
from anagen.evidence.sources import bibliography
from anagen.intake.ledger import tally
from anagen.scenario import Scenario
from anagen.show.account import account
from anagen.show.side_effects import (
    Harms,
    harm_sentence,
    harm_sources,
    harms_of,
    of_100,
    rate_sentence,
    unlike_words,
    where_words,
)
from anagen.show.side_effects_drawing import harms_section, hundred, hundred_key


def plan(*treatments: str, sex: str = "male", more: str = "") -> Scenario:
    parts = "".join(f"[[treatment]]\n{one}\n" for one in treatments)
    return Scenario.loads(f'[person]\nage = 30\nsex = "{sex}"\n{parts}{more}')


def harms(scenario: Scenario) -> tuple[Harms, ...]:
    return harms_of(scenario, account(tally(scenario)))


FIN = 'kind = "finasteride"\ndose = "1 mg"'
PILL = '[[intake]]\nkind = "supplement"\nproduct = "magnesium citrate"\namount = "300 mg"\nlabel = "elemental"\n'
ALMONDS = '[[intake]]\nkind = "food"\nproduct = "almonds"\namount = "1 oz"\n'
BATH = '[[intake]]\nkind = "bath"\nproduct = "epsom salt"\namount = "500 g"\nvolume = "150 L"\nduration = "20 min"\n'


def test_a_rate_is_said_with_both_arms_and_its_range() -> None:
    one = side_effects()["finasteride-sexual"]
    said = rate_sentence(one)
    assert "3.8 of 100 with it, 2.1 of 100 with placebo: 1.7 more of 100" in said
    assert "range 0.1 to 3.3" in said
    assert where_words(one).startswith("36 of 945 men on 1 mg a day and 20 of 934 on placebo, 52 weeks")


def test_without_a_placebo_arm_no_rate_is_laid_at_the_drug_s_door() -> None:
    one = side_effects()["minoxidil-oral-hair"]
    said = rate_sentence(one)
    assert "15 of 100 with it; the study had no placebo arm, so what it added is not known" in said
    assert "more of 100" not in said
    assert "at least 12 weeks" in where_words(one)


@pytest.mark.parametrize("kind", ['kind = "massage"\ndose = "4 min"', 'kind = "castration"',
                                  'kind = "clascoterone"\ndose = "1 mL"\nstrength = "5 %"'])  # fmt: skip
def test_where_no_trial_gives_a_rate_it_is_said_and_never_0(kind: str) -> None:
    scenario = plan(kind)
    found = harms(scenario)
    said = harm_sentence(found, scenario.person)
    assert said.endswith("no rate known from a trial.")
    assert not re.search(r"\b0\b", said)
    page = str(div[harms_section(found, scenario.person, bibliography())])
    assert "No rate known from a trial. That does not mean none." in page


def test_what_was_seen_in_men_is_said_to_be_so_for_a_woman() -> None:
    scenario = plan(FIN, sex="female")
    (one,) = harms(scenario)
    assert "in men" in harm_sentence((one,), scenario.person)
    assert unlike_words(one.found[0], scenario.person) == "Seen in men; no rate known from a trial in women."
    assert unlike_words(one.found[0], plan(FIN).person) == ""


def test_each_sex_has_its_own_records_where_there_are_any() -> None:
    minoxidil = 'kind = "minoxidil"\ndose = "1 mL"\nstrength = "5 %"'
    (woman,), (man,) = harms(plan(minoxidil, sex="female")), harms(plan(minoxidil))
    assert {one.who for one in woman.found} == {"women"}
    assert {one.who for one in man.found} == {"men"}


def test_the_way_it_is_taken_matters() -> None:
    laid_on, swallowed = (
        harms(plan(f'kind = "minoxidil"\n{more}'))[0] for more in ('dose = "1 mL"\nstrength = "5 %"', 'dose = "1 mg"')
    )
    assert {one.route for one in laid_on.found} == {"topical"}
    assert {one.route for one in swallowed.found} == {"oral"}


def test_magnesium_counts_where_it_is_swallowed_as_a_pill_or_laid_on_and_not_as_food() -> None:
    assert [one.title for one in harms(plan(more=PILL))] == ["magnesium, by mouth"]
    assert [one.title for one in harms(plan(more=BATH))] == ["magnesium, on the skin"]
    assert harms(plan(more=ALMONDS)) == ()
    scenario = plan(more=PILL)
    said = harm_sentence(harms(scenario), scenario.person)
    assert "here 300 mg a day" in said
    assert "recalled" not in said  # what was read goes before what was not
    assert harm_sentence((), scenario.person) == ""


def test_one_treatment_twice_is_told_once() -> None:
    assert len(harms(plan(FIN, FIN + "\nfrom_age = 40"))) == 1


@pytest.mark.parametrize(("share", "words"), [(0.0381, "3.8"), (0.204, "20"), (0.0004, "0"), (-0.03, "\u22123")])
def test_shares_are_of_a_hundred(share: float, words: str) -> None:
    assert of_100(share) == words


def dots(drawing: str, kind: str) -> int:
    return sum(path.count("h0") for path in re.findall(rf'class="person {kind}" d="([^"]*)"', drawing))


@pytest.mark.parametrize("counts", [(0, 0), (2, 2), (100, 0), (60, 40), (90, 40)])
def test_a_hundred_holds_a_hundred(counts: tuple[int, int]) -> None:
    drawing = str(hundred([("had", counts[0]), ("added", counts[1])], "so many"))
    drawn = dots(drawing, "had"), dots(drawing, "added"), dots(drawing, "ring")
    assert sum(drawn) == 100
    assert drawn[0] == counts[0]
    assert drawn[1] == min(counts[1], 100 - counts[0])


def test_the_section_draws_both_arms_and_says_what_is_contested() -> None:
    scenario = plan(FIN)
    page = str(div[harms_section(harms(scenario), scenario.person, bibliography())])
    assert page.count('class="hundred"') == 2
    assert "Contested." in page
    assert "#source-label_propecia" in page
    assert dots(page, "added") == 3  # two of a hundred, and the one of the key
    assert {"label_propecia", "newcombe1998"} <= set(harm_sources(harms(scenario)))
    assert harm_sources(()) == ()
    assert "listed" not in str(hundred_key())
