"""The state in the address and in a file: the same comes back, and what cannot be read is refused in a sentence."""

from __future__ import annotations

import string
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anagen.errors import AnagenError, ScenarioError, UnknownName
from anagen.scenario import Scenario
from anagen.web.address import MOST_ITEMS, address_of, state_of
from anagen.web.beliefs import Belief, belief_of, theories
from anagen.web.pairs import AddressError, read_table, read_value, write_table
from anagen.web.state import State, sample, state_of_toml

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.toml"))
KEYS = st.text(string.ascii_lowercase + "_", min_size=1, max_size=12)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
NUMBERS = st.one_of(st.integers(-(10**9), 10**9), st.floats(allow_nan=False, allow_infinity=False), st.booleans())
PLAIN = st.one_of(TEXTS, NUMBERS)
VALUES = st.one_of(PLAIN, st.lists(PLAIN, max_size=3), st.dictionaries(KEYS, PLAIN, max_size=3))


@given(st.dictionaries(KEYS, VALUES, max_size=6))
def test_a_table_comes_back_from_its_short_text(table: dict[str, object]) -> None:
    assert read_table(write_table(table)) == table


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_a_sentence(text: str) -> None:
    said = ""
    try:
        read_table(text)
    except AddressError as error:
        said = str(error)
    assert len(said) < 200


def test_values_that_look_like_numbers_are_numbers_and_quoted_ones_text() -> None:
    assert read_table('a:500 mg;b:32;c:true;d:"32";e:[1,2]') == {
        "a": "500 mg", "b": 32, "c": True, "d": "32", "e": [1, 2],
    }  # fmt: skip
    assert read_value("NaN") == "NaN"
    assert read_value('"\\ud800"') == "?"
    assert read_value("[" * 1500) == "[" * 1500


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_file_an_address_and_a_file_again_hold_the_same(path: Path) -> None:
    first = state_of_toml(path.read_text(encoding="utf-8"), str(path))
    second = state_of(parse_qsl(address_of(first), keep_blank_values=True))
    assert second == first
    original, again = Scenario.load(path), Scenario.loads(second.toml)
    assert (again.person, again.intakes, again.treatments) == (original.person, original.intakes, original.treatments)


def test_what_is_believed_and_seen_comes_back_too() -> None:
    state = State(sample().person, belief=Belief("ab", frozenset({"androgen-drives-miniaturization"})), at=61.0)
    again = state_of(parse_qsl(address_of(state)))
    assert (again.belief, again.at) == (state.belief, 61.0)


def test_the_address_of_the_sample_is_short() -> None:
    assert len(address_of(sample())) < 500


def test_a_control_of_its_own_wins_over_the_short_table() -> None:
    state = state_of([("p", "sex:male;age:30"), ("p.age", "41"), ("i1", "kind:food;product:almonds"),
                      ("i1.amount", "30 g"), ("p.medicines", "levothyroxine, doxycycline")])  # fmt: skip
    assert state.scenario.person.age == 41
    assert [one.name for one in state.scenario.person.medicines] == ["levothyroxine", "doxycycline"]
    assert state.scenario.intakes[0].amount.text == "30 g"


def test_a_key_without_its_entry_is_left_out() -> None:
    assert state_of([("p", "sex:male;age:30"), ("i7.amount", "30 g")]).intakes == ()


@pytest.mark.parametrize(
    ("pairs", "word"),
    [
        ([("v", "9")], "version"),
        ([("nonsense", "1")], "unknown"),
        ([("p", "no colon here")], "no key and value"),
        ([("p", "age:30;sex:male"), ("at", "many")], "age in years"),
        ([("p", "name:" + "x" * 3000)], "longer"),
        ([("p", "age:30;sex:male"), *((f"i{n}", "kind:food") for n in range(1, 99))], str(MOST_ITEMS)),
    ],
)
def test_an_address_that_cannot_be_read_says_why(pairs: list[tuple[str, str]], word: str) -> None:
    with pytest.raises(AddressError, match=word):
        state_of(pairs)


def test_unknown_theories_and_arrows_name_what_is_near() -> None:
    with pytest.raises(UnknownName, match="hybrid"):
        belief_of("hybird", [])
    with pytest.raises(UnknownName, match="androgen-drives-miniaturization"):
        belief_of("hybrid", ["androgen-drive-miniaturization"])


def test_a_scenario_that_cannot_be_used_names_the_page_and_the_key() -> None:
    with pytest.raises(ScenarioError, match=r"this page: person\.age = 4000"):
        _ = state_of([("p", "age:4000;sex:male")]).scenario


def test_only_what_was_seen_in_people_is_left_on_in_the_theory_of_grades() -> None:
    from anagen.flowchart.chart import flowchart

    off = theories()["ab"].off
    assert {one.grade for name, one in flowchart().arrows.items() if name not in off} == {"A", "B"}


@given(st.dictionaries(KEYS, VALUES, max_size=4), st.lists(st.dictionaries(KEYS, VALUES, max_size=3), max_size=3))
def test_any_tables_make_a_file_that_toml_reads_back(
    person: dict[str, object], intakes: list[dict[str, object]]
) -> None:
    import tomllib

    state = State(person, intakes=tuple(intakes))
    data = tomllib.loads(state.toml)
    assert data["person"] == person
    assert data.get("intake", []) == intakes
    said = "this page"
    try:
        _ = state.scenario
    except AnagenError as error:
        said = str(error)
    assert "this page" in said
