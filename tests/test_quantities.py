"""Reading what a person writes: amounts, strengths, durations, and all that is none of these."""

from __future__ import annotations

import math
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from anagen.quantities import Amount, QuantityError, Strength, read, read_amount, read_strength, registry, unit

MASSES = {  # in mg
    "ug": 1e-3, "µg": 1e-3, "mg": 1.0, "milligram": 1.0, "cg": 10.0, "g": 1e3, "grams": 1e3, "kg": 1e6,
    "oz": 28349.523125, "lb": 453592.37,
}  # fmt: skip
VOLUMES = {  # in mL
    "uL": 1e-3, "mL": 1.0, "ml": 1.0, "millilitre": 1.0, "dL": 100.0, "L": 1e3, "l": 1e3, "liter": 1e3, "litres": 1e3,
    "cm3": 1.0, "mm3": 1e-3, "cm³": 1.0, "tsp": 4.92892159375, "teaspoons": 4.92892159375, "tbsp": 14.78676478125,
    "cup": 236.5882365, "fl oz": 29.5735295625, "fl. oz.": 29.5735295625, "drops": 0.05,
}  # fmt: skip
COUNTS = {
    "spray": "spray", "puffs": "spray", "tablets": "tablet", "capsule": "tablet", "softgels": "tablet",
    "gummy": "tablet", "gummies": "tablet", "sachet": "sachet", "scoops": "sachet", "servings": "serving",
    "portion": "serving", "pieces": "piece",
}  # fmt: skip
DURATIONS = {"s": 1 / 3600, "sec": 1 / 3600, "min": 1 / 60, "minutes": 1 / 60, "h": 1.0, "hr": 1.0, "hours": 1.0,
             "day": 24.0, "week": 168.0}  # fmt: skip

AN_AMOUNT = "an amount is a mass, a volume or a count"
A_STRENGTH = "a strength is like"
SECONDS_ALLOWED = 2.0


def refused(reader: object, text: object) -> str:
    """The sentence a reader refuses a text with."""
    with pytest.raises(QuantityError) as caught:
        reader(text)  # type: ignore[operator]
    return str(caught.value)


def contact(text: object) -> float:
    return read(text, "hour", "8 h", "a contact is a time")


# amounts


@pytest.mark.parametrize(
    ("text", "magnitude", "kind", "counted"),
    [
        ("4 mL", 4.0, "volume", ""),
        ("4mL", 4.0, "volume", ""),
        ("  4   mL ", 4.0, "volume", ""),
        (".5 g", 500.0, "mass", ""),
        ("2.5e1 mg", 25.0, "mass", ""),
        ("+400 mg", 400.0, "mass", ""),
        ("1/2 cup", 118.29411825, "volume", ""),
        ("3 / 4 tsp", 3.6966911953125, "volume", ""),
        ("1/2 tablet", 0.5, "count", "tablet"),
        ("10 sprays", 10.0, "count", "spray"),
        ("0 mg", 0.0, "mass", ""),
    ],
)
def test_amounts(text: str, magnitude: float, kind: str, counted: str) -> None:
    amount = read_amount(text)
    assert (amount.kind, amount.counted) == (kind, counted)
    assert amount.magnitude == pytest.approx(magnitude)


def test_an_amount_remembers_how_it_was_written_on_one_line() -> None:
    assert read_amount(" 4 \t mL\n").text == "4 mL"
    assert read_strength("31 %\n w/w").text == "31 % w/w"


@pytest.mark.parametrize(("word", "thing"), COUNTS.items())
def test_counted_things(word: str, thing: str) -> None:
    assert read_amount(f"3 {word}") == Amount(f"3 {word}", 3.0, "count", thing)


@given(st.floats(1e-6, 1e9), st.sampled_from(sorted(MASSES)))
@settings(deadline=None, max_examples=200)
def test_every_mass_unit_gives_the_milligrams(number: float, name: str) -> None:
    amount = read_amount(f"{number!r} {name}")
    assert amount.kind == "mass"
    assert amount.magnitude == pytest.approx(number * MASSES[name], rel=1e-12)


@given(st.floats(1e-6, 1e9), st.sampled_from(sorted(VOLUMES)))
@settings(deadline=None, max_examples=200)
def test_every_volume_unit_gives_the_millilitres(number: float, name: str) -> None:
    amount = read_amount(f"{number!r} {name}")
    assert amount.kind == "volume"
    assert amount.magnitude == pytest.approx(number * VOLUMES[name], rel=1e-12)


@given(st.floats(1e-6, 1e6), st.sampled_from(sorted(DURATIONS)))
@settings(deadline=None, max_examples=100)
def test_every_unit_of_time_gives_the_hours(number: float, name: str) -> None:
    assert contact(f"{number!r} {name}") == pytest.approx(number * DURATIONS[name], rel=1e-12)


@pytest.mark.parametrize("text", ["4 hour", "1 mol", "5 %", "3 cm2", "2 mg/mL", "7 mmHg", "1 g*g*g", "2 tablets/day"])
def test_another_dimension_is_no_amount(text: str) -> None:
    assert AN_AMOUNT in refused(read_amount, text)


def test_a_unit_is_needed() -> None:
    assert refused(read_amount, "4") == f'a unit is missing: {AN_AMOUNT}, such as "400 mg", "4 mL" or "2 tablets"'
    assert refused(contact, "8") == 'a unit is missing; write it like "8 h"'


@pytest.mark.parametrize("text", ["4 blobs", "4 ML", "4 Mg", "1 kkg", "5 mcgg", "4 gm L"])
def test_an_unknown_unit_is_named(text: str) -> None:
    said = refused(read_amount, text)
    assert text.split(" ", 1)[1] in said
    assert "no unit is called" in said
    assert AN_AMOUNT in said


@pytest.mark.parametrize("text", ["1,5 g", "1,000 mg", " 2,5mL", "-1,5 g"])
@pytest.mark.parametrize("reader", [read_amount, read_strength, contact])
def test_a_comma_can_be_read_two_ways(reader: object, text: str) -> None:
    assert "comma" in refused(reader, text)


@pytest.mark.parametrize("value", [4, 4.0, True, None, ["4 mL"], {"mL": 4}, b"4 mL"])
@pytest.mark.parametrize("reader", [read_amount, read_strength, contact])
def test_what_is_no_text_is_asked_for_as_text(reader: object, value: object) -> None:
    assert "write it as text with a unit" in refused(reader, value)


@pytest.mark.parametrize("word", ["nan", "NaN", "inf", "-inf", "infinity", "1e", "e5", "", "  ", "mg", "--4", "four"])
def test_nothing_but_a_number_begins_an_amount(word: str) -> None:
    refused(read_amount, f"{word} g")


@pytest.mark.parametrize("text", ["1e999 g", "1e400 kg", "1e308 kg", "9e307 L"])
def test_a_number_without_end_is_refused(text: str) -> None:
    assert refused(read_amount, text) == "the number is too large to mean anything"


def test_endless_durations_and_strengths_are_refused() -> None:
    assert refused(contact, "1e308 week") == "the number is too large to mean anything"
    assert refused(read_strength, "1e308 kg/uL") == "the number is too large to mean anything"


def test_negative_amounts_are_refused() -> None:
    assert refused(read_amount, "-4 mL") == "an amount cannot be negative"
    assert refused(read_strength, "-4 %") == "a strength cannot be negative"


def test_a_fraction_of_zero_parts_is_refused() -> None:
    assert refused(read_amount, "1/0 cup") == "nothing can be divided by zero"


# nothing in a file is worked out as a program


@pytest.mark.parametrize(
    "text",
    [
        "9**9**9 g",
        "9^9^9 g",
        "1 g^9^9^9",
        "1 g**9**9**9",
        "1 g**99999999",
        "1 g**(9**9)",
        "1 g*1e9999",
        "1 g*2",
        "1 g/0",
        "1 g()",
        "1 g.real",
        "1 (g)",
        "1 g if g else g",
        "1 lambda: g",
        "1 g[0]",
        "1 g;g",
        "__import__('os') g",
        "1 __import__('os')",
        "1 __class__",
        "1_000 g",
        "0x10 g",
        "1j g",
        "1 " + "(" * 30,
        "1 " + "g*" * 19 + "g",
        "1 " + "g" * 39,
        "9" * 81 + " g",
    ],
)
@pytest.mark.parametrize("reader", [read_amount, read_strength, contact])
def test_nothing_is_evaluated(reader: object, text: str) -> None:
    begun = time.perf_counter()
    refused(reader, text)
    assert time.perf_counter() - begun < SECONDS_ALLOWED


@pytest.mark.parametrize("text", ["1 \x1b[31mL", "5 \x07", "4 mL\x00", "4 \u202emL"])
@pytest.mark.parametrize("reader", [read_amount, read_strength, contact])
def test_no_refusal_repeats_a_control_character(reader: object, text: str) -> None:
    assert refused(reader, text).isprintable()


PIECES = st.sampled_from(
    ["1", "9", "0", ".", "e", "-", "+", "/", "*", "**", "^", "%", " ", "\n", "g", "mL", "m", "cm2", "µ", "²", "per",
     "_", "(", ")", ":", "w/w", "w/v", "flakes", "water", "by mass", "parts", "oz", "nan", "inf", "\u0661", "\x1b"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=90), st.lists(PIECES, max_size=16).map("".join)))
@example("1 g^9^9^9")
@settings(deadline=None, max_examples=300)
def test_any_text_is_read_or_refused_at_once(text: str) -> None:
    begun = time.perf_counter()
    for reader in (read_amount, read_strength, contact):
        try:
            found = reader(text)
        except QuantityError:
            continue
        number = found.magnitude if isinstance(found, Amount) else found.value if isinstance(found, Strength) else found
        assert math.isfinite(number)
        assert isinstance(found, float) or found.text.isprintable()
    assert time.perf_counter() - begun < SECONDS_ALLOWED


# strengths


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("31 % w/w", "w/w", 0.31),
        ("31% m/m", "w/w", 0.31),
        ("31 % W/V", "w/v", 0.31),
        ("31 % m/v", "w/v", 0.31),
        ("101 mg/mL", "mg/mL", 101.0),
        ("101 mg per mL", "mg/mL", 101.0),
        ("110 mg/L", "mg/mL", 0.11),
        ("0.1 g/mL", "mg/mL", 100.0),
        ("1 : 1 flakes : water by mass", "parts", 1.0),
        ("1 part flakes : 1 part water by mass", "parts", 1.0),
        ("2 parts flakes : 3 parts water", "parts", 2 / 3),
        ("1:2", "parts", 0.5),
        ("100 %  w/w", "w/w", 1.0),
    ],
)
def test_strengths(text: str, kind: str, value: float) -> None:
    strength = read_strength(text)
    assert (strength.kind, strength.basis_stated) == (kind, True)
    assert strength.value == pytest.approx(value)


def test_a_bare_percentage_is_read_as_by_mass_and_marked_so() -> None:
    assert read_strength("31 %") == Strength("31 %", "w/w", 0.31, basis_stated=False)


@pytest.mark.parametrize("text", ["strong", "31", "31 % of it", "31 mg", "4 mL", "31 % w/x", "1 : 1 : 1", "0 : 0"])
def test_what_is_no_strength(text: str) -> None:
    refused(read_strength, text)


def test_a_refused_strength_says_what_one_is() -> None:
    assert refused(read_strength, "31 mg").startswith(A_STRENGTH)
    assert refused(read_strength, "31").startswith(A_STRENGTH)


def test_strengths_beyond_what_can_be() -> None:
    assert refused(read_strength, "101 %") == "nothing is stronger than 100 %"
    assert "without water there is no brine" in refused(read_strength, "1 : 0 flakes : water by mass")


@given(st.floats(0, 100), st.sampled_from(["w/w", "w/v"]))
@settings(deadline=None, max_examples=100)
def test_percentages_are_fractions(number: float, basis: str) -> None:
    strength = read_strength(f"{number:.6f} % {basis}")
    assert strength.kind == basis
    assert strength.value == pytest.approx(number / 100, abs=1e-8)


# durations and units


def test_durations() -> None:
    assert contact("8 h") == 8.0
    assert contact("20 min") == pytest.approx(1 / 3)
    assert contact("1/2 hour") == 0.5


@pytest.mark.parametrize("text", ["8 mL", "8 kg", "8 %", "8 cm2"])
def test_another_dimension_is_no_duration(text: str) -> None:
    assert refused(contact, text) == 'a contact is a time, such as "8 h"'


@pytest.mark.parametrize(
    "text", ["1/cm**2", "g/mL", "hg*min/mL/s", "um**2/s/mmHg", "min*L/mmol", "%", "cm2", "hair/cm²"]
)
def test_units_of_records_and_files_are_known(text: str) -> None:
    assert registry().Quantity(1.0, unit(text)).magnitude == 1.0
