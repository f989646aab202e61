"""What holds of calcium for every routine: additive, linear, split as you like, and never a hand on magnesium."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anagen.intake.label import Taking, read_label
from anagen.intake.ledger import Ledger, tally
from anagen.quantities import read_amount, read_elemental
from anagen.routine import Intake, OwnProduct, Person
from anagen.scenario import Scenario

from .routines import intake

DIGITS = {"rel": 1e-9, "abs": 1e-7}
CALCIUM = ["calcium", "calcium carbonate", "calcium citrate", "calcium lactate", "calcium phosphate"]
BOTH = ["rennie", "rolaids", "rolaids extra strength"]
OWN = OwnProduct("mine", "supplement", elemental=read_elemental("12 %"), calcium=read_elemental("8 %"))
MASS, TIMES = st.floats(1, 2000), st.floats(0.2, 4)
LABELS = st.sampled_from([None, "compound", "elemental"])


@st.composite
def calcium_alone(draw: st.DrawFn) -> Intake:
    return intake(
        "supplement", draw(st.sampled_from(CALCIUM)), f"{draw(MASS)} mg", label=draw(LABELS), times=draw(TIMES)
    )


@st.composite
def of_both(draw: st.DrawFn) -> Intake:
    times = draw(TIMES)
    return draw(
        st.sampled_from(
            [
                intake("medicine", draw(st.sampled_from(BOTH)), f"{draw(st.floats(0.5, 8))} tablets", times=times),
                intake("medicine", "mylanta supreme", f"{draw(st.floats(1, 40))} mL", times=times),
                intake("supplement", "dolomite", f"{draw(MASS)} mg", times=times, label=draw(LABELS)),
                intake("supplement", "mine", f"{draw(MASS)} mg", times=times, own=OWN),
                intake("supplement", "multivitamin", f"{draw(MASS)} mg", calcium_per_amount=draw(st.floats(0, 5))),
                intake("water", "spring", "1 L", "30 mg/L", calcium_per_amount=draw(st.floats(0, 1))),
                intake("food", "cheddar cheese", f"{draw(st.floats(1, 300))} g"),
            ]
        )
    )


@st.composite
def of_magnesium(draw: st.DrawFn) -> Intake:
    return intake("supplement", "magnesium oxide", f"{draw(MASS)} mg", label=draw(LABELS), times=draw(TIMES))


ANY = st.one_of(calcium_alone(), of_both(), of_magnesium())
PEOPLE = st.builds(
    Person, age=st.floats(19, 90), sex=st.sampled_from(["female", "male"]), margin=st.floats(0, 1),
    jurisdiction=st.sampled_from(["US", "EU", "UK", "DE", "NO", "WHO", "ANZ", "JP"]),
    egfr=st.none() | st.floats(5, 130), pregnant=st.booleans(),
)  # fmt: skip


def weigh(person: Person, *routine: Intake) -> Ledger:
    return tally(Scenario(person, routine))


def scaled(one: Intake, share: float) -> Intake:
    return replace(one, amount=replace(one.amount, magnitude=one.amount.magnitude * share))


@settings(max_examples=150, deadline=None)
@given(PEOPLE, st.lists(ANY, max_size=3), st.lists(ANY, max_size=3))
def test_additive_over_items(person: Person, some: list[Intake], others: list[Intake]) -> None:
    one, two, both = (weigh(person, *routine).calcium for routine in (some, others, [*some, *others]))
    for total in ("food", "water", "supplement", "medicine", "known"):
        key = f"{total}_mg_per_day"
        assert getattr(both, key) == pytest.approx(getattr(one, key) + getattr(two, key), **DIGITS)
    assert set(both.unknown) == set(one.unknown) | set(two.unknown)


@settings(max_examples=150, deadline=None)
@given(PEOPLE, ANY, st.floats(0.01, 1))
def test_linear_in_the_amount(person: Person, one: Intake, share: float) -> None:
    whole, part = weigh(person, one).items[0].calcium_mg_per_day, weigh(person, scaled(one, share)).items[0]
    assert whole is not None
    assert part.calcium_mg_per_day == pytest.approx(share * whole, **DIGITS)


@settings(max_examples=150, deadline=None)
@given(PEOPLE, ANY, st.floats(0.05, 0.95))
def test_splitting_changes_nothing(person: Person, one: Intake, share: float) -> None:
    whole, split = weigh(person, one), weigh(person, scaled(one, share), scaled(one, 1 - share))
    assert split.calcium.known_mg_per_day == pytest.approx(whole.calcium.known_mg_per_day, **DIGITS)
    assert split.totals.counted == pytest.approx(whole.totals.counted, **DIGITS)


@settings(max_examples=100, deadline=None)
@given(PEOPLE, ANY, st.integers(2, 4))
def test_often_is_the_thing_so_many_times(person: Person, one: Intake, times: int) -> None:
    once = replace(one, times=1.0)
    many, repeated = weigh(person, replace(once, times=float(times))), weigh(person, *[once] * times)
    weekly = weigh(person, replace(once, times=7.0 * times, per="week"))
    for other in (repeated, weekly):
        assert other.calcium.known_mg_per_day == pytest.approx(many.calcium.known_mg_per_day, **DIGITS)


@settings(max_examples=150, deadline=None)
@given(PEOPLE, st.lists(ANY, max_size=3), ANY)
def test_never_lower_with_one_thing_more(person: Person, routine: list[Intake], more: Intake) -> None:
    before, after = weigh(person, *routine), weigh(person, *routine, more)
    assert after.calcium.known_mg_per_day >= before.calcium.known_mg_per_day - 1e-9
    over = [any(finding.code == "calcium-over-limit" for finding in one.findings) for one in (before, after)]
    assert over[0] <= over[1]


@settings(max_examples=150, deadline=None)
@given(PEOPLE, st.lists(ANY, max_size=3), calcium_alone())
def test_calcium_alone_leaves_magnesium_as_it_was(person: Person, routine: list[Intake], more: Intake) -> None:
    before, after = weigh(person, *routine), weigh(person, *routine, more)
    assert after.totals == before.totals
    assert after.verdict == before.verdict
    assert after.limits == before.limits
    assert after.clock == before.clock
    assert after.items[:-1] == before.items

    def about_magnesium(ledger: Ledger) -> list[object]:
        ours = ("calcium-over-limit", "calcium-caution")
        return [one for one in ledger.findings if one.code not in ours and one.item != more.product]

    assert about_magnesium(after) == [one for one in about_magnesium(before) if one.item != more.product]  # type: ignore[attr-defined]
    json.dumps(after.to_dict(), allow_nan=False)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([*CALCIUM, "dolomite", "multivitamin"]), st.sampled_from(["0 mg", "0 g"]))
def test_nothing_of_a_thing_divides_by_nothing(name: str, amount: str) -> None:
    ledger = weigh(Person(34, "female"), intake("supplement", name, amount, calcium_per_amount=None))
    assert ledger.totals.counted == 0
    assert ledger.calcium.known_mg_per_day == 0


@settings(deadline=None, max_examples=150)
@given(st.integers(0, 2000), st.integers(1, 2000), st.integers(1, 6), st.integers(1, 12), st.booleans())
def test_a_label_of_both_is_counted_as_written(
    magnesium: int, calcium: int, serving: int, taken: int, calcium_first: bool
) -> None:
    parts = [f"Calcium (as calcium carbonate) {calcium} mg", f"Magnesium (as magnesium oxide) {magnesium} mg"]
    line = ", ".join(parts if calcium_first else parts[::-1]) + f" per {serving} tablets"
    one = read_label(line, "supplement", Taking(amount=read_amount(f"{taken} tablets"))).intake
    item = weigh(Person(34, "female"), replace(one, times=0.5)).items[0]
    assert item.elemental_mg_per_day == pytest.approx(0.5 * magnesium * taken / serving)
    assert item.calcium_mg_per_day == pytest.approx(0.5 * calcium * taken / serving)
