"""Salts, products, foods and the finding of names."""

from __future__ import annotations

import pytest

from anagen.errors import UnknownName
from anagen.intake.catalogue import find_product, known, plain
from anagen.intake.foods import Food, foods, grams, magnesium_mg
from anagen.intake.products import Product, products
from anagen.intake.salts import SALTS, elemental_fraction
from anagen.quantities import read_amount
from anagen.routine import Kind

# percent magnesium worked out by hand from standard atomic weights
PERCENT = {
    "MgO": 60.30,
    "Mg(OH)2": 41.68,
    "MgCl2": 25.53,
    "MgCl2.6H2O": 11.96,
    "MgSO4": 20.19,
    "MgSO4.7H2O": 9.86,
    "MgCO3": 28.83,
    "(MgCO3)4(Mg(OH)2).5H2O": 25.02,
    "Mg3(C6H5O7)2": 16.16,
    "Mg3(C6H5O7)2.9H2O": 11.89,
    "MgC6H6O7": 11.34,
    "Mg(C2H4NO2)2": 14.10,
    "MgC4H4O5": 15.54,
    "Mg(C2H6NO3S)2": 8.92,
    "Mg(C4H7O5)2": 8.25,
    "MgC4H6NO4Cl.3H2O": 9.88,
    "Mg(C5H3N2O4)2.2H2O": 6.56,
    "Mg(C3H5O3)2.3H2O": 9.48,
    "Mg(C6H11O7)2": 5.86,
    "MgC3H7O6P": 12.51,
    "Mg(C5H6NO3)2": 8.66,
    "Mg(C18H35O2)2": 4.11,
    "MgHPO4.3H2O": 13.94,
}


@pytest.mark.parametrize(("formula", "percent"), PERCENT.items())
def test_elemental_fraction(formula: str, percent: float) -> None:
    assert 100 * elemental_fraction(formula) == pytest.approx(percent, abs=0.01)


def test_thirty_five_salts_each_once() -> None:
    assert len(SALTS) == 35
    assert len({salt.formula for salt in SALTS}) == 35
    assert all(0.03 < elemental_fraction(salt.formula) < 0.61 for salt in SALTS)


@pytest.mark.parametrize(
    ("kind", "written", "found"),
    [
        ("supplement", "MgO", "magnesium oxide"),
        ("supplement", "  Magnesium   OXIDE ", "magnesium oxide"),
        ("supplement", "magnesium citrate", "trimagnesium dicitrate"),
        ("supplement", "magnesium glycinate", "magnesium bisglycinate"),
        ("supplement", "epsom salt", "magnesium sulfate heptahydrate"),
        ("supplement", "Multivitamin", "multivitamin"),
        ("medicine", "epsom salt", "Epsom salt"),
        ("medicine", "milk of magnesia", "milk of magnesia"),
        ("medicine", "magnesium citrate laxative", "magnesium citrate laxative"),
        ("medicine", "magnesium oxide", "magnesium oxide"),
        ("topical", "magnesium oil", "magnesium chloride brine"),
        ("topical", "magnesium chloride flakes", "magnesium chloride flakes"),
        ("topical", "magnesium sulfate lotion", "magnesium sulfate lotion"),
        ("bath", "Epsom Salt", "Epsom salt"),
        ("bath", "magnesium chloride flakes", "magnesium chloride flakes"),
        ("water", "Any Spring at All", "Any Spring at All"),
        ("food", "black beans", "black beans, boiled"),
        ("food", "brown rice, cooked", "brown rice, cooked"),
    ],
)
def test_find_product(kind: Kind, written: str, found: str) -> None:
    assert find_product(kind, written).name == found


@pytest.mark.parametrize(
    ("kind", "written", "near"),
    [
        ("supplement", "magnesium oxyde", "magnesium oxide"),
        ("food", "blak beans", "black beans, boiled"),
        ("bath", "epson salt", "Epsom salt"),
        ("topical", "magnesim oil", "magnesium chloride brine"),
    ],
)
def test_unknown_name_offers_the_nearest(kind: Kind, written: str, near: str) -> None:
    with pytest.raises(UnknownName) as error:
        find_product(kind, written)
    assert near in error.value.near
    assert 1 <= len(error.value.near) <= 3


def test_every_name_and_alias_finds_something_of_its_kind() -> None:
    kinds: tuple[Kind, ...] = ("food", "supplement", "medicine", "topical", "bath")
    for kind in kinds:
        for name in known(kind):
            assert find_product(kind, name).kind == kind


def test_a_product_answers_to_its_own_name() -> None:
    kinds: tuple[Kind, ...] = ("supplement", "medicine", "topical", "bath")
    for kind in kinds:
        for product in products(kind):
            found = find_product(kind, product.name)
            assert isinstance(found, Product)
            # a named product may stand before a bare salt of the same name, never the other way round
            assert plain(found.name) == plain(product.name)


def test_about_a_hundred_foods_with_unknown_left_blank() -> None:
    assert len(foods()) >= 99
    unknown = [food for food in foods() if food.magnesium_mg_per_100g is None]
    assert unknown
    assert all(magnesium_mg(food, 100.0) is None for food in unknown)


@pytest.mark.parametrize(
    ("name", "amount", "expected_g", "expected_mg"),
    [
        ("black beans, boiled", "1 cup", 172.0, 120.4),
        ("black beans, boiled", "86 g", 86.0, 60.2),
        ("black beans, boiled", "2 servings", 344.0, 240.8),
        ("brown rice, cooked", "1 cup", 202.0, 78.8),
        ("spinach, boiled", "1/2 cup", 90.0, 78.3),
        ("almonds", "1 serving", 28.35, 76.5),
        ("almonds", "1 cup", 143.0, 386.1),
        ("almonds", "1 oz", 28.35, 76.5),
        ("hemp seeds, hulled", "3 tbsp", 30.0, 210.0),
        ("medjool dates", "3 pieces", 72.0, 38.9),
    ],
)
def test_grams_and_magnesium_of_a_food(name: str, amount: str, expected_g: float, expected_mg: float) -> None:
    food = find_product("food", name)
    assert isinstance(food, Food)
    mass = grams(food, read_amount(amount))
    assert mass is not None
    assert mass == pytest.approx(expected_g, rel=1e-3)
    assert magnesium_mg(food, mass) == pytest.approx(expected_mg, rel=1e-2)


def test_a_volume_the_table_cannot_weigh_is_unknown() -> None:
    food = find_product("food", "banana")
    bread = find_product("food", "rye bread")
    assert isinstance(food, Food)
    assert isinstance(bread, Food)
    assert grams(bread, read_amount("1 cup")) is None
    assert grams(food, read_amount("2 tablets")) is None
