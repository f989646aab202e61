"""Starts and stops on the chart: the months around them, the sheds that are named, the handles, what a row feeds."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
from starlette.testclient import TestClient

from anagen.flowchart.chart import flowchart
from anagen.flowchart.hypotheses import HYPOTHESES
from anagen.outlook.changes import FINE_MONTHS, Change, changes, fine_span, shed_after, sheds
from anagen.outlook.dataset import span_of
from anagen.outlook.live import BLOCK, look
from anagen.scenario import Scenario
from anagen.show.bands import Band
from anagen.show.fan import MOST_POINTS, Mark, fan_chart, spaced
from anagen.web.shed_words import NONE_DRAWN, marks, sentence
from tests.web.test_routes import words

PERSON = '[person]\nage = 32\nsex = "male"\npattern = "III vertex"\nonset_age = 27\n'
MINOXIDIL = '[[treatment]]\nkind = "minoxidil"\ndose = "1 mL"\nstrength = "5 %"\ntimes = 2\n'
FINASTERIDE = '[[treatment]]\nkind = "finasteride"\ndose = "1 mg"\n'
HYBRID = HYPOTHESES["hybrid"]
QUARTER, YEAR = 3, 12
AGES = 32 + np.arange(0, 61) / 12
STOP = Change("minoxidil", 33.0, starts=False)


def plan(text: str) -> Scenario:
    return Scenario.loads(PERSON + text)


def test_the_changes_to_come_are_those_of_treatments_from_today_on() -> None:
    one = plan(MINOXIDIL + "to_age = 40\n" + FINASTERIDE + "from_age = 30\nto_age = 31\n")
    assert changes(one) == (Change("minoxidil", 32, starts=True), Change("minoxidil", 40, starts=False))


def test_every_month_around_a_change_is_recorded_and_no_age_of_simulate_is_lost() -> None:
    span, usual = fine_span(plan(MINOXIDIL + "from_age = 40\n")), span_of(32)
    assert set(usual.records) <= set(span.records)
    assert (span.begin, span.months) == (usual.begin, usual.months)
    at = int(usual.records[0]) + (40 - 32) * YEAR
    assert set(range(at - 1, at + FINE_MONTHS + 1)) <= set(span.records)
    assert fine_span(plan("")).records.tolist() == usual.records.tolist()


def test_a_change_near_the_end_of_the_look_adds_no_month_beyond_it() -> None:
    usual = span_of(32)
    assert fine_span(plan(MINOXIDIL + "to_age = 79.9\n")).records[-1] == usual.records[-1]
    assert fine_span(plan(MINOXIDIL + "to_age = 99\n")).months == usual.months


def gained(depth: float, back: float, noise: float = 0.5) -> np.ndarray:
    """60 runs that fall by `depth` in the six months after month 12, and regain `back` of it by month 24."""
    month = np.arange(AGES.size)
    course = 20 - depth * np.clip((month - YEAR) / 6, 0, 1) + back * np.clip((month - 18) / 12, 0, 1)
    return course + noise * np.random.default_rng(1).standard_normal((60, 1)) * (month > YEAR)


def test_a_fall_that_is_made_up_for_is_a_shed_with_its_months() -> None:
    found = shed_after(STOP, np.inf, AGES, gained(15, 10))
    assert found is not None
    assert found.passes
    assert (found.last, found.first) == (6, 1)
    assert found.fall == pytest.approx(15, abs=0.3)
    assert found.back == pytest.approx(10, abs=0.3)
    assert "A shed after stopping minoxidil at 33, months 1 to 6: 15 hairs" in sentence(found)
    assert "Part of it passes" in sentence(found)
    (mark,) = marks((found,))
    assert (mark.begin, mark.words) == (33.0, "shed, months 1 to 6")


def test_a_fall_that_stays_is_named_but_not_marked() -> None:
    found = shed_after(STOP, np.inf, AGES, gained(15, 0))
    assert found is not None
    assert not found.passes
    assert marks((found,)) == ()
    assert "no clear return" in sentence(found)


@pytest.mark.parametrize(("depth", "noise"), [(0.0, 0.5), (1.0, 0.1), (8.0, 40.0)])
def test_what_is_small_or_could_be_chance_is_not_named(depth: float, noise: float) -> None:
    assert shed_after(STOP, np.inf, AGES, gained(depth, depth, noise)) is None


def test_a_change_that_follows_soon_ends_what_can_be_said() -> None:
    assert shed_after(STOP, 33.25, AGES, gained(15, 10)) is None


RELEASE = "topical-minoxidil-releases-resting-hair"


def test_the_model_shows_a_shed_after_minoxidil_is_begun_and_after_it_is_stopped() -> None:
    stopped = plan(MINOXIDIL + "from_age = 33\nto_age = 40\n")
    found = sheds(stopped, look(stopped, (HYBRID,), 5 * BLOCK))
    assert [(one.change.age, one.change.starts) for one in found] == [(33, True), (40, False)]
    assert all(one.fall > 5 and one.passes for one in found)
    assert found[0].last <= 2
    assert found[1].last <= YEAR


@pytest.mark.parametrize(("text", "off"), [(MINOXIDIL, (RELEASE,)), (FINASTERIDE, ())])
def test_what_lets_no_resting_hair_go_shows_no_shed_at_its_start(text: str, off: tuple[str, ...]) -> None:
    begun = plan(text + "from_age = 36\n")
    assert sheds(begun, look(begun, (HYBRID.without(*off),), 5 * BLOCK)) == ()


def band(months: int) -> Band:
    age = np.concatenate([32 + np.arange(months) / 12, np.arange(40.0, 81)])
    level = np.linspace(200, 100, age.size)
    return Band(age, level - 40, level - 20, level, level + 20, level + 40)


def test_a_line_is_not_crowded_but_where_a_stretch_is_named() -> None:
    age = band(60).age
    few, marked = spaced(age), spaced(age, (Mark(33, 33.5, "shed"),))
    assert few[0] == 0
    assert few[-1] == age.size - 1
    assert len(few) <= MOST_POINTS + 1
    assert {i for i in range(age.size) if 33 <= age[i] <= 33.5} <= set(marked)
    assert spaced(age[:50]) == list(range(50))


@pytest.mark.parametrize(("begin", "anchor"), [(33.0, "start"), (70.0, "end")])
def test_a_mark_has_its_words_inside_the_drawing(begin: float, anchor: str) -> None:
    shed = Mark(begin, begin + 0.5, "shed, months 1 to 6")
    drawn = str(fan_chart(band(24), band(24), 300, 50, "a chart", marks=(shed,)))
    assert re.search(rf'class="shed-words halo"[^>]*text-anchor="{anchor}"[^>]*>shed, months 1 to 6</text>', drawn)
    assert "shed-words" not in str(fan_chart(None, band(24), 300, 50, "a chart", marks=(shed,)))


def test_every_entry_has_a_handle_at_its_start_and_at_its_stop(client: TestClient) -> None:
    page = client.get("/").text
    lanes = re.findall(r'<div class="lane" id="lane-([it]\d)" data-title="([^"]+)">(.*?)</div>', page)
    assert [name for name, _, _ in lanes] == re.findall(r'data-row="([it]\d)"', page)
    for name, title, handles in lanes:
        for end, key in (("start", "from_age"), ("stop", "to_age")):
            assert f'data-of="{name}.{key}-range"' in handles
            assert f'id="{name}.{key}-range"' in page
            assert f"{title}, {end}, on the chart</label>" in handles
        assert "name=" not in handles  # the sliders of the rows alone are sent


@pytest.mark.parametrize("age", ["32", "20.95", "76"])
def test_sliders_end_where_the_chart_does(client: TestClient, age: str) -> None:
    page = client.get("/", params={"v": "1", "p": f"age:{age};sex:male", "t1": "kind:finasteride;dose:1 mg"}).text
    readings = re.search(r'id="readings">(.*?)</script>', page)
    assert readings is not None
    ages = json.loads(readings[1])["age"]
    first, last = int(ages[0]), int(ages[-1])
    sliders = re.findall(r'id="t1\.(from|to)_age-range" min="(\d+)" max="(\d+)"[^>]*data-empty="(\d+)"', page)
    # a stop stands one year beyond for "never", a start at its first for "today"
    assert sliders == [
        ("from", str(first), str(last), str(first)),
        ("to", str(first + 1), str(last + 1), str(last + 1)),
    ]


def test_a_typed_line_comes_with_its_lane_and_the_next_free_number(client: TestClient, bare: dict[str, str]) -> None:
    entries = {"i3": "kind:food;product:almonds;amount:1 oz", "t5": "kind:massage;dose:4 min"}
    found = client.get("/entry", params=bare | entries | {"say": "minoxidil 5 %"}).json()
    assert 'id="row-t6"' in found["row"]
    assert 'id="lane-t6"' in found["lane"]


def test_what_is_changed_lights_the_arrows_that_it_feeds(client: TestClient, bare: dict[str, str]) -> None:
    entries = {"i2": "kind:food;product:almonds;amount:1 oz", "t3": "kind:massage;dose:4 min",
               "t7": "kind:finasteride;dose:1 mg"}  # fmt: skip

    def lit(row: str, **more: str) -> set[str]:
        query = bare | entries | {"row": row, "moved": "do"} | more
        return set(client.get("/answer", params=query).json()["pulse"])

    arrows = flowchart().arrows
    assert lit("t7") == {name for name, one in arrows.items() if one.tail == "finasteride_dose"}
    assert lit("t3") == {name for name, one in arrows.items() if one.tail == "massage_time"}
    assert lit("i2") == {name for name, one in arrows.items() if one.tail == "food_magnesium"}
    assert lit("t3", flip="massage-lowers-tension").isdisjoint({"massage-lowers-tension"})
    assert lit("") == lit("q1") == lit("t99") == lit("t7", moved="believe") == set()


def test_the_boxes_that_a_plan_acts_on_come_with_the_answer(client: TestClient, bare: dict[str, str]) -> None:
    found = client.get("/answer", params=bare | {"t1": "kind:massage;dose:4 min"}).json()
    assert len(found["used"]) == 1
    assert (
        f'class="box {found["used"][0]} used"' in client.get("/", params=bare | {"t1": "kind:massage;dose:4 min"}).text
    )
    assert client.get("/answer", params=bare).json()["used"] == []


def test_the_shed_after_starting_minoxidil_is_drawn_and_told(client: TestClient, bare: dict[str, str]) -> None:
    plan = bare | {"t1": "kind:minoxidil;dose:1 mL;strength:5 %;from_age:43"}
    begun = client.get("/answer", params=plan).json()["parts"]
    assert "A shed after starting minoxidil at 43, month 1: " in words(begun["out-notes"])
    assert "It passes: two years on they are made up for." in words(begun["out-notes"])
    assert ">shed, month 1</text>" in begun["out-chart"]
    assert NONE_DRAWN not in begun["out-notes"]


def test_what_begins_without_a_shed_says_why_where_one_is_told_of(client: TestClient, bare: dict[str, str]) -> None:
    plan = bare | {"t1": "kind:minoxidil;dose:1 mL;strength:5 %", "flip": "topical-minoxidil-releases-resting-hair"}
    begun = client.get("/answer", params=plan).json()["parts"]
    assert NONE_DRAWN in begun["out-notes"]
    other = client.get("/answer", params=bare | {"t1": "kind:finasteride;dose:1 mg"}).json()["parts"]
    assert NONE_DRAWN not in other["out-notes"]


def test_nothing_that_is_off_is_leaned_on(client: TestClient, bare: dict[str, str]) -> None:
    entries = {"t1": "kind:finasteride;dose:1 mg", "i1": "kind:food;product:almonds;amount:1 oz", "few": "1"}
    on = client.get("/answer", params=bare | entries).json()["parts"]["out-answer"]
    assert "from finasteride to hair is grade A" in on
    flip = "finasteride-lowers-reductase-2.t50-lowers-calcification"
    off = client.get("/answer", params=bare | entries | {"flip": flip}).json()["parts"]["out-answer"]
    assert "grade A" not in off
    assert "With your arrows, magnesium reaches no follicle." in off


def test_a_switched_arrow_is_marked_off_and_keeps_its_grade_for_later(client: TestClient, bare: dict[str, str]) -> None:
    page = client.get("/", params=bare | {"flip": "massage-lowers-tension"}).text
    labels = re.search(r'<g class="labels off" data-labels="massage-lowers-tension">(.*?)</g>', page)
    assert labels is not None
    assert '<tspan class="letter">E</tspan>' in labels[1]
    assert '<tspan class="off-mark">off</tspan>' in labels[1]


def test_a_printed_sheet_says_where_it_is_from(client: TestClient, bare: dict[str, str]) -> None:
    parts = client.get("/answer", params=bare).json()["parts"]
    assert re.search(r"Of \d{4}-\d\d-\d\d, from http://[^ ]+/\?v=1&amp;p=age", parts["out-printed"])
