"""Plans that are kept and held side by side: the address, the page, and what works without a script."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from anagen.errors import ScenarioError
from anagen.web.address import address_of, state_of
from anagen.web.compare_found import NOTHING, UNNAMED, WORTH, compared, shown_plans
from anagen.web.effort import effort, effort_words, time_words
from anagen.web.pairs import AddressError
from anagen.web.plans import LONGEST_NAME, MOST_PLANS, Plan, free_name
from anagen.web.state import State, sample

BARE: dict[str, object] = {"age": 40, "sex": "male"}
FIN = {"kind": "finasteride", "dose": "1 mg"}
MINOX = {"kind": "minoxidil", "dose": "1 mL", "times": 2, "strength": "5 %"}
PILL = {"kind": "supplement", "product": "magnesium citrate", "amount": "500 mg", "label": "compound"}
NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=LONGEST_NAME)
ENTRIES = st.lists(
    st.dictionaries(st.sampled_from(["kind", "dose", "amount"]), st.text("abc;:&=%+. 1", min_size=1), min_size=1),
    max_size=4,
).map(tuple)


def back(state: State) -> State:
    return state_of(parse_qsl(address_of(state), keep_blank_values=True))


def words(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def links(page: str, label: str) -> list[str]:
    """Where the links with a label lead."""
    every = re.findall(r'<a[^>]*href="([^"]*)"[^>]*>(.*?)</a>', page)
    return [html.unescape(target) for target, said in every if words(said).startswith(label)]


@pytest.fixture(scope="module")
def two() -> State:
    first = State(dict(BARE), treatments=(FIN,), intakes=(PILL,), name="Pill").keeping()
    return replace(first, name="Both", treatments=(FIN, MINOX)).keeping()


@pytest.fixture(scope="module")
def page(client: TestClient, two: State) -> str:
    answer = client.get(f"/compare?{address_of(two)}")
    assert answer.status_code == 200
    return answer.text


# the address


@given(st.lists(st.builds(Plan, NAMES, ENTRIES, ENTRIES, ENTRIES), max_size=MOST_PLANS, unique_by=lambda one: one.name))
def test_kept_plans_come_back_from_the_address(plans: list[Plan]) -> None:
    plans = [one for one in plans if " ".join(one.name.split()) == one.name]
    state = State(dict(BARE), treatments=(FIN,), name="Here", kept=tuple(plans))
    assert back(state) == state


def test_the_address_without_plans_is_as_short_as_before_and_with_four_fits() -> None:
    assert "plan=" not in address_of(sample())
    state = sample()
    for place in range(MOST_PLANS):
        state = replace(state, treatments=({**FIN, "dose": f"{place + 1} mg"},)).keeping()
    assert len(state.kept) == MOST_PLANS
    assert len(address_of(state)) < 3000
    assert back(state) == state


@pytest.mark.parametrize(
    ("pairs", "word"),
    [
        ([("k5", "Fifth")], "at most 4 plans"),
        ([("k9t1", "kind:finasteride")], "k9 in the address"),
        ([("k1", "x" * 61)], "k1: the name of a plan has at most 60 characters"),
        ([("plan", "x" * 61)], "plan: the name"),
        ([("k1x", "1")], '"k1x" in the address is unknown'),
        ([("k0t1", "kind:massage")], "unknown"),
        ([("k1t1", "kind:massage;minutes:many")], "k1t1.minutes"),
        ([("t1", "kind:massage"), ("t1.cost", "-5")], "a cost, a number from 0 to 1,000,000"),
        ([("t1", "kind:massage;minutes:true")], "a number from 0 to 10,080"),
        ([(f"k2i{n}", "kind:food") for n in range(1, 99)], "too many for a plan"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(pairs: list[tuple[str, str]], word: str) -> None:
    with pytest.raises(AddressError) as caught:
        state_of([("p", "age:30;sex:male"), *pairs])
    assert word in str(caught.value)
    assert "\n" not in str(caught.value)


KEYS = st.sampled_from(
    ["plan", "k1", "k4", "k5", "k1t1", "k2i1", "k3d1", "k1t1.minutes", "k1i1.cost", "t1", "i1.amount"]
)
ANY = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["kind:massage;dose:4 min", "kind:food;cost:1e400", "minutes:-1", "cost:[]", "", "kind:", "minutes:{}"]
    ),
)


@given(st.lists(st.tuples(KEYS, ANY), max_size=8))
def test_any_address_is_read_or_refused_in_a_sentence(pairs: list[tuple[str, str]]) -> None:
    said = ""
    try:
        state = state_of([("p", "age:30;sex:male"), *pairs])
    except AddressError as error:
        said = str(error)
    else:
        assert back(state) == state
    assert len(said) < 300
    assert "\n" not in said


def test_names_and_kept_plans_alone_leave_the_plan_of_the_page() -> None:
    state = state_of([("plan", "Mine"), ("k1", "Other"), ("k1t1", "kind:massage;dose:4 min")])
    assert state.treatments == sample().treatments
    assert (state.name, [one.name for one in state.kept]) == ("Mine", ["Other"])


def test_a_plan_without_a_name_or_with_one_that_stands_twice_gets_one() -> None:
    state = state_of(
        [("p", "age:30;sex:male"), ("k2t1", "kind:massage"), ("k1", "A"), ("k3", "A"), ("k1t1", "kind:botulinum")]
    )
    assert [one.name for one in state.kept] == ["A", "Plan 1", "A 2"]
    assert free_name("x" * LONGEST_NAME, ["x" * LONGEST_NAME]) == "x" * (LONGEST_NAME - 4) + " 2"


def test_keeping_never_overwrites_and_never_doubles(two: State) -> None:
    assert [one.name for one in two.kept] == ["Pill", "Both"]
    assert two.keeping() is two
    again = replace(two, treatments=()).keeping()
    assert (again.name, [one.name for one in again.kept]) == ("Both 2", ["Pill", "Both", "Both 2"])
    full = replace(again, intakes=()).keeping()
    with pytest.raises(AddressError, match=r"4 plans are kept already \(Pill, Both, Both 2 and Both 3\)"):
        replace(full, treatments=(MINOX,)).keeping()


def test_minutes_and_cost_never_reach_the_model_or_the_file() -> None:
    plain = State(dict(BARE), treatments=(FIN,))
    told = State(dict(BARE), treatments=({**FIN, "minutes": 5, "cost": 12.5},))
    assert told.toml == plain.toml
    assert told.plan.same_as(plain.plan)
    assert back(told) == told


# minutes and money


def test_efforts_are_summed_for_a_year_and_what_is_done_once_apart() -> None:
    graft = {"kind": "transplant", "dose": "40 grafts/cm2", "minutes": 480, "cost": 6000}
    plan = Plan("all", treatments=({"kind": "massage", "minutes": 28}, graft), intakes=({**PILL, "cost": 10},))
    minutes, cost = effort(plan, "minutes"), effort(plan, "cost")
    assert (minutes.yearly, minutes.once) == (pytest.approx(28 * 365.25 / 7), 480)
    assert (cost.yearly, cost.once, cost.told, cost.entries) == (120, 6000, 2, 3)
    assert effort_words(plan, "minutes") == "24 hours a year and 8 hours once (1 entry not told)"
    assert effort_words(plan, "cost") == "120 a year and 6,000 once (1 entry not told)"
    assert effort_words(Plan("none"), "cost") == "none"
    assert effort_words(Plan("one", treatments=(FIN,)), "cost") == "not told"
    assert effort_words(Plan("one", treatments=({**FIN, "cost": 0},)), "cost") == "0 a year"
    assert time_words(1) == "1 minute"


# what is worked out


def test_every_plan_is_for_the_same_people_and_differences_are_paired(two: State) -> None:
    found = compared(two, lambda: False)
    pill, both = found.plans
    assert [one.years for one in found.horizons] == [1, 5, 20]
    assert both.here
    assert not pill.here
    # taken as medians of their own the two would not give the same as run by run
    for one in found.plans:
        assert one.expected.change is not None
        for spread in one.expected.change:
            assert spread.low <= spread.median <= spread.high
    names = {entry.title: entry for entry in both.expected.added}
    assert set(names) == {"finasteride", "minoxidil", "magnesium citrate"}
    # what minoxidil adds to "Both" is "Both" less "Pill": the same number by two ways
    assert found.between == (("Both", "Pill", names["minoxidil"].at[-1]),)
    assert found.nothing.name == NOTHING
    assert 0 <= both.gain <= 100
    assert WORTH > 0


def test_a_plan_of_nothing_changes_nothing() -> None:
    (one,) = compared(State(dict(BARE)), lambda: False).plans
    assert one.expected.change is not None
    assert {(each.low, each.median, each.high) for each in one.expected.change} == {(0.0, 0.0, 0.0)}
    assert one.expected.added == ()
    assert one.gain == 0


def test_the_plan_on_the_page_is_shown_too_where_there_is_room(two: State) -> None:
    assert [name for name, _ in shown_plans(two)] == ["k1", "k2"]
    changed = replace(two, treatments=())
    assert [(key, one.name) for key, one in shown_plans(changed)][-1] == ("", "Both, as on the page")
    assert [(key, one.name) for key, one in shown_plans(State(dict(BARE)))] == [("", UNNAMED)]


def test_a_look_ahead_that_ends_early_says_so() -> None:
    found = compared(State({"age": 68, "sex": "male"}, treatments=(FIN,)), lambda: False)
    assert [one.years for one in found.horizons] == [1, 5, 12]
    assert found.horizons[-1].age == pytest.approx(80)


# the page


def test_plans_stand_side_by_side_in_numbers(page: str) -> None:
    said = words(page)
    for part in (
        "2 of 4 plans are kept", "In 1 year, age 41", "In 5 years, age 45", "In 20 years, age 60", "Doing nothing",
        "against nothing", "What each item adds", "magnesium citrate", "Within the margin", "81 mg of magnesium a day",
        "Less desire, weaker erections or less semen: 3.8 of 100 with it, 2.1 of 100 with placebo",
        "in Pill (1 mg) and Both (1 mg)", "Contested.", "recalled, unchecked", "Minutes a week", "not told",
        "\u201cBoth\u201d keeps",
    ):  # fmt: skip
        assert part in said, part
    assert "NaN" not in page
    assert "nan%" not in page
    assert "<script" not in page
    assert "style=" not in page


def test_open_copy_remove_and_keep_are_plain_links(client: TestClient, page: str, two: State) -> None:
    (opened,) = links(page, "Open this one")
    state = state_of(parse_qsl(urlsplit(opened).query))
    assert (state.name, state.treatments, state.kept) == ("Pill", (FIN,), two.kept)
    removed = [state_of(parse_qsl(urlsplit(one).query)) for one in links(page, "Remove")]
    assert [[one.name for one in each.kept] for each in removed] == [["Both"], ["Pill"]]
    copied = state_of(parse_qsl(urlsplit(links(page, "Copy")[0]).query))
    assert [one.name for one in copied.kept] == ["Pill", "Both", "Pill, copy"]
    assert copied.kept[0].same_as(copied.kept[2])
    lonely = client.get(f"/compare?{address_of(State(dict(BARE), treatments=(FIN,)))}").text
    kept = state_of(parse_qsl(urlsplit(links(lonely, "Keep this plan")[0]).query))
    assert [one.name for one in kept.kept] == ["Plan 1"]
    assert form_of(lonely)["plan"] == ""  # what the page calls a plan without a name is no name


def form_of(page: str) -> dict[str, str]:
    """Everything the form of the comparison would send, as a browser without a script sends it."""
    found = re.findall(r'<input type="(?:hidden|text|number)"[^>]*>', page)
    sent: dict[str, str] = {}
    for one in found:
        name, value = re.search(r'name="([^"]*)"', one), re.search(r'value="([^"]*)"', one)
        assert name, one
        sent[html.unescape(name[1])] = html.unescape(value[1]) if value else ""
    return sent


def test_the_form_renames_and_takes_minutes_and_cost_without_a_script(
    client: TestClient, page: str, two: State
) -> None:
    sent = form_of(page)
    assert state_of(list(sent.items())).kept == two.kept
    changed = sent | {"k1": "Only pills", "k1t1.minutes": "7", "k2t2.cost": "30"}
    answer = client.get("/compare", params=changed)
    assert answer.status_code == 200
    said = words(answer.text)
    assert "365 minutes a year" in said or "6 hours a year" in said
    assert "360 a year (2 entries not told)" in said
    again = form_of(answer.text)
    assert (again["k1"], again["k1t1.minutes"], again["k2t2.cost"]) == ("Only pills", "7", "30")
    cleared = client.get("/compare", params=again | {"k1t1.minutes": ""})
    assert form_of(cleared.text)["k1t1.minutes"] == ""


def test_every_field_has_a_label(page: str) -> None:
    labeled = set(re.findall(r'<label[^>]*for="([^"]+)"', page))
    fields = re.findall(r'<input type="(?:text|number)"[^>]*\bid="([^"]+)"', page)
    assert len(fields) == 2 + 2 * (2 + 3)
    assert set(fields) <= labeled
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_plan_that_cannot_be_used_is_named(client: TestClient, two: State) -> None:
    bad = replace(two, kept=(*two.kept, Plan("Broken", treatments=({"kind": "finastride"},))))
    answer = client.get(f"/compare?{address_of(bad)}")
    assert answer.status_code == 400
    assert 'the plan "Broken"' in words(answer.text)
    with pytest.raises(ScenarioError):
        compared(bad, lambda: False)
    assert client.get(f"/?{address_of(bad)}").status_code == 200  # the page itself is fine


def test_names_are_escaped(client: TestClient) -> None:
    name = '<img src=x onerror=alert(1)>"'
    state = State(dict(BARE), treatments=(FIN,), name=name).keeping()
    for path in ("/compare", "/"):
        text = client.get(f"{path}?{address_of(state)}").text
        assert "<img" not in text
        assert name in html.unescape(text)


def test_keeping_is_a_link_that_leads_back_to_the_page(client: TestClient) -> None:
    state = State(dict(BARE), treatments=(FIN,), name="Mine")
    answer = client.get(f"/keep?{address_of(state)}")
    assert answer.status_code == 303
    where = urlsplit(answer.headers["location"])
    assert (where.path, where.fragment) == ("/", "plan")
    kept = state_of(parse_qsl(where.query))
    assert kept == state.keeping()
    first = client.get(answer.headers["location"]).text
    assert "1 of 4 kept: Mine." in words(first)
    assert 'name="k1t1"' in first
    assert 'name="plan" value="Mine"' in first
    assert client.get("/keep?p=age:4000;sex:male").status_code == 400
    full = state
    for place in range(MOST_PLANS):
        full = replace(full, treatments=({**FIN, "dose": f"{place + 1} mg"},)).keeping()
    refused = client.get(f"/keep?{address_of(replace(full, treatments=()))}")
    assert refused.status_code == 400
    assert "4 plans are kept already" in words(refused.text)


def test_the_first_screen_tells_side_effects_and_keeps_up_with_the_plan(
    client: TestClient, bare: dict[str, str]
) -> None:
    query = bare | {"t1": "kind:finasteride;dose:1 mg"}
    first = words(client.get("/", params=query).text)
    assert "Side effects of this plan: finasteride (1 mg a day), less desire" in first
    parts = client.get("/answer", params=bare | {"t1": "kind:massage;dose:4 min"}).json()["parts"]
    assert "massage: no rate known from a trial." in words(parts["out-harms"])


def test_every_theory_is_asked_about_the_plan_on_the_page(client: TestClient, bare: dict[str, str]) -> None:
    asked = client.get("/compare", params=bare | {"t1": "kind:finasteride;dose:1 mg", "also": "theories"})
    said = words(asked.text)
    for part in ("calcification-first", "only grades A-B", "The plan changes it by", "Back to the comparison"):
        assert part in said
