"""Side effects: the records, the rate that is worked out from them, and the closed forms behind it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anagen.evidence.proportions import METHOD_SOURCES, difference, share
from anagen.evidence.side_effects import SideEffect, SideEffectsError, read_side_effects, side_effects
from anagen.evidence.sources import bibliography

EVERY = tuple(side_effects().values())
# Newcombe 1998, table II, method 10: events and sizes of both arms, and the interval it prints
PUBLISHED = (
    (56, 70, 48, 80, 0.0524, 0.3339), (9, 10, 3, 10, 0.1705, 0.8090), (6, 7, 2, 7, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0381, 0.1926), (0, 10, 0, 20, -0.1611, 0.2775), (0, 10, 0, 10, -0.2775, 0.2775),
    (10, 10, 0, 20, 0.6791, 1.0), (10, 10, 0, 10, 0.6075, 1.0),
)  # fmt: skip
ARMS = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
GOOD = """
[one]
treatment = "finasteride"
route = "oral"
dose = "1 mg a day"
effect = "something"
who = "men"
drug = { events = 3, n = 10 }
placebo = { events = 1, n = 10 }
weeks = 52
source = "kaufman1998"
place = "table 1"
status = "recalled"
"""


@pytest.mark.parametrize(("a", "m", "b", "n", "low", "high"), PUBLISHED)
def test_the_interval_is_the_published_one(a: int, m: int, b: int, n: int, low: float, high: float) -> None:
    found = difference(a, m, b, n)
    assert found.value == pytest.approx(a / m - b / n)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


@given(ARMS, ARMS)
def test_an_interval_holds_its_value_and_changes_sign_with_the_arms(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    there, back = difference(*one, *other), difference(*other, *one)
    assert -1 <= there.low <= there.value <= there.high <= 1
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low), abs=1e-12)


@given(ARMS)
def test_a_share_lies_in_its_interval_and_the_interval_in_0_to_1(arm: tuple[int, int]) -> None:
    found = share(*arm)
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert found.low < found.high


@pytest.mark.parametrize(("events", "n"), [(1, 0), (-1, 5), (6, 5)])
def test_what_is_no_share_is_refused(events: int, n: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        share(events, n)


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.name)
def test_every_record_says_where_it_stands_and_never_claims_a_rate_it_has_not(one: SideEffect) -> None:
    assert set(one.sources) <= set(bibliography())
    assert one.place
    assert (one.added is None) == (one.placebo is None)
    assert (one.drug is None) == bool(one.no_rate)
    if one.drug is not None and one.placebo is None:
        assert one.no_placebo
    if one.added is not None:
        assert one.drug is not None
        assert one.placebo is not None
        assert one.added.value == pytest.approx(one.drug.events / one.drug.n - one.placebo.events / one.placebo.n)


def test_finasteride_is_the_label_s_3_8_against_2_1() -> None:
    one = side_effects()["finasteride-sexual"]
    assert one.drug is not None
    assert one.placebo is not None
    assert one.added is not None
    assert (round(100 * one.drug.share.value, 1), round(100 * one.placebo.share.value, 1)) == (3.8, 2.1)
    assert one.added.low > 0  # the label has p = 0.04
    assert one.contested


def test_the_sources_of_the_method_are_known() -> None:
    assert set(METHOD_SOURCES) <= set(bibliography())


def test_a_good_record_is_read() -> None:
    (one,) = read_side_effects(GOOD, "mine.toml").values()
    assert one.drug is not None
    assert one.drug.events == 3


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{ events = 3, n = 10 }", "{ events = 30, n = 10 }", "one.drug: 30 of 10 people cannot be"),
        ("{ events = 3, n = 10 }", "{ events = 3.5, n = 10 }", "one.drug: it must hold two whole numbers"),
        ("placebo = { events = 1, n = 10 }", "", "one.placebo: either it or no_placebo must be given"),
        ("drug = { events = 3, n = 10 }\n", "", "one.drug: either it or no_rate must be given"),
        ("weeks = 52", "weeks = 0", "one.weeks: a number above 0 is needed"),
        ('status = "recalled"', 'status = "sure"', "one.status: it must be one of checked, secondary"),
        ('treatment = "finasteride"', 'treatment = "garlic"', "one.treatment: it must be one of finasteride"),
        ("dose =", "doze =", 'one.doze: no key is called this; did you mean "dose"'),
        ('who = "men"', "who = 5", "one.who: it must be text in quotes"),
    ],
)
def test_a_broken_record_is_refused_with_its_place(old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(SideEffectsError) as caught:
        read_side_effects(GOOD.replace(old, new), "mine.toml")
    assert f"mine.toml: {said}" in str(caught.value)


def test_every_fault_of_every_record_comes_at_once() -> None:
    second = GOOD.replace("[one]", "[two]").replace("weeks = 52", "weeks = -1")
    with pytest.raises(SideEffectsError) as caught:
        read_side_effects("loose = 1\n" + GOOD.replace('"oral"', '"nose"') + second, "mine.toml")
    assert [problem.key for problem in caught.value.problems] == ["loose", "one.route", "two.weeks"]
