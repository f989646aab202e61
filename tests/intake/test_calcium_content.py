"""Calcium of supplements and medicines, each sum by hand, and that magnesium is not disturbed by it."""

from __future__ import annotations

from typing import Any

import pytest

from anagen.errors import ScenarioError
from anagen.evidence.sources import bibliography
from anagen.intake.calcium_spacing import calcium_gap, table
from anagen.intake.catalogue import find_product
from anagen.intake.ledger import Ledger, tally
from anagen.intake.own_products import named_element
from anagen.intake.products import Product, products
from anagen.intake.spacing import gaps
from anagen.quantities import read_elemental, read_strength
from anagen.routine import Kind, Medicine, OwnProduct
from anagen.show.explain import explain
from anagen.show.routes import nodes_used

from .routines import codes, intake, scenario

HELD = [
    # kind, product, amount, label, mg of magnesium, mg of calcium
    ("supplement", "calcium carbonate", "500 mg", "compound", 0, 500 * 0.4004),
    ("supplement", "calcium carbonate", "500 mg", "elemental", 0, 500),
    ("supplement", "calcium carbonate", "500 mg", None, 0, 500),
    ("supplement", "CaCO3", "1.25 g", "compound", 0, 500.5),
    ("supplement", "calcium citrate", "950 mg", "compound", 0, 200.2),
    ("supplement", "calcium lactate", "650 mg", "compound", 0, 84.5),
    ("supplement", "calcium gluconate", "500 mg", "compound", 0, 44.7),
    ("supplement", "calcium phosphate", "1 g", "compound", 0, 387.6),
    ("supplement", "calcium chloride", "1 g", "compound", 0, 272.6),
    ("medicine", "calcium acetate", "667 mg", "compound", 0, 169),
    ("supplement", "calcium", "600 mg", None, 0, 600),
    ("supplement", "dolomite", "1000 mg", None, 131.8, 217.3),
    ("medicine", "rennie", "2 tablets", None, 40.03, 544.6),
    ("medicine", "rolaids", "1 tablet", None, 45.85, 220.2),
    ("medicine", "rolaids extra strength", "1 tablet", None, 56.26, 270.3),
    ("medicine", "rolaids ultra strength", "1 tablet", None, 83.35, 400.4),
    ("medicine", "mylanta supreme", "10 mL", None, 112.6, 320.3),
    ("medicine", "calcium antacid", "2 tablets", None, 0, 400.4),
    ("medicine", "tums extra strength", "1 tablet", None, 0, 300.3),
    ("supplement", "magnesium oxide", "400 mg", "compound", 241.2, 0),
]


@pytest.mark.parametrize(("kind", "name", "amount", "label", "magnesium", "calcium"), HELD)
def test_what_it_holds(kind: Kind, name: str, amount: str, label: Any, magnesium: float, calcium: float) -> None:
    ledger = tally(scenario(intake(kind, name, amount, label=label)))
    item = ledger.items[0]
    assert item.elemental_mg_per_day == pytest.approx(magnesium, rel=2e-3)
    assert item.counted_mg_per_day == item.elemental_mg_per_day
    assert item.calcium_mg_per_day == pytest.approx(calcium, rel=2e-3)
    assert ledger.calcium.known_mg_per_day == item.calcium_mg_per_day
    assert ("calcium:" in item.arithmetic) == (calcium > 0)


def test_a_table_product_answers_for_its_label_where_it_declares() -> None:
    """Labels round down to 5 mg: 220 and 45, 270 and 55, 400 and 85 (magnesium stearate included)."""
    for name, calcium, magnesium in (
        ("rolaids", 220, 45),
        ("rolaids extra strength", 270, 55),
        ("rolaids ultra", 400, 85),
    ):
        item = tally(scenario(intake("medicine", name, "1 tablet"))).items[0]
        assert item.calcium_mg_per_day == pytest.approx(calcium, abs=1)
        assert item.elemental_mg_per_day == pytest.approx(magnesium, abs=2)


def test_an_open_label_of_calcium_is_ambiguous_and_the_larger_counts() -> None:
    ledger = tally(scenario(intake("supplement", "calcium carbonate", "500 mg")))
    (finding,) = [one for one in ledger.findings if one.code == "ambiguous-label"]
    assert "200 mg of calcium" in finding.message
    assert "magnesium" not in finding.message
    settled = tally(scenario(intake("supplement", "calcium carbonate", "500 mg", label="compound")))
    assert "ambiguous-label" not in codes(settled)


def test_calcium_takes_the_frequency_with_it() -> None:
    item = tally(scenario(intake("medicine", "rennie", "2 tablets", times=3.0))).items[0]
    assert item.calcium_mg_per_day == pytest.approx(3 * 544.6, rel=1e-3)
    assert item.arithmetic.count("3 times a day") == 2


def test_tablets_of_two_salts_are_counted_and_not_weighed() -> None:
    with pytest.raises(ScenarioError, match="by the tablet"):
        tally(scenario(intake("medicine", "rennie", "760 mg")))
    with pytest.raises(ScenarioError, match="unit_mass"):
        tally(scenario(intake("supplement", "calcium carbonate", "2 tablets")))


def test_every_product_of_the_table_has_a_source_and_reads() -> None:
    for kind in ("supplement", "medicine"):
        for product in products(kind):  # type: ignore[arg-type]
            assert product.source in bibliography()
            if product.element == "Ca":
                assert product.salt is None
                assert product.elemental_share == 0
            if product.calcium is not None:
                assert product.calcium.value > 0


def test_an_inactive_thing_holds_nothing_today() -> None:
    ledger = tally(scenario(intake("supplement", "calcium carbonate", "500 mg", from_age=60.0)))
    assert ledger.calcium.known_mg_per_day == 0
    assert ledger.calcium.unknown == ()


# --- products of the person's own ---


@pytest.mark.parametrize(
    ("own", "amount", "magnesium", "calcium"),
    [
        ({"elemental": "50 mg per tablet", "calcium": "100 mg per tablet"}, "3 tablets", 150, 300),
        ({"calcium": "500 mg per piece"}, "2 pieces", 0, 1000),
        ({"elemental": "12 %", "calcium": "8 %"}, "2 g", 240, 160),
        ({"elemental": "20 mg/mL", "calcium": "30 mg/mL"}, "10 mL", 200, 300),
        ({"formula": "CaCO3"}, "1 g", 0, 400.4),
        ({"formula": "CaCO3", "unit_mass_mg": 750.0}, "2 tablets", 0, 600.6),
        ({"formula": "CaCl2.2H2O", "strength": "10 % w/v"}, "10 mL", 0, 272.6),
        ({"formula": "CaMg(CO3)2"}, "1 g", 131.8, 217.3),
        ({"formula": "MgO"}, "1 g", 603, 0),
        ({"formula": "MgO", "unit_mass_mg": 500.0, "calcium": "100 mg per tablet"}, "2 tablets", 603, 200),
        ({"formula": "MgO", "unit_mass_mg": 500.0, "calcium": "100 mg per tablet"}, "500 mg", 301.5, 100),
        ({"elemental": "12 %"}, "1 g", 120, None),
    ],
)
def test_a_described_product(own: dict[str, Any], amount: str, magnesium: float, calcium: float | None) -> None:
    readers: dict[str, Any] = {"elemental": read_elemental, "calcium": read_elemental, "strength": read_strength}
    described = OwnProduct("mine", "supplement", **{key: readers.get(key, lambda v: v)(v) for key, v in own.items()})
    ledger = tally(scenario(intake("supplement", "mine", amount, own=described)))
    item = ledger.items[0]
    assert item.elemental_mg_per_day == pytest.approx(magnesium, rel=1e-3)
    assert item.calcium_mg_per_day == (None if calcium is None else pytest.approx(calcium, rel=1e-3))
    assert ledger.calcium.unknown == (("mine",) if calcium is None else ())
    assert named_element(described) == ("Ca" if magnesium == 0 else "Mg")


def test_a_name_that_speaks_of_calcium_is_unknown_until_stated() -> None:
    own = OwnProduct("my cal-mag", "supplement", formula="MgO")
    assert tally(scenario(intake("supplement", "my cal-mag", "1 g", own=own))).calcium.unknown == ("my cal-mag",)


def test_a_statement_settles_what_the_salt_leaves_open() -> None:
    open_mass = intake("supplement", "calcium carbonate", "2 tablets", calcium_per_amount=500.0)
    assert tally(scenario(open_mass)).calcium.known_mg_per_day == 1000
    for wrong in (-1.0, float("nan"), float("inf")):
        ledger = tally(scenario(intake("supplement", "multivitamin", "50 mg", calcium_per_amount=wrong)))
        assert ledger.calcium.unknown == ("multivitamin",)


# --- magnesium is not disturbed ---

WEAK: list[dict[str, Any]] = [{"egfr": 20.0}, {"conditions": ("heart block",)}, {"pregnant": True}, {"age": 70.0}]


@pytest.mark.parametrize("person", [{}, *WEAK], ids=str)
def test_calcium_alone_is_nothing_to_magnesium(person: dict[str, Any]) -> None:
    """No stop of the kidneys, no laxative, no count: none of it is about magnesium."""
    medicines = (Medicine("levothyroxine", "07:00"), Medicine("kayexalate"), Medicine("amlodipine"))
    pills = intake("supplement", "calcium carbonate", "500 mg", label="elemental", at=("20:00",))
    ledger = tally(scenario(pills, medicines=medicines, **person))
    assert ledger.verdict == "within_margin"
    assert ledger.totals.counted == 0
    assert ledger.totals.supplement == 0
    assert set(codes(ledger)) <= {"spacing", "calcium-caution"}
    assert ("calcium-caution" in codes(ledger)) == ("egfr" in person)
    assert ledger.clock.magnesium == ()


def test_calcium_alone_is_drawn_as_no_magnesium() -> None:
    calcium, both = (intake("supplement", name, "500 mg", label="elemental") for name in ("CaCO3", "dolomite"))
    assert nodes_used(scenario(calcium)) == ()
    assert nodes_used(scenario(calcium, both)) == ("oral_magnesium",)
    ledger = tally(scenario(calcium))
    steps = {step.name: step.says for _, steps in explain(scenario(calcium), ledger).lines for step in steps}
    assert steps["counted"] == "0 mg a day: it holds no magnesium"


def at_seven(*names: str) -> tuple[Medicine, ...]:
    return tuple(Medicine(name, "07:00") for name in names)


def spacing(ledger: Ledger) -> list[tuple[str, str]]:
    return [(one.severity, one.message) for one in ledger.findings if one.code == "spacing"]


def test_calcium_has_hours_of_its_own() -> None:
    def told(at: tuple[str, ...], medicine: str = "levothyroxine 50 ug") -> list[tuple[str, str]]:
        pills = intake("supplement", "calcium carbonate", "500 mg", label="elemental", at=at)
        return spacing(tally(scenario(pills, medicines=at_seven(medicine))))

    ((severity, message),) = told(("08:00",))
    assert severity == "caution"
    assert "which calcium hinders" in message
    assert "magnesium" not in message
    assert told(("11:00",)) == []
    assert told((), "doxycycline")[0][0] == "note"
    assert told(("08:00",), "metformin") == []
    assert told(("08:00",), "zinc")[0][0] == "caution"


def test_what_holds_both_goes_by_the_hours_of_magnesium() -> None:
    both = intake("medicine", "rennie", "2 tablets", at=("08:00",))
    ((_, message),) = spacing(tally(scenario(both, medicines=at_seven("levothyroxine"))))
    assert "which magnesium hinders" in message


def test_the_table_of_calciums_hours() -> None:
    magnesium = {gap.name: gap for gap in gaps()}
    for row in table():
        assert row["source"] in bibliography()
        gap = calcium_gap((row.get("aliases") or [row["name"]])[0])
        assert gap is not None
        if row["name"] not in magnesium:
            assert row["aliases"]
            continue
        known = magnesium[row["name"]]  # things with magnesium go by that table alone
        assert known.medicine_first_h >= row["medicine_first_h"]
        assert known.magnesium_first_h >= row["calcium_first_h"]


def test_calcium_products_are_found_by_their_kind() -> None:
    found = find_product("medicine", "calcium carbonate")
    assert isinstance(found, Product)
    assert (found.element, found.kind) == ("Ca", "medicine")
