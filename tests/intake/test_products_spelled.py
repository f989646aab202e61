"""Names as people spell them, and names that must not be taken for one of ours."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anagen.intake.catalogue import find_own, find_product, near_names, product_of
from anagen.intake.ledger import tally
from anagen.intake.misspelled import match_name
from anagen.intake.own_products import own_product
from anagen.intake.products import Product, share_of
from anagen.intake.salts import SALTS, checked_formula, elemental_fraction
from anagen.quantities import QuantityError, read_elemental, read_strength
from anagen.routine import Kind, OwnProduct

from .routines import codes, intake, scenario

SPELLED = [
    ("supplement", "mag glycinate", "magnesium bisglycinate"),
    ("supplement", "magnesium glycenate", "magnesium bisglycinate"),
    ("supplement", "magnesium glicinate", "magnesium bisglycinate"),
    ("supplement", "magnesium bis-glycinate", "magnesium bisglycinate"),
    ("supplement", "magnesium bisglycenate", "magnesium bisglycinate"),
    ("supplement", "Mg bisglycinate", "magnesium bisglycinate"),
    ("supplement", "magnesium diglycinate", "magnesium bisglycinate"),
    ("supplement", "mag. glycinate", "magnesium bisglycinate"),
    ("supplement", "mg cl2", "magnesium chloride, anhydrous"),
    ("supplement", "MgCl\u2082", "magnesium chloride, anhydrous"),
    ("supplement", "mgcl2.6h2o", "magnesium chloride hexahydrate"),
    ("supplement", "MgCl2 6H2O", "magnesium chloride hexahydrate"),
    ("supplement", "magnesium chlorid", "magnesium chloride hexahydrate"),
    ("supplement", "bischofite", "magnesium chloride hexahydrate"),
    ("supplement", "nigari", "magnesium chloride hexahydrate"),
    ("supplement", "bitter salt", "magnesium sulfate heptahydrate"),
    ("supplement", "Bittersalz", "magnesium sulfate heptahydrate"),
    ("supplement", "epson salt", "magnesium sulfate heptahydrate"),
    ("supplement", "epsom-salt", "magnesium sulfate heptahydrate"),
    ("supplement", "magnesium sulphate", "magnesium sulfate heptahydrate"),
    ("supplement", "mag sulphate", "magnesium sulfate heptahydrate"),
    ("supplement", "MgSO4.7H2O", "magnesium sulfate heptahydrate"),
    ("supplement", "magnesium oxyde", "magnesium oxide"),
    ("supplement", "mangesium oxide", "magnesium oxide"),
    ("supplement", "magnesuim oxide", "magnesium oxide"),
    ("supplement", "Mag-Oxide", "magnesium oxide"),
    ("supplement", "MGO", "magnesium oxide"),
    ("supplement", "magnesium citrat", "trimagnesium dicitrate"),
    ("supplement", "Magnesiumcitrat", "trimagnesium dicitrate"),
    ("supplement", "mg citrate", "trimagnesium dicitrate"),
    ("supplement", "magnesium citrte", "trimagnesium dicitrate"),
    ("supplement", "magnesium l threonate", "magnesium L-threonate"),
    ("supplement", "magnesium threonat", "magnesium L-threonate"),
    ("supplement", "magnesium taurat", "magnesium taurate"),
    ("supplement", "magnesium malat", "magnesium malate"),
    ("supplement", "di-magnesium malate", "magnesium dimalate"),
    ("supplement", "magnesium aspartat", "magnesium aspartate"),
    ("supplement", "magnesium aspartate HCl", "magnesium aspartate hydrochloride trihydrate"),
    ("supplement", "magnesium orotat", "magnesium orotate"),
    ("supplement", "magnesium lactat", "magnesium lactate"),
    ("supplement", "magnesium gluconat", "magnesium gluconate"),
    ("supplement", "magnesium glycerophosphat", "magnesium glycerophosphate"),
    ("supplement", "magnesium pidolat", "magnesium pidolate"),
    ("supplement", "Mg(OH)2", "magnesium hydroxide"),
    ("supplement", "magnesium hydroxid", "magnesium hydroxide"),
    ("supplement", "buffered glycinate", "buffered magnesium glycinate"),
    ("supplement", "magnesium glycinate, buffered", "buffered magnesium glycinate"),
    ("supplement", "citrate complex", "magnesium citrate complex"),
    ("supplement", "multivitamn", "multivitamin"),
    ("supplement", "calcium carbonat", "calcium carbonate"),
    ("supplement", "calcum carbonate", "calcium carbonate"),
    ("supplement", "Calciumcarbonat", "calcium carbonate"),
    ("supplement", "Ca carbonate", "calcium carbonate"),
    ("supplement", "CaCO\u2083", "calcium carbonate"),
    ("supplement", "calcium citrate", "calcium citrate tetrahydrate"),
    ("supplement", "calcium-citrate", "calcium citrate tetrahydrate"),
    ("supplement", "calcium lactat", "calcium lactate pentahydrate"),
    ("supplement", "calcium gluconate", "calcium gluconate monohydrate"),
    ("supplement", "calcium chloride", "calcium chloride dihydrate"),
    ("supplement", "calcium phosphate", "tricalcium phosphate"),
    ("supplement", "CaMg(CO3)2", "calcium magnesium carbonate"),
    ("supplement", "Dolomite", "calcium magnesium carbonate"),
    ("medicine", "Rennie", "antacid with calcium and magnesium carbonate, 680/80 mg"),
    ("medicine", "calcium antacid", "calcium carbonate antacid, 500 mg"),
    ("medicine", "milk of magnezia", "milk of magnesia"),
    ("medicine", "Milk-of-Magnesia", "milk of magnesia"),
    ("medicine", "bitter salt", "Epsom salt"),
    ("topical", "Zechstein", "magnesium chloride brine"),
    ("topical", "zechstein oil", "magnesium chloride brine"),
    ("topical", "magnesim oil", "magnesium chloride brine"),
    ("topical", "mag oil", "magnesium chloride brine"),
    ("topical", "mg cl2", "magnesium chloride brine"),
    ("topical", "bischofite", "magnesium chloride flakes"),
    ("bath", "Zechstein flakes", "magnesium chloride flakes"),
    ("bath", "epson salts", "Epsom salt"),
    ("bath", "bittersalz", "Epsom salt"),
]
NOT_OURS = [
    "manganese citrate", "manganese", "manganesium oxide", "magnesium maleate", "magnesium sulfite",
    "magnesium sulfide", "magnesium nitrate", "magnesium nitride", "magnesium peroxide", "magnesium chlorate",
    "magnesium oxalate", "magnesium lactobionate", "magnesium tartrate", "magnesium trisilicate",
    "magnesium citrite",
    "magnesium salicylate", "magnesium fluoride", "magnesium glutamate", "calcium unobtainate", "zinc oxide",
    "calcium magnesium citrate", "calcium maleate", "calcium fluoride", "calcium bicarbonate", "cadmium carbonate",
    "potassium chloride", "sodium sulfate", "iron bisglycinate", "citric acid", "glycine", "taurine", "magnolia bark",
    "magnet", "", " ", "salt", "oil", "mg", "xyz", "magnesium unobtainiate",
]  # fmt: skip


@pytest.mark.parametrize(("kind", "written", "meant"), SPELLED)
def test_a_spelling_is_found(kind: Kind, written: str, meant: str) -> None:
    found = match_name(kind, written)
    assert found is not None
    assert found.product.name == meant
    assert find_product(kind, found.name).name == meant


def test_there_are_sixty_spellings_and_more() -> None:
    assert len(SPELLED) >= 60


@pytest.mark.parametrize("written", [name for name in NOT_OURS if name != "mg"])
def test_what_is_not_ours_is_not_found(written: str) -> None:
    for kind in ("supplement", "medicine", "bath"):
        assert match_name(kind, written) is None  # type: ignore[arg-type]


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=200))
def test_no_text_breaks_the_matcher(text: str) -> None:
    found = match_name("supplement", text)
    assert found is None or find_product("supplement", found.name) == found.product


def test_every_salt_answers_to_its_formula() -> None:
    for salt in SALTS:
        found = find_product("supplement", salt.formula)
        assert isinstance(found, Product)
        assert found.salt is salt


# --- shares that are not a salt's own ---


def test_buffered_glycinate_counts_its_upper_end() -> None:
    ledger = tally(scenario(intake("supplement", "buffered magnesium glycinate", "1000 mg", label="compound")))
    assert ledger.totals.counted == 200
    (note,) = [finding for finding in ledger.findings if finding.code == "content-range"]
    assert "180 to 200 mg" in note.message


def test_a_fifth_of_magnesium_is_a_blend_with_oxide() -> None:
    glycinate, oxide = elemental_fraction("Mg(C2H4NO2)2"), elemental_fraction("MgO")
    low, high = ((share - glycinate) / (oxide - glycinate) for share in (0.18, 0.20))
    assert 0.08 < low < high < 0.13


@pytest.mark.parametrize(
    ("name", "milligrams"),
    [("magnesium citrate complex", 155), ("magnesium oxide complex", 603), ("magnesium sulfate complex", 174)],
)
def test_assays_of_complexes(name: str, milligrams: float) -> None:
    ledger = tally(scenario(intake("supplement", name, "1 g", label="compound")))
    assert ledger.totals.counted == pytest.approx(milligrams)


# --- products of the person's own ---


@pytest.mark.parametrize(
    ("text", "kind", "value", "counted"),
    [
        ("12 %", "share", 0.12, ""),
        ("100 mg/mL", "mg/mL", 100, ""),
        ("0.1 g/mL", "mg/mL", 100, ""),
        ("50 mg per tablet", "mg/unit", 50, "tablet"),
        ("50 mg/capsule", "mg/unit", 50, "tablet"),
        ("0.3 g per sachet", "mg/unit", 300, "sachet"),
    ],
)
def test_read_elemental(text: str, kind: str, value: float, counted: str) -> None:
    found = read_elemental(text)
    assert (found.kind, found.counted) == (kind, counted)
    assert found.value == pytest.approx(value)


@pytest.mark.parametrize(
    "text", ["", "12", "0 %", "101 %", "-3 mg/mL", "50 mg", "50 mL per tablet", 12, None, "x" * 99]
)
def test_bad_elemental(text: object) -> None:
    with pytest.raises(QuantityError):
        read_elemental(text)


def either(formula: str) -> float:
    return elemental_fraction(formula) + elemental_fraction(formula, "Ca")


@pytest.mark.parametrize(
    "text",
    ["MgCl2.6H2O", "MgO", "Mg(C3H5O3)2 . 2H2O", "MgC4H4O5", "Mg3(C6H5O7)2\u00b79H2O", "CaCO3", "CaMg(CO3)2"],
)
def test_formulas(text: str) -> None:
    assert 0 < either(checked_formula(text)) < 1


@pytest.mark.parametrize(
    "text",
    ["Mg", "Ca", "CaMg", "NaCl", "", "MgX", "Mg(", "peptide(MgA)", "[24Mg]O", "MgCl2; import os", "Mg" * 40,
     "ssdna(A)Mg", 3, None, "MgH99999", "((((((((Mg)99)99)99)99)99)99)99)99H", "Mg(OH"],
)  # fmt: skip
def test_what_is_no_formula_of_either(text: object) -> None:
    with pytest.raises(QuantityError):
        checked_formula(text)


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet="MgClOH().2369SaN", max_size=70) | st.text(max_size=70))
def test_no_formula_breaks_the_reading(text: str) -> None:
    with suppress(QuantityError):
        assert 0 < either(checked_formula(text)) < 1


def test_a_described_product_is_weighed() -> None:
    pills = OwnProduct("my pills", "supplement", elemental=read_elemental("50 mg per tablet"))
    powder = OwnProduct("my powder", "supplement", elemental=read_elemental("12 %"))
    syrup = OwnProduct("my syrup", "medicine", elemental=read_elemental("20 mg/mL"))
    salt = OwnProduct("my salt", "bath", formula="MgCl2.6H2O")
    for own, amount, expected in ((pills, "3 tablets", 150), (powder, "2 g", 240), (syrup, "10 mL", 200)):
        one = intake(own.kind, own.name, amount, own=own)
        assert tally(scenario(one)).totals.counted == pytest.approx(expected)
    bath = intake("bath", "my salt", "500 g", own=salt, volume_l=150.0, duration_h=0.3)
    assert tally(scenario(bath)).items[0].known_mg_per_day == pytest.approx(59_776, rel=1e-3)


def test_a_described_spray() -> None:
    spray = OwnProduct("my spray", "topical", formula="MgCl2", strength=read_strength("31 % w/w"))
    one = intake("topical", "my spray", "4 mL", own=spray)
    assert tally(scenario(one)).totals.skin_applied == pytest.approx(405, rel=0.01)
    by_element = OwnProduct("my gel", "topical", elemental=read_elemental("25 mg/mL"))
    assert tally(scenario(intake("topical", "my gel", "4 mL", own=by_element))).totals.skin_applied == 100


def test_a_described_product_comes_first_and_by_its_kind_only() -> None:
    own = (OwnProduct("My  Pills", "supplement", elemental=read_elemental("5 %")),)
    assert find_own("supplement", "my pills", own) is own[0]
    assert find_own("medicine", "my pills", own) is None
    assert share_of(own_product(own[0])) == 0.05
    assert product_of(intake("supplement", "my pills", "1 g", own=own[0])).name == "My  Pills"


def test_a_product_by_the_tablet_cannot_be_weighed() -> None:
    pills = OwnProduct("my pills", "supplement", elemental=read_elemental("50 mg per tablet"))
    with pytest.raises(Exception, match="by the tablet"):
        tally(scenario(intake("supplement", "my pills", "500 mg", own=pills)))


def test_a_share_in_range_says_nothing_where_the_element_is_named() -> None:
    ledger = tally(scenario(intake("supplement", "buffered magnesium glycinate", "100 mg", label="elemental")))
    assert "content-range" not in codes(ledger)
    assert ledger.totals.counted == 100


def test_names_that_are_near_are_given_as_people_write_them() -> None:
    """The common name first, not the chemist's for the same salt."""
    assert near_names("supplement", "magnesum citrate")[0] == "magnesium citrate"
    assert near_names("food", "blak beans")[0] == "black beans"
    misspelled: tuple[tuple[Kind, str], ...] = (
        ("supplement", "magnesum citrate"), ("medicine", "milk of magnesa"), ("food", "blak beans"),
    )  # fmt: skip
    for kind, name in misspelled:
        for near in near_names(kind, name):
            assert find_product(kind, near)
