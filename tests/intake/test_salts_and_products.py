"""Salts, products, foods and the finding of names."""

from __future__ import annotations

import pytest

from anagen.errors import UnknownName
from anagen.intake.calcium_salts import CALCIUM_SALTS
from anagen.intake.catalogue import find_product, known, plain
from anagen.intake.foods import Food, foods, grams, magnesium_mg
from anagen.intake.products import Product, meaning_of, products, share_of
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
    "CaMg(CO3)2": 13.18,
}
# percent calcium, the same way
PERCENT_CALCIUM = {
    "CaCO3": 40.04,
    "Ca3(C6H5O7)2.4H2O": 21.08,
    "Ca3(C6H5O7)2": 24.12,
    "Ca(C3H5O3)2.5H2O": 13.00,
    "Ca(C3H5O3)2": 18.37,
    "Ca(C6H11O7)2.H2O": 8.94,
    "Ca(C6H11O7)2": 9.31,
    "CaCl2.2H2O": 27.26,
    "CaCl2": 36.11,
    "CaCl2.6H2O": 18.29,
    "Ca3(PO4)2": 38.76,
    "CaHPO4": 29.46,
    "CaHPO4.2H2O": 23.29,
    "Ca(H2PO4)2.H2O": 15.90,
    "Ca5(PO4)3OH": 39.89,
    "Ca(C2H3O2)2": 25.34,
    "CaC4H4O5": 23.28,
    "Ca(C2H4NO2)2": 21.29,
    "Ca(C4H6NO4)2": 13.17,
    "Ca(C6H7O6)2.2H2O": 9.40,
    "Ca(C5H3N2O4)2": 11.44,
    "Ca(C5H6NO3)2": 13.53,
    "Ca(C4H7O5)2": 12.92,
    "CaC3H7O6P": 19.07,
    "CaSO4.2H2O": 23.28,
    "CaSO4": 29.44,
    "Ca(OH)2": 54.09,
    "CaO": 71.47,
    "Ca(C9H16NO5)2": 8.41,
    "Ca(C18H35O2)2": 6.60,
    "CaMg(CO3)2": 21.73,
}


@pytest.mark.parametrize(("formula", "percent"), PERCENT.items())
def test_elemental_fraction(formula: str, percent: float) -> None:
    assert 100 * elemental_fraction(formula) == pytest.approx(percent, abs=0.01)


@pytest.mark.parametrize(("formula", "percent"), PERCENT_CALCIUM.items())
def test_elemental_fraction_of_calcium(formula: str, percent: float) -> None:
    assert 100 * elemental_fraction(formula, "Ca") == pytest.approx(percent, abs=0.015)


def test_thirty_eight_salts_each_once() -> None:
    assert len(SALTS) == 38
    assert len({salt.formula for salt in SALTS}) == 38
    assert all(0.03 < elemental_fraction(salt.formula) < 0.61 for salt in SALTS)
    assert [salt.name for salt in SALTS if elemental_fraction(salt.formula, "Ca") > 0] == [
        "calcium magnesium carbonate"
    ]


@pytest.mark.parametrize("kind", ["supplement", "medicine"])
def test_every_salt_without_water_is_found_as_anhydrous(kind: Kind) -> None:
    for salt in (*SALTS, *CALCIUM_SALTS):
        dry = "H2O" not in salt.formula
        for name in (f"anhydrous {salt.name}", f"{salt.name}, anhydrous"):
            if "anhydrous" in salt.name or not salt.name.startswith(("magnesium", "calcium")):
                continue
            if dry:
                found = find_product(kind, name)
                assert isinstance(found, Product)
                assert found.named_salt == salt
            else:
                with pytest.raises(UnknownName):
                    find_product(kind, name)


@pytest.mark.parametrize(
    ("written", "formula"),
    [
        ("magnesium hydroxycarbonate", "(MgCO3)4(Mg(OH)2).5H2O"),
        ("magnesium bis(hydrogen malate)", "Mg(C4H5O5)2"),
        ("anhydrous magnesium acetate", "Mg(C2H3O2)2"),
        ("anhydrous magnesium citrate", "Mg3(C6H5O7)2"),
        ("magnesium carbonate, anhydrous", "MgCO3"),
        ("anhydrous magnesium chloride", "MgCl2"),
        ("anhydrous magnesium phosphate", "MgHPO4"),
        ("anhydrous magnesium aspartate hydrochloride", "MgC4H6NO4Cl"),
        ("anhydrous calcium citrate", "Ca3(C6H5O7)2"),
    ],
)
def test_chemists_names(written: str, formula: str) -> None:
    found = find_product("supplement", written)
    assert isinstance(found, Product)
    assert found.named_salt is not None
    assert found.named_salt.formula == formula


def test_anhydrous_is_of_the_salt_it_stands_beside() -> None:
    with pytest.raises(UnknownName):
        find_product("supplement", "sodium citrate, anhydrous")


def test_a_bare_salt_is_the_compound_in_a_medicine_and_open_in_a_supplement() -> None:
    for salt in (*SALTS, *CALCIUM_SALTS):
        means = {}
        for kind in ("medicine", "supplement"):
            (product,) = [one for one in products(kind) if one.name == salt.name and one.named_salt == salt]
            means[kind] = meaning_of(product, None)
            assert meaning_of(product, "elemental") == "elemental"
        both = elemental_fraction(salt.formula) > 0 and elemental_fraction(salt.formula, "Ca") > 0
        assert means == {"medicine": "compound", "supplement": "compound" if both else "open"}


def test_every_salt_of_calcium_once_and_without_magnesium() -> None:
    formulas = {salt.formula for salt in CALCIUM_SALTS}
    assert len(formulas) == len(CALCIUM_SALTS)
    assert formulas == set(PERCENT_CALCIUM) - {"CaMg(CO3)2"}
    assert all(elemental_fraction(formula) == 0 for formula in formulas)
    for salt in CALCIUM_SALTS:
        found = find_product("supplement", salt.formula)
        assert isinstance(found, Product)
        assert found.calcium_salt is salt
        assert (found.element, share_of(found)) == ("Ca", elemental_fraction(salt.formula, "Ca"))


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
        ("food", "blak beans", "black beans"),
        ("bath", "epson salt", "Epsom salt"),
        ("topical", "magnesim oil", "magnesium oil"),
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
