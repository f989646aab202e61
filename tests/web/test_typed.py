"""Lines as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anagen.intake.ledger import tally
from anagen.web.state import State
from anagen.web.typed import LineError, read_line

PERSON = {"age": 40, "sex": "male"}


@pytest.mark.parametrize(
    ("line", "letter", "holds"),
    [
        ("mag citrate 500", "i", {"kind": "supplement", "product": "magnesium citrate", "amount": "500 mg"}),
        ("magnesium oil 10 sprays", "i", {"kind": "topical", "amount": "10 sprays", "spray_volume": "0.15 mL"}),
        ("epsom bath weekly", "i", {"kind": "bath", "per": "week"}),
        ("epsom salt bath 300 g 2x a week", "i", {"amount": "300 g", "per": "week", "times": 2}),
        ("almonds handful", "i", {"kind": "food", "product": "almonds", "amount": "30 g"}),
        ("a handful of almonds", "i", {"kind": "food", "amount": "30 g"}),
        ("1 cup black beans", "i", {"product": "black beans, boiled", "amount": "1 cup"}),
        ("MgO 400 mg twice a day", "i", {"product": "MgO", "times": 2}),
        ("milk of magnesia 15 ml", "i", {"kind": "medicine", "amount": "15 mL"}),
        ("minoxidil 5 %", "t", {"kind": "minoxidil", "strength": "5 %"}),
        ("oral minoxidil 2.5 mg", "t", {"kind": "minoxidil", "dose": "2.5 mg"}),
        ("fin 0.5", "t", {"kind": "finasteride", "dose": "0.5 mg"}),
        ("massage 4 min", "t", {"kind": "massage", "dose": "4 min"}),
        ("dermaroller weekly", "t", {"kind": "microneedling", "per": "week"}),
        ("botox 100", "t", {"kind": "botulinum", "dose": "100 U"}),
        ("mag citrate 500 mg per 2 tablets", "i", {"amount": "500 mg", "serving": "2 tablets"}),
        ("mag citrate 500 mg, 2 capsules a serving, 1 capsule", "i", {"serving": "2 capsules", "taken": "1 capsule"}),
        ("2 tablets of mag citrate 250 mg", "i", {"amount": "2 tablets", "unit_mass": "250 mg"}),
        ("magnesium oil 6 sprays 25 % w/v 0.1 ml a spray", "i", {"strength": "25 % w/v", "spray_volume": "0.1 mL"}),
        ("epsom bath 300 g in 200 l for 30 min weekly", "i", {"volume": "200 L", "duration": "30 min"}),
        ("magnesium citrate nonahydrate 500", "i", {"product": "magnesium citrate nonahydrate"}),
    ],
)
def test_a_line_is_read_and_can_be_weighed(line: str, letter: str, holds: dict[str, object]) -> None:
    typed = read_line(line)
    assert typed.letter == letter
    assert {key: str(typed.table[key]).lower() for key in holds} == {key: str(holds[key]).lower() for key in holds}
    tally(State(PERSON).added(typed.letter, typed.table).scenario)


def test_citrate_as_the_salt_is_about_80_mg_of_magnesium() -> None:
    table = read_line("mag citrate 500").table | {"label": "compound"}
    (item,) = tally(State(PERSON, intakes=(table,)).scenario).items
    assert item.elemental_mg_per_day == pytest.approx(80.8, abs=0.1)


@pytest.mark.parametrize(
    ("line", "near"), [("", "mag citrate 500"), ("xyzzy", "mag citrate 500"), ("almnds", "almonds")]
)
def test_what_is_not_known_is_refused_with_what_is(line: str, near: str) -> None:
    with pytest.raises(LineError, match=near):
        read_line(line)


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=200))
def test_any_line_is_read_or_refused_in_a_sentence(line: str) -> None:
    try:
        found = str(read_line(line).table["kind"])
    except LineError as error:
        found = str(error)
    assert found
