"""Lines of labels: what they are read as, what is said about them, and that nothing breaks the reading."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from anagen.intake.check import check_intake
from anagen.intake.dailyvalue import daily_value, of_record
from anagen.intake.label import LONGEST_LABEL, LabelError, Taking, read_label, read_percent
from anagen.intake.label_daily import daily_value_of, others_of
from anagen.intake.ledger import tally
from anagen.quantities import read_amount, read_elemental
from anagen.routine import OwnProduct

from .routines import scenario

READ = [
    # line, kind, product, mg of one taking, words not read
    ("Magnesium (as magnesium citrate) 150 mg 36 % per 2 capsules", "supplement", "magnesium citrate", 150, ()),
    ("Magnesium oxide 400 mg", "supplement", "magnesium oxide", 400, ()),
    ("Milk of magnesia 30 mL", "medicine", "milk of magnesia", 1000, ()),
    ("Magnesium (from magnesium bisglycinate) 100mg (24% DV)", "supplement", "magnesium bisglycinate", 100, ()),
    ("Mg citrate 1745 mg per fl oz 10 fl oz", "medicine", "magnesium citrate", 2820, ()),
    ("Magnesium 25 % DV", "supplement", "magnesium", 105, ()),
    ("Magnesium 25% NRV", "supplement", "magnesium", 93.75, ()),
    ("Magnesium 25 % of the daily value", "supplement", "magnesium", 105, ()),
    ("Magnesium oxide 400 mg 57 %", "supplement", "magnesium oxide", 241.2, ()),
    ("Magnesium oxide 400 mg 95 %", "supplement", "magnesium oxide", 400, ()),
    ("Each capsule contains Magnesium 100mg", "supplement", "magnesium", 100, ()),
    ("Magnesium per serving (2 capsules) 300 mg", "supplement", "magnesium", 300, ()),
    ("Serving size: 2 tablets Magnesium (as oxide and citrate) 250 mg", "supplement", "magnesium", 250, ()),
    ("Magnesium glycinate 1000 mg providing 141 mg elemental magnesium", "supplement", "magnesium glycinate", 141, ()),
    ("Magnesium bisglycinate 100 mg elemental", "supplement", "magnesium bisglycinate", 100, ()),
    ("Vitamin C 500 mg Magnesium 100 mg 24% Zinc 15 mg", "supplement", "magnesium", 100,
     ("Vitamin", "C", "500 mg", "Zinc", "15 mg")),
    ("Magnesium 100 mg 60 capsules", "supplement", "magnesium", 100, ("60 capsules",)),
    ("400 mg magnesium oxide", "supplement", "magnesium oxide", 400, ()),
    ("magnesium (as magnesium L-threonate) 144 mg 34 % per 3 capsules", "supplement", "magnesium l-threonate", 144, ()),
    ("Mg(OH)2 400 mg per tablet", "supplement", "magnesium hydroxide", 400, ()),
    ("Epsom salt 2 tsp", "medicine", "Epsom salt", 990, ()),
    ("\u00bd tsp epsom salt", "medicine", "Epsom salt", 247.5, ()),
    ("1 \u00bd tsp epsom salt", "medicine", "Epsom salt", 742.5, ()),
    ("Epsom salt 1 1/2 tsp", "medicine", "Epsom salt", 742.5, ()),
    ("milk of magnesia magnesium 400 mg per 5 mL 30 mL", "medicine", "milk of magnesia", 1000, ()),
    ("Magnesium (as citrate) 250 mg per 15 mL", "medicine", "trimagnesium dicitrate", 250, ()),
    ("Magnesium 0.2 g", "supplement", "magnesium", 200, ()),
    ("Magnesium .... 100 mg", "supplement", "magnesium", 100, ()),
    ("MAGNESIUM: 100 MG", "supplement", "magnesium", 100, ()),
    ("Magnesium (as magnesium bisglycinate chelate) 100 mg per tablet", "supplement", "magnesium bisglycinate", 100,
     ("chelate",)),
    ("Serving Size 3 Capsules Amount Per Serving Magnesium (as magnesium citrate) 400 mg 95%", "supplement",
     "magnesium citrate", 400, ()),
    ("antacid 10 mL", "medicine", "antacid, regular strength", 175, ()),
    ("Magnesium 100 mg 24% (as magnesium oxide) per tablet", "supplement", "magnesium oxide", 100, ()),
    ("Zinc citrate 50 mg Magnesium 100 mg", "supplement", "magnesium", 100, ("Zinc", "citrate", "50 mg")),
    ("Iron bisglycinate 25 mg, magnesium 100 mg", "supplement", "magnesium", 100, ("Iron", "bisglycinate", "25 mg")),
    ("milk of magnesia magnesium 400 mg in 5 mL 30 mL", "medicine", "milk of magnesia", 1000, ()),
    ("Magnesium (as magnesium citrate) 150 mg (36 %) in 2 capsules", "supplement", "magnesium citrate", 150, ()),
    ("Magnesium 150 mg, dissolve in 200 mL water", "medicine", "magnesium", 150,
     ("dissolve", "in", "200 mL", "water")),
    ("Magnesium (as magnesium malate, trihydrate) 100 mg", "supplement", "magnesium malate trihydrate", 100, ()),
    ("Magnesium (as magnesium bis(hydrogen malate)) 100 mg", "supplement", "magnesium bis hydrogen malate", 100, ()),
    ("Magnesium acetate, anhydrous 100 mg", "supplement", "magnesium acetate anhydrous", 100, ()),
]  # fmt: skip


@pytest.mark.parametrize(("line", "kind", "product", "milligrams", "unread"), READ)
def test_a_line_is_read(line: str, kind: str, product: str, milligrams: float, unread: tuple[str, ...]) -> None:
    reading = read_label(line)
    assert (reading.intake.kind, reading.intake.product, reading.unread) == (kind, product, unread)
    assert check_intake(reading.intake) == []
    item = tally(scenario(reading.intake)).items[0]
    assert item.elemental_mg_per_taking == pytest.approx(milligrams, rel=0.005)
    assert reading.intake.label_text == line


BOTH = [
    # line, product, mg of magnesium and of calcium of one serving (None: unknown)
    ("Calcium (as calcium citrate) 250 mg, Magnesium (as magnesium oxide) 125 mg per 2 tablets",
     "magnesium oxide", 125, 250),
    ("Magnesium (as oxide) 125 mg 30%, Calcium (as carbonate) 250 mg 19% per 2 tablets", "magnesium oxide", 125, 250),
    ("Calcium 200 mg (as calcium carbonate), Magnesium 100 mg (as magnesium oxide)", "magnesium oxide", 100, 200),
    ("Vitamin D3 10 mcg (400 IU) 50% Calcium (from calcium carbonate) 600 mg 46% Magnesium 50 mg 12%",
     "magnesium", 50, 600),
    ("500 mg calcium, 250 mg magnesium per 2 tablets", "magnesium", 250, 500),
    ("Calcium: 333 mg; Magnesium: 133 mg; Zinc: 5 mg per caplet", "magnesium", 133, 333),
    ("Calcium Magnesium Zinc: Calcium 1000 mg Magnesium 400 mg Zinc 15 mg per 3 tablets", "magnesium", 400, 1000),
    ("Multivitamin Magnesium 100 mg Calcium 200 mg", "multivitamin", 100, 200),
    ("Calcium 20% NRV Magnesium 25% NRV", "magnesium", 93.75, 160),
    ("Calcium 20% DV Magnesium 25% DV per 2 tablets", "magnesium", 105, 260),
    ("Calcium carbonate 1250 mg (500 mg calcium), magnesium oxide 250 mg (150 mg magnesium) per 2 tablets",
     "magnesium oxide", 150, 500),
    ("Magnesium oxide 400 mg, calcium carbonate 1250 mg providing 500 mg calcium", "magnesium oxide", 400, 500),
    ("Calcium (as dolomite) 200 mg, Magnesium (as dolomite) 120 mg", "calcium magnesium carbonate", 120, 200),
    ("Dolomite 1000 mg per tablet", "calcium magnesium carbonate", 131.8, 217.3),
    ("Rolaids 2 tablets", "antacid with calcium carbonate and magnesium hydroxide, 550/110 mg", 91.7, 440.5),
    ("Calcium (as carbonate) 600 mg 46% DV", "calcium carbonate", 0, 600),
    ("Calcium 600 mg 60 %", "calcium", 0, 600),
    ("Calcium carbonate 1250 mg 38 %", "calcium carbonate", 0, 500.5),
    ("Calcium 20 % DV", "calcium", 0, 260),
    ("CaCO3 500 mg", "calcium carbonate", 0, 500),
    ("Ca3(C6H5O7)2.4H2O 1000 mg", "calcium citrate tetrahydrate", 0, 1000),
    ("Calcium 250 mg Magnesium", "calcium", 0, 250),
    ("Magnesium 0 mg Calcium 200 mg per tablet", "calcium", 0, 200),
    ("Calcium carbonate 750 mg (contains magnesium stearate)", "calcium carbonate", 0, 750),
    ("Calcium (as calcium citrate malate) 250 mg", "calcium citrate", 0, 250),
    ("Magnesium 100 mg Calcium", "magnesium", 100, None),
    ("Calcium and magnesium 500 mg", "calcium and magnesium", 500, None),
    ("Vitamin C (as calcium ascorbate) 500 mg Magnesium 100 mg", "magnesium", 100, None),
    ("Magnesium citrate 100 mg elemental", "magnesium citrate", 100, 0),
]  # fmt: skip


@pytest.mark.parametrize(("line", "product", "magnesium", "calcium"), BOTH)
def test_a_line_is_read_for_both(line: str, product: str, magnesium: float, calcium: float | None) -> None:
    reading = read_label(line)
    assert reading.intake.product == product
    assert check_intake(reading.intake) == []
    item = tally(scenario(reading.intake)).items[0]
    assert item.elemental_mg_per_day == pytest.approx(magnesium, rel=0.001)
    assert item.calcium_mg_per_day == (None if calcium is None else pytest.approx(calcium, rel=0.001))


@pytest.mark.parametrize(
    ("taking", "magnesium", "calcium"),
    [
        (Taking(amount=read_amount("1 tablet")), 62.5, 125),
        (Taking(amount=read_amount("3 servings")), 375, 750),
        (Taking(servings=0.5), 62.5, 125),
    ],
)
def test_both_are_for_the_serving(taking: Taking, magnesium: float, calcium: float) -> None:
    line = "Calcium (as calcium carbonate) 250 mg, Magnesium (as magnesium oxide) 125 mg per 2 tablets"
    item = tally(scenario(read_label(line, "supplement", taking).intake)).items[0]
    assert (item.elemental_mg_per_day, item.calcium_mg_per_day) == (magnesium, calcium)


def test_a_liquid_of_both() -> None:
    line = "Calcium carbonate 400 mg, magnesium hydroxide 135 mg per 5 mL, 10 mL"
    item = tally(scenario(read_label(line, "medicine", Taking(label="compound")).intake)).items[0]
    assert item.elemental_mg_per_day == pytest.approx(112.5, rel=2e-3)
    assert item.calcium_mg_per_day == pytest.approx(320.3, rel=1e-3)


@pytest.mark.parametrize(
    ("line", "calcium", "code"),
    [
        ("Calcium 600 mg 20 % Magnesium 100 mg", 600, "label-contradiction"),
        ("Calcium carbonate 500 mg Magnesium (as oxide) 100 mg", 500, "ambiguous-label"),
        ("Calcium carbonat 200 mg", 200, "label-read"),
        ("Magnesium 100 mg Calcium", None, "label-not-read"),
    ],
)
def test_what_is_doubtful_of_calcium_is_said(line: str, calcium: float | None, code: str) -> None:
    ledger = tally(scenario(read_label(line).intake))
    assert ledger.items[0].calcium_mg_per_day == calcium
    assert code in [finding.code for finding in ledger.findings]


REFUSED = [
    ("Potassium citrate 99 mg", "known"), ("Sodium chloride 1 g", "known"),
    ("Calcium", "no amount of calcium"), ("Calcium 1,000 mg", "comma"),
    ("Calcium carbonate 500 mg calcium citrate 200 mg magnesium 100 mg", "one line for each"),
    ("", "write the line"), ("   ", "write the line"), (None, "write the line"), (5, "write the line"),
    ("x" * (LONGEST_LABEL + 1), "longer"), ("hello", "known"), ("manganese 5 mg", "known"),
    ("Magnesium", "no amount"), ("Magnesium citrate per 2 capsules", "no amount"),
    ("Magnesium 1,000 mg", "comma"), ("Magnesium 0,5 g", "comma"), ("2 x 100 mg magnesium", "multiplies"),
    ("Magnesium 100-200 mg", "range"), ("Magnesium oxide 200 mg magnesium citrate 100 mg", "one line for each"),
    ("Magnesium 5 g per 100 g", "serving"), ("Magnesium 99999999999999999999 mg", "no amount"),
    ("Magnesium 100 mg per 0 capsules", "no serving"), ("Magnesium 12.5.3 %", "percentage"),
    ("Magnesium 1/0 tsp", "no amount"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "why"), REFUSED)
def test_a_line_is_refused(line: object, why: str) -> None:
    with pytest.raises(LabelError, match=why):
        read_label(line)


def test_the_other_kind_is_named() -> None:
    with pytest.raises(LabelError, match='kind = "medicine"'):
        read_label("Milk of magnesia 30 mL", "supplement")


# --- the trap of the serving ---

TWO = "Magnesium (as magnesium citrate) 150 mg per 2 capsules"


@pytest.mark.parametrize(
    ("taking", "milligrams"),
    [
        (Taking(), 150), (Taking(servings=2), 300), (Taking(amount=read_amount("1 capsule")), 75),
        (Taking(amount=read_amount("3 tablets")), 225), (Taking(amount=read_amount("2 servings")), 300),
        (Taking(servings=0.5), 75),
    ],
)  # fmt: skip
def test_an_amount_is_for_the_serving(taking: Taking, milligrams: float) -> None:
    read = read_label(TWO, "supplement", taking).intake
    assert tally(scenario(read)).totals.counted == pytest.approx(milligrams)


def test_without_a_serving_no_number_of_capsules_is_guessed() -> None:
    two = Taking(amount=read_amount("2 capsules"))
    with pytest.raises(LabelError, match="serving ="):
        read_label("Magnesium 150 mg", "supplement", two)
    said = Taking(amount=read_amount("1 capsule"), serving=read_amount("2 capsules"))
    assert tally(scenario(read_label("Magnesium 150 mg", "supplement", said).intake)).totals.counted == 75
    assert tally(scenario(read_label("Magnesium 150 mg per serving", "supplement", said).intake)).totals.counted == 75
    with pytest.raises(LabelError, match="leave serving out"):
        read_label(TWO, "supplement", said)
    with pytest.raises(LabelError, match="held against"):
        read_label(TWO, "supplement", Taking(amount=read_amount("10 mL")))


# --- percentages ---


@pytest.mark.parametrize(
    ("year", "place", "word", "milligrams"),
    [
        (None, "US", "", 420), (2016, "US", "", 420), (2015, "US", "", 400), (2010, "US", "", 400),
        (None, "EU", "", 375), (2010, "DE", "", 375), (None, "UK", "", 375), (None, "JP", "", 420),
        (None, "EU", "DV", 420), (None, "US", "NRV", 375), (2010, "EU", "dv", 400),
    ],
)  # fmt: skip
def test_daily_values(year: int | None, place: str, word: str, milligrams: float) -> None:
    assert daily_value(year, place, word).mg == milligrams  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("year", "place", "word", "milligrams"),
    [
        (None, "US", "", 1300), (2016, "US", "", 1300), (2015, "US", "", 1000), (None, "EU", "", 800),
        (None, "JP", "", 1300), (None, "EU", "DV", 1300), (None, "US", "NRV", 800), (2010, "EU", "dv", 1000),
    ],
)  # fmt: skip
def test_daily_values_of_calcium(year: int | None, place: str, word: str, milligrams: float) -> None:
    chosen = daily_value_of("Ca", year, place, word)  # type: ignore[arg-type]
    assert chosen.mg == milligrams
    assert {chosen.mg, *(one.mg for one in others_of(chosen))} == {1300, 1000, 800}
    assert chosen.place == daily_value(year, place, word).place  # type: ignore[arg-type]


def test_a_percentage_of_calcium_alone() -> None:
    one = tally(scenario(read_percent(25, "calcium carbonate", "supplement", Taking(servings=2))))
    assert (one.totals.counted, one.calcium.known_mg_per_day) == (0, 650)
    assert "1,300 mg" in one.items[0].arithmetic


@pytest.mark.parametrize(
    ("percent", "mg", "record", "agrees"),
    [
        (36, 150, "daily_value_us_2016", True), (24, 100, "daily_value_us_2016", True),
        (25, 100, "daily_value_us_2016", False), (25, 100, "daily_value_us_before", True),
        (40, 150, "daily_value_eu", True), (50, 150, "daily_value_us_2016", False),
    ],
)  # fmt: skip
def test_rounding_is_no_contradiction(percent: float, mg: float, record: str, agrees: bool) -> None:
    assert of_record(record).agrees(percent, mg) is agrees


@pytest.mark.parametrize(
    ("line", "counted", "code"),
    [
        ("Magnesium (as oxide) 150 mg 50 % per capsule", 210, "label-contradiction"),
        ("Magnesium 15 mg 36 %", 151.2, "label-contradiction"),
        ("Magnesium 100 mg 25 % DV", 100, "daily-value"),
        ("Magnesium oxide 400 mg 57 %", 241.2, "daily-value"),
        ("Magnesium bisglycinate 500 mg providing 100 mg elemental magnesium", 100, "label-contradiction"),
        ("milk of magnesia magnesium 400 mg per 5 mL 30 mL", 1000, "label-contradiction"),
        ("Magnesium hydroxide 400 mg/5 mL", 166.7, "label-read"),
        ("Magnesium citrate 300 mg/15 mL", 300, "ambiguous-label"),
        ("Magnesium citrate 300 mg per 2 tablets, with 200 mL water", 300, "ambiguous-label"),
        ("Magnesium oxide 400 mg", 400, "ambiguous-label"),
        ("Magnesium glycenate 100 mg", 100, "label-read"),
        ("Magnesium (as citrate and unobtainate) 100 mg", 100, "label-not-read"),
        ("Magnesium 100 mg 60 capsules", 100, "label-not-read"),
    ],
)
def test_what_is_doubtful_is_said_and_the_larger_counts(line: str, counted: float, code: str) -> None:
    ledger = tally(scenario(read_label(line).intake))
    assert ledger.totals.counted == pytest.approx(counted, rel=0.005)
    assert code in [finding.code for finding in ledger.findings]


MEDICINES = [
    # line, what is taken, mg of magnesium and of calcium: a drug label states its active ingredient
    ("Magnesium hydroxide 1200 mg per 15 mL", "30 mL", 1000.2, 0),
    ("Magnesium hydroxide 400 mg per 5 mL", "5 mL", 166.7, 0),
    ("Magnesium hydroxide 400 mg in 5 mL", "30 mL", 1000.2, 0),
    ("400 mg of magnesium hydroxide in 5 mL", "30 mL", 1000.2, 0),
    ("Magnesium oxide 400 mg per tablet", "2 tablets", 482.5, 0),
    ("Magnesium citrate 300 mg per 15 mL", "15 mL", 48.5, 0),
    ("Calcium carbonate 500 mg per tablet", "2 tablets", 0, 400.4),
    ("Calcium carbonate 400 mg, magnesium hydroxide 135 mg per 5 mL", "10 mL", 112.5, 320.3),
]


@pytest.mark.parametrize(("line", "amount", "magnesium", "calcium"), MEDICINES)
def test_a_bare_salt_of_a_medicine_is_the_compound(line: str, amount: str, magnesium: float, calcium: float) -> None:
    ledger = tally(scenario(read_label(line, "medicine", Taking(amount=read_amount(amount))).intake))
    assert ledger.items[0].elemental_mg_per_day == pytest.approx(magnesium, rel=1e-3)
    assert ledger.items[0].calcium_mg_per_day == pytest.approx(calcium, rel=1e-3)
    told = [finding for finding in ledger.findings if finding.code == "label-read"]
    assert all("active ingredient" in finding.message for finding in told)
    assert told
    assert "ambiguous-label" not in [finding.code for finding in ledger.findings]


@pytest.mark.parametrize(
    ("line", "product", "milligrams"),
    [
        ("Magnesium (as magnesium malate) 100 mg per tablet", "magnesium malate", 100),
        ("Magnesium (as Mg citrate) 200 mg per 5 mL", "magnesium citrate", 200),
        ("Magnesium (as magnesium sulfate) 50 mg", "magnesium sulfate", 50),
        ("Magnesium 100 mg per 5 mL", "magnesium", 100),
        ("Elemental magnesium 100 mg per tablet", "magnesium", 100),
        ("antacid 600 mg of which 240 mg elemental magnesium per tablet", "antacid, regular strength", 240),
    ],
)
def test_a_medicine_that_names_the_element_is_of_the_element(line: str, product: str, milligrams: float) -> None:
    read = read_label(line, "medicine").intake
    assert read.product == product
    assert tally(scenario(read)).totals.counted == pytest.approx(milligrams)


def test_a_medicine_may_still_be_said_or_shown_to_speak_of_the_element() -> None:
    said = read_label("Magnesium oxide 400 mg", "medicine", Taking(label="elemental")).intake
    shown = read_label("Magnesium oxide 400 mg 95 %", "medicine").intake
    assert [tally(scenario(one)).totals.counted for one in (said, shown)] == [400, 400]
    assert tally(scenario(read_label("Magnesium oxide 400 mg", "supplement").intake)).totals.counted == 400


@pytest.mark.parametrize(
    ("line", "counted", "codes"),
    [
        ("Magnesium L-threonate 2000 mg providing 144 mg elemental magnesium per 3 capsules", 144, {"label-read"}),
        ("Magnesium lactate 1000 mg providing 100 mg magnesium", 100, {"label-read"}),
        ("Magnesium citrate 1000 mg providing 118 mg magnesium", 118, {"label-read"}),
        ("Magnesium citrate 1000 mg providing 150 mg magnesium", 150, set[str]()),
        ("Magnesium citrate 1000 mg providing 162 mg magnesium", 162, set[str]()),
        ("Magnesium citrate 1000 mg providing 163 mg magnesium", 163, {"label-contradiction"}),
        ("Magnesium oxide 500 mg providing 400 mg magnesium per 5 mL", 400, {"label-contradiction"}),
        ("Magnesium citrate 1000 mg providing 118 mg magnesium per 10 mL", 118, {"label-read"}),
    ],
)
def test_a_declared_element_is_believed_where_the_salt_can_hold_it(line: str, counted: float, codes: set[str]) -> None:
    ledger = tally(scenario(read_label(line, "supplement").intake))
    assert ledger.totals.counted == pytest.approx(counted)
    about = ("label-read", "label-contradiction", "ambiguous-label")
    assert {finding.code for finding in ledger.findings} & set(about) == codes


@settings(deadline=None, max_examples=60)
@given(st.integers(50, 3000), st.floats(0.01, 0.99))
def test_any_element_below_the_formula_is_counted_as_declared(mass: int, share: float) -> None:
    declared = round(mass * 0.6030 * share, 1)
    line = f"Magnesium oxide {mass} mg providing {declared} mg magnesium"
    ledger = tally(scenario(read_label(line, "supplement").intake))
    assert ledger.totals.counted == pytest.approx(declared)
    assert "label-contradiction" not in [finding.code for finding in ledger.findings]


def test_an_unread_number_is_a_caution_and_an_unread_word_a_note() -> None:
    def severity(line: str) -> str:
        return next(remark.severity for remark in read_label(line).intake.remarks if remark.code == "label-not-read")

    assert severity("Magnesium 100 mg 60 capsules") == "caution"
    assert severity("Magnesium 100 mg lemon flavor") == "note"


def test_a_label_that_names_the_element_cannot_be_of_the_compound() -> None:
    with pytest.raises(LabelError, match="leave label out"):
        read_label(TWO, "supplement", Taking(label="compound"))
    compound = read_label("Magnesium oxide 400 mg", "supplement", Taking(label="compound"))
    assert tally(scenario(compound.intake)).totals.counted == pytest.approx(241.2, rel=1e-3)


def test_a_percentage_alone() -> None:
    one = read_percent(25, "magnesium", "supplement", Taking(year=2010, servings=2))
    ledger = tally(scenario(one))
    assert ledger.totals.counted == 200
    assert "400 mg" in ledger.items[0].arithmetic
    capsule = Taking(amount=read_amount("1 capsule"), serving=read_amount("2 capsules"))
    assert tally(scenario(read_percent(50, "magnesium", "supplement", capsule))).totals.counted == 105


def test_a_described_product_on_a_label() -> None:
    own = (OwnProduct("night powder", "supplement", elemental=read_elemental("10 %")),)
    read = read_label("Night powder 2 g", "supplement", Taking(own=own)).intake
    assert tally(scenario(read)).totals.counted == pytest.approx(200)


# --- nothing breaks it ---

PIECES = (
    "magnesium Magnesium oxide citrate (as from ) per 2 capsules 100 mg mg % DV 36 25% / - x fl oz tsp each serving"
    " calcium Calcium carbonate (as calcium 250 mg"
    " size contains 1e9 0 1/2 1,5 Zn vitamin C providing elemental of milk magnesia 30 mL epsom salt \u00bd \u200b"
)
WORDS = st.sampled_from(PIECES.split())


def read_or_refuse(text: str) -> None:
    begun = time.perf_counter()
    message = ""
    try:
        reading = read_label(text)
    except LabelError as error:
        message = str(error)
    else:
        check_intake(reading.intake)
        message = " ".join(["read", *(remark.message for remark in reading.intake.remarks)])
    assert message
    assert len(message) < 3000
    assert time.perf_counter() - begun < 5


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=10_000))
@example("Magnesium " + "9" * 280 + " mg")
@example("(" * 300)
@example("magnesium " * 30)
@example("a " * 150)
@example("1/" * 150)
@example("Mg(" * 100)
@example("Magnesium 1e400 mg")
@example("\ud800 magnesium 5 mg")
def test_no_text_breaks_it(text: str) -> None:
    read_or_refuse(text)


@settings(deadline=None, max_examples=500)
@given(st.lists(WORDS, max_size=40))
def test_no_line_of_label_words_breaks_it(words: list[str]) -> None:
    read_or_refuse(" ".join(words))


@settings(deadline=None)
@given(st.integers(1, 2000), st.integers(1, 6), st.integers(1, 12))
def test_what_is_written_is_what_is_counted(milligrams: int, serving: int, taken: int) -> None:
    line = f"Magnesium (as magnesium oxide) {milligrams} mg per {serving} tablets"
    one = read_label(line, "supplement", Taking(amount=read_amount(f"{taken} tablets"))).intake
    assert (one.unit_mass_mg or 0) * one.amount.magnitude == pytest.approx(milligrams * taken / serving)
