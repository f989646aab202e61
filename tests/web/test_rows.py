"""Rows of controls: what they send is what they were made of, and what is corrected in them is what the ledger does."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest

from anagen.intake.calcium_salts import CALCIUM_SALTS
from anagen.intake.ledger import tally
from anagen.intake.salts import SALTS, elemental_fraction
from anagen.web.address import state_of
from anagen.web.forms_of_salt import forms_of
from anagen.web.levers import row
from anagen.web.outputs import echoes
from anagen.web.pairs import Table, write_table
from anagen.web.row_fields import fields_of, keys_of
from anagen.web.servings import as_scenario
from anagen.web.state import State, state_of_toml

PERSON: Table = {"age": 40, "sex": "male"}
CITRATE: Table = {
    "kind": "supplement", "product": "magnesium citrate", "amount": "500 mg", "label": "compound",
}  # fmt: skip
SPRAY: Table = {
    "kind": "topical", "product": "magnesium chloride brine", "amount": "10 sprays", "strength": "31 % w/w",
    "spray_volume": "0.15 mL", "area": "600 cm2", "contact": "8 h",
}  # fmt: skip
BATH: Table = {
    "kind": "bath", "product": "Epsom salt", "amount": "500 g", "volume": "150 L", "duration": "20 min", "per": "week",
}  # fmt: skip
INTAKES: tuple[Table, ...] = (
    CITRATE,
    CITRATE | {"serving": "2 tablets", "taken": "1 tablet", "from_age": 45},
    {"kind": "supplement", "product": "magnesium citrate", "amount": "2 tablets", "unit_mass": "250 mg"},
    {"kind": "supplement", "label_text": "Magnesium (as citrate) 150 mg per 2 capsules", "amount": "1 capsule"},
    {"kind": "supplement", "daily_value_percent": 50, "product": "magnesium oxide"},
    {"kind": "supplement", "product": "multivitamin", "amount": "50 mg", "calcium_mg": 200},
    {"kind": "medicine", "product": "milk of magnesia", "amount": "15 mL", "at": ["22:00"]},
    SPRAY,
    BATH,
    {"kind": "water", "product": "tap; water", "amount": "1.5 L", "strength": "110 mg/L"},
    {"kind": "food", "product": "almonds", "amount": "1 oz", "times": 2, "to_age": 60},
)  # fmt: skip
TREATMENTS: tuple[Table, ...] = (
    {"kind": "minoxidil", "dose": "1 mL", "strength": "5 %", "times": 2},
    {"kind": "finasteride", "dose": "1 mg", "from_age": 45, "to_age": 50},
    {"kind": "microneedling", "per": "week"},
)


class Sent(HTMLParser):
    """What a browser would send of the controls in a piece of a form."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.pairs: list[tuple[str, str]] = []
        self._choice = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "select":
            self._choice = found["name"] or ""
        elif tag == "option" and "selected" in found:
            self.pairs.append((self._choice, found["value"] or ""))
        elif tag == "input" and found.get("name"):
            self.pairs.append((found["name"] or "", found.get("value") or ""))


def sent(letter: str, table: Table) -> list[tuple[str, str]]:
    return Sent(str(row(letter, 1, table, 40))).pairs


def state(pairs: list[tuple[str, str]]) -> State:
    return state_of([("v", "1"), ("p", write_table(PERSON)), *pairs])


def corrected(table: Table, **changes: str) -> State:
    """The state once some controls of a row were changed."""
    named = {f"i1.{key}": text for key, text in changes.items()}
    pairs = sent("i", table)
    missing = named.keys() - dict(pairs).keys()
    assert not missing, f"no control for {missing}"
    return state([(name, named.get(name, text)) for name, text in pairs])


def milligrams(one: State) -> float:
    (item,) = tally(one.scenario).items
    assert item.elemental_mg_per_day is not None
    return item.elemental_mg_per_day


def echo(one: State) -> str:
    from anagen.show.account import account

    return str(echoes(account(tally(one.scenario)))["echo-i1"])


@pytest.mark.parametrize(
    ("letter", "table"), [*(("i", one) for one in INTAKES), *(("t", one) for one in TREATMENTS)]
)  # fmt: skip
def test_a_row_that_nobody_touches_sends_what_it_was_made_of(letter: str, table: Table) -> None:
    found = state(sent(letter, table))
    assert (found.intakes if letter == "i" else found.treatments) == (table,)
    made = State(PERSON).added(letter, table)
    assert sorted(found.toml.splitlines()) == sorted(made.toml.splitlines())
    assert found.scenario.intakes == made.scenario.intakes
    assert state_of_toml(found.toml, "saved").scenario.intakes == made.scenario.intakes


@pytest.mark.parametrize("table", INTAKES)
def test_what_has_a_control_stands_nowhere_else_in_its_row(table: Table) -> None:
    text = str(row("i", 1, table, 40))
    legend = text[text.index("<legend") : text.index("</legend>")]
    told = {key for key in keys_of("i", table) if key in table and key not in ("product", "label_text")}
    assert not [key for key in told if str(table[key]) in legend]
    controls = dict(sent("i", table))
    hidden = controls["i1"]
    assert not [key for key in keys_of("i", table) if f"{key}:" in hidden.split(";")]
    assert controls.keys() == {"i1", *(f"i1.{key}" for key in keys_of("i", table))}


def test_the_salt_or_the_magnesium_in_it() -> None:
    assert milligrams(corrected(CITRATE)) == pytest.approx(80.8, abs=0.1)
    assert milligrams(corrected(CITRATE, label="elemental")) == 500
    assert milligrams(corrected(CITRATE, label="")) == 500


def test_a_hydrate_is_chosen_in_the_row() -> None:
    found = corrected(CITRATE, product="trimagnesium dicitrate nonahydrate")
    assert milligrams(found) == pytest.approx(500 * elemental_fraction("Mg3(C6H5O7)2.9H2O"))
    assert "trimagnesium dicitrate nonahydrate x 11.9 %" in echo(found)
    assert milligrams(found) < milligrams(corrected(CITRATE))


@pytest.mark.parametrize("salt", [*SALTS, *CALCIUM_SALTS], ids=lambda one: one.formula)
def test_every_form_that_is_offered_can_be_weighed_and_says_its_share(salt: Any) -> None:
    for form in forms_of("supplement", salt.name):
        table: Table = {"kind": "supplement", "product": form.name, "amount": "100 mg", "label": "compound"}
        (item,) = tally(State(PERSON, intakes=(table,)).scenario).items
        assert form.words.split(", ")[1].rsplit(" ", 1)[0] in item.arithmetic


def test_half_a_serving_is_half_of_what_the_label_says() -> None:
    whole = corrected(CITRATE, serving="2 tablets")
    half = corrected(CITRATE, serving="2 tablets", taken="1 tablet")
    assert milligrams(whole) == pytest.approx(milligrams(corrected(CITRATE)))
    assert milligrams(half) == pytest.approx(milligrams(whole) / 2)
    assert "1 tablet x 250 mg trimagnesium dicitrate x 16.2 % = 40.4 mg" in echo(half)
    assert "counts 40.4 mg." in echo(half)


@pytest.mark.parametrize("kind", ["supplement", "medicine"])
@pytest.mark.parametrize("salt", SALTS, ids=lambda one: one.formula)
def test_a_serving_of_any_salt_is_weighed_as_without_one(salt: Any, kind: str) -> None:
    table: Table = {"kind": kind, "product": salt.name, "amount": "300 mg", "label": "compound"}
    with_serving = State(PERSON, intakes=(table | {"serving": "3 tablets"},))
    assert milligrams(with_serving) == pytest.approx(milligrams(State(PERSON, intakes=(table,))), rel=1e-3)


def test_tablets_of_a_mass() -> None:
    tablets = CITRATE | {"amount": "2 tablets", "unit_mass": "250 mg"}
    assert milligrams(corrected(tablets, unit_mass="125 mg")) == pytest.approx(milligrams(corrected(tablets)) / 2)


def test_what_needs_no_serving_is_left_as_it_is() -> None:
    for table in (SPRAY, BATH, CITRATE, {"kind": "food", "serving": "1"}):
        assert as_scenario(table) is table


def test_spray_and_strength() -> None:
    usual = milligrams(corrected(SPRAY))
    assert milligrams(corrected(SPRAY, spray_volume="0.3 mL")) == pytest.approx(2 * usual)
    assert milligrams(corrected(SPRAY, strength="50.5 mg/mL")) == pytest.approx(10 * 0.15 * 50.5)
    assert "10 sprays x 0.12 mL" in echo(corrected(SPRAY, spray_volume="0.12 mL"))


def test_the_water_and_the_time_of_a_bath() -> None:
    def crossing(one: State) -> float:
        return tally(one.scenario).items[0].counted_mg_per_day

    usual = crossing(corrected(BATH))
    assert crossing(corrected(BATH, duration="40 min")) == pytest.approx(2 * usual, rel=0.01)
    assert crossing(corrected(BATH, volume="300 L")) < usual
    assert "could cross the skin in 40 min, once a week" in echo(corrected(BATH, duration="40 min"))


def test_what_is_emptied_is_gone() -> None:
    found = corrected(SPRAY, area="", contact="")
    assert "area" not in found.intakes[0]
    assert "contact" not in found.intakes[0]


def test_corrections_are_folded_away_until_they_are_told() -> None:
    def is_open(table: Table) -> bool:
        return "<details open" in str(row("i", 1, table, 40)).replace(' class="correct"', "")

    assert not is_open(CITRATE)
    assert is_open(CITRATE | {"serving": "2 tablets"})
    assert [one.key for one in fields_of("i", {"kind": "food", "product": "almonds", "amount": "1 oz"})] == ["amount"]
