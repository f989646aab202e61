"""The planner: every answer is put back into the ledger and must sit where it says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from anagen.errors import AnagenError, UnknownName
from anagen.intake.foods import foods
from anagen.intake.ledger import tally
from anagen.intake.plan_foods import PlanError, Plates, Wishes, family, may_mean, means, plan_foods
from anagen.intake.planner import (
    Most,
    Target,
    cheapest_changes,
    chosen,
    most_of,
    round_down,
    target_mg,
    with_intake,
)
from anagen.quantities import read_amount, read_strength
from anagen.routine import Intake
from anagen.scenario import Scenario

from .routines import brine, epsom_bath, intake, scenario

MULTIVITAMIN = intake("supplement", "multivitamin", "50 mg")
TABLETS = intake("supplement", "magnesium citrate", "2 tablets", unit_mass_mg=100.0, label="elemental")
SPRAYS = brine("10 sprays", spray_volume_ml=0.15)
BEANS = intake("food", "black beans, boiled", "1 cup")


def put_back(routine: Scenario, answer: Most) -> float:
    """What the ledger counts with the answer as a person would write it."""
    assert answer.amount is not None
    place = answer.number - 1
    amount = read_amount(answer.amount)
    return tally(with_intake(routine, place, replace(routine.intakes[place], amount=amount))).totals.counted


@pytest.mark.parametrize("to", ["margin", "limit"])
@pytest.mark.parametrize(
    "one",
    [
        brine(),
        brine("4 mL", "101 mg/mL"),
        brine("1 tsp", "31 % w/v"),
        brine("5 g"),
        SPRAYS,
        TABLETS,
        intake("medicine", "milk of magnesia", "15 mL"),
        intake("medicine", "magnesium citrate laxative", "10 fl oz"),
        intake("supplement", "magnesium oxide", "400 mg", label="compound"),
        intake("topical", "magnesium chloride flakes", "10 g"),
        brine(per="week", times=3.0),
        intake("supplement", "magnesium", "0 mg"),
    ],
)
def test_the_most_of_one_thing_lands_on_the_line(one: Intake, to: Target) -> None:
    routine = scenario(MULTIVITAMIN, one, BEANS)
    answer, target = most_of(routine, 1, to), target_mg(tally(routine), to)
    assert target is not None
    counted = put_back(routine, answer)
    assert counted <= target
    assert counted == pytest.approx(target, rel=1e-3)
    assert answer.counted == pytest.approx(counted)
    assert "you should" not in answer.sentence


def test_by_hand() -> None:
    """350 x 0.35 - 50 = 72.5 mg; 31 % w/w holds 101.2 mg in 1 mL."""
    answer = most_of(scenario(MULTIVITAMIN, brine()), 1)
    assert answer.magnitude == pytest.approx(72.5 / 101.23, rel=2e-3)
    assert most_of(scenario(intake("supplement", "magnesium", "10 mg")), 0, "limit").amount == "350 mg"


def test_whole_things() -> None:
    answer = most_of(scenario(TABLETS), 0, "limit")
    assert answer.amount == "3.5 tablets"
    assert (answer.whole, answer.whole_counted) == (3, 300)
    sprays = most_of(scenario(SPRAYS), 0)
    assert sprays.whole == 8
    assert sprays.whole_counted == pytest.approx(8 * 0.15 * 101.23, rel=1e-3)


@pytest.mark.parametrize("strength", ["31 % w/w", "31 % w/v", "101 mg/mL"])
def test_the_greatest_strength_lands_on_the_margin(strength: str) -> None:
    routine = scenario(brine("4 mL", strength))
    answer = most_of(routine, 0)
    assert answer.strength is not None
    weaker = replace(routine.intakes[0], strength=read_strength(answer.strength))
    counted = tally(with_intake(routine, 0, weaker)).totals.counted
    assert counted <= 122.5
    assert counted == pytest.approx(122.5, rel=1e-3)


def test_what_does_not_count_has_no_most() -> None:
    water = intake("water", "spring", "1 L", "110 mg/L")
    assert "does not count" in most_of(scenario(BEANS), 0).sentence
    assert "does not count" in most_of(scenario(water), 0).sentence
    assert most_of(scenario(water, jurisdiction="EU"), 0).amount is not None
    later = replace(MULTIVITAMIN, from_age=50.0)
    assert "not used at this age" in most_of(scenario(later), 0).sentence


def test_the_rest_alone_is_over() -> None:
    answer = most_of(scenario(brine(), MULTIVITAMIN), 1)
    assert answer.amount is None
    assert "the rest alone counts 404.9 mg" in answer.sentence


def test_no_amount_for_weak_kidneys_or_without_a_limit() -> None:
    weak = scenario(MULTIVITAMIN, egfr=20.0)
    assert most_of(weak, 0).amount is None
    assert "clears too little" in most_of(weak, 0).sentence
    assert cheapest_changes(weak).answers == ()
    infant = Scenario(replace(weak.person, age=0.5, egfr=None), (MULTIVITAMIN,))
    assert most_of(infant, 0).amount is None
    assert "No supplemental limit" in cheapest_changes(infant).sentence


def test_an_amount_no_one_uses_says_so() -> None:
    answer = most_of(scenario(epsom_bath()), 0)
    assert "no amount anyone uses" in answer.sentence


def test_choosing_an_item() -> None:
    routine = scenario(brine(), MULTIVITAMIN, replace(MULTIVITAMIN, amount=read_amount("10 mg")))
    assert chosen(routine, "Multivitamin") == (1, 2)
    assert chosen(routine, "magnesium chloride brine") == (0,)
    with pytest.raises(UnknownName) as error:
        chosen(routine, "multivitamn")
    assert error.value.near[0] == "multivitamin"
    with pytest.raises(AnagenError):
        chosen(scenario(), "anything")


def test_nothing_over_says_so() -> None:
    found = cheapest_changes(scenario(MULTIVITAMIN))
    assert found.answers == ()
    assert found.sentence.startswith("Nothing is over the margin: 50 mg a day counts, 72.5 mg below")


def test_the_cheapest_change_changes_one_thing_where_that_is_enough() -> None:
    routine = scenario(brine(), MULTIVITAMIN, TABLETS)
    found = cheapest_changes(routine, "limit")
    assert len(found.answers[0].steps) == 1
    assert found.answers[0].steps[0].item == "magnesium chloride brine"
    assert found.answers[0].counted == pytest.approx(350, rel=1e-3)


def test_several_varied_changes() -> None:
    routine = scenario(*(intake("supplement", name, "200 mg") for name in ("magnesium", "multivitamin")), TABLETS)
    found = cheapest_changes(routine, "limit")
    sets = {tuple(step.number for step in answer.steps) for answer in found.answers}
    assert len(found.answers) >= 3
    assert len(sets) >= 2
    assert all(answer.counted <= 350 for answer in found.answers)


AMOUNTS = st.integers(1, 4000).map(lambda tenths: f"{tenths / 10} mg")
MARGINS = st.floats(0.05, 1)


@settings(deadline=None, max_examples=60)
@given(st.lists(AMOUNTS, min_size=1, max_size=5), st.integers(1, 60), MARGINS, st.sampled_from(["margin", "limit"]))
def test_answers_put_back_sit_on_the_line(amounts: list[str], tenths: int, margin: float, to: Target) -> None:
    pills = [intake("supplement", "magnesium", amount) for amount in amounts]
    routine = scenario(brine(f"{tenths / 10} mL"), *pills, margin=margin)
    target = target_mg(tally(routine), to)
    assert target is not None
    for place in range(len(routine.intakes)):
        answer = most_of(routine, place, to)
        if answer.amount is None:
            continue
        assert put_back(routine, answer) <= target
        if answer.magnitude:
            rest = target - put_back(routine, replace(answer, amount="0 mg" if place else "0 mL"))
            assert put_back(routine, answer) == pytest.approx(target, abs=1e-3 * rest + 1e-6)
    changes = cheapest_changes(routine, to)
    over = tally(routine).totals.counted > target
    assert bool(changes.answers) == over
    if over:
        best = changes.answers[0]
        assert best.counted <= target
        assert best.counted == pytest.approx(target, rel=1e-3)
        assert len(best.steps) == fewest(routine, target)


def fewest(routine: Scenario, target: float) -> int:
    """The fewest things that must change: the largest ones left out, one after another."""
    lines = sorted((item.counted_mg_per_day for item in tally(routine).items), reverse=True)
    total, number = sum(lines), 0
    while total > target + 1e-6:
        total -= lines[number]
        number += 1
    return number


@settings(deadline=None, max_examples=200)
@given(st.floats(1e-6, 1e6))
def test_rounding_down_stays_within_a_thousandth(number: float) -> None:
    assert number * (1 - 1.0001e-3) <= round_down(number) <= number * (1 + 2e-9)


# --- foods ---


def check_plates(routine: Scenario, found: Plates, wishes: Wishes) -> None:
    """Every answer reaches the need and obeys the wishes."""
    need = tally(routine).limits.rda_mg_per_day
    assert need is not None
    energy, portions = wishes.energy or 800, wishes.portions or 2
    for answer in found.answers:
        added = tuple(
            intake("food", one.food.reference, f"{one.portions * one.food.portion_g} g") for one in answer.servings
        )
        ledger = tally(replace(routine, intakes=(*routine.intakes, *added)))
        assert ledger.totals.food >= need
        assert ledger.totals.counted == tally(routine).totals.counted, "food never counts"
        assert answer.magnesium == pytest.approx(ledger.totals.food)
        kcal = sum(
            one.portions * one.food.portion_g * (one.food.energy_kcal_per_100g or 0) / 100 for one in answer.servings
        )
        assert kcal == pytest.approx(answer.energy)
        assert kcal <= energy
        assert all(1 <= one.portions <= portions for one in answer.servings)
        assert not any(may_mean(one.food, word) for one in answer.servings for word in wishes.dislikes)
        assert not wishes.likes or any(means(one.food, word) for one in answer.servings for word in wishes.likes)
        assert "calcium" in answer.sentence
    eaten = [frozenset((one.food.name, one.portions) for one in answer.servings) for answer in found.answers]
    assert len(set(eaten)) == len(eaten)


@pytest.mark.parametrize(
    "wishes",
    [
        Wishes(),
        Wishes(likes=("lentils", "nuts"), dislikes=("fish", "spinach")),
        Wishes(energy=300),
        Wishes(dislikes=("vegetables", "seeds", "nuts")),
        Wishes(likes=("dark chocolate",), portions=1),
        Wishes(portions=5, dislikes=("coffee",)),
    ],
)
@pytest.mark.parametrize("routine", [scenario(), scenario(BEANS, MULTIVITAMIN)], ids=["nothing eaten", "beans"])
def test_at_least_three_varied_answers(routine: Scenario, wishes: Wishes) -> None:
    found = plan_foods(routine, wishes)
    assert len(found.answers) >= 3
    check_plates(routine, found, wishes)


def test_answers_are_varied_and_the_same_every_time() -> None:
    first, second = plan_foods(scenario()), plan_foods(scenario())
    assert first.to_dict() == second.to_dict()
    families = [{family(one.food) for one in answer.servings} for answer in first.answers]
    assert not families[0] & families[1], "the next answer is of other foods"


WORDS = st.sampled_from(["fish", "nuts", "beans", "spinach", "vegetables", "dairy", "seeds", "fruits", "grains"])


@settings(deadline=None, max_examples=12)
@given(
    st.lists(WORDS, max_size=3).map(tuple),
    st.lists(WORDS, max_size=2).map(tuple),
    st.integers(1, 2500).map(float),
    st.integers(1, 6),
    st.integers(0, 4),
)
@example(("vegetables", "nuts", "grains"), ("spinach",), 658.0, 4, 0)
@example(("vegetables",), ("spinach",), 67.0, 2, 2)
def test_foods_obey_any_wishes(
    dislikes: tuple[str, ...], likes: tuple[str, ...], energy: float, portions: int, cups: int
) -> None:
    assume(not set(likes) & set(dislikes))
    routine = scenario(intake("food", "brown rice, cooked", f"{cups} cups"))
    wishes = Wishes(likes, dislikes, energy, portions)
    found = plan_foods(routine, wishes, most=2)
    assert found.sentence
    check_plates(routine, found, wishes)


def test_a_dislike_goes_before_a_like_and_is_told() -> None:
    contradiction = plan_foods(scenario(), Wishes(("spinach",), ("vegetables",)))
    assert contradiction.answers == ()
    assert "Everything that is liked (spinach) is among what is disliked (vegetables)" in contradiction.sentence
    some_left = plan_foods(scenario(), Wishes(("spinach", "nuts"), ("vegetables",)))
    assert some_left.answers
    check_plates(scenario(), some_left, Wishes(("spinach", "nuts"), ("vegetables",)))
    oil = plan_foods(scenario(), Wishes(("olive oil",)))
    assert oil.answers == ()
    assert "What is liked (olive oil) holds no magnesium" in oil.sentence


def test_what_cannot_be_reached_says_so() -> None:
    found = plan_foods(scenario(), Wishes(energy=20))
    assert found.answers == ()
    assert "No foods of the table reach it within 20 kcal" in found.sentence


def test_enough_is_eaten_already() -> None:
    found = plan_foods(scenario(replace(BEANS, amount=read_amount("4 cups"))))
    assert found.answers == ()
    assert "already holds" in found.sentence


def test_weak_kidneys_are_offered_no_foods() -> None:
    assert plan_foods(scenario(MULTIVITAMIN, egfr=20.0)).answers == ()


@pytest.mark.parametrize(
    "wishes",
    [
        Wishes(energy=0),
        Wishes(energy=-5),
        Wishes(energy=float("nan")),
        Wishes(energy=1e9),
        Wishes(portions=0),
        Wishes(portions=1000),
        Wishes(likes=("unobtainium",)),
        Wishes(dislikes=("",)),
        Wishes(dislikes=("x" * 10_000,)),
    ],
)
def test_wishes_that_cannot_be_used(wishes: Wishes) -> None:
    with pytest.raises(PlanError) as error:
        plan_foods(scenario(), wishes)
    assert len(str(error.value)) < 300


def test_a_like_is_narrow_and_a_dislike_is_wide() -> None:
    names = {food.name: food for food in foods()}
    assert means(names["almonds"], "nuts")
    assert not means(names["nutmeg, ground"], "nuts")
    assert may_mean(names["nutmeg, ground"], "nuts")
    assert may_mean(names["black bean soup, canned"], "beans")
    assert not may_mean(names["banana"], "beans")


# --- the commands ---


def test_the_command(tmp_path: object) -> None:
    import json

    import typer

    from anagen.commands.foods import app as foods_app
    from anagen.commands.plan import plan

    app = typer.Typer()
    app.add_typer(foods_app, name="foods")
    app.command("plan")(plan)
    run = CliRunner().invoke
    told = run(app, ["plan", "examples/thread.toml", "--json", "--dislike", "fish"])
    assert told.exit_code == 0, told.output
    answer = json.loads(told.output)
    assert list(answer) == ["to", "barrier", "most", "changes", "foods"]
    assert len(answer["foods"]["answers"]) >= 3
    words = run(app, ["plan", "examples/thread.toml"]).output
    assert "keeps within the margin of" in words
    assert "would reach" in words
    assert "you should" not in words
    assert run(app, ["plan", "examples/thread.toml", "--item", "nothing like it"]).exit_code == 2
    assert run(app, ["plan", "examples/thread.toml", "--like", "unobtainium"]).exit_code == 2
    assert run(app, ["plan", "no such file.toml"]).exit_code == 2
    assert "black beans, boiled" in run(app, ["foods", "search", "black", "beans"]).output
    found = json.loads(run(app, ["foods", "search", "black", "beans", "--json", "--limit", "2"]).output)
    assert len(found["foods"]) == 2
    assert run(app, ["foods", "search", "qqqqqqq"]).exit_code == 1
    assert run(app, ["foods", "import", "no such file.zip"]).exit_code == 2
