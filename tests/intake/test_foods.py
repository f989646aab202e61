"""The table of foods and the search in it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anagen.evidence.sources import bibliography
from anagen.intake.catalogue import find_product
from anagen.intake.foods import (
    Food,
    energy_kcal,
    foods,
    grams,
    magnesium_mg,
    phosphorus_mg,
    portion_amount,
    search_foods,
)  # fmt: skip
from anagen.intake.foods_store import FDC_SOURCE, plain
from anagen.quantities import read_amount

GROUPS = {
    "legumes", "grains", "breads", "cereals", "nuts", "seeds", "vegetables", "fruits", "dairy", "eggs", "fish", "meat",
    "plant milks", "drinks", "sweets", "snacks", "fats", "herbs and spices", "soups and sauces", "meals",
}  # fmt: skip
BY_NAME = {food.name: food for food in foods()}

# number, Mg, Ca, P in mg and energy in kcal per 100 g, portion in g; typed from the published table
FACTS = {
    "black beans, boiled": ("16015", 70, 27, 140, 132, 172),
    "spinach, boiled": ("11458", 87, 136, 56, 23, 180),
    "almonds": ("12061", 270, 269, 481, 579, 28.35),
    "pumpkin seeds, dried": ("12014", 592, 46, 1233, 559, 28.35),
    "cheddar cheese": ("01009", 27, 710, 455, 404, 28.35),
    "quinoa, cooked": ("20137", 64, 17, 152, 120, 185),
    "banana": ("09040", 27, 5, 22, 89, 118),
    "whole milk": ("01077", 10, 113, 84, 61, 244),
    "olive oil": ("04053", 0, 1, 0, 884, 13.5),
    "egg, hard-boiled": ("01129", 10, 50, 172, 155, 50),
}


@pytest.mark.parametrize("name", FACTS)
def test_facts_written_by_hand(name: str) -> None:
    food = BY_NAME[name]
    found = (
        food.ndb_no, food.magnesium_mg_per_100g, food.calcium_mg_per_100g, food.phosphorus_mg_per_100g,
        food.energy_kcal_per_100g, food.portion_g,
    )  # fmt: skip
    assert found == FACTS[name]


def test_the_table_covers_what_people_eat() -> None:
    assert len(foods()) >= 390
    assert {food.group for food in foods()} == GROUPS
    for group in GROUPS:
        assert sum(food.group == group for food in foods()) >= 5


def test_names_and_numbers_stand_once() -> None:
    names = [plain(name) for food in foods() for name in (food.name, *food.aliases)]
    assert len(set(names)) == len(names)
    numbers = [food.ndb_no for food in foods()]
    assert len(set(numbers)) == len(numbers)
    assert all(number.isdigit() and len(number) == 5 for number in numbers)


@pytest.mark.parametrize("food", foods(), ids=lambda food: food.name)
def test_a_row_is_sane(food: Food) -> None:
    known = (food.magnesium_mg_per_100g, food.calcium_mg_per_100g, food.phosphorus_mg_per_100g)
    tops = (800, 2300, 2000)
    assert all(one is None or 0 <= one <= top for one, top in zip(known, tops, strict=True))
    assert food.energy_kcal_per_100g is None or 0 <= food.energy_kcal_per_100g <= 902
    assert 0 < food.portion_g <= 620
    assert food.name.strip() == food.name
    assert food.name.isprintable()


@pytest.mark.parametrize("food", foods(), ids=lambda food: food.name)
def test_a_portion_can_be_written_in_a_scenario(food: Food) -> None:
    mass = grams(food, read_amount(portion_amount(food)))
    assert mass == pytest.approx(food.portion_g, rel=2e-3)
    if food.portion_volume_ml is not None:
        assert 0.03 < food.portion_g / food.portion_volume_ml < 1.6


def test_what_is_unknown_is_none_and_oil_holds_none() -> None:
    assert magnesium_mg(BY_NAME["jujube, dried"], 100) is None
    assert magnesium_mg(BY_NAME["sunflower oil"], 100) == 0
    assert phosphorus_mg(BY_NAME["banana"], 200) == 44
    assert energy_kcal(BY_NAME["banana"], 200) == 178


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("milk, 2%", "milk, 2 % fat"), ("2% milk", "milk, 2 % fat"), ("milk, 2 % fat", "milk, 2 % fat"),
        ("milk 1%", "milk, 1 % fat"), ("collards", "collard greens, boiled"),
        ("collards, boiled", "collard greens, boiled"), ("boiled collards", "collard greens, boiled"),
        ("milk", "milk, 2 % fat"),
    ],
)  # fmt: skip
def test_a_food_is_found_as_people_write_it(written: str, found: str) -> None:
    food = find_product("food", written)
    assert food.name == found
    assert food.name in [one.name for one in search_foods(written.replace("boiled", ""), 3)]


def test_a_name_put_together_never_takes_the_place_of_a_name() -> None:
    for food in foods():
        for name in (food.name, *food.aliases):
            assert find_product("food", name) is food


def test_the_source_of_imported_foods_is_in_the_bibliography() -> None:
    assert FDC_SOURCE in bibliography()


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("black beans", "black beans, boiled"),
        ("beans black", "black beans, boiled"),
        ("blak beans", "black beans, boiled"),
        ("brocoli", "broccoli, boiled"),
        ("porridge", "oatmeal, cooked with water"),
        ("courgette", "zucchini, boiled"),
        ("SPINACH BOILED", "spinach, boiled"),
        ("garbanzo", "chickpeas, boiled"),
        ("aubergine", "eggplant, boiled"),
    ],
)
def test_search_finds_what_is_meant(words: str, first: str) -> None:
    assert search_foods(words, 3)[0].name == first


def test_search_keeps_to_its_limit_and_finds_nothing_in_nothing() -> None:
    assert len(search_foods("beans", 4)) == 4
    assert search_foods("", 5) == ()
    assert search_foods("qqqqqqq", 5) == ()
    assert search_foods("beans", 0) == ()


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=120), st.integers(0, 12))
def test_any_words_can_be_searched_for(words: str, limit: int) -> None:
    found = search_foods(words, limit)
    assert len(found) <= limit
    assert len({food.reference for food in found}) == len(found)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from([name for food in foods() for name in (food.name, *food.aliases)]))
def test_every_name_finds_its_food_first(name: str) -> None:
    found = search_foods(name, 1)[0]
    assert plain(name) in [plain(one) for one in (found.name, *found.aliases)]
